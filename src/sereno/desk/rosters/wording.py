"""Days, hours and names as the reader says them, in their own zone."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency, format_decimal
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sereno.desk.words import language
from sereno.engine.messages import language_name


def locale() -> str:
    """English as Europe writes it: the day first, and twenty-four hours."""
    found = get_language() or "en"
    return "en_GB" if found == "en" else found


def hour(at: datetime) -> str:
    return hour_of_day(timezone.localtime(at))


def hour_of_day(at: datetime) -> str:
    """On the wall of the moment's own zone."""
    return format_time(at, "short", tzinfo=at.tzinfo, locale=locale())


def weekday(at: date) -> str:
    return format_date(at, "EEEE", locale=locale())


def short_day(at: date) -> str:
    return format_skeleton("MMMEd", at, locale=locale())


def when(at: datetime, now: datetime) -> str:
    """The hour today, else the day and the hour."""
    here, today = timezone.localtime(at), timezone.localtime(now).date()
    if here.date() == today:
        return hour(at)
    day = weekday(here.date()) if 0 < (here.date() - today).days < 7 else short_day(here.date())
    return f"{day} {hour(at)}"


def span(starts: datetime, ends: datetime, now: datetime, *, no_end: bool = False) -> str:
    """From when to when; the second day only where it is another. What has begun is told by its end alone. `no_end`:
    nobody looked farther than `ends`, which is then no end worth telling."""
    if no_end:
        begun = _("from now on, with no end in sight")
        return begun if starts <= now else _("from %(at)s on, with no end in sight") % {"at": when(starts, now)}
    if starts <= now < ends:
        return _("until %(at)s") % {"at": when(ends, now)}
    same = timezone.localtime(starts).date() == timezone.localtime(ends).date()
    return f"{when(starts, now)}–{hour(ends) if same else when(ends, now)}"


def spoken(code: str) -> str:
    """A language's name within a sentence."""
    return language_name(code, language())


def number(value: float) -> str:
    """With one place at most; none beyond a hundred."""
    return format_decimal(round(value, 0 if value >= 100 else 1), locale=locale())


def money(amount: str) -> str:
    """`50 EUR` as the reader writes it."""
    value, currency = amount.split(" ")
    return format_currency(Decimal(value), currency, locale=locale())
