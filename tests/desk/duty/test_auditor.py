"""The auditor sees what should have happened and did not, runs it, and tells the monitor only that all is well."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import DatabaseError
from django.utils.translation import override

from sereno.commands.health import health as command
from sereno.desk.cases.models import Case
from sereno.desk.duty import auditor, looking
from sereno.desk.duty.auditor import audit
from sereno.desk.duty.health import health
from sereno.desk.duty.looking import Clock
from sereno.desk.duty.models import HealthCheck, Line
from sereno.desk.duty.shown.health_words import told as in_words
from sereno.desk.intake.models import Source, WorkerBeat
from sereno.desk.notify.configured import smtp
from sereno.desk.notify.models import Delivery, DeliveryState
from tests.desk.duty.watch import Watch, told
from tests.desk.street import NOON

pytestmark = pytest.mark.django_db

URL = "https://monitor.example/ping"


@pytest.fixture(autouse=True)
def mail(settings) -> None:  # type: ignore[no-untyped-def]
    settings.SERENO_SMTP = smtp("smtp://mail.example:25")


@pytest.fixture
def pings() -> list[str]:
    return []


def everything_was_sent() -> None:
    Delivery.objects.update(state=DeliveryState.SENT, next_try_at=None)


def looks(watch: Watch, minutes: float, pings: list[str] | None = None, *, steady: float | None = None):  # type: ignore[no-untyped-def]
    WorkerBeat.objects.update_or_create(name="w", defaults={"started_at": NOON, "beat_at": watch.at(minutes)})

    def ping(url: str) -> str:
        (pings if pings is not None else []).append(url)
        return ""

    clock = Clock("boot", minutes * 60 if steady is None else steady)
    return audit(now=watch.at(minutes), clock=clock, url=URL, ping=ping)


def codes(findings) -> set[str]:  # type: ignore[no-untyped-def]
    return {finding.code for finding in findings}


def test_where_all_is_well_the_monitor_hears_it(pings: list[str]) -> None:
    watch = Watch()
    watch.red()
    watch.act()
    seen = looks(watch, 1, pings)
    assert (seen.findings, seen.ran, seen.pinged, pings) == ((), 0, True, [URL])
    assert HealthCheck.objects.get().pinged_at == watch.at(1)


def test_a_late_step_is_told_run_and_withheld_from_the_monitor(pings: list[str]) -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    everything_was_sent()

    seen = looks(watch, 12, pings)

    assert codes(seen.findings) == {"line-late"}
    assert (seen.ran, pings) == (1, [])
    assert told(case)[-1] == ("called", 0, ("cem", "dia", "pol"))
    assert looks(watch, 12.5, pings).findings == ()
    assert pings == [URL]
    assert codes(looks(watch, 14, pings).findings) == {"messages-late"}
    assert pings == [URL]


def test_a_case_that_nobody_looked_at_is_found_and_called() -> None:
    watch = Watch()
    case = watch.red()
    assert looks(watch, 1).findings == ()
    assert codes(looks(watch, 2).findings) == {"case-not-seen"}
    assert told(case) == [("called", 0, ("cem",))]


def test_a_case_without_a_line_is_found_and_called() -> None:
    watch = Watch()
    case = watch.red()
    Case.objects.update(lines_due=False)
    assert codes(looks(watch, 1).findings) == {"case-without-line"}
    assert told(case) == [("called", 0, ("cem",))]


def test_a_failing_line_a_silent_worker_and_a_failing_source_are_told() -> None:
    watch = Watch()
    watch.red()
    watch.act()
    everything_was_sent()
    Line.objects.update(failures=2, fault="oops")
    Source.objects.update(failures=3)
    WorkerBeat.objects.create(name="w", started_at=NOON, beat_at=NOON)
    seen = audit(now=watch.at(3), clock=Clock("boot", 0), url="")
    assert codes(seen.findings) == {"line-failing", "worker-silent", "source-failing"}
    assert not seen.well


def test_a_source_that_fell_silent_is_worth_a_look() -> None:
    watch = Watch()
    Source.objects.update(next_poll_at=NOON, last_post_at=NOON - timedelta(days=3))
    assert codes(looks(watch, 1).findings) == {"source-silent"}
    Source.objects.update(next_poll_at=NOON - timedelta(hours=1))
    assert codes(looks(watch, 2).findings) == {"source-late"}


def test_a_clock_that_goes_back_stands_or_jumps_is_told() -> None:
    watch = Watch()
    looks(watch, 10)
    assert codes(looks(watch, 5, steady=660).findings) == {"clock-back"}
    assert codes(looks(watch, 5, steady=720).findings) == {"clock-stands", "clock-jumped"}
    assert codes(looks(watch, 65, steady=780).findings) == {"clock-jumped"}


def test_a_jump_is_told_for_a_day_with_when_and_by_how_much_and_the_monitor_hears_again(pings: list[str]) -> None:
    watch = Watch()
    looks(watch, 10, pings)
    assert not looks(watch, 5, pings, steady=660).well  # a minute passed, and the clock shows six less

    seen = looks(watch, 6, pings, steady=720)

    [jump] = seen.findings
    assert (jump.code, jump.wrong, jump.values["seconds"]) == ("clock-jumped", False, -360)
    assert jump.values["now"] == watch.at(5).isoformat()
    assert (seen.pinged, len(pings)) == (True, 2)
    [shown] = [each for each in health(watch.at(60)).findings if each.code.startswith("clock")]
    assert shown == jump
    with override("en"):
        assert in_words(shown, {}).what.startswith("The machine's clock went back by 6 min (")
    for hour in range(1, 24):
        assert codes(looks(watch, 60 * hour, steady=60 * (60 * hour + 6)).findings) >= {"clock-jumped"}
    assert "clock-jumped" not in codes(looks(watch, 24 * 60 + 6, steady=60 * (24 * 60 + 12)).findings)


def test_one_jump_that_worker_and_command_see_is_told_once() -> None:
    watch = Watch()
    for place, before, after in (("worker", 10, 71), ("command", 10.5, 71.5)):
        audit(now=watch.at(before), place=place, clock=Clock("boot", before * 60), url="")
        audit(now=watch.at(after), place=place, clock=Clock("boot", (after - 60) * 60), url="")
    jumps = [each for each in health(watch.at(72)).findings if each.code == "clock-jumped"]
    assert [each.values["seconds"] for each in jumps] == [3600]


def test_a_full_disk_is_wrong_and_one_that_fills_up_worth_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    monkeypatch.setattr(looking, "free_bytes", lambda _place: looking.FULL - 1)
    assert codes(looks(watch, 1).findings) == {"disk-full"}
    monkeypatch.setattr(looking, "free_bytes", lambda _place: looking.LOW - 1)
    seen = looks(watch, 2)
    assert (codes(seen.findings), seen.well, seen.pinged) == ({"disk-low"}, True, True)


def test_a_database_that_takes_no_writes_is_told(monkeypatch: pytest.MonkeyPatch, pings: list[str]) -> None:
    watch = Watch()

    def readonly(*_: object) -> None:
        raise DatabaseError("attempt to write a readonly database")

    monkeypatch.setattr(auditor, "_remember", readonly)
    assert codes(looks(watch, 1, pings).findings) == {"database-unwritable"}
    assert pings == []


def test_a_monitor_that_does_not_answer_is_shown_and_stops_nothing() -> None:
    Watch()
    WorkerBeat.objects.create(name="w", started_at=NOON, beat_at=NOON)
    seen = audit(now=NOON, clock=Clock("boot", 0), url=URL, ping=lambda _url: "the monitor answered 503")
    assert (seen.pinged, seen.ping_fault) == (False, "the monitor answered 503")
    assert codes(health(NOON).findings) == {"monitor-unreachable"}
    assert health(NOON).well


def test_an_address_inside_the_own_network_is_not_pinged() -> None:
    assert auditor.ping("http://127.0.0.1:9/ping")


def test_a_desk_from_which_nobody_can_be_reached_says_so(settings) -> None:  # type: ignore[no-untyped-def]
    settings.SERENO_SMTP = None
    watch = Watch(roster=None)
    assert codes(looks(watch, 1).findings) == {"no-way-out", "no-roster"}


def test_nothing_is_wrong_with_a_demo_from_which_nothing_leaves(settings) -> None:  # type: ignore[no-untyped-def]
    settings.SERENO_SMTP = None
    watch = Watch()
    assert "no-way-out" in codes(looks(watch, 1).findings)

    type(watch.brand).objects.update(demo=True)

    assert "no-way-out" not in codes(looks(watch, 2).findings)


def test_the_health_page_looks_itself_and_says_when_the_auditor_is_silent() -> None:
    watch = Watch()
    looks(watch, 0)
    WorkerBeat.objects.update(beat_at=watch.at(10))
    assert codes(health(watch.at(10)).findings) == {"auditor-silent"}
    looks(watch, 10)
    seen = health(watch.at(11), watch.brand)
    assert (seen.findings, seen.checked_at, seen.pinged_at) == ((), watch.at(10), watch.at(10))


def english_in(text: str) -> set[str]:
    return set(text.split()) & {"the", "is", "are", "could", "not", "be", "was", "has", "nobody", "nothing", "whoever"}


@pytest.mark.parametrize(
    ("language", "said", "way_out"),
    [
        ("en", "WRONG: The worker", "Whoever runs this Sereno"),
        ("es", "FALLA: El proceso", "Quien administra este Sereno"),
        ("pl", "BŁĄD: Proces", "Osoba prowadząca ten Sereno"),
    ],
)
def test_the_command_tells_what_is_wrong_with_its_way_out_and_ends_with_one(
    language: str, said: str, way_out: str
) -> None:
    done = CliRunner().invoke(command, ["--language", language])
    assert done.exit_code == 1
    assert said in done.stdout
    assert way_out in done.stdout
    assert bool(english_in(done.output)) is (language == "en")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "All is well."), ("es", "Todo va bien."), ("pl", "Wszystko w porządku.")]
)
def test_the_command_tells_that_all_is_well_and_to_cron_nothing(
    monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setattr(auditor, "audit", lambda **_rest: auditor.Audit((), 0, pinged=False))
    assert CliRunner().invoke(command, ["--language", language]).output == f"{said}\n"
    assert CliRunner().invoke(command, ["--language", language, "--quiet"]).output == ""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2 late calls were run just now."),
        ("es", "Se acaban de hacer 2 avisos atrasados."),
        ("pl", "Właśnie wykonano 2 spóźnione wezwania."),
    ],
)
def test_the_command_tells_what_it_ran_and_that_the_monitor_was_not_heard(
    monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    def audit(**_rest: object) -> auditor.Audit:
        return auditor.Audit((), 2, pinged=False, ping_fault=auditor.ping("http://127.0.0.1:9/ping"))

    monkeypatch.setattr(auditor, "audit", audit)
    told = CliRunner().invoke(command, ["--language", language]).output
    assert said in told
    assert "SERENO_HEARTBEAT_URL" in told
    assert bool(english_in(told)) is (language == "en")
