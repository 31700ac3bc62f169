"""All that one case page shows: the thread as it stands in public, who this is, why this light, whose turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlsplit

from babel.lists import format_list
from django.db.models import OuterRef, Q, Subquery
from django.utils.safestring import SafeString

from sereno.desk.accounts.models import Brand, User
from sereno.desk.cases import marking
from sereno.desk.cases.due import Due, all_due
from sereno.desk.cases.guidance import CalledRole, called_roles, guides_of
from sereno.desk.cases.happenings import happened, named_in, news_in_words, news_since_correction, one_for_each_act
from sereno.desk.cases.models import Case, CaseEvent, CaseNote, CasePost, CaseState
from sereno.desk.cases.rows import (
    ROW_RELATIONS,
    Spoken,
    author_name,
    handle_of,
    plans_of,
    reach_title,
    spans_of,
    spoken,
    whole_text,
)
from sereno.desk.cases.veil import veil_words
from sereno.desk.intake.models import Author, Post
from sereno.desk.learning.words import taught_words
from sereno.desk.listening.models import Judgement, Mention, Overrule
from sereno.desk.listening.stored import reasons_of, taught_of
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.desk.plans.titles import GuideCard, area_title, role_title
from sereno.desk.words import language, names_of
from sereno.engine.plan.model import AREA_OWNER, Plan, Step

THREAD_LIMIT = 200
HISTORY_LIMIT = 200


@dataclass(frozen=True)
class ThreadPost:
    """A post of the conversation, as it stands in public."""

    post: Post
    judgement: Judgement | None
    mine: bool
    """It belongs to this case."""
    decides: bool
    """It gave the case its light."""

    @property
    def who(self) -> str:
        return author_name(self.post.author)

    @property
    def handle(self) -> str:
        return handle_of(self.post.author)

    @property
    def language(self) -> str:
        language = self.judgement.reading.language if self.judgement else self.post.lang_hint
        return "" if language in ("und", "mul") else language

    @property
    def text(self) -> SafeString:
        theirs = self.mine and not self.post.own
        spans = _deciding_spans(self.judgement) if self.judgement is not None and theirs else []
        return marking.as_html(marking.pieces(whole_text(self.post), spans))

    @property
    def slot(self) -> str:
        """The post's number, for the ids of its parts."""
        return str(self.post.pk)

    @property
    def veil(self) -> str:
        """Why the text is hidden until somebody chooses to read it; empty where it is not."""
        return "" if self.post.own or self.erased else veil_words(self.judgement)

    @property
    def erased(self) -> bool:
        return getattr(self.post, "text", None) is None

    @property
    def link(self) -> str:
        return safe_link(getattr(getattr(self.post, "text", None), "url", ""))


def _deciding_spans(judgement: Judgement) -> list[tuple[int, int]]:
    """The words that speak for the light that was given; where none do, all that were found."""
    reasons = reasons_of(judgement)
    deciding = spans_of(reason for reason in reasons if reason.light == judgement.light)
    return deciding or spans_of(reasons) or [(start, end) for _s, start, end in judgement.reading.evidence]


def safe_link(url: str) -> str:
    """The address, if a browser may follow it from our page: http and https with a host, nothing else."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""


@dataclass(frozen=True, slots=True)
class ChainStep:
    title: str
    role: str
    here: bool
    passed: bool
    degrees: tuple[str, ...]


@dataclass(frozen=True)
class Happening:
    """One line of the history."""

    event: CaseEvent
    words: str
    text: str


@dataclass(frozen=True)
class CaseFile:
    case: Case
    thread: list[ThreadPost]
    judgement: Judgement | None
    overrule: Overrule | None
    overrule_by: User | None
    plan: Plan | None
    """Of the version that judged it; the one in force where nothing judged it."""
    news_count: int
    """Reasons that are new since a person last set the light."""
    history: list[Happening]
    seen: int
    """The last event that this page shows."""
    earlier: list[Case]
    """Other cases of the same author, the newest first."""
    author_posts: int
    mentions: list[Mention]
    now: datetime

    @property
    def author(self) -> Author | None:
        return self.case.author

    @property
    def private(self) -> bool:
        """Whether the thread is read by its people alone."""
        return bool(self.thread) and all(item.post.visibility != "public" for item in self.thread)

    @property
    def who(self) -> str:
        return author_name(self.case.author)

    @property
    def handle(self) -> str:
        return handle_of(self.case.author)

    @property
    def reach(self) -> str:
        return reach_title(self.judgement, self.plan)

    @cached_property
    def why(self) -> list[Spoken]:
        if self.judgement is None or self.plan is None:
            return []
        return spoken(reasons_of(self.judgement), self.plan, whole_text(self.case.deciding_post))

    @property
    def veil(self) -> str:
        """Why the words quoted from the deciding post are hidden; empty where they are not."""
        return veil_words(self.judgement)

    @cached_property
    def guides(self) -> list[GuideCard]:
        judged = [item.judgement for item in self.thread if item.mine and item.judgement and not item.post.own]
        return guides_of(self.case, judged, self.plan)

    @cached_property
    def called(self) -> list[CalledRole]:
        return called_roles(self.case, self.plan)

    @property
    def news(self) -> str:
        return news_in_words(self.news_count) if self.news_count else ""

    @property
    def other_reasons(self) -> int:
        return max(0, len(self.why) - 1)

    @property
    def dues(self) -> list[Due]:
        return all_due(self.case, self.now)

    @property
    def link(self) -> str:
        """Where to answer: the newest post of the person that has an address."""
        mine = [item.link for item in self.thread if item.mine and not item.post.own and item.link]
        return mine[-1] if mine else ""

    @property
    def role(self) -> str:
        """Whose turn it is: those called by name, and the role at the step of the chain unless it waits."""
        roles = [called.title for called in self.called]
        if not (roles and self.case.chain_waits):
            roles.append(self._step_role or role_title(self.plan, self.case.role))
        return str(format_list(list(dict.fromkeys(roles)), locale=language()))

    @property
    def _step_role(self) -> str:
        """Who answers at the case's step of the chain; nothing where its role is the step's own."""
        step = next((step for step in self.plan.chain if step.step == self.case.step), None) if self.plan else None
        if step is None or self.plan is None or not self.case.called:
            return ""
        area = next((area for area in self.plan.areas if area.area == self.case.area), None)
        return role_title(self.plan, area.owner if step.role == AREA_OWNER and area else step.role)

    @property
    def area(self) -> str:
        return area_title(self.plan, self.case.area)

    @property
    def closed(self) -> bool:
        return self.case.state == CaseState.CLOSED

    @cached_property
    def chain(self) -> list[ChainStep]:
        if self.plan is None:
            return []
        names = [step.step for step in self.plan.chain]
        here = names.index(self.case.step) if self.case.step in names else -1
        return [
            ChainStep(
                title=names_of(step.title, self.plan.brand.languages),
                role=self._role_at(step, here=index == here),
                here=index == here,
                passed=index < here,
                degrees=step.degrees,
            )
            for index, step in enumerate(self.plan.chain)
        ]

    def _role_at(self, step: Step, *, here: bool) -> str:
        """Who answers at the step; nothing where the step is called like its role."""
        role = role_title(self.plan, step.role)
        if here:
            role = self._step_role or role_title(self.plan, self.case.role)
        return "" if self.plan and role == names_of(step.title, self.plan.brand.languages) else role

    @property
    def taught(self) -> str:
        """What the team's corrections changed in the reading, in words."""
        return taught_words(taught_of(self.judgement.reading)) if self.judgement else ""

    @property
    def confidence(self) -> int | None:
        """Per cent, of the kind that was read."""
        return round(self.judgement.reading.kind_probability * 100) if self.judgement else None


