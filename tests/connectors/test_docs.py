"""The published schema is made from the type, accepts what we accept, and the page names every field."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from sereno.connectors import ALL
from sereno.engine.post import BadPost, Post, decode, json_schema

DOCS = Path(__file__).resolve().parents[2] / "docs"
SCHEMA = DOCS / "post.schema.json"


def test_the_schema_is_current() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json.loads(json.dumps(json_schema())), (
        "engine/post.py changed: write docs/post.schema.json anew from engine.post.json_schema()"
    )


def test_the_page_names_every_field() -> None:
    page = (DOCS / "post-format.md").read_text(encoding="utf-8")

    assert [name for name in Post.__struct_fields__ if f"`{name}`" not in page] == []


def test_the_recipe_names_what_there_is() -> None:
    recipe = (DOCS / "adding-a-connector.md").read_text(encoding="utf-8")

    for name in ("client.py", "parse.py", "samples/", "README.md", "TryLater", "NeedsPerson", "Gone", "RefusedByTerms"):
        assert name in recipe
    for connector in ALL:
        assert (connector.folder / "parse.py").exists()


@pytest.mark.parametrize(
    "record",
    [
        '{"id": "1", "text": "x"}',
        '{"id": "1", "text": "x", "unknown": 3, "engagement": {"likes": 1}, "created_at": "2026-03-02T09:00:00Z"}',
        '{"id": "", "text": "x"}',
        '{"id": "1"}',
        '{"id": "1", "text": 3}',
        '{"id": "1", "text": "x", "engagement": {"likes": -1}}',
        '{"id": "1", "text": "x", "place": "moon"}',
        "[]",
    ],
)
def test_the_schema_accepts_what_we_accept(record: str) -> None:
    try:
        decode(record)
        accepted = True
    except BadPost:
        accepted = False
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))

    assert validator.is_valid(json.loads(record)) == accepted
