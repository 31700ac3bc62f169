"""Checking a text: its faults, and what comes of its own tests."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from sereno.engine.plan.load import PlanError, PlanErrors, load_with_warnings
from sereno.engine.plan.model import Plan
from sereno.engine.plan.trial import TestOutcome, run_tests
from sereno.engine.read import Reader

FILE = "plan.yaml"


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check found in one text."""

    plan: Plan | None
    """None where there are errors."""
    errors: tuple[PlanError, ...]
    warnings: tuple[PlanError, ...]
    tests: tuple[TestOutcome, ...]
    """Empty where there are errors, or where they were not asked for."""

    @property
    def failed_tests(self) -> tuple[TestOutcome, ...]:
        return tuple(test for test in self.tests if not test.passed)

    @property
    def passes(self) -> bool:
        """Without errors, and all its own tests pass. Only where the tests were run."""
        return self.plan is not None and not self.failed_tests and len(self.tests) == len(self.plan.tests)


def check_text(text: str, *, with_tests: bool = True, reader: Reader | None = None) -> Checked:
    """All that is wrong with a text, whatever it is. `reader` reads the texts of tests; None: the desk's own."""
    try:
        plan, warnings = load_with_warnings(text, FILE)
    except PlanErrors as faulty:
        return Checked(None, faulty.errors, (), ())
    return Checked(plan, (), warnings, _tried(plan, reader) if with_tests else ())


def _tried(plan: Plan, reader: Reader | None) -> tuple[TestOutcome, ...]:
    reads = any(test.post.reads_as is None for test in plan.tests)
    # the readers' slice stands above this one: the settings name it (as they do for the frame)
    return run_tests(plan, reader or import_string(settings.DESK_READER)() if reads else None)
