"""The report on a terminal: a summary in words, the lights, the work by role, the weightiest posts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sereno.commands.replaying.run import Told
from sereno.commands.replaying.words import DEGREES, Words
from sereno.engine.messages import say
from sereno.engine.plan.model import LIGHTS
from sereno.engine.replay.difference import Pair, Side

SHOWN = 20
"""Posts on the terminal."""
_COLOURS = {"red": "bold red", "amber": "yellow", "green": "green"}
_WIDE = 160
"""Where nobody looks at a terminal: a file or a pipe."""


def tell(words: Words, out: IO[str]) -> None:
    console = Console(file=out, width=None if out.isatty() else _WIDE, highlight=False)
    console.print(Text(f"{words.title}: {words.plans}", style="bold"))
    for sentence in words.sentences():
        console.print(Text(sentence))
    if not words.report.difference.posts:
        return
    for sheet in (_lights(words), _load(words), _alarms(words), _against(words), _posts(words)):
        if sheet is not None:
            console.print()
            console.print(sheet)
    console.print()
    for sentence in words.how():
        console.print(Text(sentence, style="dim"))


def _sheet(title: str, headings: Sequence[str], *, figures_from: int = 1) -> Table:
    sheet = Table(title=Text(title, style="bold"), title_justify="left", box=None, pad_edge=False)
    for i, heading in enumerate(headings):
        sheet.add_column(Text(heading), justify="right" if i >= figures_from else "left")
    return sheet


def _lights(words: Words) -> Table:
    lights = words.report.difference.lights
    names = [words.light(degree) for degree in DEGREES]
    if words.report.alone:
        sheet = _sheet(words.say("lights"), [words.say("light"), words.say("posts")])
        for i, name in enumerate(names):
            sheet.add_row(Text(name), Text(words.number(sum(row[i] for row in lights))))
        return sheet
    sheet = _sheet(f"{words.say('lights')} · {words.say('lights-how')}", ["", *names])
    for name, row in zip(names, lights, strict=True):
        sheet.add_row(Text(name), *(Text(words.number(count)) for count in row))
    return sheet


def _load(words: Words) -> Table:
    found = words.report.difference
    late = {queue.role: queue.late for queue in found.queues}
    names = ["role", "people", "posts", "hours", "overloaded", "late"]
    headings = [words.say(name) for name in (*names, *(["nobody-there"] if words.by_roster else []))]
    sheet = _sheet(words.say("load"), headings)
    for load in found.load:
        figures = [load.posts, load.hours, load.overloaded, late[load.role]]
        figures += [load.nobody] if words.by_roster else []
        cells = [words.people(load), *(_step(words.pair(pair)) for pair in figures)]
        sheet.add_row(Text(words.role(load.role)), *map(Text, cells))
    return sheet


def _alarms(words: Words) -> Table | None:
    if not words.report.difference.alarms:
        return None
    sheet = _sheet(words.say("alarms"), [words.say("role"), words.say("posts")])
    for alarm in words.report.difference.alarms:
        sheet.add_row(Text(words.role(alarm.role)), Text(_step(words.pair(Pair(alarm.before, alarm.after)))))
    return sheet


def _against(words: Words) -> Table | None:
    """Against what the team decided and how it answered, where that is known."""
    found = words.report.difference
    rows = []
    if found.decided.known:
        rows += [("false-alarms", found.decided.false_alarms), ("misses", found.decided.misses)]
    if found.answered.known:
        rows += [("answered", found.answered.late)]
    if not rows:
        return None
    sheet = _sheet(words.say("decided"), ["", words.say("posts")])
    for key, pair in rows:
        sheet.add_row(Text(words.say(key)), Text(_step(words.pair(pair))))
    return sheet


def _posts(words: Words) -> Table | None:
    report = words.report
    rows = report.rows[:SHOWN]
    if not len(rows):
        return None
    title = words.say("changes-alone" if report.alone else "changes")
    shown = words.say("shown", shown=len(rows), all=len(report.rows))
    headings = ["id", words.say("light"), words.say("turn"), words.say("first-answer"), words.say("why")]
    sheet = _sheet(f"{title} · {shown}", headings, figures_from=len(headings))
    for told in report.told(rows):
        sheet.add_row(*_post(told, words))
    return sheet


def _post(told: Told, words: Words) -> list[Text]:
    sides = [told.after] if words.report.alone else [told.before, told.after]
    light = Text(" → ").join(
        Text(words.light(side.light if side else None), style=_COLOURS.get((side and side.light) or "", ""))
        for side in sides
    )
    role = _step([words.role(side.role) if side else words.say("none") for side in sides])
    by = _step([words.moment(side.first_answer_by if side else None) for side in sides])
    return [Text(told.post.id), light, Text(role), Text(by), Text(_why(sides, words))]


def _step(values: Sequence[str]) -> str:
    return " → ".join(dict.fromkeys(values))


def _why(sides: Sequence[Side | None], words: Words) -> str:
    """The first reason of the graver of the two."""
    plans = words.report.plans[-len(sides) :]
    told = [(side, plan) for side, plan in zip(sides, plans, strict=True) if side is not None and side.reasons]
    if not told:
        return ""
    side, plan = max(reversed(told), key=lambda each: LIGHTS.index(each[0].light) if each[0].light else -1)
    return say(side.reasons[0], words.language, plan)
