"""What the auditor finds, in words that anybody understands, each with its way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, ngettext_lazy

from sereno.desk.accounts.models import Brand
from sereno.desk.cases.due import span
from sereno.desk.cases.templatetags.desk import short_moment
from sereno.desk.duty.looking import Finding
from sereno.desk.notify.faults import in_words

_RUNS = gettext_noop("Whoever runs this Sereno has to look: the log of the worker says more.")

NOTHING_LEFT = 1024 * 1024
"""Bytes: with fewer, the next write fails."""

OTHER = gettext_noop("Something is not as it should be (%(code)s).")

WAYS_OUT: dict[str, str] = {
    "line-late": gettext_noop("Open the case: where it is red, take it or call somebody yourself. The auditor runs the "
                              "call as soon as it looks again; if this comes back, the worker stands still or is too "
                              "slow."),
    "line-failing": gettext_noop("Call the person yourself now. Whoever runs this Sereno finds the fault in the log."),
    "case-not-seen": gettext_noop("The auditor looks at it now. If it happens again, the worker stands still."),
    "case-without-line": gettext_noop("The auditor calls now. Take the case, if you can."),
    "line-exhausted": gettext_noop("Open the case: take it, or call somebody yourself. Those of its last step are "
                                   "called again and again."),
    "owner-gone": gettext_noop("The auditor gives it back now, and it is called anew."),
    "posts-late": gettext_noop("The worker is too slow or stands still. Red posts may be among those that wait."),
    "worker-silent": gettext_noop("Whoever runs this Sereno starts the worker again. Until then, look at the "
                                  "networks directly."),
    "worker-errors": _RUNS,
    "source-failing": gettext_noop("Open the source: it says what is wrong and what to do."),
    "source-late": gettext_noop("The worker is busy or stands still; it catches up by itself once it runs."),
    "source-silent": gettext_noop("Look whether people still write there, and whether the address is still right."),
    "clock-back": gettext_noop("Deadlines may be off. Whoever runs this Sereno sets the machine's clock by a time "
                               "server (NTP)."),
    "clock-stands": gettext_noop("Nobody is called while the clock stands. Whoever runs this Sereno sets the machine's "
                                 "clock by a time server (NTP)."),
    "clock-jumped": gettext_noop("What was due meanwhile was run afterwards. Keep the machine awake, and its clock set "
                                 "by a time server (NTP)."),
    "disk-full": gettext_noop("Without room no post and no call is stored. Whoever runs this Sereno makes room on the "
                              "machine's disk now; what was stored before is safe."),
    "disk-low": gettext_noop("Whoever runs this Sereno makes room on the machine's disk soon."),
    "database-unwritable": gettext_noop("Whoever runs this Sereno looks at the database: its disk, its rights, whether "
                                        "it runs."),
    "auditor-silent": gettext_noop("The auditor runs beside the worker. Whoever runs this Sereno starts the worker "
                                   "again, or runs `sereno health` each minute."),
    "monitor-unreachable": gettext_noop("Whoever runs this Sereno checks the address in SERENO_HEARTBEAT_URL. The "
                                        "monitor may raise a false alarm."),
    "messages-late": gettext_noop("Nobody is told outside of the product. Whoever runs this Sereno looks at the worker "
                                  "and the mail server."),
    "messages-failed": gettext_noop("Call those who are on duty yourself. Whoever runs this Sereno looks at the mail "
                                    "server and the message services; it is tried again for half an hour."),
    "role-unmanned": gettext_noop("A lead adds a shift, or accepts the gap with a reason. Until then the deputy is "
                                  "called, or the next step."),
    "no-way-out": gettext_noop("At night nobody can be woken. Whoever runs this Sereno sets SERENO_SMTP_URL; or each "
                               "person adds a message service in the settings."),
    "roster-unfit": gettext_noop("A lead opens the roster and gives each role of the plan its people. Until then, "
                                 "take red cases yourself."),
    "no-roster": gettext_noop("A lead makes a roster, so that only those on duty are called."),
}  # fmt: skip
"""By code. What is found stands in `_WHAT`."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding, ready to be read."""

    what: str
    way_out: str
    brand: str
    link: str


