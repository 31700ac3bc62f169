"""Duty in the reader's language: refusals, what happened to a line, how a message fares."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sereno.desk.duty.models import LineHappening
from sereno.desk.notify.kinds import kind_in_words
from sereno.desk.notify.models import Delivery, DeliveryState, Notification, NotificationState

REFUSALS: dict[str, Promise] = {
    "no-right": gettext_lazy("Your role does not allow this."),
    "not-open": gettext_lazy("Nobody waits in this case. Open it again first."),
    "closed": gettext_lazy("This case is closed. Open it again first."),
    "not-yours": gettext_lazy("Somebody else has this case. Whoever has it can give it back."),
    "no-line": gettext_lazy("No plan is in force that says who is called. Put a plan in force first."),
    "last-step": gettext_lazy("This is the last step of the chain: nobody stands above it. You can ask somebody."),
    "first-step": gettext_lazy("This is the first step of the chain: nobody stands below it."),
    "words-needed": gettext_lazy("Say in a few words why. They are kept with the case."),
    "nobody-there": gettext_lazy("Nobody with an account stands in this role. Ask a person by name."),
    "not-a-member": gettext_lazy("This person has no role in the brand. Choose somebody else."),
    "whom-to-ask": gettext_lazy("Choose one person or one role."),
    "not-taken": gettext_lazy(
        "Nobody has said yet that they have this case, so people are still called. Take it first; then its clock can "
        "be stopped."
    ),
    "paused": gettext_lazy("The clock of this case stands still already."),
    "until-when": gettext_lazy("Say until when: a moment to come, within three months."),
    "not-paused": gettext_lazy("The clock of this case runs."),
}
"""By the code of a `DutyRefused` that an act on a case can raise."""


def happened_words(happening: LineHappening, names: str) -> str:
    """One happening as a short sentence; genderless, the names stand in it."""
    if happening.what == "called":
        if happening.how == "everybody":
            return _("Everybody of this chain called: %(names)s") % {"names": names or _("nobody with an account")}
        if happening.how == "deputy":
            return _("Deputy called: %(names)s") % {"names": names or _("nobody with an account")}
        return _("Called: %(names)s") % {"names": names or _("nobody with an account")}
    if happening.what == "passed":
        return {
            "unreached": _("No message got through, so the next step is called."),
            "left": _("Whoever was called here has left the team, so the next step is called."),
        }.get(happening.reason, _("Nobody on duty here, so the next step is called."))
    if happening.what == "nobody":
        return _("Nobody of this chain can be reached. The leads are told.")
    if happening.what == "stopped":
        return {
            "answered": _("Ended: the case was answered."),
            "closed": _("Ended: the case was closed."),
            "graver": _("Ended: the light became graver, so the chain began anew."),
        }.get(happening.reason, _("Ended: nobody needs to be called any more."))
    return {
        "acknowledged": _("Taken: nobody more is called"),
        "handed_back": _("Given back: the same step is called anew"),
        "escalated": _("Passed up"),
        "lowered": _("Passed down"),
    }.get(happening.what, happening.what.replace("_", " "))


def way_words(delivery: Delivery) -> str:
    """`E-mail: sent`, `ntfy: failed`; never an address."""
    way = kind_in_words(delivery.channel) if delivery.channel else _("Message")
    again = _("failed, tried again")
    return f"{way}: {again if _waits_after_a_fault(delivery) else str(delivery.get_state_display()).lower()}"


def only_bell(notification: Notification) -> bool:
    """Whether it was told in the product alone."""
    return notification.state == NotificationState.BELL


def failed(delivery: Delivery) -> bool:
    return delivery.state in (DeliveryState.FAILED, DeliveryState.UNKNOWN) or _waits_after_a_fault(delivery)


def _waits_after_a_fault(delivery: Delivery) -> bool:
    return delivery.state == DeliveryState.QUEUED and bool(delivery.error)
