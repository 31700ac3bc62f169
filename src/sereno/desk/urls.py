"""Every page of the desk. A brand's pages stand under its slug; each view asks first if the person belongs."""

from __future__ import annotations

from allauth.account import views as allauth
from django.urls import include, path

from sereno.desk.accounts import views as accounts
from sereno.desk.cases import live, views, views_work
from sereno.desk.intake import views_sources as sources
from sereno.desk.intake import webhook_view as hooks
from sereno.desk.learning import views as learning
from sereno.desk.plans import views as plans
from sereno.desk.plans import views_draft as plan_draft
from sereno.desk.plans import views_history as plan_history
from sereno.desk.plans import views_life as plan_life
from sereno.desk.plans import views_replay as plan_replay
from sereno.desk.replays import views as replays

brand = [
    path("", views.now_page, name="now"),
    path("inbox", views.inbox_page, name="inbox"),
    path("inbox/changes", views.changes, name="changes"),
    path("live", live.live, name="live"),
    path("cases/<int:pk>", views.case_page, name="case"),
    path("cases/<int:pk>/take", views_work.take, name="take"),
    path("cases/<int:pk>/release", views_work.release, name="release"),
    path("cases/<int:pk>/assign", views_work.assign, name="assign"),
    path("cases/<int:pk>/overrule", views_work.overrule, name="overrule"),
    path("cases/<int:pk>/note", views_work.note, name="note"),
    path("cases/<int:pk>/close", views_work.close, name="close"),
    path("cases/<int:pk>/reopen", views_work.reopen, name="reopen"),
    path("plan", plans.plan_page, name="plan"),
    path("plan/known", plans.known, name="plan_known"),
    path("plan/apply", replays.apply, name="plan_apply"),
    path("plan/import", plan_draft.import_page, name="plan_import"),
    path("plan/history", plan_history.history_page, name="plan_history"),
    path("plan/compare", plan_history.compare_page, name="plan_compare"),
    path("plan/versions/<int:number>", plan_history.version_page, name="plan_version"),
    path("plan/versions/<int:number>/download", plan_history.download, name="plan_download"),
    path("plan/versions/<int:number>/roll-back", plan_history.roll_back_page, name="plan_roll_back"),
    path("plan/drafts/start", plan_draft.start, name="plan_start_draft"),
    path("plan/drafts/<int:number>", plan_draft.draft_page, name="plan_draft"),
    path("plan/drafts/<int:number>/check", plan_draft.check, name="plan_check"),
    path("plan/drafts/<int:number>/discard", plan_draft.discard, name="plan_discard"),
    path("plan/drafts/<int:number>/download", plan_draft.download, name="plan_draft_download"),
    path("plan/drafts/<int:number>/replay", plan_replay.ask, name="plan_ask_replay"),
    path("plan/drafts/<int:number>/replay/progress", plan_replay.progress, name="plan_progress"),
    path("plan/drafts/<int:number>/replay/stop", plan_replay.cancel, name="plan_cancel_replay"),
    path("plan/drafts/<int:number>/changed", plan_replay.changed_page, name="plan_changed"),
    path("plan/drafts/<int:number>/changed.<str:ending>", plan_replay.export, name="plan_changed_export"),
    path("plan/drafts/<int:number>/ask", plan_life.ask_approval, name="plan_ask_approval"),
    path("plan/drafts/<int:number>/approve", plan_life.approve, name="plan_approve"),
    path("plan/drafts/<int:number>/withdraw", plan_life.withdraw, name="plan_withdraw"),
    path("plan/drafts/<int:number>/in-force", plan_life.in_force, name="plan_in_force"),
    path("plan/drafts/<int:number>/unschedule", plan_life.unschedule, name="plan_unschedule"),
    path("plan/drafts/<int:number>/", include("sereno.desk.plans.urls_edit")),
    path("learned", learning.learning_page, name="learning"),
    path("learned/learn", learning.learn, name="learn"),
    path("learned/read-again", learning.read_again, name="read_again"),
    path("learned/<int:pk>/activate", learning.activate, name="activate_correction"),
    path("learned/<int:pk>/undo", learning.undo, name="undo_correction"),
    path("learned/<int:pk>/discard", learning.discard, name="discard_correction"),
    path("sources", sources.sources_page, name="sources"),
    path("sources/cards", sources.source_cards, name="source_cards"),
    path("sources/feed", sources.add_feed, name="add_feed"),
    path("sources/webhook", sources.add_webhook, name="add_webhook"),
    path("sources/upload", sources.upload, name="upload"),
    path("sources/<int:pk>/switch", sources.switch, name="switch_source"),
    path("sources/<int:pk>/rename", sources.rename, name="rename_source"),
    path("sources/<int:pk>/remove", sources.remove, name="remove_source"),
    path("sources/dead-letters/aside", sources.put_aside, name="put_aside"),
    path("sources/dead-letters", sources.dead_page, name="dead_letters"),
    path("sources/dead-letters/replay", sources.replay, name="replay"),
]

urlpatterns = [
    path("", accounts.home, name="home"),
    path("settings", accounts.own_settings, name="settings"),
    path("language", accounts.choose_language, name="choose_language"),
    path("design", accounts.design, name="design"),
    # of allauth nothing else: its other pages let anybody ask for a new password, and change an address unconfirmed
    path("accounts/login/", allauth.login, name="account_login"),
    path("accounts/logout/", allauth.logout, name="account_logout"),
    path("accounts/password/change/", allauth.password_change, name="account_change_password"),
    path("hooks/<str:public_id>", hooks.receive, name="webhook"),
    path("b/<slug:slug>/", include(brand)),
]

handler403 = "sereno.desk.accounts.views.forbidden"
handler404 = "sereno.desk.accounts.views.not_found"
