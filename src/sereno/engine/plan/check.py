"""Does a well-formed plan mean anything? Names that lead somewhere, a chain that ends in a person, enough duty hours.

Each check is a small function that yields issues; `check_plan` runs them all in order. To add one, write it and put
it into `_CHECKS`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Literal, get_args
from zoneinfo import available_timezones

from babel import Locale
from pydantic import BaseModel

from sereno.engine.plan.deadlines import add_duty_time, holidays_known
from sereno.engine.plan.model import AREA_OWNER, WEEKDAYS, Degree, Plan
from sereno.engine.plan.nodes import Path
from sereno.engine.plan.reach import DEFAULT_NETWORK
from sereno.engine.plan.suggest import did_you_mean
from sereno.engine.read import CLAIMS, TOPICS
from sereno.engine.watches import check_watches

Severity = Literal["error", "warning"]
DEGREES: tuple[Degree, ...] = get_args(Degree)


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that a plan should not say; `where` is the path of the value."""

    severity: Severity
    where: Path
    message: str


def check_plan(plan: Plan) -> tuple[Issue, ...]:
    """Every issue of the plan, errors and warnings."""
    return tuple(issue for check in _CHECKS for issue in check(plan))


def _error(where: Path, message: str) -> Issue:
    return Issue("error", where, message)


def _warning(where: Path, message: str) -> Issue:
    return Issue("warning", where, message)


def _brand(plan: Plan) -> Iterator[Issue]:
    zone, country = plan.brand.timezone, plan.brand.country
    if zone not in available_timezones():
        yield _error(
            ("brand", "timezone"),
            f"time zone '{zone}' does not exist{_or_else(zone, available_timezones(), 'such as Europe/Warsaw')}",
        )
    if country is None:
        yield _warning(("brand",), "no country is given, so no public holiday is known: add `country: ES`")
    elif country not in _countries():
        yield _error(("brand", "country"), f"country '{country}' does not exist; write ISO 3166-1, such as ES or PL")
    elif not holidays_known(country):
        yield _warning(("brand", "country"), f"the public holidays of {country} are not known here; none will count")
    if not plan.brand.languages:
        yield _error(("brand", "languages"), "the brand answers in no language; name at least one: [en]")


def _duplicates(plan: Plan) -> Iterator[Issue]:
    named: tuple[tuple[str, str, Sequence[str]], ...] = (
        ("roles", "role", [role.role for role in plan.roles]),
        ("areas", "area", [area.area for area in plan.areas]),
        ("watches", "watch", [watch.watch for watch in plan.watches]),
        ("lights", "rule", [rule.rule for rule in plan.lights]),
        ("guides", "guide", [guide.guide for guide in plan.guides]),
        ("reach", "level", [level.level for level in plan.reach]),
        ("chain", "step", [step.step for step in plan.chain]),
        ("catalogue", "type", [entry.type for entry in plan.catalogue]),
    )
    for part, key, names in named:
        for index, name in enumerate(names):
            if name in names[:index]:
                yield _error((part, index, key), f"{key} '{name}' stands twice in {part}; give one another name")


def _degrees(plan: Plan) -> Iterator[Issue]:
    """Each degree has exactly one step that takes it, and one target."""
    takers = Counter(degree for step in plan.chain for degree in step.degrees)
    targets = Counter(target.degree for target in plan.targets)
    for degree in DEGREES:
        if not takers[degree]:
            yield _error(("chain",), f"no step takes degree '{degree}'; add it to the `degrees` of one step")
        if not targets[degree]:
            yield _error(("targets",), f"degree '{degree}' has no target; add `- degree: {degree}` with its times")
    for index, step in enumerate(plan.chain):
        for degree in step.degrees:
            earlier = [other.step for other in plan.chain[:index] if degree in other.degrees]
            if earlier:
                message = f"step '{step.step}' takes degree '{degree}', which step '{earlier[0]}' takes already"
                yield _error(("chain", index, "degrees"), f"{message}; leave it in one of them")
    for index, target in enumerate(plan.targets):
        if target.degree in [other.degree for other in plan.targets[:index]]:
            yield _error(("targets", index, "degree"), f"degree '{target.degree}' has a second target; keep one")


