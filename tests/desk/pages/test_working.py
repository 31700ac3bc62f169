"""What people do on the pages, with and without htmx, and how refusals are told."""

from __future__ import annotations

from io import BytesIO

import pytest

from sereno.desk.accounts.models import User
from sereno.desk.cases.models import Case, CaseNote, CaseState
from sereno.desk.intake.models import FileImport, RawBody, RawRecord, Source
from tests.desk.pages.conftest import Desk
from tests.desk.street import NOON

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/b/acme/inbox"}


@pytest.fixture
def case(desk: Desk) -> Case:
    desk.street.danger("fire")
    desk.street.work()
    return Case.objects.get()


def test_take_leads_back_to_the_case(desk: Desk, case: Case) -> None:
    answer = desk.as_(desk.alice).post(f"/b/acme/cases/{case.pk}/take", follow=True)
    assert "It is yours now." in answer.content.decode()
    case.refresh_from_db()
    assert case.owner == desk.alice


def test_asked_by_htmx_the_case_comes_back_with_its_row(desk: Desk, case: Case) -> None:
    told = desk.as_(desk.alice).post(f"/b/acme/cases/{case.pk}/take", headers=HTMX).content.decode()
    assert "<html" not in told
    assert 'id="case"' in told
    assert f'id="case-{case.pk}"' in told
    assert 'hx-swap-oob="true"' in told


def test_overruling_needs_a_light_and_words(desk: Desk, case: Case) -> None:
    client = desk.as_(desk.alice)
    path = f"/b/acme/cases/{case.pk}/overrule"
    assert "This light is wrong" in client.get(path).content.decode()
    assert client.post(path, {"overrule-light": "green"}).status_code == 422
    assert client.post(path, {"overrule-light": "red", "overrule-reason": "x"}).status_code == 422
    assert client.post(path, {"overrule-light": "green", "overrule-reason": "It was a drill."}).status_code == 302
    case.refresh_from_db()
    assert case.light == "green"
    assert CaseNote.objects.get().text == "It was a drill."


def test_a_refusal_opens_the_dialog_again_with_its_sentence(desk: Desk, case: Case) -> None:
    form = {"overrule-light": "red", "overrule-reason": "still red"}
    answer = desk.as_(desk.alice).post(f"/b/acme/cases/{case.pk}/overrule", form, headers=HTMX)
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "It has this light already." in told
    assert "data-open" in told


def test_refusals_speak_the_persons_language(desk: Desk, case: Case) -> None:
    User.objects.filter(pk=desk.bob.pk).update(language="es")
    desk.bob.refresh_from_db()
    form = {"overrule-light": "red", "overrule-reason": "sigue igual"}
    told = desk.as_(desk.bob).post(f"/b/acme/cases/{case.pk}/overrule", form).content.decode()
    assert "Ya tiene esta luz. Elija otra." in told


def test_hand_over_note_give_back_close_and_open_again(desk: Desk, case: Case) -> None:
    client, at = desk.as_(desk.alice), f"/b/acme/cases/{case.pk}"
    client.post(f"{at}/assign", {"assign-to": desk.bob.pk})
    client.post(f"{at}/note", {"note-text": "Called her."})
    case.refresh_from_db()
    assert case.owner == desk.bob
    client.post(f"{at}/release")
    assert client.post(f"{at}/close", {"close-reason": "solved"}).status_code == 422  # a complaint never answered
    client.post(f"{at}/close", {"close-reason": "solved", "close-words": "Answered by phone."})
    case.refresh_from_db()
    assert (case.state, case.owner) == (CaseState.CLOSED, None)
    client.post(f"{at}/reopen", {"reopen-words": "She called again."})
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    told = client.get(at).content.decode()
    for words in ("Handed to Bob", "Called her.", "Closed: Solved", "Answered by phone.", "She called again."):
        assert words in told


def test_a_person_of_another_brand_cannot_be_handed_a_case(desk: Desk, case: Case) -> None:
    answer = desk.as_(desk.alice).post(f"/b/acme/cases/{case.pk}/assign", {"assign-to": desk.charlie.pk})
    assert answer.status_code == 422


def test_who_only_reads_sees_no_buttons_and_is_refused(desk: Desk, case: Case) -> None:
    client = desk.as_(desk.audra)
    told = client.get(f"/b/acme/cases/{case.pk}").content.decode()
    assert "Take it" not in told
    assert "This is wrong" not in told
    refused = client.post(f"/b/acme/cases/{case.pk}/take")
    assert refused.status_code == 403
    assert "Your role does not allow this." in refused.content.decode()


def test_changes_tell_what_arrived_and_what_changed_on_screen(desk: Desk, case: Case) -> None:
    from sereno.desk.cases.actions import assign
    from sereno.desk.cases.queries import latest_event

    drawn = latest_event(desk.street.brand.pk)
    assign(case, to=desk.bob, by=desk.bob, now=NOON)
    desk.street.complaint("p", "acme lost my bed", author="ben", minutes=1)
    desk.street.work(minutes=1)
    client = desk.as_(desk.alice)
    told = client.get(f"/b/acme/inbox/changes?event={drawn}&since={drawn}&ids={case.pk}").content.decode()
    assert "1 new post" in told
    assert f'id="case-{case.pk}"' in told
    assert "lost my bed" not in told
    quiet = client.get(f"/b/acme/inbox/changes?event={drawn}&since={drawn}&ids={case.pk}&view=closed").content.decode()
    assert "new post" not in quiet


