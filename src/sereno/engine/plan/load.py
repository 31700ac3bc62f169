"""A plan from its text: every error at once, each with its line and the way out.

    text → nodes.py (YAML, lines) → model.py (types) → check.py (meaning) → Plan

The three stages follow each other; each tells all it finds before the next one starts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from pathlib import Path as FilePath
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sereno.engine.plan.check import Issue, at_most, check_plan
from sereno.engine.plan.check.place import place_of
from sereno.engine.plan.errors import PlanError as PlanError
from sereno.engine.plan.errors import PlanErrors as PlanErrors
from sereno.engine.plan.errors import plan_error
from sereno.engine.plan.errors import say_fault as say_fault
from sereno.engine.plan.faults import form_faults
from sereno.engine.plan.model import Plan
from sereno.engine.plan.nodes import Document, Unreadable, read_nodes
from sereno.engine.plan.source import Source, SourceRefused, read_source
from sereno.engine.plan.suggest import did_you_mean, suggestions

DEFAULT_PLAN = "starter"
Checked = TypeVar("Checked", bound=BaseModel)


def load_plan(text: str, name: str = "plan.yaml") -> Plan:
    """The plan, checked in form and meaning. `name` is what errors call the file.

    Raises `PlanErrors`, and nothing else, whatever the text.
    """
    return load_with_warnings(text, name)[0]


@lru_cache(maxsize=32)
def load_with_warnings(text: str, name: str = "plan.yaml") -> tuple[Plan, tuple[PlanError, ...]]:
    """The plan, and what is worth a second look in it, without the warnings that it accepts itself. Raises
    `PlanErrors` as `load_plan` does."""
    document = nodes_of(text, name)
    plan = typed(Plan, document, name)
    return plan, warnings_of(check_plan(plan), plan, document, name)


def nodes_of(text: str, name: str) -> Document:
    """The text's values with their lines, of a plan or another document. Raises `PlanErrors`."""
    try:
        return read_nodes(text)
    except Unreadable as error:
        raise PlanErrors([plan_error(name, fault.line, fault.code, fault.values) for fault in error.faults]) from error


def warnings_of(issues: Iterable[Issue], checked: BaseModel, document: Document, name: str) -> tuple[PlanError, ...]:
    """What the check found and nobody accepted, at its lines. Raises `PlanErrors` where an error is among it."""
    found = [issue for issue in issues if issue.accepted is None]
    errors = [issue for issue in found if issue.severity == "error"]
    told = [_told(issue, checked, document, name) for issue in at_most(errors or found)]
    if errors:
        raise PlanErrors(told)
    return tuple(sorted(told))


def _told(issue: Issue, checked: BaseModel, document: Document, name: str) -> PlanError:
    return PlanError(
        file=name,
        line=document.line(issue.where),
        message=issue.message,
        severity=issue.severity,
        code=issue.code,
        values=issue.values,
        path=issue.where,
        at=place_of(issue.where, checked),
    )


def typed(model: type[Checked], document: Document, name: str) -> Checked:
    """The values as this model has them. Raises `PlanErrors` with every fault of form."""
    try:
        return model.model_validate(document.values)
    except ValidationError as error:
        with suggestions():
            faults = list(form_faults(error, document.values, model))
        raise PlanErrors(
            [plan_error(name, document.line(f.path, of_key=f.of_key), f.code, f.values, f.path) for f in faults]
        ) from error


def source_of(path: FilePath) -> Source:
    """The text of a plan's file or folder. Raises `PlanErrors`, or OSError where the system gives no access."""
    try:
        return read_source(path)
    except SourceRefused as error:
        raise PlanErrors([plan_error(f.file, f.line, f.code, f.values) for f in error.faults]) from error


def load_source(path: FilePath) -> tuple[Plan, tuple[PlanError, ...]]:
    """The plan of a file or a folder, and its warnings; each fault with the file and line where it stands.

    Raises `PlanErrors`, or OSError where the system gives no access.
    """
    return load_from(source_of(path))


def load_from(source: Source) -> tuple[Plan, tuple[PlanError, ...]]:
    """`load_source` where the text has been read already."""
    try:
        plan, warnings = load_with_warnings(source.text, source.name)
    except PlanErrors as errors:
        raise PlanErrors([_placed(error, source) for error in errors.errors]) from errors
    return plan, tuple(sorted(_placed(warning, source) for warning in warnings))


def _placed(error: PlanError, source: Source) -> PlanError:
    file, line = source.place(error.line)
    return replace(error, file=file, line=line)


def find_plan(name_or_path: str = DEFAULT_PLAN) -> FilePath:
    """The file or folder of a plan: a path as it is, or a shipped plan by its name (`starter`, `airline`).

    Raises FileNotFoundError that names the shipped plans.
    """
    path = FilePath(name_or_path)
    if path.is_file():
        return path
    shipped = shipped_plans()
    if name_or_path in shipped:
        return shipped[name_or_path]
    if path.is_dir():
        return path
    raise FileNotFoundError(
        f"'{name_or_path}' is neither a file, nor a folder, nor a shipped plan{did_you_mean(name_or_path, shipped)}; "
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
    """`find_plan`, then `load_source`. Raises FileNotFoundError or `PlanErrors`."""
    return load_source(find_plan(name_or_path))[0]


def text_of(path: FilePath) -> str:
    """The text of a plan's file or folder. Raises as `source_of` does."""
    return source_of(path).text
