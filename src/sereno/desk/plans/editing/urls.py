"""The pages that edit a draft, below `plan/drafts/<number>/`."""

from __future__ import annotations

from django.urls import path

from sereno.desk.plans.editing import accept_page, entry_page, parts_page, text_page

urlpatterns = [
    path("text", text_page.text_page, name="plan_text"),
    path("text/check", text_page.check_page, name="plan_check_text"),
    path("accept", accept_page.accept_page, name="plan_accept"),
    path("forms", parts_page.forms_page, name="plan_forms"),
    path("forms/<slug:part>", parts_page.part_page, name="plan_part"),
    path("forms/<slug:part>/<str:entry>", entry_page.entry_page, name="plan_entry"),
    path("forms/<slug:part>/<int:entry>/move", parts_page.move_entry, name="plan_move_entry"),
    path("forms/<slug:part>/<str:entry>/remove", parts_page.remove_entry, name="plan_remove_entry"),
]
