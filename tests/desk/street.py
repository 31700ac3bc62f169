"""A street in miniature: a brand with a plan, a source and a reader, without the network in front of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sereno.desk.accounts.models import Brand
from sereno.desk.cases.arrivals import work_through
from sereno.desk.cases.models import Case, CasePost
from sereno.desk.intake.models import Author, Post, PostText, Source
from sereno.desk.plans.actions import put_in_force
from sereno.engine.fold import fold
from tests.desk.stories import PLAN
from tests.fakes import FakeReader

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday


class Street:
    """A brand with a plan, a source and a reader; `street.post(...)` stores a post, `street.work()` judges."""

    def __init__(self) -> None:
        self.brand = Brand.objects.create(slug="acme", name="Acme")
        self.version = put_in_force(self.brand, text=PLAN, name="acme.yaml", by=None, now=NOON - timedelta(days=1))
        self.source = Source.objects.create(brand=self.brand, kind="file", name="drop", public_id="drop")
        self.reader = FakeReader()

    def post(self, name: str, text: str, *, author: str | None = "ann", minutes: int = 0, **fields: object) -> Post:
        at = NOON + timedelta(minutes=minutes)
        writer = None
        if author:
            writer, _ = Author.objects.get_or_create(
                brand=self.brand, network="x", external_id=author, defaults={"first_seen_at": at}
            )
        post = Post.objects.create(
            **{
                "brand": self.brand, "network": "x", "external_id": name, "source": self.source, "author": writer,
                "received_at": at, "created_at": at, **fields,
            }
        )  # fmt: skip
        PostText.objects.create(post=post, text=text, folded=fold(text))
        return post

    def complaint(self, name: str, text: str = "acme sent me a broken kettle", **fields: object) -> Post:
        self.reader.says(text, kind="complaint", topic="product_defect")
        return self.post(name, text, **fields)  # type: ignore[arg-type]

    def danger(self, name: str, text: str = "the acme kettle burned my son", **fields: object) -> Post:
        self.reader.says(text, kind="complaint", risks=("safety",), topic="safety")
        return self.post(name, text, **fields)  # type: ignore[arg-type]

    def work(self, *, minutes: int = 0) -> int:
        return work_through(now=NOON + timedelta(minutes=minutes), reader=self.reader)

    def case_of(self, post: Post) -> Case:
        return CasePost.objects.get(post=post).case
