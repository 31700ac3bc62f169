"""What a connector is: the only code that knows a network.

A connector is a folder of `sereno/connectors/` and one line in its `__init__.py`:

    client.py     talks to the network: bytes in, `RawItem`s out; understands nothing
    parse.py      pure: the bytes of one item in, our posts out; talks to nobody
    samples/      payloads as the network sends them; every contract test runs over them
    README.md     what it reads, what it needs, what the network's terms say

It decides nothing about storage, clocks or people: the desk stores the raw items first, moves the cursor in the same
transaction, and parses afterwards. So a fault in `parse.py` never loses a post: mend it and replay the record.

The errors a connector may raise, all of them written for the person who can mend the cause:

    ConnectorError
     ├── TryLater         the network is down, slow, or asks us to wait; nobody has to do anything
     ├── NeedsPerson      an address, a credential or a permission has to be mended
     ├── Gone             the place is no more
     ├── RefusedByTerms   the network forbids it
     └── Malformed        one record cannot be understood; the others can
"""

from __future__ import annotations

import hashlib
import zoneinfo
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Literal, Protocol

from sereno.connectors.addresses import address_fault
from sereno.connectors.faults import Fault, in_words
from sereno.engine.post import Post, in_zone

Via = Literal["feed", "search", "notification", "webhook", "file", "playback"]
"""How a post was sighted."""

Settings = Mapping[str, Any]
Cursor = Mapping[str, Any]


class ConnectorError(Exception):
    """Something stood in the way; the message names the thing, the place and the way out.

    Given as a `Fault` it is told to people in their language; a plain sentence stays English.
    """

    def __init__(self, said: str | Fault) -> None:
        super().__init__(str(said))
        self.fault = in_words(said) if isinstance(said, str) else said


class TryLater(ConnectorError):
    """Not now. `at` is the earliest instant that the network named; None where it named none."""

    def __init__(self, said: str | Fault, *, at: datetime | None = None) -> None:
        super().__init__(said)
        self.at = at


class NeedsPerson(ConnectorError):
    """Waiting does not help: somebody has to mend an address, a credential or a permission."""


class Gone(ConnectorError):
    """The place that we read is no more."""


class RefusedByTerms(ConnectorError):
    """The network's terms, or the law, forbid it."""


class Malformed(ConnectorError):
    """One record cannot be understood."""


def digest_of(body: bytes) -> str:
    """What makes a record one of its source, unless the network has something better."""
    return hashlib.sha256(body).hexdigest()


@dataclass(frozen=True, slots=True)
class RawItem:
    """One record as it reached us, not yet understood."""

    key: str
    """The same record has the same key, at most 80 characters."""
    body: bytes
    via: Via
    place: str = ""
    """Where it stood, for an error's sake: `posts.jsonl:42`, the address of a feed."""
    fault: Fault | None = None
    """Where it is already plain that it cannot be understood: it is stored as a dead letter."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one reading gave. `cursor` is where the next one goes on."""

    items: Sequence[RawItem]
    cursor: Cursor
    more: bool = False
    """There is more to read now."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, decompressed and within the limits."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    url: str
    """Where it stood after redirects."""


class Http(Protocol):
    """HTTP as connectors may use it; `fetch.SafeHttp` is the real one.

    Raises `TryLater` where the server cannot be reached, `NeedsPerson` where the address may not be read.
    """

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that a connector has to be told."""

    name: str
    meaning: str
    required: bool = False
    address: bool = False
    """A web address that we shall read; what is wrong with it is said before anybody reads it."""


COMMON_SETTINGS = (
    Setting("timezone", "zone of dates that carry none, such as Europe/Madrid; UTC where it is left out"),
    Setting("all_about_us", "true where every post of the source is about the brand, whatever words it uses"),
)

Read = Callable[[Settings, str | None, Cursor, Http, datetime], Page]
"""settings, secret, cursor, http, now → the next page. Raises the errors above, never `Malformed`."""
Receive = Callable[[bytes], Sequence[RawItem]]
"""The body of one delivery, found genuine → its records. Raises `Malformed` where it is no delivery at all."""
Parse = Callable[[bytes, Settings], Sequence[Post]]
"""The body of one raw item → its posts. Pure. Raises `Malformed`, or the engine's `BadPost`."""


@dataclass(frozen=True, slots=True)
class Connector:
    """A network, or a way in. What it can do is what it declares: `read` since a cursor, `receive` deliveries."""

    kind: str
    """Its folder's name; stands in `Source.kind`."""
    title: str
    via: Via
    parse: Parse
    read: Read | None = None
    receive: Receive | None = None
    every: timedelta = timedelta(minutes=5)
    """How often it is read, unless the source says otherwise."""
    settings: Sequence[Setting] = ()
    offered: bool = True
    """Shown to people who connect a source; the others are set up by the software itself."""
    folder: Path = field(default=Path())

    def samples(self) -> list[Path]:
        """Payloads as the network sends them."""
        return sorted(path for path in (self.folder / "samples").iterdir() if path.is_file())


def settings_faults(connector: Connector, settings: Settings, private: Collection[str] = ()) -> list[str]:
    """What is wrong with these settings, each in a sentence; empty where nothing is. `private` as in
    `addresses.py`."""
    known = {setting.name: setting for setting in (*connector.settings, *COMMON_SETTINGS)}
    faults = [
        f"{connector.kind}: setting '{name}' is missing: {setting.meaning}"
        for name, setting in known.items()
        if setting.required and not settings.get(name)
    ]
    faults += [
        f"{connector.kind}: no such setting '{name}'; there are: {', '.join(known)}"
        for name in settings
        if name not in known
    ]
    for setting in connector.settings:
        if setting.address and settings.get(setting.name):
            wrong = address_fault(str(settings[setting.name]), private)
            faults += [f"{connector.kind}: {wrong}"] if wrong else []
    try:
        zone_of(settings)
    except NeedsPerson as error:
        faults.append(f"{connector.kind}: {error}")
    return faults


def zone_of(settings: Settings) -> tzinfo:
    """The zone of dates that carry none. Raises `NeedsPerson` where there is no such zone."""
    name = settings.get("timezone")
    if not name:
        return UTC
    try:
        return zoneinfo.ZoneInfo(str(name))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise NeedsPerson(f"no such time zone '{name}'; write it as Europe/Warsaw") from error


def understood(connector: Connector, body: bytes, settings: Settings) -> list[tuple[Post, int]]:
    """The posts of one raw item, every date with a zone; beside each, how many of its dates had none."""
    zone = zone_of(settings)
    return [in_zone(post, zone) for post in connector.parse(body, settings)]
