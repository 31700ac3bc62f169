"""Who is on duty, who is next, by when: pure functions of plan, roster and time.

roster.py      the document: people, shifts, rotations, leave, overrides
wall.py        wall-clock times as instants, across changes of the clock
rota.py        the document spread out over days: who stands where, from when to when
gaps.py        where nobody stands though somebody should
rest.py        who has too little rest; advice
escalation.py  one case on its way up the chain: what is due next
proof.py       the longest that anybody can wait for a human, before the plan goes live
"""
