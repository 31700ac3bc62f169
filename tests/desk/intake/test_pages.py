"""The pages of sources: what is asked → what stands there, and what was changed."""

from __future__ import annotations

import json
import urllib.request
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from sereno.desk.accounts.models import Role, User
from sereno.desk.intake.models import RawRecord, Source
from sereno.desk.intake.views_sources import sending_example
from tests.desk.intake.desk import NOON
from tests.desk.stories import brand, member


@pytest.fixture
def lead(db: None) -> User:
    return member("Lea", brand("acme"), Role.CARE_LEAD)


@pytest.fixture
def client(lead: User) -> Client:
    client = Client()
    client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://127.0.0.1:8000/feed", "inside a private network"),
        ("http://169.254.169.254/", "never read"),
        ("ftp://a.example/feed", "is no web address"),
        ("https://blog.example:22/feed", "from port 22"),
    ],
)
def test_a_feed_that_is_never_read_is_refused_in_the_form(client: Client, url: str, says: str) -> None:
    answer = client.post("/b/acme/sources/feed", {"feed-name": "Blog", "feed-url": url})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Source.objects.exists()


def test_a_source_is_renamed_and_removed(client: Client) -> None:
    client.post("/b/acme/sources/feed", {"feed-name": "Blog", "feed-url": "https://blog.example/feed"})
    source = Source.objects.get()
    assert 'value="Blog"' in client.get(f"/b/acme/sources/{source.pk}/rename").content.decode()
    client.post(f"/b/acme/sources/{source.pk}/rename", {"name": "Journal"})
    assert "Journal" in client.get("/b/acme/sources").content.decode()

    client.post(f"/b/acme/sources/{source.pk}/remove")
    assert not Source.objects.exists()


def test_a_dead_letter_is_set_aside_and_told_with_who_and_why(client: Client) -> None:
    client.post("/b/acme/sources/webhook", {"webhook-name": "Portal"})
    dead = RawRecord.objects.create(
        brand=brand_of_all(), source=Source.objects.get(), key="k", via="file", received_at=NOON, state="dead",
        error="the row is not UTF-8", place="t.csv:3", unreadable=True,
    )  # fmt: skip
    before = client.get("/b/acme/sources/dead-letters").content.decode()
    assert "upload the file again" in before
    assert "Try again" not in before
    assert "Try all again" not in before
    assert "could not be understood" in client.get("/b/acme/sources").content.decode()

    client.post("/b/acme/sources/dead-letters/aside", {"record": dead.pk, "why": ""})
    dead.refresh_from_db()
    assert dead.state == "dead"
    client.post("/b/acme/sources/dead-letters/aside", {"record": dead.pk, "why": "mended in the file"})

    assert "could not be understood" not in client.get("/b/acme/sources").content.decode()
    aside = client.get("/b/acme/sources/dead-letters?aside").content.decode()
    assert "mended in the file" in aside
    assert "Set aside by Lea" in aside


def brand_of_all() -> Any:
    from sereno.desk.accounts.models import Brand

    return Brand.objects.get()


def test_an_upload_says_which_fields_there_are(client: Client) -> None:
    assert "author.handle" in client.get("/b/acme/sources/upload").content.decode()
    file = BytesIO(b"name,message\n1,2\n")
    file.name = "posts.csv"
    refused = client.post("/b/acme/sources/upload", {"upload-file": file})
    assert refused.status_code == 422
    assert "columns are missing" in refused.content.decode()


def test_the_example_on_the_webhooks_page_delivers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = client.post("/b/acme/sources/webhook", {"webhook-name": "Portal"})
    secret, address = page.context["secret"], page.context["address"]
    assert "webhook-signature" in page.content.decode()

    class Answer:
        def __init__(self, response: Any) -> None:
            self.status, self.body = response.status_code, response.content

        def read(self) -> bytes:
            return bytes(self.body)

    def deliver(request: urllib.request.Request) -> Answer:
        path = request.full_url.partition("testserver")[2]
        return Answer(Client().post(path, request.data, "application/json", headers=dict(request.header_items())))

    monkeypatch.setattr(urllib.request, "urlopen", deliver)
    exec(sending_example(address).replace("whsec_…", secret), {})

    body = bytes(RawRecord.objects.get().body.body)
    assert json.loads(body)["text"] == "It leaks."
