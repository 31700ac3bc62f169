"""What the plan says about itself: its tests, and the warnings that somebody lives with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sereno.engine.plan.model import Expected, MadeUpPost, PlanTest, ReadsAs
from sereno.engine.plan.told.voice import Sentence, Voice
from sereno.engine.plan.trial import expected_words

LONGEST_POST: Final = 140
"""Signs of a made-up post that its sentence quotes."""
_KNOWN_OF_A_POST: Final = (
    "place", "visibility", "about", "country", "author_type", "rating", "shares", "shares_per_hour", "story", "storm",
    "repeat_contact", "open_promise",
)  # fmt: skip
_GROUPS: Final = {
    "place": "place", "visibility": "visibility", "about": "watch", "author_type": "author", "storm": "storm",
}  # fmt: skip


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
    """All that the test says of its post."""
    if post.text:
        yield voice.quoted(_cut(post.text))
    if post.reads_as is not None:
        read = ", ".join(_reading(post.reads_as, voice))
        yield voice.say("test-reads_as", value=read) if post.text else read
    if post.network != "unknown":
        yield voice.word("network", post.network)
    if post.followers is not None:
        yield voice.say("test-followers", followers=post.followers)
    for name in _KNOWN_OF_A_POST:
        value = getattr(post, name)
        if value != MadeUpPost.model_fields[name].default:
            yield voice.say(f"test-{name}", value=_known(name, value, voice))


def _reading(read: ReadsAs, voice: Voice) -> Iterator[str]:
    told = {
        "kind": [read.kind],
        "risk": read.risk,
        "claim": read.claims,
        "topic": [topic for topic in (read.topic,) if topic != "other"],
    }
    yield from (word for group, values in told.items() for word in voice.words(group, values))
    if read.severity is not None:
        yield voice.say("test-severity", value=voice.word("severity", read.severity))
    if read.polarity != ReadsAs.model_fields["polarity"].default:
        yield voice.say("test-polarity", value=voice.word("polarity", read.polarity))
    for name in ("hostile", "call_to_action"):
        if getattr(read, name):
            yield voice.say(f"test-{name}", value=round(getattr(read, name) * 100))
    if read.language is not None:
        yield voice.say("test-language", value=voice.language_name(read.language))


def _known(name: str, value: Any, voice: Voice) -> str | int | float:
    """What is known of a post besides its text, in words."""
    if isinstance(value, tuple):
        return voice.any_of(voice.words(_GROUPS[name], value))
    if name == "country":
        return voice.country(value)
    return voice.word(_GROUPS[name], value) if name in _GROUPS else value if name != "open_promise" else ""


def _cut(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= LONGEST_POST else f"{said[:LONGEST_POST].rsplit(' ', 1)[0].rstrip('.,;:')}…"


def accepted(voice: Voice) -> Iterator[Sentence]:
    for i, each in enumerate(voice.plan.accepted):
        key = "accepted" if each.at is None else "accepted-at"
        said = voice.say(key, warning=each.warning, at=each.at or "", reason=each.reason)
        yield Sentence(said, ("accepted", i))
