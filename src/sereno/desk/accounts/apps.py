from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sereno.desk.accounts"
    label = "accounts"
