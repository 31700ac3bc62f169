"""Duty at the desk: who is on duty, each case on its way up the chain, what people do, and whether all is well.

    notify ← duty ← pages          cases know nothing of it: `Case.lines_due` is the queue that this slice works off

For whoever builds pages. Actions are one transaction each, take `by=` and `now=`, leave an audit row, and raise
`refused.DutyRefused` (`.code`, all codes in `refused.CODES`, said in the reader's language by the pages),
`refused.RosterConflict` (somebody changed the roster meanwhile: `.version` is the one in force now), or the engine's
`PlanErrors` (faults of a roster's text: `.errors`) and `EditRefused` (a surgical edit that cannot be made).

`models.py`
    RosterVersion, Line, LineHappening, Pause, HandOver, HandOverRead, Swap, SwapState, HealthCheck;
    CHAIN = "chain": the name of the line that follows the chain; other lines bear the role that was called by name
`rosters.py`
    put_roster_in_force(brand, text=, by=, now=, change=None) -> RosterVersion     the same text again changes nothing
    edit_roster(brand, number=, edit=Callable[[str], str], by=, now=, change=) -> RosterVersion
        `number` of the version that the person saw; `edit` makes the new text from it with `engine.plan.edit`:
        edit_roster(brand, number=3, edit=lambda text: insert(text, ("absences",), 0, {...}), change={"what": …}, …)
    roster_faults(brand, text) -> (errors, warnings)     as the command line's check, against the plan in force
`queries.py`
    roster_in_force(brand) -> RosterVersion | None;  roster_versions(brand), roster_version_of(brand, number)
    standing_roster(brand, now) -> Standing: `.roster` (engine Roster), `.version` (None: no roster in force, then the
        roster stands for memberships: whoever holds the desk's role is always on duty; `.by_membership` says so),
        `.users` {person: User}, `.person_of(user) -> str | None`
    rota_of(standing, start, end) -> engine Rota (kept in memory);  rota_of_version(version, start, end)
    who_is_on(brand, role, at, network=None, language=None) -> tuple[OnDuty(person, user | None, name, until, via)]
    next_on(brand, role, at) -> OnDuty | None: who comes next, `.since`
    on_duty_now(brand, at) -> {role: tuple[OnDuty]} for every role that the plan's chain wants
    plan_gaps(brand, start, end) -> tuple[engine Gap];  needs_of(brand)
    lines_of(case) -> list[LineSeen(line, links, happenings, standing)] newest turn first; `LineSeen.at_link`,
        `.waits_until`, `.over`, `.people` (who is called now), `.next_link`; happenings carry `.told`: names
    pause_of(case), pauses_of(case);  paused(cases) -> set of ids
    notes_for(user, brand, now) -> hand-over notes of the roles in which they stand and that they have not read
    notes_by(user, brand) -> their own, with who read them;  swaps_of(user, brand), open_swaps(brand)
    health(now, brand=None) -> Health(findings, checked_at, pinged_at, well)
`acts.py` (people's acts on a case; may raise DutyRefused)
    acknowledge(case, by=, now=) -> Case                 nobody more is called; takes the case
    hand_back(case, reason=, by=, now=)                  the same link is called anew
    escalate(case, reason=, by=, now=, line=CHAIN), lower(case, reason=, by=, now=, line=CHAIN)
    consult(case, question=, by=, now=, person=None, role=None) -> CaseNote     sideways; moves nothing
    may_escalate(case) / may_lower(case) -> bool (there is a link above / below)
`pausing.py`
    pause(case, reason=, by=, now=, until=None) -> Pause;  resume(case, by=, now=) -> Pause    the deadlines move
`swapping.py`
    ask_swap(brand, other=, stretches=, words="", by=, now=) -> Swap;  confirm_swap(swap, by=, now=),
    refuse_swap(swap, by=, now=), withdraw_swap(swap, by=, now=)
`notes.py`
    write_note(brand, role=, shift="", text=, by=, now=) -> HandOver;  read_note(note, by=, now=)
`acting.py` (the worker's)
    act(now=) -> Acted(compared, moved, failed)    opens, stops and moves lines on; every round
`auditor.py` (the worker's, each minute, and `sereno health`)
    audit(now=, place="worker") -> Audit(findings, ran, pinged, ping_fault, well)
    Finding(code, severity "wrong" | "look", values, brand); the codes stand in `looking.CODES`

Events in a case's history (`CaseEvent.kind`, ids and enumerated values in `details`; the live pages hear of them):
    called {line, number, step, role, users, how, round, acknowledge_by} · call_passed {line, number, step, role} ·
    call_nobody {line, number, step, role} · acknowledged {line(s)} · handed_back, escalated, lowered {line, step, role}
    (the reason is the event's note) · consulted {users, role} (note) · paused {pause, until} (note),
    resumed {pause, why}

Notifications (`notify.tell` codes): called, called_again, everybody, handed_back, escalated, lowered, nobody,
    consulted, wrote_again, pause_over, pause_news, pause_ended, swap_asked, swap_agreed, swap_refused, swap_withdrawn;
    values are ids, enumerated values and names of the plan
"""
