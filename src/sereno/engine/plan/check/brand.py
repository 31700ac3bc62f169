"""Where and in which languages the brand works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale

from sereno.engine.plan.check.issue import Issue, error, warning
from sereno.engine.plan.deadlines import holidays_known
from sereno.engine.plan.model import Plan
from sereno.engine.plan.suggest import nearest


def brand(plan: Plan) -> Iterator[Issue]:
    zone, country = plan.brand.timezone, plan.brand.country
    if zone not in time_zones():
        near = nearest(zone, time_zones())
        yield error(("brand", "timezone"), "timezone-unknown", zone=zone, **({"near": near} if near else {}))
    if country is None:
        yield warning(("brand",), "country-missing")
    elif country not in countries():
        yield error(("brand", "country"), "country-unknown", country=country)
    elif not holidays_known(country):
        yield warning(("brand", "country"), "holidays-unknown", country=country)
    if not plan.brand.languages:
        yield error(("brand", "languages"), "brand-without-language")


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """Every time zone there is. Looking for them walks a folder, and the editor asks with each key that is pressed."""
    return frozenset(available_timezones())


def countries() -> Mapping[str, str]:
    """ISO 3166-1 codes and their names."""
    return Locale("en").territories
