"""What people do with cases. Each is one transaction with its audit row and its event in the case's history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from sereno.desk.accounts.models import User
from sereno.desk.accounts.permissions import Action, may
from sereno.desk.audit.actions import digest, record
from sereno.desk.cases.called import roles_in
from sereno.desk.cases.due import deadlines
from sereno.desk.cases.models import LIGHT_RANKS, Case, CaseEvent, CaseNote, CaseState, ClosureReason
from sereno.desk.cases.routing import effective_lights, recompute_light, unanswered_complaint
from sereno.desk.cases.standstill import STANDSTILL, move_by_past_standstills, run_on
from sereno.desk.listening.models import Judgement, KindOverrule, Overrule
from sereno.desk.listening.stored import context_of
from sereno.desk.notify.actions import tell, urgency_of
from sereno.desk.plans.queries import plan_of, version_in_force
from sereno.engine.casework import reroute
from sereno.engine.plan.deadlines import add_duty_time
from sereno.engine.plan.model import Light
from sereno.engine.read import Kind


class ActionRefused(ValueError):
    """It cannot be done as asked; `code` names why, and the interface says it in the person's language."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@transaction.atomic
def take(case: Case, *, by: User, now: datetime) -> Case:
    """Make the case mine, and acknowledge it."""
    return assign(case, to=by, by=by, now=now)


@transaction.atomic
def assign(case: Case, *, to: User, by: User, now: datetime) -> Case:
    """Give the case to somebody who may work it. Taking it yourself acknowledges it; whoever else is given it has to
    acknowledge it anew."""
    case = _locked(case)
    if case.state == CaseState.CLOSED:
        raise ActionRefused("closed", "the case is closed; reopen it first")
    if not may(to, Action.WORK_CASES, case.brand):
        raise ActionRefused("cannot-work", f"{to} has no role in this brand that works cases")
    if case.owner_id == to.pk:
        return case
    before = case.owner_id
    case.owner = to
    if to.pk == by.pk and case.acknowledged_at is None:
        case.acknowledged_at = now
    elif to.pk != by.pk and case.acknowledged_at is not None and case.state == CaseState.OPEN:
        case.acknowledged_at, case.acknowledge_by = None, _acknowledge_by(case, now)
    case.save(update_fields=["owner", "acknowledged_at", "acknowledge_by"])
    _event(case, "taken" if to.pk == by.pk else "assigned", by=by, now=now, details={"from": before, "to": to.pk})
    if to.pk != by.pk:
        _tell(case, [to], "assigned", by=by, now=now)
    former = User.objects.filter(pk=before, is_active=True).exclude(pk=by.pk).first() if before else None
    if former is not None:
        _tell(case, [former], "taken_over", by=by, now=now, urgent=False)
    return case


def _acknowledge_by(case: Case, now: datetime) -> datetime | None:
    version = version_in_force(case.brand)
    if version is None:
        return None
    plan = plan_of(version)
    target = plan.target_for(case.light or "none")  # type: ignore[arg-type]  # a light of the engine
    always = target.clock == "always"
    return now + target.acknowledge if always else add_duty_time(now, target.acknowledge, plan)


@transaction.atomic
def release(case: Case, *, by: User, now: datetime) -> Case:
    """Put the case back into the queue of its role."""
    case = _locked(case)
    if case.owner_id is None:
        return case
    before, case.owner = case.owner_id, None
    case.save(update_fields=["owner"])
    _event(case, "released", by=by, now=now, details={"from": before})
    return case


@transaction.atomic
def overrule(
    case: Case, *, light: Light | None, reason: str, by: User, now: datetime, kind: Kind | None = None
) -> Case:
    """A person says that the light is wrong, or what kind of post it is. Needs words; they are remembered with what was
    overruled.

    Lowering overrules every post that is graver; raising overrules the person's latest post. The case moves to the
    step of the new light, and its deadlines start anew from now where it was raised, from its arrival where lowered.
    """
    words = _words(reason)
    case = _locked(case)
    if case.state == CaseState.CLOSED:
        raise ActionRefused("closed", "the case is closed; reopen it first")
    other_kind = kind is not None and kind != case.kind
    if case.light == light and not other_kind:
        raise ActionRefused("same-light", f"the light is {light or 'none'} already")
    events = [_overrule_kind(case, kind, words, by=by, now=now)] if kind is not None and other_kind else []
    if case.light != light:
        events.append(_overrule_light(case, light, words, by=by, now=now))
    case.save()
    CaseNote.objects.create(brand_id=case.brand_id, case=case, event=events[-1], by=by, at=now, text=words)
    return case


