"""What only looks well: a roster that a new plan does not fit, a beat from tomorrow, people without an account."""

from __future__ import annotations

import pytest

from sereno.desk.accounts.actions import give_role
from sereno.desk.accounts.models import Role
from sereno.desk.duty.auditor import audit
from sereno.desk.duty.health import health
from sereno.desk.duty.looking import Clock, look
from sereno.desk.duty.models import HealthCheck
from sereno.desk.duty.rosters import put_roster_in_force
from sereno.desk.duty.shown.worst import Proof, proof_of
from sereno.desk.intake.models import WorkerBeat
from sereno.desk.notify.configured import smtp
from sereno.desk.plans.actions import put_in_force, start_draft
from sereno.desk.plans.queries import plan_of, version_in_force
from tests.desk.duty.watch import DEPUTY, ROSTER, Watch
from tests.desk.duty_pages2.pages import read, signed_in

pytestmark = pytest.mark.django_db

RENAMED = DEPUTY.replace("committee_duty", "crisis_duty").replace('version: "2"', 'version: "3"')

DANGER = "when: {kind: [complaint, attack, news], risk: [safety]}"
NAMED = DEPUTY.replace(DANGER, f"{DANGER}, route: {{role: product_owner}}")


def _codes(watch: Watch, minutes: float) -> dict[str, str]:
    return {finding.code: finding.severity for finding in look(watch.at(minutes))}


def test_a_plan_that_the_roster_does_not_fit_is_wrong_and_the_monitor_hears_nothing(settings: object) -> None:
    settings.SERENO_SMTP = smtp("smtp://mail.example:25")  # type: ignore[attr-defined]
    watch = Watch()
    WorkerBeat.objects.create(name="w", started_at=watch.at(0), beat_at=watch.at(1))
    assert "roster-unfit" not in _codes(watch, 1)
    put_in_force(watch.brand, text=RENAMED, name="acme.yaml", by=None, now=watch.at(1))
    found = {each.code: each for each in look(watch.at(1))}
    assert found["roster-unfit"].wrong
    assert "committee_duty" in found["roster-unfit"].values["fault"]
    pings: list[str] = []
    seen = audit(
        now=watch.at(1), clock=Clock("b", 1.0), url="https://m.example/x", ping=lambda url: pings.append(url) or ""
    )
    assert (seen.well, pings) == (False, [])
    put_roster_in_force(watch.brand, text=ROSTER.replace("committee_duty", "crisis_duty"), by=None, now=watch.at(2))
    assert "roster-unfit" not in _codes(watch, 2)


def test_a_sign_of_life_from_tomorrow_hides_no_worker_that_died() -> None:
    watch = Watch()
    day = 24 * 60
    WorkerBeat.objects.create(name="w", started_at=watch.at(0), beat_at=watch.at(day))
    HealthCheck.objects.create(place="worker", checked_at=watch.at(day))
    assert _codes(watch, 1)["worker-silent"] == "wrong"
    assert "auditor-silent" in {finding.code for finding in health(watch.at(1)).findings}


def _proof(watch: Watch) -> Proof:
    version = version_in_force(watch.brand)
    assert version is not None
    return proof_of(watch.brand, plan_of(version), version.digest, watch.at(0))


def test_the_worst_time_counts_nobody_who_has_no_account() -> None:
    watch = Watch()
    assert not _proof(watch).ends_in_nobody
    gone = ROSTER
    for person in ("cem", "dia", "pol"):
        gone = gone.replace(f"{person}@acme.example", f"{person}@gone.example")
    put_roster_in_force(watch.brand, text=gone, by=None, now=watch.at(0))
    proof = _proof(watch)
    assert proof.ends_in_nobody
    assert next(each for each in proof.lights if each.degree == "red").nobody


def test_the_worst_time_tells_of_a_role_that_rules_call_by_name() -> None:
    watch = Watch()
    assert not [each for each in _proof(watch).lights if each.by_name]
    named = NAMED.replace('version: "2"', 'version: "3"')
    put_in_force(watch.brand, text=named, name="acme.yaml", by=None, now=watch.at(0))
    (product,) = [each for each in _proof(watch).lights if each.by_name]
    assert (product.degree, product.at_once, product.beside) == ("red", True, True)
    gone = ROSTER.replace("pol@acme.example", "pol@gone.example")
    put_roster_in_force(watch.brand, text=gone, by=None, now=watch.at(0))
    proof = _proof(watch)
    assert proof.by_name_in_nobody
    assert not proof.ends_in_nobody


@pytest.mark.parametrize("page", ["approve", "in-force"])
def test_where_a_plan_is_approved_or_put_in_force_it_says_that_the_roster_does_not_fit_it(page: str) -> None:
    watch = Watch()
    lea = watch.person("lea")
    give_role(lea, watch.brand, Role.OWNER, by=None, now=watch.at(0))
    fits, renamed = (
        start_draft(watch.brand, name=name, text=text, by=lea, now=watch.at(0))
        for name, text in (("Fits", DEPUTY.replace('version: "2"', 'version: "3"')), ("Renamed", RENAMED))
    )
    client = signed_in(lea)
    assert "does not fit this plan" not in read(client, f"/b/acme/plan/drafts/{fits.number}/{page}")
    told = read(client, f"/b/acme/plan/drafts/{renamed.number}/{page}")
    assert "The roster in force does not fit this plan." in told
    assert "committee_duty" in told


def test_a_roll_back_to_a_plan_that_the_roster_does_not_fit_says_so_first() -> None:
    watch = Watch()
    lea = watch.person("lea")
    give_role(lea, watch.brand, Role.OWNER, by=None, now=watch.at(0))
    put_in_force(watch.brand, text=RENAMED, name="acme.yaml", by=None, now=watch.at(1))
    put_roster_in_force(watch.brand, text=ROSTER.replace("committee_duty", "crisis_duty"), by=None, now=watch.at(2))
    assert "does not fit this plan" in read(signed_in(lea), "/b/acme/plan/versions/2/roll-back")
