"""The buttons inside a form: a row more, a row less, up, down; a condition more or less. Nothing is saved by them.

act(flat, "remove:f.steps.2")   takes the third step out and moves the ones below it up
"""

from __future__ import annotations

from sereno.desk.accounts.request import whole_number
from sereno.desk.plans.editing.form_fields import COUNT, GIVEN, MOST_ROWS, Flat, count_of


def act(flat: Flat, deed: str) -> str:
    """Does what the button says to the form. Returns the name that the eye should be led to; empty: none.

    A deed that fits nothing changes nothing.
    """
    what, _colon, name = deed.partition(":")
    if what == "add":
        return _add(flat, name)
    if what == "condition":
        return _add_condition(flat, name)
    parent, _dot, last = name.rpartition(".")
    if what == "drop" and last:
        flat[f"{parent}.{GIVEN}"] = [key for key in flat.get(f"{parent}.{GIVEN}", []) if key != last]
        _forget(flat, name)
        return parent
    if what == "clear":
        _forget(flat, name)
        flat[f"{name}.{COUNT}"] = ["0"]
        return name
    row = whole_number(last)
    if row is not None and row < count_of(flat, parent):
        return _row(flat, what, parent, row)
    return ""


def _add(flat: Flat, name: str) -> str:
    count = count_of(flat, name)
    if count >= MOST_ROWS:
        return ""
    flat[f"{name}.{COUNT}"] = [str(count + 1)]
    return f"{name}.{count}"


def _add_condition(flat: Flat, name: str) -> str:
    chosen = (flat.get(f"{name}.+") or [""])[0]
    given = flat.setdefault(f"{name}.{GIVEN}", [])
    if not chosen or chosen in given:
        return ""
    given.append(chosen)
    return f"{name}.{chosen}"


def _row(flat: Flat, what: str, parent: str, number: int) -> str:
    count = count_of(flat, parent)
    if what == "remove":
        _forget(flat, f"{parent}.{number}")
        for later in range(number + 1, count):
            _rename(flat, f"{parent}.{later}", f"{parent}.{later - 1}")
        flat[f"{parent}.{COUNT}"] = [str(count - 1)]
        return parent
    other = number + {"up": -1, "down": 1}.get(what, 0)
    if other == number or not 0 <= other < count:
        return ""
    _rename(flat, f"{parent}.{number}", f"{parent}.-")
    _rename(flat, f"{parent}.{other}", f"{parent}.{number}")
    _rename(flat, f"{parent}.-", f"{parent}.{other}")
    return f"{parent}.{other}"


def _inside(flat: Flat, name: str) -> list[str]:
    return [key for key in flat if key == name or key.startswith(f"{name}.")]


def _forget(flat: Flat, name: str) -> None:
    for key in _inside(flat, name):
        del flat[key]


def _rename(flat: Flat, old: str, new: str) -> None:
    for key in _inside(flat, old):
        flat[new + key.removeprefix(old)] = flat.pop(key)
