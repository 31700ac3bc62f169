"""Who is asking."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from sereno.desk.accounts.models import User


def person(request: HttpRequest) -> User:
    """Who is signed in; behind `login_required` there is always somebody."""
    return cast(User, request.user)


MOST_DIGITS = 18
"""More than any row has; a longer number is none. Python refuses to read some thousands of digits at all."""


def whole_number(text: str) -> int | None:
    """A number from 0 that somebody wrote into an address or a form; None where it is none, or beyond any row's."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
