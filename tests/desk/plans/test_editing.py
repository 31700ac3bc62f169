"""A draft is edited in forms and as text: the same document, its comments, and nobody's words lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from sereno.desk.accounts.models import Role, User
from sereno.desk.plans import actions
from sereno.desk.plans.editing.document import entry_at, model_of, seen_as, values_of
from sereno.desk.plans.editing.form_fields import fill
from sereno.desk.plans.editing.text_page import Line, differences
from sereno.desk.plans.models import PlanDraft
from sereno.engine.plan.edit import EditRefused, remove
from sereno.engine.plan.load import load_plan
from tests.desk.plans.life import Desk
from tests.desk.stories import PLAN, brand, member
from tests.desk.street import NOON

COMMENTED = PLAN.replace(
    "reach:\n  - {level: large, title: {en: large}, followers: {default: 20000, instagram: 10000}}",
    "reach:\n  # the customer's own figures\n"
    "  - {level: large, title: {en: large}, followers: {default: 20000, instagram: 10000}}  # agreed in May",
)


class Editing:
    """Alice at her draft: `open` gives a form as its inputs, `send` posts them."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.draft = desk, desk.draft(COMMENTED)
        self.client = self.as_(desk.alice)

    def as_(self, person: User) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def url(self, tail: str, slug: str = "acme") -> str:
        return f"/b/{slug}/plan/drafts/{self.draft.number}/{tail}"

    @property
    def text(self) -> str:
        return PlanDraft.objects.get(pk=self.draft.pk).text

    def form(self, part: str, index: int | None = 0) -> dict[str, Any]:
        entry = entry_at(values_of(self.text), part, index)
        return {**fill(model_of(part), entry), "mark": seen_as(entry)}

    def send(self, tail: str, inputs: dict[str, Any], status: int = 302, **more: Any) -> str:
        answer = self.client.post(self.url(tail), inputs, **more)
        assert answer.status_code == status, answer.content[:600]
        return answer.content.decode()

    def page(self, tail: str, status: int = 200, client: Client | None = None) -> str:
        answer = (client or self.client).get(self.url(tail))
        assert answer.status_code == status
        return answer.content.decode()


