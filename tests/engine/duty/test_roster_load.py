"""A roster with a fault → the fault at its line, with the way out, in the reader's language."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.duty.load import load_roster, load_with_warnings
from sereno.engine.plan.errors import PlanError, PlanErrors, say_fault
from sereno.engine.plan.fault_words import codes
from tests.engine.duty.town import plan

ROSTER = """\
sereno_roster: 1
roster: acme
version: 2026.11
timezone: Europe/Madrid
country: ES
people:
  - {person: ana, name: Ana, email: ana@acme.example, roles: [duty], languages: [en, es]}
  - {person: ben, name: Ben, email: ben@acme.example, roles: [duty, shop], quiet: [01:00-05:00]}
  - {person: dia, name: Día, email: dia@acme.example, roles: [committee]}
  - {person: eva, name: Eva, email: eva@acme.example, roles: [committee]}
shifts:
  - {shift: day, role: duty, hours: [08:00-20:00], people: [ana]}
  - {shift: night, role: duty, hours: [20:00-00:00], people: [ben]}
  - {shift: shop, role: shop, hours: [08:00-14:00, 16:00-20:00], people: [ben]}
  - shift: committee
    role: committee
    hours: [09:00-09:00]
    people: [dia, eva]
    rotate: {every: 7d, since: 2026-01-05}
overrides:
  - {person: ben, role: duty, starts: 2026-11-23T08:00, ends: 2026-11-23T12:00, instead_of: ana, swap: true}
absences:
  - {person: dia, starts: 2026-12-24T00:00, ends: 2026-12-27T00:00}
gaps:
  - {role: shop, starts: 2026-11-23T14:00, ends: 2026-11-23T16:00, reason: The shop is closed.}
