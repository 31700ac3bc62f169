"""The crisis plan's life: draft → checked → replayed → approved by a second person → in force (ADR 15–17).

This folder is the plan's life, without a page. `editing/` changes a draft's text, `pages/` is all that is read,
compared and approved; both stand on this folder and do not know each other.

For whoever builds pages. Actions are one transaction each, take `by=` and `now=`, and leave an audit row. They raise
`refused.PlanRefused` (its `code` is said in the reader's language: the list is `refused.CODES`) or, where somebody else
saved meanwhile, `refused.DraftConflict` (carries the draft as it stands now: `.draft.text`, `.draft.revision`).

`drafting.py`
    start_draft(brand, name=, text=None, based_on=None, by=, now=)   of a version (default: in force), or imported text
    save_draft(draft, text=, revision=, by=, now=) -> PlanDraft      `revision` is the one the person started from
    rename_draft(draft, name=, by=, now=), discard_draft(draft, by=, now=)
    check_draft(draft, by=, now=, reader=None) -> Checked            moves it to checked where nothing is wrong
    ask_replay(draft, by=, now=, against=None, since=None, people=None, minutes_per_answer=10, as_if_live=False)
        -> PlanReplay; only one against the plan in force over all posts counts for the approval
    cancel_replay(replay, by=, now=)
    ask_approval(draft, by=, now=)                                   who asks may not approve
    approve(draft, digest=, words="", by=, now=)                     `digest` of the text the person saw
    withdraw_approval(draft, by=, now=)
`checking.py`
    check_text(text, with_tests=True, reader=None) -> Checked(plan, errors, warnings, tests); .passes, .failed_tests
`numbering.py`
    is_taken(brand, plan_id, digest), raised(brand, text, now=) -> the text with a version of its own
`in_force.py`
    put_draft_in_force(draft, summary=, by=, now=, at=None) -> PlanVersion | None    None: set for the moment `at`
    unschedule(draft, by=, now=), switch_due(now=) (the worker's)
    roll_back(version, reason=, by=, now=) -> PlanVersion            one person, at once
    confirm_known(version, by=, now=) -> PlanKnown
    put_in_force(brand, text=, name=, by=, now=)                     first plan, command line
`queries.py`
    version_in_force, plan_of, watcher_of, versions(brand), version_of(brand, number), drafts(brand),
    draft_of(brand, number), is_behind(draft), could_approve(draft) -> users,
    stands_in_the_way(draft, user) -> codes of what keeps the person from approving; empty: nothing,
    may_roll_back(user, brand), pending_confirmation(user, brand) -> PlanVersion | None,
    knowledge(version) -> Knowledge(known, missing)
`results.py`
    latest_replay(draft), difference_of(replay) -> Difference, counts_of(replay) -> Counts,
    changed_posts(replay, order="gravest", only=None) -> QuerySet[ReplayedPost]   with post, text, author, case
    ORDERS, FILTERS, reasons_of_post(row, before=True) -> tuple[Reason, ...], light_of(rank),
    export_rows(replay, order=, only=) -> iterator of dicts, one at a time

`faults_told.py`, `refused_words.py`, `titles.py`
    faults, refusals, and the plan's own titles in the reader's language

`sereno.desk.replays.applying` (above this slice)
    open_posts(brand), apply_to_open_cases(brand, by=, now=) -> how many posts; URL `plan_apply` (POST)

The worker runs replays (`sereno.desk.replays`) and the switch of a plan that was set for a moment.
"""
