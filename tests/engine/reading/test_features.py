"""Hashed features against a plain loop over characters."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.engine.reading.features import BUCKETS, beginnings, groups, hash_of_word, prefix_sums
from sereno.engine.reading.layout import lay_out


def counted(texts: list[str]) -> list[tuple[int, ...]]:
    layout = lay_out(texts)
    found = list(groups(layout, prefix_sums(layout)))
    return [
        tuple(sorted(int(bucket) for buckets, owners, _ in found for bucket in buckets[owners == i]))
        for i in range(len(texts))
    ]


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
@settings(deadline=None, max_examples=100)
def test_a_text_has_the_same_features_alone_and_in_a_batch(texts: list[str]) -> None:
    assert counted(texts) == [counted([text])[0] for text in texts]


def test_ngrams_are_as_many_as_a_plain_loop_counts() -> None:
    # " abcd ": words 1, pairs 0; 3-grams: " ab" abc bcd "cd "; 4: " abc" abcd "bcd "; 5: " abcd" "abcd "
    assert len(counted(["abcd"])[0]) == 1 + 0 + 4 + 3 + 2


def test_folding_changes_no_feature() -> None:
    assert counted(["Żółta ŁÓDŹ"]) == counted(["zolta lodz"])


def test_the_hash_of_a_word_is_that_of_the_buffer() -> None:
    layout = lay_out(["nie polecam"])
    sums = prefix_sums(layout)
    assert beginnings(sums, layout.start, layout.end).tolist() == [hash_of_word("nie"), hash_of_word("polecam")]


def test_buckets_stay_in_their_table_and_are_fixed_for_ever() -> None:
    found = np.array(counted(["my parcel is late"])[0])
    assert found.min() >= 0
    assert found.max() < BUCKETS
    # weights are shipped for these numbers: a change here needs a new training
    assert counted(["ab"])[0] == PINNED


PINNED = (42959, 76886, 282281, 314595)
