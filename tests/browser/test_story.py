"""What a community manager does: open the reddest case, read why, overrule it, take it, close it; see a post arrive."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open, Town

pytestmark = pytest.mark.browser


def test_the_community_managers_story(visit: Open, town: Town) -> None:
    town.do("arrive", text="My toddler got an electric shock from the Acme lamp.", author="Noor Story",
            kind="complaint", risks=["vulnerable"], topic="safety", marked=["electric shock"])  # fmt: skip
    page = visit("ana").page
    expect(page.locator("#sentence")).to_contain_text("not taken")
    page.keyboard.press("g")
    page.keyboard.press("i")
    expect(page.locator("#inbox-title")).to_have_text("Open")

    # the reddest and newest stands on top, with its reason
    first = page.locator(".row").first
    expect(first).to_contain_text("Noor Story")
    expect(first.locator("mark")).to_have_text("electric shock")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    case = page.locator("#case")
    expect(case.locator("h1")).to_contain_text("Noor Story")
    expect(case).to_contain_text("Children, elderly, ill or disabled people or animals are affected")
    expect(page).to_have_url(re.compile(r"case=\d+"))

    # this is wrong: overruled with a reason
    page.keyboard.press("l")
    dialog = page.locator("#dlg-overrule")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Amber").check()
    dialog.get_by_label("Why").fill("It was a toy lamp, nobody is hurt.")
    dialog.get_by_role("button", name="Change the light").click()
    expect(case.locator(".why__overruled")).to_contain_text("Ana Ruiz set it")
    expect(page.locator(".toast")).to_contain_text("your reason kept")
    row = page.locator(".row", has_text="Noor Story")
    expect(row.locator(".light")).to_have_text("Amber")

    # taken
    page.keyboard.press("t")
    expect(case.locator(".case__turn")).to_contain_text("It is yours.")
    expect(row.locator(".initials")).to_have_text("AR")

    # closed with a reason; the row stays where it is
    page.keyboard.press("c")
    dialog = page.locator("#dlg-close")
    dialog.get_by_label("Solved").check()
    expect(dialog).to_contain_text("say why it can be closed")
    dialog.get_by_label("In your words").fill("Replaced today.")
    dialog.get_by_role("button", name="Close the case").click()
    expect(case).to_contain_text("Closed: Solved")
    expect(row).to_contain_text("Closed")

    # a post arrives: nothing jumps, a button gathers it
    names = page.locator(".row__link").all_text_contents()
    town.do("arrive", text="Where is my Acme order 77?", author="Late Larry", kind="complaint", topic="delivery")
    expect(page.locator("#arrivals")).to_contain_text("1 new post")
    assert page.locator(".row__link").all_text_contents() == names
    page.get_by_role("link", name="1 new post").click()
    expect(page.locator(".row", has_text="Late Larry")).to_be_visible()
    expect(page.locator("#case h1")).to_contain_text("Noor Story")


def test_a_colleagues_work_changes_the_row_in_place(visit: Open, town: Town) -> None:
    town.do("arrive", text="The Acme drawer fell on my foot.", author="Foot Fred", kind="complaint",
            topic="product_defect")  # fmt: skip
    watching = visit("ana").go("/b/acme/inbox")
    row = watching.locator(".row", has_text="Foot Fred")
    expect(row.locator(".initials--nobody")).to_be_visible()
    count = watching.locator("#count-rail-unassigned")
    before = int(count.inner_text())
    elena = visit("elena").go("/b/acme/inbox?q=drawer")
    elena.locator(".row__link").click()
    elena.get_by_role("button", name="Tomar").click()
    expect(row.locator(".initials")).to_have_text("ES")
    expect(count).to_have_text(str(before - 1))


def test_without_scripts_everything_can_be_done(visit: Open, town: Town) -> None:
    town.do("arrive", text="No scripts, and my Acme bill is wrong.", author="Plain Paula", kind="complaint",
            topic="billing")  # fmt: skip
    page = visit("ana", scripts=False).go("/b/acme/inbox?q=scripts")
    page.locator(".row__link").click()
    page.get_by_role("button", name="Take it").click()
    page.get_by_role("link", name="This light is wrong").click()
    page.get_by_label("Amber").check()
    page.get_by_label("Why").fill("She wrote three times.")
    page.get_by_role("button", name="Change the light").click()
    page.get_by_role("link", name="Close", exact=True).click()
    page.get_by_label("Solved").check()
    page.get_by_label("In your words").fill("Corrected the bill.")
    page.get_by_role("button", name="Close the case").click()
    expect(page.locator("#case")).to_contain_text("Closed: Solved")


def test_on_a_phone_a_row_leads_to_a_page_and_targets_are_large(visit: Open) -> None:
    page = visit("ana", size=PHONE).go("/b/acme/inbox")
    expect(page.locator("#pane")).to_be_hidden()
    small = page.evaluate("""() => [...document.querySelectorAll("a:not(.skip, .row__link), button, summary, input")]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().width && !e.closest(".visually-hidden"))
        .map(e => [e.textContent.trim(), Math.round(e.getBoundingClientRect().height)])
        .filter(([, height]) => height < 44)""")
    assert [found for found in small if found[0] != "Search"] == []
    page.locator(".row__link").first.click()
    expect(page).to_have_url(re.compile(r"/cases/\d+"))
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def test_single_keys_can_be_switched_off(visit: Open) -> None:
    page = visit("kasia").go("/settings")
    page.locator("#id_shortcuts").uncheck()
    page.locator(".form .button--primary").click()
    page.goto(page.url.replace("/settings", "/b/acme/inbox"))
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()
    page.goto(page.url.replace("/b/acme/inbox", "/settings"))
    page.locator("#id_shortcuts").check()
    page.locator(".form .button--primary").click()
    page.goto(page.url.replace("/settings", "/b/acme/inbox"))
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def test_hostile_posts_stay_text(visit: Open) -> None:
    seen = visit("ana")
    seen.page.on("dialog", lambda dialog: seen.complaints.append(f"a post spoke: {dialog.message}"))
    page = seen.go("/b/acme/inbox?q=stole")
    expect(page.locator(".row__link")).to_have_text("<script>alert(1)</script>")
    page.locator(".row__link").click()
    expect(page.locator("#case h1")).to_contain_text("<script>alert(1)</script>")
    assert page.locator("#case a[href^='javascript']").count() == 0


def test_uploading_a_file_and_adding_a_webhook(visit: Open) -> None:
    page = visit("ana").go("/b/acme/sources")
    page.get_by_role("link", name="Upload posts").click()
    page.set_input_files(
        "#id_upload-file", {"name": "two.jsonl", "mimeType": "text/plain", "buffer": b'{"id":"1","text":"acme"}\n'}
    )
    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".card", has_text="two.jsonl")).to_be_visible()
    page.get_by_role("link", name="Add a webhook").click()
    page.get_by_label("Name").fill("Portal two")
    page.get_by_role("button", name="Add the webhook").click()
    expect(page.locator("#secret")).to_have_value(re.compile("^whsec_"))
    page.get_by_role("link", name="I have kept it").click()
    expect(page.locator(".card", has_text="Portal two")).to_be_visible()
