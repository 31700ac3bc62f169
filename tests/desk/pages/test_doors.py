"""Which doors stand open to somebody without a session, and to somebody who would be somebody else."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner
from django.core import mail
from django.test import Client

from sereno.cli import main


@pytest.mark.parametrize(
    "path",
    ["email/", "password/reset/", "password/reset/done/", "password/reset/key/1-set-password/", "password/set/",
     "signup/", "confirm-email/", "confirm-email/x/", "reauthenticate/", "login/code/confirm/", "inactive/", ""],
)  # fmt: skip
def test_no_page_changes_an_address_or_hands_out_a_password(desk: Any, path: str) -> None:
    for client in (Client(), desk.as_(desk.alice)):
        for ask in (client.get, client.post):
            answer = ask(f"/accounts/{path}", {"email": desk.bob.email, "action_add": "1", "action_primary": "1"})
            assert answer.status_code == 404, path
    desk.alice.refresh_from_db()
    assert desk.alice.email == "alice@acme.example"
    assert not mail.outbox


@pytest.mark.parametrize(("language", "words"), [("en", "Whoever runs Sereno"), ("es", "Quien administra Sereno"),
                                                 ("pl", "osoba, która prowadzi Sereno")])  # fmt: skip
def test_the_sign_in_page_says_who_can_help(client: Client, db: None, language: str, words: str) -> None:
    page = client.get("/accounts/login/", headers={"accept-language": language}).content.decode()

    assert words in page
    assert "/accounts/password/reset" not in page


def test_whoever_runs_sereno_sets_a_new_password(desk: Any) -> None:
    signed_in = desk.as_(desk.bob)
    done = CliRunner().invoke(main, ["person", "password", desk.bob.email, "--password", "a new long password"])

    assert done.exit_code == 0, done.output
    assert signed_in.get("/b/acme/").status_code == 302, "the old session has ended"
    client = Client()
    client.post("/accounts/login/", {"login": desk.bob.email, "password": "a new long password"})
    assert client.get("/b/acme/").status_code == 200
    refused = CliRunner().invoke(main, ["person", "password", desk.bob.email, "--password", "short"])
    assert refused.exit_code == 1
    assert CliRunner().invoke(main, ["person", "password", "no@acme.example", "--password", "x"]).exit_code == 1
