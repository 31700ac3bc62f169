"""What your team taught: how much there is to learn from, what was learnt, what it would change, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sereno.desk.accounts.models import Brand, User
from sereno.desk.accounts.permissions import Action, brand_of
from sereno.desk.accounts.request import person
from sereno.desk.intake.models import Post
from sereno.desk.learning import actions, queries
from sereno.desk.learning.actions import LearningRefused
from sereno.desk.learning.figures import Figures, correction_of, figures_of
from sereno.desk.learning.models import LearnedCorrection
from sereno.desk.learning.readers import own_reader, usable
from sereno.desk.learning.words import lesson_words
from sereno.desk.listening.models import Judgement
from sereno.desk.shell import shell
from sereno.engine.correction import RED_DECISIONS, RED_PEOPLE
from sereno.engine.learning.decisions import Agreement, TooFew
from sereno.engine.learning.moves import strongest
from sereno.engine.read import ReaderBusy

REFUSALS: dict[str, Promise] = {
    "no-plan": gettext_lazy("No plan is in force. A light can be learnt only beside a plan."),
    "not-proposed": gettext_lazy("This correction no longer waits for a decision. The page shows how it stands now."),
    "not-active": gettext_lazy("This correction is not at work. There is nothing to undo."),
    "reader-busy": gettext_lazy("The reader is busy with new posts. Try again in a moment."),
    "no-better": gettext_lazy("It was measured to be no better than reading without it, so it stays off."),
}
EXCERPT = 180


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the table: of `decided` decisions so many as the team made them, without and with the correction."""

    group: str
    """`light`, `kind`, or empty for a line that is named in words."""
    of: str
    decided: int
    before: int
    after: int

    @property
    def before_share(self) -> int:
        return round(100 * self.before / self.decided) if self.decided else 0

    @property
    def after_share(self) -> int:
        return round(100 * self.after / self.decided) if self.decided else 0


@dataclass(frozen=True, slots=True)
class ExampleRow:
    post: int
    text: str
    language: str
    hostile: bool
    case: int | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """A correction with all that the page says of it."""

    row: LearnedCorrection
    figures: Figures
    bars: list[Bar]
    kinds: list[Bar]
    examples: list[ExampleRow]
    graver: list[str]
    milder: list[str]
    usable: bool
    other_reader: bool
    """It was measured on another version of the reader."""
    by: str


@login_required
@require_GET
def learning_page(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug)
    at_work, proposed = queries.at_work(brand), queries.proposed(brand)
    context = {
        **shell(request, brand, "plan"),
        "counts": queries.counts(brand),
        "active": _told(at_work) if at_work else None,
        "proposed": _told(proposed) if proposed else None,
        "earlier": _earlier(brand),
        "switched": queries.corrections(brand).filter(activated_at__isnull=False).exists(),
        "living": actions.living_posts(brand).count(),
        "red_decisions": RED_DECISIONS,
        "red_people": RED_PEOPLE,
    }
    return render(request, "learning/learning.html", context)


def _told(row: LearnedCorrection) -> Told:
    figures = figures_of(row)
    strong = strongest(correction_of(row))
    effect = figures.effect
    return Told(
        row=row,
        figures=figures,
        bars=[
            _bar(effect.light, "", _("All decisions")),
            _bar(effect.overruled, "", _("Overruled")),
            _bar(effect.stood, "", _("Let stand")),
            *(_bar(each, "light", each.of) for each in effect.lights),
        ],
        kinds=[_bar(each, "kind", each.of) for each in effect.kinds],
        examples=_examples(row.brand, figures),
        graver=lesson_words(strong["graver"]),
        milder=lesson_words(strong["milder"]),
        usable=usable(row),
        other_reader=row.reader != own_reader().model,
        by=_name(row.activated_by_id or row.made_by_id),
    )


def _bar(agreement: Agreement, group: str, of: str) -> Bar:
    return Bar(group, of, agreement.decided, agreement.before, agreement.after)


