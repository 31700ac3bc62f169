"""What is different between two plans over one past, in figures: frozen and fit for JSON."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sereno.engine.judge import Reason
from sereno.engine.plan.model import Light
from sereno.engine.replay.past import ContextsAre

Week = tuple[tuple[int, ...], ...]
"""7 × 24 whole numbers: by weekday (Monday first) and hour, in the brand's time zone."""


class Pair(msgspec.Struct, frozen=True):
    """One figure under each of the two plans."""

    before: int
    after: int


class Alarms(msgspec.Struct, frozen=True):
    """Posts for which a role is called at once."""

    role: str
    before: int
    after: int


class RoleLoad(msgspec.Struct, frozen=True):
    """What comes to one role: posts that start a deadline, by the hour of their arrival."""

    role: str
    people: int
    """On duty at a time, the most: as the replay was asked, or by the roster."""
    posts: Pair
    hours: Pair
    """Of work, rounded to whole hours: posts × minutes for an answer."""
    before: Week
    after: Week
    overloaded: Pair
    """Hours of the past in which more work came than its people can do in an hour."""
    overloaded_before: Week
    overloaded_after: Week
    least: int | None = None
    """On duty at a time, the fewest, between the first post and the last; None: not known, of an older replay."""
    given: bool = False
    """The number of people was asked for, whatever the roster says."""
    nobody: Pair = Pair(0, 0)
    """Posts for which nobody of the role is on duty when their clock begins to run."""


class Answered(msgspec.Struct, frozen=True):
    """First answers as they were really given then, against each plan's deadline."""

    known: int
    """Posts that start a deadline and whose first answer is known."""
    late: Pair
    newly_late: int
    no_longer_late: int


class Queue(msgspec.Struct, frozen=True):
    """First answers as a queue of one role would give them, against each plan's deadline."""

    role: str
    posts: Pair
    late: Pair


class Decided(msgspec.Struct, frozen=True):
    """Against what the team decided in the end; only posts of which that is known."""

    known: int
    red: int
    """Decided to be red."""
    false_alarms: Pair
    """Red or woken, where the team decided milder."""
    misses: Pair
    """Less than red, where the team decided red."""


class Difference(msgspec.Struct, frozen=True):
    """Two plans over one past. Tables of lights: none, green, amber, red."""

    plan_before: str
    plan_after: str
    posts: int
    first: datetime | None
    """When the first and the last post came in (as if live: for an archive, when they were written)."""
    last: datetime | None
    zone: str
    """The new plan's: weekdays and hours are told in it."""
    model: str
    """Versions of the readers that read the texts."""
    contexts_are: ContextsAre
    as_if_live: bool
    starting: int
    """Posts that start a deadline; the others are our own, or were brought in from the past."""
    lights: tuple[tuple[int, ...], ...]
    """4 × 4: a row for each light before, a column for each light after."""
    becomes_red: int
    stops_being_red: int
    changed: int
    """Posts whose light, route or deadline is another."""
    changed_light: int
    changed_route: int
    changed_deadlines: int
    woken: Pair
    """Posts that wake somebody."""
    newly_woken: int
    no_longer_woken: int
    alarms: tuple[Alarms, ...]
    """Who is woken how often, by role."""
    minutes_per_answer: float
    load: tuple[RoleLoad, ...]
    answered: Answered
    queues: tuple[Queue, ...]
    decided: Decided
    roster: str | None = None
    """The roster by which people are on duty; None: so many day and night, as `load` tells."""


class Side(msgspec.Struct, frozen=True):
    """What one plan makes of one post."""

    light: Light | None
    step: str
    role: str
    called: tuple[str, ...]
    wakes: bool
    first_answer_by: datetime | None
    reasons: tuple[Reason, ...]
    """The gravest first; words are made at the edge by `engine.messages.say`. They carry no evidence: a past holds no
    text."""


class ChangedPost(msgspec.Struct, frozen=True):
    """One post under both plans."""

    index: int
    """Its row in the past."""
    id: str
    at: datetime
    """When it came in; as if live, for an archive: when it was written."""
    decided: Light | None
    """What the team decided; None also where nobody did, see `decided_known`."""
    decided_known: bool
    before: Side
    after: Side
