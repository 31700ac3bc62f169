"""What reached us: sources, raw records, posts, their authors, and everything seen of them since.

Nothing is lost: a record is stored raw first and understood after. A post is one by (brand, network, external id);
unique keys, not checks, stop doubles (ADR 3). Personal text lives in tables of its own that can be erased:
`RawBody`, `PostText`, `AuthorIdentity`, `ObservedText` (ADR 5).
"""

from __future__ import annotations

from django.db import models

from sereno.desk.accounts.models import Brand


class Source(models.Model):
    """A place that posts come from: a feed, a webhook, a file drop. `kind` names its connector.

    The connectors are listed in `sereno.connectors`, not in choices here: a new one needs no migration.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    public_id = models.CharField(max_length=40, unique=True)
    """What stands in a webhook's address; long and random."""
    settings = models.JSONField(default=dict)
    """What the connector needs and is no secret, e.g. {"url": …}."""
    secret = models.BinaryField(null=True)
    """Encrypted with the installation's key; never shown again."""
    cursor = models.JSONField(default=dict)
    """Where reading goes on; moves in the transaction that stores the raw records."""
    enabled = models.BooleanField(default=True)
    next_poll_at = models.DateTimeField(null=True)
    """Null: nothing to poll (webhooks, uploads)."""
    lease_until = models.DateTimeField(null=True)
    """A worker is reading it until then; a killed worker's lease runs out by itself."""
    failures = models.PositiveIntegerField(default=0)
    """In a row; resets with the first success."""
    last_error = models.TextField(blank=True)
    """In plain words, with the way out; English, for logs and the command line."""
    fault = models.JSONField(default=dict)
    """The same as a code with its parameters, said in the reader's language (`fault_words.py`)."""
    last_ok_at = models.DateTimeField(null=True)
    last_post_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "name"], name="source_name_once")]
        indexes = [models.Index(fields=["next_poll_at"])]  # the worker's tick: which sources are due

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"


class FileImport(models.Model):
    """One file on its way in. `offset` moves in the transaction that stores the raw lines before it, so an import
    that was killed goes on where it stood, without doubles and without holes."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="file_imports")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="file_imports")
    file_name = models.CharField(max_length=255)
    file_digest = models.CharField(max_length=64)
    bytes_total = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    line = models.BigIntegerField(default=0)
    layout = models.JSONField(default=dict)
    """How the file is written: {"format": "jsonl"} or {"format": "csv", "delimiter": …, "columns": […]}."""
    backfilled = models.BooleanField(default=True)
    """Older posts: they wake nobody and start no deadline."""
    records_stored = models.BigIntegerField(default=0)
    records_known = models.BigIntegerField(default=0)
    """Lines that the source had sent before, byte for byte."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    by_id = models.BigIntegerField(null=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "file_digest"], name="file_import_once")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.offset}/{self.bytes_total}"


class RawRecord(models.Model):
    """A record as it reached us, before anybody understood it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        """Stored, not yet understood."""
        UNDERSTOOD = "understood"
        DEAD = "dead"
        """Could not be understood; a person can mend the cause and replay it."""
        SET_ASIDE = "set_aside"
        """Could not be understood, and somebody decided that nothing more will come of it. Kept all the same."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="raw_records")
    key = models.CharField(max_length=80)
    """What makes it one record of its source: the digest of its bytes, unless the source has something better."""
    via = models.CharField(max_length=20)
    """How it was sighted: search, notification, webhook, feed, file."""
    received_at = models.DateTimeField()
    backfilled = models.BooleanField(default=False)
    first = models.BooleanField(default=False)
    """It seems to be about the brand: it is understood before the others (`going_first.py`)."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    """A worker is understanding it until then (`claiming.py`); in the past: that worker never came back."""
    error = models.TextField(blank=True)
    """In plain words; English, for logs and the command line."""
    fault = models.JSONField(default=dict)
    """The same as a code with its parameters, said in the reader's language (`fault_words.py`)."""
    unreadable = models.BooleanField(default=False)
    """It could not even be cut out of its file, so trying it again changes nothing: the file has to be mended."""
    set_aside_by_id = models.BigIntegerField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_why = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300, blank=True)
    """Where it stood, for the error's sake: `posts.jsonl:42`."""
    file_import = models.ForeignKey(FileImport, on_delete=models.SET_NULL, null=True, related_name="records")
    posts_new = models.PositiveIntegerField(default=0)
    """Posts that nobody had told us of before this record; with the next two, what a summary counts."""
    posts_seen = models.PositiveIntegerField(default=0)
    """Posts that we knew already."""
    dates_without_zone = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="raw_record_once")]
        indexes = [
            models.Index(  # the worker's tick: what waits to be understood
                fields=["id"], name="raw_waiting", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["id"], name="raw_first", condition=models.Q(state="waiting", first=True)),
            models.Index(  # the dead-letter page
                fields=["brand", "id"], name="raw_dead", condition=models.Q(state="dead")
            ),
        ]

    def __str__(self) -> str:
        return f"raw {self.pk} of {self.source_id}"


class RawBody(models.Model):
    """The bytes of a raw record. Erasable."""

    record = models.OneToOneField(RawRecord, on_delete=models.CASCADE, primary_key=True, related_name="body")
    body = models.BinaryField()


