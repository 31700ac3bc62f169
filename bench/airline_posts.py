"""The public airline tweets as posts of our format: python -m bench.airline_posts DIR > posts.jsonl

The set gives text, time and the number of retweets, no authors. Times are the brand's own wall clock in the set; give
them a zone with `--tz`. Its label (negative, neutral, positive) is no light and is left out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

FILE = "airline_sentiment_en.jsonl"


def main(folder: Path) -> None:
    for line in (folder / FILE).read_text("utf-8").splitlines():
        row = json.loads(line)
        post = {
            "id": row["id"],
            "text": row["text"],
            "network": "x",
            "created_at": row["created_at"],
            "engagement": {"shares": row["retweets"]},
            "lang": row["lang"],
        }
        print(json.dumps(post, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
