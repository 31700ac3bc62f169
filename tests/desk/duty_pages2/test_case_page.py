"""The case page says where a case stands in its chain, and what people can do about it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sereno.desk.cases import actions as casework
from sereno.desk.cases.filters import Filters
from sereno.desk.cases.models import Case
from sereno.desk.cases.queries import inbox
from sereno.desk.duty import acts, pausing
from sereno.desk.duty.acting import act
from sereno.desk.duty.shown import views_health
from sereno.desk.notify.delivering import deliver
from sereno.desk.notify.messages import compose
from sereno.desk.notify.models import Notification
from tests.desk.duty.watch import Watch, line_of, told
from tests.desk.duty_pages2.pages import at_minute, read, signed_in
from tests.desk.notify.receivers import mail_server
from tests.desk.street import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    views_health._kept.forget()


def _page(watch: Watch, case: Case, who: str = "cem") -> str:
    return read(signed_in(watch.person(who)), f"/b/acme/cases/{case.pk}")


def _post(watch: Watch, case: Case, who: str, deed: str, *, status: int = 302, **fields: str) -> Client:
    client = signed_in(watch.person(who))
    response = client.post(f"/b/acme/cases/{case.pk}/{deed}", fields)
    assert response.status_code == status, response.content[:500]
    return client


def test_who_was_called_and_who_is_next_stand_on_the_case(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    case = watch.red()
    at_minute(monkeypatch, 0)
    assert "Nobody was called yet" not in _page(watch, case)

    watch.act()
    page = _page(watch, case)
    assert "Called: cem" in page
    assert "Again: Cem, Dia, Pol at" in page  # the last step: everybody of it, ten minutes later
    assert "if nobody takes it" in page


def test_each_delivery_stands_with_its_state(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    at_minute(monkeypatch, 1)
    assert "E-mail: sent" not in _page(watch, case)

    with mail_server() as box:
        from sereno.desk.notify.configured import smtp

        settings.SERENO_SMTP = smtp(f"smtp://127.0.0.1:{box.port}")
        settings.SERENO_MAIL_FROM = "Sereno <sereno@acme.example>"
        deliver(now=NOON)
        assert box.to == ["cem@acme.example"]
    assert "cem: E-mail: sent" in _page(watch, case)


def test_taking_the_case_ends_its_calls_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    at_minute(monkeypatch, 2)
    assert line_of(case).over_at is None

    _post(watch, case, "cem", "take")
    assert line_of(case).over_at is not None
    page = _page(watch, case)
    assert "Taken: nobody more is called · cem" in page
    assert "if nobody takes it" not in page
    assert "hand-back" in page


def test_who_was_handed_a_case_says_on_its_page_that_they_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The chain waited for them, and there was no button: the next step was called over their heads."""
    watch = Watch()
    case = watch.red()
    watch.act()
    at_minute(monkeypatch, 2)
    _post(watch, case, "cem", "take")
    assert "I have it" not in _page(watch, case, "cem")
    casework.assign(case, to=watch.person("dia"), by=watch.person("cem"), now=watch.at(3))
    watch.act(3)
    message = Notification.objects.get(code="assigned")
    assert "After signing in you can say there that you have it." in compose(message).text
    assert "I have it" not in _page(watch, case, "cem")
    assert "I have it" in _page(watch, case, "dia")

    at_minute(monkeypatch, 4)
    _post(watch, case, "dia", "take")
    assert told(case)[-1][0] == "acknowledged"
    assert "I have it" not in _page(watch, case, "dia")
    assert "say there that you have it" not in compose(Notification.objects.get(code="assigned")).text


def test_giving_back_needs_a_reason_and_calls_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    at_minute(monkeypatch, 2)
    _post(watch, case, "cem", "take")
    refused = signed_in(watch.person("cem")).post(f"/b/acme/cases/{case.pk}/hand-back", {"hand_back-reason": "  "})
    assert refused.status_code == 422
    assert told(case)[-1][0] == "acknowledged"

    at_minute(monkeypatch, 3)
    _post(watch, case, "cem", "hand-back", **{"hand_back-reason": "My train leaves."})
    assert [what for what, _link, _people in told(case)][-2:] == ["handed_back", "called"]
    assert "My train leaves." in _page(watch, case)


