"""The pages of the plan, below a brand. Those that edit a draft stand in `editing/urls.py`."""

from __future__ import annotations

from django.urls import path

from sereno.desk.plans.pages import draft, history, home, life, replay, start

urlpatterns = [
    path("plan", home.plan_page, name="plan"),
    path("plan/known", home.known, name="plan_known"),
    path("plan/import", start.import_page, name="plan_import"),
    path("plan/history", history.history_page, name="plan_history"),
    path("plan/compare", history.compare_page, name="plan_compare"),
    path("plan/versions/<int:number>", history.version_page, name="plan_version"),
    path("plan/versions/<int:number>/download", history.download, name="plan_download"),
    path("plan/versions/<int:number>/roll-back", history.roll_back_page, name="plan_roll_back"),
    path("plan/drafts/start", start.start_page, name="plan_start_draft"),
    path("plan/drafts/<int:number>", draft.draft_page, name="plan_draft"),
    path("plan/drafts/<int:number>/read", draft.read_page, name="plan_draft_read"),
    path("plan/drafts/<int:number>/rename", draft.rename, name="plan_rename_draft"),
    path("plan/drafts/<int:number>/check", draft.check, name="plan_check"),
    path("plan/drafts/<int:number>/discard", draft.discard, name="plan_discard"),
    path("plan/drafts/<int:number>/download", draft.download, name="plan_draft_download"),
    path("plan/drafts/<int:number>/replay", replay.ask, name="plan_ask_replay"),
    path("plan/drafts/<int:number>/replay/progress", replay.progress, name="plan_progress"),
    path("plan/drafts/<int:number>/replay/stop", replay.cancel, name="plan_cancel_replay"),
    path("plan/drafts/<int:number>/changed", replay.changed_page, name="plan_changed"),
    path("plan/drafts/<int:number>/changed.<str:ending>", replay.export, name="plan_changed_export"),
    path("plan/drafts/<int:number>/ask", life.ask_approval, name="plan_ask_approval"),
    path("plan/drafts/<int:number>/approve", life.approve, name="plan_approve"),
    path("plan/drafts/<int:number>/withdraw", life.withdraw, name="plan_withdraw"),
    path("plan/drafts/<int:number>/in-force", life.in_force, name="plan_in_force"),
    path("plan/drafts/<int:number>/unschedule", life.unschedule, name="plan_unschedule"),
]
