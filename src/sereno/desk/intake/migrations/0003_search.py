"""Full-text search over `PostText.folded` (ADR 9).

SQLite: an FTS5 table that reads its content from `intake_posttext`, kept current by triggers. Django rebuilds a SQLite
table when it alters it, and the triggers go with the old one: a later migration that alters `PostText` has to repeat
SQLITE_TRIGGERS (a test of search fails otherwise).
PostgreSQL: a GIN index on the very expression that `search.py` asks for; no contrib extension.
"""

from django.db import migrations

SQLITE_TABLE = [
    """CREATE VIRTUAL TABLE intake_search USING fts5(
           folded, content='intake_posttext', content_rowid='post_id', tokenize='unicode61 remove_diacritics 0'
       )""",
]
SQLITE_TRIGGERS = [
    """CREATE TRIGGER intake_search_added AFTER INSERT ON intake_posttext BEGIN
           INSERT INTO intake_search(rowid, folded) VALUES (new.post_id, new.folded);
       END""",
    """CREATE TRIGGER intake_search_removed AFTER DELETE ON intake_posttext BEGIN
           INSERT INTO intake_search(intake_search, rowid, folded) VALUES ('delete', old.post_id, old.folded);
       END""",
    """CREATE TRIGGER intake_search_changed AFTER UPDATE ON intake_posttext BEGIN
           INSERT INTO intake_search(intake_search, rowid, folded) VALUES ('delete', old.post_id, old.folded);
           INSERT INTO intake_search(rowid, folded) VALUES (new.post_id, new.folded);
       END""",
    "INSERT INTO intake_search(intake_search) VALUES ('rebuild')",
]
POSTGRES = [
    r"""CREATE INDEX intake_search ON intake_posttext USING gin (
            to_tsvector('simple', translate(left(folded, 100000), '.,;:!?-_/\@#&()[]{}<>|*''"+=%~^$', repeat(' ', 36)))
        )""",
]


def forwards(apps, schema_editor):
    statements = SQLITE_TABLE + SQLITE_TRIGGERS if schema_editor.connection.vendor == "sqlite" else POSTGRES
    for statement in statements:
        schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("added", "removed", "changed"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS intake_search_{name}", params=None)
        schema_editor.execute("DROP TABLE intake_search", params=None)
    else:
        schema_editor.execute("DROP INDEX intake_search", params=None)


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_sightings_in_any_order")]
    operations = [migrations.RunPython(forwards, backwards)]
