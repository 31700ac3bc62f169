"""What the plan says about itself: its tests, and the warnings that somebody lives with."""

from __future__ import annotations

from collections.abc import Iterator

from sereno.engine.plan.model import Expected, MadeUpPost, PlanTest
from sereno.engine.plan.told.voice import Sentence, Voice
from sereno.engine.plan.trial import expected_words


def tests(voice: Voice) -> Iterator[Sentence]:
    for i, test in enumerate(voice.plan.tests):
        yield Sentence(_test(test, voice), ("tests", i))


def _test(test: PlanTest, voice: Voice) -> str:
    expected = "; ".join(
        expected_words(what, getattr(test.expect, what), voice.plan, voice.language)
        for what in Expected.model_fields
        if getattr(test.expect, what) is not None
    )
    post = ", ".join(_post(test.post, voice))
    return voice.say("test", test=test.test, post=post, at=voice.moment(test.at), expected=expected)


def _post(post: MadeUpPost, voice: Voice) -> Iterator[str]:
    if post.reads_as is None:
        yield voice.quoted(post.text)
    else:
        told = {
            "kind": [post.reads_as.kind],
            "risk": post.reads_as.risk,
            "claim": post.reads_as.claims,
            "topic": [topic for topic in (post.reads_as.topic,) if topic != "other"],
        }
        yield from (word for group, values in told.items() for word in voice.words(group, values))
    if post.network != "unknown":
        yield voice.word("network", post.network)
    if post.followers is not None:
        yield voice.say("test-followers", followers=post.followers)


def accepted(voice: Voice) -> Iterator[Sentence]:
    for i, each in enumerate(voice.plan.accepted):
        key = "accepted" if each.at is None else "accepted-at"
        said = voice.say(key, warning=each.warning, at=each.at or "", reason=each.reason)
        yield Sentence(said, ("accepted", i))
