"""Plays written posts through time, as if they arrived: the demo's feed.

Each line of the file is a post in our format with `after_seconds`, counted from the beginning of the round. A line
with the id of an earlier one is a later sighting of that post: its engagement has grown, `"edited": true` says that
its text changed, `"deleted": true` that it is gone. A post is created when its first line is due. When the
last one has been played, a pause follows, and then the next round, in which posts and authors get fresh ids that end
in `~2`, `~3`…: so a round is told from another by everybody who looks at an id.

Whoever stood still for long gets the rest of the round at once, but no rounds for the time in between.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sereno.connectors.base import Cursor, Http, NeedsPerson, Page, RawItem, Settings

PAGE = 200
_REFERENCES = ("id", "conversation", "in_reply_to", "repost_of")


def read(settings: Settings, secret: str | None, cursor: Cursor, http: Http, now: datetime) -> Page:  # noqa: ARG001
    lines = _lines(Path(str(settings["file"])))
    if not lines:
        return Page((), cursor)
    speed = float(settings.get("speed") or 1)
    round_number = int(cursor.get("round") or 1)
    started = datetime.fromisoformat(str(cursor["started"])) if cursor.get("started") else now
    played = int(cursor.get("played") or 0)
    if played >= len(lines):
        end = _due(lines[-1], started, speed) + timedelta(seconds=float(settings.get("pause_seconds") or 60))
        if now < end:
            return Page((), cursor)
        round_number, started, played = round_number + 1, now, 0
    due = [line for line in lines[played : played + PAGE] if _due(line, started, speed) <= now]
    written = {line["id"]: _due(line, started, speed) for line in reversed(lines)}  # the first of an id counts
    items = [_item(line, written[line["id"]], _due(line, started, speed), round_number) for line in due]
    played += len(due)
    more = played < len(lines) and _due(lines[played], started, speed) <= now
    return Page(items, {"round": round_number, "started": started.isoformat(), "played": played}, more)


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return sorted(lines, key=lambda line: (float(line["after_seconds"]), str(line["id"])))
    except OSError as error:
        raise NeedsPerson(f"{path.name} cannot be read ({error.strerror}); give the path of a JSONL file") from error
    except (ValueError, KeyError, TypeError) as error:
        raise NeedsPerson(
            f"{path.name}: each line needs to be a post with an id and after_seconds ({error})"
        ) from error


def _due(line: dict[str, Any], started: datetime, speed: float) -> datetime:
    return started + timedelta(seconds=float(line["after_seconds"]) / speed)


def _item(line: dict[str, Any], created_at: datetime, at: datetime, round_number: int) -> RawItem:
    post = {name: value for name, value in line.items() if name not in ("after_seconds", "edited", "deleted")}
    post["created_at"] = created_at.isoformat()
    post |= {f"{change}_at": at.isoformat() for change in ("edited", "deleted") if line.get(change)}
    if round_number > 1:
        post = _of_round(post, round_number)
    body = json.dumps(post, ensure_ascii=False).encode()
    # the same line may show a post again later, with more shares: the second it is due makes it another record
    return RawItem(f"{round_number}:{line['after_seconds']}:{post['id']}"[:80], body, "playback")


def _of_round(post: dict[str, Any], round_number: int) -> dict[str, Any]:
    post = {name: f"{value}~{round_number}" if name in _REFERENCES else value for name, value in post.items()}
    author = dict(post.get("author") or {})
    name = author.get("id") or author.get("handle")
    return {**post, "author": {**author, "id": f"{name}~{round_number}"}} if name else post
