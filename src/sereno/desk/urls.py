"""Every page of the desk. A brand's pages stand under its slug; each view asks first if the person belongs."""

from __future__ import annotations

from allauth.account import views as allauth
from django.urls import include, path

from sereno.desk.accounts import views as accounts
from sereno.desk.cases import live, views, views_work
from sereno.desk.duty.shown import bell, now_part, views_health, views_worst
from sereno.desk.duty.shown import views_case as duty_case
from sereno.desk.intake import views_sources as sources
from sereno.desk.intake import webhook_view as hooks
from sereno.desk.learning import views as learning
from sereno.desk.replays import views as replays
from sereno.desk.rosters import calendars, ways

brand = [
    path("", views.now_page, name="now"),
    path("inbox", views.inbox_page, name="inbox"),
    path("inbox/changes", views.changes, name="changes"),
    path("live", live.live, name="live"),
    path("bell", bell.bell_page, name="bell"),
    path("bell/count", bell.bell_count, name="bell_count"),
    path("bell/seen", bell.bell_seen, name="bell_seen"),
    path("hand-over/<int:pk>/read", now_part.note_read, name="note_read"),
    path("plan/worst", views_worst.of_plan, name="plan_worst"),
    path("plan/drafts/<int:number>/worst", views_worst.of_draft, name="plan_draft_worst"),
    path("cases/<int:pk>", views.case_page, name="case"),
    path("cases/<int:pk>/take", duty_case.take, name="take"),
    path("cases/<int:pk>/hand-back", duty_case.hand_back, name="hand_back"),
    path("cases/<int:pk>/escalate", duty_case.escalate, name="escalate"),
    path("cases/<int:pk>/lower", duty_case.lower, name="lower"),
    path("cases/<int:pk>/consult", duty_case.consult, name="consult"),
    path("cases/<int:pk>/pause", duty_case.pause, name="pause"),
    path("cases/<int:pk>/resume", duty_case.resume, name="resume"),
    path("cases/<int:pk>/release", views_work.release, name="release"),
    path("cases/<int:pk>/assign", views_work.assign, name="assign"),
    path("cases/<int:pk>/overrule", views_work.overrule, name="overrule"),
    path("cases/<int:pk>/note", views_work.note, name="note"),
    path("cases/<int:pk>/close", views_work.close, name="close"),
    path("cases/<int:pk>/reopen", views_work.reopen, name="reopen"),
    path("", include("sereno.desk.plans.pages.urls")),
    path("plan/apply", replays.apply, name="plan_apply"),
    path("plan/drafts/<int:number>/", include("sereno.desk.plans.editing.urls")),
    path("duty/", include("sereno.desk.rosters.urls")),
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
    path("settings/ways", ways.ways_page, name="ways"),
    path("settings/ways/quiet", ways.quiet, name="ways_quiet"),
    path("settings/ways/<int:pk>/<str:what>", ways.act, name="way_act"),
    path("calendars/<str:token>.ics", calendars.feed_page, name="duty_feed"),
    path("language", accounts.choose_language, name="choose_language"),
    path("health", views_health.health_page, name="health"),
    path("health.json", views_health.health_json, name="health_json"),
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
handler500 = "sereno.desk.accounts.broken.broken"