@pytest.fixture(autouse=True)
def nobody_types_a_password(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def editing(desk: Desk) -> Editing:
    assert COMMENTED != PLAN
    return Editing(desk)


def test_a_threshold_raised_in_the_form_changes_its_own_digits_and_nothing_else(editing: Editing) -> None:
    form = editing.form("reach")
    assert form["f.followers.1.number"] == ["10000"]

    editing.send("forms/reach/0", form | {"f.followers.1.number": "15000"})

    assert editing.text == COMMENTED.replace("instagram: 10000", "instagram: 15000")


def test_an_entry_is_added_moved_and_taken_out(editing: Editing) -> None:
    editing.send("forms/roles/new", {"f.role": "press", "f.title.en": "Press office", "mark": seen_as(None)})
    assert load_plan(editing.text).roles[-1].role == "press"

    last = entry_at(values_of(editing.text), "roles", 3)
    editing.send("forms/roles/3/move", {"to": "up", "mark": seen_as(last)})
    assert [role.role for role in load_plan(editing.text).roles][2:] == ["press", "committee_duty"]

    assert "Press office" in editing.page("forms/roles/2/remove")
    editing.send("forms/roles/2/remove", {"mark": seen_as(last)})
    assert editing.text == COMMENTED


def test_an_optional_part_is_added_and_taken_out(editing: Editing) -> None:
    editing.send("forms/committee", {
        "f.members": ["", "committee_duty", "product_owner"], "f.quorum": "2", "f.spokesperson": "committee_duty",
        "f.assembles_within": "15m", "mark": seen_as(None),
    })  # fmt: skip
    committee = load_plan(editing.text).committee
    assert committee is not None
    assert committee.quorum == 2
    assert editing.text.startswith(COMMENTED.rstrip("\n"))

    editing.send("forms/committee/whole/remove", {"mark": seen_as(values_of(editing.text)["committee"])})
    assert load_plan(editing.text).committee is None
    editing.page("forms/brand/whole/remove", 404)


def test_a_rule_is_written_condition_by_condition(editing: Editing) -> None:
    form: dict[str, Any] = {"f.rule": "cold", "f.light": "amber", "f.title.en": "Cold", "f.when.#": "1",
                            "f.when.+": "repeat_contact", "mark": seen_as(None)}  # fmt: skip
    page = editing.send("forms/lights/new", form | {"_do": "condition:f.when"}, 200)
    assert 'name="f.when.?" value="repeat_contact"' in page
    assert "wrote before, and the matter is not solved" in page

    form |= {"f.when.?": "repeat_contact", "f.when.repeat_contact": "2"}
    assert "Cold → amber, when they wrote 2 times before" in editing.send(
        "forms/lights/new", form | {"_do": "look"}, 200
    )
    assert editing.text == COMMENTED, "buttons inside the form save nothing"
    editing.send("forms/lights/new", form)

    assert load_plan(editing.text).lights[-1].when.repeat_contact == 2


def test_what_cannot_be_read_stays_in_the_form_with_its_error_and_is_not_saved(editing: Editing) -> None:
    form = editing.form("reach") | {"f.followers.1.number": "very many", "f.title.en": "very large"}

    page = editing.send("forms/reach/0", form, 422)

    assert 'value="very many"' in page
    assert "very large" in page
    assert "This is no number." in page
    assert editing.text == COMMENTED


@pytest.mark.parametrize(
    ("tail", "changes", "name"),
    [
        ("forms/targets/1", {"f.first_answer": "soon"}, "f-first_answer"),
        ("forms/roles/0", {"f.role": "Not A Name"}, "f-role"),
        ("forms/roles/0", {"f.role": "committee_duty"}, "f-role"),
        ("forms/roles/0", {"f.title.en": ""}, "f-title"),
        ("forms/duty_hours", {"f.monday": "21:00-09:00"}, "f-monday"),
    ],
)
def test_a_fault_is_told_at_its_field(editing: Editing, tail: str, changes: dict[str, str], name: str) -> None:
    part, _slash, index = tail.removeprefix("forms/").partition("/")

    page = editing.send(tail, editing.form(part, int(index) if index else None) | changes, 422)

    assert f'id="{name}-error"' in page
    assert editing.text == COMMENTED


def test_a_fault_of_meaning_is_saved_and_told_at_its_field(editing: Editing) -> None:
    editing.send("forms/areas/0", editing.form("areas") | {"f.owner": "nobody_here"})

    page = editing.page("forms/areas/0")
    assert "nobody_here" in editing.text
    assert 'id="f-owner-error"' in page
    assert "nobody_here" in editing.page("forms")


def test_a_new_name_is_carried_to_every_place_that_names_it(editing: Editing) -> None:
    editing.send("forms/roles/1", editing.form("roles", 1) | {"f.role": "head_of_product"})

    plan = load_plan(editing.text)
    assert plan.areas[0].owner == plan.roles[1].role == "head_of_product"


def test_two_people_at_two_entries_do_not_meet(editing: Editing) -> None:
    form = editing.form("roles", 2)
    other = editing.text.replace(
        "- {role: community_manager,", "- {role: press, title: {en: Press}}\n  - {role: community_manager,"
    )
    actions.save_draft(editing.draft, text=other, revision=editing.draft.revision, by=editing.desk.alice, now=NOON)

    editing.send("forms/roles/2", form | {"f.title.en": "On duty for the committee"})

    titles = [role.title["en"] for role in load_plan(editing.text).roles]
    assert titles[0] == "Press"
    assert titles[3] == "On duty for the committee"


def test_two_people_at_one_entry_are_told_and_nothing_is_lost(editing: Editing) -> None:
    form = editing.form("reach")
    theirs = editing.text.replace("instagram: 10000", "instagram: 12000")
    actions.save_draft(editing.draft, text=theirs, revision=editing.draft.revision, by=editing.desk.alice, now=NOON)

    page = editing.send("forms/reach/0", form | {"f.followers.1.number": "15000"}, 422)

    assert "Somebody changed this entry meanwhile" in page
    assert "12,000" in page
    assert 'value="15000"' in page
    assert editing.text == theirs
    mark = seen_as(entry_at(values_of(theirs), "reach", 0))
    assert mark in page
    editing.send("forms/reach/0", form | {"f.followers.1.number": "15000", "mark": mark})
    assert "instagram: 15000" in editing.text


def test_the_text_is_saved_and_a_conflict_keeps_both(editing: Editing) -> None:
    mine = editing.text.replace("# agreed in May", "# agreed in June")
    editing.send("text", {"text": mine.replace("\n", "\r\n"), "revision": editing.draft.revision})
    assert editing.text == mine

    page = editing.send("text", {"text": mine + "# later", "revision": editing.draft.revision}, 422)

    assert "# later" in page
    assert "agreed in June" in page
    assert editing.text == mine
    quietly = editing.client.post(
        editing.url("text"), {"text": "x", "revision": "1"}, headers={"accept": "application/json"}
    )
    assert quietly.status_code == 422
    assert quietly.json() == {"conflict": True}


def test_a_text_with_faults_may_be_saved(editing: Editing) -> None:
    editing.send("text", {"text": "lights: [", "revision": editing.draft.revision})

    assert editing.text == "lights: ["
    assert "The text cannot be read, so there are no forms." in editing.page("forms")
    assert editing.client.get(editing.url("forms/lights")).headers["Location"].endswith("/text")


def check(editing: Editing, text: str | bytes, client: Client | None = None, **more: Any) -> Any:
    return (client or editing.client).post(editing.url("text/check"), text, content_type="text/plain", **more)


@pytest.mark.parametrize(("language", "words"), [("en", "no such role"), ("es", "no existe"), ("pl", "nie istnieje")])
def test_the_live_check_tells_lines_in_the_readers_language_and_stores_nothing(
    editing: Editing, language: str, words: str
) -> None:
    User.objects.filter(pk=editing.desk.alice.pk).update(language=language)
    broken = editing.text.replace("owner: product_owner", "owner: produkt_owner")

    found = check(editing, broken).json()

    (issue,) = [one for one in found["issues"] if one["severity"] == "error"]
    line = broken.split("\n").index(next(text for text in broken.split("\n") if "produkt_owner" in text)) + 1
    assert issue["line"] == line
    assert "produkt_owner" in issue["message"]
    assert issue["code"]
    assert words in issue["message"].casefold()
    assert editing.text == COMMENTED


def test_the_rule_at_a_line_is_told_as_a_sentence(editing: Editing) -> None:
    lines = editing.text.split("\n")
    loud = next(number for number, line in enumerate(lines, 1) if "rule: loud" in line)

    rules = check(editing, editing.text).json()["rules"]

    (rule,) = [one for one in rules if one["from"] <= loud <= one["to"]]
    assert rule["says"].startswith("A complaint that many read → amber")


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]" for n in range(12)
)
HOSTILE = {
    "script": "plan: <script>alert(1)</script>\n",
    "bomb": BOMB,
    "deep": "[" * 5000,
    "bidi": "plan: \u202eevil\u202c\n",
    "nul": "plan: \x00\n",
    "tag": "!!python/object/apply:os.system ['true']",
    "list": "- 1\n- 2\n",
    "empty": "",
    "emoji": "plan: 🌊\n",
    "long": "plan: " + "x" * 1_000_001,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_told_as_faults_and_shown_as_text(editing: Editing, name: str) -> None:
    found = check(editing, HOSTILE[name])

    assert found.status_code == 200
    assert found.json()["issues"], name
    if name == "long":
        editing.send("text", {"text": HOSTILE[name], "revision": editing.draft.revision}, 413)
        assert editing.text == COMMENTED
        return
    editing.send("text", {"text": HOSTILE[name], "revision": editing.draft.revision})
    for page in ("text", "forms"):
        assert "<script>alert" not in editing.page(page)
    for part in ("lights", "heading", "reach"):
        assert editing.client.get(editing.url(f"forms/{part}")).status_code in (200, 302)


def test_a_body_beyond_all_measure_is_refused_unread(editing: Editing) -> None:
    assert check(editing, b"x" * 4_000_001).status_code == 413
    assert check(editing, b"\xff\xfe").status_code == 400


def test_hostile_words_in_a_form_come_back_as_words(editing: Editing) -> None:
    words = "<script>alert(1)</script> \u202eevil: # [x] 'y' \"z\" {{ a }} {% b %}\n- and: more"
    editing.send("forms/reach/0", editing.form("reach") | {"f.title.en": words})

    assert load_plan(editing.text).reach[0].title["en"] == words
    for page in ("forms/reach", "forms/reach/0", "forms", "text"):
        assert "<script>alert" not in editing.page(page)
    assert "# agreed in May" in editing.text


PAGES = ("forms", "text", "forms/lights", "forms/lights/0", "forms/lights/new", "forms/lights/0/remove", "accept")


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.OWNER, Role.CARE_LEAD)])
def test_who_may_not_change_plans_is_refused(editing: Editing, role: Role) -> None:
    someone = editing.as_(member("Somebody", editing.desk.brand, role))

    for page in PAGES:
        editing.page(page, 403, someone)
    assert check(editing, "x", someone).status_code == 403
    assert someone.post(editing.url("text"), {"text": "x", "revision": 2}).status_code == 403
    assert editing.text == COMMENTED


