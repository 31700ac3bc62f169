"""Who understands which record, and what becomes of a record that nobody comes back from."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from sereno.desk.intake import claiming, understanding
from sereno.desk.intake.actions import Understood, replay_dead, understand
from sereno.desk.intake.claiming import LEASE, claim
from sereno.desk.intake.models import Post, RawBody, RawRecord
from tests.desk.intake.desk import NOON, Intake

LATER = LEASE + timedelta(seconds=1)


def test_what_one_worker_claimed_another_leaves_alone(intake: Intake) -> None:
    for number in range(4):
        intake.tells({"id": f"p{number}"})
    first, second, third = (claim(now=NOON, limit=2) for _ in range(3))

    assert len(first.records) == len(second.records) == 2
    assert {r.pk for r in first.records}.isdisjoint(r.pk for r in second.records)
    assert third.records == []
    assert understand(now=NOON) == Understood()


def test_a_record_that_kills_its_readers_dies_and_the_others_live(intake: Intake) -> None:
    """The worker dies whenever it has claimed the culprit; nobody tidies up after it."""
    records = [intake.tells({"id": f"p{number}"}) for number in range(60)]
    culprit = records[40]
    now, deaths = NOON, 0
    for _ in range(200):
        if not RawRecord.objects.filter(state="waiting").exists():
            break
        taken = claim(now=now, limit=500)
        if culprit.pk in {record.pk for record in taken.records}:
            deaths += 1
            now += LATER
            continue
        claiming.give_back(taken)
        understand(now=now)
    culprit.refresh_from_db()

    assert deaths == 3
    assert (culprit.state, culprit.attempts) == ("dead", 3)
    assert culprit.fault["code"] == "never_finished"
    assert "3 times" in culprit.error
    assert RawRecord.objects.filter(state="understood").count() == 59

    assert replay_dead(culprit, by=None, now=now)
    assert understand(now=now) == Understood(records=1, posts_new=1), "mended meanwhile, it is read like any other"


def test_a_crash_is_no_fault_of_the_records_in_its_batch(intake: Intake) -> None:
    for number in range(3):
        intake.tells({"id": f"p{number}"})
    claim(now=NOON, limit=500)
    while understand(now=NOON + LATER).records:
        pass

    assert Post.objects.count() == 3
    assert not RawRecord.objects.exclude(lease_until=None).exists()


def test_a_database_that_is_busy_gives_the_records_back(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    record = intake.tells({})

    def busy(_: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(understanding, "write", busy)
        for _ in range(5):
            with pytest.raises(OperationalError):
                intake.understand()
    record.refresh_from_db()
    assert (record.state, record.attempts, record.lease_until) == ("waiting", 0, None)

    assert intake.understand() == Understood(records=1, posts_new=1)


def test_what_is_erased_while_it_is_read_stays_erased(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    record = intake.tells({"text": "It leaks"})
    real = understanding.understood

    def erased_meanwhile(*told: object) -> object:
        posts = real(*told)  # type: ignore[arg-type]
        RawBody.objects.all().delete()
        return posts

    monkeypatch.setattr(understanding, "understood", erased_meanwhile)
    intake.understand()
    record.refresh_from_db()

    assert record.state == "dead"
    assert not Post.objects.exists()


def test_a_round_is_bounded_in_bytes(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claiming, "MAX_BYTES", 1000)
    intake.tells({"id": "large", "text": "x" * 5000})
    for number in range(6):
        intake.tells({"id": f"p{number}", "text": "y" * 300})

    done = []
    while (records := intake.understand().records) != 0:
        done.append(records)
    assert sum(done) == 7
    assert done[0] == 1, "a record larger than any round has one of its own"
    assert max(done) < 4


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_while_records_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from sereno.desk.accounts.models import Brand

    intake = Intake(Brand.objects.create(slug="acme", name="Acme"))
    intake.tells({})
    open_: list[bool] = []
    real = understanding.understood

    def looking(*told: object) -> object:
        open_.append(connection.in_atomic_block)
        return real(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(understanding, "understood", looking)
    assert intake.understand().posts_new == 1
    assert open_ == [False]