def _chain(plan: Plan) -> Iterator[Issue]:
    """Every step leads, without a circle, to a last one that stands with a role of the plan."""
    steps = {step.step: step for step in plan.chain}
    circle_of: set[str] = set()
    for index, step in enumerate(plan.chain):
        where: Path = ("chain", index, "then")
        if step.then is not None and step.then not in steps:
            yield _error(where, f"step '{step.step}' goes on to '{step.then}', no such step{_hint(step.then, steps)}")
            continue
        path = _way(step.step, {name: other.then for name, other in steps.items()})
        circle = path[path.index(path[-1]) : -1]
        if circle and step.step in circle:
            if circle_of.isdisjoint(circle):
                way = " → ".join([*circle, step.step])
                yield _error(where, f"the chain goes in a circle: {way}; let its last step end without `then`")
            circle_of.update(circle)
        elif step.then is None and step.role == AREA_OWNER:
            yield _error(
                ("chain", index, "role"),
                f"the chain ends at step '{step.step}' with the area's owner; let it end with a role that is always "
                "there, such as the committee on duty: add `then`",
            )
    entered = {step.then for step in plan.chain} | {plan.languages.unsupported_step}
    for index, step in enumerate(plan.chain):
        if not step.degrees and step.step not in entered:
            yield _warning(
                ("chain", index), f"step '{step.step}' is never reached: no degree enters it, no step leads to it"
            )
    if plan.languages.unsupported_step not in steps:
        name = plan.languages.unsupported_step
        yield _error(
            ("languages", "unsupported_step"),
            f"posts in other languages go to step '{name}', no such step{_hint(name, steps)}",
        )


def _way(start: str, onward: Mapping[str, str | None]) -> list[str]:
    """The steps from `start` on, to the end or to the first one met again."""
    path = [start]
    while (following := onward.get(path[-1])) is not None and following in onward:
        path.append(following)
        if following in path[:-1]:
            break
    return path


def _roles(plan: Plan) -> Iterator[Issue]:
    roles = [role.role for role in plan.roles]
    wanted: list[tuple[Path, str, str]] = [
        *((("chain", i, "role"), f"step '{s.step}' calls", s.role) for i, s in enumerate(plan.chain)),
        *((("areas", i, "owner"), f"area '{a.area}' belongs to", a.owner) for i, a in enumerate(plan.areas)),
        *(
            (("areas", i, "deputy"), f"area '{a.area}' has the deputy", a.deputy)
            for i, a in enumerate(plan.areas)
            if a.deputy
        ),
        *(
            (("lights", i, "route", "role"), f"rule '{r.rule}' calls", r.route.role)
            for i, r in enumerate(plan.lights)
            if r.route
        ),
        *((("catalogue", i, "decides"), f"'{c.type}' is decided by", c.decides) for i, c in enumerate(plan.catalogue)),
    ]
    for where, what, role in wanted:
        may_be_area = where[0] in ("chain", "catalogue")
        if role not in roles and not (may_be_area and role == AREA_OWNER):
            yield _error(where, f"{what} '{role}', no such role{_hint(role, [*roles, *([AREA_OWNER] * may_be_area)])}")
    if AREA_OWNER in roles:
        where = ("roles", roles.index(AREA_OWNER), "role")
        yield _error(where, f"'{AREA_OWNER}' always means the owner of the case's area; give this role another name")


def _areas(plan: Plan) -> Iterator[Issue]:
    """Every topic has exactly one area; an area without topics takes the rest."""
    owner: dict[str, str] = {}
    for index, area in enumerate(plan.areas):
        for number, topic in enumerate(area.topics):
            where: Path = ("areas", index, "topics", number)
            if topic not in TOPICS:
                yield _error(where, f"area '{area.area}' looks after '{topic}', no such topic{_hint(topic, TOPICS)}")
            elif topic in owner:
                message = f"topic '{topic}' has two areas, '{owner[topic]}' and '{area.area}'; leave it in one"
                yield _error(where, message)
            owner.setdefault(topic, area.area)
    rest = [index for index, area in enumerate(plan.areas) if not area.topics]
    for index in rest[1:]:
        yield _error(("areas", index), "a second area lists no topics; only one can take the rest")
    missing = [topic for topic in TOPICS if topic not in owner]
    if missing and not rest:
        yield _error(
            ("areas",), f"no area looks after {', '.join(missing)}; add an area without topics, it takes the rest"
        )


def _watches(plan: Plan) -> Iterator[Issue]:
    """Watch rules that cannot be read, and terms that find too much."""
    index = {watch.watch: number for number, watch in enumerate(plan.watches)}
    for name, message in check_watches(plan.watches):
        yield _error(("watches", index[name]), f"watch '{name}': {message}")


