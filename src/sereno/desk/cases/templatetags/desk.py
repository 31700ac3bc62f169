"""The small parts that pages are made of: the light, icons, times, numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from babel.dates import format_date, format_datetime, format_skeleton, format_time, format_timedelta
from babel.numbers import format_compact_decimal, format_decimal
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sereno.desk.cases.due import Due, late_or_left
from sereno.desk.words import word as word_for

register = template.Library()

# circle, triangle, hexagon, open circle: the shape alone tells the light, in grey print too
SHAPES = {
    "green": '<circle cx="8" cy="8" r="6"/>',
    "amber": '<path d="M8 1.8 15 14H1z"/>',
    "red": '<path d="M4.9.9h6.2L15.5 8l-4.4 7.1H4.9L.5 8z"/>',
    "none": '<circle class="light__open" cx="8" cy="8" r="5.2"/>',
}
ICONS = {  # 24 × 24, stroked
    "now": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.2 2"/>',
    "inbox": '<path d="M3.5 13.5 6 5h12l2.5 8.5v5h-17z"/><path d="M3.5 13.5h5l1.2 2.5h4.6l1.2-2.5h5"/>',
    "sources": '<circle cx="6" cy="18" r="1.6"/><path d="M5 11a8 8 0 0 1 8 8M5 5a14 14 0 0 1 14 14"/>',
    "plan": '<path d="M6 3.5h9l3.5 3.5v13.5H6z"/><path d="M9.5 10.5h6M9.5 14h6M9.5 17.5h4"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 20.5a2.2 2.2 0 0 0 4 0"/>',
    "duty": '<rect x="3.5" y="5" width="17" height="15" rx="2"/><path d="M3.5 10h17M8 3v4M16 3v4M7.5 14h6"/>',
    "search": '<circle cx="11" cy="11" r="6.2"/><path d="m15.8 15.8 4.7 4.7"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>',
    "person": '<circle cx="12" cy="8.5" r="3.8"/><path d="M4.8 20c.9-3.8 3.8-5.5 7.2-5.5s6.3 1.7 7.2 5.5"/>',
    "reach": '<path d="M4 14v-4l11-5v14L4 14zM7 14.8 8.5 20h2.6l-1.4-4.2M18 9.5a4 4 0 0 1 0 5"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7"/>',
    "out": '<path d="M13 5h6v6M19 5l-8.5 8.5M16.5 13.5V19H5V7.5h5.5"/>',
    "back": '<path d="M19 12H5m6-6-6 6 6 6"/>',
    "up": '<path d="M12 19V5m-6 6 6-6 6 6"/>',
    "down": '<path d="M12 5v14m6-6-6 6-6-6"/>',
    "more": '<path d="m7 10 5 5 5-5"/>',
    "keys": '<rect x="3" y="6.5" width="18" height="11" rx="2"/><path d="M7 10h.01M11 10h.01M15 10h.01M8 14h8"/>',
    "warning": '<path d="M12 4 21 19.5H3z"/><path d="M12 10v4.5M12 17v.2"/>',
    "care": '<path d="M12 20C7 16 4 13.3 4 9.7A4.2 4.2 0 0 1 12 8a4.2 4.2 0 0 1 8 1.7c0 3.6-3 6.3-8 10.3z"/>',
    "veil": '<path d="M3.5 12s3.2-5.5 8.5-5.5 8.5 5.5 8.5 5.5-3.2 5.5-8.5 5.5S3.5 12 3.5 12zM4.5 19.5l15-15"/>',
    "reply": '<path d="M10 6 4 12l6 6M4 12h9.5c4 0 6.5 2 6.5 6"/>',
}


@register.simple_tag
def light(value: str | None, quiet: bool = False) -> SafeString:
    """The light as shape and word. `quiet` hides the word from the eye only, where it stands nearby."""
    name = value or "none"
    shape = mark_safe(SHAPES[name])  # noqa: S308 — ours
    return format_html(
        '<span class="light light--{}"><svg class="light__shape" viewBox="0 0 16 16" aria-hidden="true">{}</svg>'
        '<span class="{}">{}</span></span>',
        name,
        shape,
        "visually-hidden" if quiet else "light__word",
        word_for("light", name),
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    drawing = mark_safe(ICONS[name])  # noqa: S308 — ours
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)


@register.filter
def word(value: str | None, what: str) -> str:
    """`{{ case.topic|word:"topic" }}`"""
    return word_for(what, value)


@register.filter
def reader(model: str) -> str:
    """Who read: in words, then its version."""
    if model.startswith("careful-"):
        return _("the careful reader (%(version)s)") % {"version": model.removeprefix("careful-")}
    if model.startswith("fast-"):
        return _("the fast reader (%(version)s)") % {"version": model.removeprefix("fast-")}
    return model


def _locale() -> str:
    """English as Europe writes it: the day first, and twenty-four hours."""
    language = get_language() or "en"
    return "en_GB" if language == "en" else language


@register.filter
def moment(at: datetime | None) -> SafeString | str:
    """A time as people say it: the hour today, else the day and the hour; whole in the tooltip. In their zone."""
    if at is None:
        return ""
    here = timezone.localtime(at)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(),
        full_moment(at),
        short_moment(here, timezone.localtime()),
    )


def short_moment(at: datetime, now: datetime) -> str:
    if at.date() == now.date():
        return format_time(at, "short", tzinfo=at.tzinfo, locale=_locale())
    if abs((now - at).days) < 300:
        day = format_skeleton("MMMd", at, locale=_locale())
        return f"{day}, {format_time(at, 'short', tzinfo=at.tzinfo, locale=_locale())}"
    return format_date(at, "medium", locale=_locale())


@register.filter
def full_moment(at: datetime | None) -> str:
    return format_datetime(timezone.localtime(at), "full", locale=_locale()) if at is not None else ""


@register.filter
def day(at: datetime | None) -> str:
    return format_date(timezone.localtime(at), "long", locale=_locale()) if at is not None else ""


@register.filter
def ago(at: datetime | None) -> SafeString | str:
    """How long since; counts on by itself."""
    if at is None:
        return ""
    gone = at - timezone.now()
    soon = _("in a moment") if gone.total_seconds() > 0 else _("just now")
    told = format_timedelta(gone, add_direction=True, locale=_locale(), granularity="minute")
    words = soon if abs(gone.total_seconds()) < 60 else told
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), full_moment(at), words)


@register.simple_tag
def due_in(due: Due) -> SafeString:
    """A deadline counting down. The clock script keeps it going; without it the words stand as they are."""
    said = {
        "acknowledge": _("To be taken"),
        "answer": _("Answer due"),
        "resolve": _("To be solved"),
        "law": _("Required by law"),
    }[due.what]
    return format_html(
        '<span class="due due--{}" data-due="{}" title="{}: {}"><span class="visually-hidden">{}: </span>'
        "<span data-due-words>{}</span></span>",
        due.urgency,
        due.at.isoformat(),
        said,
        full_moment(due.at),
        said,
        late_or_left(due.seconds),
    )


@register.filter
def due_word(due: Due) -> str:
    return {
        "acknowledge": _("To be taken"),
        "answer": _("Answer"),
        "resolve": _("Solution"),
        "law": _("By law"),
    }[due.what]


@register.filter
def compact(number: int | None) -> str:
    """`12K` as the language writes it: followers, likes."""
    return (
        format_compact_decimal(number, locale=_locale(), fraction_digits=0 if number >= 10_000 else 1)
        if number is not None
        else ""
    )


@register.filter
def grouped(number: int | None) -> str:
    return format_decimal(number, locale=_locale()) if number is not None else ""


@register.filter
def followers(number: int | None) -> str:
    if number is None:
        return _("reach unknown")
    return ngettext("%(n)s follower", "%(n)s followers", number) % {"n": compact(number)}


@register.filter
def initials(name: Any) -> str:
    """Of a colleague, for the round badge."""
    parts = str(name).split()
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()[:2]


@register.filter
def percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 100


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    return mapping.get(key)
