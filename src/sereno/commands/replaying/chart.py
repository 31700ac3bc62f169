"""Posts of one role by hour of the day, as a small drawing: dashed before, solid after."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sereno.commands.replaying.words import Words
from sereno.engine.replay.difference import RoleLoad, Week

_WIDTH, _HEIGHT = 340, 96
_LEFT, _TOP, _BOTTOM = 34, 8, 18
_HOUR = (_WIDTH - _LEFT) / 24


def hours_of_day(week: Week) -> list[int]:
    """The days of the week added up, hour by hour."""
    return [sum(day[hour] for day in week) for hour in range(24)]


def load_chart(load: RoleLoad, words: Words) -> SafeString:
    before, after = hours_of_day(load.before), hours_of_day(load.after)
    most = max([1, *before, *after])
    figures = (
        " → ".join(words.pair(load.posts)) if load.posts.before != load.posts.after else words.pair(load.posts)[-1]
    )
    floor = _HEIGHT - _BOTTOM
    lines = [format_html('<path class="area" d="{} V{} H{} Z"/>', _path(after, most), floor, _LEFT)]
    if not words.report.alone:
        lines.append(format_html('<path class="before" d="{}"/>', _path(before, most)))
    lines.append(format_html('<path class="after" d="{}"/>', _path(after, most)))
    return format_html(
        "<figure><figcaption>{role} <span>{figures}</span></figcaption>"
        '<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">'
        '<line x1="{left}" x2="{width}" y1="{floor}" y2="{floor}"/>'
        '<line x1="{left}" x2="{width}" y1="{top}" y2="{top}"/>'
        '<text x="{beside}" y="{high}" text-anchor="end">{most}</text>'
        '<text x="{beside}" y="{low}" text-anchor="end">0</text>{hours}{lines}</svg></figure>',
        role=words.role(load.role),
        figures=figures,
        width=_WIDTH,
        height=_HEIGHT,
        label=f"{words.say('load-hour')}: {words.role(load.role)}, {figures}",
        left=_LEFT,
        floor=floor,
        top=_TOP,
        beside=_LEFT - 6,
        high=_TOP + 4,
        low=floor + 3,
        most=words.number(most),
        hours=_hours(),
        lines=format_html_join("", "{}", ((line,) for line in lines)),
    )


def _hours() -> SafeString:
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}">{}</text>',
        (
            (f"{_LEFT + hour * _HOUR:.1f}", _HEIGHT - 4, "end" if hour == 24 else "middle", f"{hour:02}")
            for hour in (0, 6, 12, 18, 24)
        ),
    )


def _path(counts: Sequence[int], most: int) -> str:
    """A step for each hour."""
    floor = _HEIGHT - _BOTTOM
    places = [floor - (floor - _TOP) * count / most for count in counts]
    steps = [f"V{y:.1f} H{_LEFT + (hour + 1) * _HOUR:.1f}" for hour, y in enumerate(places)]
    return f"M{_LEFT} {places[0]:.1f} {' '.join(steps)}"
