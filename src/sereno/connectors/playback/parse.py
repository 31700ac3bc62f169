"""A played line is a post in our own format. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from sereno.connectors.base import Settings
from sereno.connectors.records import post_of_json
from sereno.engine.post import Post


def parse(body: bytes, settings: Settings) -> Sequence[Post]:  # noqa: ARG001 — part of the contract
    return [post_of_json(body)]
