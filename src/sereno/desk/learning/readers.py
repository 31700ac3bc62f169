"""Which reader reads for a brand: the desk's own, with what the brand's team taught on top."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

from sereno.desk.learning.figures import correction_of
from sereno.desk.learning.models import CorrectionState, LearnedCorrection
from sereno.desk.plans.models import PlanVersion
from sereno.desk.plans.queries import plan_of
from sereno.engine.correction import VERSION, CorrectedReader, Correction
from sereno.engine.read import Reader

PATIENCE = 10.0
"""Seconds that a page waits while the reader reads for the worker."""
_shared: list[Reader] = []
_choosing = Lock()


def share(reader: Reader) -> None:
    """Let the pages of this process read with the worker's reader: they must speak of the same readings, and a second
    encoder would take another half a gigabyte."""
    from sereno.careful import patient

    _shared[:] = [patient(reader, PATIENCE)]


def own_reader() -> Reader:
    """The desk's own reader for pages, without a correction; the best that is installed where no worker shares its own.

    Its `read` raises ReaderBusy where the worker keeps it for longer than `PATIENCE`.
    """
    with _choosing:  # two pages at once must not start two
        if not _shared:
            from sereno.careful import best_reader

            share(best_reader())
        return _shared[0]


def reader_for(version: PlanVersion, reader: Reader) -> Reader:
    """`reader`, corrected as the brand's team taught; itself where nothing is at work."""
    row = LearnedCorrection.objects.filter(brand_id=version.brand_id, state=CorrectionState.ACTIVE).first()
    if row is None or not usable(row):
        return reader
    return CorrectedReader(reader, _correction(row.pk, row.number), plan_of(version), edition=version.number)


def usable(row: LearnedCorrection) -> bool:
    """Whether this Sereno still reads its weights as they were meant; else the page says to learn anew."""
    return bool(row.weights.get("version") == VERSION)


@lru_cache(maxsize=64)
def _correction(pk: int, _number: int) -> Correction:
    """Parsed once per process: weights never change."""
    return correction_of(LearnedCorrection.objects.get(pk=pk))
