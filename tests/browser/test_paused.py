"""Somebody stops the clock of a case until a moment, in a browser: the case is no longer due, and the list says why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE, Open, Town
from tests.browser.test_access import check

pytestmark = pytest.mark.browser


def test_a_clock_is_stopped_until_a_moment_and_the_list_says_why(town: Town, visit: Open) -> None:
    town.do("ailing")
    page = visit("nora", at=town).go("/b/ailing/inbox?view=red")
    page.locator(".row__link").first.click()
    page.locator(".case__head [data-key=t]").click()  # whom nobody has taken cannot be paused: somebody has to know
    expect(page.locator(".case__turn")).to_contain_text("It is yours.")
    page.locator("[data-dialog=dlg-pause]").click()
    dialog = page.locator("#dlg-pause")
    dialog.get_by_label("Why").fill("The laboratory looks at the heater until tomorrow.")
    until = datetime.now(UTC).astimezone(ZoneInfo("Europe/Madrid")) + timedelta(days=1)
    dialog.get_by_label("Until").fill(f"{until:%Y-%m-%dT%H:%M}")
    check(page)
    dialog.locator(".button--primary").click()
    expect(page.locator(".calls")).to_contain_text("The clock stands still")
    expect(page.locator(".calls")).to_contain_text("The laboratory looks at the heater until tomorrow.")
    expect(page.locator(".dues dt")).to_have_text(["By law"])  # what the law sets does not stand still

    for who, words in (("nora", "Paused until"), ("noe", "En pausa hasta"), ("nela", "Wstrzymane do")):
        for size in (WIDE, PHONE):
            page = visit(who, size=size, at=town).go("/b/ailing/inbox?view=paused")
            expect(page.locator(".row")).to_contain_text(words)
            expect(page.locator(".row")).to_contain_text("The laboratory looks at the heater")
            check(page)
