"""People who look at the desk at a minute after noon."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sereno.desk.accounts.models import User
from tests.desk.street import NOON


def at_minute(monkeypatch: pytest.MonkeyPatch, minutes: float) -> None:
    """What the pages take for now."""
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(minutes=minutes))


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.content[:400]
    return " ".join(response.content.decode().replace("&quot;", '"').split())
