"""Every page, in every language and theme, wide and on a phone: nothing that axe finds, no violated policy, nothing
that spills over the edge."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Open, Town, long

pytestmark = pytest.mark.browser

PAGES = (
    "/b/acme/",
    "/b/acme/inbox?light=red&q=kettle",
    "/b/acme/inbox?case=1",
    "/b/acme/cases/1",
    "/b/acme/cases/1/overrule",
    "/b/acme/sources",
    "/b/acme/sources/feed",
    "/b/acme/sources/upload",
    "/b/acme/sources/dead-letters",
    "/b/acme/plan",
    "/b/acme/plan/history",
    "/b/acme/plan/versions/1",
    "/b/acme/plan/import",
    "/b/acme/learned",
    "/settings",
    "/no/such/page",
)


def axe_finds(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]


def check(page: Page) -> None:
    assert axe_finds(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, page.url


def walk(visit: Open, who: str, size: dict[str, int], scheme: str) -> None:
    seen = visit(who, size=size, scheme=scheme)
    for path in PAGES:
        page = seen.go(path)
        expect(page.locator("h1").first).to_be_attached()
        check(page)
    # a page that is not there says so with its status: that line of the console is right
    seen.complaints[:] = [said for said in seen.complaints if "404" not in said]


@pytest.mark.parametrize(
    ("who", "scheme"), [("elena", "dark"), ("kasia", "light"), long("ana", "light"), long("dark", "dark")]
)
def test_every_page_is_accessible_on_a_wide_screen(visit: Open, who: str, scheme: str) -> None:
    walk(visit, who, WIDE, scheme)


@pytest.mark.parametrize(("who", "scheme"), [("ana", "dark"), long("kasia", "light")])
def test_every_page_is_accessible_on_a_phone(visit: Open, who: str, scheme: str) -> None:
    walk(visit, who, PHONE, scheme)


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_the_sign_in_page(visit: Open, language: str) -> None:
    page = visit(None).go("/accounts/login/")
    page.locator(f"button[value={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    check(page)


def test_dialogs_and_the_list_of_keys(visit: Open) -> None:
    page = visit("kasia").go("/b/acme/cases/1")
    for name in ("overrule", "close", "assign", "note"):
        page.locator(f"[data-dialog=dlg-{name}]").click()
        expect(page.locator(f"#dlg-{name}")).to_be_visible()
        check(page)
        page.keyboard.press("Escape")
    page.keyboard.press("?")
    check(page)


def test_empty_pages_teach(visit: Open) -> None:
    seen = visit("empty")
    for path in ("", "inbox", "inbox?view=red", "inbox?view=closed", "sources", "sources/dead-letters", "plan"):
        check(seen.go(f"/b/empty/{path}"))


def test_the_design_page(visit: Open, workshop: Town) -> None:
    seen = visit(None, at=workshop)
    check(seen.go("/design"))
