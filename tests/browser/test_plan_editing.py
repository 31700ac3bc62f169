"""The plan is edited in a real browser: the same document in forms and as text, without one violation of the policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, WIDE, Open, Town
from tests.browser.test_access import axe_finds

pytestmark = pytest.mark.browser

COMMENT = "# the customer's own figure"


@pytest.fixture(scope="module")
def draft(town: Town) -> str:
    """The address of a draft that Pia started."""
    return f"/b/paper/plan/drafts/{town.do('paper')}/"


def document(page: Page) -> str:
    """The text as the editor would send it."""
    return str(page.evaluate("document.getElementById('text').value"))


def editor(page: Page) -> Locator:
    return page.locator(".editor__host .cm-content")


def line_of(page: Page, words: str) -> int:
    lines = document(page).split("\n")
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_a_threshold_is_raised_in_the_form_then_in_the_text_and_comments_stay(visit: Open, draft: str) -> None:
    seen = visit("pia")
    page = seen.go(f"{draft}text")
    before = document(page)
    assert COMMENT in before

    page = seen.go(f"{draft}forms")
    page.get_by_role("link", name="Levels of reach").click()
    page.get_by_role("link", name="large reach", exact=True).click()
    expect(page.locator("#says")).to_contain_text("10,000 followers on Instagram")
    page.locator("#f-followers-0-number").fill("15000")
    page.locator("#f-followers-0-number").blur()
    expect(page.locator("#says")).to_contain_text("15,000 followers on Instagram")
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator(".toast")).to_contain_text("Saved.")

    page = seen.go(f"{draft}text")
    assert document(page) == before.replace("{instagram: 10000,", "{instagram: 15000,")
    page = seen.go(f"{draft}text?line={line_of(page, 'instagram: 15000')}")
    page.keyboard.press("End")
    page.keyboard.type(" # and May")
    expect(page.locator("#save-state")).to_contain_text("Not saved yet")
    page.keyboard.press("Control+s")
    expect(page.locator("#save-state")).to_have_text("Saved")

    page = seen.go(f"{draft}forms/reach/0")
    expect(page.locator("#f-followers-0-number")).to_have_value("15000")
    page.locator("#f-followers-0-number").fill("12000")
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator(".toast")).to_contain_text("Saved.")
    page = seen.go(f"{draft}text")
    assert f"{{instagram: 12000,  {COMMENT} # and May" in document(page)


def test_faults_stand_at_their_lines_while_one_types(visit: Open, draft: str) -> None:
    seen = visit("paco")
    page = seen.go(f"{draft}text")
    line = line_of(page, "- rule: viral") + 1
    page = seen.go(f"{draft}text?line={line}")
    expect(page.locator("#rule-says")).to_contain_text("→ rojo")

    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    page.keyboard.type("x")

    expect(page.locator("#counted")).to_contain_text("La comprobación encuentra 1 error")
    expect(page.locator(".editor__host .cm-lint-marker-error")).to_have_count(1)
    fault = page.locator("#faults .fault--error")
    expect(fault).to_contain_text("rex")
    expect(fault).to_contain_text(f"línea {line}")
    page.keyboard.press("Control+Home")
    fault.get_by_role("link").first.click()
    expect(page.locator(".editor__host .cm-activeLine")).to_contain_text("light: rex")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator("#counted")).not_to_contain_text("encuentra 1 error")


def test_the_keyboard_comes_in_and_out_of_the_text(visit: Open, draft: str) -> None:
    page = visit("pia").go(f"{draft}text?line=1")
    expect(editor(page)).to_be_focused()

    page.keyboard.press("Escape")
    page.keyboard.press("Tab")

    expect(editor(page)).not_to_be_focused()
    assert document(page).startswith("# The starter plan"), "nothing was moved in"


def test_two_people_write_and_both_texts_are_kept(visit: Open, draft: str) -> None:
    hers = visit("pia").go(f"{draft}text?line=1")
    his = visit("pola").go(f"{draft}text?line=1")
    for page, words in ((hers, "# hers\n"), (his, "# his\n")):
        expect(editor(page)).to_be_focused()
        page.keyboard.type(words)
    hers.keyboard.press("Control+s")
    expect(hers.locator("#save-state")).to_have_text("Saved")

    his.get_by_role("button", name="Zapisz").click()

    expect(his.locator("h1")).to_contain_text("Pia Berg")
    expect(his.locator(".two-texts")).to_contain_text("# hers")
    expect(his.locator("#yours")).to_have_value(document(hers).replace("# hers\n", "# his\n"))
    assert axe_finds(his) == []
    his.get_by_role("button", name="Zapisz").click()
    expect(his.locator(".toast")).to_contain_text("Zapisano.")
    assert document(his).startswith("# his\n")


def test_without_scripts_the_plain_field_works(visit: Open, draft: str) -> None:
    seen = visit("pia", scripts=False)
    page = seen.go(f"{draft}text")
    page.locator("#text").press("Control+Home")
    page.keyboard.type("# written plainly\n")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".toast")).to_contain_text("Saved.")
    assert page.locator("#text").input_value().startswith("# written plainly\n#")

    page = seen.go(f"{draft}forms/guides/0")
    steps = page.locator("#f-steps > .row-fields")
    had = steps.count()
    page.locator("button[value='add:f.steps']").click()
    expect(steps).to_have_count(had + 1)


@pytest.mark.parametrize(("who", "size", "scheme"), [("pia", WIDE, "light"), ("pola", PHONE, "dark")])
def test_every_page_of_editing_is_accessible(
    visit: Open, draft: str, who: str, size: dict[str, int], scheme: str
) -> None:
    seen = visit(who, size=size, scheme=scheme)
    pages = ("forms", "text", "forms/lights", "forms/lights/0", "forms/lights/new", "forms/scenarios/0",
             "forms/reach/0", "forms/policy", "forms/duty_hours", "forms/tests/0", "forms/roles/0/remove")  # fmt: skip
    for path in pages:
        page = seen.go(draft + path)
        expect(page.locator("h1").first).to_be_attached()
        assert axe_finds(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path


def slack(page: Page) -> int:
    """Pixels by which the document is higher than its window: what scrolls is a place of the page, never the page."""
    expect(page.locator("h1").first).to_be_attached()
    page.evaluate("for (const fold of document.querySelectorAll('.page details')) fold.open = true")
    page.evaluate("document.getElementById('main').scrollTo(0, 1e6)")
    return int(page.evaluate("document.documentElement.scrollHeight - window.innerHeight"))


def test_no_page_scrolls_on_into_an_empty_screen(visit: Open, draft: str) -> None:
    pia, ana = visit("pia"), visit("ana")
    drafted = ("", "forms", "text", "forms/lights", "forms/lights/0", "forms/lights/new", "forms/policy",
               "forms/scenarios/0", "forms/tests/0", "forms/catalogue", "approve", "discard")  # fmt: skip
    wide = ("", "inbox", "inbox?case=1", "cases/1", "sources", "sources/feed", "plan", "plan/history",
            "plan/versions/1", "plan/import", "learned")  # fmt: skip
    found = {path: slack(pia.go((draft + path).rstrip("/"))) for path in drafted}
    found |= {path: slack(ana.go(f"/b/acme/{path}")) for path in wide}
    assert {path: left for path, left in found.items() if left > 1} == {}
