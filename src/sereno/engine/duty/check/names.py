"""Who and where: people, e-mails, zones, countries, languages, networks; each named thing exists."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from babel import Locale

from sereno.engine.duty.roster import Roster
from sereno.engine.plan.check.brand import countries, time_zones
from sereno.engine.plan.check.issue import Issue, error, nearby, warning
from sereno.engine.plan.check.listening import known_networks
from sereno.engine.plan.deadlines import holidays_known
from sereno.engine.plan.nodes import Path
from sereno.engine.plan.suggest import nearest

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def places(roster: Roster) -> Iterator[Issue]:
    """Zones and countries exist, and their holidays are known."""
    zones: list[tuple[Path, str | None]] = [(("timezone",), roster.timezone)]
    lands: list[tuple[Path, str | None]] = [(("country",), roster.country)]
    for index, person in enumerate(roster.people):
        zones.append((("people", index, "timezone"), person.timezone))
        lands.append((("people", index, "country"), person.country))
    for where, zone in zones:
        if zone is not None and zone not in time_zones():
            near = nearest(zone, time_zones())
            yield error(where, "timezone-unknown", zone=zone, **({"near": near} if near else {}))
    for where, country in lands:
        if country is not None and country not in countries():
            yield error(where, "country-unknown", country=country)
        elif country is not None and not holidays_known(country):
            yield warning(where, "holidays-unknown", country=country)


def duplicates(roster: Roster) -> Iterator[Issue]:
    named = (
        ("people", "person", [person.person for person in roster.people]),
        ("shifts", "shift", [shift.shift for shift in roster.shifts]),
    )
    for part, key, names in named:
        seen: set[str] = set()
        for index, name in enumerate(names):
            if name in seen:
                yield error((part, index, key), "name-twice", key=key, name=name, where=part)
            seen.add(name)


def people(roster: Roster) -> Iterator[Issue]:
    """Whoever is to be called has an e-mail of their own; languages and networks are known."""
    owner: dict[str, str] = {}
    for index, person in enumerate(roster.people):
        where: Path = ("people", index, "email")
        if person.email is None:
            if person.roles:
                yield warning(("people", index), "roster-email-missing", part="person", name=person.person)
            continue
        email = person.email.casefold()
        if not _EMAIL.fullmatch(email):
            yield error(where, "roster-email-odd", part="person", name=person.person, email=person.email)
        elif email in owner:
            yield error(where, "roster-email-twice", part="person", name=person.person, other=owner[email])
        owner.setdefault(email, person.person)
    yield from _spoken(roster)


def _spoken(roster: Roster) -> Iterator[Issue]:
    parts = [(("people", i), "person", p.person, p.languages, p.networks) for i, p in enumerate(roster.people)]
    parts += [(("shifts", i), "shift", s.shift, s.languages, s.networks) for i, s in enumerate(roster.shifts)]
    languages = Locale("en").languages
    for where, part, name, spoken, watched in parts:
        for number, language in enumerate(spoken):
            if language not in languages:
                place: Path = (*where, "languages", number)
                yield error(place, "roster-language-unknown", part=part, name=name, language=language)
        for number, network in enumerate(watched):
            if network not in known_networks():
                near = nearest(network, known_networks())
                hint = {"near": near} if near else {}
                place = (*where, "networks", number)
                yield warning(place, "roster-network-unknown", part=part, name=name, network=network, **hint)


def known(roster: Roster) -> Iterator[Issue]:
    """Whoever is named anywhere is one of the people, and holds the role they stand in."""
    holds = {person.person: person.roles for person in roster.people}
    for where, part, name, person, role in _named(roster):
        if person not in holds:
            hint = nearby(person, holds)
            yield error(where, "roster-person-unknown", part=part, name=name, person=person, **hint)
        elif role is not None and role not in holds[person]:
            yield error(where, "roster-role-not-held", part=part, name=name, person=person, role=role)


def _named(roster: Roster) -> Iterator[tuple[Path, str, str, str, str | None]]:
    """Where somebody is named: path, in which part, its name, who, and the role they must hold."""
    for i, shift in enumerate(roster.shifts):
        for n, person in enumerate(shift.people):
            yield ("shifts", i, "people", n), "shift", shift.shift, person, shift.role
    for i, override in enumerate(roster.overrides):
        yield ("overrides", i, "person"), "override", override.person, override.person, override.role
        if override.instead_of is not None:
            yield ("overrides", i, "instead_of"), "override", override.person, override.instead_of, None
    for i, absence in enumerate(roster.absences):
        yield ("absences", i, "person"), "absence", absence.person, absence.person, None


def accounts_of(roster: Roster, accounts: Collection[str]) -> Iterator[Issue]:
    """Everybody's e-mail is that of an account."""
    there = {email.casefold() for email in accounts}
    for index, person in enumerate(roster.people):
        if person.email is not None and person.email.casefold() not in there:
            where: Path = ("people", index, "email")
            yield warning(where, "roster-account-missing", part="person", name=person.person, email=person.email)
