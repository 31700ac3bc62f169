"""A plan from its text: every error at once, each with its line and the way out.

    text → nodes.py (YAML, lines) → model.py (types) → check.py (meaning) → Plan

The three stages follow each other; each tells all it finds before the next one starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path as FilePath
from typing import Literal

from pydantic import ValidationError

from sereno.engine.plan.check import check_plan
from sereno.engine.plan.faults import in_plain_words
from sereno.engine.plan.model import Plan
from sereno.engine.plan.nodes import Document, Unreadable, read_nodes
from sereno.engine.plan.suggest import did_you_mean

DEFAULT_PLAN = "starter"


@dataclass(frozen=True, slots=True, order=True)
class PlanError:
    """One thing wrong in a plan's text; a `warning` does not keep the plan from being used."""

    file: str
    line: int
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        return f"{self.file}:{self.line}: {mark}{self.message}"


class PlanErrors(ValueError):
    """Everything that is wrong with a plan, in the order of its lines."""

    def __init__(self, errors: Sequence[PlanError]) -> None:
        self.errors: tuple[PlanError, ...] = tuple(sorted(set(errors)))
        super().__init__("\n".join(map(str, self.errors)))


def load_plan(text: str, name: str = "plan.yaml") -> Plan:
    """The plan, checked in form and meaning. `name` is what errors call the file.

    Raises `PlanErrors`, and nothing else, whatever the text.
    """
    return load_with_warnings(text, name)[0]


@lru_cache(maxsize=32)
def load_with_warnings(text: str, name: str = "plan.yaml") -> tuple[Plan, tuple[PlanError, ...]]:
    """The plan, and what is worth a second look in it. Raises `PlanErrors` as `load_plan` does."""
    try:
        document = read_nodes(text)
    except Unreadable as error:
        raise PlanErrors([PlanError(name, fault.line, fault.message) for fault in error.faults]) from error
    plan = _typed(document, name)
    issues = check_plan(plan)
    found = [PlanError(name, document.line(issue.where), issue.message, issue.severity) for issue in issues]
    errors = [error for error in found if error.severity == "error"]
    if errors:
        raise PlanErrors(errors)
    return plan, tuple(sorted(found))


def _typed(document: Document, name: str) -> Plan:
    try:
        return Plan.model_validate(document.values)
    except ValidationError as error:
        raise PlanErrors(
            [
                PlanError(name, document.line(path, of_key=of_key), message)
                for path, of_key, message in in_plain_words(error, document.values)
            ]
        ) from error


def find_plan(name_or_path: str = DEFAULT_PLAN) -> FilePath:
    """The file of a plan: a path as it is, or a shipped plan by its name (`starter`, `airline`).

    Raises FileNotFoundError that names the shipped plans.
    """
    path = FilePath(name_or_path)
    if path.is_file():
        return path
    shipped = shipped_plans()
    if name_or_path in shipped:
        return shipped[name_or_path]
    raise FileNotFoundError(
        f"'{name_or_path}' is neither a file nor a shipped plan{did_you_mean(name_or_path, shipped)}; "
        f"shipped plans: {', '.join(shipped) or 'none'}"
    )


def shipped_plans() -> dict[str, FilePath]:
    """Every plan that comes with the product, by name: in the repository, or inside an installed wheel."""
    for folder in _plan_folders():
        found = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
        if found:
            return found
    return {}


def _plan_folders() -> tuple[FilePath, ...]:
    package = FilePath(str(resources.files("sereno")))
    # an installed wheel carries them; a working tree has them beside src/
    return package / "plans", package.parent.parent / "plans"


def read_plan(name_or_path: str = DEFAULT_PLAN) -> Plan:
    """`find_plan`, then `load_plan`. Raises FileNotFoundError or `PlanErrors`."""
    path = find_plan(name_or_path)
    return load_plan(text_of(path), path.name)


def text_of(path: FilePath) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise PlanErrors([PlanError(path.name, line, "this is no UTF-8 text; save the file as UTF-8")]) from error
