"""The starter plan as a brand's own: its placeholder gives way to the brand's name."""

from __future__ import annotations

import json
from typing import Final

PLACEHOLDER: Final = "Your Brand"
"""The brand's name in the starter plan."""


def named(text: str, brand: str) -> str:
    """A plan's text with `brand` where the placeholder stands: it would listen to nobody else."""
    quoted = json.dumps(brand, ensure_ascii=False)
    return text.replace(f"name: {PLACEHOLDER}", f"name: {quoted}").replace(f"[{PLACEHOLDER}]", f"[{quoted}]")
