"""Mirabela on the desk: her past is lived through by the real intake, judge and people, and her feed plays.

Seeding takes seconds, so it is done once for the tests that only look on; each runs in a transaction of its own within.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import models, transaction
from django.test.utils import override_settings

from sereno.desk.accounts.models import Brand, Membership, Role, User
from sereno.desk.audit.models import AuditRow
from sereno.desk.cases.models import Case, CaseEvent, CaseNote, CaseState
from sereno.desk.demo import material
from sereno.desk.demo.seed import seed
from sereno.desk.intake.actions import poll_due, understand
from sereno.desk.intake.models import Observation, Post, RawRecord, Source
from sereno.desk.listening.models import Overrule
from sereno.desk.plans.models import PlanVersion
from tests.fakes import FakeReader

NOW = datetime(2026, 3, 5, 21, tzinfo=UTC)  # a Thursday evening
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""Seven people's passwords take seconds to hash as they should be."""


def test_a_seeding_that_breaks_off_leaves_an_empty_desk(db: None, settings: Any) -> None:
    settings.PASSWORD_HASHERS = QUICK

    class Tired(FakeReader):
        def read(self, texts: Any, languages: Any) -> Any:
            raise RuntimeError("out of memory")

    with pytest.raises(RuntimeError):
        seed(now=NOW, reader=Tired())
    assert not Brand.objects.exists()
    assert not User.objects.exists()


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=QUICK), transaction.atomic():
        seed(now=NOW, reader=FakeReader())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def mirabela(seeded: None, db: None) -> Brand:
    return Brand.objects.get(slug="mirabela")


def test_before_there_is_nothing_and_after_the_desk_is_lived_in(mirabela: Brand) -> None:
    assert mirabela.demo
    assert [v.plan_id.split("@")[0] for v in PlanVersion.objects.filter(brand=mirabela)] == ["mirabela"] * 2
    assert Post.objects.filter(brand=mirabela).count() == len(material.past())
    assert not RawRecord.objects.exclude(state=RawRecord.State.UNDERSTOOD).exists()
    states = Counter(Case.objects.values_list("state", flat=True))
    assert states[CaseState.OPEN] > 20
    assert states[CaseState.CLOSED] > 30
    assert states[CaseState.ANSWERED] > 3


def test_people_act_at_their_time_and_through_the_real_actions(mirabela: Brand) -> None:
    acts = material.acts()

    kinds = Counter(CaseEvent.objects.filter(by__isnull=False).values_list("kind", flat=True))
    assert kinds["taken"] == sum(act.act == "take" for act in acts)
    assert kinds["closed"] == sum(act.act == "close" for act in acts)
    assert kinds["overruled"] == Overrule.objects.filter(current=True).count() == 3
    assert CaseNote.objects.filter(event__kind="overruled").count() == 3
    assert AuditRow.objects.filter(action="case.overruled").count() == 3
    taken = CaseEvent.objects.filter(kind="taken").order_by("at").first()
    assert taken is not None
    assert taken.at == NOW - timedelta(minutes=max(act.minutes_ago for act in acts if act.act == "take"))


def test_nothing_happens_to_a_case_before_it_was_opened(mirabela: Brand) -> None:
    opened = dict(CaseEvent.objects.filter(kind="opened").values_list("case_id", "at"))
    for case, at, kind in CaseEvent.objects.values_list("case_id", "at", "kind"):
        assert at >= opened[case], (case, kind)


def test_history_starts_no_deadline_and_the_last_days_do(mirabela: Brand) -> None:
    old = [post.fields["id"] for post in material.past() if post.old]
    of_history = Case.objects.filter(deciding_post__external_id__in=old)

    assert len(old) >= 12
    assert of_history.exists()
    assert not of_history.exclude(backfilled=True, answer_by__isnull=True, acknowledge_by__isnull=True).exists()
    assert Case.objects.filter(backfilled=False, state=CaseState.OPEN, answer_by__isnull=False).exists()


def test_two_compliments_are_answered_and_the_complaints_between_them_wait(mirabela: Brand) -> None:
    thread = Post.objects.filter(conversation="p2", own=False).order_by("created_at")
    answered = [post.case_post.case.answered_at is not None for post in thread]

    assert answered == [True, False, False, False, True]


def test_every_role_has_somebody(mirabela: Brand) -> None:
    held = set(Membership.objects.filter(brand=mirabela).values_list("role", flat=True))

    assert held == set(Role) - {Role.APPROVER}
    assert {"en", "es", "pl"} == set(User.objects.values_list("language", flat=True))


def test_seeding_again_changes_nothing(mirabela: Brand) -> None:
    before = everything()

    again = seed(now=NOW + timedelta(hours=5), reader=FakeReader())

    assert everything() == before
    assert [person.email for person in again.people] == [person.email for person in material.people()]


def everything() -> dict[str, list[Any]]:
    tables: list[type[models.Model]] = [Brand, User, Membership, PlanVersion, Source, Post, Case, CaseEvent, RawRecord]
    return {table.__name__: list(table._default_manager.order_by("pk").values()) for table in tables}


def test_anybody_can_sign_in_with_the_password_that_is_shown(mirabela: Brand) -> None:
    signs = seed(now=NOW, reader=FakeReader())

    assert all(User.objects.get(email=person.email).check_password(signs.password) for person in signs.people)


def test_the_feed_plays_to_its_end_with_growth_an_edit_and_a_deletion(mirabela: Brand) -> None:
    before = Post.objects.count()
    ids = {line["id"] for path in material.FEEDS.values() for line in material.lines(path)}

    for minute in range(30):
        poll_due(now=NOW + timedelta(minutes=minute), http=None)
        while understand(now=NOW + timedelta(minutes=minute)).records:
            pass

    assert Post.objects.count() - before == len(ids)
    assert not RawRecord.objects.filter(state=RawRecord.State.DEAD).exists()
    kinds = Counter(Observation.objects.values_list("kind", flat=True))
    assert (kinds[Observation.Kind.EDIT], kinds[Observation.Kind.DELETION]) == (1, 1)
    grown = Post.objects.get(external_id="f4")
    assert (grown.shares, grown.created_at) == (143, NOW + timedelta(seconds=31))
    assert "deja de venderlo" in Post.objects.get(external_id="f79").text.text
    assert Post.objects.get(external_id="f76").text.text == ""
