"""A draft over the brand's stored posts: what changes, what stays, and what happens when somebody is in the way."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from sereno.desk import worker
from sereno.desk.cases import actions as casework
from sereno.desk.cases.models import ClosureReason
from sereno.desk.intake.models import Post, PostText
from sereno.desk.plans import actions, results
from sereno.desk.plans.models import DraftState, PlanReplay, ReplayedPost, ReplayState
from sereno.desk.replays import claiming, comparing, running
from sereno.desk.replays.running import Bench, work_on_replays
from tests.desk.plans.life import LATER, LOUDER, Desk, numbered
from tests.desk.stories import PLAN
from tests.desk.street import NOON

TEAPOTS = numbered(PLAN).replace("terms: [acme]", "terms: [teapot]")


def read_by(post: Post, followers: int) -> None:
    post.author.followers = followers  # type: ignore[union-attr]
    post.author.save()  # type: ignore[union-attr]


@pytest.fixture
def lived(desk: Desk) -> Desk:
    """A complaint that few read, one that 1,000 read, a danger, an answer of ours, small talk that no watch finds."""
    desk.complaint("small", author="ann")
    read_by(desk.complaint("loud", "acme, my kettle leaks", author="bea", minutes=1, conversation="loud"), 1000)
    desk.danger("danger", author="cid", minutes=2)
    desk.work(minutes=3)
    desk.post(
        "ours", "sorry, acme is on it", author=None, own=True, conversation="loud", in_reply_to="loud", minutes=31
    )
    desk.post("talk", "what a lovely teapot", author="dan", minutes=4)
    desk.work(minutes=40)
    return desk


def by_name(replay: PlanReplay) -> dict[str, ReplayedPost]:
    return {row.post.external_id: row for row in results.changed_posts(replay)}


def test_the_posts_that_change_are_told_with_their_reasons(lived: Desk) -> None:
    replay = lived.replay(lived.checked())

    assert (replay.state, replay.changed, replay.fault) == (ReplayState.DONE, 1, "")
    row = by_name(replay)["loud"]
    assert (results.light_of(row.rank_before), results.light_of(row.rank_after)) == ("green", "amber")
    assert (row.role_before, row.role_after) == ("community_manager", "product_owner")
    assert [reason.rule for reason in results.reasons_of_post(row, before=False)] == ["loud", "complaint"]
    assert [reason.rule for reason in results.reasons_of_post(row, before=True)] == ["complaint"]
    assert row.first_answer_before == NOON + timedelta(hours=4, minutes=1)
    assert row.first_answer_after == NOON + timedelta(hours=2, minutes=1)
    difference = results.difference_of(replay)
    assert difference is not None
    assert (difference.posts, difference.changed, difference.becomes_red, difference.contexts_are) == (
        4,
        1,
        0,
        "stored",
    )


def test_the_plan_in_force_gives_what_stands_in_the_inbox(lived: Desk) -> None:
    replay = lived.replay(lived.checked(numbered(PLAN)))

    counts = results.counts_of(replay)
    assert (counts.posts, counts.by_this_version, counts.as_they_stand) == (4, 4, 4)
    assert (replay.changed, counts.models) == (0, {"fake-1": 4})


def test_what_the_team_decided_and_answered_is_counted(lived: Desk) -> None:
    danger = lived.case_of(Post.objects.get(external_id="danger"))
    casework.overrule(danger, light="green", reason="an advertisement", by=lived.bob, now=LATER)
    small = lived.case_of(Post.objects.get(external_id="small"))
    casework.close(small, reason=ClosureReason.SPAM, words="spam", by=lived.bob, now=LATER)

    replay = lived.replay(lived.checked())

    counts, difference = results.counts_of(replay), results.difference_of(replay)
    assert difference is not None
    assert (counts.overruled, counts.stood, counts.answered) == (1, 1, 1)
    assert (difference.decided.known, difference.decided.false_alarms.after) == (2, 1)  # the danger was none
    assert (difference.answered.known, difference.answered.late.after) == (1, 0)
    assert by_name(replay)["loud"].decided == 0


def test_new_watches_find_other_posts_and_lose_some(lived: Desk) -> None:
    lived.reader.says("what a lovely teapot", kind="complaint", topic="product_defect")
    draft = lived.checked(TEAPOTS)

    replay = lived.replay(draft)

    counts, rows = results.counts_of(replay), by_name(replay)
    assert counts.without_text == 0
    assert (counts.watches_changed, counts.searched, counts.newly_found, counts.newly_read) == (True, 5, 1, 1)
    assert counts.no_longer_found == 3  # our own answer stays ours
    assert (rows["talk"].watched_before, rows["talk"].watched_after) == (False, True)
    assert (rows["talk"].rank_before, rows["talk"].rank_after, rows["talk"].reasons_before) == (-1, 0, [])
    assert (rows["danger"].watched_after, rows["danger"].rank_after, rows["danger"].wakes_after) == (False, -1, False)
    assert counts.as_they_stand == counts.by_this_version == 4
    assert results.counts_of(lived.replay(draft, now=LATER + timedelta(hours=1))).newly_read == 0  # from the cache


def test_a_post_whose_words_were_erased_stays_about_what_it_was(lived: Desk) -> None:
    PostText.objects.get(post__external_id="small").delete()

    replay = lived.replay(lived.checked(TEAPOTS))

    counts = results.counts_of(replay)
    assert (counts.without_text, counts.no_longer_found) == (1, 2)
    assert "small" not in by_name(replay)


def test_changed_posts_are_sorted_chosen_and_exported(lived: Desk) -> None:
    redder = LOUDER.replace("rule: loud, light: amber", "rule: loud, light: red").replace(
        "rule: danger, light: red", "rule: danger, light: amber"
    )
    replay = lived.replay(lived.checked(redder))

    def names(**asked: str) -> list[str]:
        return [row.post.external_id for row in results.changed_posts(replay, **asked)]

    assert names() == ["loud", "danger"]
    assert names(order="falls") == ["danger", "loud"]
    assert names(only="becomes_red") == ["loud"]
    assert names(only="stops_being_red") == ["danger"]
    assert names(only="wakes") == ["loud"]
    assert names(order="no such", only="no such") == ["loud", "danger"]
    exported = list(results.export_rows(replay))
    assert [(row["post"], row["light_before"], row["light_after"]) for row in exported] == [
        ("loud", "green", "red"), ("danger", "red", "amber"),
    ]  # fmt: skip
    assert "leaks" not in str(exported)


def test_every_order_and_choice_can_be_asked(lived: Desk) -> None:
    replay = lived.replay(lived.draft())

    found = {
        (order, only): results.changed_posts(replay, order=order, only=only).count()
        for order in results.ORDERS
        for only in results.FILTERS
    }

    assert {key for key, posts in found.items() if posts} == {
        (order, only) for order in results.ORDERS for only in ("graver", "other_role")
    }


def test_a_round_of_the_worker_does_one_slice_and_tells_how_far_it_is(lived: Desk) -> None:
    draft = lived.checked()
    replay = actions.ask_replay(draft, by=lived.alice, now=LATER)
    bench, seen = Bench(), []
    while worker.tick(now=LATER, reader=lived.reader, bench=bench).replayed:
        replay.refresh_from_db()
        seen.append((replay.stage, replay.posts_done, replay.posts))

    assert seen[0] == ("loading", 0, 4)
    assert seen[1] == ("loading", 4, 4)
    assert ("judging", 8, 8) in seen
    assert replay.state == ReplayState.DONE
    assert lived.again(draft).state == DraftState.REPLAYED


def test_its_end_is_the_moment_at_which_it_ended(lived: Desk) -> None:
    replay = actions.ask_replay(lived.checked(), by=lived.alice, now=LATER)
    ticks = count()

    work_on_replays(now=LATER, reader=lived.reader, clock=lambda: LATER + timedelta(seconds=next(ticks)))

    replay.refresh_from_db()
    assert replay.started_at == LATER
    assert replay.finished_at is not None
    assert replay.finished_at > LATER + timedelta(seconds=5)  # it told its progress more often than that


def test_over_many_rounds_it_ends_in_the_last_one(lived: Desk) -> None:
    replay = actions.ask_replay(lived.checked(), by=lived.alice, now=LATER)
    bench, now = Bench(), LATER
    while worker.tick(now=now, reader=lived.reader, bench=bench).replayed:
        ended, now = now, now + timedelta(seconds=30)

    replay.refresh_from_db()
    assert (replay.started_at, replay.finished_at) == (LATER, ended)


def test_a_replay_whose_worker_died_is_begun_anew_and_given_up_in_the_end(lived: Desk) -> None:
    draft = lived.checked()
    replay = actions.ask_replay(draft, by=lived.alice, now=LATER)
    now = LATER
    for _ in range(claiming.ATTEMPTS):
        work_on_replays(now=now, reader=lived.reader, bench=Bench())  # dies after the first slice
        assert work_on_replays(now=now, reader=lived.reader, bench=Bench()) == 0  # nobody else takes it meanwhile
        now += claiming.LEASE + timedelta(seconds=1)
    work_on_replays(now=now, reader=lived.reader)

    replay.refresh_from_db()
    assert (replay.state, replay.fault) == (ReplayState.FAILED, "never_finished")
    assert lived.replay(draft, now=now).state == ReplayState.DONE


def test_a_worker_that_was_too_slow_writes_nothing(lived: Desk) -> None:
    draft = lived.checked()
    actions.ask_replay(draft, by=lived.alice, now=LATER)
    slow, after = Bench(), LATER + claiming.LEASE + timedelta(seconds=1)
    for _ in range(4):
        work_on_replays(now=LATER, reader=lived.reader, bench=slow)

    work_on_replays(now=after, reader=lived.reader)
    kept = set(ReplayedPost.objects.values_list("pk", flat=True))
    while work_on_replays(now=after, reader=lived.reader, bench=slow):
        pass

    assert PlanReplay.objects.get().state == ReplayState.DONE
    assert set(ReplayedPost.objects.values_list("pk", flat=True)) == kept
    assert len(kept) == 1


def test_a_cancelled_replay_stops_and_leaves_nothing(lived: Desk) -> None:
    draft = lived.checked()
    replay = actions.ask_replay(draft, by=lived.alice, now=LATER)
    bench = Bench()
    for _ in range(3):
        work_on_replays(now=LATER, reader=lived.reader, bench=bench)

    actions.cancel_replay(replay, by=lived.bob, now=LATER)
    while work_on_replays(now=LATER, reader=lived.reader, bench=bench):
        pass

    replay.refresh_from_db()
    assert (replay.state, replay.fault, replay.result) == (ReplayState.CANCELLED, "by_person", None)
    assert lived.again(draft).state == DraftState.CHECKED


def test_a_newer_question_ends_the_older_one(lived: Desk) -> None:
    draft = lived.checked()
    older = actions.ask_replay(draft, by=lived.alice, now=LATER)
    newer = lived.replay(draft)

    older.refresh_from_db()
    assert (older.state, older.fault, newer.state) == (ReplayState.CANCELLED, "newer", ReplayState.DONE)
    assert results.latest_replay(draft) == newer


def test_posts_are_kept_of_the_last_replay_and_of_the_one_that_counts(lived: Desk) -> None:
    draft = lived.checked()
    first, counts = lived.replay(draft, since=NOON), lived.replay(draft)
    last = lived.replay(draft, since=NOON)

    kept = {replay.pk: results.changed_posts(replay).count() for replay in (first, counts, last)}
    assert kept == {first.pk: 0, counts.pk: 1, last.pk: 1}
    first.refresh_from_db()
    assert (first.changed, first.result is None) == (1, False)
    actions.discard_draft(draft, by=lived.alice, now=LATER)
    assert ReplayedPost.objects.count() == 0


def test_a_worker_that_ends_leaves_its_replay_to_the_next(lived: Desk) -> None:
    replay = actions.ask_replay(lived.checked(), by=lived.alice, now=LATER)
    bench = Bench()
    work_on_replays(now=LATER, reader=lived.reader, bench=bench)

    bench.leave()
    work_on_replays(now=LATER, reader=lived.reader)

    replay.refresh_from_db()
    assert (replay.state, replay.attempts) == (ReplayState.DONE, 1)


def test_four_times_the_posts_ask_the_database_no_more_often(desk: Desk) -> None:
    def queries_for(posts: range) -> int:
        for number in posts:
            read_by(desk.complaint(str(number), f"acme broke {number}", author=f"a{number}", minutes=number), 1000)
        while desk.work(minutes=200):
            pass
        draft = desk.checked(LOUDER + f"# {posts}\n")
        with CaptureQueriesContext(connection) as asked:
            assert desk.replay(draft).changed == posts.stop
        return len(asked)

    assert queries_for(range(10)) == queries_for(range(10, 40))


def test_a_text_that_was_edited_while_it_was_replayed_is_not_replayed(lived: Desk) -> None:
    draft = lived.checked()
    replay = actions.ask_replay(draft, by=lived.alice, now=LATER)
    bench = Bench()
    work_on_replays(now=LATER, reader=lived.reader, bench=bench)

    edited = actions.save_draft(draft, text=LOUDER + "# b\n", revision=draft.revision, by=lived.bob, now=LATER)
    actions.check_draft(draft, by=lived.alice, now=LATER)
    while work_on_replays(now=LATER, reader=lived.reader, bench=bench):
        pass

    replay.refresh_from_db()
    assert (replay.state, replay.digest == edited.digest) == (ReplayState.DONE, False)
    assert lived.again(draft).state == DraftState.CHECKED


def test_a_replay_that_fails_says_so_and_the_worker_goes_on(lived: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no route to the moon")

    draft = lived.checked()
    monkeypatch.setattr(comparing, "compare", broken)
    replay = lived.replay(draft)
    assert (replay.state, replay.fault) == (ReplayState.FAILED, "error")
    assert "no route to the moon" in replay.error

    monkeypatch.undo()
    assert lived.replay(draft).state == ReplayState.DONE


def test_a_busy_database_leaves_the_replay_waiting(lived: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    draft = lived.checked()
    replay = actions.ask_replay(draft, by=lived.alice, now=LATER)
    monkeypatch.setattr(running, "Answers", busy)
    with pytest.raises(OperationalError):
        work_on_replays(now=LATER, reader=lived.reader)

    replay.refresh_from_db()
    assert (replay.state, replay.attempts) == (ReplayState.WAITING, 0)


def test_a_brand_without_posts_is_replayed_all_the_same(desk: Desk) -> None:
    assert desk.replayed().state == DraftState.REPLAYED
    assert desk.replay(desk.checked(TEAPOTS)).state == ReplayState.DONE


def test_the_table_calls_a_false_alarm_what_the_figure_counts_as_one(lived: Desk) -> None:
    replay = lived.replay(lived.checked())
    (row,) = results.changed_posts(replay)[:1]
    cases = [
        (2, False, 0, True),
        (1, True, 0, True),
        (1, True, -1, True),
        (1, False, 0, False),
        (2, True, 2, False),
        (2, True, None, False),
    ]
    for rank, wakes, decided, is_one in cases:
        ReplayedPost.objects.filter(pk=row.pk).update(rank_after=rank, wakes_after=wakes, decided=decided)
        found = results.changed_posts(replay, only="false_alarm").filter(pk=row.pk).exists()
        assert found is is_one, (rank, wakes, decided)
