"""What a plan would have made of each post of the past: lights, whose turn, who is woken, by when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sereno.engine.columns import Coded, Instants, Mask

DEADLINES = ("acknowledge_by", "first_answer_by", "next_answer_by", "resolve_by", "statutory_by")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome:
    """One plan over n posts; every column has length n. The same values as in `judge()`'s answer."""

    plan: str
    as_if_live: bool
    """True: posts that were brought in from the past count as if they had come in when they were written."""
    light: NDArray[np.int8]
    """-1 none, 0 green, 1 amber, 2 red."""
    text_light: NDArray[np.int8]
    reach: Coded[str | None]
    """The author's level of reach."""
    step: Coded[str]
    """Where the post enters the chain."""
    role: Coded[str]
    """Whose turn it is: the role that the gravest rule calls, else the step's."""
    step_role: Coded[str]
    """The role of the step itself."""
    area: Coded[str | None]
    called: Coded[tuple[str, ...]]
    """Roles that rules call by name, the gravest rule's first."""
    guides: Coded[tuple[str, ...]]
    chain_waits: Mask
    always: Mask
    """The step's clock runs round the clock; elsewhere in duty hours only."""
    starts: Mask
    """The post starts its deadlines: it is not our own, nor brought in from the past."""
    wakes: Mask
    start: Instants
    """When its clocks begin; told for every post."""
    acknowledge_by: Instants
    """This and the following: NaT where no deadline was started."""
    first_answer_by: Instants
    next_answer_by: Instants
    resolve_by: Instants
    statutory_by: Instants
    law: Coded[str | None]

    def __len__(self) -> int:
        return len(self.light)
