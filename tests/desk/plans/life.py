"""The way of a draft through its life, in the verbs of the tests."""

from __future__ import annotations

from datetime import datetime, timedelta

from sereno.desk.accounts.models import Role, User
from sereno.desk.plans import actions
from sereno.desk.plans.models import PlanDraft, PlanReplay
from sereno.desk.replays.running import work_on_replays
from tests.desk.stories import PLAN, member
from tests.desk.street import NOON, Street

LATER = NOON + timedelta(hours=3)


def numbered(text: str, version: str = "2") -> str:
    """The text under a version of its own."""
    return text.replace('version: "1"', f'version: "{version}"')


LOUDER = numbered(PLAN.replace("instagram: 10000", "instagram: 15000").replace("default: 20000", "default: 500"))
"""Fewer followers are needed for a complaint that many read."""


class Desk(Street):
    """A street with Alice, who writes the plan, and Bob, who approves."""

    def __init__(self) -> None:
        super().__init__()
        self.alice: User = member("Alice", self.brand, Role.CARE_LEAD)
        self.bob: User = member("Bob", self.brand, Role.APPROVER)

    def draft(self, text: str = LOUDER, *, name: str = "Louder") -> PlanDraft:
        draft = actions.start_draft(self.brand, name=name, by=self.alice, now=NOON)
        return actions.save_draft(draft, text=text, revision=draft.revision, by=self.alice, now=NOON)

    def checked(self, text: str = LOUDER) -> PlanDraft:
        draft = self.draft(text)
        assert actions.check_draft(draft, by=self.alice, now=NOON).passes
        return self.again(draft)

    def replay(self, draft: PlanDraft, *, now: datetime = LATER, **asked: object) -> PlanReplay:
        replay = actions.ask_replay(draft, by=self.alice, now=now, **asked)  # type: ignore[arg-type]
        work_on_replays(now=now, reader=self.reader)
        replay.refresh_from_db()
        return replay

    def replayed(self, text: str = LOUDER) -> PlanDraft:
        draft = self.checked(text)
        self.replay(draft)
        return self.again(draft)

    def approved(self, text: str = LOUDER) -> PlanDraft:
        draft = self.replayed(text)
        return actions.approve(draft, digest=draft.digest, by=self.bob, now=LATER)

    def again(self, draft: PlanDraft) -> PlanDraft:
        return PlanDraft.objects.get(pk=draft.pk)
