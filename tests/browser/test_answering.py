"""A colleague is asked about a case and answers there; what was dragged larger while writing breaks no page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, Town

pytestmark = pytest.mark.browser


def test_a_text_field_that_was_dragged_larger_is_sent_without_a_complaint_of_the_browser(
    town: Town, visit: Open
) -> None:
    page = visit("ana", at=town).go("/b/acme/inbox?view=all")
    page.locator(".row__link").first.click()
    page.locator("[data-dialog=dlg-note]").click()
    dialog = page.locator("#dlg-note")
    dialog.get_by_label("Note").fill("The kettle is from batch 7.")
    # as a browser does when its corner is dragged
    dialog.locator("textarea").evaluate("field => { field.style.height = '240px'; }")
    dialog.locator(".button--primary").click()
    expect(page.locator(".history")).to_contain_text("The kettle is from batch 7.")
