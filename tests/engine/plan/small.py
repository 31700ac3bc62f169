"""A small whole plan that tests change one line at a time."""

from __future__ import annotations

from sereno.engine.plan.load import load_plan
from sereno.engine.plan.model import Plan

SMALL = """\
sereno_plan: 1
plan: small
version: 2026.10
brand:
  name: Acme
  timezone: Europe/Madrid
  country: ES
  languages: [en]
duty_hours:
  monday: [08:00-20:00]
  tuesday: [08:00-20:00]
  wednesday: [08:00-20:00]
  thursday: [08:00-20:00]
  friday: [08:00-14:00, 16:00-20:00]
roles:
  - {role: duty, title: {en: Community manager}}
  - {role: shop, title: {en: Shop}}
  - {role: committee, title: {en: Committee}}
areas:
  - {area: billing, title: {en: Billing}, owner: shop, topics: [billing]}
  - {area: everything, title: {en: Everything else}, owner: duty}
watches:
  - {watch: acme, kind: brand, terms: [acme]}
reach:
  - level: large
    title: {en: Large reach}
    followers: {default: 20000, instagram: 10000}
lights:
  - {rule: complaint, light: green, title: {en: A complaint}, when: {kind: [complaint]}}
  - {rule: lying, light: amber, title: {en: Lying}, when: {kind: [complaint], claims: [lying]}}
  - {rule: danger, light: red, title: {en: Danger}, when: {risk: [safety]}}
  - {rule: loud, light: red, title: {en: Loud}, when: {text_light: amber, reach: large}}
targets:
  - {degree: none, acknowledge: 4h, first_answer: 8h, next_answer: 8h, resolution: 3d}
  - {degree: green, acknowledge: 1h, first_answer: 4h, next_answer: 8h, resolution: 3d}
  - {degree: amber, acknowledge: 30m, first_answer: 2h, next_answer: 4h, resolution: 2d}
  - {degree: red, acknowledge: 10m, first_answer: 1h, next_answer: 1h, resolution: 1d, clock: always}
chain:
  - {step: on-duty, title: {en: On duty}, degrees: [none, green], role: duty, acknowledge_within: 1h, then: owner}
  - {step: owner, title: {en: Owner}, degrees: [amber], role: area_owner, acknowledge_within: 30m, then: committee}
  - step: committee
    title: {en: Committee}
    degrees: [red]
    role: committee
    acknowledge_within: 10m
    clock: always
languages: {unsupported_step: on-duty}
"""


def small_plan(*changes: tuple[str, str]) -> Plan:
    """The small plan with each (before, after) replaced in its text."""
    return load_plan(changed(*changes), "small.yaml")


def changed(*changes: tuple[str, str]) -> str:
    text = SMALL
    for before, after in changes:
        assert before in text, f"{before!r} does not stand in the small plan"
        text = text.replace(before, after, 1)
    return text
