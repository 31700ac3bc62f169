"""The connectors: one line each, in the order in which they are offered."""

from __future__ import annotations

from sereno.connectors.base import Connector, NeedsPerson
from sereno.connectors.file import CONNECTOR as FILE
from sereno.connectors.playback import CONNECTOR as PLAYBACK
from sereno.connectors.rss import CONNECTOR as RSS
from sereno.connectors.webhook import CONNECTOR as WEBHOOK

ALL: tuple[Connector, ...] = (
    RSS,
    WEBHOOK,
    FILE,
    PLAYBACK,
)

CONNECTORS: dict[str, Connector] = {connector.kind: connector for connector in ALL}


def connector_of(kind: str) -> Connector:
    """Raises `NeedsPerson` where no connector has that name."""
    try:
        return CONNECTORS[kind]
    except KeyError:
        raise NeedsPerson(f"no connector '{kind}'; there are: {', '.join(CONNECTORS)}") from None
