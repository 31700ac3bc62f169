"""What a message says, in the person's language. No post's text, unless the installation wants it.

The subject names no person and quotes nobody: it stands on lock screens and in mail servers' logs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_time
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext

from sereno.desk.accounts.models import User
from sereno.desk.keys import decrypt
from sereno.desk.notify.models import ContactWay, Notification
from sereno.desk.words import language as spoken_here
from sereno.desk.words import word

CODES: dict[str, tuple[str, str]] = {
    "called": (
        gettext_noop("a case waits for you"),
        gettext_noop("A case waits for you. Please say that you have it."),
    ),
    "called_again": (
        gettext_noop("a case still waits for you"),
        gettext_noop("A case still waits, and nobody has said that they have it."),
    ),
    "everybody": (
        gettext_noop("a case waits, and everybody of this chain is called"),
        gettext_noop(
            "Nobody of those on duty has said that they have this case, so everybody of this chain is called."
        ),
    ),
    "handed_back": (
        gettext_noop("a case was given back"),
        gettext_noop("A case was given back and waits for you. Please say that you have it."),
    ),
    "escalated": (
        gettext_noop("a case was passed up to you"),
        gettext_noop("A case was passed up to you. Please say that you have it."),
    ),
    "lowered": (
        gettext_noop("a case was passed down to you"),
        gettext_noop("A case was passed down to you. Please say that you have it."),
    ),
    "consulted": (
        gettext_noop("your advice is asked for"),
        gettext_noop("A colleague asks for your advice on a case."),
    ),
    "assigned": (
        gettext_noop("a case was handed to you"),
        gettext_noop("A colleague handed you a case. It is yours now; give it back if you cannot see to it."),
    ),
    "taken_over": (
        gettext_noop("a colleague has your case now"),
        gettext_noop("A case that was yours belongs to a colleague now. Nothing is left for you to do there."),
    ),
    "advised": (
        gettext_noop("your question has an answer"),
        gettext_noop("The colleague whom you asked about a case has written a note there."),
    ),
    "acknowledged": (gettext_noop("somebody has the case"), gettext_noop("Somebody has said that they have the case.")),
    "nobody": (
        gettext_noop("nobody can be reached"),
        gettext_noop("A case waits, and nobody of its chain can be reached. Please see to it."),
    ),
    "answer_due": (gettext_noop("an answer is due"), gettext_noop("An answer is due.")),
    "late": (gettext_noop("something is late"), gettext_noop("A step that was due has not happened in time.")),
    "source_silent": (gettext_noop("a source is silent"), gettext_noop("A source has brought nothing for too long.")),
    "swap_asked": (
        gettext_noop("a swap is asked of you"),
        gettext_noop("A colleague would like to swap duty with you."),
    ),
    "swap_agreed": (gettext_noop("a swap is agreed"), gettext_noop("The swap is agreed; the roster has changed.")),
    "swap_refused": (gettext_noop("a swap was declined"), gettext_noop("The swap was declined; the roster stays.")),
    "swap_confirmed": (gettext_noop("a swap is agreed"), gettext_noop("The swap is agreed; the roster has changed.")),
    "swap_withdrawn": (
        gettext_noop("a swap was withdrawn"),
        gettext_noop("The swap that was asked of you was withdrawn; the roster stays."),
    ),
    "wrote_again": (
        gettext_noop("your case has news"),
        gettext_noop("Somebody whose case you have wrote again."),
    ),
    "pause_over": (
        gettext_noop("the clock of a case runs again"),
        gettext_noop("The pause of a case is over: its clock runs again, and it waits."),
    ),
    "pause_news": (
        gettext_noop("a paused case has news"),
        gettext_noop("The person wrote again, or the light became graver: the clock of a paused case runs again."),
    ),
    "pause_ended": (
        gettext_noop("a pause was ended"),
        gettext_noop("A colleague let the clock of a paused case run on."),
    ),
    "roster_gap": (gettext_noop("nobody is on duty"), gettext_noop("The roster has hours in which nobody is on duty.")),
    "hand_over": (gettext_noop("a hand-over note waits"), gettext_noop("A hand-over note waits to be read.")),
}
"""By code: what the subject says, and the first sentence of the message."""

OTHER = (gettext_noop("something waits for you"), gettext_noop("Something waits for you at the desk."))
TEST = "way_test"

WAITS_FOR_ONE = frozenset(
    {
        "called", "called_again", "everybody", "handed_back", "escalated", "lowered", "assigned", "wrote_again",
        "nobody", "answer_due",
    }
)  # fmt: skip
"""The chain waits until one of those who are told says that they have it."""
THEIRS = frozenset({"assigned", "wrote_again"})
"""The case is theirs already. Where it was answered, or they said that they have it, nothing waits for that."""
MAY_SAY_SO = gettext_noop("After signing in you can say there that you have it.")
MAY_DO: dict[str, str] = {
    "consulted": gettext_noop("After signing in you can answer there with a note; whoever asked is told."),
    "swap_asked": gettext_noop("After signing in you can agree or decline there."),
}
"""By code: what whoever is told can do where the link leads."""
BY_REASON = frozenset({"handed_back", "escalated", "lowered"})
"""Somebody did it and said why. The words stay in the case."""
LISTED = 10
"""Of messages that are told together; the rest is counted."""
LONGEST = 600
"""Characters of one fact."""
QUOTED = 500
"""Characters of a post, where posts are quoted."""


@dataclass(frozen=True, slots=True)
class Message:
    language: str
    subject: str
    lines: tuple[str, ...]
    link: str
    link_says: str
    more: tuple[tuple[str, str], ...] = ()
    """Told together: a line and its link each."""
    ends: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        parts = ["\n".join(self.lines)]
        if self.link:
            parts.append(f"{self.link_says}:\n{self.link}")
        if self.more:
            parts.append("\n".join(f"- {said}{f': {link}' if link else ''}" for said, link in self.more))
        return "\n\n".join([*parts, *self.ends]) + "\n"

    @property
    def html(self) -> str:
        body = format_html_join("", "<p>{}</p>", ((line,) for line in self.lines))
        if self.link:
            body += format_html('<p><a href="{}">{}</a></p>', self.link, self.link_says)
        if self.more:
            rows = [format_html('<a href="{}">{}</a>', link, said) if link else said for said, link in self.more]
            body += format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((row,) for row in rows)))
        body += format_html_join("", '<p style="color:#555">{}</p>', ((line,) for line in self.ends))
        return format_html(
            '<!doctype html><html lang="{}"><meta charset="utf-8"><title>{}</title>'
            '<body style="font:16px/1.5 sans-serif;max-width:40em">{}</body></html>',
            self.language, self.subject, body,
        )  # fmt: skip


def compose(
    told: Notification, others: Sequence[Notification] = (), *, way: ContactWay | None = None,
    now: datetime | None = None,
) -> Message:  # fmt: skip
    """`others` are told with it; `now`: when it is sent, so that a deadline that is past is told as past. Raises
    `UnreadableSecret` where a code cannot be read any more."""
    language = told.user.language if told.user.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(_zone(told.user.timezone)):
        return _test(way, language) if told.code == TEST else _message(told, others, language, now)


def headline(told: Notification) -> str:
    """In the current language, for the bell and the subject: `Red: a case waits for you`."""
    said = _(CODES.get(told.code, OTHER)[0])
    if told.light in ("red", "amber", "green"):
        return _("%(light)s: %(said)s") % {"light": word("light", told.light), "said": said}
    return said[:1].upper() + said[1:]


def path_of(told: Notification) -> str:
    """Where it leads, on this desk: the case, what the caller named, or where the day begins."""
    named = told.values.get("path", "")
    if isinstance(named, str) and named.startswith("/") and not named.startswith("//") and named.isprintable():
        return named
    if told.brand is None:
        return reverse("settings")
    if told.case_id is not None:
        return reverse("case", args=[told.brand.slug, told.case_id])
    return reverse("now", args=[told.brand.slug])


def one_line(text: Any, most: int = 200) -> str:
    """Names are hostile here: a line break begins a header of its own, and some signs turn the text around."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(text)).split())[:most]


