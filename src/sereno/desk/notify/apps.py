from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "sereno.desk.notify"
    label = "notify"
