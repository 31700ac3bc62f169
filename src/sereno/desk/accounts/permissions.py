"""Who may do what: the only place that knows (ADR 4). A brand that is not yours does not exist for you (404)."""

from __future__ import annotations

from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.http import Http404

from sereno.desk.accounts.models import Brand, Membership, Role, User


class Action(StrEnum):
    SEE = "see"
    WORK_CASES = "work_cases"
    """Take, assign, note, close."""
    OVERRULE_LIGHT = "overrule_light"
    MANAGE_SOURCES = "manage_sources"
    UPLOAD_POSTS = "upload_posts"
    MANAGE_PEOPLE = "manage_people"
    CHANGE_PLAN = "change_plan"
    """Draft, check, replay, ask for approval."""
    APPROVE_PLAN = "approve_plan"
    """As a second person: never one who edited the text, nor who asked."""
    ROLL_BACK_PLAN = "roll_back_plan"
    """The red button: an earlier version comes back at once."""
    EDIT_ROSTER = "edit_roster"
    """Say who is on duty when. A swap is not an edit: the two agree on it."""
    SEE_AUDIT = "see_audit"


_EVERYBODY = frozenset(Role)
_LEADS = frozenset({Role.OWNER, Role.CARE_LEAD})
_DECIDE = _LEADS | {Role.APPROVER, Role.COMMITTEE}
_DESK = _LEADS | {Role.COMMUNITY_MANAGER, Role.AREA_OWNER, Role.COMMITTEE, Role.SAFETY_CONTACT, Role.APPROVER}

ALLOWED: dict[Action, frozenset[Role]] = {
    Action.SEE: _EVERYBODY,
    Action.WORK_CASES: _DESK,
    Action.OVERRULE_LIGHT: _DESK,
    Action.MANAGE_SOURCES: _LEADS,
    Action.UPLOAD_POSTS: _LEADS,
    Action.MANAGE_PEOPLE: frozenset({Role.OWNER}),
    Action.CHANGE_PLAN: _LEADS,
    Action.APPROVE_PLAN: _DECIDE,
    Action.ROLL_BACK_PLAN: _DECIDE,
    Action.EDIT_ROSTER: _LEADS,
    Action.SEE_AUDIT: frozenset({Role.OWNER, Role.AUDITOR}),
}


def roles_in(user: User, brand: Brand) -> frozenset[Role]:
    if not user.is_active:
        return frozenset()
    return frozenset(
        Role(role) for role in Membership.objects.filter(user=user, brand=brand).values_list("role", flat=True)
    )


def may(user: User, action: Action, brand: Brand) -> bool:
    return not ALLOWED[action].isdisjoint(roles_in(user, brand))


def require(user: User, action: Action, brand: Brand) -> None:
    """Raises PermissionDenied (403) where a member of the brand may not do this, Http404 for strangers."""
    roles = roles_in(user, brand)
    if not roles:
        raise Http404("no such brand")
    if ALLOWED[action].isdisjoint(roles):
        raise PermissionDenied(f"{action} in {brand.slug} needs one of: {', '.join(sorted(ALLOWED[action]))}")


def brand_of(user: User, slug: str, action: Action = Action.SEE) -> Brand:
    """The brand, if this person may do this in it. Every view starts here."""
    brand = Brand.objects.filter(slug=slug).first()
    if brand is None:
        raise Http404("no such brand")
    require(user, action, brand)
    return brand