class Author(models.Model):
    """Somebody who wrote to or about the brand, as one network knows them."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    network = models.CharField(max_length=40)
    external_id = models.CharField(max_length=520)
    """The network's stable id; `handle:…` where it gives none."""
    followers = models.BigIntegerField(null=True)
    verified = models.BooleanField(null=True)
    opened_at = models.DateTimeField(null=True)
    first_seen_at = models.DateTimeField()
    stamps = models.JSONField(default=dict)
    """When each value was seen: the newest wins, in whatever order the sightings arrive (`merging.py`)."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "network", "external_id"], name="author_once")]

    def __str__(self) -> str:
        return f"author {self.pk} on {self.network}"


class AuthorIdentity(models.Model):
    """What an author is called. Erasable."""

    author = models.OneToOneField(Author, on_delete=models.CASCADE, primary_key=True, related_name="identity")
    handle = models.CharField(max_length=255, blank=True)
    """Without the @."""
    handle_lower = models.CharField(max_length=255, blank=True, db_index=True)  # search by @handle
    name = models.CharField(max_length=255, blank=True)
    folded = models.TextField(blank=True)
    """Name and handle as search compares them (`search.folded_name`)."""


class Stage(models.IntegerChoices):
    """How far a post has come on its way through the house."""

    STORED = 0
    JUDGED = 1


class Post(models.Model):
    """One published item, whoever told us and however often."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    network = models.CharField(max_length=40)
    external_id = models.CharField(max_length=512)
    # a source with posts cannot be deleted alone; a brand can, with all that is its own
    source = models.ForeignKey(Source, on_delete=models.RESTRICT, related_name="+")
    """The source that saw it first."""
    author = models.ForeignKey(Author, on_delete=models.SET_NULL, null=True, related_name="posts")
    place = models.CharField(max_length=20, default="post")
    visibility = models.CharField(max_length=10, default="public")
    created_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    own = models.BooleanField(default=False)
    conversation = models.CharField(max_length=512, blank=True)
    in_reply_to = models.CharField(max_length=512, blank=True)
    repost_of = models.CharField(max_length=512, blank=True)
    rating = models.FloatField(null=True)
    lang_hint = models.CharField(max_length=20, blank=True)
    likes = models.BigIntegerField(null=True)
    replies = models.BigIntegerField(null=True)
    shares = models.BigIntegerField(null=True)
    views = models.BigIntegerField(null=True)
    """Engagement as last observed; its history stands in `Observation`."""
    backfilled = models.BooleanField(default=False)
    stage = models.PositiveSmallIntegerField(choices=Stage.choices, default=Stage.STORED)
    stamps = models.JSONField(default=dict)
    """When each value was seen: the newest wins, in whatever order the sightings arrive (`merging.py`)."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "network", "external_id"], name="post_once")]
        indexes = [
            models.Index(fields=["id"], name="post_to_judge", condition=models.Q(stage=0)),  # the worker's tick
            models.Index(fields=["brand", "network", "conversation"]),  # the thread of a case
            models.Index(fields=["brand", "author", "received_at"]),  # what else this author wrote
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.pk}"


class PostText(models.Model):
    """What a post says. Erasable. `folded` is folded by the engine and indexed for search (ADR 9)."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, primary_key=True, related_name="text")
    text = models.TextField()
    media_text = models.TextField(blank=True)
    """Alt texts and transcripts, a line each; judged together with the text."""
    url = models.TextField(blank=True)
    folded = models.TextField()

    def whole(self) -> str:
        """As the reader reads it; spans of evidence count in here."""
        return f"{self.text}\n{self.media_text}" if self.media_text else self.text


class Sighting(models.Model):
    """One time that somebody told us of a post: by search, by notification, by webhook…"""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="sightings")
    record = models.ForeignKey(RawRecord, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    via = models.CharField(max_length=20)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "record"], name="sighting_once")]


class Observation(models.Model):
    """A change seen in a post: engagement at a time, an edit, a deletion. Appended, never changed: the speed data."""

    class Kind(models.TextChoices):
        ENGAGEMENT = "engagement"
        EDIT = "edit"
        DELETION = "deletion"

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="observations")
    record = models.ForeignKey(RawRecord, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    at = models.DateTimeField()
    likes = models.BigIntegerField(null=True)
    replies = models.BigIntegerField(null=True)
    shares = models.BigIntegerField(null=True)
    views = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "record", "kind"], name="observation_once")]
        indexes = [models.Index(fields=["post", "at"])]  # how fast it spreads


class ObservedText(models.Model):
    """What a post said before it was edited. Erasable."""

    observation = models.OneToOneField(Observation, on_delete=models.CASCADE, primary_key=True, related_name="before")
    text = models.TextField()


class WebhookDelivery(models.Model):
    """A delivery that was accepted; its id is accepted once."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="deliveries")
    delivery_id = models.CharField(max_length=200)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "delivery_id"], name="delivery_once")]


class WorkerBeat(models.Model):
    """A sign of life of a worker, after every round. None for a while: the worker stands still, and pages say so."""

    name = models.CharField(max_length=120, unique=True)
    """Machine and process."""
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    last_error = models.TextField(blank=True)
    """Of the last round that had one; empty after a round without."""
    done = models.JSONField(default=dict)
    """What the last round did, in counts."""

    def __str__(self) -> str:
        return f"{self.name} {self.beat_at:%H:%M:%S}"
