"""The pages of duty: the week, its gaps, edits of the roster, swaps, hand-over notes, calendars, one's own ways.

    plans, notify, duty ← rosters          nothing stands above but the addresses

`page.py` shows the week; `week.py`, `gaps_told.py` and `sentence.py` make what it says. `editing.py` changes the
roster's text through `writing.py`, one surgical edit at a time. `swaps.py`, `notes.py`, `calendars.py`, `ways.py` are a
page each.
"""
