from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "sereno.desk.cases"
    label = "cases"
