"""A draft's text is changed: by forms, in the text itself, always the same document (ADR 15).

    document.py      the text as entries: found, compared, changed in place
    field_kinds.py   which fields a part has, by the plan's model      labels.py   what they are called on screen
    form_fields.py   values <-> flat inputs      form_rows.py   rows more or less     form_shown.py   the form as drawn
    sentences.py     what an entry says, by the engine's words
    changing.py      saving where others save, too
    *_page.py        the pages: the parts, one entry, the text, accepting a warning     frame.py   what they begin with

Stands on the plan's life (the folder above); knows nothing of `pages/`.
"""
