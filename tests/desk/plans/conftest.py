from __future__ import annotations

import pytest

from tests.desk.plans.life import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()
