"""Takes the screenshots of this folder from a running demo:

    ./run demo                                      in one terminal
    .venv/bin/python docs/screenshots/take.py       in another; --at http://127.0.0.1:8000 is where the demo stands,
                                                    names such as duty-week-wide-light take these alone

Needs Chromium on the PATH; with ImageMagick's convert there too, the pictures come with 256 colours, a third of the
size. Look at each picture before you commit it.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
PASSWORD = "calm-night-2026"  # noqa: S105 — the demo's, told on its own first page
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@dataclass(frozen=True)
class Shot:
    name: str
    who: str
    path: str
    scheme: str = "light"
    phone: bool = False
    press: str = ""
    """Keys pressed before the picture is taken."""
    to: str = ""
    """What is scrolled to."""


SHOTS = (
    Shot("now-wide-light", "maeve.doyle", ""),
    Shot("inbox-wide-light", "maeve.doyle", "inbox", press="j Enter"),
    Shot("inbox-wide-dark", "maeve.doyle", "inbox", scheme="dark", press="j Enter"),
    Shot("inbox-wide-polish", "ola.wrona", "inbox", press="j Enter"),
    Shot("overrule-wide-light", "maeve.doyle", "inbox?light=red", press="j Enter l"),
    Shot("sources-wide-light", "maeve.doyle", "sources"),
    Shot("plan-wide-light", "maeve.doyle", "plan"),
    Shot("plan-draft-wide-light", "irene.valls", "plan/drafts/2"),
    Shot("plan-rule-wide-light", "maeve.doyle", "plan/drafts/2/forms/reach/0"),
    Shot("plan-text-wide-dark", "maeve.doyle", "plan/drafts/2/text?line=250", scheme="dark"),
    Shot("plan-replay-wide-light", "maeve.doyle", "plan/drafts/2#replay"),
    Shot("duty-week-wide-light", "maeve.doyle", "duty/"),
    Shot("case-chain-wide-light", "maeve.doyle", "inbox?light=red", press="j Enter", to="#calls-title"),
    Shot("health-wide-light", "maeve.doyle", "/health"),
    Shot("danger-wide-light", "maeve.doyle", "inbox?view=all&q=Piotrkowskiej", press="j Enter"),
    Shot("inbox-phone-light", "ana.robles", "inbox", phone=True),
    Shot("danger-phone-dark", "ola.wrona", "inbox?light=red&q=aplazar", scheme="dark", phone=True, press="j Enter"),
    Shot("case-phone-dark", "ana.robles", "inbox?light=red", scheme="dark", phone=True, press="j Enter"),
)


def take(browser: Browser, at: str, shot: Shot) -> None:
    context = browser.new_context(
        viewport=PHONE if shot.phone else WIDE, color_scheme=shot.scheme, is_mobile=shot.phone, has_touch=shot.phone
    )
    page = context.new_page()
    page.goto(f"{at}/accounts/login/")
    page.fill("#id_login", f"{shot.who}@mirabela.example")
    page.fill("#id_password", PASSWORD)
    page.click(".form .button--primary")
    page.wait_for_url("**/b/**")
    page.goto(f"{at}{shot.path}" if shot.path.startswith("/") else f"{at}/b/mirabela/{shot.path}")
    for key in shot.press.split():
        page.keyboard.press(key)
        page.wait_for_timeout(700)
    if shot.to:
        page.locator(shot.to).first.scroll_into_view_if_needed()
    _small(page, HERE / f"{shot.name}.png")
    context.close()


def _small(page: Page, path: Path) -> None:
    page.wait_for_timeout(300)
    page.screenshot(path=path, animations="disabled", caret="hide")
    if convert := shutil.which("convert"):
        subprocess.run([convert, path, "-dither", "None", "-colors", "256", "-strip", f"PNG8:{path}"], check=True)  # noqa: S603
    sys.stdout.write(f"{path.name} {path.stat().st_size // 1024} KB\n")


def main() -> None:
    words = argparse.ArgumentParser(description="Take the screenshots of docs/ from a running demo.")
    words.add_argument("--at", default="http://127.0.0.1:8000")
    words.add_argument("names", nargs="*", help="Of pictures. Default: all.")
    asked = words.parse_args()
    if unknown := set(asked.names) - {shot.name for shot in SHOTS}:
        words.error(f"no such picture: {', '.join(sorted(unknown))}")
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is missing. On Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            if not asked.names or shot.name in asked.names:
                take(browser, asked.at, shot)
        browser.close()


if __name__ == "__main__":
    main()
