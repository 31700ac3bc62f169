"""Why something cannot be done about duty. Codes; the pages say them in the person's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sereno.desk.duty.models import RosterVersion

CODES: dict[str, str] = {
    "no-right": "your role may not do this",
    "no-roster": "the brand has no roster in force; put one in force first",
    "not-open": "nobody waits in this case; open it again first",
    "closed": "the case is closed; reopen it first",
    "not-yours": "somebody else has this case; who has it may give it back",
    "no-line": "no plan is in force that says who is called",
    "last-step": "this is the last step of the chain; nobody stands above it",
    "first-step": "this is the first step of the chain; nobody stands below it",
    "words-needed": "say in a few words why; they are kept with the case",
    "nobody-there": "nobody with an account stands in this role; ask a person by name",
    "not-a-member": "this person has no role in this brand",
    "whom-to-ask": "name one person, or one role",
    "not-taken": "nobody has said that they have this case; take it first, then its clock can stand still",
    "paused": "the clock of this case stands still already",
    "until-when": "say until when: a moment to come, within three months",
    "not-paused": "the clock of this case runs",
    "not-in-roster": "this person does not stand in the roster, or their e-mail there is not that of their account",
    "yourself": "choose somebody else",
    "no-stretch": "say from when to when",
    "stretch-passed": "this time has passed",
    "not-standing": "the roster changed: who was to hand over does not stand there then",
    "settled": "this swap is settled already",
    "not-asked": "only the person who was asked can answer, and only who asked can withdraw",
}


class DutyRefused(ValueError):
    """It cannot be done as asked; `code` names why (`CODES`)."""

    def __init__(self, code: str) -> None:
        super().__init__(CODES[code])
        self.code = code


class RosterConflict(ValueError):
    """Somebody changed the roster meanwhile; `version` is the one that is in force now."""

    def __init__(self, version: RosterVersion) -> None:
        super().__init__(f"the roster was changed by somebody else meanwhile (version {version.number})")
        self.version = version