def case_of(brand: Brand, pk: int) -> Case | None:
    """The case with `seen`, its last event, of the same moment: what happens later is news, never overlooked."""
    last = CaseEvent.objects.filter(case=OuterRef("pk")).order_by("-id").values("id")[:1]
    cases = Case.objects.filter(brand=brand, pk=pk).select_related(*ROW_RELATIONS, "closed_by")
    return cases.annotate(seen=Subquery(last)).first()


def case_file(case: Case, now: datetime) -> CaseFile:
    judgement = (
        Judgement.objects.filter(post=case.deciding_post_id, current=True)
        .select_related("reading", "plan_version")
        .first()
    )
    overrule = Overrule.objects.filter(post=case.deciding_post_id, current=True).first()
    return CaseFile(
        case=case,
        thread=thread(case),
        judgement=judgement,
        overrule=overrule,
        overrule_by=User.objects.filter(pk=overrule.by_id).first() if overrule else None,
        plan=_plan(case, judgement),
        news_count=news_since_correction([case]).get(case.pk, 0),
        history=history(case),
        seen=getattr(case, "seen", None) or 0,
        earlier=_earlier(case),
        author_posts=Post.objects.filter(brand=case.brand_id, author=case.author_id).count() if case.author_id else 0,
        mentions=list(Mention.objects.filter(post=case.deciding_post_id).order_by("watch")),
        now=now,
    )


def _plan(case: Case, judgement: Judgement | None) -> Plan | None:
    if judgement is not None:
        return plans_of({judgement.plan_version_id})[judgement.plan_version_id]
    version = version_in_force(case.brand)
    return plan_of(version) if version else None


def _earlier(case: Case) -> list[Case]:
    if case.author_id is None:
        return []
    others = Case.objects.filter(brand=case.brand_id, author=case.author_id).exclude(pk=case.pk)
    return list(others.order_by("-opened_at")[:5])


def thread(case: Case) -> list[ThreadPost]:
    """The conversation in the order in which it was written: the person's posts, our answers, and other voices."""
    own_ids = set(CasePost.objects.filter(case=case).values_list("post_id", flat=True))
    seeds = Post.objects.filter(pk__in=own_ids).values_list("external_id", "conversation")
    keys = {key for pair in seeds for key in pair if key}
    around = Q(conversation__in=keys) | Q(external_id__in=keys) | Q(in_reply_to__in=keys)
    posts = list(
        Post.objects.filter(Q(brand=case.brand_id, network=case.network) & around | Q(pk__in=own_ids))
        .select_related("author__identity", "text")
        .order_by("id")[:THREAD_LIMIT]
    )
    posts.sort(key=lambda post: (post.created_at or post.received_at, post.pk))
    judged = {
        judgement.post_id: judgement
        for judgement in Judgement.objects.filter(post__in=posts, current=True).select_related("reading")
    }
    return [
        ThreadPost(post, judged.get(post.pk), mine=post.pk in own_ids, decides=post.pk == case.deciding_post_id)
        for post in posts
    ]


def history(case: Case) -> list[Happening]:
    """What happened, the newest first, with the words people gave."""
    events = list(
        CaseEvent.objects.filter(case=case).select_related("by", "note").order_by("-at", "-id")[:HISTORY_LIMIT]
    )
    people = named_in(events)
    return [Happening(event, happened(event, people), _note(event)) for event in one_for_each_act(events)]


def _note(event: CaseEvent) -> str:
    note: CaseNote | None = getattr(event, "note", None)
    return note.text if note is not None else ""
