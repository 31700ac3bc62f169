"""Now says who is on duty; the health page says what is wrong, to people and to monitors."""

from __future__ import annotations

import errno
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError
from django.test import Client

from sereno.desk.accounts.broken import disk_is_full
from sereno.desk.accounts.models import User
from sereno.desk.cases.actions import take
from sereno.desk.cases.models import Case
from sereno.desk.cases.turns import my_turn
from sereno.desk.duty import looking
from sereno.desk.duty.auditor import audit
from sereno.desk.duty.notes import write_note
from sereno.desk.duty.rosters import put_roster_in_force
from sereno.desk.duty.shown import health_words, views_health
from sereno.desk.intake.models import Source, WorkerBeat
from sereno.desk.notify.models import Delivery, Notification
from tests.desk.duty.watch import ROSTER, Watch
from tests.desk.duty_pages2.pages import at_minute, read, signed_in
from tests.desk.street import NOON

pytestmark = pytest.mark.django_db
NIGHT = 11 * 60


@pytest.fixture(autouse=True)
def _calm(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(looking, "free_bytes", lambda place: 10**12)
    views_health._kept.forget()


def _working(watch: Watch, minutes: float) -> None:
    """A worker that beats, an auditor that looks."""
    WorkerBeat.objects.update_or_create(
        name="w", defaults={"started_at": NOON, "beat_at": watch.at(minutes), "last_error": "", "done": {}}
    )
    audit(now=watch.at(minutes), url="")


def test_now_says_who_is_on_duty_until_when_and_who_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    at_minute(monkeypatch, 0)
    page = read(signed_in(watch.person("ana")), "/b/acme/")
    assert "Who would be called for a red post now: Cem" in page

    at_minute(monkeypatch, NIGHT)  # Cem's day is over; Pol stands in
    assert "Who would be called for a red post now: Pol" in read(signed_in(watch.person("ana")), "/b/acme/")


def test_without_anybody_on_duty_now_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    days = ROSTER.replace('hours: ["00:00-00:00"], people: [pol]', 'hours: ["08:00-20:00"], people: [pol]')
    put_roster_in_force(watch.brand, text=days, by=None, now=NOON)
    at_minute(monkeypatch, NIGHT)
    page = read(signed_in(watch.person("ana")), "/b/acme/")
    assert "Nobody is on duty, so everybody of the last step would be called" in page


def test_a_hand_over_note_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    at_minute(monkeypatch, 1)
    note = write_note(
        watch.brand, role="committee_duty", text="The press called twice.", by=watch.person("dia"), now=NOON
    )
    cem = signed_in(watch.person("cem"))
    assert "The press called twice." in read(cem, "/b/acme/")
    assert "The press called twice." not in read(signed_in(watch.person("ana")), "/b/acme/")

    cem.post(f"/b/acme/hand-over/{note.pk}/read")
    assert "The press called twice." not in read(cem, "/b/acme/")


def test_when_all_is_quiet_the_health_page_says_so_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    from sereno.desk.notify.configured import smtp

    settings.SERENO_SMTP = smtp("smtp://127.0.0.1:25")
    watch = Watch()
    _working(watch, 0)
    at_minute(monkeypatch, 0)
    page = read(signed_in(watch.person("ana")), "/health")
    assert "All is well" in page
    assert Client().get("/health.json").status_code == 200


def test_a_silent_source_a_late_step_and_a_full_disk_are_told_with_their_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watch = Watch()
    watch.red()
    watch.act()
    Source.objects.create(
        brand=watch.brand, kind="rss", name="Blog", public_id="b", settings={}, next_poll_at=watch.at(20),
        last_post_at=NOON - timedelta(days=3),
    )  # fmt: skip
    _working(watch, 14)
    WorkerBeat.objects.all().delete()
    line_due = watch.at(25)
    at_minute(monkeypatch, 25)
    from sereno.desk.duty.models import Line

    Line.objects.filter(due_at__isnull=False).update(due_at=line_due - timedelta(minutes=5))
    monkeypatch.setattr(looking, "free_bytes", lambda place: 1000)
    page = read(signed_in(watch.person("ana")), "/health")
    for words in ("“Blog” has been silent", "1 call that was due has not happened", "The disk is full",
                  "The worker has never run", "Mail is not set up", "makes room on the machine"):  # fmt: skip
        assert words in page, words


def test_monitors_get_codes_and_no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    Source.objects.create(
        brand=watch.brand, kind="rss", name="Secret blog", public_id="b", settings={}, failures=5,
        next_poll_at=watch.at(0),
    )  # fmt: skip
    at_minute(monkeypatch, 0)
    answer = Client().get("/health.json")
    assert answer.status_code == 503
    assert {"code": "source-failing", "severity": "wrong"} in answer.json()["findings"]
    assert set(answer.json()) == {"well", "checked_at", "findings"}
    assert b"Secret" not in answer.content


def test_another_brands_troubles_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.desk.stories import brand, member

    watch = Watch()
    Source.objects.create(
        brand=watch.brand, kind="rss", name="Secret blog", public_id="b", settings={}, failures=5,
        next_poll_at=watch.at(0),
    )  # fmt: skip
    at_minute(monkeypatch, 0)
    stranger = member("Zoe", brand("rival"))
    assert "Secret blog" not in read(signed_in(stranger), "/health")
    assert "Secret blog" in read(signed_in(watch.person("ana")), "/health")


def test_the_health_page_is_for_those_who_signed_in() -> None:
    assert Client().get("/health").status_code == 302


def test_everything_the_auditor_can_find_has_words_and_a_way_out() -> None:
    assert set(health_words._WHAT) == set(health_words.WAYS_OUT) == set(looking.CODES)


def test_the_plan_says_how_long_anybody_waits_at_worst(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    at_minute(monkeypatch, 0)
    client = signed_in(watch.person("lea"))
    assert "/b/acme/plan/worst" in read(client, "/b/acme/plan")
    page = read(client, "/b/acme/plan/worst")
    assert "Every chain ends in a person, at every hour." in page
    assert "The first human would be called after at once at worst" not in page
    assert "with the roster in force" in page


def test_without_a_database_monitors_still_hear_that_something_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(views_health, "health", away)
    monkeypatch.setattr(looking, "free_bytes", lambda place: 0)
    answer = Client().get("/health.json")
    assert (answer.status_code, answer.json()["well"]) == (503, False)
    assert [each["code"] for each in answer.json()["findings"]] == ["database-unwritable", "disk-full"]


def test_a_full_disk_is_known_whoever_ran_into_it() -> None:
    def led_to(cause: Exception) -> Exception:
        try:
            raise OperationalError("it failed") from cause
        except OperationalError as error:
            return error

    assert disk_is_full(OSError(errno.ENOSPC, "no space"))
    assert disk_is_full(led_to(psycopg.errors.DiskFull("could not extend file")))
    assert not disk_is_full(led_to(psycopg.errors.DeadlockDetected("deadlock")))
    assert not disk_is_full(OSError(errno.EACCES, "no right"))
    assert not disk_is_full(None)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["E-mail: 1 sent in the last day (the last", "Web hook: 2 sent in the last day", "1 failed"]),
        ("es", ["Correo electrónico: 1 enviado en el último día", "Webhook: 2 enviados en el último día", "1 fallido"]),
        ("pl", ["E-mail: w ostatniej dobie wysłano: 1", "Webhook: w ostatniej dobie wysłano: 2", "nieudane: 1"]),
    ],
)
def test_the_health_page_names_kinds_of_messages_and_never_an_address(
    language: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    cem = watch.person("cem")
    User.objects.filter(pk=cem.pk).update(language=language)
    for channel, state in (
        ("mail", "sent"), ("json://10.0.0.7:8112", "sent"), ("jsons://hook.example:443", "sent"),
        ("json://10.0.0.7:8112", "failed"),
    ):  # fmt: skip
        told = Notification.objects.create(
            brand=watch.brand, user=cem, code="called", values={}, urgency="immediate", created_at=NOON
        )
        Delivery.objects.create(
            notification=told, user=cem, channel=channel, state=state, key=uuid4(), queued_at=NOON, began_at=NOON,
            sent_at=NOON if state == "sent" else None, error="" if state == "sent" else "refused",
        )  # fmt: skip
    at_minute(monkeypatch, 5)

    page = " ".join(re.sub(r"<[^>]+>", "", read(signed_in(watch.person("cem")), "/health")).split())

    for each in words:
        assert each in page, each
    assert "10.0.0.7" not in page
    assert "hook.example" not in page
    assert "json" not in page.replace("/health.json", "")


def test_a_red_case_is_the_turn_of_the_committee_members_who_are_called_not_of_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watch = Watch()
    case = watch.red()
    at_minute(monkeypatch, 1)

    def theirs(name: str) -> set[int]:
        return set(
            Case.objects.filter(my_turn(watch.brand, watch.person(name), watch.at(1))).values_list("pk", flat=True)
        )

    assert theirs("dia") == set()  # of the committee, and nobody has called her
    watch.act(0)
    assert theirs("cem") == {case.pk}
    assert theirs("dia") == set()
    assert theirs("lea") == {case.pk}  # who leads sees every turn
    for minutes in (10, 20, 30, 40, 50, 60):
        watch.act(minutes)
    assert theirs("dia") == {case.pk}  # nobody took it: all of the last step are called
    take(Case.objects.get(pk=case.pk), by=watch.person("dia"), now=watch.at(61))
    assert (theirs("cem"), theirs("dia")) == (set(), {case.pk})


def test_without_a_roster_the_whole_committee_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(roster=None)
    case = watch.red()
    for name in ("cem", "dia"):
        found = Case.objects.filter(my_turn(watch.brand, watch.person(name), watch.at(1)))
        assert [each.pk for each in found] == [case.pk]
