from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "sereno.desk.plans"
    label = "plans"
