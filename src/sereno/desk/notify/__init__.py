"""Telling people: rows first, sent after the commit, every delivery and every failure kept.

    tell(...)  →  Notification (one a person) + Delivery (one a way that is tried)  →  deliver(now)  →  outcome

For whoever calls (duty/lines.py, pages):

    from sereno.desk.notify.actions import tell, withdraw
    from sereno.desk.notify.ways import add_way, send_code, confirm_way, order_ways, change_way, remove_way,
        set_preferences (raise `refused.WayRefused`, whose `told()` is for the person)
    tell(users, *, brand, code, values, urgency, case=None, line=None, happening=None, light=None, now)
        -> list[Notification]
        Writes rows only; call it inside the transaction of what is told (refuses outside of one).
        users: accounts, each is told once · code: one of `messages.CODES`; an unknown one is told in general words
        values: JSON, ids and enumerated values; told are: light, network, role, missing (roles), deadline
            (ISO), person or by (an account's id), and the case's first reason (`DESK_TOLD`); `path`, such as
            /b/acme/roster, is where the link leads; otherwise to the case
        urgency: 'immediate' | 'batched' · light: 'red' bends quiet hours; None: `values["light"]`
        line, happening: primary keys as integers (no foreign keys: duty stands above)
        A demo brand's stay in the product; nobody is told who has left the brand.
    withdraw(*, now, line=None, case=None) -> int    what still waits is no longer needed (acknowledged, closed)

    from sereno.desk.notify.outcome import on_outcome
    on_outcome(heard)   heard(notification, outcome, now), outcome 'reached' | 'unreached' | 'given_up', called inside
        the transaction that marks it, before our rows are locked: lock duty's rows first, in `tell`'s callers too.
        'unreached': every way failed or there is none: call the next link at once (it is tried on with backoff all
        the same). Register it in AppConfig.ready.

    from sereno.desk.notify.queries import reachable, unseen, mark_seen, deliveries_of, ways_of, channels
    reachable(user_ids, *, now, light='red') -> set[int]   who has a way that works, as far as we know, and is not
        in quiet hours of their own
    live: the stream of a brand (`cases/live.py`) says `bell` with {"event": the number of the person's newest
        notification} when there is a newer one, and once after it was opened; unseen_count(user, brand) for the number
    unseen(user, brand) -> list[Notification]; mark_seen(user, brand, *, now, up_to=None) -> int
    deliveries_of(case) -> list[Delivery]         for the case page: each attempt with its way, state and moment
    channels(now) -> MessageHealth                for the health page

    from sereno.desk.notify.delivering import Courier, deliver
    deliver(now=...) -> int        one round, waits until what was due is handed over (tests, command line)
    Courier().run(stop)            the worker's own thread: sends while the other duties work
"""
