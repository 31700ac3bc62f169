"""A real browser in front of a real server: uvicorn in a process of its own, so that server-sent events arrive as they
do at work. Beside it a second process fills the town (town.py) and lets posts arrive."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
PASSWORD = "calm-night-2026"
CHROMIUM_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                 "--disable-component-update", "--disable-sync"]  # fmt: skip
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def long(*values: Any) -> Any:
    """One more screen, language or theme of pages that each run sees in others already."""
    return pytest.param(
        *values, marks=pytest.mark.skipif(os.environ.get("SERENO_FULL") != "1", reason="long: ./run test --full")
    )


@dataclass
class Town:
    """The server's address, and a hand that lets things happen there."""

    url: str
    hand: subprocess.Popen[str]

    def do(self, what: str, **told: Any) -> Any:
        assert self.hand.stdin
        assert self.hand.stdout
        self.hand.stdin.write(json.dumps({"do": what, **told}) + "\n")
        self.hand.stdin.flush()
        answer = self.hand.stdout.readline()
        assert answer, f"the town could not {what}; its error stands above"
        return json.loads(answer)["done"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("town")
    yield from _town(home, debug="0", settled=True)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The same in debug: only there the design page is shown."""
    yield from _town(tmp_path_factory.mktemp("workshop"), debug="1", settled=False)


def _town(home: Path, *, debug: str, settled: bool) -> Iterator[Town]:
    environment = {
        **os.environ,
        "SERENO_HOME": str(home),
        "SERENO_DEBUG": debug,
        "SERENO_SIGN_INS": "1000/m/ip",  # everybody here comes from one address, all at once
        "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
    }
    environment.pop("DATABASE_URL", None)
    port = _free_port()
    hand = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.town"], env=environment, cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert hand.stdout
    assert hand.stdout.readline().strip() == "ready"
    found = Town(f"http://127.0.0.1:{port}", hand)
    if settled:
        found.do("settle")
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "sereno.desk.asgi:application", "--port", str(port), "--lifespan", "off",
         "--log-level", "error", "--timeout-graceful-shutdown", "1"],
        env=environment, cwd=ROOT,
    )  # fmt: skip
    try:
        _wait_for(found.url)
        yield found
    finally:
        server.terminate()
        server.wait(10)
        hand.communicate()  # closes both pipes; the hand ends with its input


def _wait_for(url: str) -> None:
    for _try in range(150):
        try:
            urllib.request.urlopen(f"{url}/accounts/login/", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"no answer from {url} within 30 seconds")


# not for the whole session: while it is open, Playwright keeps an event loop running, and no other test may start one
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    import shutil

    path = shutil.which("chromium")
    if path is None:
        line = "chromium is missing, so the browser tests do not run; apt-get install chromium"
        (pytest.fail if os.environ.get("SERENO_REQUIRE_PROGRAMS") == "1" else pytest.skip)(line)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A person's window, and everything that its console complained about."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page


Open = Callable[..., Visit]


@pytest.fixture
def visit(chromium: Browser, town: Town) -> Iterator[Open]:
    """`visit("ana")` signs in as Ana at a wide screen. At the end no window may have complained: no error, no
    violation of the content security policy."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def open_window(who: str | None = "ana", *, size: dict[str, int] = WIDE, scheme: str = "light",
                    scripts: bool = True, at: Town | None = None, **more: Any) -> Visit:  # fmt: skip
        place = at or town
        context = chromium.new_context(
            viewport=size, color_scheme=scheme, java_script_enabled=scripts, has_touch=size is PHONE,
            is_mobile=size is PHONE, **more,
        )  # fmt: skip
        context.set_default_timeout(10_000)
        contexts.append(context)
        seen = Visit(context.new_page(), place.url)
        seen.page.on("console", lambda said: seen.complaints.append(said.text) if said.type == "error" else None)
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        visits.append(seen)
        if who is not None:
            sign_in(seen, who)
        return seen

    yield open_window
    # a form that is refused with its reasons answers 422, and the browser notes that: it is no fault
    complaints = [said for seen in visits for said in seen.complaints if "422 (Unprocessable" not in said]
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(seen: Visit, who: str) -> None:
    page = seen.go("/accounts/login/")
    page.fill("#id_login", f"{who}@acme.example")
    page.fill("#id_password", PASSWORD)
    page.click(".form .button--primary")
    page.wait_for_url("**/b/**")