def _examples(brand: Brand, figures: Figures) -> list[ExampleRow]:
    """Posts that are still here; one that was erased since is left out."""
    posts = Post.objects.filter(brand=brand, pk__in=[e.post for e in figures.examples], text__isnull=False)
    found = {post.pk: post for post in posts.select_related("text", "case_post")}
    hostile = Judgement.objects.filter(post__in=found, current=True, reading__hostile__gte=0.5)
    veiled = set(hostile.values_list("post_id", flat=True))
    return [
        ExampleRow(
            example.post, _excerpt(post.text.whole()), post.lang_hint.partition("-")[0],
            example.post in veiled, getattr(getattr(post, "case_post", None), "case_id", None),
            example.before, example.after,
        )
        for example in figures.examples
        if (post := found.get(example.post)) is not None
    ]  # fmt: skip


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT].rstrip()} …"


def _earlier(brand: Brand) -> list[tuple[LearnedCorrection, str]]:
    """All corrections, the newest first, each with who had the last word on it."""
    return [
        (row, _name(row.ended_by_id or row.activated_by_id or row.made_by_id))
        for row in queries.corrections(brand)[:20]
    ]


def _name(pk: int | None) -> str:
    user = User.objects.filter(pk=pk).first() if pk else None
    return str(user) if user else _("command line")


@login_required
@require_POST
def learn(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug, Action.CHANGE_PLAN)
    try:
        made = actions.propose(brand, reader=own_reader(), by=person(request), now=timezone.now())
    except LearningRefused as refusal:
        messages.error(request, str(REFUSALS[refusal.code]))
    except ReaderBusy:
        messages.error(request, str(REFUSALS["reader-busy"]))
    else:
        if isinstance(made, TooFew):
            messages.error(request, too_few_words(made))
        else:
            messages.success(request, _("Learnt and measured. Nothing changes until you switch it on."))
    return redirect("learning", slug=slug)


def too_few_words(few: TooFew) -> str:
    """Why there is nothing to learn yet, and how much is missing."""
    if few.why == "decisions":
        return ngettext(
            "There is not enough yet: %(have)s of %(needed)s overruled decisions. %(n)s more is needed.",
            "There is not enough yet: %(have)s of %(needed)s overruled decisions. %(n)s more are needed.",
            few.missing,
        ) % {"have": few.have, "needed": few.needed, "n": few.missing}
    if few.why == "events":
        return _("The overruled decisions are about %(have)s events; measuring needs at least %(needed)s.") % {
            "have": few.have,
            "needed": few.needed,
        }
    return _("Nothing in the posts' words would bring about these decisions. They are a matter for the plan.")


def _deed(name: str) -> Any:
    """A view that asks on a page of its own, then does it."""

    @login_required
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        brand = brand_of(person(request), slug, Action.CHANGE_PLAN)
        row = queries.corrections(brand).filter(pk=pk).first()
        if row is None:
            raise Http404("no such correction")
        if request.method == "GET":
            context = {**shell(request, brand, "plan"), "deed": name, "told": _told(row)}
            return render(request, "learning/confirm.html", context)
        try:
            DEEDS[name](row, by=person(request), now=timezone.now())
        except LearningRefused as refusal:
            messages.error(request, str(REFUSALS[refusal.code]))
        else:
            messages.success(request, str(SAID[name]))
        return redirect("learning", slug=slug)

    return view


DEEDS: dict[str, Any] = {"activate": actions.activate, "undo": actions.undo, "discard": actions.discard}
SAID: dict[str, Promise] = {
    "activate": gettext_lazy("It is at work: new posts are read with it. You can undo it here."),
    "undo": gettext_lazy("Undone. New posts are read as before."),
    "discard": gettext_lazy("Thrown away."),
}
activate, undo, discard = _deed("activate"), _deed("undo"), _deed("discard")


@login_required
@require_POST
def read_again(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug, Action.CHANGE_PLAN)
    posts = actions.read_again(brand, by=person(request), now=timezone.now())
    messages.success(
        request,
        ngettext("%(n)s post is read again.", "%(n)s posts are read again, a little at a time.", posts) % {"n": posts},
    )
    return redirect("learning", slug=slug)
