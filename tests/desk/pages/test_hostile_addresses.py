"""What somebody writes into the address bar."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest


@pytest.mark.parametrize(
    "after",
    [
        "3~0001-01-01T00:00:00+14:00~1", "3~9999-12-31T23:59:59-14:00~1", "3~0001-01-01T00:00:00-14:00~1",
        "3~9999-12-31T23:59:59+14:00~1", f"{10**30}~2026-01-01T00:00:00+00:00~{10**30}", "~~", "\x00~\x00~\x00",
    ],
)  # fmt: skip
def test_a_page_that_starts_nowhere_still_opens(page: Any, after: str) -> None:
    assert "inbox" in page(f"inbox?after={quote(after)}")


def test_no_filter_tells_the_name_of_somebody_from_another_brand(page: Any, desk: Any) -> None:
    name = re.escape(desk.charlie.name)
    assert not re.search(name, page(f"inbox?owner={desk.charlie.pk}&view=all"))
    assert re.search(
        name, desk.as_(desk.charlie).get(f"/b/rival/inbox?owner={desk.charlie.pk}&view=all").content.decode()
    )
    assert desk.bob.name in page(f"inbox?owner={desk.bob.pk}&view=all")
