"""Sources: one card each, a new feed or webhook, files uploaded, dead letters replayed."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.conf import settings as desk
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sereno.connectors.addresses import address_fault
from sereno.connectors.records import COLUMNS
from sereno.desk.accounts.models import Brand
from sereno.desk.accounts.permissions import Action, brand_of
from sereno.desk.accounts.request import person, whole_number
from sereno.desk.intake import actions
from sereno.desk.intake.actions import IntakeRefused
from sereno.desk.intake.cards import DEAD_SHOWN, cards, dead_letters, letters, set_aside_letters
from sereno.desk.intake.fault_words import say
from sereno.desk.intake.models import FileImport, RawRecord, Source
from sereno.desk.shell import shell


class FeedForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    url = forms.URLField(
        label=gettext_lazy("Address of the feed"),
        max_length=2000,
        assume_scheme="https",
        help_text=gettext_lazy("RSS or Atom, such as https://blog.example/comments/feed"),
    )

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if wrong := address_fault(url, desk.SERENO_FETCH_PRIVATE):
            raise forms.ValidationError(say(wrong))
        return url


class NameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)


class WebhookForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, help_text=gettext_lazy("Who will deliver, such as “Review portal”.")
    )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("JSONL (a post a line) or CSV with a header. Every post needs an id and a text."),
    )


@login_required
@require_GET
def sources_page(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug)
    return render(request, "sources/sources.html", _context(request, brand))


def _context(request: HttpRequest, brand: Brand, **forms_given: forms.Form) -> dict[str, Any]:
    found = cards(brand, timezone.now())
    return {
        **shell(request, brand, "sources"),
        "cards": found,
        "dead": sum(card.dead for card in found),
        "running": any(item.file.state == FileImport.State.RUNNING for card in found for item in card.imports),
        "feed_form": FeedForm(prefix="feed"),
        "webhook_form": WebhookForm(prefix="webhook"),
        "upload_form": UploadForm(prefix="upload"),
        **forms_given,
    }


@login_required
@require_GET
def source_cards(request: HttpRequest, slug: str) -> HttpResponse:
    """The cards alone: the page asks for them while a file is on its way in."""
    brand = brand_of(person(request), slug)
    return render(request, "sources/_cards.html", _context(request, brand))


@login_required
@require_http_methods(["GET", "POST"])
def add_feed(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug, Action.MANAGE_SOURCES)
    form = FeedForm(request.POST or None, prefix="feed")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.add_source(
                brand,
                kind="rss",
                name=given["name"],
                settings={"url": given["url"]},
                by=person(request),
                now=timezone.now(),
            )
        except IntakeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The feed is added; its first posts appear within minutes."))
            return redirect("sources", slug=brand.slug)
    return _plain(request, brand, form, "add_feed", _("Add a feed"), _("Add the feed"))


@login_required
@require_http_methods(["GET", "POST"])
def add_webhook(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug, Action.MANAGE_SOURCES)
    form = WebhookForm(request.POST or None, prefix="webhook")
    if request.method == "POST" and form.is_valid():
        try:
            source, secret = actions.add_source(
                brand,
                kind="webhook",
                name=form.cleaned_data["name"],
                settings={},
                by=person(request),
                now=timezone.now(),
            )
        except IntakeRefused as refused:
            form.add_error(None, str(refused))
        else:
            address = request.build_absolute_uri(reverse("webhook", args=[source.public_id]))
            context = {
                **shell(request, brand, "sources"),
                "source": source,
                "secret": secret,
                "address": address,
                "example": sending_example(address),
                "columns": COLUMNS,
            }
            response = render(request, "sources/secret.html", context)
            # shown once: no cache may keep it
            response.headers["Cache-Control"] = "no-store"
            return response
    return _plain(request, brand, form, "add_webhook", _("Add a webhook"), _("Add the webhook"))


@login_required
@require_POST
def switch(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand = brand_of(person(request), slug, Action.MANAGE_SOURCES)
    source = _source(brand, pk)
    enabled = request.POST.get("enabled") == "1"
    actions.set_source_enabled(source, enabled=enabled, by=person(request), now=timezone.now())
    messages.success(request, _("Switched on.") if enabled else _("Switched off."))
    return redirect("sources", slug=brand.slug)


def _source(brand: Brand, pk: int) -> Source:
    source = Source.objects.filter(brand=brand, pk=pk).first()
    if source is None:
        raise Http404("no such source")
    return source


@login_required
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand = brand_of(person(request), slug, Action.MANAGE_SOURCES)
    source = _source(brand, pk)
    form = NameForm(request.POST or None, initial={"name": source.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_source(source, name=form.cleaned_data["name"], by=person(request), now=timezone.now())
        except IntakeRefused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("Renamed."))
            return redirect("sources", slug=brand.slug)
    return _plain(request, brand, form, ("rename_source", pk), _("Rename the source"), _("Rename"))


@login_required
@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand = brand_of(person(request), slug, Action.MANAGE_SOURCES)
    try:
        actions.remove_source(_source(brand, pk), by=person(request), now=timezone.now())
    except IntakeRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Removed. It had brought nothing."))
    return redirect("sources", slug=brand.slug)


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug, Action.UPLOAD_POSTS)
    form = UploadForm(request.POST or None, request.FILES or None, prefix="upload")
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        assert isinstance(file, UploadedFile)
        try:
            actions.start_file_import(
                brand, file=file, file_name=file.name or "upload", by=person(request), now=timezone.now()
            )
        except IntakeRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The file is here and is being read. You can leave this page."))
            if request.headers.get("HX-Request"):
                response = HttpResponse(status=204)
                response.headers["HX-Redirect"] = reverse("sources", args=[brand.slug])
                return response
            return redirect("sources", slug=brand.slug)
    return _plain(request, brand, form, "upload", _("Upload posts"), _("Upload"), files=True)


def _plain(
    request: HttpRequest, brand: Brand, form: forms.Form, action: str | tuple[str, int], title: str, button: str, *,
    files: bool = False,
) -> HttpResponse:  # fmt: skip
    name, *places = (action,) if isinstance(action, str) else action
    context = {
        **shell(request, brand, "sources"),
        "form": form,
        "title": title,
        "button": button,
        "files": files,
        "columns": COLUMNS if files else (),
        "action": reverse(str(name), args=[brand.slug, *places]),
        "back": reverse("sources", args=[brand.slug]),
    }
    return render(request, "sources/form.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def dead_page(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug)
    aside = "aside" in request.GET
    shown = set_aside_letters(brand) if aside else dead_letters(brand)
    page = Paginator(shown, DEAD_SHOWN).get_page(request.GET.get("page"))
    context = {
        **shell(request, brand, "sources"),
        "page": page,
        "letters": letters(list(page.object_list)),
        "aside": aside,
        "can_be_tried": not aside and shown.filter(unreadable=False).exists(),
        "others": (dead_letters(brand) if aside else set_aside_letters(brand)).count(),
    }
    return render(request, "sources/dead.html", context)


@login_required
@require_POST
def replay(request: HttpRequest, slug: str) -> HttpResponse:
    """One record, or all that are dead and can be tried."""
    brand = brand_of(person(request), slug, Action.MANAGE_SOURCES)
    replayed = sum(
        actions.replay_dead(record, by=person(request), now=timezone.now()) for record in list(_chosen(request, brand))
    )
    said = ngettext("%(n)s record is tried again.", "%(n)s records are tried again.", replayed) % {"n": replayed}
    messages.success(request, said)
    return redirect("dead_letters", slug=brand.slug)


def _chosen(request: HttpRequest, brand: Brand) -> QuerySet[RawRecord]:
    one = request.POST.get("record", "")
    if one.strip():  # a number that is none means no record, never all of them
        return RawRecord.objects.filter(brand=brand, pk=whole_number(one) or 0)
    return RawRecord.objects.filter(brand=brand, state=RawRecord.State.DEAD)


@login_required
@require_POST
def put_aside(request: HttpRequest, slug: str) -> HttpResponse:
    """One record, or all that are dead."""
    brand = brand_of(person(request), slug, Action.MANAGE_SOURCES)
    why, by, now = request.POST.get("why", ""), person(request), timezone.now()
    try:
        done = sum(actions.set_aside(record, why=why, by=by, now=now) for record in list(_chosen(request, brand)))
    except IntakeRefused as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext("%(n)s record is set aside.", "%(n)s records are set aside.", done) % {"n": done}
        messages.success(request, said)
    return redirect("dead_letters", slug=brand.slug)


_EXAMPLE = """import base64, hashlib, hmac, json, time, urllib.request, uuid

ADDRESS = %(address)s
SECRET = "whsec_…"  # the secret above

posts = [{"id": "1", "text": "It leaks.", "network": "reviews", "author": {"name": "Ana"}}]
body = json.dumps(posts).encode()
number, seconds = str(uuid.uuid4()), str(int(time.time()))
key = base64.b64decode(SECRET.removeprefix("whsec_"))
signed = f"{number}.{seconds}.".encode() + body
signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
headers = {
    "content-type": "application/json",
    "webhook-id": number,
    "webhook-timestamp": seconds,
    "webhook-signature": f"v1,{signature}",
}
answer = urllib.request.urlopen(urllib.request.Request(ADDRESS, body, headers, method="POST"))
print(answer.status, answer.read().decode())
"""


def sending_example(address: str) -> str:
    """A program of Python's own parts that delivers a post to this address."""
    return _EXAMPLE % {"address": json.dumps(address)}
