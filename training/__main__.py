"""`./run train --data DIR [--check]`: rebuilds every shipped weight, the same bytes each time."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sereno.engine.reading.lexicon import SIGNALS, load_lexicon
from sereno.engine.reading.linear import pack
from training.calibration import calibrate
from training.corpora import SHIPPABLE, auxiliary, checksum, seeds
from training.crossval import read_held_out, score_held_out
from training.figures import table as figures
from training.heads import fit_heads, to_integers
from training.language import train_language
from training.matrix import counts, design, known_buckets

VERSION = "2026.11.1"
ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "src" / "sereno" / "engine" / "weights"


def main() -> int:
    arguments = argparse.ArgumentParser(prog="./run train", description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="folder with the sets marked *ship*")
    arguments.add_argument(
        "--check", action="store_true", help="write nothing; say whether the shipped weights come out"
    )
    options = arguments.parse_args()
    missing = [name for name in SHIPPABLE if not (options.data / f"{name}.jsonl").is_file()]
    if missing:
        say(f"{options.data} lacks {', '.join(f'{name}.jsonl' for name in missing)}")
        return 2
    warnings.filterwarnings("ignore", module="sklearn")

    failed = train_language(options.data, check=options.check)
    own = seeds(ROOT / "seeds")
    rows = own + auxiliary(options.data)
    say(f"{len(own)} seeds, {len(rows) - len(own)} posts of other sets")
    table, dense = counts([row.text for row in rows], [row.lang for row in rows])
    kept = known_buckets(table, len(own))
    features = design(table, dense, kept)
    say(f"{len(kept)} n-grams; cross-validation by sector")
    folds, scores = score_held_out(features, kept, rows, len(own))
    lines = figures(read_held_out(folds, scores, own))
    say("fitting on everything")
    heads = calibrate(scores, own)
    weights = to_integers(fit_heads(features, rows), kept, heads, VERSION)
    packed = pack(weights, {"heads": [asdict(head) for head in heads.values()], "signals": SIGNALS})
    manifest = {
        "version": VERSION,
        "sha256": hashlib.sha256(packed).hexdigest(),
        "trained_on": sources(options.data),
        "lexicons": load_lexicon().digest,
        "held_out": {line[0]: dict(zip(("en", "es", "pl"), line[1:], strict=True)) for line in lines},
    }
    for line in lines:
        print(f"{line[0]:34}", *(f"{cell:22}" for cell in line[1:]))
    print(f"fast.npz  {len(packed):,} bytes  sha256 {manifest['sha256']}")
    if options.check:
        shipped = json.loads((WEIGHTS / "manifest.json").read_text("utf-8"))["sha256"]
        print("the shipped weights come out" if shipped == manifest["sha256"] else f"the shipped weights are {shipped}")
        return failed or int(shipped != manifest["sha256"])
    (WEIGHTS / "fast.npz").write_bytes(packed)
    (WEIGHTS / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0


def sources(data: Path) -> dict[str, Any]:
    """Name and checksum of every file the weights rest on."""
    files = {f"seeds/{path.parent.name}/{path.name}": path for path in sorted((ROOT / "seeds").glob("*/*.jsonl"))}
    files |= {f"{name}.jsonl": data / f"{name}.jsonl" for name in SHIPPABLE}
    return {name: checksum(path) for name, path in files.items()}


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
