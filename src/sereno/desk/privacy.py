"""Which field of which model holds personal data. A test fails on a field that is not declared here.

`PERSONAL` fields are exported and erased for the person they speak of; `STAFF` fields speak of people on the team;
everything else must be listed as `NOT_PERSONAL`, so that a new field makes somebody think.
"""

from __future__ import annotations

PERSONAL: dict[str, frozenset[str]] = {
    "intake.RawBody": frozenset({"body"}),
    "intake.Author": frozenset({"external_id", "followers", "verified", "opened_at"}),
    "intake.AuthorIdentity": frozenset({"handle", "handle_lower", "name", "folded"}),
    "intake.Post": frozenset({"external_id", "conversation", "in_reply_to", "repost_of"}),
    "intake.PostText": frozenset({"text", "media_text", "url", "folded"}),
    "intake.ObservedText": frozenset({"text"}),
    "intake.RawRecord": frozenset({"error", "fault", "set_aside_why"}),  # each may quote a few characters of the record
    "cases.CaseNote": frozenset({"text"}),
    # words of posts, each of three posts by three authors or more; no names, handles or numbers
    "learning.LearnedCorrection": frozenset({"weights"}),
}
"""Fields that speak of strangers: authors and whoever their posts name."""

STAFF: dict[str, frozenset[str]] = {
    "accounts.User": frozenset(
        {
            "email",
            "name",
            "password",
            "last_login",
            "language",
            "timezone",
            "theme",
            "density",
            "shortcuts",
            "veil",
            "joined_at",
        }
    ),
    "intake.Source": frozenset({"secret", "settings"}),
    # words of the team about its plan; who read which version
    "plans.PlanVersion": frozenset({"summary", "approval_words"}),
    "plans.PlanDraft": frozenset({"name", "summary", "approval_words"}),
    "plans.PlanKnown": frozenset({"user", "at"}),
    # how people of the team are reached, when they want to be left alone, what they were told and when they saw it
    "notify.ContactWay": frozenset(
        {
            "user",
            "address",
            "masked",
            "channel",
            "label",
            "red_only",
            "confirmed_at",
            "code",
            "broken_since",
            "last_error",
        }
    ),
    "notify.Preference": frozenset({"user", "quiet", "digest_minutes", "red_all_ways"}),
    "notify.Notification": frozenset({"user", "seen_at"}),
    "notify.Delivery": frozenset({"user", "masked", "channel"}),
    # who is on duty when, with which e-mail; who was called, and what they said
    "duty.RosterVersion": frozenset({"text", "change"}),
    "duty.LineHappening": frozenset({"people", "users", "reason"}),
    "duty.Pause": frozenset({"by", "reason"}),
    "duty.HandOver": frozenset({"by", "text"}),
    "duty.HandOverRead": frozenset({"user", "at"}),
    "duty.CalendarRenewal": frozenset({"user", "at"}),
    "duty.Swap": frozenset({"asked_by", "other", "stretches", "words"}),
}

