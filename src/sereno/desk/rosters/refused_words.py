"""What duty refuses, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

WORDS: dict[str, str] = {
    "no-right": gettext_noop("Your role does not allow this."),
    "no-roster": gettext_noop("There is no roster yet. Begin one first."),
    "not-open": gettext_noop("Nobody waits in this case. Open it again first."),
    "closed": gettext_noop("The case is closed. Open it again first."),
    "not-yours": gettext_noop("Somebody else has this case; only they can give it back."),
    "no-line": gettext_noop("No plan is in force that says who is called."),
    "last-step": gettext_noop("This is the last step of the chain; nobody stands above it."),
    "first-step": gettext_noop("This is the first step of the chain; nobody stands below it."),
    "words-needed": gettext_noop("A few words are needed here; nothing was changed."),
    "nobody-there": gettext_noop("Nobody with an account stands in this role. Ask a person by name."),
    "not-a-member": gettext_noop("This person has no role in this brand."),
    "whom-to-ask": gettext_noop("Name one person, or one role."),
    "paused": gettext_noop("The clock of this case stands still already."),
    "not-paused": gettext_noop("The clock of this case runs."),
    "not-in-roster": gettext_noop(
        "One of you does not stand in the roster, or their e-mail there is not that of their account."
    ),
    "yourself": gettext_noop("Choose somebody else."),
    "no-stretch": gettext_noop("Say from when to when."),
    "stretch-passed": gettext_noop("This time has passed."),
    "not-standing": gettext_noop("The roster changed: who was to hand over does not stand there then."),
    "settled": gettext_noop("This swap is settled already."),
    "not-asked": gettext_noop("Only the person who was asked can answer, and only who asked can withdraw."),
}
"""By the codes of `duty/refused.py`."""


def say(code: str) -> str:
    return _(WORDS[code])
