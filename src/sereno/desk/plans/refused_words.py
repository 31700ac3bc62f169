"""Why something cannot be done to a plan, in the person's language (`refused.CODES` has the same in English)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "not-living": _("This draft came in force or was thrown away. Start a new one."),
    "name-needed": _("Give the draft a name."),
    "has-errors": _("The plan has errors. Mend them first."),
    "not-checked": _("This text has to be checked first: no errors, and its own tests pass."),
    "not-replayed": _("This text has to be replayed first, over all stored posts and against the plan in force."),
    "no-plan": _("No plan is in force, so there is nothing to replay against."),
    "no-right": _("Your role may not do this."),
    "edited-it": _("You edited this text last. A second person approves it."),
    "asked-for-it": _("You asked for the approval. A second person gives it."),
    "text-changed": _("The text was changed since you read it. Read it again."),
    "not-approved": _("A second person approves the plan before it comes in force."),
    "nobody-else": _("Nobody else may approve here. A second person needs a role that approves plans."),
    "same-text": _("This very text is in force already."),
    "moment-passed": _("Choose a moment that is still to come."),
    "not-scheduled": _("No moment is set."),
    "words-needed": _("Say in a few words why. They are kept with the version."),
    "never-in-force": _("This version was never in force. Nothing can go back to it."),
    "no-longer-valid": _("Today's Sereno finds errors in that text. Make a draft of it and mend them."),
    "not-running": _("This replay is over."),
    "not-in-force": _("This version is no longer in force."),
    "version-taken": _(
        "Another text was in force under this very name and version. Give this one another version, at “Name and "
        "version”."
    ),
    "reader-busy": _("The reader is busy with new posts. Try again in a moment."),
    "other-brand": _("This version belongs to another brand."),
}


def refused_words(code: str) -> str:
    return str(WORDS[code])
