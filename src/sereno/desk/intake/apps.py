from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "sereno.desk.intake"
    label = "intake"
