"""The language head: trained on the seeds, the shippable sets, and Django's translations as examples of all the rest.

A head that knows only eight languages takes Czech for Polish. The message catalogues of Django (BSD-3, installed by the
lock) hold short sentences in about ninety languages, and so teach it when to say nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import django
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from sereno.engine.reading.features import BUCKETS, groups, prefix_sums
from sereno.engine.reading.language_head import GROUPS, MARGIN, OTHER, LanguageHead, pack
from sereno.engine.reading.layout import lay_out
from sereno.engine.reading.linear import DAMPING, FIXED
from training.corpora import checksum

CODES = ("en", "es", "pl", "pt", "fr", "de", "it", "nl", OTHER)
SETS: dict[str, int] = {
    "polarity_xed_8lang": 6000, "sentiment_semeval17_en": 2000, "complaint_en": 2000, "polarity_goemotions_en": 5000,
    "offence_cyberbullying_pl": 10000, "crisis_informative_multi": 3000,
}  # fmt: skip
"""So many posts at most of each language of a set."""
_ALL_ENGLISH = frozenset({"sentiment_semeval17_en", "complaint_en", "polarity_goemotions_en"})
_OTHERS = 14_000
_LEAST_SEEN = 6
_SHORTEST = 15
_STRENGTH = 16.0
_MESSAGE = re.compile(r'^msgstr(?:\[0\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)
_PLACEHOLDER = re.compile(r"%\(\w+\)\w|%\w|<[^>]+>|\{[^}]*\}|\\.")
ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "src" / "sereno" / "engine" / "weights"

Row = tuple[str, str]


def train_language(folder: Path, *, check: bool = False) -> int:
    """Fit the head and write it, or only say whether the shipped one comes out."""
    rows = [*_seeds(), *_sets(folder), *_catalogues()]
    random.Random(20261122).shuffle(rows)
    table = _counts([text for text, _ in rows])
    labels = np.array([code for _, code in rows])
    held = np.arange(len(rows)) % 10 == 0
    figures = _figures(_fit(table[~held], labels[~held]), table[held], labels[held])
    packed = pack(_fit(table, labels))
    manifest = {
        "sha256": hashlib.sha256(packed).hexdigest(),
        "trained_on": _sources(folder, rows),
        "held_out": figures,
    }
    print(f"language.npz  {len(packed):,} bytes  sha256 {manifest['sha256']}")
    if check:
        shipped = json.loads((WEIGHTS / "language.json").read_text("utf-8"))["sha256"]
        print("the shipped head comes out" if shipped == manifest["sha256"] else f"the shipped head is {shipped}")
        return int(shipped != manifest["sha256"])
    (WEIGHTS / "language.npz").write_bytes(packed)
    (WEIGHTS / "language.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    return 0


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def _seeds() -> Iterator[Row]:
    for path in sorted((ROOT / "seeds").glob("*/*.jsonl")):
        yield from ((post["text"], path.parent.name) for post in _lines(path))


def _sets(folder: Path) -> Iterator[Row]:
    for name, most in SETS.items():
        by_code: dict[str, list[Row]] = {}
        for post in _lines(folder / f"{name}.jsonl"):
            code = "en" if name in _ALL_ENGLISH else "pl" if name.endswith("_pl") else post["lang"]
            if code in CODES:
                by_code.setdefault(code, []).append((post["text"].replace("@anonymized_account", ""), code))
        for code in sorted(by_code):
            yield from _thin(by_code[code], most)


def _thin(rows: list[Row], most: int) -> list[Row]:
    return random.Random(20261122).sample(rows, min(most, len(rows)))


def _catalogues() -> list[Row]:
    found: list[Row] = []
    root = Path(django.__file__).parent
    for path in sorted(root.glob("**/locale/*/LC_MESSAGES/django.po")):
        code = path.parts[-3].split("_")[0]
        for match in _MESSAGE.finditer(path.read_text("utf-8")):
            text = _PLACEHOLDER.sub(" ", "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match[1])))
            if len(text) >= _SHORTEST and "Content-Type" not in text:
                found.append((text, code if code in CODES else OTHER))
    own = [row for row in found if row[1] != OTHER]
    return own + _thin([row for row in found if row[1] == OTHER], _OTHERS)


def _counts(texts: Sequence[str]) -> sparse.csr_matrix:
    blocks = []
    for at in range(0, len(texts), 2000):
        part = texts[at : at + 2000]
        layout = lay_out(part)
        found = list(groups(layout, prefix_sums(layout)))
        rows = np.concatenate([found[group][1] for group in GROUPS])
        columns = np.concatenate([found[group][0] for group in GROUPS])
        shape = (len(part), BUCKETS)
        blocks.append(sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape))
    table = sparse.vstack(blocks).tocsr()
    # a mark or a picture is of no language; all of them share one bucket
    symbol = lay_out(["!"])
    spared = np.ones(BUCKETS, dtype=np.float32)
    spared[next(groups(symbol, prefix_sums(symbol)))[0]] = 0
    table = (table @ sparse.diags(spared)).tocsr()
    table.eliminate_zeros()
    return table


def _fit(table: sparse.csr_matrix, labels: NDArray[np.str_]) -> LanguageHead:
    kept = np.flatnonzero(np.asarray((table > 0).sum(axis=0)).ravel() >= _LEAST_SEEN)
    own = table[:, kept]
    damped = sparse.diags(1 / np.sqrt(np.asarray(own.sum(axis=1)).ravel() + DAMPING)) @ own
    model = LogisticRegression(C=_STRENGTH, max_iter=80, tol=1e-3).fit(damped, labels)
    order = [list(model.classes_).index(code) for code in CODES]
    ngrams = model.coef_[order].T
    scale = (np.quantile(np.abs(ngrams), 0.9995, axis=0) / 127).astype(np.float32).astype(np.float64)
    rows = np.zeros((len(kept), len(CODES) + -len(CODES) % 8), dtype=np.int8)
    rows[:, : len(CODES)] = np.clip(np.rint(ngrams / scale), -127, 127)
    row = np.full(BUCKETS, -1, dtype=np.int32)
    row[kept] = np.arange(len(kept))
    intercept = np.rint(model.intercept_[order] * FIXED).astype(np.int64)
    return LanguageHead(CODES, row, rows, scale, intercept, "")


def _figures(head: LanguageHead, table: sparse.csr_matrix, labels: NDArray[np.str_]) -> dict[str, dict[str, float]]:
    """Of each language's held-out texts: on how many the head is sure, and on how many of these it is wrong."""
    kept = np.flatnonzero(head.row >= 0)
    own = table[:, kept]
    known = np.asarray(own.sum(axis=1)).ravel()
    scores = (own @ head.rows[head.row[kept], : len(CODES)].astype(np.float64)) * head.scale
    scores = scores / np.sqrt(known + DAMPING)[:, None] + head.intercept / FIXED
    ranked = np.sort(scores, axis=1)
    best = np.array(CODES)[scores.argmax(axis=1)]
    sure = (ranked[:, -1] - ranked[:, -2] >= MARGIN) & (best != OTHER)
    figures = {}
    for code in CODES:
        of = labels == code
        wrong = sure & of & (best != code)
        figures[code] = {
            "texts": int(of.sum()),
            "sure": round(float(sure[of].mean()), 4),
            "sure_and_wrong": round(float(wrong[of].mean()), 5),
        }
    return figures


def _sources(folder: Path, rows: Sequence[Row]) -> dict[str, str]:
    files = {f"seeds/{path.parent.name}/{path.name}": path for path in sorted((ROOT / "seeds").glob("*/*.jsonl"))}
    files |= {f"{name}.jsonl": folder / f"{name}.jsonl" for name in SETS}
    texts = hashlib.sha256("\0".join(f"{code}\0{text}" for text, code in rows).encode("utf-8", "surrogatepass"))
    return {
        **{name: checksum(path) for name, path in files.items()},
        f"Django {django.get_version()}, message catalogues": "see all_texts",
        "all_texts": texts.hexdigest(),
    }


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m training.language", description=__doc__)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--check", action="store_true")
    options = arguments.parse_args()
    return train_language(options.data, check=options.check)


if __name__ == "__main__":
    sys.exit(main())
