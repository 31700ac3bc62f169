"""A street with a roster, and people who look at it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from sereno.desk.accounts.models import User
from tests.desk.duty.watch import ROSTER, Watch
from tests.desk.street import NOON


class Desk(Watch):
    """Lea leads, Ana is at the desk, Cem is of the committee until 20:00, Dia of the committee too."""

    def as_(self, name: str) -> Client:
        client = Client()
        client.force_login(self.person(name), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def see(self, path: str = "", who: str = "lea", status: int = 200) -> str:
        response = self.as_(who).get(f"/b/{self.brand.slug}/duty/{path}")
        assert response.status_code == status, response.content.decode()[:500]
        return response.content.decode()

    def do(self, path: str, who: str = "lea", status: int = 302, **told: object) -> str:
        response = self.as_(who).post(f"/b/{self.brand.slug}/duty/{path}", told)
        assert response.status_code == status, response.content.decode()[:3000]
        return response.content.decode()


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The clock of the pages stands at noon."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    return NOON


@pytest.fixture
def desk(db: None, noon: datetime) -> Desk:
    found = Desk(roster=ROSTER)
    for user in found.people.values():
        User.objects.filter(pk=user.pk).update(timezone="Europe/Madrid", language="en")
    return found


@pytest.fixture
def without(db: None, noon: datetime) -> Desk:
    """The same people, and no roster."""
    return Desk(roster=None)


HOUR = timedelta(hours=1)
