"""More arrives than is understood: what seems to be about the brand does not wait behind everything else."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from sereno.connectors.base import RawItem, digest_of
from sereno.desk.accounts.models import Brand
from sereno.desk.intake.actions import understand
from sereno.desk.intake.claiming import claim
from sereno.desk.intake.models import Post, RawRecord, Source
from sereno.desk.intake.storing import store_raw
from tests.desk.stories import brand
from tests.desk.street import NOON


@pytest.fixture
def source(db: None) -> Source:
    return Source.objects.create(brand=brand("acme"), kind="file", name="drop", public_id="drop")


def arrive(source: Source, *texts: str, backfilled: bool = False) -> None:
    bodies = [json.dumps({"id": text, "text": text, "network": "x"}).encode() for text in texts]
    items = [RawItem(digest_of(body), body, "file", "") for body in bodies]
    store_raw(source, items, now=NOON, backfilled=backfilled)


def understood_of_two() -> set[str]:
    understand(now=NOON, limit=2)
    return set(Post.objects.values_list("external_id", flat=True))


def test_a_post_that_names_the_brand_is_understood_before_older_ones(source: Source) -> None:
    arrive(source, "nice weather", "nicer weather", "my acme kettle burns")

    assert understood_of_two() == {"my acme kettle burns", "nice weather"}


@pytest.mark.parametrize("text", ["hot\nACME\nkettle", "“Acme” is on fire", "żółć Acme"])
def test_it_is_found_behind_the_escapes_of_json(source: Source, text: str) -> None:
    arrive(source, "one", "two", "three", text)

    assert text in understood_of_two()


def test_history_waits_in_its_turn(source: Source) -> None:
    arrive(source, "one", "two")
    arrive(source, "acme was bad in 2019", backfilled=True)

    assert understood_of_two() == {"one", "two"}


def test_what_was_left_is_understood_afterwards_in_the_order_it_came(source: Source) -> None:
    arrive(source, "one", "two", "three", "acme")
    understand(now=NOON, limit=1)
    understand(now=NOON, limit=1)

    assert set(Post.objects.values_list("external_id", flat=True)) == {"acme", "one"}


def test_a_source_that_is_all_about_us_goes_first_as_a_whole(source: Source) -> None:
    arrive(source, "one", "two")
    ours = Source.objects.create(
        brand=source.brand, kind="file", name="inbox", public_id="inbox", settings={"all_about_us": True}
    )
    arrive(ours, "where is my parcel", "and my refund")

    assert understood_of_two() == {"where is my parcel", "and my refund"}


def test_a_brand_without_a_plan_stores_all_the_same(acme: Brand) -> None:
    source = Source.objects.create(brand=acme, kind="file", name="drop", public_id="drop")
    arrive(source, "acme")

    assert not RawRecord.objects.get().first


def test_a_record_that_is_no_json_is_looked_at_as_it_stands(source: Source) -> None:
    body = b"<item>acme on fire</item>"
    store_raw(source, [RawItem(digest_of(body), body, "feed", "")], now=NOON)

    assert RawRecord.objects.get().first


def test_records_whose_worker_died_are_not_overtaken_for_ever(source: Source) -> None:
    arrive(source, "one", "two", "three")
    claim(now=NOON, limit=2)  # and its worker dies
    arrive(source, "acme one", "acme two")

    taken = claim(now=NOON + timedelta(minutes=1), limit=2)

    assert {record.attempts for record in taken.records} == {2}
