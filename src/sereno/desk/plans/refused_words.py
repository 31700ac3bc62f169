"""Why something cannot be done to a plan, in the person's language (`refused.CODES` has the same in English)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "not-living": _("This draft came into force or was thrown away. Start a new one."),
    "name-needed": _("Give the draft a name."),
    "has-errors": _("The plan has errors. Mend them first."),
    "not-checked": _("This text has to be checked first: no errors, and its own tests pass."),
    "not-replayed": _("This text has to be replayed first, over all stored posts and against the plan in force."),
    "replay-of-another-text": _("The text was changed since it was replayed. Replay it again."),
    "replay-of-some-posts": _("Only a part of the stored posts was replayed. Replay it over all of them."),
    "replay-as-if-live": _(
        "Posts that were brought in later were replayed as if they had come in live. For the approval, replay them as "
        "they came in."
    ),
    "replay-against-another": _("It was not replayed against the plan in force now. Replay it again."),
    "replay-too-old": _("The replay is more than 30 days old. Replay it over the posts of today."),
    "no-plan": _("No plan is in force, so there is nothing to replay against."),
    "no-right": _("Your role may not do this."),
    "edited-it": _("You edited this text. A second person approves it."),
    "asked-for-it": _("You asked for the approval. A second person gives it."),
    "text-changed": _("The text was changed since you read it. Read it again."),
    "not-approved": _("A second person approves the plan before it comes in force."),
    "nobody-else": _("Whoever may approve edited this text or asked. Somebody else needs a role that approves plans."),
    "same-text": _("This very text is in force already."),
    "moment-passed": _("Choose a moment that is still to come."),
    "moment-too-far": _("Choose a moment within a year."),
    "first-at-once": _("A brand's first plan comes in force at once: until then nothing is judged."),
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
