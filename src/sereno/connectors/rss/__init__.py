from datetime import timedelta
from pathlib import Path

from sereno.connectors.base import Connector, Setting
from sereno.connectors.rss.client import read
from sereno.connectors.rss.parse import parse

CONNECTOR = Connector(
    kind="rss",
    title="RSS or Atom feed",
    via="feed",
    parse=parse,
    read=read,
    every=timedelta(minutes=5),
    settings=(
        Setting("url", "the feed's address, such as https://example.org/feed", required=True, address=True),
        Setting("network", "what to call the place, such as blog or news; web where it is left out"),
        Setting("place", "article, comment, post or review; article where it is left out"),
    ),
    folder=Path(__file__).parent,
)
