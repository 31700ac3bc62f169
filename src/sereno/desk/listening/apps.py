from django.apps import AppConfig


class ListeningConfig(AppConfig):
    name = "sereno.desk.listening"
    label = "listening"