def _message(
    told: Notification, others: Sequence[Notification], language: str, now: datetime | None
) -> Message:  # fmt: skip
    brand = one_line(told.brand.name, 80) if told.brand is not None else ""
    subject = headline(told)
    if others:
        more = ngettext("%(n)s more", "%(n)s more", len(others)) % {"n": len(others)}
        subject = _("%(said)s, and %(more)s") % {"said": subject, "more": more}
    listed = [(one_line(_in_a_line(each, now)), _link(each)) for each in others[:LISTED]]
    ends = [_why(told)]
    if len(others) > LISTED:
        ends.insert(0, _counted(others[LISTED:]))
    return Message(
        language, one_line(f"{subject} · {brand}" if brand else subject), tuple(_facts(told, now)), _link(told),
        _link_says(told), tuple(listed), tuple(ends),
    )  # fmt: skip


def _facts(told: Notification, now: datetime | None) -> list[str]:
    values = told.values
    facts: list[str] = [_(CODES.get(told.code, OTHER)[1])]
    if told.light:
        facts.append(_("Light: %(light)s") % {"light": word("light", told.light)})
    if values.get("network"):
        facts.append(_("Network: %(network)s") % {"network": word("network", str(values["network"]))})
    for path in settings.DESK_TOLD:
        facts.extend(one_line(said, LONGEST) for said in import_string(path)(told.case, values))
    deadline = _deadline(values, now)
    if deadline:
        facts.append(deadline)
    person = values.get("person") or _name_of(values.get("by"))
    if person:
        facts.append(pgettext("who did it", "From: %(person)s") % {"person": one_line(person, 120)})
    if person and told.code in BY_REASON:
        facts.append(_("The reason stands in the case."))
    if settings.SERENO_MESSAGES_WITH_TEXT and told.case is not None:
        facts.append("“" + one_line(told.case.deciding_post.text.text, QUOTED) + "”")
    return facts


