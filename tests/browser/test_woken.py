"""A red post at night: who is on duty is told, does not answer, the next is told; taking the case stops it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, Town
from tests.desk.notify.receivers import mail_server, web_receiver

pytestmark = pytest.mark.browser


def test_who_is_on_duty_is_woken_then_the_next_until_somebody_takes_it(town: Town, visit: Open) -> None:
    with mail_server() as box, web_receiver() as hook:
        ports = {"smtp": box.port, "hook": hook.port}
        town.do("night", hook=hook.port)
        town.do("call", minutes=0, **ports)  # the code of Dia's way
        hook.told.clear()

        def mails() -> int:
            return box.to.count("cem@acme.example")  # the town's other brands are told too

        town.do("arrive", slug="night", text="Your heater burnt my child", kind="complaint", risks=["safety"],
                author="Eva")  # fmt: skip
        assert (mails(), hook.told) == (0, [])

        town.do("call", minutes=0, **ports)
        assert (mails(), hook.told) == (1, [])

        town.do("call", minutes=11, **ports)
        assert len(hook.told) == 1

        page = visit("dia").go("/b/night/bell")
        page.locator(".rung a").first.click()
        expect(page.locator(".calls")).to_contain_text("Called: Cem")
        expect(page.locator(".calls")).to_contain_text("Everybody of this chain called: Cem, Dia")
        page.get_by_role("button", name="Take it").click()
        expect(page.locator(".calls")).to_contain_text("Taken: nobody more is called")

        before = (mails(), len(hook.told))
        town.do("call", minutes=40, **ports)
        assert (mails(), len(hook.told)) == before
