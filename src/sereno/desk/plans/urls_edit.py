"""The pages that edit a draft, below `plan/drafts/<number>/`."""

from __future__ import annotations

from django.urls import path

from sereno.desk.plans import views_accept, views_edit, views_entry, views_text

urlpatterns = [
    path("text", views_text.text_page, name="plan_text"),
    path("text/check", views_text.check_page, name="plan_check_text"),
    path("accept", views_accept.accept_page, name="plan_accept"),
    path("forms", views_edit.forms_page, name="plan_forms"),
    path("forms/<slug:part>", views_edit.part_page, name="plan_part"),
    path("forms/<slug:part>/<str:entry>", views_entry.entry_page, name="plan_entry"),
    path("forms/<slug:part>/<int:entry>/move", views_edit.move_entry, name="plan_move_entry"),
    path("forms/<slug:part>/<str:entry>/remove", views_edit.remove_entry, name="plan_remove_entry"),
]
