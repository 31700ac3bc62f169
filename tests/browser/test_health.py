"""The health page of a desk that ails: a source that is silent, a worker that stopped while a call was due, and a disk
that is really full (the desk's home is a small file system of its own). In three languages, wide and on a phone.

And what the desk does while there is no room: it says so, stores nothing by halves, and goes on when there is."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from standardwebhooks import Webhook

from tests.browser.conftest import PASSWORD, PHONE, WIDE, Open, Town, _town
from tests.browser.test_access import check

pytestmark = pytest.mark.browser


@dataclass
class Small:
    """A town whose home has little room."""

    town: Town
    home: Path
    secret: str

    def fill(self) -> None:
        """Not a byte is left."""
        self.town.do("squeeze")
        with (self.home / "ballast").open("ab", buffering=0) as ballast:
            for size in (1 << 16, 1 << 12, 1):
                _write_until_full(ballast, b"x" * size)
        assert shutil.disk_usage(self.home).free == 0

    def make_room(self) -> None:
        (self.home / "ballast").unlink()

    def deliver(self, name: str, text: str) -> int:
        """The status with which the web hook takes a post."""
        at = datetime.now(UTC)
        body = json.dumps({"id": name, "network": "web", "text": text, "created_at": at.isoformat(),
                           "author": {"id": "f", "name": "Fay"}})  # fmt: skip
        headers = {
            "webhook-id": name, "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(self.secret).sign(name, at, body), "content-type": "application/json",
        }  # fmt: skip
        asked = urllib.request.Request(f"{self.town.url}/hooks/shop", data=body.encode(), headers=headers)
        return _status(asked)[0]

    def health(self) -> tuple[int, dict[str, Any]]:
        time.sleep(5.2)  # an answer is kept for five seconds
        status, text = _status(urllib.request.Request(f"{self.town.url}/health.json"))
        return status, json.loads(text)


def _write_until_full(ballast: Any, piece: bytes) -> None:
    with contextlib.suppress(OSError):
        while True:
            ballast.write(piece)


def _status(asked: urllib.request.Request) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    home = tmp_path_factory.mktemp("small")
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(home)], capture_output=True, check=False
        ).returncode
    )
    if not mounted:
        pytest.skip("a small file system can only be mounted by root; full disks are tested in duty_pages2 as well")
    try:
        running = _town(home, debug="0", settled=False)
        town = next(running)
        yield Small(town, home, town.do("ailing"))
        running.close()
    finally:
        subprocess.run(["umount", "-l", str(home)], check=False)


WORDS = {
    "nora": ("Customers' blog", "has been silent", "call that was due has not happened", "The disk is full",
             "has stood still"),
    "noe": ("Customers' blog", "calla desde", "aviso que tocaba no se ha hecho", "El disco está lleno",
            "está parado desde"),
    "nela": ("Customers' blog", "milczy", "wezwani", "Dysk jest pełny", "stoi"),
}  # fmt: skip
PICTURES = os.environ.get("SERENO_PICTURES", "")
"""A folder into which the pages are drawn, for whoever wants to look at them."""


def test_the_health_page_tells_a_silent_source_a_late_step_and_a_full_disk(
    small: Small, visit: Open, chromium: Browser
) -> None:
    people = [(who, size, visit(who, size=size, at=small.town)) for who in WORDS for size in (WIDE, PHONE)]
    small.fill()
    try:
        for who, size, seen in people:
            page = seen.go("/health")
            _draw(page, f"health-{who}-{size['width']}")
            for words in WORDS[who]:
                expect(page.locator("main")).to_contain_text(words)
            check(page)
        status, told = small.health()
        assert status == 503
        assert {"disk-full", "line-late", "worker-silent", "source-silent"} <= {e["code"] for e in told["findings"]}
    finally:
        small.make_room()


def test_on_a_full_disk_nothing_is_half_done_and_with_room_again_everything_goes_on(small: Small, visit: Open) -> None:
    assert small.deliver("one", "The kettle of my aunt leaks") == 202
    assert small.town.do("rounds") == []
    before = small.town.do("standing", slug="ailing")
    seen = visit("nora", at=small.town)
    page = seen.go("/b/ailing/cases/1")
    small.fill()
    try:
        page.get_by_role("button", name="Take it").first.click()
        expect(page.get_by_role("alert")).to_contain_text("The disk of the desk is full: nothing was changed")
        _draw(page, "full-take")
        stranger = visit(None, at=small.town)
        stranger.go("/accounts/login/").fill("#id_login", "noe@acme.example")
        stranger.page.fill("#id_password", PASSWORD)
        stranger.page.click(".form .button--primary")
        expect(stranger.page.locator("main")).to_contain_text("Dysk jest pełny")
        check(stranger.page)
        _draw(stranger.page, "full-page")
        assert small.deliver("two", "The lamp exploded over the cot") == 503
        assert "database or disk is full" in " ".join(small.town.do("rounds"))
        assert small.town.do("standing", slug="ailing") == before
        status, told = small.health()
        assert (status, told["well"]) == (503, False)
        assert "disk-full" in [each["code"] for each in told["findings"]]
    finally:
        small.make_room()
    # the browser notes each answer that says 503: it is what was asked for
    for each in (seen, stranger):
        each.complaints[:] = [said for said in each.complaints if "503" not in said]

    assert small.deliver("two", "The lamp exploded over the cot") == 202
    assert small.deliver("two", "The lamp exploded over the cot") == 200
    assert small.town.do("rounds") == []
    after = small.town.do("standing", slug="ailing")
    assert (after["posts"], after["raw"]) == (before["posts"] + 1, before["raw"] + 1)
    assert after["lights"].count("red") == before["lights"].count("red") + 1
    assert len(after["called"]) == len(before["called"]) + 1
    page = seen.go("/b/ailing/cases/1")
    page.get_by_role("button", name="Take it").first.click()
    expect(page.locator(".calls")).to_contain_text("Taken: nobody more is called")


def _draw(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
