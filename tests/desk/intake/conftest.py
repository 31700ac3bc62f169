from __future__ import annotations

import pytest

from sereno.desk.accounts.models import Brand
from tests.desk.intake.desk import Intake


@pytest.fixture
def intake(acme: Brand) -> Intake:
    return Intake(acme)
