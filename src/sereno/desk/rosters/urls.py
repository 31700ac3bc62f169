"""The pages of duty, below a brand."""

from __future__ import annotations

from django.urls import path

from sereno.desk.rosters import (
    begin_page,
    calendars,
    editing,
    fairness,
    notes,
    page,
    people,
    swaps,
    text_page,
    versions,
)

urlpatterns = [
    path("", page.duty_page, name="duty"),
    path("notes", notes.write, name="duty_note"),
    path("swaps", swaps.swaps_page, name="duty_swaps"),
    path("swaps/ask", swaps.ask_page, name="duty_ask_swap"),
    path("swaps/<int:pk>/<str:how>", swaps.answer, name="duty_answer_swap"),
    path("calendar", calendars.calendar_page, name="duty_calendar"),
    path("calendar/renew", calendars.renew, name="duty_calendar_renew"),
    path("people", people.people_page, name="duty_people"),
    path("people/<str:name>", people.person_page, name="duty_person_page"),
    path("fairness", fairness.fairness_page, name="duty_fairness"),
    path("begin", begin_page.begin, name="duty_begin"),
    path("roster", editing.entries_page, name="duty_entries"),
    path("roster/text", text_page.text_page, name="duty_text"),
    path("versions", versions.versions_page, name="duty_versions"),
    path("versions/compare", versions.compare_page, name="duty_compare"),
    path("versions/<int:number>", versions.version_page, name="duty_version"),
    path("versions/<int:number>/bring-back", versions.bring_back, name="duty_bring_back"),
    path("roster/shift/<int:index>/turn-up", editing.turn_up, name="duty_turn_up"),
    path("roster/<str:part>/<int:index>/remove", editing.remove_entry, name="duty_remove"),
]
for part, kind in editing.KINDS.items():
    where = kind.url.removeprefix("duty_").replace("_", "-")
    urlpatterns += [
        path(f"roster/{where}", editing.entry_page, {"part": part}, name=kind.url),
        path(f"roster/{where}/<int:index>", editing.entry_page, {"part": part}, name=kind.url),
    ]
