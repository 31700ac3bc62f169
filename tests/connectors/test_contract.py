"""The contract, run over every connector and its samples. A newcomer adds samples and inherits all of this."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sereno.connectors import ALL, CONNECTORS, connector_of
from sereno.connectors.base import Connector, NeedsPerson, settings_faults, understood
from sereno.connectors.plain import storable
from tests.connectors.battery import SAMPLES, items_of, settings_for

each_sample = pytest.mark.parametrize(("connector", "sample"), SAMPLES)
each_connector = pytest.mark.parametrize("connector", ALL, ids=lambda c: c.kind)


@each_connector
def test_a_connector_is_a_folder_with_samples_and_a_page_about_it(connector: Connector) -> None:
    assert connector.samples(), "samples/ is empty"
    assert (connector.folder / "README.md").read_text(encoding="utf-8").startswith("# ")
    assert connector.folder.name == connector.kind


def test_no_two_connectors_share_a_name() -> None:
    assert len(CONNECTORS) == len(ALL)


def test_an_unknown_connector_is_told_with_those_there_are() -> None:
    with pytest.raises(NeedsPerson, match="no connector 'tweeter'; there are: rss"):
        connector_of("tweeter")


@each_sample
def test_every_item_becomes_posts(connector: Connector, sample: Path) -> None:
    items = items_of(connector, sample)

    assert items
    for item in items:
        assert not item.fault
        assert connector.parse(item.body, settings_for(sample))


@each_sample
def test_dates_carry_a_zone(connector: Connector, sample: Path) -> None:
    for item in items_of(connector, sample):
        for post, _ in understood(connector, item.body, {}):
            dates = [post.created_at, post.received_at, post.edited_at, post.deleted_at, post.author.created_at]
            assert all(at.utcoffset() is not None for at in dates if at is not None)


@each_sample
def test_a_date_without_zone_is_read_in_the_zone_of_the_source(connector: Connector, sample: Path) -> None:
    for item in items_of(connector, sample):
        in_utc = understood(connector, item.body, {})
        in_tokyo = understood(connector, item.body, {"timezone": "Asia/Tokyo"})
        for (utc, without_zone), (tokyo, counted_too) in zip(in_utc, in_tokyo, strict=True):
            assert without_zone == counted_too
            assert (utc == tokyo) == (without_zone == 0)


@each_sample
def test_the_same_bytes_give_the_same_items_and_posts(connector: Connector, sample: Path) -> None:
    once, again = items_of(connector, sample), items_of(connector, sample)

    assert once == again
    for item in once:
        assert connector.parse(item.body, {}) == connector.parse(item.body, {})
        assert len(item.key) <= 80


@each_sample
def test_an_item_has_its_own_key(connector: Connector, sample: Path) -> None:
    items = items_of(connector, sample)

    assert len({item.key for item in items}) == len(items)


@each_sample
def test_unknown_fields_are_passed_over(connector: Connector, sample: Path) -> None:
    for item in items_of(connector, sample):
        body = json.loads(item.body.replace(rb"\ud83d", b"?"))
        more = json.dumps({**body, "never_heard_of": {"deep": [1, None]}}, ensure_ascii=False).encode()

        assert connector.parse(more, {}) == connector.parse(json.dumps(body, ensure_ascii=False).encode(), {})


@each_sample
def test_texts_can_be_stored_and_hold_no_live_markup(connector: Connector, sample: Path) -> None:
    for item in items_of(connector, sample):
        for post in connector.parse(item.body, {}):
            assert storable(post.text) == post.text
            assert "onerror" not in post.text
            assert "<iframe" not in post.text


@each_connector
def test_a_network_that_tells_deletions_has_a_sample_of_one(connector: Connector) -> None:
    posts = [
        post
        for sample in connector.samples()
        for item in items_of(connector, sample)
        for post in connector.parse(item.body, {})
    ]
    cannot = "cannot be told" in (connector.folder / "README.md").read_text(encoding="utf-8")
    played = not connector.offered

    assert cannot or played or any(post.deleted_at for post in posts)


@each_connector
def test_settings_are_checked_in_sentences(connector: Connector) -> None:
    faults = settings_faults(connector, {"no_such": 1, "timezone": "Mars/North"})

    assert any("no such setting 'no_such'" in fault for fault in faults)
    assert any("no such time zone 'Mars/North'" in fault for fault in faults)
    for setting in connector.settings:
        if setting.required:
            assert any(f"'{setting.name}' is missing" in fault for fault in faults)