def test_another_brands_draft_does_not_exist(editing: Editing) -> None:
    rival = brand("rival")
    charlie = editing.as_(member("Charlie", rival, Role.OWNER))

    for page in PAGES:
        editing.page(page, 404, charlie)
        assert charlie.get(editing.url(page, "rival")).status_code == 404
    assert check(editing, "x", charlie).status_code == 404
    assert Client().get(editing.url("text")).status_code == 302, "whoever is not signed in is asked to"


@pytest.mark.parametrize(
    "tail",
    ["forms/nothing", "forms/sereno_plan", "forms/lights/999", "forms/lights/x", "forms/brand/0", "forms/lights/-1"],
)
def test_what_is_not_there_is_not_found(editing: Editing, tail: str) -> None:
    editing.page(tail, 404)


def test_a_draft_whose_life_is_over_is_no_longer_edited(editing: Editing) -> None:
    actions.discard_draft(editing.draft, by=editing.desk.alice, now=NOON)

    editing.page("text", 404)
    assert editing.client.post(editing.url("text"), {"text": "x", "revision": 2}).status_code == 404


def test_a_warning_is_accepted_with_a_reason_that_stays_in_the_text(editing: Editing) -> None:
    warnings = [one for one in check(editing, editing.text).json()["issues"] if one["severity"] == "warning"]
    assert warnings, "this plan has warnings to accept"
    one = warnings[0]
    assert one["message"][:20] in editing.page("forms").replace("&#x27;", "'").replace("&quot;", '"')

    editing.send("accept", {"warning": one["code"], "at": one["at"], "back": "forms", "reason": "x"}, 422)
    editing.send("accept", {"warning": one["code"], "at": one["at"], "back": "forms", "reason": "We live with it: #1"})

    left = check(editing, editing.text).json()["issues"]
    assert (one["code"], one["at"]) not in [(issue["code"], issue["at"]) for issue in left]
    accepted = load_plan(editing.text).accepted[0]
    assert accepted.reason == "We live with it: #1"
    assert "# agreed in May" in editing.text


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_every_part_has_its_page_in_every_language(editing: Editing, language: str) -> None:
    starter = (Path(__file__).parents[3] / "plans" / "starter.yaml").read_text()
    actions.save_draft(editing.draft, text=starter, revision=editing.draft.revision, by=editing.desk.alice, now=NOON)
    User.objects.filter(pk=editing.desk.alice.pk).update(language=language)
    values = values_of(starter)

    for part in ("heading", *values):
        if part in ("sereno_plan", "plan", "version"):
            continue
        page = editing.page(f"forms/{part}")
        assert f'<html lang="{language}"' in page
        if isinstance(values.get(part), list) and values[part]:
            editing.page(f"forms/{part}/0")
            editing.page(f"forms/{part}/new")


