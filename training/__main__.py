"""`./run train --data DIR [--only fast|careful] [--check]`: rebuilds every shipped weight.

The fast reader comes out the same to the byte on any machine of one architecture; the careful reader on the same kind
of processor and the same locked packages, since fine-tuning adds in the order that the processor's units prefer.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import warnings
from dataclasses import asdict
from pathlib import Path

from sereno.engine.reading.lexicon import SIGNALS, load_lexicon
from sereno.engine.reading.linear import pack
from training.calibration import calibrate
from training.corpora import SHIPPABLE, Row, auxiliary, checksum, seeds
from training.crossval import read_held_out, score_held_out
from training.figures import table as figures
from training.heads import fit_heads, to_integers
from training.language import train_language
from training.matrix import counts, design, known_buckets

VERSION = "2026.11.2"
ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "src" / "sereno" / "engine" / "weights"


def main() -> int:
    arguments = argparse.ArgumentParser(prog="./run train", description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="folder with the sets marked *ship*")
    arguments.add_argument(
        "--only", choices=("fast", "careful"), help="one reader alone; the careful one needs the fast"
    )
    arguments.add_argument("--work", type=Path, default=ROOT / "var" / "training", help="keeps what took long")
    arguments.add_argument("--at-once", type=int, default=1, help="fits that run side by side, 4 GB of memory each")
    arguments.add_argument(
        "--check", action="store_true", help="write nothing; say whether the shipped weights come out"
    )
    options = arguments.parse_args()
    missing = [name for name in SHIPPABLE if not (options.data / f"{name}.jsonl").is_file()]
    if missing:
        say(f"{options.data} lacks {', '.join(f'{name}.jsonl' for name in missing)}")
        return 2
    warnings.filterwarnings("ignore", module="sklearn")
    own = seeds(ROOT / "seeds")
    same = True
    if options.only != "careful":
        same = train_fast(own, options.data, check=options.check)
    if options.only != "fast":
        from training.careful.build import build  # it needs torch

        made_from = sources(options.data)
        same &= build(own, options.data, options.work, options.at_once, made_from, check=options.check)
    return int(not same)


def train_fast(own: list[Row], data: Path, *, check: bool) -> bool:
    """Whether the shipped weights of the fast reader come out; writes them unless `check`."""
    same = train_language(data, check=check) == 0
    rows = own + auxiliary(data)
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
        "trained_on": sources(data),
        "lexicons": load_lexicon().digest,
        "held_out": {line[0]: dict(zip(("en", "es", "pl"), line[1:], strict=True)) for line in lines},
    }
    for line in lines:
        print(f"{line[0]:34}", *(f"{cell:22}" for cell in line[1:]))
    print(f"fast.npz  {len(packed):,} bytes  sha256 {manifest['sha256']}")
    if check:
        shipped = json.loads((WEIGHTS / "manifest.json").read_text("utf-8"))["sha256"]
        print("the shipped weights come out" if shipped == manifest["sha256"] else f"the shipped weights are {shipped}")
        return same and bool(shipped == manifest["sha256"])
    (WEIGHTS / "fast.npz").write_bytes(packed)
    (WEIGHTS / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return True


def sources(data: Path) -> dict[str, str]:
    """Name and checksum of every file the weights rest on."""
    files = {f"seeds/{path.parent.name}/{path.name}": path for path in sorted((ROOT / "seeds").glob("*/*.jsonl"))}
    files |= {f"{name}.jsonl": data / f"{name}.jsonl" for name in SHIPPABLE}
    return {name: checksum(path) for name, path in files.items()}


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
