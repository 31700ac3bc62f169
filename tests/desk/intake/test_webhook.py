"""A delivery before → an answer, and what is stored, after."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from standardwebhooks import Webhook

from sereno.desk.accounts.models import Brand
from sereno.desk.intake import webhook_view
from sereno.desk.intake.actions import add_source, set_source_enabled, understand
from sereno.desk.intake.models import Post, RawRecord, Sighting, Source, WebhookDelivery
from tests.desk.intake.desk import NOON

POST = {"id": "r-1", "network": "reviews", "text": "Paid for two, got one."}


class Sender:
    """Somebody who delivers, with the right secret unless told otherwise."""

    def __init__(self, source: Source, secret: str) -> None:
        self.source, self.secret = source, secret
        self.client = Client(enforce_csrf_checks=True)

    def delivers(
        self, told: Any = POST, *, name: str = "msg-1", minutes: float = 0, secret: str | None = None,
        body: bytes | None = None, sent: bytes | None = None, path: str | None = None, **headers: str,
    ) -> HttpResponse:  # fmt: skip
        """`sent` goes over the wire in place of the body that was signed."""
        body = json.dumps(told).encode() if body is None else body
        at = NOON + timedelta(minutes=minutes)
        signed = Webhook(secret or self.secret).sign(name, at, body.decode(errors="replace"))
        given = {
            "webhook-id": name,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": signed,
            **{key.replace("_", "-"): value for key, value in headers.items()},
        }
        return self.client.post(  # type: ignore[return-value]
            path or f"/hooks/{self.source.public_id}",
            body if sent is None else sent,
            content_type="application/json",
            headers=given,
        )


@pytest.fixture
def sender(acme: Brand, monkeypatch: pytest.MonkeyPatch) -> Sender:
    monkeypatch.setattr(webhook_view.timezone, "now", lambda: NOON)
    source, secret = add_source(acme, kind="webhook", name="portal", settings={}, by=None, now=NOON)
    assert secret is not None
    return Sender(source, secret)


def reason(answer: HttpResponse) -> str:
    return str(json.loads(answer.content)["error"])


def nothing_is_stored() -> bool:
    return not RawRecord.objects.exists() and not WebhookDelivery.objects.exists()


def test_a_genuine_delivery_is_accepted_and_becomes_a_post(sender: Sender) -> None:
    answer = sender.delivers()

    assert answer.status_code == 202
    assert json.loads(answer.content) == {"accepted": 1}
    understand(now=NOON)
    assert Post.objects.get().text.text == "Paid for two, got one."
    assert Sighting.objects.get().via == "webhook"
    sender.source.refresh_from_db()
    assert sender.source.last_ok_at == NOON


@pytest.mark.parametrize(
    ("told", "accepted"),
    [([POST, {**POST, "id": "r-2"}], 2), ({"posts": [POST, {**POST, "id": "r-2"}, {"no": "post"}]}, 3), ([], 0)],
)
def test_a_list_and_an_envelope_are_accepted_whole(sender: Sender, told: Any, accepted: int) -> None:
    assert json.loads(sender.delivers(told).content) == {"accepted": accepted}
    assert RawRecord.objects.count() == accepted


def test_a_redelivery_is_known_by_its_id(sender: Sender) -> None:
    sender.delivers()
    answer = sender.delivers(minutes=1)

    assert answer.status_code == 200
    assert json.loads(answer.content) == {"accepted": 0, "already": True}
    assert RawRecord.objects.count() == 1


def test_the_same_post_under_a_new_id_is_still_one(sender: Sender) -> None:
    sender.delivers()
    sender.delivers(name="msg-2")
    understand(now=NOON)

    assert Post.objects.count() == 1


def test_a_delivery_signed_with_another_secret_is_refused(sender: Sender) -> None:
    answer = sender.delivers(secret="whsec_" + "A" * 44)

    assert answer.status_code == 401
    assert "signature does not fit" in reason(answer)
    assert nothing_is_stored()


def test_a_body_that_was_changed_on_its_way_is_refused(sender: Sender) -> None:
    answer = sender.delivers(sent=json.dumps({**POST, "text": "All is well."}).encode())

    assert answer.status_code == 401
    assert nothing_is_stored()


def test_a_delivery_replayed_under_another_id_is_refused(sender: Sender) -> None:
    assert sender.delivers(webhook_id="msg-2").status_code == 401
    assert nothing_is_stored()


@pytest.mark.parametrize(("minutes", "word"), [(-5.1, "too late"), (5.1, "too early")])
def test_a_delivery_outside_the_window_is_refused_with_the_reason(sender: Sender, minutes: float, word: str) -> None:
    answer = sender.delivers(minutes=minutes)

    assert answer.status_code == 401
    assert word in reason(answer)
    assert nothing_is_stored()


@pytest.mark.parametrize("minutes", [-4.9, 4.9])
def test_a_delivery_inside_the_window_is_accepted(sender: Sender, minutes: float) -> None:
    assert sender.delivers(minutes=minutes).status_code == 202


@pytest.mark.parametrize(
    "headers",
    [
        {"webhook_id": ""},
        {"webhook_id": "x" * 201},
        {"webhook_timestamp": ""},
        {"webhook_timestamp": "soon"},
        {"webhook_timestamp": "9" * 400},
        {"webhook_timestamp": "-1"},
        {"webhook_signature": ""},
        {"webhook_signature": "v1"},
        {"webhook_signature": "v1,"},
        {"webhook_signature": "v1a,AAAA"},
        {"webhook_signature": "żółć"},
        {"webhook_signature": "v1,x " * 5000},
    ],
)
def test_forged_headers_are_refused(sender: Sender, headers: dict[str, str]) -> None:
    assert sender.delivers(**headers).status_code == 401
    assert nothing_is_stored()


def test_of_several_signatures_one_has_to_fit(sender: Sender) -> None:
    body = json.dumps(POST).encode()
    ours = Webhook(sender.secret).sign("msg-1", NOON, body.decode())

    assert sender.delivers(body=body, webhook_signature=f"v1,b3RoZXI= {ours}").status_code == 202


def test_an_unknown_address_is_answered_404_and_checked_all_the_same(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = []
    real = webhook_view.check
    monkeypatch.setattr(webhook_view, "check", lambda *a, **k: checked.append(1) or real(*a, **k))

    assert sender.delivers(path="/hooks/nobody").status_code == 404
    assert checked


def test_a_source_that_receives_nothing_has_no_address(sender: Sender) -> None:
    Source.objects.update(kind="rss")

    assert sender.delivers().status_code == 404


def test_a_webhook_that_is_switched_off_says_so(sender: Sender) -> None:
    set_source_enabled(sender.source, enabled=False, by=None, now=NOON)
    answer = sender.delivers()

    assert answer.status_code == 403
    assert "switched off" in reason(answer)
    assert nothing_is_stored()


def test_a_stranger_does_not_learn_that_a_webhook_is_switched_off(sender: Sender) -> None:
    set_source_enabled(sender.source, enabled=False, by=None, now=NOON)

    assert sender.delivers(secret="whsec_" + "A" * 44).status_code == 401


@pytest.mark.parametrize(
    ("body", "words"), [(b"hello", "not JSON"), (b"3", "no JSON object"), (b'{"posts": 3}', "'posts' is not a list")]
)
def test_what_is_no_delivery_at_all_is_refused_and_can_be_sent_again(sender: Sender, body: bytes, words: str) -> None:
    answer = sender.delivers(body=body)

    assert answer.status_code == 400
    assert words in reason(answer)
    assert nothing_is_stored()
    assert sender.delivers().status_code == 202  # the same id, mended


def test_a_body_that_is_no_text_is_refused(sender: Sender) -> None:
    assert sender.delivers(body=b'{"id": "\xff"}').status_code == 401


def test_a_record_that_is_no_post_is_kept_as_a_dead_letter(sender: Sender) -> None:
    assert sender.delivers({"posts": [{"text": "no id"}, POST]}).status_code == 202
    understand(now=NOON)

    assert Post.objects.count() == 1
    dead = RawRecord.objects.get(state="dead")
    assert dead.place == "posts[0]"


def test_an_oversized_delivery_is_refused(sender: Sender) -> None:
    big = {**POST, "text": "x" * settings.WEBHOOK_MAX_BYTES}

    assert sender.delivers(big).status_code == 413
    assert nothing_is_stored()


def test_an_oversized_delivery_is_refused_without_being_read(sender: Sender) -> None:
    class Unread:
        def read(self, *_: Any) -> bytes:
            raise AssertionError("the body was read")

    answer = sender.client.generic("POST", f"/hooks/{sender.source.public_id}", CONTENT_LENGTH=str(2**40))
    assert answer.status_code == 413


def test_only_post_is_answered(sender: Sender) -> None:
    assert sender.client.get(f"/hooks/{sender.source.public_id}").status_code == 405


def test_a_fault_of_ours_promises_nothing(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the disk is full")

    sender.client.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr(webhook_view, "store_raw", broken)
        assert sender.delivers().status_code == 500
    assert nothing_is_stored()

    assert sender.delivers().status_code == 202


def test_a_secret_that_cannot_be_read_is_our_fault(sender: Sender, settings: Any) -> None:
    settings.SECRET_KEY = "another installation's key"

    assert sender.delivers().status_code == 503


def test_a_delivery_at_the_real_time(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    minutes = (datetime.now(UTC) - NOON).total_seconds() / 60

    assert sender.delivers(minutes=minutes).status_code == 202
