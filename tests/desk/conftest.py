"""The desk's tests meet a real database; see tests/conftest.py for which."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sereno.desk.accounts.models import Brand


@pytest.fixture
def noon() -> datetime:
    return datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def acme(db: None) -> Brand:
    """A brand without a plan: its posts are stored and wait."""
    return Brand.objects.create(slug="acme", name="Acme")
