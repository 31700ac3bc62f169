"""Replaying a draft over the stored posts: asked for, watched, and read as a table of the posts that change."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from sereno.desk.accounts.permissions import Action, brand_of, may
from sereno.desk.accounts.request import person, whole_number
from sereno.desk.plans import results
from sereno.desk.plans.actions import ask_replay, cancel_replay
from sereno.desk.plans.models import PlanDraft, PlanReplay, ReplayedPost, ReplayState
from sereno.desk.plans.pages.draft import found_draft, replay_told
from sereno.desk.plans.pages.history import as_plan
from sereno.desk.plans.queries import plan_of
from sereno.desk.plans.refused import PlanRefused
from sereno.desk.plans.refused_words import refused_words
from sereno.desk.plans.titles import role_title
from sereno.desk.shell import shell
from sereno.desk.words import language
from sereno.engine.messages import say
from sereno.engine.plan.model import Plan

PAGE = 50
MINUTES = 10
"""That one answer takes, where nobody says."""
LONGEST_ANSWER = 24 * 60
"""Minutes that one answer may take."""

ENDINGS = ("csv", "jsonl")

ORDERS: dict[str, Promise] = {
    "gravest": gettext_lazy("The gravest first"),
    "rises": gettext_lazy("What becomes graver first"),
    "falls": gettext_lazy("What becomes milder first"),
    "newest": gettext_lazy("The newest first"),
    "oldest": gettext_lazy("The oldest first"),
    "network": gettext_lazy("By network"),
    "before": gettext_lazy("The gravest before first"),
}
CHOICES: dict[str, Promise] = {
    "becomes_red": gettext_lazy("Becomes red"),
    "stops_being_red": gettext_lazy("Is no longer red"),
    "graver": gettext_lazy("Graver"),
    "milder": gettext_lazy("Milder"),
    "same_light": gettext_lazy("Same light, another way"),
    "other_role": gettext_lazy("Another role answers"),
    "wakes": gettext_lazy("Newly calls somebody at once"),
    "wakes_no_more": gettext_lazy("No longer calls anybody at once"),
    "false_alarm": gettext_lazy("False alarm"),
    "missed": gettext_lazy("Missed"),
    "newly_found": gettext_lazy("Newly found"),
    "no_longer_found": gettext_lazy("No longer found"),
}


@dataclass(frozen=True, slots=True)
class ChangedRow:
    row: ReplayedPost
    before: str | None
    after: str | None
    why_before: str
    why_after: str
    role_before: str
    role_after: str
    who: str
    case: int | None


@login_required
@require_POST
def ask(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    brand = brand_of(person(request), slug, Action.CHANGE_PLAN)
    minutes = whole_number(request.POST.get("minutes", "")) or MINUTES
    try:
        ask_replay(
            found_draft(brand, number), by=person(request), now=timezone.now(),
            minutes_per_answer=min(minutes, LONGEST_ANSWER),
            as_if_live=bool(request.POST.get("as_if_live")),
        )  # fmt: skip
    except PlanRefused as refused:
        messages.error(request, refused_words(refused.code))
    return redirect("plan_draft", slug=slug, number=number)


@login_required
@require_POST
def cancel(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    brand = brand_of(person(request), slug, Action.CHANGE_PLAN)
    replay = results.latest_replay(found_draft(brand, number))
    try:
        if replay is None:
            raise PlanRefused("not-running")
        cancel_replay(replay, by=person(request), now=timezone.now())
    except PlanRefused as refused:
        messages.error(request, refused_words(refused.code))
    return redirect("plan_draft", slug=slug, number=number)


@login_required
@require_GET
def progress(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """How far the replay is; asked for again and again while it runs. Once it is over, the page is drawn anew."""
    brand = brand_of(person(request), slug)
    draft = found_draft(brand, number)
    replay = results.latest_replay(draft)
    if replay is None or replay.state not in (ReplayState.WAITING, ReplayState.RUNNING):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context = {"brand": brand, "draft": draft, "replay": replay}
    return render(
        request, "plans/_progress.html", {**context, "may_stop": may(person(request), Action.CHANGE_PLAN, brand)}
    )


@login_required
@require_GET
def changed_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    brand = brand_of(person(request), slug)
    draft = found_draft(brand, number)
    replay = _done(draft)
    order, only = _asked(request)
    rows = results.changed_posts(replay, order=order, only=only)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    plans = plan_of(replay.against), as_plan(replay.text)
    context = {
        **shell(request, brand, "plan"),
        **replay_told(draft, replay),
        "draft": draft,
        "page": page,
        "rows": [changed_row(row, *plans) for row in page.object_list],
        "order": order,
        "only": only or "",
        "orders": ORDERS.items(),
        "choices": CHOICES.items(),
        "query": _query(order, only),
        "unstored": max(0, replay.changed - results.MOST_STORED),
    }
    return render(request, "plans/changed.html", context)


def changed_row(row: ReplayedPost, before: Plan, after: Plan | None) -> ChangedRow:
    author = row.post.author
    identity = getattr(author, "identity", None)
    return ChangedRow(
        row=row,
        before=results.light_of(row.rank_before),
        after=results.light_of(row.rank_after),
        why_before=_why(row, before, before=True),
        why_after=_why(row, after or before, before=False),
        role_before=role_title(before, row.role_before) if row.role_before else "",
        role_after=role_title(after or before, row.role_after) if row.role_after else "",
        who=(identity.name or identity.handle) if identity else "",
        case=getattr(getattr(row.post, "case_post", None), "case_id", None),
    )


def _why(row: ReplayedPost, plan: Plan, *, before: bool) -> str:
    """The first reason, in words."""
    reasons = results.reasons_of_post(row, before=before)
    if not reasons:
        watched = row.watched_before if before else row.watched_after
        return "" if watched else _("No watch finds it.")
    return say(reasons[0], language(), plan)


def _done(draft: PlanDraft) -> PlanReplay:
    found = PlanReplay.objects.filter(draft=draft, state=ReplayState.DONE).select_related("against").order_by("-pk")
    replay = found.first()
    if replay is None:
        raise Http404("this draft was not replayed yet")
    return replay


def _asked(request: HttpRequest) -> tuple[str, str | None]:
    order, only = request.GET.get("order", ""), request.GET.get("only", "")
    return order if order in results.ORDERS else "gravest", only if only in results.FILTERS else None


def _query(order: str, only: str | None) -> str:
    return f"order={order}" + (f"&only={only}" if only else "")


@login_required
@require_GET
def export(request: HttpRequest, slug: str, number: int, ending: str) -> StreamingHttpResponse:
    """The changed posts as a file, in the order and choice of the table."""
    brand = brand_of(person(request), slug)
    if ending not in ENDINGS:
        raise Http404("no such file")
    replay = _done(found_draft(brand, number))
    order, only = _asked(request)
    rows = results.export_rows(replay, order=order, only=only)
    written, kind = (as_csv(rows), "text/csv") if ending == "csv" else (as_jsonl(rows), "application/x-ndjson")
    name = f"{slug}-replay-{replay.pk}.{ending}"
    return StreamingHttpResponse(
        written,
        content_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


def as_jsonl(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


class _Echo:
    """A file that hands back what is written into it."""

    def write(self, line: str) -> str:
        return line


def as_csv(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    """With the byte-order mark that spreadsheets want. Names of posts come from strangers: no cell is a formula."""
    writer = csv.writer(_Echo())
    first = True
    for row in rows:
        if first:
            yield "\ufeff" + str(writer.writerow(row))
            first = False
        yield str(writer.writerow([harmless(value) for value in row.values()]))


def harmless(value: object) -> object:
    """A text that a spreadsheet would run begins with an apostrophe instead; numbers stay as they are."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else value
