"""A brand whose people are told things."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import transaction

from sereno.desk.accounts.models import Brand, Role, User
from sereno.desk.cases.models import Case
from sereno.desk.intake.models import Post, Source
from sereno.desk.keys import decrypt
from sereno.desk.notify import actions, ways
from sereno.desk.notify.delivering import deliver
from sereno.desk.notify.models import ContactWay, Delivery, Notification
from tests.desk.notify.receivers import Hook, Mailbox
from tests.desk.stories import brand, member
from tests.desk.street import NOON, Street
from tests.fakes import FakeReader


class Judged(Street):
    """A street whose brand stands already, and whose posts are judged at once."""

    def __init__(self, of: Brand) -> None:
        self.brand = of
        self.source = Source.objects.create(brand=of, kind="file", name="drop", public_id="drop")
        self.reader = FakeReader()

    def post(self, name: str, text: str, **fields: Any) -> Post:
        post = super().post(name, text, **fields)
        self.work()
        return post


class Desk:
    def __init__(self, sends: Any, mails: Mailbox, hook: Hook) -> None:
        self.sends, self.mails, self.hook = sends, mails, hook
        self.brand = brand("acme")
        self.alice = member("Alice", self.brand, Role.COMMITTEE)
        self.now = NOON
        self.heard: list[tuple[int, str]] = []

    def hear(self, told: Notification, outcome: str, now: datetime) -> None:
        self.heard.append((told.pk, outcome))

    @property
    def outcomes(self) -> list[str]:
        return [outcome for _told, outcome in self.heard]

    def tell(
        self,
        *users: User,
        code: str = "called",
        light: str = "red",
        urgency: Literal["immediate", "batched"] = "immediate",
        case: Case | None = None,
        **values: Any,
    ) -> list[Notification]:
        with transaction.atomic():
            return actions.tell(
                users or [self.alice], brand=self.brand, code=code, urgency=urgency, now=self.now, case=case,
                values={"light": light, "network": "mastodon", **values},
            )  # fmt: skip

    def street(self) -> Judged:
        return Judged(self.brand)

    def deliver(self) -> int:
        return deliver(now=self.now, sends=self.sends)

    def one_way_after_another(self) -> None:
        """As Alice chose it; else red goes by all of her ways at once."""
        ways.set_preferences(self.alice, quiet=[], digest_minutes=15, red_all_ways=False, now=self.now)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def gateway(self, user: User | None = None, *, path: str = "in", **options: Any) -> ContactWay:
        """A confirmed web hook, the person's first way."""
        user = user or self.alice
        way = ways.add_way(
            user, kind="apprise", address=f"json://{self.hook.pair}/{path}/s3cret-token", now=self.now, **options
        )
        self.deliver()
        way.refresh_from_db()
        ways.confirm_way(way, self.code_of(way), by=user, now=self.now)
        ways.order_ways(user, [way.pk], now=self.now)
        self.hook.told.clear()
        self.hook.headers.clear()
        return ContactWay.objects.get(pk=way.pk)

    def code_of(self, way: ContactWay) -> str:
        from django.conf import settings

        return decrypt(bytes(way.code), key=settings.SECRET_KEY)

    def tries(self) -> list[tuple[str, str, str]]:
        """Each delivery: its channel, how it stands, why."""
        rows = Delivery.objects.exclude(notification__code="way_test").order_by("pk")
        return [(row.channel.split(":")[0], row.state, row.error) for row in rows]
