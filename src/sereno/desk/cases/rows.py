"""Rows of the inbox, ready to be drawn: everything a row shows, in a number of queries that does not grow with rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sereno.desk.accounts.models import User
from sereno.desk.cases import marking
from sereno.desk.cases.due import Due, next_due
from sereno.desk.cases.happenings import news_in_words, news_since_correction
from sereno.desk.cases.models import Case
from sereno.desk.cases.standstill import reasons_of_standstill
from sereno.desk.cases.veil import veil_words
from sereno.desk.intake.models import Author, Post
from sereno.desk.listening.models import Judgement, Overrule
from sereno.desk.listening.stored import reasons_of
from sereno.desk.plans.models import PlanVersion
from sereno.desk.plans.queries import plan_of
from sereno.desk.plans.titles import area_title, role_title
from sereno.desk.words import language, names_of
from sereno.engine.judge import Reason
from sereno.engine.messages import guide_words, say
from sereno.engine.plan.model import Plan

CONTEXT = frozenset({"reach", "shares", "shares_per_hour", "repeat_contact", "open_promise", "story", "storm"})
"""Signals that do not stand in the post's words."""
ROW_RELATIONS = ("author__identity", "owner", "deciding_post__text")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reason in the reader's words, with the words of the post that speak for it."""

    reason: Reason
    words: str
    quotes: tuple[str, ...]

    @property
    def light(self) -> str | None:
        return self.reason.light


@dataclass(frozen=True)
class Row:
    case: Case
    judgement: Judgement | None
    overrule: Overrule | None
    overruled_by: str
    plan: Plan | None
    """Of the version that judged it."""
    now: datetime
    pause_reason: str = ""
    """Why its clock stands still."""
    news_count: int = 0
    """Reasons that are new since a person last set the light."""

    @property
    def post(self) -> Post:
        return self.case.deciding_post

    @cached_property
    def due(self) -> Due | None:
        return next_due(self.case, self.now)

    @property
    def text(self) -> SafeString:
        return marking.as_html(marking.excerpt(whole_text(self.post), self.spans))

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        return reasons_of(self.judgement) if self.judgement else ()

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The words of the first reason; where it has none, all that the reader of the text found. Where a person set
        the light, no words of the text did."""
        if self.overrule is not None:
            return []
        first = spans_of(self.reasons[:1])
        return first or (evidence_spans(self.judgement) if self.judgement else [])

    @property
    def reason(self) -> str:
        if self.overrule is not None:
            return _("%(who)s set this light.") % {"who": self.overruled_by}
        if not self.reasons or self.plan is None:
            return ""
        return say(in_short(self.reasons[0]), language(), self.plan)

    @property
    def news(self) -> str:
        return news_in_words(self.news_count) if self.news_count else ""

    @property
    def slot(self) -> str:
        """The case's number, for the ids of the row's parts."""
        return str(self.case.pk)

    @property
    def veil(self) -> str:
        """Why the text is hidden until somebody chooses to read it; empty where it is not."""
        return veil_words(self.judgement) if whole_text(self.post) else ""

    @property
    def guide(self) -> str:
        """What the guide that goes with the post is called, where a person did not set its light."""
        if self.overrule is not None or self.plan is None or self.judgement is None or not self.judgement.guides:
            return ""
        return guide_words(self.judgement.guides[0], language(), self.plan)

    @property
    def turn(self) -> str:
        """Whose turn it is: the role of the plan."""
        return role_title(self.plan, self.case.role) if self.case.role else ""

    @property
    def area(self) -> str:
        """The area, where its name says more than the role that owns it."""
        title = area_title(self.plan, self.case.area)
        return "" if title == self.turn else title

    @property
    def author(self) -> str:
        return author_name(self.case.author)

    @property
    def reach(self) -> str:
        """The plan's name of the author's reach, where it is large enough to have one."""
        return reach_title(self.judgement, self.plan)


def in_short(reason: Reason) -> Reason:
    """The reason with only what context adds to its rule's title: reach, shares, how often. The rest is in the post."""
    if reason.message != "rule":
        return reason
    return replace(reason, conditions=tuple(c for c in reason.conditions if c.signal in CONTEXT))


def rows(cases: Sequence[Case], now: datetime) -> list[Row]:
    """`cases` come with `ROW_RELATIONS` selected."""
    posts = [case.deciding_post_id for case in cases]
    judged = {
        judgement.post_id: judgement
        for judgement in Judgement.objects.filter(post__in=posts, current=True).select_related("reading")
    }
    overruled = {overrule.post_id: overrule for overrule in Overrule.objects.filter(post__in=posts, current=True)}
    people = dict(User.objects.filter(pk__in={o.by_id for o in overruled.values()}).values_list("pk", "name"))
    news, still = news_since_correction(cases), reasons_of_standstill(cases)
    plans = plans_of({judgement.plan_version_id for judgement in judged.values()})
    return [
        Row(
            case=case,
            judgement=(judgement := judged.get(case.deciding_post_id)),
            overrule=(overrule := overruled.get(case.deciding_post_id)),
            overruled_by=people.get(overrule.by_id, "—") if overrule else "",
            plan=plans.get(judgement.plan_version_id) if judgement else None,
            now=now,
            news_count=news.get(case.pk, 0),
            pause_reason=still.get(case.pk, ""),
        )
        for case in cases
    ]


def plans_of(versions: Iterable[int]) -> dict[int, Plan]:
    return {version.pk: plan_of(version) for version in PlanVersion.objects.filter(pk__in=list(versions))}


def whole_text(post: Post) -> str:
    """What the post says; nothing where its text was erased."""
    text = getattr(post, "text", None)
    return text.whole() if text is not None else ""


def spans_of(reasons: Iterable[Reason]) -> list[tuple[int, int]]:
    return sorted({(e.start, e.end) for r in reasons for condition in r.conditions for e in condition.evidence})


def evidence_spans(judgement: Judgement) -> list[tuple[int, int]]:
    return [(start, end) for _signal, start, end in judgement.reading.evidence]


def spoken(reasons: Sequence[Reason], plan: Plan, text: str) -> list[Spoken]:
    return [
        Spoken(
            reason,
            say(reason, language(), plan),
            tuple(dict.fromkeys(text[start:end] for start, end in spans_of([reason]) if end <= len(text))),
        )
        for reason in reasons
    ]


def author_name(author: Author | None) -> str:
    """As the network shows the person; plain words where that was erased or never told."""
    identity = getattr(author, "identity", None)
    if identity is None:
        return _("Author unknown")
    return identity.name or handle_of(author) or _("Author unknown")


def handle_of(author: Author | None) -> str:
    """The handle as its network writes it: with an @ before it, but for addresses of mail."""
    identity = getattr(author, "identity", None)
    if author is None or identity is None or not identity.handle:
        return ""
    handle: str = identity.handle.lstrip("@")
    return handle if author.network in ("email", "mail") else f"@{handle}"


def reach_title(judgement: Judgement | None, plan: Plan | None) -> str:
    if judgement is None or plan is None or not judgement.reach_level:
        return ""
    level = next((level for level in plan.reach if level.level == judgement.reach_level), None)
    return names_of(level.title, plan.brand.languages) if level else judgement.reach_level
