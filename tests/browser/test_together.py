"""Two people at one desk, in two windows; and what the page says when the desk is not there for it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, Town

pytestmark = pytest.mark.browser


def arrive(town: Town, author: str, word: str) -> None:
    town.do("arrive", text=f"My Acme {word} came broken.", author=author, kind="complaint", topic="product_defect")


def opened(page: Page) -> Page:
    page.locator(".row__link").first.click()
    expect(page.locator("#case")).to_contain_text("Whose turn")
    return page


def test_the_open_case_follows_a_colleague_and_the_one_who_lost_it_is_told(visit: Open, town: Town) -> None:
    arrive(town, "Open Otto", "teapot")
    ana = opened(visit("ana").go("/b/acme/inbox?q=teapot"))
    elena = opened_by_elena(visit("elena").go("/b/acme/inbox?q=teapot"))
    elena.get_by_role("button", name="Tomar").click()
    expect(ana.locator(".case__turn")).to_contain_text("Elena Sanz has it.")
    expect(ana.locator(".toast")).to_contain_text("Taken (Elena Sanz)")
    ana.get_by_role("button", name="Take it over").click()
    expect(ana.locator(".case__turn")).to_contain_text("It is yours.")
    expect(elena.locator(".toast", has_text="Ana Ruiz").first).to_be_visible()
    expect(elena.locator(".case__turn")).to_contain_text("Ana Ruiz")


def opened_by_elena(page: Page) -> Page:
    page.locator(".row__link").first.click()
    expect(page.locator("#case .case__turn")).to_be_visible()
    return page


def test_what_somebody_is_writing_is_not_swept_away(visit: Open, town: Town) -> None:
    arrive(town, "Writing Wanda", "gravyboat")
    ana = opened(visit("ana").go("/b/acme/inbox?q=gravyboat"))
    ana.keyboard.press("c")
    dialog = ana.locator("#dlg-close")
    dialog.get_by_label("Solved").check()
    dialog.get_by_label("In your words").fill("Sent a new one.")
    elena = opened_by_elena(visit("elena").go("/b/acme/inbox?q=gravyboat"))
    elena.get_by_role("button", name="Tomar").click()
    expect(dialog).to_contain_text("This case changed while you were writing.")
    expect(dialog.get_by_label("In your words")).to_have_value("Sent a new one.")
    dialog.get_by_role("button", name="Close the case").click()
    expect(dialog).to_contain_text("This case changed meanwhile: Taken (Elena Sanz).")
    expect(dialog.get_by_label("In your words")).to_have_value("Sent a new one.")
    dialog.get_by_role("button", name="Close the case").click()
    expect(ana.locator("#case")).to_contain_text("Closed: Solved")


def test_back_leads_to_the_list_as_it_was(visit: Open, town: Town) -> None:
    arrive(town, "Back Berta", "saucepan")
    arrive(town, "Back Bruno", "saucepan")
    page = visit("ana").go("/b/acme/inbox?q=saucepan")
    page.locator(".row__link").nth(0).click()
    expect(page).to_have_url(re.compile(r"q=saucepan&case="))
    page.locator(".row__link").nth(1).click()
    expect(page.locator("#case h1")).to_contain_text("Back Berta")
    page.go_back()
    expect(page).to_have_url(re.compile(r"q=saucepan$"))
    expect(page.locator("#case")).to_contain_text("Choose a case to read it here.")
    expect(page.locator(".row__link")).to_have_count(2)
    page.go_forward()
    expect(page.locator("#case h1")).to_contain_text("Back Berta")


def test_on_a_phone_the_case_leads_back_to_the_list_it_came_from(visit: Open, town: Town) -> None:
    arrive(town, "Pocket Paul", "ladle")
    page = visit("kasia", size=PHONE).go("/b/acme/inbox?q=ladle")
    page.locator(".row__link").first.click()
    expect(page).to_have_url(re.compile(r"/cases/\d+"))
    page.locator(".back a").click()
    expect(page).to_have_url(re.compile(r"inbox\?q=ladle$"))
    expect(page.locator(".row__link")).to_have_count(1)


def test_a_session_that_ended_is_said_and_the_words_stay(visit: Open, town: Town) -> None:
    arrive(town, "Session Sam", "colander")
    seen = visit("ana")
    page = opened(seen.go("/b/acme/inbox?q=colander"))
    page.keyboard.press("n")
    dialog = page.locator("#dlg-note")
    dialog.locator("textarea").fill("She will send a photo.")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    dialog.get_by_role("button", name="Keep the note").click()
    expect(dialog).to_contain_text("Your session has ended.")
    expect(dialog.locator("textarea")).to_have_value("She will send a photo.")
    page.context.add_cookies(cookies)
    dialog.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".history")).to_contain_text("She will send a photo.")
    seen.complaints[:] = [said for said in seen.complaints if "403" not in said]


def test_a_desk_out_of_reach_is_said(visit: Open, town: Town) -> None:
    arrive(town, "Far Frida", "whisk")
    seen = visit("ana")
    page = opened(seen.go("/b/acme/inbox?q=whisk"))
    page.route("**/take", lambda route: route.abort())
    page.get_by_role("button", name="Take it").click()
    expect(page.locator(".toast--error")).to_contain_text("The desk cannot be reached.")
    page.unroute("**/take")
    page.route("**/take", lambda route: route.fulfill(status=500, body=""))
    page.get_by_role("button", name="Take it").click()
    expect(page.locator(".toast--error")).to_contain_text("The desk could not do this.")
    page.unroute("**/take")
    page.get_by_role("button", name="Take it").click()
    expect(page.locator(".case__turn")).to_contain_text("It is yours.")
    seen.complaints.clear()  # the browser notes what this test broke on purpose
