"""A colleague is asked about a case and answers there; what was dragged larger while writing breaks no page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open, Town
from tests.browser.test_access import check

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


def test_who_is_asked_finds_the_question_on_top_and_answers_there_and_whoever_asked_sees_it(
    town: Town, visit: Open
) -> None:
    town.do("arrive", text="My Acme samovar came broken.", author="Asking Aga", kind="complaint",
            topic="product_defect")  # fmt: skip
    ana = visit("ana", at=town).go("/b/acme/inbox?q=samovar")
    ana.locator(".row__link").first.click()
    ana.locator("[data-dialog=dlg-consult]").click()
    dialog = ana.locator("#dlg-consult")
    dialog.get_by_label("Whom").select_option(label="Elena Sanz")
    dialog.get_by_label("Question").fill("Is the seal missing?")
    dialog.locator(".button--primary").click()
    expect(ana.locator(".asked")).to_contain_text("Ana Ruiz asked Elena Sanz; no answer yet")
    check(ana)

    elena = visit("elena", size=PHONE, at=town).go("/b/acme/bell")
    elena.locator(".rung a").first.click()
    expect(elena.locator(".asked")).to_contain_text("Ana Ruiz le pregunta")
    expect(elena.locator(".asked")).to_contain_text("Is the seal missing?")
    check(elena)
    elena.get_by_role("link", name="Responder con una nota").click()
    elena.locator("#dlg-note textarea").fill("Falta la junta.")
    elena.locator("#dlg-note .button--primary").click()
    expect(elena.locator(".asked")).to_have_count(0)

    ana.goto(ana.url)
    expect(ana.locator(".asked")).to_have_count(0)
    expect(ana.locator(".history")).to_contain_text("Falta la junta.")