def _reach(plan: Plan) -> Iterator[Issue]:
    """Levels have a default and grow from the smallest to the largest on every network."""
    for index, level in enumerate(plan.reach):
        if DEFAULT_NETWORK not in level.followers:
            yield _error(
                ("reach", index, "followers"),
                f"level '{level.level}' has no `default`; give the number for networks that are not listed",
            )
    complete = [(i, level) for i, level in enumerate(plan.reach) if DEFAULT_NETWORK in level.followers]
    for (_, smaller), (index, larger) in pairwise(complete):
        for network in dict.fromkeys([*smaller.followers, *larger.followers]):
            low = smaller.followers.get(network, smaller.followers[DEFAULT_NETWORK])
            high = larger.followers.get(network, larger.followers[DEFAULT_NETWORK])
            if high <= low:
                yield _error(
                    ("reach", index, "followers", network),
                    f"level '{larger.level}' begins at {high:,} on {network}, not above '{smaller.level}' ({low:,}); "
                    "levels go from the smallest to the largest",
                )


def _lights(plan: Plan) -> Iterator[Issue]:
    levels = [level.level for level in plan.reach]
    for index, rule in enumerate(plan.lights):
        where: Path = ("lights", index, "when")
        asked = rule.when.model_fields_set
        for name in sorted(asked):
            value = getattr(rule.when, name)
            if value is None or value == ():
                yield _error(
                    (*where, name),
                    f"rule '{rule.rule}': condition '{name}' asks for nothing; fill it in or leave it out",
                )
        if not asked:
            yield _error(where, f"rule '{rule.rule}' has no condition, so it would light every post; add one")
        for name, one, known in (("claims", "claim", CLAIMS), ("topic", "topic", TOPICS)):
            yield from _unknown(getattr(rule.when, name) or (), known, (*where, name), f"rule '{rule.rule}'", one)
        if rule.when.reach is not None and rule.when.reach not in levels:
            reach = rule.when.reach
            yield _error(
                (*where, "reach"), f"rule '{rule.rule}' asks for reach '{reach}', no such level{_hint(reach, levels)}"
            )


IN_DANGER: frozenset[str] = frozenset({"self_harm", "threat"})
"""Claims after which a person may come to harm: nobody should have to find the right words alone."""


def _guides(plan: Plan) -> Iterator[Issue]:
    """Rules name guides that exist; guides have steps; people in danger have a guide and somebody who is called."""
    known = [guide.guide for guide in plan.guides]
    for index, rule in enumerate(plan.lights):
        if rule.guide is not None and rule.guide not in known:
            message = f"rule '{rule.rule}' gives the guide '{rule.guide}', no such guide"
            way_out = _or_else(rule.guide, known, f"known: {', '.join(known)}" if known else "add it to `guides`")
            yield _error(("lights", index, "guide"), f"{message}{way_out}")
        if not IN_DANGER.isdisjoint(rule.when.claims or ()):
            missing = [f"`{key}`" for key in ("route", "guide") if getattr(rule, key) is None]
            if missing:
                yield _warning(
                    ("lights", index),
                    f"rule '{rule.rule}' finds people in danger; add {' and '.join(missing)}, so that a named role is "
                    "called at once and knows what to do",
                )
    used = {rule.guide for rule in plan.lights}
    for index, guide in enumerate(plan.guides):
        if not guide.steps:
            yield _error(("guides", index, "steps"), f"guide '{guide.guide}' has no steps; add at least one")
        if guide.guide not in used:
            yield _warning(("guides", index), f"guide '{guide.guide}' is never read: no rule of `lights` gives it")


def _unknown(values: Iterable[str], known: Iterable[str], where: Path, what: str, name: str) -> Iterator[Issue]:
    for index, value in enumerate(values):
        if value not in known:
            yield _error((*where, index), f"{what} asks for {name} '{value}', which nobody reads{_hint(value, known)}")


def _catalogue(plan: Plan) -> Iterator[Issue]:
    for index, entry in enumerate(plan.catalogue):
        if entry.topic not in TOPICS:
            topic = entry.topic
            yield _error(
                ("catalogue", index, "topic"), f"'{entry.type}' is of '{topic}', no such topic{_hint(topic, TOPICS)}"
            )
    without = [topic for topic in TOPICS if topic not in {entry.topic for entry in plan.catalogue}]
    if without:
        where: Path = ("catalogue",) if plan.catalogue else ()
        yield _warning(where, f"the catalogue has no answer for {', '.join(without)}")


