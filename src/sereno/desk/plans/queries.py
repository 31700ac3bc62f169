"""The plan in force, read once per text."""

from __future__ import annotations

from functools import lru_cache

from sereno.desk.accounts.models import Brand
from sereno.desk.plans.models import PlanVersion
from sereno.engine.plan.load import load_plan
from sereno.engine.plan.model import Plan
from sereno.engine.watches.match import Watcher


def version_in_force(brand: Brand) -> PlanVersion | None:
    return PlanVersion.objects.filter(brand=brand, in_force_from__isnull=False, in_force_until__isnull=True).first()


def plan_of(version: PlanVersion) -> Plan:
    """The version's text as a plan. Parsed once per process: a version never changes."""
    return _parsed(version.digest, version.text)


def watcher_of(version: PlanVersion) -> Watcher:
    return _watching(version.digest, version.text)


@lru_cache(maxsize=128)
def _parsed(digest: str, text: str) -> Plan:  # noqa: ARG001 — the digest makes the key cheap to compare
    return load_plan(text, "plan.yaml")


@lru_cache(maxsize=128)
def _watching(digest: str, text: str) -> Watcher:
    return Watcher(_parsed(digest, text).watches)
