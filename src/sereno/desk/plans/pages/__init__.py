"""The plan is read, compared, replayed, approved: its pages, other than those that edit a draft.

    home.py          the plan in force, who has read it, drafts in work
    history.py       earlier versions, compared and put in force again
    draft.py         a draft on one page      life.py   its approval, and coming into force
    replay.py        the replay, and the posts that it changes
    told.py          the plan read aloud, in the engine's sentences
    draft_told.py, replay_told.py, differing.py      what the pages say of a draft, a replay, a difference

Stands on the plan's life (the folder above); knows nothing of `editing/`.
"""