"""
PLAN = plan()
ACCOUNTS = [f"{who}@acme.example" for who in ("ana", "ben", "dia", "eva")]


def faults(text: str, accounts: list[str] | None = None) -> tuple[PlanError, ...]:
    try:
        return load_with_warnings(text, plan=PLAN, accounts=accounts)[1]
    except PlanErrors as errors:
        return errors.errors


def changed(before: str, after: str) -> str:
    assert before in ROSTER, before
    return ROSTER.replace(before, after, 1)


def test_a_sound_roster_has_no_fault() -> None:
    assert faults(ROSTER, ACCOUNTS) == ()


OFTEN = ", ".join(
    f"{hour:02}:{minute:02}-{hour:02}:{minute + 1:02}" for hour in range(24) for minute in range(0, 60, 5)
)
GAP = "  - {role: shop, starts: 2026-11-23T14:00, ends: 2026-11-23T16:00, reason: The shop is closed.}\n"
SWAP = "  - {person: ben, role: duty, starts: 2026-01-01T08:00, ends: 2028-01-01T12:00, instead_of: ana, swap: true}\n"
BACK = "  - {person: ana, role: duty, starts: 2026-01-01T08:00, ends: 2028-01-01T12:00, instead_of: ben, swap: true}\n"
YEARS = "".join(
    GAP.replace("2026-11-23T14", f"{year}-11-23T14").replace("2026-11-23T16", f"{year + 2}-11-23T16")
    for year in range(2028, 2190, 2)
)

CASES = [
    ("roles: [duty], lang", "roles: [dutty], lang", "roster-role-unknown", 7),
    ("roles: [duty], lang", "roles: [duty], areas: [biling], lang", "roster-area-unknown", 7),
    ("languages: [en, es]}", "authority: [{resource: gold, up_to: 5 EUR}]}", "roster-resource-unknown", 7),
    ("people: [ana]}", "people: [anna]}", "roster-person-unknown", 12),
    ("people: [ana]}", "people: [ana, ana]}", "roster-person-twice", 12),
    ("people: [ana]}", "people: [dia]}", "roster-role-not-held", 12),
    ("languages: [en, es]", "languages: [en, xq]", "roster-language-unknown", 7),
    ("languages: [en, es]", "networks: [instagramm]", "roster-network-unknown", 7),
    ("email: ana@acme.example, ", "", "roster-email-missing", 7),
    ("ana@acme.example", "ana", "roster-email-odd", 7),
    ("ben@acme.example", "Ana@acme.example", "roster-email-twice", 8),
    ("ana@acme.example", "anna@acme.example", "roster-account-missing", 7),
    ("every: 7d", "every: 36h", "roster-rotation-days", 19),
    ("2026-01-05}", "2026-01-05, together: 2}", "roster-rotation-together", 19),
    ("people: [ana]}", "people: [ana], since: 2026-05-01, until: 2026-04-01}", "roster-shift-never", 12),
    ("16:00-20:00]", "13:00-20:00]", "roster-hours-overlap", 14),
    ("2026-12-27T00:00", "2026-12-23T00:00", "roster-ends-first", 23),
    ("2026-12-27T00:00", "9999-12-23T00:00", "roster-moment-far", 23),
    ("instead_of: ana", "instead_of: ben", "roster-instead-of-self", 21),
    ("instead_of: ana, ", "", "roster-swap-alone", 21),
    (
        "2026-11-23T08:00, ends: 2026-11-23T12:00",
        "2026-11-23T20:00, ends: 2026-11-23T22:00",
        "roster-override-idle",
        21,
    ),
    (
        "{person: dia, starts: 2026-12-24T00:00",
        "{person: ben, starts: 2026-11-22T00:00",
        "roster-override-on-leave",
        21,
    ),
    ("hours: [20:00-00:00], people: [ben]", "hours: [19:00-00:00], people: [ana]", "roster-doubled", 7),
    ("quiet: [01:00-05:00]", "quiet: [15:00-17:00]", "roster-shift-in-quiet", 8),
    ("[20:00-00:00]", "[20:00-02:30]", "roster-clock-change", 13),
    ("  - {shift: shop,", "  - {shift: shop2, days: [],", "roster-shift-never", 14),
    ("email: ben@acme.example, ", "", "roster-role-held-by-nobody", 6),
    ("2026-11-23T14:00, ends: 2026-11-23T16:00", "2026-11-23T10:00, ends: 2026-11-23T12:00", "roster-gap-idle", 25),
    ("[08:00-20:00]", f"[{OFTEN}]", "roster-too-much", 12),
    (GAP, GAP + YEARS, "roster-too-many-gaps", 53),
    ("overrides:\n", "overrides:\n" + (SWAP + BACK) * 40, "roster-too-many-overrides", 55),
    ("quiet: [01:00-05:00]", "quiet: [" + ", ".join(["01:00-05:00"] * 21) + "]", "roster-too-much-quiet", 8),
    ("Europe/Madrid", "Europe/Madird", "timezone-unknown", 4),
    ("country: ES", "country: QZ", "country-unknown", 5),
    ("person: ben", "person: ana", "name-twice", 8),
    ("[08:00-20:00]", "[8-20]", "form-no-shift-hours", 12),
    ("[08:00-20:00]", "[08:00-25:00]", "form-no-time-of-day", 12),
    ("people: [ana]}", "peopel: [ana]}", "form-key-unknown", 12),
    ("instead_of: ana", "kind: sick", "form-key-unknown", 21),
]


@pytest.mark.parametrize(("before", "after", "code", "line"), CASES)
def test_a_fault_is_told_at_its_line(before: str, after: str, code: str, line: int) -> None:
    found = {(fault.code, fault.line) for fault in faults(changed(before, after), ACCOUNTS)}
    assert (code, line) in found


def test_a_roster_in_which_the_chain_ends_in_nobody_is_refused() -> None:
    text = ROSTER.replace("roles: [committee]", "roles: [duty]")
    (fault,) = [fault for fault in faults(text) if fault.code == "roster-chain-ends-in-nobody"]
    assert (fault.severity, fault.values["role"]) == ("error", "committee")


def test_a_role_that_people_hold_and_no_shift_fills_is_told() -> None:
    text = "\n".join(line for line in ROSTER.splitlines() if "shift: shop" not in line)
    assert "roster-role-without-shift" in {fault.code for fault in faults(text)}


def test_whoever_stands_in_for_themselves_is_told() -> None:
    deputy = plan(("{role: duty, title: {en: Community manager}}", "{role: duty, title: {en: A}, deputy: shop}"))
    text = ROSTER.replace("hours: [20:00-00:00]", "hours: [19:00-00:00]")
    _roster, warnings = load_with_warnings(text, plan=deputy)
    assert "roster-own-deputy" in {warning.code for warning in warnings}


def test_an_empty_file_says_where_to_begin() -> None:
    with pytest.raises(PlanErrors, match=r"roster\.yaml:1: the roster is empty; copy rosters/starter\.yaml"):
        load_roster("# nothing yet\n")


def test_every_fault_at_once_and_the_nearest_name() -> None:
    text = changed("people: [ana]}", "people: [anna]}").replace("roles: [committee]}", "roles: [comittee]}", 1)
    assert [str(fault) for fault in faults(text) if "did you mean" in str(fault)] == [
        "roster.yaml:9: person 'dia' has the role 'comittee', which the plan does not have; did you mean 'committee'?",
        "roster.yaml:12: shift 'day' names 'anna', who is not among the people; did you mean 'ana'?",
    ]


def test_without_a_plan_only_the_roster_itself_is_checked() -> None:
    assert (
        load_roster(changed("roles: [duty], lang", "roles: [duty, anything], lang")).person("ana").roles[1]
        == "anything"
    )


@pytest.mark.parametrize("language", ["es", "pl"])
def test_every_code_of_the_roster_is_shown_here_and_told_in_every_language(language: str) -> None:
    own = ROSTER.replace("hours: [20:00-00:00]", "hours: [19:00-00:00]")
    deputy = plan(("{role: duty, title: {en: Community manager}}", "{role: duty, title: {en: A}, deputy: shop}"))
    shown = [fault for before, after, *_ in CASES for fault in faults(changed(before, after), ACCOUNTS)]
    shown += faults(ROSTER.replace("roles: [committee]", "roles: [duty]"))
    shown += faults("\n".join(line for line in ROSTER.splitlines() if "shift: shop" not in line)) + faults("")
    shown += load_with_warnings(own, plan=deputy)[1]
    for fault in shown:
        assert say_fault(fault, language) != fault.message
    missing = {code for code in codes() if code.startswith("roster-")} - {fault.code for fault in shown}
    assert missing == set()


LINES = ROSTER.splitlines(keepends=True)


@given(
    st.lists(st.tuples(st.integers(0, len(ROSTER) - 1), st.sampled_from([*"0129-:[]{},T \n", "9999", ""])), max_size=6),
    st.sets(st.integers(0, len(LINES) - 1), max_size=3),
)
@settings(max_examples=150, deadline=None)
def test_whatever_the_text_it_is_read_or_refused_kindly(edits: list[tuple[int, str]], gone: set[int]) -> None:
    text = "".join(line for number, line in enumerate(LINES) if number not in gone)
    for at, sign in edits:
        text = text[:at] + sign + text[at + 1 :]
    for fault in faults(text, ACCOUNTS):
        assert fault.line >= 1
        assert fault.message
