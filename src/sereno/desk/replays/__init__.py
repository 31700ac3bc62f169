"""A plan over the brand's stored posts: what the worker does for each `plans.PlanReplay` (ADR 10, 16).

    claiming.py   which replay is done next, and by whom
    loading.py    stored judgements → columns, with what the team decided and when it answered
    watching.py   where the two plans watch for different things: whom each text is about, sought anew
    running.py    the steps, a slice at a time, so that no other duty of the worker waits for a replay
    storing.py    the posts that change, each with its reasons before and after

It stands above the cases, whose rows it reads; what came of it is told by `plans/results.py`.
"""
