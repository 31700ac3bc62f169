"""The plan's guides for one case, with those who were called by name: what to read before anything is answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sereno.desk.cases.called import people_of, roles_in
from sereno.desk.cases.models import LIGHT_RANKS, Case, CaseState
from sereno.desk.listening.models import Judgement, Overrule
from sereno.desk.plans.titles import GuideCard, guide_card, role_title
from sereno.engine.plan.model import Plan


@dataclass(frozen=True, slots=True)
class CalledRole:
    """A role that was called by name."""

    title: str
    people: tuple[str, ...]
    """Who fills it; empty where nobody on the desk does."""


def guides_of(case: Case, judged: Sequence[Judgement], plan: Plan | None) -> list[GuideCard]:
    """Each guide that a post of the case calls for, once; the folded ones last."""
    if plan is None:
        return []
    known = {guide.guide: guide for guide in plan.guides}
    milder = _set_milder(judged)
    folded: dict[str, bool] = {}
    for judgement in judged:
        for name in judgement.guides:
            in_front = case.state != CaseState.CLOSED and judgement.post_id not in milder
            folded[name] = folded.get(name, True) and not in_front
    cards = [guide_card(known[name], plan, folded=away) for name, away in folded.items() if name in known]
    return sorted(cards, key=lambda card: card.folded)


def _set_milder(judged: Iterable[Judgement]) -> set[int]:
    """Posts whose light a person set milder than it was judged."""
    lights = {judgement.post_id: judgement.light for judgement in judged if judgement.guides}
    overruled = Overrule.objects.filter(post__in=list(lights), current=True).values_list("post_id", "to_light")
    return {post for post, light in overruled if LIGHT_RANKS[light] < LIGHT_RANKS[lights[post]]}


def called_roles(case: Case, plan: Plan | None) -> list[CalledRole]:
    if plan is None:
        return []
    return [
        CalledRole(role_title(plan, role), tuple(people_of(case.brand, plan, role))) for role in roles_in(case.called)
    ]