def _overrule_light(case: Case, light: Light | None, words: str, *, by: User, now: datetime) -> CaseEvent:
    run_on(case, now)
    before = case.light
    lowered = LIGHT_RANKS[light] < case.light_rank
    overruled = [_overrule_post(case, post, light, by=by, now=now) for post in _posts_to_overrule(case, light)]
    recompute_light(case)
    _route_anew(case, start=case.opened_at if lowered else now)
    if lowered:
        move_by_past_standstills(case, now)
    return _event(
        case, "overruled", by=by, now=now,
        details={"from": before, "to": light, "judgements": overruled, "words": digest(words)},
    )  # fmt: skip


def _overrule_kind(case: Case, kind: Kind, words: str, *, by: User, now: datetime) -> CaseEvent:
    """Of the post that decides the case. The light stays: whoever means another one says so."""
    before, judgement = case.kind, Judgement.objects.get(post=case.deciding_post_id, current=True)
    KindOverrule.objects.filter(post=judgement.post_id, current=True).update(current=False)
    KindOverrule.objects.create(
        brand_id=case.brand_id, post_id=judgement.post_id, judgement=judgement, from_kind=before, to_kind=kind,
        by_id=by.pk, at=now,
    )  # fmt: skip
    case.kind = kind
    return _event(
        case, "kind_overruled", by=by, now=now,
        details={"from": before, "to": kind, "judgements": [judgement.pk], "words": digest(words)},
    )  # fmt: skip


def _posts_to_overrule(case: Case, light: Light | None) -> list[int]:
    lights = effective_lights(case)
    graver = [post for post, current in lights.items() if LIGHT_RANKS[current] > LIGHT_RANKS[light]]
    return graver or [max(lights)]


def _overrule_post(case: Case, post: int, light: Light | None, *, by: User, now: datetime) -> int:
    judgement = Judgement.objects.get(post=post, current=True)
    Overrule.objects.filter(post=post, current=True).update(current=False)
    Overrule.objects.create(
        brand_id=case.brand_id, post_id=post, judgement=judgement, from_light=judgement.light, to_light=light,
        by_id=by.pk, at=now,
    )  # fmt: skip
    return judgement.pk


def _route_anew(case: Case, *, start: datetime) -> None:
    version = version_in_force(case.brand)
    if version is None:
        raise ActionRefused("no-plan", "the brand has no plan in force; put one in force first")
    judgement = Judgement.objects.get(post=case.deciding_post_id, current=True)
    context = context_of(judgement)
    plan = plan_of(version)
    route = reroute(
        plan, case.light, topic=case.topic, language=case.language, complaint=case.kind == "complaint", start=start,  # type: ignore[arg-type]
        country=context.country or plan.brand.country, counts=not case.backfilled,
    )  # fmt: skip
    # who was called by name stays called; the chain, which a person has just looked at, no longer waits
    case.step, case.area, case.chain_waits = route.step, route.area or "", False
    case.role = next(iter(roles_in(case.called)), route.role)
    due = route.deadlines
    case.acknowledge_by = due.acknowledge if due else None
    case.resolve_by = due.resolution if due else None
    if case.state == CaseState.OPEN:
        answer_by = None
        if due:
            answer_by = due.next_answer if case.answered_at else due.first_answer
        case.answer_by = answer_by


@transaction.atomic
def add_note(case: Case, *, text: str, by: User, now: datetime) -> CaseNote:
    """A note for the team. The public never sees it."""
    words = _words(text)
    case = _locked(case)
    asked_by = _waiting_for_the_advice_of(by, case)
    event = _event(case, "noted", by=by, now=now, details={"words": digest(words)})
    _tell(case, asked_by, "advised", by=by, now=now)
    return CaseNote.objects.create(brand_id=case.brand_id, case=case, event=event, by=by, at=now, text=words)


