"""The report as one page: everything is inside, nothing is fetched, whatever stands in a post is only shown.

A strict Content-Security-Policy stands in the page itself: only our own few lines run, known by their digest.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib import resources

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from sereno.commands.replaying.chart import hours_of_day, load_chart
from sereno.commands.replaying.run import Told
from sereno.commands.replaying.words import DEGREES, Words
from sereno.engine.messages import say, spoken
from sereno.engine.plan.model import LIGHTS
from sereno.engine.post import Post
from sereno.engine.replay.difference import Pair, Side

SHOWN = 500
"""Posts on the page: what a person can look through; `--format jsonl` has them all."""
CUT = 280
"""Characters of a post."""

_SHAPES = {
    "red": '<path d="M4.5 1.5h7L15 8l-3.5 6.5h-7L1 8z"/>',
    "amber": '<path d="M8 1.5 15 14.5H1z"/>',
    "green": '<circle cx="8" cy="8" r="6.5"/>',
    "none": '<circle cx="8" cy="8" r="6"/>',
}


def page(words: Words) -> str:
    """The whole page."""
    style, script = _style(), _packaged("page.js")
    found = words.report.difference
    sentences = words.sentences(figures=False)
    parts = [_facts(words), _lights(words), _load(words), _alarms(words), _against(words), _posts(words), _how(words)]
    return str(
        format_html(
            '<!doctype html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; "
            "script-src '{}'\">\n"
            "<title>{} · Sereno</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n"
            '<p class="plans">{}</p>\n{}\n{}\n</main>\n<script>{}</script>\n</body>\n</html>\n',
            spoken(words.language),
            _digest(style),
            _digest(script),
            words.title,
            _ours(style),
            words.title,
            words.plans,
            format_html_join("\n", '<p class="lede">{}</p>', ((sentence,) for sentence in sentences)),
            _joined(parts if found.posts else [_how(words)]),
            _ours(script),
        )
    )


def _ours(markup: str) -> SafeString:
    """Text that stands in our own files."""
    return mark_safe(markup)  # noqa: S308 - nothing of a post, a plan or a person goes through here


def _packaged(name: str) -> str:
    return (resources.files("sereno.commands.replaying") / name).read_text("utf-8")


def _style() -> str:
    """The desk's own tokens, without its font files, and the page's rules."""
    tokens = (resources.files("sereno.desk") / "static" / "css" / "tokens.css").read_text("utf-8")
    return tokens[tokens.index(":root {") :] + _packaged("page.css")


def _digest(text: str) -> SafeString:
    return _ours("sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode())


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("\n", "{}", ((part,) for part in parts if part))


def _facts(words: Words) -> SafeString:
    found = words.report.difference
    woken = [(words.say("woken-short"), _pair_text(found.woken, words))]
    if words.report.alone:
        lights = [sum(row[i] for row in found.lights) for i in range(4)]
        facts = [(words.light(name), words.number(lights[i])) for i, name in reversed(list(enumerate(DEGREES)))] + woken
    else:
        facts = [
            (words.say("becomes-red"), words.number(found.becomes_red)),
            (words.say("stops-red"), words.number(found.stops_being_red)),
            (words.say("changed"), words.number(found.changed)),
            *woken,
        ]
    return format_html('<dl class="facts">{}</dl>', format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", facts))


def _pair_text(pair: Pair, words: Words) -> str:
    return " → ".join(words.pair(pair))


def _lights(words: Words) -> SafeString:
    if words.report.alone:
        return _ours("")
    head = format_html_join("", '<th class="figure" scope="col">{}</th>', ((_light(name, words),) for name in DEGREES))
    rows = (
        (_light(name, words), format_html_join("", '<td class="figure{}">{}</td>', _light_cells(i, row, words)))
        for i, (name, row) in enumerate(zip(DEGREES, words.report.difference.lights, strict=True))
    )
    return format_html(
        '<h2>{}</h2><p class="soft">{}</p><div class="scroll narrow"><table><thead><tr><td></td>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>",
        words.say("lights"),
        words.say("lights-how"),
        head,
        format_html_join("", '<tr><th scope="row">{}</th>{}</tr>', rows),
    )


def _light_cells(i: int, row: Sequence[int], words: Words) -> Iterable[tuple[str, str]]:
    """What stays as it was is the quiet diagonal."""
    for j, count in enumerate(row):
        yield (" kept" if i == j else "") + (" same" if not count else ""), words.number(count)


def _light(name: str | None, words: Words) -> SafeString:
    name = name or "none"
    return format_html(
        '<span class="light light--{}"><svg viewBox="0 0 16 16" aria-hidden="true">{}</svg>{}</span>',
        name,
        _ours(_SHAPES[name]),
        words.light(name),
    )


def _table(headings: Sequence[tuple[str, bool]], rows: Iterable[SafeString], css: str = "") -> SafeString:
    """`headings`: each with whether it stands over figures."""
    head = format_html_join(
        "",
        '<th scope="col"{}><button type="button">{}</button></th>',
        ((_ours(' class="figure"') if figure else "", text) for text, figure in headings),
    )
    return format_html(
        '<div class="scroll"><table class="{}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        css,
        head,
        format_html_join("", "<tr>{}</tr>", ((row,) for row in rows)),
    )


def _figure(pair: Pair, words: Words) -> SafeString:
    same = words.report.alone or pair.before == pair.after
    return format_html(
        '<td class="figure{}" data-value="{}">{}</td>',
        "" if words.report.alone or not same else " same",
        pair.after,
        words.number(pair.after) if same else _pair_text(pair, words),
    )


def _load(words: Words) -> SafeString:
    found = words.report.difference
    late = {queue.role: queue.late for queue in found.queues}
    headings = [(words.say("role"), False), (words.say("people"), True)]
    names = ["posts", "hours", "overloaded", "late", *(["nobody-there"] if words.by_roster else [])]
    headings += [(words.say(name), True) for name in names]
    rows = (
        format_html(
            '<th scope="row">{}</th><td class="figure" data-value="{}">{}</td>{}',
            words.role(load.role),
            load.people,
            words.people(load),
            _joined(
                _figure(pair, words)
                for pair in (
                    load.posts,
                    load.hours,
                    load.overloaded,
                    late[load.role],
                    *([load.nobody] if words.by_roster else []),
                )
            ),
        )
        for load in found.load
    )
    charts = _joined(load_chart(load, words) for load in found.load)
    return format_html(
        '<h2>{}</h2>{}<h2>{}</h2><p class="soft">{}</p><div class="charts">{}</div>{}',
        words.say("load"),
        _table(headings, rows),
        words.say("load-hour"),
        "" if words.report.alone else words.say("load-how"),
        charts,
        _hours(words),
    )


def _hours(words: Words) -> SafeString:
    """The charts as a table."""
    head = [(words.say("role"), False), *((f"{hour:02}", True) for hour in range(24))]
    rows = []
    for load in words.report.difference.load:
        sides = [("", load.after)]
        if not words.report.alone:
            sides = [(words.say("before"), load.before), (words.say("after"), load.after)]
        for side, week in sides:
            cells = format_html_join("", '<td class="figure">{}</td>', ((n,) for n in hours_of_day(week)))
            name = ", ".join(filter(None, (words.role(load.role), side)))
            rows.append(format_html('<th scope="row">{}</th>{}', name, cells))
    return format_html("<details><summary>{}</summary>{}</details>", words.say("load-table"), _table(head, rows))


def _alarms(words: Words) -> SafeString:
    alarms = words.report.difference.alarms
    if not alarms:
        return _ours("")
    rows = (
        format_html(
            '<th scope="row">{}</th>{}', words.role(alarm.role), _figure(Pair(alarm.before, alarm.after), words)
        )
        for alarm in alarms
    )
    headings = [(words.say("role"), False), (words.say("posts"), True)]
    return format_html('<h2>{}</h2><div class="narrow">{}</div>', words.say("alarms"), _table(headings, rows))


def _against(words: Words) -> SafeString:
    found = words.report.difference
    known = [("false-alarms", found.decided.false_alarms), ("misses", found.decided.misses)]
    told = known if found.decided.known else []
    if found.answered.known:
        told = [*told, ("answered", found.answered.late)]
    if not told:
        return _ours("")
    rows = (format_html('<th scope="row">{}</th>{}', words.say(key), _figure(pair, words)) for key, pair in told)
    headings = [("", False), (words.say("posts"), True)]
    return format_html('<h2>{}</h2><div class="narrow">{}</div>', words.say("decided"), _table(headings, rows))


def _posts(words: Words) -> SafeString:
    report = words.report
    title = words.say("changes-alone" if report.alone else "changes")
    rows = report.rows[:SHOWN]
    if not len(rows):
        return format_html("<h2>{}</h2><p>{}</p>", title, words.say("nothing"))
    texts = report.material.texts(rows.tolist())
    languages = [report.pasts[1].columns.language[i] for i in rows.tolist()]
    told = report.told(rows)
    keys = ("when", "post", "light", "turn", "first-answer", "why")
    return format_html(
        '<h2>{}</h2><p class="soft">{} <span class="sorts">{}</span></p>{}',
        title,
        words.say("shown", shown=len(rows), all=len(report.rows)),
        words.say("sorts"),
        _table(
            [(words.say(key), False) for key in keys],
            (_post(*each, words) for each in zip(told, texts, languages, strict=True)),
            "cards",
        ),
    )


def _post(told: Told, post: Post, language: str, words: Words) -> SafeString:
    sides = [told.after] if words.report.alone else [told.before, told.after]
    by = [side.first_answer_by if side else None for side in sides]
    cells = [
        ("when", "short", told.post.at.isoformat(), format_html("{}", words.moment(told.post.at))),
        ("post", "post", post.id, _text(post, language)),
        ("light", "short", _rank(sides[-1]), _steps(_light(side.light if side else None, words) for side in sides)),
        ("turn", "", None, _steps(words.role(side.role) if side else words.say("none") for side in sides)),
        ("first-answer", "short", _sortable(by[-1]), _steps(words.moment(at) for at in by)),
        ("why", "why", None, _whys(sides, words)),
    ]
    return format_html_join(
        "",
        '<td data-label="{}" class="{}"{}>{}</td>',
        (
            (words.say(key), css, "" if value is None else format_html(' data-value="{}"', value), content)
            for key, css, value, content in cells
        ),
    )


def _text(post: Post, language: str) -> SafeString:
    """The post's own words, cut, in their own language and direction."""
    whole = post.whole_text()
    cut = whole if len(whole) <= CUT else whole[: CUT - 1] + "…"
    lang = format_html(' lang="{}"', language) if language not in ("und", "mul") else ""
    known_as = " · ".join(filter(None, (post.network if post.network != "unknown" else "", post.id)))
    return format_html('<bdi dir="auto"{}>{}</bdi><small>{}</small>', lang, cut, known_as)


def _rank(side: Side | None) -> int:
    return LIGHTS.index(side.light) if side is not None and side.light is not None else -1


def _sortable(at: datetime | None) -> str:
    return at.isoformat() if at is not None else ""


def _steps(values: Iterable[str]) -> SafeString:
    """Before and after, once where they are alike."""
    return format_html_join("", '<span class="step">{}</span>', ((value,) for value in dict.fromkeys(values)))


def _whys(sides: Sequence[Side | None], words: Words) -> SafeString:
    plans = words.report.plans[-len(sides) :]
    said = [
        say(side.reasons[0], words.language, plan) if side is not None and side.reasons else words.say("none")
        for side, plan in zip(sides, plans, strict=True)
    ]
    return _steps(said)


def _how(words: Words) -> SafeString:
    return format_html(
        '<h2>{}</h2><ul class="how">{}</ul>',
        words.say("how"),
        format_html_join("", "<li>{}</li>", ((sentence,) for sentence in words.how())),
    )
