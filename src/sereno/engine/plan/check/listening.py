"""Watches, levels of reach, and the networks that a plan speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from sereno.engine.messages import keys
from sereno.engine.plan.check.issue import Issue, error, warning
from sereno.engine.plan.model import Plan
from sereno.engine.plan.nodes import Path
from sereno.engine.plan.reach import DEFAULT_NETWORK
from sereno.engine.plan.suggest import nearest
from sereno.engine.watches import watch_faults

LARGEST_ACCOUNT = 1_000_000_000
"""Followers. No account anywhere has as many (the largest had some 700 million in 2026)."""
WITHOUT_FOLLOWERS = frozenset({"email", "whatsapp", "google_reviews", "trustpilot", "reviews", "rss", "wordpress"})
"""Networks that tell no follower counts of those who write."""


def watches(plan: Plan) -> Iterator[Issue]:
    """Watch rules that cannot be read, and terms that find too much."""
    index = {watch.watch: number for number, watch in enumerate(plan.watches)}
    for fault in watch_faults(plan.watches):
        where: Path = ("watches", index[fault.watch])
        yield Issue("error", where, fault.code, {"at_part": "watch", "at_name": fault.watch, **fault.values})


def reach(plan: Plan) -> Iterator[Issue]:
    """Levels have a default and grow from the smallest to the largest on every network."""
    for index, level in enumerate(plan.reach):
        where: Path = ("reach", index, "followers")
        if DEFAULT_NETWORK not in level.followers:
            yield error(where, "reach-without-default", level=level.level)
        for network, followers in level.followers.items():
            if followers >= LARGEST_ACCOUNT:
                yield error((*where, network), "reach-beyond-everybody", level=level.level, network=network)
            elif network in WITHOUT_FOLLOWERS:
                yield warning((*where, network), "reach-never-told", part="level", name=level.level, network=network)
    complete = [(i, level) for i, level in enumerate(plan.reach) if DEFAULT_NETWORK in level.followers]
    for (_, smaller), (index, larger) in pairwise(complete):
        for network in dict.fromkeys([*smaller.followers, *larger.followers]):
            low = smaller.followers.get(network, smaller.followers[DEFAULT_NETWORK])
            high = larger.followers.get(network, larger.followers[DEFAULT_NETWORK])
            if high <= low:
                yield error(
                    ("reach", index, "followers", network),
                    "reach-out-of-order",
                    level=larger.level,
                    smaller=smaller.level,
                    network=network,
                    high=high,
                    low=low,
                )


@lru_cache(maxsize=1)
def known_networks() -> tuple[str, ...]:
    """The networks we have a word for; a connector of one's own may bring others."""
    return tuple(sorted(key.removeprefix("network-") for key in keys("en") if key.startswith("network-")))


def networks(plan: Plan) -> Iterator[Issue]:
    """Every network that the plan names is one we speak of; another one may be a slip of the pen."""
    for where, network in _named_networks(plan):
        if network not in known_networks():
            near = nearest(network, known_networks())
            yield warning(where, "network-unknown", network=network, **({"near": near} if near else {}))


def _named_networks(plan: Plan) -> Iterator[tuple[Path, str]]:
    for i, audience in enumerate(plan.brand.audiences):
        yield from _each(("brand", "audiences", i, "networks"), audience.networks)
    for i, level in enumerate(plan.reach):
        for network in level.followers:
            if network != DEFAULT_NETWORK:
                yield ("reach", i, "followers", network), network
    for i, rule in enumerate(plan.lights):
        yield from _each(("lights", i, "when", "network"), rule.when.network or ())
    for i, entry in enumerate(plan.catalogue):
        yield from _each(("catalogue", i, "networks"), entry.networks)
    for i, tone in enumerate(plan.policy.networks if plan.policy else ()):
        yield ("policy", "networks", i, "to"), tone.to
    for i, scenario in enumerate(plan.scenarios):
        for n, trigger in enumerate(scenario.triggers):
            yield from _each(("scenarios", i, "triggers", n, "network"), trigger.network or ())
    for i, test in enumerate(plan.tests):
        yield ("tests", i, "post", "network"), test.post.network


def _each(where: Path, names: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    return (((*where, n), name) for n, name in enumerate(names))
