from django.apps import AppConfig


class DutyConfig(AppConfig):
    name = "sereno.desk.duty"
    label = "duty"

    def ready(self) -> None:
        from sereno.desk.duty.leaving import listen
        from sereno.desk.duty.unreached import heard
        from sereno.desk.notify.outcome import on_outcome

        on_outcome(heard)
        listen()