def _statutory(plan: Plan) -> Iterator[Issue]:
    types = [entry.type for entry in plan.catalogue]
    for index, rule in enumerate(plan.statutory):
        if rule.country not in _countries():
            yield _error(
                ("statutory", index, "country"), f"country '{rule.country}' does not exist; write ISO 3166-1: ES, PL"
            )
        for number, name in enumerate(rule.types):
            if name not in types:
                yield _error(
                    ("statutory", index, "types", number),
                    f"a deadline of {rule.country} is for '{name}', not in the catalogue{_hint(name, types)}",
                )


def _duty_hours(plan: Plan) -> Iterator[Issue]:
    for weekday in WEEKDAYS:
        hours = sorted(getattr(plan.duty_hours, weekday))
        if any(later[0] < earlier[1] for earlier, later in pairwise(hours)):
            yield _error(("duty_hours", weekday), f"the hours of {weekday} overlap; write each hour once")
    if plan.brand.timezone not in available_timezones():
        return
    lengths: list[tuple[Path, str, timedelta]] = []
    for index, target in enumerate(plan.targets):
        if target.clock == "duty":
            lengths += [
                (("targets", index, name), f"{name} of '{target.degree}'", getattr(target, name))
                for name in ("acknowledge", "first_answer", "next_answer", "resolution")
            ]
    for index, step in enumerate(plan.chain):
        if step.clock == "duty":
            where: Path = ("chain", index, "acknowledge_within")
            lengths.append((where, f"acknowledge_within of '{step.step}'", step.acknowledge_within))
    for where, what, length in lengths:
        if not _passes(length, plan):
            yield _error(
                where,
                f"{what} never comes: {_hours(length)} duty hours do not pass within a year; widen duty_hours or set "
                "`clock: always`",
            )


_SAMPLE_START = datetime(2026, 1, 1, tzinfo=UTC)
"""Any instant does: the horizon is longer than a year, so it meets every weekday and holiday."""


def _passes(length: timedelta, plan: Plan) -> bool:
    try:
        add_duty_time(_SAMPLE_START, length, plan)
    except ValueError:
        return False
    return True


def _hours(length: timedelta) -> str:
    return f"{length.total_seconds() / 3600:g}"


def _targets(plan: Plan) -> Iterator[Issue]:
    for index, target in enumerate(plan.targets):
        if not target.acknowledge <= target.first_answer <= target.resolution:
            yield _warning(
                ("targets", index),
                f"target of '{target.degree}': acknowledge, first_answer and resolution usually follow each other",
            )


def _texts(plan: Plan) -> Iterator[Issue]:
    """Texts people read stand in every language of the brand; where one is missing, the first language stands in."""
    for where, texts in _all_texts(plan):
        missing = [code for code in plan.brand.languages if not texts.get(code, "").strip()]
        if missing:
            name = ".".join(str(part) for part in where)
            yield _warning(where, f"{name} has no text in {', '.join(missing)}; readers get another language")


def _all_texts(part: BaseModel, where: Path = ()) -> Iterator[tuple[Path, Mapping[str, str]]]:
    for name in type(part).model_fields:
        value: Any = getattr(part, name)
        if name in _TEXTS:
            yield (*where, name), value
        elif name == "steps" and isinstance(value, tuple):
            yield from (((*where, name, index), texts) for index, texts in enumerate(value))
        elif isinstance(value, BaseModel):
            yield from _all_texts(value, (*where, name))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _all_texts(item, (*where, name, index))


_TEXTS = frozenset({"title", "substance", "if_valid", "if_false"})


def _countries() -> Mapping[str, str]:
    return Locale("en").territories


def _hint(name: str, known: Iterable[str]) -> str:
    return _or_else(name, known, f"known: {', '.join(known)}")


def _or_else(name: str, known: Iterable[str], otherwise: str) -> str:
    """Did you mean …, or else what is known."""
    return did_you_mean(name, known) or f"; {otherwise}"


_CHECKS: tuple[Callable[[Plan], Iterator[Issue]], ...] = (
    _brand,
    _duplicates,
    _roles,
    _areas,
    _watches,
    _reach,
    _lights,
    _guides,
    _degrees,
    _chain,
    _duty_hours,
    _targets,
    _statutory,
    _catalogue,
    _texts,
)