NOT_PERSONAL: dict[str, frozenset[str]] = {
    "audit.AuditRow": frozenset({"id", "brand_id", "at", "by_id", "action", "object_type", "object_id", "details"}),
    "accounts.User": frozenset({"id", "is_active"}),
    "accounts.Brand": frozenset({"id", "slug", "name", "demo", "created_at"}),
    "accounts.Membership": frozenset({"id", "user", "brand", "role", "area"}),
    "plans.PlanVersion": frozenset(
        {
            "id", "brand", "number", "plan_id", "text", "digest", "in_force_from", "in_force_until", "by_id", "origin",
            "edited_by_id", "editors", "edited_at", "approved_by_id", "approved_at", "back_to",
        }
    ),
    "plans.PlanDraft": frozenset(
        {
            "id", "brand", "number", "text", "digest", "based_on", "revision", "state", "created_by_id", "created_at",
            "edited_by_id", "editors", "edited_at", "checked_at", "checked_by_id", "replay", "asked_at", "asked_by_id",
            "approved_digest", "approved_at", "approved_by_id", "in_force_at", "scheduled_by_id", "version",
        }
    ),
    "plans.PlanReplay": frozenset(
        {
            "id", "brand", "draft", "text", "digest", "against", "since", "people", "minutes_per_answer", "as_if_live",
            "state", "stage", "posts", "posts_done", "asked_by_id", "asked_at", "started_at", "finished_at",
            "lease_until", "lease", "attempts", "fault", "error", "result", "counts", "changed",
        }
    ),
    "plans.ReplayedPost": frozenset(
        {
            "id", "brand", "replay", "post", "received_at", "network", "rank_before", "rank_after", "rank_change",
            "decided", "step_before", "step_after", "role_before", "role_after", "wakes_before", "wakes_after",
            "first_answer_before", "first_answer_after", "reasons_before", "reasons_after", "watched_before",
            "watched_after",
        }
    ),
    "plans.PlanKnown": frozenset({"id", "brand", "version"}),
    "intake.Source": frozenset(
        {
            "id", "brand", "kind", "name", "public_id", "cursor", "enabled", "next_poll_at", "lease_until", "failures",
            "last_error", "fault", "last_ok_at", "last_post_at", "created_at",
        }
    ),
    "intake.FileImport": frozenset(
        {
            "id", "brand", "source", "file_name", "file_digest", "bytes_total", "offset", "line", "layout",
            "backfilled", "records_stored", "records_known", "state", "by_id", "started_at", "finished_at",
        }
    ),
    "intake.RawRecord": frozenset(
        {
            "id", "brand", "source", "key", "via", "received_at", "backfilled", "state", "attempts", "lease_until",
            "place", "file_import", "posts_new", "posts_seen", "dates_without_zone", "unreadable", "set_aside_by_id",
            "set_aside_at", "first",
        }
    ),
    "intake.RawBody": frozenset({"record"}),
    "intake.Author": frozenset({"id", "brand", "network", "first_seen_at", "stamps"}),
    "intake.AuthorIdentity": frozenset({"author"}),
    "intake.Post": frozenset(
        {
            "id", "brand", "network", "source", "author", "place", "visibility", "created_at", "received_at",
            "edited_at", "deleted_at", "own", "rating", "lang_hint", "likes", "replies", "shares", "views",
            "backfilled", "stage", "stamps",
        }
    ),
    "intake.PostText": frozenset({"post"}),
    "intake.Sighting": frozenset({"id", "brand", "post", "record", "source", "via", "seen_at"}),
    "intake.Observation": frozenset(
        {"id", "brand", "post", "record", "kind", "at", "likes", "replies", "shares", "views"}
    ),
    "intake.ObservedText": frozenset({"observation"}),
    "intake.WebhookDelivery": frozenset({"id", "source", "delivery_id", "received_at"}),
    "intake.WorkerBeat": frozenset({"id", "name", "started_at", "beat_at", "last_error", "done"}),
    "listening.Mention": frozenset({"id", "brand", "post", "watch", "kind", "terms", "spans"}),
    "listening.Reading": frozenset(
        {
            "id", "brand", "post", "model", "text_digest", "language", "kind", "kind_probability", "complaint",
            "polarity", "severity", "hostile", "call_to_action", "risks", "claims", "topic", "evidence",
            "taught",
        }
    ),
    "listening.Judgement": frozenset(
        {
            "id", "brand", "post", "reading", "plan_version", "rules", "light", "text_light", "reach_level", "reasons",
            "context", "step", "role", "area", "called", "chain_waits", "guides", "acknowledge_by", "first_answer_by",
            "next_answer_by", "resolve_by", "statutory_by", "law", "wakes", "judged_at", "current",
        }
    ),
    "listening.Overrule": frozenset(
        {"id", "brand", "post", "judgement", "from_light", "to_light", "by_id", "at", "current"}
    ),
    "listening.KindOverrule": frozenset(
        {"id", "brand", "post", "judgement", "from_kind", "to_kind", "by_id", "at", "current"}
    ),
    "learning.LearnedCorrection": frozenset(
        {
            "id", "brand", "number", "state", "reader", "plan_version", "decisions", "helps", "figures", "replaces",
            "made_at", "made_by_id", "activated_at", "activated_by_id", "ended_at", "ended_by_id",
        }
    ),
    "cases.Case": frozenset(
        {
            "id", "brand", "author", "network", "state", "light", "light_rank", "kind", "topic", "language", "step",
            "role", "area", "called", "chain_waits", "owner", "deciding_post", "latest_post", "posts_count",
            "opened_at", "latest_at", "acknowledge_by", "acknowledged_at", "answer_by", "answered_at", "resolve_by",
            "statutory_by", "law", "closed_at", "closed_by", "closure_reason", "backfilled", "lines_due",
            "paused_at", "paused_until",
        }
    ),
    "cases.CasePost": frozenset({"id", "case", "post"}),
    "cases.CaseEvent": frozenset({"id", "brand", "case", "at", "by", "kind", "details"}),
    "cases.CaseNote": frozenset({"id", "brand", "case", "event", "by", "at"}),
    "notify.ContactWay": frozenset(
        {
            "id", "kind", "own", "position", "code_until", "code_tries", "rests_until", "failures", "created_at",
        }
    ),
    "notify.Preference": frozenset({"id"}),
    "notify.Notification": frozenset(
        {
            "id", "brand", "case", "line", "happening", "code", "values", "light", "urgency", "state", "round",
            "created_at", "reached_at", "ended_at",
        }
    ),
    "notify.Delivery": frozenset(
        {
            "id", "notification", "way", "state", "held", "key", "round", "attempts", "queued_at", "next_try_at",
            "lease", "lease_until", "began_at", "sent_at", "error", "carried_by",
        }
    ),
    "duty.RosterVersion": frozenset(
        {"id", "brand", "number", "roster_id", "digest", "in_force_from", "in_force_until", "by_id"}
    ),
    "duty.Line": frozenset(
        {
            "id", "brand", "case", "name", "turn", "degree", "links", "network", "language", "plan_version",
            "starts_at", "due_at", "over_at", "failures", "fault",
        }
    ),
    "duty.LineHappening": frozenset(
        {"id", "brand", "line", "number", "what", "at", "link", "acknowledge_by", "how", "round", "by_id"}
    ),
    "duty.Pause": frozenset({"id", "brand", "case", "starts_at", "ends_at", "until", "ended_by_id"}),
    "duty.HandOver": frozenset({"id", "brand", "role", "shift", "at"}),
    "duty.HandOverRead": frozenset({"id", "note"}),
    "duty.CalendarRenewal": frozenset({"id", "brand", "times"}),
    "duty.Swap": frozenset({"id", "brand", "state", "asked_at", "settled_at", "version"}),
    "duty.HealthCheck": frozenset(
        {"id", "place", "checked_at", "boot", "steady", "findings", "pinged_at", "ping_fault"}
    ),
}  # fmt: skip