def told(finding: Finding, brands: Mapping[int, Brand]) -> Told:
    brand = brands.get(finding.brand or 0)
    say = _WHAT.get(finding.code)
    what = say(finding.values) if say else _(OTHER) % {"code": finding.code}
    return Told(what, _(WAYS_OUT.get(finding.code, _RUNS)), brand.name if brand else "", _link(finding, brand))


def sentence(wrong: int, looks: int) -> str:
    """The page's first line."""
    if wrong:
        return ngettext(
            "%(n)s thing is wrong: somebody may not be called.", "%(n)s things are wrong: somebody may not be called.",
            wrong,
        ) % {"n": wrong}  # fmt: skip
    if looks:
        return ngettext(
            "Everybody is called in time. %(n)s thing is worth a look.",
            "Everybody is called in time. %(n)s things are worth a look.", looks,
        ) % {"n": looks}  # fmt: skip
    return _("All is well: posts are read, people are called in time, and the clock runs.")


def _since(values: Mapping[str, Any]) -> str:
    """The moment in the reader's zone; empty where none is known."""
    text = values.get("since")
    if not text:
        return ""
    return short_moment(timezone.localtime(datetime.fromisoformat(text)), timezone.localtime())


def _counted(text: Promise) -> Callable[[Mapping[str, Any]], str]:
    def say(values: Mapping[str, Any]) -> str:
        said: str = text % {"n": int(values.get("count", 1)), "since": _since(values)}
        return said

    return say


def _worker_silent(values: Mapping[str, Any]) -> str:
    since = _since(values)
    if not since:
        return _("The worker has never run: nothing is read, judged or called.")
    return _("The worker has stood still since %(since)s: nothing is read, judged or called.") % {"since": since}


def _auditor_silent(values: Mapping[str, Any]) -> str:
    since = _since(values)
    if not since:
        return _("Nobody has looked yet whether all is well.")
    return _("Nobody has looked since %(since)s whether all is well.") % {"since": since}


def _source(text: str) -> Callable[[Mapping[str, Any]], str]:
    def say(values: Mapping[str, Any]) -> str:
        return _(text) % {"name": values["name"], "since": _since(values), "n": values.get("failures", 0)}

    return say