def test_somebody_elses_case_cannot_be_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    at_minute(monkeypatch, 2)
    _post(watch, case, "cem", "take")
    refused = signed_in(watch.person("ana")).post(f"/b/acme/cases/{case.pk}/hand-back", {"hand_back-reason": "No."})
    assert refused.status_code == 422
    assert b"Somebody else has this case" in refused.content


def test_a_green_case_is_passed_up_and_down_with_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    case = watch.green()
    watch.act()
    at_minute(monkeypatch, 1)
    before = told(case)[-1][1]
    assert "/escalate" in _page(watch, case, "ana")
    assert "/lower" not in _page(watch, case, "ana")

    _post(watch, case, "ana", "escalate", **{"escalate-reason": "It is about the contract."})
    assert told(case)[-1][1] == before + 1
    page = _page(watch, case, "ana")
    assert "Passed up" in page
    assert "It is about the contract." in page

    _post(watch, case, "ana", "lower", **{"lower-reason": "It was not."})
    assert told(case)[-1][1] == before


def test_after_passing_up_the_page_says_whose_turn_it_is_now_and_the_deadline_of_the_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The page went on to name who had it before, and the deadline of the plan's light."""
    watch = Watch()
    case = watch.green()
    watch.act()
    at_minute(monkeypatch, 1)
    assert "Whose turn: <strong>Community manager on duty</strong>" in _page(watch, case, "ana")
    turn = Filters(view="turn")
    assert inbox(watch.brand, turn, person=watch.person("pol"), now=watch.at(1)).rows == []

    _post(watch, case, "ana", "escalate", **{"escalate-reason": "It is about the contract."})
    assert "Whose turn: <strong>Head of product</strong>" in _page(watch, case, "ana")
    case.refresh_from_db()
    message = Notification.objects.get(code="escalated")
    assert case.acknowledge_by == watch.at(31)  # half an hour, which is the step's
    assert message.values["deadline"] == watch.at(31).isoformat()
    assert [row.case for row in inbox(watch.brand, turn, person=watch.person("pol"), now=watch.at(2)).rows] == [case]

    watch.act(31)  # Pol says nothing: the committee is called
    at_minute(monkeypatch, 32)
    assert "Whose turn: <strong>Committee member on duty</strong>" in _page(watch, case, "ana")
    _post(watch, case, "cem", "take")
    assert "Whose turn: <strong>Committee member on duty</strong>" in _page(watch, case, "cem")

    _post(watch, case, "cem", "hand-back", **{"hand_back-reason": "My train leaves."})
    case.refresh_from_db()
    called = Notification.objects.get(code="handed_back")
    assert case.acknowledge_by is not None
    assert called.values["deadline"] == case.acknowledge_by.isoformat()


def test_passed_up_at_night_the_deadline_counts_from_when_the_step_is_called() -> None:
    watch = Watch()
    night = 11 * 60
    case = watch.green(minutes=night)
    watch.act(night)
    acts.escalate(case, reason="It is about the contract", by=watch.person("ana"), now=watch.at(night))
    case.refresh_from_db()
    due = line_of(case).due_at
    assert due is not None
    assert due > watch.at(night)
    act(now=due)
    assert line_of(case).due_at == case.acknowledge_by


def test_at_the_last_step_passing_up_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    at_minute(monkeypatch, 1)
    assert "/escalate" not in _page(watch, case)
    refused = signed_in(watch.person("cem")).post(f"/b/acme/cases/{case.pk}/escalate", {"escalate-reason": "Up."})
    assert refused.status_code == 422
    assert b"nobody stands above it" in refused.content


