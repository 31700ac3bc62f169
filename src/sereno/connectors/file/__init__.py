from pathlib import Path

from sereno.connectors.base import Connector
from sereno.connectors.file.parse import parse

CONNECTOR = Connector(
    kind="file",
    title="Files (JSONL, CSV)",
    via="file",
    parse=parse,
    folder=Path(__file__).parent,
)
