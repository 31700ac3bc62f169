"""The light of a case: the gravest of its posts, a person's overruling counted."""

from __future__ import annotations

from typing import cast

from sereno.desk.cases.called import joined
from sereno.desk.cases.models import LIGHT_RANKS, Case
from sereno.desk.listening.models import Judgement, KindOverrule, Overrule
from sereno.engine.plan.model import Light


def effective_lights(case: Case) -> dict[int, Light | None]:
    """Light of each judged post of the case, by post id: what a person said, else what was judged."""
    judged = Judgement.objects.filter(post__case_post__case=case, post__own=False, current=True)
    overruled = Overrule.objects.filter(post__case_post__case=case, current=True)
    lights = dict(judged.values_list("post_id", "light")) | dict(overruled.values_list("post_id", "to_light"))
    return cast(dict[int, Light | None], lights)


def recompute_light(case: Case) -> None:
    """Set the case's light and deciding post anew from its posts. Saves nothing."""
    lights = effective_lights(case)
    if not lights:  # nobody but ourselves wrote in it
        case.light, case.light_rank = None, 0
        return
    calls = _calls(case, lights)
    # of two equally grave posts, the one that calls somebody by name is the one to be read first
    deciding = max(lights, key=lambda post: (LIGHT_RANKS[lights[post]], post in calls, post))
    case.called = joined(more=(role for post in sorted(calls) for role in calls[post]))
    case.deciding_post_id = deciding
    case.light, case.light_rank = lights[deciding], LIGHT_RANKS[lights[deciding]]
    judgement = Judgement.objects.select_related("reading").get(post=deciding, current=True)
    case.kind, case.topic = told_kind(judgement), judgement.reading.topic
    case.language = judgement.reading.language
    if judgement.light == case.light:
        case.step, case.role, case.area = judgement.step, judgement.role, judgement.area
        case.chain_waits = judgement.chain_waits


def told_kind(judgement: Judgement) -> str:
    """What a person said of these words, else what was read. Other words are another matter: they are read anew."""
    told = (
        KindOverrule.objects.filter(post=judgement.post_id, current=True).select_related("judgement__reading").first()
    )
    if told is None or told.judgement.reading.text_digest != judgement.reading.text_digest:
        return judgement.reading.kind
    return told.to_kind


def _calls(case: Case, lights: dict[int, Light | None]) -> dict[int, list[str]]:
    """The roles that each post of the case calls by name, where nobody said that its light is milder."""
    judged = Judgement.objects.filter(post__case_post__case=case, post__own=False, current=True)
    return {
        post: called
        for post, light, called in judged.values_list("post_id", "light", "called")
        if called and LIGHT_RANKS[lights[post]] >= LIGHT_RANKS[light]
    }


def unanswered_complaint(case: Case) -> bool:
    """Whether a complaint stands in the case that nobody answered since it came: it is never closed without words."""
    complaints = Judgement.objects.filter(
        post__case_post__case=case, post__own=False, current=True, reading__kind="complaint"
    )
    if case.answered_at is not None:
        complaints = complaints.filter(post__received_at__gt=case.answered_at)
    return complaints.exists()