def _name_of(user: Any) -> str:
    """Values hold ids alone; the name is that of today."""
    found = User.objects.filter(pk=user).first() if isinstance(user, int) else None
    return str(found) if found is not None else ""


def _deadline(values: Mapping[str, Any], now: datetime | None) -> str:
    """A digest may come after the moment that it names: then it says so."""
    moment = _moment(values.get("deadline"))
    if not moment:
        return ""
    if now is not None and _parsed(values["deadline"]) <= now:
        return pgettext("a deadline", "Late since: %(moment)s") % {"moment": moment}
    return pgettext("a deadline", "Until: %(moment)s") % {"moment": moment}


def _parsed(text: Any) -> datetime:
    moment = datetime.fromisoformat(str(text))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _in_a_line(told: Notification, now: datetime | None) -> str:
    network = told.values.get("network")
    parts = [headline(told), word("network", str(network)) if network else "", _deadline(told.values, now)]
    return " · ".join(part for part in parts if part)


def _counted(rest: Sequence[Notification]) -> str:
    counts = Counter(told.light for told in rest)
    parts = [
        f"{counts[light]} × {word('light', light).lower()}" for light in ("red", "amber", "green") if counts[light]
    ]
    others = counts[""] + counts["none"]
    if others:
        parts.append(ngettext("%(n)s other", "%(n)s others", others) % {"n": others})
    return _("And besides: %(counts)s") % {"counts": ", ".join(parts)}


def _why(told: Notification) -> str:
    """What can be done there, and where it is chosen how one is told."""
    code = told.code
    does = _(MAY_SAY_SO) if _waits_for_them(told) else _(MAY_DO[code]) if code in MAY_DO else ""
    # the desk's own address stands in no message where nobody set it
    own = _("How you are told is up to you: in your settings.") if settings.SERENO_URL else _(
        "(This installation has no SERENO_URL, so there is no link.)"
    )  # fmt: skip
    return f"{does} {own}".strip()


def _waits_for_them(told: Notification) -> bool:
    if told.code in THEIRS and told.case is not None:
        return bool(told.case.state == "open" and told.case.acknowledged_at is None)
    return told.code in WAITS_FOR_ONE


def _link_says(told: Notification) -> str:
    if told.code.startswith("swap_"):
        return _("See the swap")
    return _("Open the case") if told.case_id is not None else pgettext("a link in a message", "Open in Sereno")


def _test(way: ContactWay | None, language: str) -> Message:
    code = decrypt(bytes(way.code), key=settings.SECRET_KEY) if way is not None and way.code else ""
    lines = (
        _("Sereno can reach you here. Enter this code in your settings to confirm it:"),
        code,
        _("If this means nothing to you, somebody typed your address by mistake; nothing more will come."),
    )
    return Message(language, _("Sereno: your code"), lines, "", "")


def _link(told: Notification) -> str:
    return f"{settings.SERENO_URL}{path_of(told)}" if settings.SERENO_URL else ""


def _moment(text: Any) -> str:
    """In the person's zone, with the zone's name: people travel."""
    try:
        moment = datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return ""
    if moment is None:
        return ""
    local = timezone.localtime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    locale = "en_GB" if spoken_here() == "en" else spoken_here()  # as on the pages: the day first, 24 hours
    day = format_skeleton("MMMd", local, locale=locale)
    return f"{day}, {format_time(local, 'short', tzinfo=local.tzinfo, locale=locale)} ({local.tzinfo})"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
