"""One telling: what `sereno plan explain` says stands on the page of the plan, sentence by sentence."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib import resources

import pytest
from django.utils.translation import override

from sereno.desk.plans.actions import put_in_force
from sereno.desk.plans.pages.told import whole_plan
from sereno.engine.plan.explain import PARTS, explain
from sereno.engine.plan.load import load_plan
from sereno.engine.plan.model import Plan
from tests.desk.pages.conftest import Desk
from tests.desk.stories import BEFORE

DEMO = resources.files("sereno.desk.demo") / "plan.yaml"
TEXT = DEMO.read_text("utf-8") + "accepted:\n  - {warning: too-few, reason: We live with it.}\n"
LANGUAGES = ("en", "es", "pl")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(TEXT)


class _Read(HTMLParser):
    """The text as it is seen: an ordered list has its numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.lists: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ol", "ul"):
            self.lists.append(0 if tag == "ol" else None)
        number = self.lists[-1] if self.lists else None
        if tag == "li" and number is not None:
            self.lists[-1] = number + 1
            self.seen.append(f" {number + 1}. ")
        elif tag not in ("a", "strong", "span", "summary"):
            self.seen.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ol", "ul"):
            self.lists.pop()

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def read(html: str) -> str:
    reader = _Read()
    reader.feed(html[html.index("<main") : html.index("</main>")])
    return spaced("".join(reader.seen))


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["plan", "plan/versions/2"])
def test_each_sentence_of_each_part_stands_on_the_page(desk: Desk, plan: Plan, language: str, address: str) -> None:
    put_in_force(desk.street.brand, text=TEXT, name="demo.yaml", by=None, now=BEFORE)
    desk.alice.language = language
    desk.alice.save()
    page = read(desk.as_(desk.alice).get(f"/b/acme/{address}").content.decode())
    sections = explain(plan, language)
    assert tuple(section.part for section in sections) == PARTS
    missing = {
        section.part: [one.text for one in section.sentences if spaced(one.text) not in page] for section in sections
    }
    assert {part: left for part, left in missing.items() if left} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_thing_is_set_off_by_its_title_and_nothing_of_its_sentence_is_lost(plan: Plan, language: str) -> None:
    with override(language):
        chapters = whole_plan(plan)
    told = {part.name: part.told for chapter in chapters for part in chapter.parts}
    for section in explain(plan, language):
        if section.part == "brand":
            continue
        heads = [sentence.text for sentence in section.sentences if not sentence.level]
        assert [one.before + one.title + one.after for one in told[section.part]] == heads
    titled = ("lights", "guides", "chain", "catalogue", "resources", "scenarios", "areas", "roles", "reach")
    assert all(one.title for part in titled for one in told[part])


def test_texts_for_the_public_stand_there_in_every_language_of_the_plan(plan: Plan) -> None:
    with override("es"):
        scenarios = next(chapter for chapter in whole_plan(plan) if chapter.name == "scenarios")
    told, scenario = scenarios.parts[0].told[0], plan.scenarios[0]
    assert dict(told.elsewhere) == {code: text for code, text in scenario.holding.items() if code != "es"}
    assert any(scenario.holding["es"] in said for said in told.more)
