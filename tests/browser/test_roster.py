"""A roster is built in a real browser, with a night and a split shift; its gap is found and closed; two people swap."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Open, Town, long
from tests.browser.test_access import check

pytestmark = pytest.mark.browser

DUTY = "/b/tower/duty/"
GAP = "Community manager on duty"


@pytest.fixture(scope="module")
def tower(town: Town) -> Town:
    town.do("tower")
    return town


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The roster")


def add_shift(page: Page, name: str, hours: str, who: str) -> None:
    page.get_by_role("link", name="Add a shift").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Role", exact=True).select_option("community_manager")
    page.get_by_label("Hours").fill(hours)
    page.get_by_label(who).check()
    keep(page)


def gaps_at_the_desk(page: Page) -> list[str]:
    page.goto(page.url.split("/duty/")[0] + "/duty/?week=2027-03-01")
    page.locator(".gaps-all:not([open]) > summary").evaluate_all("all => all.forEach(one => one.click())")
    return page.locator(".gaps tr", has=page.get_by_role("cell", name=GAP, exact=True)).all_inner_texts()


def test_a_night_and_a_split_shift_leave_a_gap_and_a_third_closes_it_then_two_swap(visit: Open, tower: Town) -> None:
    page = visit("rosa", at=tower).go(DUTY)
    expect(page.locator("h1")).to_contain_text("No roster yet")
    page.get_by_role("link", name="Begin a roster").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who holds which role?")
    check(page)
    page.get_by_role("button", name="Begin with this roster").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The roster")
    page.locator(".entries > li", has=page.get_by_text("community-manager", exact=True)).get_by_role("link").click()
    page.get_by_label("Hours").fill("22:00-06:00")
    page.get_by_label("Carla Mas").uncheck()
    keep(page)
    expect(page.locator(".toast").first).to_contain_text("New gap: Community manager")
    add_shift(page, "Split", "06:00-12:00, 15:00-22:00", "Carla Mas")

    found = gaps_at_the_desk(page)
    assert len(found) == 7
    assert "12:00–15:00" in found[0]
    expect(page.locator(".week")).to_contain_text("22:00–06:00")

    page.get_by_role("link", name="Change the roster").click()
    add_shift(page, "Noon", "12:00-15:00", "Bruno Lis")
    assert gaps_at_the_desk(page) == []
    check(page)

    bruno = visit("bruno", at=tower).go(DUTY + "swaps")
    bruno.locator(".entries a", has_text="12:00–15:00").nth(1).click()
    bruno.locator("#other").select_option("carla-mas")
    bruno.locator("#words").fill("Proszę o zamianę")
    bruno.locator(".form .button--primary").click()
    carla = visit("carla", at=tower).go(DUTY + "swaps")
    expect(carla.locator("main")).to_contain_text("Proszę o zamianę")
    check(carla)
    carla.locator("form[action$=confirm] button").click()
    expect(carla.locator("form[action$=confirm]")).to_have_count(0)
    page.goto(tower.url + DUTY + "roster")
    expect(page.locator(".chip", has_text="Swap")).to_be_visible()


@pytest.mark.parametrize(("who", "size"), [("rosa", WIDE), ("bruno", PHONE), long("rosa", PHONE)])
def test_every_page_of_duty_is_accessible(visit: Open, tower: Town, who: str, size: dict[str, int]) -> None:
    seen = visit(who, size=size, at=tower)
    paths = ["", "swaps", "calendar", "people", "people/carla-mas", "fairness", "versions"]
    if who == "rosa":
        paths += ["roster", "roster/shift", "roster/leave", "roster/text", "versions/1", "versions/1/bring-back",
                  "versions/compare?before=1&after=2"]  # fmt: skip
    for path in paths:
        page = seen.go(DUTY + path)
        expect(page.locator("h1").first).to_be_attached()
        check(page)
    check(seen.go("/settings/ways"))


def test_weeks_are_turned_by_keys(visit: Open, tower: Town) -> None:
    page = visit("rosa", at=tower).go(DUTY + "?week=2027-03-01")
    page.keyboard.press("n")
    page.wait_for_url("**week=2027-03-08")
    page.keyboard.press("p")
    page.wait_for_url("**week=2027-03-01")


def test_arrow_keys_move_between_the_entries_of_the_week_and_enter_opens_one(visit: Open, tower: Town) -> None:
    page = visit("bruno", at=tower).go(DUTY + "?week=2027-03-01")
    page.locator(".week tbody tr", has_text="22:00–06:00").locator("th [data-cell]").focus()
    page.keyboard.press("ArrowRight")
    first = page.locator(".week td [data-cell]:focus")
    expect(first).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".week td:nth-child(3) [data-cell]:focus")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".week tbody th [data-cell]:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/duty/people/*")