def test_words_without_scripts(editing: Editing) -> None:
    """The plain field and the list of faults are there for whoever runs no scripts."""
    page = editing.page("text?line=3")

    assert '<textarea id="text" name="text"' in page
    assert json.loads(page.split('id="editor-found" type="application/json">')[1].split("</script>")[0])["rules"]
    assert f'<input type="hidden" name="revision" value="{editing.draft.revision}">' in page


# ---- what a form cannot do is told in the reader's language -----------------------------------------------------


def with_an_anchor(editing: Editing) -> None:
    text = COMMENTED.replace("{en: Real harm}", "{en: &said Real harm}")
    text = text.replace("{en: Ordinary complaint}", "{en: *said}")
    assert load_plan(text)
    editing.send("text", {"text": text, "revision": str(editing.draft.revision)})


@pytest.mark.parametrize("language", ["es", "pl"])
def test_an_edit_that_is_refused_says_why_in_the_readers_language(editing: Editing, language: str) -> None:
    with_an_anchor(editing)
    User.objects.filter(pk=editing.desk.alice.pk).update(language=language)
    with pytest.raises(EditRefused) as refused:
        remove(editing.text, ("lights", 1))
    why = refused.value.in_words(language)
    assert why != str(refused.value)
    editing.send("forms/lights/1/remove", {"mark": editing.form("lights", 1)["mark"]})
    assert escape(why) in editing.page("forms/lights")
    inputs = editing.form("lights", 1) | {"f.title.en": "A complaint"}
    assert escape(why) in editing.send("forms/lights/1", inputs, status=422)


def test_two_versions_of_a_text_are_compared_as_far_as_it_takes_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert differences("same\n-- a\nold\nsame", "same\n-- a\nnew\nsame\n++ b") == [
        Line("gap", ""), Line("theirs", "old"), Line("yours", "new"), Line("gap", ""), Line("yours", "++ b"),
    ]  # fmt: skip
    # comparing each line with each is what takes minutes
    monkeypatch.setattr("sereno.engine.plan.lines.SequenceMatcher", None)
    theirs, yours = ("\n".join(str(k // part) for k in range(1, 30_000)) for part in (3, 2))
    assert len(differences(theirs, yours)) > 50_000
