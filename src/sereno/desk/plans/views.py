"""The plan in force, to be read by everybody it concerns."""

from __future__ import annotations

from typing import Any

from babel.lists import format_list
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sereno.desk.accounts.permissions import brand_of
from sereno.desk.accounts.request import person
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.desk.plans.sentences import duty_week, guide_card, length, reach_thresholds, role_title, rule_sentence
from sereno.desk.shell import shell
from sereno.desk.words import language, names_of, word
from sereno.engine import messages
from sereno.engine.plan.model import LIGHTS, Plan


@login_required
@require_GET
def plan_page(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug)
    version = version_in_force(brand)
    context = {**shell(request, brand, "plan"), "version": version}
    if version is not None:
        context |= _told(plan_of(version))
    return render(request, "plans/plan.html", context)


def _told(plan: Plan) -> dict[str, Any]:
    """The plan in the reader's words."""

    def say(texts: Any) -> str:
        return names_of(texts, plan.brand.languages)

    sentences = [rule_sentence(rule, plan) for rule in plan.lights]
    return {
        "plan": plan,
        "languages": format_list(
            [messages.language_name(code, language()) for code in plan.brand.languages], locale=language()
        ),
        "lights": [(light, [s for s in sentences if s.light == light]) for light in reversed(LIGHTS)],
        "guides": [guide_card(guide, plan) for guide in plan.guides],
        "chain": [
            (step, say(step.title), role_title(plan, step.role), length(step.acknowledge_within, step.clock))
            for step in plan.chain
        ],
        "targets": [
            (t, *(length(each, t.clock) for each in (t.acknowledge, t.first_answer, t.next_answer, t.resolution)))
            for t in sorted(plan.targets, key=lambda t: ("red", "amber", "green", "none").index(t.degree))
        ],
        "week": duty_week(plan.duty_hours),
        "reach": [(say(level.title), reach_thresholds(level)) for level in plan.reach],
        "areas": [
            (say(area.title), role_title(plan, area.owner), [word("topic", topic) for topic in area.topics])
            for area in plan.areas
        ],
        "watches": plan.watches,
        "statutory": plan.statutory,
        "catalogue": [
            (
                say(c.title),
                word("topic", c.topic),
                say(c.substance),
                say(c.if_valid),
                say(c.if_false),
                role_title(plan, c.decides),
            )
            for c in plan.catalogue
        ],
    }
