"""What a team overruled becomes a correction: proposed, switched on by a person, at work on new posts, undone."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction

from sereno.commands import desk
from sereno.desk.accounts.models import Role, User
from sereno.desk.audit.models import AuditRow
from sereno.desk.cases import actions as casework
from sereno.desk.cases.models import Case, ClosureReason
from sereno.desk.intake.models import Post
from sereno.desk.learning import actions, queries, readers
from sereno.desk.learning.actions import LearningRefused
from sereno.desk.learning.models import CorrectionState, LearnedCorrection
from sereno.desk.learning.readers import reader_for
from sereno.desk.learning.words import taught_words
from sereno.desk.listening.models import KindOverrule, Reading
from sereno.desk.listening.stored import taught_of
from sereno.desk.plans.actions import put_in_force
from sereno.engine.learning.decisions import TooFew
from tests.desk.stories import PLAN, member
from tests.desk.street import NOON, Street
from tests.fakes import FakeReader

LATER = NOON + timedelta(hours=3)
WITH_WEIGHT = PLAN.replace('version: "1"', 'version: "2"').replace(
    "  - {rule: complaint,",
    "  - {rule: weighs, light: amber, title: {en: Weighs more}, when: {kind: [complaint], claims: [weighty]}}\n"
    "  - {rule: complaint,",
)
ENDINGS = ["", " and nobody rang", " for our kitchen", " since monday", " which is a pity", " at last"]
LATE = [
    f"acme {start}{end}" for start in ("sofa came late", "chairs are late", "late again", "so late") for end in ENDINGS
]
SMALL = [f"acme {start}{end}" for start in ("lid has a scratch", "scratch on it", "handle is loose") for end in ENDINGS]


@pytest.fixture
def street(db: None) -> Street:
    street = Street()
    put_in_force(street.brand, text=WITH_WEIGHT, name="acme.yaml", by=None, now=NOON - timedelta(hours=1))
    return street


@pytest.fixture
def alice(street: Street) -> User:
    return member("Alice", street.brand, Role.OWNER)


@pytest.fixture
def bob(street: Street) -> User:
    return member("Bob", street.brand)


def lives(street: Street, alice: User, bob: User, *, overruled: int = len(LATE)) -> None:
    """Posts come in and are green; the team finds the late ones amber and closes the others as they are."""
    for number, text in enumerate((*LATE, *SMALL)):
        street.complaint(f"p{number}", text, author=f"author {number}", minutes=number % 7)
    while street.work(minutes=10):
        pass
    for number in range(len(LATE)):
        case = street.case_of(Post.objects.get(external_id=f"p{number}"))
        if number < overruled:
            casework.overrule(case, light="amber", reason="late", by=(alice, bob)[number % 2], now=NOON)
    for number in range(len(LATE), len(LATE) + len(SMALL)):
        case = street.case_of(Post.objects.get(external_id=f"p{number}"))
        casework.close(case, reason=ClosureReason.SOLVED, words="done", by=bob, now=NOON)


@pytest.fixture
def lived(street: Street, alice: User, bob: User) -> Street:
    lives(street, alice, bob)
    return street


def proposed(street: Street, by: User) -> LearnedCorrection:
    made = actions.propose(street.brand, reader=street.reader, by=by, now=LATER)
    assert isinstance(made, LearnedCorrection), made
    return made


def light_of_a_new_late_post(street: Street, name: str) -> str | None:
    post = street.complaint(name, f"acme bed comes late {name}", author=f"new {name}", minutes=200)
    street.work(minutes=201)
    return street.case_of(post).light


def test_proposed_nothing_changes_switched_on_new_posts_do_undone_they_do_not(lived: Street, alice: User) -> None:
    made = proposed(lived, alice)
    assert (made.state, made.helps, made.decisions) == ("proposed", True, len(LATE))
    assert light_of_a_new_late_post(lived, "a") == "green"

    actions.activate(made, by=alice, now=LATER)
    assert light_of_a_new_late_post(lived, "b") == "amber"
    read = Reading.objects.get(post__external_id="b")
    assert read.model == "fake-1+brand1.2"
    assert taught_words(taught_of(read)) == (
        "Your team's corrections changed this reading (24 decisions): now “it weighs more than an everyday matter”."
    )

    actions.undo(made, by=alice, now=LATER)
    assert light_of_a_new_late_post(lived, "c") == "green"
    assert Reading.objects.get(post__external_id="c").model == "fake-1"


def test_readings_of_the_past_stay_until_somebody_asks(lived: Street, alice: User) -> None:
    old = lived.complaint("old", "acme table is late once more", author="somebody", minutes=20)
    lived.work(minutes=21)
    actions.activate(proposed(lived, alice), by=alice, now=LATER)
    lived.work(minutes=201)
    assert lived.case_of(old).light == "green"

    assert actions.read_again(lived.brand, by=alice, now=LATER) > 0
    while lived.work(minutes=202):
        pass
    case = lived.case_of(old)
    assert case.light == "amber"
    assert case.events.filter(kind="light_changed").exists()
    overruled = lived.case_of(Post.objects.get(external_id="p0"))
    assert overruled.light == "amber"  # what a person set stays


def test_each_step_leaves_an_audit_row_with_the_person(lived: Street, alice: User) -> None:
    made = proposed(lived, alice)
    actions.activate(made, by=alice, now=LATER)
    actions.undo(made, by=alice, now=LATER)
    rows = AuditRow.objects.filter(action__startswith="learning.").order_by("pk")
    assert [row.action for row in rows] == ["learning.proposed", "learning.activated", "learning.undone"]
    assert {row.by_id for row in rows} == {alice.pk}
    made.refresh_from_db()
    assert (made.activated_by_id, made.ended_by_id) == (alice.pk, alice.pk)


def test_undoing_brings_the_earlier_one_back(lived: Street, alice: User) -> None:
    first = actions.activate(proposed(lived, alice), by=alice, now=LATER)
    second = actions.activate(proposed(lived, alice), by=alice, now=LATER)
    first.refresh_from_db()
    assert (first.state, second.state) == (CorrectionState.REPLACED, CorrectionState.ACTIVE)

    assert actions.undo(second, by=alice, now=LATER) == first
    assert queries.at_work(lived.brand) == first
    assert actions.undo(first, by=alice, now=LATER) is None
    assert queries.at_work(lived.brand) is None


def test_one_that_waits_is_thrown_away_for_the_next(lived: Street, alice: User) -> None:
    first, second = proposed(lived, alice), proposed(lived, alice)
    first.refresh_from_db()
    assert (first.state, first.number, second.number) == (CorrectionState.DISCARDED, 1, 2)
    with pytest.raises(LearningRefused, match="waits for no decision"):
        actions.activate(first, by=alice, now=LATER)


def test_what_was_measured_to_be_no_gain_stays_off(lived: Street, alice: User) -> None:
    made = proposed(lived, alice)
    LearnedCorrection.objects.filter(pk=made.pk).update(helps=False)
    with pytest.raises(LearningRefused, match="no better"):
        actions.activate(made, by=alice, now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        LearnedCorrection.objects.filter(pk=made.pk).update(state="active")


def test_with_too_few_it_says_how_many_are_missing(street: Street, alice: User, bob: User) -> None:
    lives(street, alice, bob, overruled=17)
    assert actions.propose(street.brand, reader=street.reader, by=alice, now=LATER) == TooFew("decisions", 17, 20)
    assert queries.counts(street.brand).missing == 3
    assert not LearnedCorrection.objects.exists()


def test_a_correction_speaks_for_its_own_brand_alone(lived: Street, alice: User) -> None:
    from tests.desk.stories import brand

    other = brand("rival")
    actions.activate(proposed(lived, alice), by=alice, now=LATER)
    version = other.plan_versions.get()
    assert reader_for(version, lived.reader) is lived.reader


def test_one_made_by_another_sereno_is_not_used(lived: Street, alice: User) -> None:
    made = actions.activate(proposed(lived, alice), by=alice, now=LATER)
    LearnedCorrection.objects.filter(pk=made.pk).update(weights={**made.weights, "version": 0})
    assert light_of_a_new_late_post(lived, "d") == "green"


def test_a_kind_is_overruled_alone_and_light_and_deadlines_stay(street: Street, alice: User) -> None:
    post = street.complaint("q", "acme where is my sofa")
    street.work()
    before = street.case_of(post)
    casework.overrule(before, light="green", kind="question", reason="only asks", by=alice, now=NOON)
    case = street.case_of(post)
    assert (before.kind, case.kind, case.light, case.answer_by) == (
        "complaint", "question", before.light, before.answer_by,
    )  # fmt: skip
    told = KindOverrule.objects.get()
    assert (told.from_kind, told.to_kind, told.by_id) == ("complaint", "question", alice.pk)
    assert case.events.filter(kind="kind_overruled").exists()
    Post.objects.filter(pk=post.pk).update(stage=0)
    street.work(minutes=1)
    assert street.case_of(post).kind == "question"  # judged again, what the person said still holds


def test_what_was_said_of_other_words_is_not_learnt_from(lived: Street) -> None:
    before = queries.counts(lived.brand).posts
    post = Post.objects.get(external_id="p0")
    post.text.text = "acme all is well now"
    post.text.save()
    assert queries.counts(lived.brand).posts == before - 1


def test_spam_and_closed_as_a_double_say_nothing_about_a_light(lived: Street) -> None:
    before = queries.counts(lived.brand).stood
    case = lived.case_of(Post.objects.get(external_id=f"p{len(LATE)}"))
    Case.objects.filter(pk=case.pk).update(closure_reason=ClosureReason.SPAM)
    assert queries.counts(lived.brand).stood == before - 1


def test_a_brand_that_leaves_takes_its_corrections_along(lived: Street, alice: User) -> None:
    actions.activate(proposed(lived, alice), by=alice, now=LATER)
    actions.activate(proposed(lived, alice), by=alice, now=LATER)
    lived.brand.delete()
    assert not LearnedCorrection.objects.exists()


@pytest.fixture
def command(lived: Street, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`sereno learn …` on this street's database, with its reader."""
    from sereno.commands import learn

    monkeypatch.setattr(learn, "start_desk", lambda: None)
    monkeypatch.setattr(learn, "chosen_reader", lambda _wanted: lived.reader)

    def run(*arguments: str) -> Any:
        return CliRunner().invoke(learn.learn, ["--brand", "acme", *arguments])

    return run


