"""The plan's life in a real browser: a threshold is raised in the form, replayed over ten thousand posts, approved by a
second person, and put in force; and an old light is still explained by the version that gave it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Open, Town, long
from tests.browser.test_access import check

pytestmark = pytest.mark.browser

POSTS = 10_000
SLOW = 120_000
"""Milliseconds: the check reads texts of the plan's own tests, and the reader is loaded for the first."""


@pytest.fixture(scope="module")
def proving(town: Town) -> Town:
    assert town.do("proving", posts=POSTS) == POSTS
    return town


def lights(page: Page) -> dict[tuple[str, str], str]:
    """The table of lights: (before, after) → posts."""
    rows = page.locator(".lights-table tbody tr")
    names = ("none", "green", "amber", "red")
    return {
        (before, after): rows.nth(i).locator("td").nth(j).inner_text()
        for i, before in enumerate(names)
        for j, after in enumerate(names)
    }


def test_a_raised_threshold_is_proved_on_the_past_approved_by_a_second_person_and_comes_in_force(
    visit: Open, proving: Town
) -> None:
    petra = visit("petra").go("/b/proving/plan")
    expect(petra.locator("h1")).to_contain_text("1 of 4 has read it.")
    check(petra)
    raise_the_threshold(petra)
    replay_it(petra, proving)
    look_at_what_changes(petra)
    ask(petra)
    quentin = visit("quentin").go("/b/proving/plan")
    approve(quentin)
    put_in_force(quentin)
    new_posts_are_judged_by_it(visit, proving)
    old_lights_are_explained_by_what_gave_them(quentin)
    whoever_has_not_read_it_is_asked_to(visit("petra").go("/b/proving/"))


def raise_the_threshold(page: Page) -> None:
    page.get_by_role("link", name="Change the plan").click()
    expect(page.get_by_label("What the draft is called")).to_have_value(re.compile("^Changes of "))
    check(page)
    page.get_by_label("What the draft is called").fill("Fewer loud voices")
    page.get_by_role("button", name="Start the draft").click()
    expect(page.locator(".edit-tabs__name")).to_have_text("Fewer loud voices")
    page.locator(".parts a", has_text="Reach").click()
    page.locator("a[href*='/forms/reach/0']").first.click()
    instagram = page.locator(".row-fields--line", has=page.locator("option[value=instagram][selected]"))
    number = instagram.locator("input[inputmode=numeric]")
    expect(number).to_have_value("10000")
    number.fill("15000")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url("**/forms/reach*")
    page.locator(".edit-tabs__name a").click()
    expect(page.locator(".changes")).to_contain_text("10,000 → 15,000")


def replay_it(page: Page, town: Town) -> None:
    page.get_by_role("button", name="Check it").click(timeout=SLOW)
    expect(page.locator(".toast")).to_contain_text("Checked", timeout=SLOW)
    page.get_by_role("button", name="Replay it over the past").click()
    expect(page.locator("#progress")).to_contain_text("Waits for the worker")
    check(page)
    town.do("replay")
    # the page asks by itself and is drawn anew
    expect(page.locator(".report .lead")).to_contain_text(
        "Over 10,000 posts: 1,000 would go another way", timeout=30_000
    )
    found = lights(page)
    assert found["amber", "green"] == "1,000"
    assert found["green", "green"] == "9,000"
    assert {n for (before, after), n in found.items() if before != after and (before, after) != ("amber", "green")} == {
        "0"
    }
    page.locator(".chart__drawing").first.scroll_into_view_if_needed()  # charts are drawn when they come into sight
    expect(page.locator(".chart__drawing svg").first).to_be_visible()
    page.locator(".chart__table summary").first.click()
    expect(page.locator(".chart__table table").first).to_be_visible()
    expect(page.locator(".report")).to_contain_text("Contexts as stored")
    check(page)


def look_at_what_changes(page: Page) -> None:
    page.get_by_role("link", name="The 1,000 posts that change").click()
    expect(page.locator("h1")).to_contain_text("1,000 posts would go another way.")
    expect(page.locator(".changed tbody tr")).to_have_count(50)
    first = page.locator(".changed tbody tr").first
    expect(first).to_contain_text("12,000 followers")
    check(page)
    with page.expect_download() as csv_file:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(csv_file.value.path()).read_text("utf-8-sig"))))
    assert len(rows) == 1_000
    assert {(row["network"], row["light_before"], row["light_after"]) for row in rows} == {
        ("instagram", "amber", "green")
    }
    with page.expect_download() as lines:
        page.get_by_role("link", name="JSONL").click()
    assert len([json.loads(line) for line in Path(lines.value.path()).read_text().splitlines()]) == 1_000
    page.get_by_label("Show").first.select_option("becomes_red")
    page.locator(".filters button").click()
    expect(page.locator(".empty")).to_contain_text("None of the posts that change")
    page.locator(".back a").click()


