"""Views and filters as links: what is set stands as a chip that can be taken off, what can be set stands in a menu."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.request import whole_number
from sereno.desk.cases.filters import ME, NOBODY, VIEWS, Filters
from sereno.desk.cases.forms import colleagues
from sereno.desk.cases.models import Case
from sereno.desk.cases.sentences import VIEW_TITLES
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.desk.words import LIGHTS, STATES, kinds, names_of, pairs, topics, word
from sereno.engine.plan.model import Plan


@dataclass(frozen=True, slots=True)
class View:
    name: str
    title: str
    query: str
    here: bool


@dataclass(frozen=True, slots=True)
class Chip:
    name: str
    label: str
    value: str
    off: str
    """The query without it."""


@dataclass(frozen=True, slots=True)
class Menu:
    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


SHORT_TITLES = {
    "turn": lambda: _("My turn"),
    "open": lambda: _("Open"),
    "mine": lambda: _("Mine"),
    "unassigned": lambda: _("Nobody's yet"),
    "red": lambda: _("Red"),
    "breaching": lambda: _("Due or late"),
    "paused": lambda: _("Paused"),
    "answered": lambda: _("Answered"),
    "closed": lambda: _("Closed"),
    "all": lambda: _("All"),
}
assert SHORT_TITLES.keys() == VIEW_TITLES.keys()


def views_menu(filters: Filters) -> list[View]:
    return [View(view, SHORT_TITLES[view](), filters.query(view=view), view == filters.view) for view in VIEWS]


def labels() -> dict[str, str]:
    return {
        "light": _("Light"),
        "network": _("Network"),
        "language": _("Language"),
        "kind": _("Kind"),
        "topic": _("Topic"),
        "area": _("Area"),
        "watch": _("Watch"),
        "owner": _("Owner"),
        "state": _("State"),
        "q": _("Search"),
    }


def chips(brand: Brand, filters: Filters) -> list[Chip]:
    plan = _plan(brand) if filters.area else None
    return [
        Chip(name, labels()[name], _said(brand, name, value, plan), filters.without(name).query())
        for name, value in filters.narrowed.items()
    ]


def _said(brand: Brand, name: str, value: str, plan: Plan | None) -> str:
    if name == "owner":
        return _owner(brand, value)
    if name == "area":
        area = next((area for area in plan.areas if area.area == value), None) if plan else None
        return names_of(area.title, plan.brand.languages) if area and plan else value
    return value if name in ("q", "watch") else word(name, value)


def _owner(brand: Brand, value: str) -> str:
    if value == NOBODY:
        return _("nobody")
    if value == ME:
        return _("me")
    # a name of another brand is nobody's business here
    known = User.objects.filter(pk=whole_number(value) or 0, memberships__brand=brand)
    return known.values_list("name", flat=True).first() or value


def menus(brand: Brand, filters: Filters) -> list[Menu]:
    """What the list can be narrowed by. Networks and languages are those that stand in the brand's cases."""
    plan = _plan(brand)
    said = labels()
    options: dict[str, Iterable[tuple[str, str]]] = {
        "light": pairs("light", LIGHTS),
        "kind": kinds(),
        "topic": topics(),
        "network": _seen(brand, "network"),
        "language": _seen(brand, "language"),
        "area": ((a.area, names_of(a.title, plan.brand.languages)) for a in plan.areas) if plan else (),
        "watch": ((watch.watch, watch.watch) for watch in plan.watches) if plan else (),
        "owner": [(ME, _("me")), (NOBODY, _("nobody")), *((str(p.pk), str(p)) for p in colleagues(brand))],
        "state": pairs("state", STATES),
    }
    found = {name: tuple(choices) for name, choices in options.items()}
    return [Menu(name, said[name], choices, getattr(filters, name)) for name, choices in found.items() if choices]


def _seen(brand: Brand, column: str) -> list[tuple[str, str]]:
    values = Case.objects.filter(brand=brand).order_by().values_list(column, flat=True).distinct()
    return sorted(((value, word(column, value)) for value in values if value), key=lambda pair: pair[1])


def _plan(brand: Brand) -> Plan | None:
    version = version_in_force(brand)
    return plan_of(version) if version else None
