from datetime import timedelta
from pathlib import Path

from sereno.connectors.base import Connector, Setting
from sereno.connectors.playback.client import read
from sereno.connectors.playback.parse import parse

CONNECTOR = Connector(
    kind="playback",
    title="Playback of written posts",
    via="playback",
    parse=parse,
    read=read,
    every=timedelta(seconds=2),
    settings=(
        Setting("file", "a JSONL file of posts, each with after_seconds", required=True),
        Setting("speed", "how many times faster than written; 1 where it is left out"),
        Setting("pause_seconds", "between two rounds; 60 where it is left out"),
    ),
    # it reads a file of this machine, so nobody sets it up from the web
    offered=False,
    folder=Path(__file__).parent,
)
