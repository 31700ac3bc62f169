"""A street with people who look at it: Alice and her colleague Bob, Charlie from another brand, Audra who reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from sereno.desk.accounts.actions import give_role
from sereno.desk.accounts.models import Brand, Role, User
from tests.desk.stories import BEFORE, brand, member
from tests.desk.street import Street


@dataclass
class Desk:
    street: Street
    alice: User
    bob: User
    charlie: User
    audra: User
    other: Brand

    def as_(self, person: User) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


@pytest.fixture
def desk(db: None, settings: Any) -> Desk:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody types one here

    street = Street()
    other = brand("rival")
    people = {name: member(name, street.brand) for name in ("Alice", "Bob")}
    audra = member("Audra", street.brand, Role.AUDITOR)
    charlie = member("Charlie", other, Role.OWNER)
    give_role(people["Alice"], street.brand, Role.OWNER, by=None, now=BEFORE)
    return Desk(street, people["Alice"], people["Bob"], charlie, audra, other)


@pytest.fixture
def page(desk: Desk) -> Callable[..., str]:
    """`page("inbox?view=red")` as Alice sees it."""

    def read(path: str, person: User | None = None, status: int = 200) -> str:
        response = desk.as_(person or desk.alice).get(f"/b/acme/{path}")
        assert response.status_code == status, response.content[:400]
        return response.content.decode()

    return read
