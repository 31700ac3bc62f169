"""A roster from its text: every error at once, each with its line and the way out, as a plan's (`plan/load.py`).

text → nodes.py (YAML, lines) → roster.py (types) → check (meaning, against a plan) → Roster
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from importlib import resources
from pathlib import Path as FilePath

from sereno.engine.duty.check import check_roster
from sereno.engine.duty.roster import Roster
from sereno.engine.plan.errors import PlanError, PlanErrors, plan_error
from sereno.engine.plan.load import nodes_of, source_of, typed, warnings_of
from sereno.engine.plan.model import Plan
from sereno.engine.plan.nodes import Document
from sereno.engine.plan.suggest import did_you_mean

DEFAULT_ROSTER = "starter"


def load_roster(text: str, name: str = "roster.yaml", *, plan: Plan | None = None) -> Roster:
    """The roster, checked in form and meaning; against the plan where one is given. `name` is what errors call the
    file. Raises `PlanErrors`, and nothing else, whatever the text."""
    return load_with_warnings(text, name, plan=plan)[0]


def load_with_warnings(
    text: str, name: str = "roster.yaml", *, plan: Plan | None = None, accounts: Collection[str] | None = None
) -> tuple[Roster, tuple[PlanError, ...]]:
    """The roster, and what is worth a second look in it. `accounts`: e-mails that have one at the desk; None: not
    known. Raises `PlanErrors` as `load_roster` does."""
    document, roster = _read(text, name)
    return roster, warnings_of(check_roster(roster, plan, accounts), roster, document, name)


@lru_cache(maxsize=16)
def _read(text: str, name: str) -> tuple[Document, Roster]:
    try:
        document = nodes_of(text, name)
    except PlanErrors as errors:
        if errors.errors[0].code == "yaml-empty":
            raise PlanErrors([plan_error(name, 1, "roster-empty", {})]) from errors
        raise
    return document, typed(Roster, document, name)


def read_roster(path: FilePath, plan: Plan | None = None) -> tuple[Roster, tuple[PlanError, ...]]:
    """The roster of a file, and its warnings. Raises `PlanErrors`, or OSError where the system gives no access."""
    source = source_of(path)
    return load_with_warnings(source.text, source.name, plan=plan)


def find_roster(name_or_path: str = DEFAULT_ROSTER) -> FilePath:
    """The file of a roster: a path as it is, or a shipped one by its name (`starter`).

    Raises FileNotFoundError that names the shipped ones.
    """
    path = FilePath(name_or_path)
    if path.is_file():
        return path
    shipped = shipped_rosters()
    if name_or_path in shipped:
        return shipped[name_or_path]
    raise FileNotFoundError(
        f"'{name_or_path}' is neither a file nor a shipped roster{did_you_mean(name_or_path, shipped)}; "
        f"shipped rosters: {', '.join(shipped) or 'none'}"
    )


def shipped_rosters() -> dict[str, FilePath]:
    """Every roster that comes with the product, by name: in the repository, or inside an installed wheel."""
    package = FilePath(str(resources.files("sereno")))
    for folder in (package / "rosters", package.parent.parent / "rosters"):
        found = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
        if found:
            return found
    return {}
