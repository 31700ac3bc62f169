"""The plan's pages: who may do what there, what a replay is told as, and files that no spreadsheet runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sereno.desk.accounts.actions import give_role
from sereno.desk.accounts.models import Role
from sereno.desk.learning import readers
from sereno.desk.plans import actions
from sereno.desk.plans.models import PlanDraft, PlanKnown, PlanVersion
from sereno.desk.plans.pages.replay import as_csv, as_jsonl, harmless
from sereno.desk.plans.pages.replay_told import mostly
from sereno.desk.plans.queries import version_in_force
from sereno.desk.plans.refused import CODES
from sereno.desk.plans.refused_words import WORDS
from sereno.desk.replays.running import work_on_replays
from sereno.engine.plan.edit import set_value
from sereno.engine.read import ReaderBusy
from tests.desk.pages.conftest import Desk
from tests.fakes import FakeReader

PLAN = "/b/acme/plan"


def changed_text(desk: Desk) -> str:
    version = version_in_force(desk.street.brand)
    assert version is not None
    return set_value(version.text, ("version",), "next")


@pytest.fixture
def draft(desk: Desk) -> PlanDraft:
    return actions.start_draft(
        desk.street.brand, name="<b>Next</b>", text=changed_text(desk), by=desk.alice, now=timezone.now()
    )


def address(draft: PlanDraft, more: str = "") -> str:
    return f"{PLAN}/drafts/{draft.number}{more}"


def prove(desk: Desk, draft: PlanDraft) -> None:
    """Checked and replayed."""
    actions.check_draft(draft, by=desk.alice, now=timezone.now(), reader=FakeReader())
    actions.ask_replay(draft, by=desk.alice, now=timezone.now())
    work_on_replays(now=timezone.now(), reader=FakeReader())


def test_every_refusal_has_words() -> None:
    assert set(WORDS) == set(CODES)


def test_who_has_not_read_it_is_asked_and_the_button_keeps_it(desk: Desk) -> None:
    alice = desk.as_(desk.alice)
    assert "You have not confirmed it yet." in alice.get(PLAN).content.decode()
    assert "waits to be read by you" in alice.get("/b/acme/").content.decode()
    alice.post(f"{PLAN}/known", {"version": 1})
    told = alice.get(PLAN).content.decode()
    assert "You have not confirmed it yet." not in told
    assert "1 of 3 has read it." in told
    assert PlanKnown.objects.get().user == desk.alice


def test_only_the_version_that_stood_on_the_page_is_confirmed(desk: Desk) -> None:
    for version in ("2", "x", ""):
        desk.as_(desk.alice).post(f"{PLAN}/known", {"version": version})
    assert not PlanKnown.objects.exists()


@pytest.mark.parametrize(
    "path", ["", "/check", "/replay", "/replay/stop", "/ask", "/approve", "/withdraw", "/unschedule", "/discard"]
)
def test_a_stranger_finds_nothing_and_an_auditor_changes_nothing(desk: Desk, draft: PlanDraft, path: str) -> None:
    assert desk.as_(desk.charlie).post(address(draft, path)).status_code in (404, 405)
    refused = desk.as_(desk.audra).post(address(draft, path)).status_code
    assert refused == (405 if path == "" else 403)
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert desk.as_(desk.audra).get(address(draft)).status_code == 200


def test_strangers_read_no_version(desk: Desk) -> None:
    for path in ("/history", "/versions/1", "/versions/1/download", "/compare?before=1&after=1"):
        assert desk.as_(desk.charlie).get(PLAN + path).status_code == 404
        assert desk.as_(desk.audra).get(PLAN + path).status_code == 200
    assert desk.as_(desk.audra).get(f"{PLAN}/versions/1/roll-back").status_code == 403
    assert desk.as_(desk.alice).get(f"{PLAN}/versions/9").status_code == 404
    assert desk.as_(desk.alice).get(f"{PLAN}/compare?before=x").status_code == 404


def test_a_draft_goes_its_way_and_a_name_is_never_markup(desk: Desk, draft: PlanDraft) -> None:
    give_role(desk.bob, desk.street.brand, Role.APPROVER, by=None, now=timezone.now())
    alice, bob = desk.as_(desk.alice), desk.as_(desk.bob)
    page = alice.get(address(draft)).content.decode()
    assert "&lt;b&gt;Next&lt;/b&gt;" in page
    assert "<b>Next</b>" not in page
    prove(desk, draft)
    page = alice.get(address(draft)).content.decode()
    assert "A second person has to approve it." in page
    assert "You edited this text." in page
    refused = alice.post(address(draft, "/approve"), {"digest": draft.digest})
    assert refused.status_code == 422
    assert "You edited this text." in refused.content.decode()
    assert bob.post(address(draft, "/approve"), {"digest": "another"}).status_code == 422
    bob.post(address(draft, "/approve"), {"digest": draft.digest, "words": "Fine."})
    assert bob.post(address(draft, "/in-force"), {"summary": " "}).status_code == 422
    moment = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    bob.post(address(draft, "/in-force"), {"summary": "Soon.", "when": "later", "moment": moment})
    assert "comes in force by itself" in bob.get(address(draft)).content.decode()
    bob.post(address(draft, "/unschedule"))
    bob.post(address(draft, "/in-force"), {"summary": "Now."})
    assert [v.number for v in PlanVersion.objects.filter(brand=desk.street.brand, in_force_until=None)] == [2]
    history = alice.get(f"{PLAN}/history").content.decode()
    assert "Now." in history
    assert "approved by Bob" in history


def test_a_moment_that_passed_or_is_none_is_refused(desk: Desk, draft: PlanDraft) -> None:
    give_role(desk.bob, desk.street.brand, Role.APPROVER, by=None, now=timezone.now())
    prove(desk, draft)
    actions.approve(PlanDraft.objects.get(pk=draft.pk), digest=draft.digest, by=desk.bob, now=timezone.now())
    for moment in ("", "soon", "2001-01-01T00:00"):
        told = desk.as_(desk.bob).post(address(draft, "/in-force"), {"summary": "x", "when": "later", "moment": moment})
        assert told.status_code == 422
        assert "Choose a moment that is still to come." in told.content.decode()


def started(desk: Desk, **said: str) -> PlanDraft:
    made = desk.as_(desk.alice).post(f"{PLAN}/drafts/start", said)
    assert made.status_code == 302, made.content.decode()
    return PlanDraft.objects.order_by("-number")[0]


def test_a_draft_starts_under_a_name_from_what_one_chooses(desk: Desk) -> None:
    alice = desk.as_(desk.alice)
    page = alice.get(f"{PLAN}/drafts/start").content.decode()
    assert 'value="Changes of ' in page
    assert alice.post(f"{PLAN}/drafts/start", {"name": " "}).status_code == 422
    assert not PlanDraft.objects.exists()
    assert desk.as_(desk.audra).get(f"{PLAN}/drafts/start").status_code == 403

    of_force = started(desk, name="Christmas")
    of_version = started(desk, name="Again", start="version", based_on="1")
    of_starter = started(desk, name="Anew", start="starter")

    assert [draft.based_on for draft in (of_force, of_version)] == [version_in_force(desk.street.brand)] * 2
    assert of_starter.based_on is None
    assert f'name: "{desk.street.brand.name}"' in of_starter.text
    assert "name: Your Brand" not in of_starter.text
    assert alice.get(address(of_force, "/read")).content.decode().count("Christmas") > 1


def test_a_draft_is_renamed_and_never_nameless(desk: Desk, draft: PlanDraft) -> None:
    alice = desk.as_(desk.alice)
    alice.post(address(draft, "/rename"), {"name": "  "})
    draft.refresh_from_db()
    assert draft.name == "<b>Next</b>"
    alice.post(address(draft, "/rename"), {"name": "Christmas"})
    draft.refresh_from_db()
    assert draft.name == "Christmas"
    assert desk.as_(desk.audra).post(address(draft, "/rename"), {"name": "x"}).status_code == 403


def test_whoever_tried_nothing_is_told_whom_it_waits_for(desk: Desk, draft: PlanDraft) -> None:
    give_role(desk.bob, desk.street.brand, Role.APPROVER, by=None, now=timezone.now())
    prove(desk, draft)
    told = desk.as_(desk.audra).get(address(draft)).content.decode()
    assert "Waits for Bob." in told
    assert "Your role may not do this." not in told


def test_a_test_that_fails_says_why_it_came_so(desk: Desk) -> None:
    failing = (
        "tests:\n  - {test: praise-is-red, post: {text: Lovely, reads_as: {kind: complaint}}, at: 2026-11-21T23:30, "
        "expect: {light: red}}\n"
    )
    draft = actions.start_draft(
        desk.street.brand, name="Next", text=changed_text(desk) + failing, by=desk.alice, now=timezone.now()
    )
    told = desk.as_(desk.alice).get(address(draft)).content.decode()
    assert "Why it came so:" in told
    assert "Ordinary complaint" in told


def test_a_roll_back_is_no_approval(desk: Desk, draft: PlanDraft) -> None:
    give_role(desk.bob, desk.street.brand, Role.APPROVER, by=None, now=timezone.now())
    prove(desk, draft)
    actions.approve(PlanDraft.objects.get(pk=draft.pk), digest=draft.digest, by=desk.bob, now=timezone.now())
    made = actions.put_draft_in_force(draft, summary="Now", by=desk.bob, now=timezone.now())
    assert made is not None
    first = PlanVersion.objects.get(brand=desk.street.brand, number=1)
    actions.roll_back(first, reason="no", by=desk.alice, now=timezone.now())
    actions.roll_back(made, reason="yes", by=desk.alice, now=timezone.now())

    rows = desk.as_(desk.alice).get(f"{PLAN}/history").content.decode().split("<strong>Version ")

    assert "rolled back by Alice, without a second person; the text was approved by Bob (" in rows[1]
    assert "rolled back by Alice, without a second person; nobody else approved the text" in rows[2]
    assert "rolled back by" not in rows[3]
    assert "approved by Bob" in rows[3]


def test_a_file_becomes_a_draft_faults_and_all(desk: Desk) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    alice = desk.as_(desk.alice)
    assert alice.post(f"{PLAN}/import").status_code == 422
    binary = SimpleUploadedFile("plan.yaml", b"\xff\xfe\x00")
    assert alice.post(f"{PLAN}/import", {"file": binary}).status_code == 422
    made = alice.post(f"{PLAN}/import", {"file": SimpleUploadedFile("plan.yaml", b"plan: [\r\n"), "name": ""})
    found = PlanDraft.objects.get()
    assert made.headers["Location"] == address(found)
    assert found.text == "plan: [\n"
    assert "error" in alice.get(address(found)).content.decode()
    assert desk.as_(desk.audra).get(f"{PLAN}/import").status_code == 403


def test_no_cell_is_a_formula_and_a_line_is_json() -> None:
    rows: list[dict[str, Any]] = [
        {"post": "=HYPERLINK(1)", "n": 3, "wakes": False},
        {"post": "fine", "n": -1, "wakes": True},
    ]
    assert list(as_csv(iter(rows))) == ["\ufeffpost,n,wakes\r\n", "'=HYPERLINK(1),3,False\r\n", "fine,-1,True\r\n"]
    assert [harmless(text) for text in ("+1", "-1", "@x", "\tx", "x=1")] == ["'+1", "'-1", "'@x", "'\tx", "x=1"]
    assert list(as_jsonl(iter(rows)))[1] == '{"post": "fine", "n": -1, "wakes": true}\n'


def week(**at: int) -> tuple[tuple[int, ...], ...]:
    """`d4h20=6`: six on Friday at 20:00."""
    found = [[0] * 24 for _day in range(7)]
    for place, count in at.items():
        day, hour = place.removeprefix("d").split("h")
        found[int(day)][int(hour)] = count
    return tuple(map(tuple, found))


def test_when_most_of_it_falls_is_said_only_where_it_does() -> None:
    assert mostly(week(), week(d4h20=6, d1h9=2)) == "Friday 18:00–24:00"
    assert mostly(week(), week(d4h20=2)) == "", "so few fall anywhere by chance"
    assert mostly(week(), week(d0h1=2, d1h9=2, d2h9=2, d3h9=2)) == "", "spread over the week"


class BusyReader(FakeReader):
    def read(self, texts: Any, languages: Any) -> Any:
        raise ReaderBusy


def test_where_the_reader_is_busy_the_page_says_so_and_the_draft_stays_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = "tests:\n  - {test: reads, post: {text: It burns}, at: 2026-11-21T23:30, expect: {light: none}}\n"
    draft = actions.start_draft(
        desk.street.brand, name="Next", text=changed_text(desk) + read, by=desk.alice, now=timezone.now()
    )
    monkeypatch.setattr(readers, "_shared", [BusyReader()])
    alice = desk.as_(desk.alice)
    told = alice.post(address(draft, "/check"), follow=True).content.decode()
    assert "The reader is busy with new posts. Try again in a moment." in told
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert "The reader is busy" in alice.get(address(draft, "?tests")).content.decode()
    monkeypatch.setattr(readers, "_shared", [FakeReader()])
    alice.post(address(draft, "/check"))
    draft.refresh_from_db()
    assert draft.state == "checked"