def test_on_the_command_line_it_shows_the_effect_then_is_switched_on_then_undone(command: Any) -> None:
    shown = command()
    assert shown.exit_code == 0, shown.output
    assert "overruled                                     24        0     2" in shown.output
    assert "Nothing has changed yet. Switch it on with: sereno learn --brand acme --activate" in shown.output
    assert queries.at_work(LearnedCorrection.objects.get().brand) is None

    assert "It is at work" in command("--activate").output
    assert LearnedCorrection.objects.get().state == "active"
    assert "posts are read without a correction" in command("--undo").output
    again = command("--undo")
    assert again.exit_code == 1
    assert "nothing to undo" in again.output


def test_on_the_command_line_json_holds_the_figures(command: Any) -> None:
    told = json.loads(command("--format", "json").output)
    assert (told["format"], told["learnt"], told["state"], told["helps"]) == (1, True, "proposed", True)
    assert told["effect"]["overruled"]["before"] == 0
    assert told["effect"]["overruled"]["after"] >= 20
    assert json.loads(command("--activate", "--format", "json").output)["state"] == "active"
    assert json.loads(command("--undo", "--format", "json").output) == {"undone": 1, "at_work": None}


def test_the_pages_reader_is_the_workers(lived: Street) -> None:
    readers.share(lived.reader)
    assert readers.own_reader() is lived.reader


