"""Sources: one card each, a new feed or webhook, files uploaded, dead letters replayed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sereno.desk.accounts.models import Brand
from sereno.desk.accounts.permissions import Action, brand_of
from sereno.desk.accounts.request import person
from sereno.desk.intake import actions
from sereno.desk.intake.actions import IntakeRefused
from sereno.desk.intake.cards import DEAD_SHOWN, cards, dead_letters, opening
from sereno.desk.intake.models import RawRecord, Source
from sereno.desk.shell import shell


class FeedForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    url = forms.URLField(
        label=gettext_lazy("Address of the feed"),
        max_length=2000,
        assume_scheme="https",
        help_text=gettext_lazy("RSS or Atom, such as https://blog.example/comments/feed"),
    )


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
        "running": any(item.state == item.State.RUNNING for card in found for item in card.imports),
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
            context = {**shell(request, brand, "sources"), "source": source, "secret": secret, "address": address}
            response = render(request, "sources/secret.html", context)
            # shown once: no cache may keep it
            response.headers["Cache-Control"] = "no-store"
            return response
    return _plain(request, brand, form, "add_webhook", _("Add a webhook"), _("Add the webhook"))


@login_required
@require_POST
def switch(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    brand = brand_of(person(request), slug, Action.MANAGE_SOURCES)
    source = Source.objects.filter(brand=brand, pk=pk).first()
    if source is None:
        raise Http404("no such source")
    enabled = request.POST.get("enabled") == "1"
    actions.set_source_enabled(source, enabled=enabled, by=person(request), now=timezone.now())
    messages.success(request, _("Switched on.") if enabled else _("Switched off."))
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
    request: HttpRequest, brand: Brand, form: forms.Form, action: str, title: str, button: str, *, files: bool = False
) -> HttpResponse:
    context = {
        **shell(request, brand, "sources"),
        "form": form,
        "title": title,
        "button": button,
        "files": files,
        "action": reverse(action, args=[brand.slug]),
        "back": reverse("sources", args=[brand.slug]),
    }
    return render(request, "sources/form.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def dead_page(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_of(person(request), slug)
    page = Paginator(dead_letters(brand), DEAD_SHOWN).get_page(request.GET.get("page"))
    letters = [(record, opening(record)) for record in page.object_list]
    return render(request, "sources/dead.html", {**shell(request, brand, "sources"), "page": page, "letters": letters})


@login_required
@require_POST
def replay(request: HttpRequest, slug: str) -> HttpResponse:
    """One record, or all that are dead."""
    brand = brand_of(person(request), slug, Action.MANAGE_SOURCES)
    dead = RawRecord.objects.filter(brand=brand, state=RawRecord.State.DEAD)
    one = request.POST.get("record", "")
    chosen = dead.filter(pk=int(one[:18])) if one.isdecimal() else dead
    replayed = 0
    for record in chosen.iterator():
        actions.replay_dead(record, by=person(request), now=timezone.now())
        replayed += 1
    said = ngettext("%(n)s record is tried again.", "%(n)s records are tried again.", replayed) % {"n": replayed}
    messages.success(request, said)
    return redirect("dead_letters", slug=brand.slug)
