"""`sereno plan check | test | who | explain`: a crisis plan asked about itself, without a server."""

from __future__ import annotations

import json
from datetime import datetime
from typing import NoReturn, get_args
from zoneinfo import ZoneInfo

import click
from babel.dates import format_datetime

from sereno.commands.duty_file import load_roster
from sereno.commands.plan_file import fail, load
from sereno.commands.plan_people import Called, with_people
from sereno.commands.plan_test import test_plan
from sereno.commands.wording import language_option
from sereno.engine.messages import phrase, role_words, word
from sereno.engine.plan.explain import PARTS
from sereno.engine.plan.explain import explain as tell
from sereno.engine.plan.model import Degree, LightRule, Plan
from sereno.engine.plan.suggest import nearest
from sereno.engine.plan.who import Who
from sereno.engine.plan.who import who as ask_who


@click.group()
def plan() -> None:
    """Check a crisis plan, test it, explain it, ask who would be called."""


plan.add_command(test_plan)


@plan.command()
@click.argument("file")
@language_option
def check(file: str, language: str) -> None:
    """Whether FILE is a plan that can be used; every fault with its line."""
    loaded = load(file, tell_warnings=True, language=language)
    counts = {"rules": len(loaded.lights), "watches": len(loaded.watches)}
    click.echo(phrase("check-sound", language, plan=loaded.id, **counts))


@plan.command()
@click.argument("file")
@click.option(
    "--light", "degree", type=click.Choice(get_args(Degree)), help="`none`: a post without one. This, or --rule."
)
@click.option("--rule", "rule_name", metavar="RULE", help="A light rule of the plan, with its light and its own route.")
@click.option(
    "--at", "moment", metavar="TIME", help="Such as 2026-12-24T23:30; the brand's zone if none. Default: now."
)
@click.option("--area", help="Of the plan's areas. Default: the one that takes the rest.")
@click.option("--network", help="Such as x or instagram.")
@click.option("--post-language", help="Language of the post, such as es.")
@language_option
@click.option("--roster", "roster_name", metavar="ROSTER", help="Names the people of this duty roster, too.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def who(
    file: str,
    degree: Degree | None,
    rule_name: str | None,
    moment: str | None,
    area: str | None,
    network: str | None,
    post_language: str | None,
    language: str,
    roster_name: str | None,
    form: str,
) -> None:
    """Who would be called, in which order and until when, if nobody acknowledged."""
    loaded = load(file, language=language)
    roster = load_roster(roster_name, loaded, language=language) if roster_name is not None else None
    if (degree is None) == (rule_name is None):
        fail(phrase("who-light-or-rule", language))
    rule = _rule(loaded, rule_name, language) if rule_name is not None else None
    if area is not None and area not in (known := [each.area for each in loaded.areas]):
        _fail_unknown("who-area-unknown", area, known, language)
    zone = ZoneInfo(loaded.brand.timezone)
    try:
        at = datetime.fromisoformat(moment) if moment else datetime.now(zone).replace(microsecond=0)
    except ValueError:
        fail(phrase("duty-no-moment", language, option="--at", given=moment or ""))
    at = at if at.tzinfo else at.replace(tzinfo=zone)
    try:
        answer = ask_who(
            loaded,
            rule.light if rule else degree or "none",
            at,
            area=area,
            network=network,
            language=post_language,
            route=rule.route if rule else None,
        )
    except ValueError as error:
        fail(str(error))
    people = None
    if roster is not None:
        waits = bool(rule and rule.route and rule.route.chain == "waits")
        answer, people = with_people(answer, roster, loaded, waits=waits)
    if form == "json":
        click.echo(json.dumps(_fields(answer, zone, people), indent=2, ensure_ascii=False))
    else:
        click.echo(_told(answer, loaded, zone, people, language))


def _rule(loaded: Plan, name: str, language: str) -> LightRule:
    known = {rule.rule: rule for rule in loaded.lights}
    if name not in known:
        _fail_unknown("who-rule-unknown", name, list(known), language)
    return known[name]


def _fail_unknown(key: str, name: str, known: list[str], language: str) -> NoReturn:
    if near := nearest(name, known):
        fail(phrase(f"{key}-near", language, name=name, near=near))
    fail(phrase(key, language, name=name, known=", ".join(known)))


def _fields(answer: Who, zone: ZoneInfo, people: list[Called] | None) -> dict[str, object]:
    return {
        "degree": answer.degree,
        "at": answer.at.astimezone(zone).isoformat(),
        "on_duty": answer.on_duty,
        "area": answer.area,
        "network": answer.network,
        "language": answer.language,
        "calls": [
            {
                "step": call.step,
                "role": call.role,
                "deputy": call.deputy,
                "called_at": call.called_at.astimezone(zone).isoformat(),
                "acknowledge_by": call.acknowledge_by.astimezone(zone).isoformat(),
                **({"people": list(people[number].names), "as": people[number].how} if people else {}),
            }
            for number, call in enumerate(answer.calls)
        ],
    }


def _told(answer: Who, loaded: Plan, zone: ZoneInfo, people: list[Called] | None, language: str) -> str:
    def moment(at: datetime, pattern: str = "EEE d MMM, HH:mm") -> str:
        return str(format_datetime(at.astimezone(zone), pattern, locale=language))

    areas = {area.area: loaded.text(area.title, language) for area in loaded.areas}
    title = phrase(
        "who-title",
        language,
        light=word("light", answer.degree, language),
        at=f"{answer.at.astimezone(zone):%Y-%m-%d %H:%M %Z}",
        duty=phrase("who-on-duty" if answer.on_duty else "who-off-duty", language),
        area=areas[answer.area] if answer.area else phrase("who-no-area", language),
    )
    lines, met = [title[:1].upper() + title[1:]], set[str]()
    for number, call in enumerate(answer.calls, 1):
        times = {"called": moment(call.called_at), "by": moment(call.acknowledge_by)}
        name = role_words(call.role, language, loaded)
        line = phrase("who-call", language, number=number, title=name, role=call.role, **times)
        lines.append(f"{line} ({phrase('who-again', language)})" if call.role in met else line)
        met.add(call.role)
        if people is not None:
            lines.append(f"   {people[number - 1].told(language)}")
        elif call.deputy is not None:
            deputy = role_words(call.deputy, language, loaded)
            lines.append(f"   {phrase('who-deputy', language, title=deputy, role=call.deputy)}")
    if people is None:
        lines.append(phrase("who-roles-only", language))
    return "\n".join(lines)


@plan.command()
@click.argument("file")
@language_option
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice(PARTS),
    help="This part alone; may be given again.",
)
def explain(file: str, language: str, parts: tuple[str, ...]) -> None:
    """The whole plan as sentences, in the language of your choice."""
    loaded = load(file, language=language)
    for number, section in enumerate(tell(loaded, language, parts or PARTS)):
        click.echo(f"{chr(10) if number else ''}{section.title}")
        for sentence in section.sentences:
            click.echo(f"{'  ' * (sentence.level + 1)}{sentence.text}")
