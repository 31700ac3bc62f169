"""How far an author reaches: the plan's levels, per network (R6)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sereno.engine.columns import Coded
from sereno.engine.plan.model import ReachLevel

DEFAULT_NETWORK = "default"
_MOST = int(np.iinfo(np.int64).max)


def reach_ranks(networks: Coded[str], followers: NDArray[np.int64], levels: Sequence[ReachLevel]) -> NDArray[np.int8]:
    """For each author the index of the highest level reached, -1 for none (nor where the count is not known).

    A threshold is reached by *more than* that many followers, as the customer puts it ("more than 10,000
    followers on Instagram"). Levels go from the smallest to the largest.
    """
    ranks = np.full(len(networks), -1, dtype=np.int8)
    for rank, level in enumerate(levels):
        ranks[followers > networks.each(partial(_threshold, level))] = rank
    return ranks


def _threshold(level: ReachLevel, network: str) -> int:
    return min(level.followers.get(network, level.followers[DEFAULT_NETWORK]), _MOST)
