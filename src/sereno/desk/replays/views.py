"""The one thing a page asks of this slice: judge the open cases again, by the plan in force."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sereno.desk.accounts.permissions import Action, brand_of
from sereno.desk.accounts.request import person
from sereno.desk.plans.queries import version_in_force
from sereno.desk.plans.refused import PlanRefused
from sereno.desk.plans.refused_words import refused_words
from sereno.desk.replays.applying import apply_to_open_cases, open_posts
from sereno.desk.shell import shell


@login_required
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks first: how many posts, and what stays."""
    brand = brand_of(person(request), slug, Action.CHANGE_PLAN)
    if request.method == "GET":
        context = {**shell(request, brand, "plan"), "posts": open_posts(brand).count(),
                   "version": version_in_force(brand)}  # fmt: skip
        return render(request, "plans/apply.html", context)
    try:
        posts = apply_to_open_cases(brand, by=person(request), now=timezone.now())
    except PlanRefused as refused:
        messages.error(request, refused_words(refused.code))
        return redirect("plan", slug=slug)
    messages.success(
        request,
        ngettext(
            "%(count)s post of open cases is judged again by the plan in force.",
            "%(count)s posts of open cases are judged again by the plan in force.",
            posts,
        )
        % {"count": posts},
    )
    return redirect("plan", slug=slug)
