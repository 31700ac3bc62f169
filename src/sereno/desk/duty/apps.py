from django.apps import AppConfig


class DutyConfig(AppConfig):
    name = "sereno.desk.duty"
    label = "duty"