def _waiting_for_the_advice_of(by: User, case: Case) -> list[User]:
    """Whoever asked this person about the case, and has had no note of theirs since."""
    last = CaseEvent.objects.filter(case=case, kind="noted", by=by).aggregate(last=Max("pk"))["last"] or 0
    asked = CaseEvent.objects.filter(case=case, kind="consulted", pk__gt=last).exclude(by=by).select_related("by")
    found = {event.by for event in asked if by.pk in (event.details.get("users") or ())}
    return [user for user in found if user is not None]


@transaction.atomic
def close(case: Case, *, reason: ClosureReason, words: str, by: User, now: datetime) -> Case:
    """Close the case: always by a person, always with a reason, and in words where a complaint was left unanswered."""
    case = _locked(case)
    if case.state == CaseState.CLOSED:
        raise ActionRefused("closed", "the case is closed already")
    unanswered = unanswered_complaint(case)
    if unanswered and not words.strip():
        raise ActionRefused("words-needed", "this complaint was never answered; say in words why it can be closed")
    words = words.strip()
    case.state, case.closed_at, case.closed_by, case.closure_reason = CaseState.CLOSED, now, by, reason
    run_on(case, now)
    case.save(update_fields=["state", "closed_at", "closed_by", "closure_reason", *STANDSTILL])
    event = _event(
        case, "closed", by=by, now=now,
        details={"reason": str(reason), "unanswered": unanswered, "words": digest(words) if words else None},
    )  # fmt: skip
    if words:
        CaseNote.objects.create(brand_id=case.brand_id, case=case, event=event, by=by, at=now, text=words)
    return case


@transaction.atomic
def reopen(case: Case, *, words: str, by: User, now: datetime) -> Case:
    """Take back a closure."""
    case = _locked(case)
    if case.state != CaseState.CLOSED:
        raise ActionRefused("not-closed", "the case is not closed")
    answered = case.answered_at is not None and case.answered_at >= case.latest_at
    case.state = CaseState.ANSWERED if answered else CaseState.OPEN
    case.closed_at, case.closed_by, case.closure_reason = None, None, ""
    case.save(update_fields=["state", "closed_at", "closed_by", "closure_reason"])
    event = _event(case, "reopened", by=by, now=now, details={"words": digest(words) if words.strip() else None})
    if words.strip():
        CaseNote.objects.create(brand_id=case.brand_id, case=case, event=event, by=by, at=now, text=words.strip())
    return case


def _tell(case: Case, users: list[User], code: str, *, by: User, now: datetime, urgent: bool = True) -> None:
    """That a colleague did something for them, and the case's nearest deadline where they are to act."""
    running = deadlines(case) if urgent else []
    values = {
        "light": case.light or "none", "network": case.network, "by": by.pk,
        "deadline": running[0][1].isoformat() if running else None,
    }  # fmt: skip
    tell(
        users, brand=case.brand, code=code, values=values, urgency=urgency_of(case.light) if urgent else "batched",
        case=case, light=case.light or "none", now=now,
    )  # fmt: skip


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise ActionRefused("words-needed", "say in a few words why; they are kept with the decision")
    return words


def _locked(case: Case) -> Case:
    """The case as it stands now, locked until the transaction ends: two people never overwrite each other."""
    return Case.objects.select_for_update(of=("self",)).select_related("brand").get(pk=case.pk, brand_id=case.brand_id)


def _event(case: Case, kind: str, *, by: User, now: datetime, details: dict[str, Any]) -> CaseEvent:
    event = CaseEvent.objects.create(brand_id=case.brand_id, case=case, at=now, by=by, kind=kind, details=details)
    if kind != "noted":
        case.lines_due = True  # duty looks whether somebody is to be called, or no longer
        case.save(update_fields=["lines_due"])
    record(f"case.{kind}", case, by=by, at=now, brand_id=case.brand_id, event=event.pk, **details)
    return event
