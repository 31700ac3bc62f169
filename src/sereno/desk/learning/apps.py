from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "sereno.desk.learning"
    label = "learning"
