"""The roster's JSON Schema, for editors that complete and check while one types.

`python -m sereno.engine.duty.schema > docs/roster.schema.json` writes it anew; a test says when it is out of date.
"""

from __future__ import annotations

import json
import sys

from sereno.engine.duty.roster import json_schema


def schema_text() -> str:
    """The schema as it stands in docs/roster.schema.json."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
