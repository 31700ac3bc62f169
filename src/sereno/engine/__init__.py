"""What a post says, how serious that is and whose turn it is: pure functions of plain values.

Nothing in here knows a clock, a database, a network or Django. The live inbox, the command line, the replay
over the past and the drills all call the same two steps (ADR 1)::

    posts ──read──▶ readings ─┐
                    contexts ─┼─judge──▶ judgements (light, route, reasons)
                    plan, now ┘

Start at `post.py`, then `read.py`, `judge.py` and `plan/model.py`.
"""