def _plain(text: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda _values: _(text)


def _disk(text: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda values: _(text) % {"free": filesizeformat(values["free"])}


def _disk_full(values: Mapping[str, Any]) -> str:
    if values["free"] < NOTHING_LEFT:
        return _("The disk is full: nothing more can be stored, no post and no call.")
    return _("The disk is full, or nearly: %(free)s are left.") % {"free": filesizeformat(values["free"])}


def _messages_failed(values: Mapping[str, Any]) -> str:
    if values.get("mail"):
        return _("The mail server takes no message: %(why)s.") % {"why": in_words(values["mail"])}
    count = int(values["count"])
    return ngettext(
        "%(n)s person could not be reached by any message.", "%(n)s people could not be reached by any message.", count
    ) % {"n": count}  # fmt: skip


def _no_way_out(values: Mapping[str, Any]) -> str:
    people = values.get("people")
    if people is None:
        return _("Mail is not set up, and nobody has a message service: people are told in the product alone.")
    return ngettext(
        "On duty now or next, and not to be reached outside of the product: %(names)s.",
        "On duty now or next, and not to be reached outside of the product: %(names)s.", len(people),
    ) % {"names": ", ".join(people)}  # fmt: skip


def _clock_moved(values: Mapping[str, Any]) -> str:
    """When, by the clock as it was set then, and by how much; shown for a day."""
    seconds = int(values["seconds"])
    told = {"span": span(abs(seconds)), "moment": _since({"since": values["now"]})}
    if seconds < 0:
        return _("The machine's clock went back by %(span)s (%(moment)s).") % told
    return _("The machine's clock went forward by %(span)s, or the machine slept so long (%(moment)s).") % told


def _role_unmanned(values: Mapping[str, Any]) -> str:
    return _("Nobody is on duty now as: %(roles)s.") % {"roles": ", ".join(values["roles"])}


_WHAT: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "line-late": _counted(ngettext_lazy(
        "%(n)s call that was due has not happened, the oldest since %(since)s.",
        "%(n)s calls that were due have not happened, the oldest since %(since)s.", "n",
    )),
    "line-failing": lambda values: _("A case cannot call anybody: it failed %(n)s times and is tried again.")
    % {"n": values["failures"]},
    "case-not-seen": _counted(ngettext_lazy(
        "%(n)s case has news, and nobody has looked whether somebody is to be called.",
        "%(n)s cases have news, and nobody has looked whether somebody is to be called.", "n",
    )),
    "case-without-line": _counted(ngettext_lazy(
        "%(n)s case waits that nobody has taken, and nobody is called for it.",
        "%(n)s cases wait that nobody has taken, and nobody is called for them.", "n",
    )),
    "line-exhausted": _counted(ngettext_lazy(
        "%(n)s case waits, and its whole chain was called in vain.",
        "%(n)s cases wait, and their whole chains were called in vain.", "n",
    )),
    "owner-gone": _counted(ngettext_lazy(
        "%(n)s case belongs to somebody who has left the team.",
        "%(n)s cases belong to somebody who has left the team.", "n",
    )),
    "posts-late": _counted(ngettext_lazy(
        "%(n)s post waits to be judged, the oldest since %(since)s.",
        "%(n)s posts wait to be judged, the oldest since %(since)s.", "n",
    )),
    "worker-silent": _worker_silent,
    "worker-errors": _plain(gettext_noop("A part of the worker's round fails; the other parts go on.")),
    "source-failing": _source(gettext_noop("The source “%(name)s” cannot be read; it was tried %(n)s times.")),
    "source-late": _source(gettext_noop("The source “%(name)s” should have been read at %(since)s.")),
    "source-silent": _source(gettext_noop("The source “%(name)s” has been silent since %(since)s.")),
    "clock-back": _clock_moved,
    "clock-stands": _plain(gettext_noop("The machine's clock stands still.")),
    "clock-jumped": _clock_moved,
    "disk-full": _disk_full,
    "disk-low": _disk(gettext_noop("The disk fills up: %(free)s are left.")),
    "database-unwritable": _plain(gettext_noop("Nothing can be written to the database.")),
    "auditor-silent": _auditor_silent,
    "monitor-unreachable": _plain(gettext_noop("The monitor outside could not be told that all is well.")),
    "messages-late": _counted(ngettext_lazy(
        "%(n)s message that was due was not sent, the oldest since %(since)s.",
        "%(n)s messages that were due were not sent, the oldest since %(since)s.", "n",
    )),
    "messages-failed": _messages_failed,
    "role-unmanned": _role_unmanned,
    "no-way-out": _no_way_out,
    "roster-unfit": _plain(
        gettext_noop("The roster does not fit the plan in force: for some roles nobody can be called.")
    ),
    "no-roster": _plain(gettext_noop("No roster is in force: whoever has a role counts as always on duty.")),
}  # fmt: skip


def _link(finding: Finding, brand: Brand | None) -> str:
    """Where to look; only within a brand that the reader may see."""
    if brand is None:
        return ""
    if "case" in finding.values:
        return reverse("case", args=[brand.slug, finding.values["case"]])
    if "source" in finding.values:
        return reverse("sources", args=[brand.slug]) + f"#source-{finding.values['source']}"
    return ""
