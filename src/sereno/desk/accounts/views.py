"""The front door: where a person lands, their own settings, the language of the sign-in page, and the error pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sereno.desk.accounts.forms import SettingsForm
from sereno.desk.accounts.models import Brand
from sereno.desk.accounts.request import person

LAST_BRAND = "last_brand"
A_YEAR = 365 * 24 * 60 * 60


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """To the brand that was open last; else to the first by name."""
    brands = Brand.objects.filter(memberships__user=person(request)).distinct().order_by("name")
    brand = brands.filter(slug=request.session.get(LAST_BRAND, "")).first() or brands.first()
    if brand is None:
        return render(request, "accounts/no_brand.html", status=200)
    return redirect("now", slug=brand.slug)


@login_required
@require_http_methods(["GET", "POST"])
def own_settings(request: HttpRequest) -> HttpResponse:
    somebody = person(request)
    form = SettingsForm(request.POST or None, instance=somebody)
    if request.method == "POST" and form.is_valid():
        form.save()
        with translation.override(somebody.language):
            messages.success(request, _("Your settings are kept."))
        return redirect("settings")
    brands = Brand.objects.filter(memberships__user=somebody).distinct().order_by("name")
    return render(request, "accounts/settings.html", {"form": form, "brands": brands})


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Before sign-in the language is remembered in a cookie; afterwards it is the account's."""
    language = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("account_login")
    response = HttpResponseRedirect(back)
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=A_YEAR,
            samesite="Lax",
            secure=settings.SECURE,
            httponly=True,
        )
    return response


@require_GET
def design(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for whoever builds pages."""
    if not settings.DEBUG:
        raise Http404("the design page is for developers")
    return render(request, "design.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 — Django hands it over
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    response = render(request, "403.html", status=403)
    response.headers["X-Sereno-Refused"] = "role"  # a page's script tells it from a session that has ended
    return response
