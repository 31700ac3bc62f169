"""Told together, each case is named once, by the newest that is to be known of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sereno.desk.notify.models import Notification


def once_a_case(told: Notification, others: Sequence[Notification]) -> tuple[Notification, tuple[Notification, ...]]:
    """The first of a message and what goes along, without what a newer one of the same case has overtaken. Where the
    first was overtaken, the newer of its case stands in its place; a red is never overtaken by what is milder."""
    newest: dict[int, Notification] = {}
    for each in (told, *others):
        if each.case_id is not None:
            newest[each.case_id] = max(newest.get(each.case_id, each), each, key=_weight)
    first = newest[told.case_id] if told.case_id is not None else told
    rest = [each for each in others if each.case_id is None or newest[each.case_id] is each]
    return first, tuple(_without(rest, first))


def _weight(told: Notification) -> tuple[bool, int]:
    return (told.light == "red", told.pk)


def _without(rest: Iterable[Notification], first: Notification) -> list[Notification]:
    return [each for each in rest if each.pk != first.pk]
