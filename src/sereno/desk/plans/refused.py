"""Why something cannot be done to a plan. Codes; the pages say them in the person's language."""

from __future__ import annotations

from sereno.desk.plans.models import PlanDraft

CODES: dict[str, str] = {
    "not-living": "this draft came into force or was thrown away; start a new one",
    "name-needed": "give the draft a name",
    "has-errors": "the plan has errors; mend them first",
    "not-checked": "check this text first: no errors, and its own tests pass",
    "not-replayed": "replay this text first, against the plan in force",
    "replay-of-another-text": "the text was changed since it was replayed; replay it again",
    "replay-of-some-posts": "only a part of the stored posts was replayed; replay it over all",
    "replay-as-if-live": "posts that were brought in later were replayed as if live; replay them as they came in",
    "replay-against-another": "it was replayed before the plan in force came in force; replay it against that one",
    "replay-too-old": "the replay is more than 30 days old; replay the posts of today",
    "no-plan": "the brand has no plan in force to replay against",
    "no-right": "your role may not do this",
    "edited-it": "you edited this text; a second person approves it",
    "asked-for-it": "you asked for the approval; a second person gives it",
    "text-changed": "the text was changed since you read it; read it again",
    "not-approved": "a second person approves the plan before it comes in force",
    "nobody-else": "whoever may approve edited this text or asked; somebody else needs a role that approves plans",
    "same-text": "this very text is in force already",
    "moment-passed": "choose a moment that is still to come",
    "moment-too-far": "choose a moment within a year",
    "first-at-once": "a brand's first plan comes in force at once: until then nothing is judged",
    "not-scheduled": "no moment is set",
    "words-needed": "say in a few words why; they are kept with the version",
    "never-in-force": "this version was never in force; nothing can go back to it",
    "no-longer-valid": "today's Sereno finds errors in that text; make a draft of it and mend them",
    "not-running": "this replay is over",
    "not-in-force": "this version is not in force",
    "version-taken": "another text was in force under this name and version; give this one another version",
    "reader-busy": "the reader is busy with new posts; try again in a moment",
    "other-brand": "this version belongs to another brand",
}


class PlanRefused(ValueError):
    """It cannot be done as asked; `code` names why (`CODES`)."""

    def __init__(self, code: str) -> None:
        super().__init__(CODES[code])
        self.code = code


class DraftConflict(ValueError):
    """Somebody else saved meanwhile; `draft` carries the newer text, its revision, and who saved it."""

    def __init__(self, draft: PlanDraft) -> None:
        super().__init__(f"draft {draft.number} was saved by somebody else meanwhile (revision {draft.revision})")
        self.draft = draft