def ask(page: Page) -> None:
    """Whoever wrote it does not approve it, and is told who may."""
    expect(page.locator(".next")).to_contain_text("You edited this text. A second person approves it.")
    expect(page.locator(".next")).to_contain_text("Quentin Moss")
    page.goto(page.url.split("?")[0].split("#")[0] + "/approve")
    expect(page.locator("h1")).to_contain_text("cannot be approved by you")
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    page.locator(".back a").click()
    page.get_by_role("button", name="Ask for approval").click()
    expect(page.locator(".next")).to_contain_text("Petra Lind asked for approval.")


def approve(page: Page) -> None:
    expect(page.locator(".drafts")).to_contain_text("Waits for your approval")
    page.locator(".drafts a").first.click()
    page.get_by_role("link", name="Read and approve").click()
    page.get_by_role("link", name="Read the whole draft in words").click()
    expect(page.locator("h1")).to_have_text("“Fewer loud voices”, the whole draft in words.")
    check(page)
    page.go_back()
    expect(page.locator(".changes")).to_contain_text("10,000 → 15,000")
    check(page)
    page.get_by_label("A word about it").fill("Agreed: they are not that many.")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("h1")).to_contain_text("is approved. It can come in force.")


def put_in_force(page: Page) -> None:
    page.get_by_role("link", name="Put it in force").click()
    check(page)
    page.get_by_label("What changes, and why").fill("On Instagram, 15,000 followers are many.")
    page.get_by_role("button", name="Put it in force").click()
    expect(page.locator("h1")).to_contain_text("0 of 4 have read it.")
    page.get_by_role("button", name="I have read it").click()
    expect(page.locator("h1")).to_contain_text("1 of 4 has read it.")
    page.get_by_role("link", name="History: 2 versions").click()
    newest = page.locator(".versions > li").first
    expect(newest).to_contain_text("On Instagram, 15,000 followers are many.")
    expect(newest).to_contain_text("edited by Petra Lind · approved by Quentin Moss")
    newest.get_by_role("link", name="What it changed").click()
    expect(page.locator(".changes")).to_contain_text("10,000 → 15,000")
    page.locator(".textdiff summary").click()
    expect(page.locator(".diff__more", has_text="15000")).to_be_visible()
    check(page)


def new_posts_are_judged_by_it(visit: Open, town: Town) -> None:
    town.do("arrive", text="The new wardrobe came late.", slug="proving", author="Fresh Fiona", network="instagram",
            followers=12_000, kind="complaint", topic="delivery")  # fmt: skip
    page = visit("petra").go("/b/proving/inbox?q=wardrobe")
    page.locator(".row__link").first.click()
    expect(page.locator("#case .case__marks .light")).to_contain_text("Green")
    expect(page.locator("#case")).not_to_contain_text("no longer in force")


def old_lights_are_explained_by_what_gave_them(page: Page) -> None:
    page.goto(page.url.split("/b/")[0] + "/b/proving/inbox?light=amber")
    page.locator(".row__link").first.click()
    why = page.locator("#case .panel", has=page.locator("#why-title"))
    expect(why).to_contain_text("12,000 followers")
    expect(why).to_contain_text("10,000")
    expect(why).to_contain_text("version 1, no longer in force")
    why.locator("a[href*='/plan/versions/1']").click()
    expect(page.locator("h1")).to_contain_text("Version 1 was in force from")
    page.goto(page.url.split("#")[0] + "#reach")
    expect(page.locator("#reach")).to_contain_text("more than 10,000 followers")


def whoever_has_not_read_it_is_asked_to(page: Page) -> None:
    page.get_by_role("link", name="Read the plan").click()
    expect(page.locator(".notice--read")).to_contain_text("You have not confirmed it yet.")


@pytest.mark.parametrize(
    ("who", "size", "scheme"),
    [("petra", PHONE, "dark"), ("sara", WIDE, "dark"), ("zofia", WIDE, "light"), long("sara", PHONE, "light"),
     long("zofia", PHONE, "dark")],
)  # fmt: skip
def test_the_pages_of_the_plan_in_every_language_on_every_screen(
    visit: Open, proving: Town, who: str, size: dict[str, int], scheme: str
) -> None:
    seen = visit(who, size=size, scheme=scheme)
    for path in ("plan", "plan/history", "plan/versions/1", "plan/compare?before=1&after=2", "plan/drafts/1",
                 "plan/drafts/1/changed", "plan/import", "plan/versions/1/roll-back"):  # fmt: skip
        page = seen.go(f"/b/proving/{path}")
        expect(page.locator("h1").first).to_be_attached()
        page.evaluate("for (const fold of document.querySelectorAll('.page details')) fold.open = true")
        check(page)


def test_rolling_back_takes_a_reason_and_one_person(visit: Open, proving: Town) -> None:
    page = visit("petra").go("/b/proving/plan/versions/1/roll-back")
    page.get_by_label("Why").fill("Too many posts were missed.")
    page.get_by_role("button", name="Roll back now").click()
    expect(page.locator("h1")).to_contain_text("Version 3 is in force since")
    expect(page.locator(".page")).to_contain_text("Too many posts were missed.")