def test_a_webhook_shows_its_secret_once(desk: Desk) -> None:
    client = desk.as_(desk.alice)
    answer = client.post("/b/acme/sources/webhook", {"webhook-name": "Portal"})
    told = answer.content.decode()
    source = Source.objects.get(name="Portal")
    assert "whsec_" in told
    assert f"/hooks/{source.public_id}" in told
    assert answer["Cache-Control"] == "no-store"
    assert "whsec_" not in client.get("/b/acme/sources").content.decode()


def test_a_feed_is_added_and_switched_off_and_on(desk: Desk) -> None:
    client = desk.as_(desk.alice)
    client.post("/b/acme/sources/feed", {"feed-name": "Blog", "feed-url": "https://blog.example/feed"})
    source = Source.objects.get(name="Blog")
    assert "Blog" in client.get("/b/acme/sources").content.decode()
    client.post(f"/b/acme/sources/{source.pk}/switch", {"enabled": "0"})
    source.refresh_from_db()
    assert not source.enabled
    assert "Switched off" in client.get("/b/acme/sources").content.decode()


def test_only_leads_manage_sources(desk: Desk) -> None:
    assert desk.as_(desk.bob).post("/b/acme/sources/webhook", {"webhook-name": "x"}).status_code == 403
    assert "Add a feed" not in desk.as_(desk.bob).get("/b/acme/sources").content.decode()


def test_a_file_is_uploaded_and_shown_with_its_progress(desk: Desk) -> None:
    file = BytesIO(b'{"id": "1", "text": "acme lost it"}\n')
    file.name = "posts.jsonl"
    client = desk.as_(desk.alice)
    answer = client.post("/b/acme/sources/upload", {"upload-file": file}, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/b/acme/sources"
    assert FileImport.objects.get().file_name == "posts.jsonl"
    told = client.get("/b/acme/sources").content.decode()
    assert "<progress" in told
    assert "posts.jsonl" in told


def test_dead_letters_are_shown_as_text_and_tried_again(desk: Desk) -> None:
    record = RawRecord.objects.create(
        brand=desk.street.brand, source=desk.street.source, key="k", via="file", received_at=NOON,
        state=RawRecord.State.DEAD, error="not JSON", place="posts.jsonl:42",
    )  # fmt: skip
    RawBody.objects.create(record=record, body=b'<script>alert(1)</script>\xff{"id"')
    client = desk.as_(desk.alice)
    told = client.get("/b/acme/sources/dead-letters").content.decode()
    assert "posts.jsonl:42" in told
    assert "<script>alert" not in told
    client.post("/b/acme/sources/dead-letters/replay", {"record": record.pk})
    record.refresh_from_db()
    assert record.state == RawRecord.State.WAITING


def test_home_leads_to_the_persons_brand_and_settings_are_kept(desk: Desk) -> None:
    client = desk.as_(desk.alice)
    assert client.get("/")["Location"] == "/b/acme/"
    form = {"name": "Alice", "language": "pl", "timezone": "Europe/Warsaw", "theme": "dark", "density": "compact"}
    client.post("/settings", form)
    desk.alice.refresh_from_db()
    assert (desk.alice.language, desk.alice.theme, desk.alice.shortcuts) == ("pl", "dark", False)
    told = client.get("/b/acme/").content.decode()
    assert 'data-theme="dark"' in told
    assert 'data-shortcuts="off"' in told
    assert "Teraz" in told


@pytest.mark.django_db
def test_the_language_can_be_chosen_before_signing_in() -> None:
    from django.test import Client

    client = Client()
    assert (
        client.post("/language", {"language": "es", "next": "https://evil.example/"})["Location"] == "/accounts/login/"
    )
    assert client.cookies["django_language"].value == "es"


@pytest.mark.django_db
def test_the_sign_in_page_speaks_the_chosen_language() -> None:
    from django.test import Client

    client = Client()
    client.post("/language", {"language": "pl"})
    assert "Zaloguj się" in client.get("/accounts/login/").content.decode()


@pytest.mark.django_db
def test_nothing_here_is_said_kindly() -> None:
    from django.test import Client

    answer = Client().get("/no/such/page")
    assert answer.status_code == 404
    assert "There is nothing here." in answer.content.decode()


def test_whoever_signs_in_is_greeted_in_their_language(desk: Desk) -> None:
    from django.test import Client

    from tests.desk.stories import PASSWORD

    desk.bob.set_password(PASSWORD)
    desk.bob.language = "es"
    desk.bob.save()
    client = Client()
    mistyped = {"login": desk.bob.email, "password": "something-else"}
    wrong = client.post("/accounts/login/", mistyped, headers={"Accept-Language": "pl"})
    assert "Adres e-mail lub hasło się nie zgadza." in wrong.content.decode()
    told = client.post("/accounts/login/", {"login": desk.bob.email, "password": PASSWORD}, follow=True)
    assert "Hola, Bob." in told.content.decode()


def test_the_languages_of_the_sign_in_page_are_called_as_they_call_themselves(db: None) -> None:
    from django.test import Client

    told = Client().get("/accounts/login/", headers={"Accept-Language": "pl"}).content.decode()
    for name in ("English", "Español", "Polski"):
        assert f">{name}</button>" in told


def test_time_zones_are_offered_by_place(desk: Desk) -> None:
    told = desk.as_(desk.alice).get("/settings").content.decode()
    assert "Europe/Dublin" in told
    assert "US/Pacific" not in told


def test_only_whoever_has_several_brands_can_change_the_brand(desk: Desk) -> None:
    from sereno.desk.accounts.actions import give_role
    from sereno.desk.accounts.models import Role

    assert "Change the brand" not in desk.as_(desk.alice).get("/b/acme/").content.decode()
    give_role(desk.alice, desk.other, Role.OWNER, by=None, now=NOON)
    assert "Change the brand" in desk.as_(desk.alice).get("/b/acme/").content.decode()
