"""A small plan and three people — Alice, Bob her colleague, Charlie from another brand — for the desk's stories."""

from __future__ import annotations

from datetime import UTC, datetime

from sereno.desk.accounts.actions import add_brand, add_person, give_role
from sereno.desk.accounts.models import Brand, Role, User

PASSWORD = "calm-night-2026"

PLAN = """
sereno_plan: 1
plan: acme
version: "1"
brand: {name: Acme, timezone: Europe/Madrid, country: ES, languages: [en]}
duty_hours:
  monday: [09:00-21:00]
  tuesday: [09:00-21:00]
  wednesday: [09:00-21:00]
  thursday: [09:00-21:00]
  friday: [09:00-21:00]
roles:
  - {role: community_manager, title: {en: Community manager on duty}}
  - {role: product_owner, title: {en: Head of product}}
  - {role: committee_duty, title: {en: Committee member on duty}}
areas:
  - {area: product, title: {en: Product}, owner: product_owner}
watches:
  - {watch: acme, kind: brand, terms: [acme]}
reach:
  - {level: large, title: {en: large}, followers: {default: 20000, instagram: 10000}}
lights:
  - {rule: danger, light: red, title: {en: Danger to people}, when: {kind: [complaint, attack, news], risk: [safety]}}
  - {rule: harm, light: amber, title: {en: Real harm}, when: {kind: [complaint], claims: [real_harm]}}
  - {rule: complaint, light: green, title: {en: Ordinary complaint}, when: {kind: [complaint]}}
  - {rule: loud, light: amber, title: {en: A complaint that many read}, when: {text_light: green, reach: large}}
targets:
  - {degree: none, acknowledge: 8h, first_answer: 12h, next_answer: 12h, resolution: 5d}
  - {degree: green, acknowledge: 2h, first_answer: 4h, next_answer: 4h, resolution: 3d}
  - {degree: amber, acknowledge: 30m, first_answer: 2h, next_answer: 2h, resolution: 2d}
  - {degree: red, acknowledge: 10m, first_answer: 1h, next_answer: 1h, resolution: 1d, clock: always}
chain:
  - {step: answer, title: {en: Answer}, degrees: [none, green], role: community_manager, acknowledge_within: 2h,
     then: area}
  - {step: area, title: {en: Area}, degrees: [amber], role: area_owner, acknowledge_within: 30m, then: committee}
  - {step: committee, title: {en: Committee}, degrees: [red], role: committee_duty, acknowledge_within: 10m,
     clock: always}
languages: {unsupported_step: answer}
"""

BEFORE = datetime(2026, 3, 1, 12, tzinfo=UTC)


def brand(slug: str = "acme", *, plan: str | None = PLAN) -> Brand:
    from sereno.desk.plans.actions import put_in_force

    added = add_brand(slug=slug, name=slug.capitalize(), by=None, now=BEFORE)
    if plan:
        put_in_force(added, text=plan, name=f"{slug}.yaml", by=None, now=BEFORE)
    return added


def member(name: str, of: Brand, role: Role = Role.COMMUNITY_MANAGER, *, language: str = "en") -> User:
    user = add_person(
        email=f"{name.lower()}@{of.slug}.example", name=name, password=PASSWORD, by=None, now=BEFORE, language=language
    )
    give_role(user, of, role, by=None, now=BEFORE)
    return user
