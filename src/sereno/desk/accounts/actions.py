"""Brands, people and their roles."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sereno.desk.accounts.models import Brand, Membership, Role, User
from sereno.desk.audit.actions import record


@transaction.atomic
def add_brand(*, slug: str, name: str, by: User | None, now: datetime, demo: bool = False) -> Brand:
    """A new brand. Raises IntegrityError where the slug is taken."""
    brand = Brand.objects.create(slug=slug, name=name, demo=demo)
    record("brand.added", brand, by=by, at=now, brand_id=brand.pk)
    return brand


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    password: str | None,
    by: User | None,
    now: datetime,
    language: str = "en",
    timezone: str = "UTC",
) -> User:
    """Somebody new on the team. Without a password they cannot sign in until one is set."""
    user = User.objects.create_user(email, password, name=name, language=language, timezone=timezone)
    record("person.added", user, by=by, at=now, brand_id=None)
    return user


@transaction.atomic
def set_password(user: User, password: str, *, by: User | None, now: datetime) -> None:
    """A new password. Sessions that were opened with the old one end."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record("person.password_set", user, by=by, at=now, brand_id=None)


@transaction.atomic
def give_role(user: User, brand: Brand, role: Role, *, by: User | None, now: datetime, area: str = "") -> Membership:
    """Give a person a role in a brand; giving it again changes nothing."""
    membership, created = Membership.objects.get_or_create(user=user, brand=brand, role=role, area=area)
    if created:
        record("role.given", membership, by=by, at=now, brand_id=brand.pk, user=user.pk, role=str(role), area=area)
    return membership


@transaction.atomic
def take_role(membership: Membership, *, by: User | None, now: datetime) -> None:
    record(
        "role.taken", membership, by=by, at=now, brand_id=membership.brand_id,
        user=membership.user_id, role=membership.role, area=membership.area,
    )  # fmt: skip
    membership.delete()
