"""How far an author reaches: the plan's levels, per network (R6)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sereno.engine.plan.model import ReachLevel

DEFAULT_NETWORK = "default"


def reach_ranks(
    networks: Sequence[str], followers: Sequence[int | None], levels: Sequence[ReachLevel]
) -> NDArray[np.int8]:
    """For each author the index of the highest level reached, -1 for none.

    A threshold is reached by *more than* that many followers, as the customer puts it ("more than 10,000
    followers on Instagram"). Levels go from the smallest to the largest.
    """
    ranks = np.full(len(networks), -1, dtype=np.int8)
    counts = np.array([count if count is not None else -1 for count in followers], dtype=np.int64)
    for rank, level in enumerate(levels):
        default = level.followers[DEFAULT_NETWORK]
        thresholds = np.array([level.followers.get(network, default) for network in networks], dtype=np.int64)
        ranks[counts > thresholds] = rank
    return ranks
