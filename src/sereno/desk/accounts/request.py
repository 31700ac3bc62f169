"""Who is asking."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from sereno.desk.accounts.models import User


def person(request: HttpRequest) -> User:
    """Who is signed in; behind `login_required` there is always somebody."""
    return cast(User, request.user)
