"""People in danger, and words that nobody should have to read unprepared: with the keyboard, on a phone, in three
languages, in both themes, and where no script runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Open, Town, long
from tests.browser.test_access import check

pytestmark = pytest.mark.browser

SAD, RUDE = "I want to end it tonight", "break his arms"


@pytest.fixture(scope="module")
def haven(town: Town) -> Iterator[Town]:
    town.do("haven")
    return town


def open_case(page: Page, name: str) -> None:
    page.locator(".row__link", has_text=name).click()
    expect(page.locator("#case-title")).to_contain_text(name)


@pytest.mark.parametrize(
    ("who", "size", "scheme"),
    [("hugo", WIDE, "dark"), ("halina", PHONE, "light"), long("hanna", WIDE, "light"), long("halina", WIDE, "light"),
     long("hanna", PHONE, "dark")],
)  # fmt: skip
def test_guide_and_veil_are_accessible_closed_and_open(
    visit: Open, haven: Town, who: str, size: dict[str, int], scheme: str
) -> None:
    page = visit(who, size=size, scheme=scheme).go("/b/haven/inbox")
    check(page)
    for name in ("Rose", "Rob"):
        open_case(page, name)
        expect(page.locator(".guide")).to_be_visible()
        check(page)
        page.locator(".thread .veil__label").click()
        expect(page.locator(".thread .post__text")).to_be_visible()
        check(page)
        page.go_back()
    page = visit(who, size=size, scheme=scheme).go("/settings")
    expect(page.locator("#id_veil")).to_be_checked()
    check(page)


def test_with_the_keyboard_a_text_is_shown_and_the_list_goes_on(visit: Open, haven: Town) -> None:
    page = visit("hanna").go("/b/haven/inbox")
    row = page.locator(".row", has_text="Rose")
    text = row.locator(".row__text")
    expect(text).not_to_be_visible()
    expect(row.locator(".light--red")).to_be_visible()
    row.locator(".row__link").focus()
    page.keyboard.press("Tab")
    expect(row.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(text).to_be_visible()
    assert "case=" not in page.url, "showing a text opens no case"
    page.keyboard.press("Space")
    expect(text).not_to_be_visible()
    row.locator(".row__link").focus()
    page.keyboard.press("j")
    expect(row.locator(".row__link")).not_to_be_focused()


def test_what_was_chosen_stays_open_beside_in_the_reasons_and_when_the_page_is_drawn_anew(
    visit: Open, haven: Town
) -> None:
    page = visit("hanna").go("/b/haven/inbox")
    open_case(page, "Rob")
    words, quote = page.locator(".thread .post__text"), page.locator(".why__quotes").first
    expect(words).not_to_be_visible()
    expect(quote).not_to_be_visible()
    page.keyboard.press("v")
    expect(words).to_contain_text(RUDE)
    expect(quote).to_be_visible()
    expect(page.locator(".row", has_text="Rob").locator(".row__text")).to_be_visible()
    expect(page.locator(".row", has_text="Rose").locator(".row__text")).not_to_be_visible()
    page.locator("#case form[action$=take] button").click()
    give_back = page.locator("#case").get_by_role("link", name="Give back")
    expect(give_back).to_be_visible()
    expect(page.locator(".thread .post__text")).to_be_visible()
    page.reload()
    expect(page.locator(".thread .post__text")).to_be_visible()
    page.keyboard.press("v")
    expect(page.locator(".thread .post__text")).not_to_be_visible()
    expect(page.locator(".row", has_text="Rob").locator(".row__text")).not_to_be_visible()
    give_back.click()
    page.locator("#dlg-hand_back textarea").fill("It was a test.")
    page.locator("#dlg-hand_back").get_by_role("button", name="Give back").click()
    expect(page.locator("#case form[action$=take]")).to_be_visible()


def test_where_no_script_runs_the_same_choice_is_there(visit: Open, haven: Town) -> None:
    page = visit("hanna", scripts=False).go("/b/haven/inbox")
    row = page.locator(".row", has_text="Rose")
    expect(row.locator(".row__text")).not_to_be_visible()
    row.locator("summary").click()
    expect(row.locator(".row__text")).to_contain_text(SAD)
    row.locator(".row__link").click()
    expect(page.locator(".guide").first).to_be_visible()


def test_a_screen_reader_hears_why_it_is_hidden_and_that_it_can_be_shown(visit: Open, haven: Town) -> None:
    page = visit("hanna").go("/b/haven/inbox")
    row = page.locator(".row", has_text="Rob")
    tree = row.aria_snapshot()
    assert "Hidden: a threat and hostile words" in tree
    assert "Show text" in tree
    assert RUDE not in tree
    row.locator("summary").click()
    assert RUDE in row.aria_snapshot()


def test_whoever_wants_to_read_all_switches_it_off(visit: Open, haven: Town) -> None:
    page = visit("hugo").go("/settings")
    page.locator("#id_veil").uncheck()
    page.locator(".form .button--primary").click()
    page.wait_for_url("**/settings")
    page.goto(f"{haven.url}/b/haven/inbox")
    expect(page.locator(".row", has_text="Rob").locator(".row__text")).to_contain_text(RUDE)
    page.goto(f"{haven.url}/settings")
    page.locator("#id_veil").check()
    page.locator(".form .button--primary").click()


def test_the_light_leads_to_its_reasons(visit: Open, haven: Town) -> None:
    page = visit("hanna", size=PHONE).go("/b/haven/inbox")
    open_case(page, "Kim")
    expect(page.locator(".guidance")).to_have_count(0)
    page.locator(".case__why").click()
    expect(page.locator("#why-title")).to_be_in_viewport()
    expect(page.locator("[data-dialog=dlg-overrule]")).to_be_visible()