def test_asking_somebody_rings_their_bell_and_moves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    at_minute(monkeypatch, 1)
    happened = told(case)
    lea = signed_in(watch.person("lea"))
    assert "Nothing new for you." in read(lea, "/b/acme/bell")

    whom = f"person:{watch.person('lea').pk}"
    _post(watch, case, "cem", "consult", **{"consult-whom": whom, "consult-question": "Is this ours?"})
    assert told(case) == happened
    bell = read(lea, "/b/acme/bell")
    assert "1 message waits for you." in bell
    assert "your advice is asked for" in bell

    newest = bell.split('name="newest" value="')[1].split('"')[0]
    lea.post("/b/acme/bell/seen", {"newest": newest})
    assert "Nothing new for you." in read(lea, "/b/acme/bell")


def test_a_clock_that_stands_still_is_shown_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    at_minute(monkeypatch, 2)
    assert "The clock stands still" not in _page(watch, case)

    _post(watch, case, "cem", "pause", **{"pause-reason": "We wait for the laboratory."}, status=422)
    assert "The clock stands still" not in _page(watch, case)
    until = {"pause-until": "2026-03-02T18:30"}  # in UTC, as Cem's account has it
    client = signed_in(watch.person("cem"))
    refused = client.post(
        f"/b/acme/cases/{case.pk}/pause", {"pause-reason": "We wait for the laboratory.", **until}
    )  # fmt: skip
    assert refused.status_code == 422
    assert b"Nobody has said yet that they have this case, so people are still called." in refused.content
    assert b"We wait for the laboratory." in refused.content  # the words that were typed are still there
    assert line_of(case).over_at is None
    _post(watch, case, "cem", "take")
    _post(watch, case, "cem", "pause", **{"pause-reason": "We wait for the laboratory.", **until})
    page = _page(watch, case)
    assert "until" in page
    assert "18:30" in page
    assert "The clock stands still" in page
    assert "We wait for the laboratory." in page

    at_minute(monkeypatch, 30)
    _post(watch, case, "cem", "resume")
    page = _page(watch, case)
    assert "The clock stood still 1 time" in page
    with pytest.raises(Exception, match="runs"):
        pausing.resume(case, by=watch.person("cem"), now=watch.at(31))


def test_a_question_stands_on_top_until_who_was_asked_writes_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    case = watch.red()
    at_minute(monkeypatch, 1)
    _post(watch, case, "ana", "consult", **{
        "consult-whom": f"person:{watch.person('cem').pk}", "consult-question": "Which batch is it?",
    })  # fmt: skip

    assert "ana asked cem; no answer yet" in _page(watch, case, "ana")
    page = _page(watch, case, "cem")
    assert page.index("ana asks you") < page.index("Which batch is it?") < page.index("thread-title")
    assert "Answer with a note" in page
    assert "Answer with a note" not in _page(watch, case, "dia")

    at_minute(monkeypatch, 2)
    _post(watch, case, "dia", "note", **{"note-text": "I do not know it."})
    assert "Answer with a note" in _page(watch, case, "cem")
    _post(watch, case, "cem", "note", **{"note-text": "Batch 7."})
    for who in ("ana", "cem"):
        page = _page(watch, case, who)
        assert "asks you" not in page
        assert "no answer yet" not in page
        assert "Batch 7." in page


def _happened(watch: Watch, case: Case, who: str = "cem") -> list[str]:
    """What happened, line by line, the newest first."""
    page = _page(watch, case, who)
    history = page[page.index('id="history-title"') :]
    return [line.split(" <span")[0].split("<p>")[-1] for line in history.split("<li>")[1:]]


def test_one_act_is_one_line_of_the_history(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    case = watch.red()
    watch.act()
    at_minute(monkeypatch, 1)
    _post(watch, case, "cem", "take")
    at_minute(monkeypatch, 2)
    _post(watch, case, "cem", "hand-back", **{"hand_back-reason": "I am on the road"})
    at_minute(monkeypatch, 3)
    _post(watch, case, "cem", "take")

    told_lines = _happened(watch, case)
    assert told_lines[0] == "Taken · cem"
    assert told_lines[2] == "Given back: the same step is called anew · cem"
    assert told_lines[3] == "Taken · cem"
    assert sum(line.startswith("Taken") for line in told_lines) == 2
    assert sum(line.startswith("Given back") for line in told_lines) == 1
    assert "I am on the road" in _page(watch, case)
