"""Shifts in their form: renamed, put in another order, and what is wrong in words of names and titles."""

from __future__ import annotations

from sereno.desk.duty.models import RosterVersion
from tests.desk.duty_pages.conftest import Desk
from tests.desk.duty_pages.test_editing import ALL, NIGHT, text

COMMITTEE = {
    "name": "committee", "role": "committee_duty", "hours": "08:00-20:00", "days": ALL, "people": ["cem"],
    "holidays": "on",
}  # fmt: skip


def test_a_shift_is_renamed_and_nothing_else_changes(desk: Desk) -> None:
    before = text(desk)
    desk.do("roster/shift/2", number=1, **COMMITTEE | {"name": "Late watch"})
    assert text(desk) == before.replace("shift: committee", "shift: late-watch")
    assert 'value="late-watch"' in desk.see("roster/shift/2")
    assert "Shift renamed: committee → late-watch" in desk.see("versions")
    assert "Shift renamed: committee → late-watch" in desk.see("versions/2")


def test_a_name_that_another_shift_has_is_refused_at_its_field(desk: Desk) -> None:
    seen = desk.do("roster/shift/2", status=422, number=1, **COMMITTEE | {"name": "Product"})
    assert "Another shift has this name already." in seen
    assert RosterVersion.objects.count() == 1


def test_whoever_does_not_hold_the_role_is_named_at_the_field_with_the_roles_title(desk: Desk) -> None:
    seen = desk.do("roster/shift", status=422, number=1, **NIGHT | {"people": ["ana"]})
    field = seen.split("<legend>People")[1].split("</fieldset>")[0]
    assert "Ana does not hold the role “Committee member on duty”" in field
    assert "Add the role under People" in field
    assert "committee_duty" not in seen.split("field__error")[1].split("</p>")[0]


def test_a_role_that_is_taken_from_somebody_is_missed_by_the_shift_by_name(desk: Desk) -> None:
    seen = desk.do(
        "roster/person/2", status=422, number=1, email="cem@acme.example", roles=["product_owner"], languages=[]
    )
    assert "Cem does not hold the role “Committee member on duty”, as which the shift “committee”" in seen


def test_turns_are_put_in_another_order_by_a_button(desk: Desk) -> None:
    both = NIGHT | {"people": ["cem", "dia"], "rotate": "7", "since": "2026-02-23"}
    desk.do("roster/shift", number=1, **both)
    assert "Order of the turns" in desk.see("roster/shift/3")
    desk.do("roster/shift/3/turn-up", number=2, place="1")
    names = desk.see("roster/shift/3").split("Order of the turns")[1]
    assert names.index("Dia") < names.index("Cem")
    desk.do("roster/shift/3/turn-up", number=3, place="0", status=404)
    assert "Order of the turns" not in desk.see("roster/shift/2")


def test_quiet_hours_and_areas_of_somebody_are_entered_in_the_form(desk: Desk) -> None:
    dia = {"email": "dia@acme.example", "roles": ["committee_duty"], "languages": []}
    desk.do("roster/person/3", number=1, **dia, quiet="23:00-07:00")
    assert "23:00-07:00" in text(desk)
    assert 'value="23:00-07:00"' in desk.see("roster/person/3")
    desk.do("roster/person/3", number=2, **dia, quiet="")
    assert "23:00-07:00" not in text(desk)


def test_the_form_says_what_the_text_alone_can(desk: Desk) -> None:
    for path in ("roster/shift/0", "roster/person/0"):
        seen = desk.see(path)
        assert "Written in the text alone:" in seen
        assert f"/b/{desk.brand.slug}/duty/roster/text" in seen


def test_the_counted_version_and_the_texts_own_are_told_apart(desk: Desk) -> None:
    desk.do("roster/shift/2", number=1, **COMMITTEE | {"name": "Late watch"})
    for path in ("roster", "roster/text"):
        seen = " ".join(desk.see(path).split())
        assert "ersion 2" in seen
        assert "its text calls itself version “1”" in seen


def test_the_page_of_ways_leads_back_to_where_one_came_from(desk: Desk) -> None:
    client = desk.as_("ana")
    mine = f"/b/{desk.brand.slug}/duty/people/ana"
    assert f"/settings/ways?from={mine}" in client.get(mine).content.decode()
    client.get(f"/settings/ways?from={mine}")
    assert f'<a href="{mine}">' in client.get("/settings/ways").content.decode()
    for elsewhere in ("https://evil.example/b/", "//evil.example", "javascript:alert(1)"):
        page = desk.as_("pol").get("/settings/ways", {"from": elsewhere}).content.decode()
        assert elsewhere not in page
