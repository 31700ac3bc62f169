"""The plan replayed over the past: what it would have done, and what another plan would have done instead (ADR 16).

    past    = Past.of(ids, readings, contexts, decided=None, answered_at=None)    columns, no text
              Past.joined([past, …]) · past.take(indices) · past.rows(indices) -> (Readings, Contexts)
              past.save(path) · Past.load(path)                                   npz; path or an open binary file
              recompute(posts, about, received_at=…) -> Contexts                  for posts of a file, by event time;
                                                                      then Past.of(…, contexts_are="recomputed")
    before  = replay(past, plan, as_if_live=False, step=None) -> Outcome          step(n): so many posts have passed
    after   = replay(past, other_plan, …)
    figures = compare(past, before, after, plans=(plan, other_plan),
                      people={"duty": 2}, minutes_per_answer=10) -> Difference    frozen, fit for JSON
    indices = changed(past, before, after)                                        rows with another light, route, time
    post    = changed_post(past, i, before, after, (plan, other_plan)) -> ChangedPost
    posts   = changed_posts(past, indices, before, after, (plan, other_plan))     the same for a page of them, faster

Rules are evaluated by the very code of `judge()` (`engine.lighting`), so replaying the plan in force over contexts as
stored gives exactly the lights of the inbox. Posts that were brought in from the past wake nobody and start no
deadline, as in the inbox; `as_if_live=True` treats them as if they had come in when they were written, which a
back-test over an imported archive wants. The difference says which of the two it is, and whether contexts are as
stored or recomputed.

Ranks of light, everywhere: -1 none, 0 green, 1 amber, 2 red; `decided` has -2 (`NOT_DECIDED`) where nobody decided.
"""

from sereno.engine.replay.changed import changed, changed_post, changed_posts
from sereno.engine.replay.compare import compare
from sereno.engine.replay.contexts import recompute
from sereno.engine.replay.difference import ChangedPost, Difference
from sereno.engine.replay.outcome import Outcome
from sereno.engine.replay.past import NOT_DECIDED, BadPast, Past
from sereno.engine.replay.run import replay

__all__ = [
    "NOT_DECIDED",
    "BadPast",
    "ChangedPost",
    "Difference",
    "Outcome",
    "Past",
    "changed",
    "changed_post",
    "changed_posts",
    "compare",
    "recompute",
    "replay",
]
