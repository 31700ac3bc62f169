from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "sereno.desk.audit"
    label = "audit"