def test_pages_at_once_choose_one_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[FakeReader] = []

    def choose() -> FakeReader:
        time.sleep(0.05)
        chosen.append(FakeReader())
        return chosen[-1]

    monkeypatch.setattr("sereno.careful.best_reader", choose)
    monkeypatch.setattr(readers, "_shared", [])
    with ThreadPoolExecutor(4) as pages:
        found = list(pages.map(lambda _: readers.own_reader(), range(4)))
    assert len(chosen) == 1
    assert all(reader is chosen[0] for reader in found)


def test_the_demo_seeds_works_and_answers_with_one_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[FakeReader] = []
    used: dict[str, object] = {}

    def choose(wanted: str | None = None) -> FakeReader:
        chosen.append(FakeReader())
        return chosen[-1]

    def seed(*, now: datetime, reader: object) -> SimpleNamespace:
        used["seed"] = reader
        return SimpleNamespace(people=[], password="")

    monkeypatch.setenv("SERENO_HOME", "var/demo")
    monkeypatch.setenv("DATABASE_URL", "sqlite://")
    monkeypatch.setattr(readers, "_shared", [])
    monkeypatch.setattr(desk, "chosen_reader", choose)
    monkeypatch.setattr(desk, "start_desk", lambda: None)
    monkeypatch.setattr(desk, "must_be_free", lambda host, port: None)
    monkeypatch.setattr("sereno.desk.demo.seed.seed", seed)
    monkeypatch.setattr("sereno.desk.worker.run", lambda stop, reader: used.update(worker=reader))
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: used.update(pages=readers.own_reader()))
    assert CliRunner().invoke(desk.demo, [], catch_exceptions=False).exit_code == 0
    assert used == {"seed": chosen[0], "worker": chosen[0], "pages": chosen[0]}
    assert len(chosen) == 1
