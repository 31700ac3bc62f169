"""What people do with plans, to be imported from one place: `drafting.py` and `in_force.py` hold them."""

from sereno.desk.plans.drafting import (
    approve,
    ask_approval,
    ask_replay,
    cancel_replay,
    check_draft,
    discard_draft,
    rename_draft,
    save_draft,
    start_draft,
    withdraw_approval,
)
from sereno.desk.plans.in_force import confirm_known, put_draft_in_force, put_in_force, roll_back, unschedule

__all__ = [
    "approve",
    "ask_approval",
    "ask_replay",
    "cancel_replay",
    "check_draft",
    "confirm_known",
    "discard_draft",
    "put_draft_in_force",
    "put_in_force",
    "rename_draft",
    "roll_back",
    "save_draft",
    "start_draft",
    "unschedule",
    "withdraw_approval",
]
