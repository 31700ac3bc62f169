from pathlib import Path

from sereno.connectors.base import Connector
from sereno.connectors.webhook.parse import parse, receive

CONNECTOR = Connector(
    kind="webhook",
    title="Signed webhook",
    via="webhook",
    parse=parse,
    receive=receive,
    folder=Path(__file__).parent,
)
