"""The roster in force: put there, edited in place, found by its people, swapped by two."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from sereno.desk.accounts.models import Brand, User
from sereno.desk.audit.models import AuditRow
from sereno.desk.duty import notes, queries, rosters, swapping
from sereno.desk.duty.models import RosterVersion, SwapState
from sereno.desk.duty.refused import DutyRefused, RosterConflict
from sereno.desk.duty.rosters import edit_roster, put_roster_in_force, roster_faults
from sereno.desk.duty.standing import standing_roster
from sereno.desk.duty.swapping import Stretch
from sereno.desk.notify.messages import compose
from sereno.desk.notify.models import Notification
from sereno.engine.plan.edit import insert
from sereno.engine.plan.load import PlanErrors
from tests.desk.duty.watch import ROSTER, Watch
from tests.desk.street import NOON

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_text_with_faults_never_comes_in_force_and_each_fault_names_its_line() -> None:
    watch = Watch()
    broken = ROSTER.replace("people: [cem]", "people: [cme]")
    errors, _ = roster_faults(watch.brand, broken)
    assert errors
    with pytest.raises(PlanErrors):
        put_roster_in_force(watch.brand, text=broken, by=watch.person("lea"), now=NOON)
    assert RosterVersion.objects.get().number == 1


def test_the_same_text_again_changes_nothing_and_who_does_not_lead_may_not() -> None:
    watch = Watch()
    assert put_roster_in_force(watch.brand, text=ROSTER, by=watch.person("lea"), now=NOON).number == 1
    with pytest.raises(DutyRefused, match="role"):
        put_roster_in_force(watch.brand, text=ROSTER + "\n", by=watch.person("ana"), now=NOON)


def test_an_edit_changes_one_place_keeps_the_comments_and_ends_the_version_before() -> None:
    watch = Watch()
    leave = {"person": "cem", "starts": "2026-03-02T13:00:00+01:00", "ends": "2026-03-03T13:00:00+01:00"}
    after = edit_roster(
        watch.brand, number=1, edit=lambda text: insert(text, ("absences",), 0, leave), by=watch.person("lea"),
        now=NOON, change={"what": "absence-added", "person": "cem"},
    )  # fmt: skip
    assert after.number == 2
    assert "# the committee" in after.text
    before = RosterVersion.objects.get(number=1)
    assert before.in_force_until == NOON
    assert queries.roster_in_force(watch.brand) == after
    assert AuditRow.objects.filter(action="roster.put_in_force").count() == 2
    with pytest.raises(RosterConflict) as conflict:
        edit_roster(
            watch.brand, number=1, edit=lambda text: text, by=watch.person("lea"), now=NOON, change={"what": "x"}
        )
    assert conflict.value.version == after

    case = watch.red(minutes=1)
    watch.act(1)
    assert queries.lines_of(case)[0].people == (watch.person("pol"),)


def test_who_is_on_meets_its_account_by_e_mail_among_the_brands_people() -> None:
    watch = Watch()
    (cem,) = queries.who_is_on(watch.brand, "committee_duty", NOON)
    assert (cem.person, cem.user, cem.until) == ("cem", watch.person("cem"), NOON + 7 * HOUR)
    assert queries.next_on(watch.brand, "committee_duty", NOON + 8 * HOUR).since == NOON + 19 * HOUR  # type: ignore[union-attr]
    assert set(queries.on_duty_now(watch.brand, NOON)) == {"community_manager", "product_owner", "committee_duty"}
    watch.person("cem").memberships.all().delete()
    assert queries.who_is_on(watch.brand, "committee_duty", NOON)[0].user is None


def test_gaps_are_told_against_the_plan_in_force() -> None:
    watch = Watch()
    found = queries.plan_gaps(watch.brand, NOON, NOON + 24 * HOUR)
    assert ("committee_duty", NOON + 7 * HOUR, True) in [(gap.role, gap.starts, gap.deputy_there) for gap in found]


def test_a_desk_without_a_roster_says_that_roles_are_those_of_memberships() -> None:
    watch = Watch(roster=None)
    assert standing_roster(watch.brand).by_membership
    (ana,) = queries.who_is_on(watch.brand, "community_manager", NOON)
    assert ana.user == watch.person("ana")


def exchange(watch: Watch) -> list[Stretch]:
    evening = NOON + 3 * HOUR
    return [Stretch("committee_duty", evening, evening + 2 * HOUR, "dia", "cem")]


def test_a_swap_stands_in_the_roster_once_the_other_agreed() -> None:
    watch = Watch()
    cem, dia = watch.person("cem"), watch.person("dia")
    swap = swapping.ask_swap(watch.brand, other=dia, stretches=exchange(watch), by=cem, now=NOON)
    assert Notification.objects.get(code="swap_asked").user == dia
    at = NOON + 4 * HOUR
    assert [each.person for each in queries.who_is_on(watch.brand, "committee_duty", at)] == ["cem"]
    with pytest.raises(DutyRefused, match="was asked"):
        swapping.confirm_swap(swap, by=cem, now=NOON)

    done = swapping.confirm_swap(swap, by=dia, now=NOON + HOUR)

    assert (done.state, done.version.number if done.version else None) == (SwapState.CONFIRMED, 2)
    (now_on,) = queries.who_is_on(watch.brand, "committee_duty", at)
    assert (now_on.person, now_on.via, now_on.instead_of) == ("dia", "swap", "cem")
    assert Notification.objects.get(code="swap_agreed").user == cem
    with pytest.raises(DutyRefused, match="settled"):
        swapping.confirm_swap(swap, by=dia, now=NOON + HOUR)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["dia for cem: ", "Mon 2 Mar 15:00–17:00", "See the swap", "agree or decline there"]),
        ("es", ["dia por cem: ", "lun, 2 mar 15:00–17:00", "Ver el cambio", "aceptarlo o rechazarlo"]),
        ("pl", ["dia za: cem; ", "pon., 2 mar 15:00–17:00", "Zobacz zamianę", "wyrazić zgodę albo odmówić"]),
    ],
)
def test_whoever_is_asked_to_swap_reads_which_turns_and_is_led_to_the_swaps(
    language: str, words: list[str], settings: Settings
) -> None:
    settings.SERENO_URL = "https://desk.example"
    watch = Watch()
    cem, dia = watch.person("cem"), watch.person("dia")
    User.objects.filter(pk=dia.pk).update(language=language, timezone="UTC")
    swapping.ask_swap(watch.brand, other=dia, stretches=exchange(watch), by=cem, now=NOON)

    message = compose(Notification.objects.select_related("user", "brand").get(code="swap_asked"))

    said = message.text.casefold()  # the roster calls them by name, capital or not
    for each in words:
        assert each.casefold() in said, (each, message.text)
    assert message.link == "https://desk.example/b/acme/duty/swaps"


def test_a_swap_of_a_place_in_which_one_no_longer_stands_is_refused() -> None:
    watch = Watch()
    cem, dia = watch.person("cem"), watch.person("dia")
    swap = swapping.ask_swap(watch.brand, other=dia, stretches=exchange(watch), by=cem, now=NOON)
    put_roster_in_force(
        watch.brand, text=ROSTER.replace('["08:00-20:00"], people: [cem]', '["08:00-17:00"], people: [cem]'),
        by=watch.person("lea"), now=NOON,
    )  # fmt: skip
    with pytest.raises(DutyRefused) as refusal:
        swapping.confirm_swap(swap, by=dia, now=NOON)
    assert refusal.value.code == "not-standing"
    assert swapping.refuse_swap(swap, by=dia, now=NOON).state == SwapState.REFUSED


def test_who_asked_can_withdraw_and_nobody_swaps_with_a_stranger() -> None:
    watch = Watch()
    cem, dia = watch.person("cem"), watch.person("dia")
    swap = swapping.ask_swap(watch.brand, other=dia, stretches=exchange(watch), by=cem, now=NOON)
    assert swapping.withdraw_swap(swap, by=cem, now=NOON).state == SwapState.WITHDRAWN
    with pytest.raises(DutyRefused, match="does not stand in the roster"):
        swapping.ask_swap(watch.brand, other=watch.person("lea"), stretches=exchange(watch), by=cem, now=NOON)


def test_a_hand_over_note_waits_for_whoever_comes_on_until_they_read_it() -> None:
    watch = Watch()
    note = notes.write_note(
        watch.brand, role="committee_duty", text="The kettle case: the son is well", by=watch.person("dia"), now=NOON
    )
    assert queries.notes_for(watch.person("cem"), watch.brand, NOON) == [note]
    assert queries.notes_for(watch.person("ana"), watch.brand, NOON) == []
    notes.read_note(note, by=watch.person("cem"), now=NOON)
    notes.read_note(note, by=watch.person("cem"), now=NOON + HOUR)
    assert queries.notes_for(watch.person("cem"), watch.brand, NOON) == []
    assert note.read_by.get().at == NOON


def test_a_roster_is_looked_at_before_the_brands_turn_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    looked: list[int] = []
    take = rosters._take_turn

    def turn(brand: Brand) -> None:
        looked.append(rosters._loaded.cache_info().misses)
        take(brand)

    monkeypatch.setattr(rosters, "_take_turn", turn)
    before = rosters._loaded.cache_info().misses
    edit_roster(
        watch.brand, number=1, edit=lambda text: text + "\n# looked at once\n", by=watch.person("lea"), now=NOON,
        change={"what": "x"},
    )  # fmt: skip
    assert looked == [before + 1]
    assert rosters._loaded.cache_info().misses == before + 1
