"""What the plan is written with: lengths of time, hours, names, texts per language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

Light = Literal["green", "amber", "red"]
LIGHTS: tuple[Light, ...] = ("green", "amber", "red")
Degree = Literal["none", "green", "amber", "red"]
"""A light, or `none` for posts without one (praise, a question…): they are routed too."""
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
AREA_OWNER = "area_owner"
"""Stands where a role may: the owner of the case's area."""

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


class Unfit(ValueError):
    """A value in no form that can be read; the fault is told by its code (`plan/fault_words.py`)."""

    def __init__(self, code: str, given: object) -> None:
        super().__init__(f"{code}: '{given}'")
        self.code, self.given = code, str(given)


def parse_duration(value: object) -> timedelta:
    """`90m`, `4h`, `1h30m`, `2d` as a length of time. Raises `Unfit`, a ValueError."""
    if isinstance(value, timedelta):
        return value
    parts = re.findall(r"(\d+)\s*([mhd])", str(value)) if re.fullmatch(r"(\s*\d+\s*[mhd])+\s*", str(value)) else []
    if not parts:
        raise Unfit("form-no-length-of-time", value)
    if sum(len(number) for number, _unit in parts) > 9:
        raise Unfit("form-length-too-long", value)
    return sum((int(number) * _UNITS[unit] for number, unit in parts), timedelta())


def write_duration(value: timedelta) -> str:
    """The inverse of `parse_duration`, in the largest whole units."""
    minutes = int(value.total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60) if minutes % (24 * 60) == 0 else (0, minutes)
    hours, minutes = divmod(rest, 60)
    return "".join(f"{n}{u}" for n, u in ((days, "d"), (hours, "h"), (minutes, "m")) if n) or "0m"


def parse_hours(value: object) -> tuple[time, time]:
    """`08:00-22:00` as opening and closing time; 24:00 closes at midnight (`time.max`)."""
    if isinstance(value, tuple | list) and len(value) == 2:
        return tuple(value)
    match = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*", str(value))
    if not match:
        raise Unfit("form-no-hours", value)
    h1, m1, h2, m2 = map(int, match.groups())
    closing = time.max if (h2, m2) == (24, 0) else _clock_time(h2, m2)
    opening = _clock_time(h1, m1)
    if closing <= opening:
        raise Unfit("form-hours-close-first", value)
    return opening, closing


def _clock_time(hour: int, minute: int) -> time:
    if hour > 23 or minute > 59:
        raise Unfit("form-no-time-of-day", f"{hour:02}:{minute:02}")
    return time(hour, minute)


def is_true(value: object) -> object:
    """The plan's text gives every scalar as it was written."""
    return True if value == "true" else value


def whole_number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _write_hours(hours: tuple[time, time]) -> str:
    closing = "24:00" if hours[1] == time.max else f"{hours[1]:%H:%M}"
    return f"{hours[0]:%H:%M}-{closing}"


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(write_duration, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^(\s*\d+\s*[mhd])+\s*$"}),
]
Hours = Annotated[
    tuple[time, time],
    BeforeValidator(parse_hours),
    PlainSerializer(_write_hours, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\s*\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2}\s*$"}),
]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
"""What the plan calls a thing: small letters, digits, _ and -."""
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Text = Annotated[Mapping[Language, str], Field(min_length=1)]
Probability = Annotated[float, Field(ge=0.0, le=1.0)]
Positive = Annotated[int, Field(ge=1)]


class Part(BaseModel):
    """A part of the plan: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)
