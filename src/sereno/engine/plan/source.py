"""Where a plan's text comes from: one YAML file, or a folder of them.

    my-plan/
      plan.yaml      sereno_plan, plan, version, brand …
      people.yaml    roles, areas, committee
      lights.yaml    reach, lights, guides

Each file of a folder holds some of the plan's keys. They become one text, file after file (`plan.yaml` first, the
others by name), each below a comment with its name; every comment is kept, and every fault is told with the file and
the line where it stands.

Reading a folder is the one place where the engine touches files: whatever stands there, it is read or `SourceRefused`
is raised.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from yaml.nodes import MappingNode

from sereno.engine.plan.fault_words import Value, say
from sereno.engine.plan.nodes import LONGEST_TEXT, Unreadable, read_nodes
from sereno.engine.plan.spots import BREAK

MOST_FILES = 100
LARGEST_FILE = 4 * LONGEST_TEXT
"""Bytes: a character is four at most."""
FIRST = ("plan.yaml", "plan.yml")
_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class SourceFault:
    """What is wrong in a file; the sentence is made from the code (`fault_words`)."""

    file: str
    line: int
    """From 1."""
    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


class SourceRefused(ValueError):
    """The files are no plan's."""

    def __init__(self, *faults: SourceFault) -> None:
        told = (f"{fault.file}:{fault.line}: {say(fault.code, fault.values)}" for fault in faults)
        super().__init__("\n".join(told))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Piece:
    """One file in the whole text."""

    file: str
    text: str
    first_line: int
    """The line (from 1) of the whole text on which the file begins."""


@dataclass(frozen=True, slots=True)
class Source:
    """The whole text of a plan, and the files it comes from."""

    name: str
    """Of the file, or of the folder."""
    text: str
    pieces: tuple[Piece, ...]

    def place(self, line: int) -> tuple[str, int]:
        """The file and its line that stand on this line (from 1) of the whole text."""
        for piece in reversed(self.pieces):
            if line >= piece.first_line:
                return piece.file, line - piece.first_line + 1
        return self.pieces[0].file, 1


def read_source(path: FilePath) -> Source:
    """The text of a plan's file or folder. Raises SourceRefused, or OSError where the system gives no access."""
    if path.is_dir():
        return joined(path.resolve().name or str(path), [(file.name, _text(file)) for file in _files(path)])
    text = _text(path)
    return Source(path.name, text, (Piece(path.name, text, 1),))


def joined(name: str, files: list[tuple[str, str]]) -> Source:
    """The texts of a folder's files as one plan. Raises SourceRefused."""
    faults = [fault for file, text in files for fault in _faults(file, text)]
    faults = faults or _double_keys(files)
    if faults:
        raise SourceRefused(*faults)
    whole, pieces, line = "", [], 1
    for file, text in files:
        body = text if not text or BREAK.match(text[-1]) else text + "\n"
        pieces.append(Piece(file, text, line + 1))
        whole += f"# {file}\n{body}"
        line += 1 + len(BREAK.findall(body))
    if len(whole) > LONGEST_TEXT:
        raise _refused(name, "yaml-too-long", count=len(whole), most=LONGEST_TEXT)
    return Source(name, whole, tuple(pieces))


def _refused(file: str, code: str, line: int = 1, **values: Value) -> SourceRefused:
    return SourceRefused(SourceFault(file, line, code, values))


def _files(folder: FilePath) -> list[FilePath]:
    found = []
    # what begins with a dot is the system's: .git, or where Kubernetes keeps the files that it links to
    for path in sorted(path for path in folder.iterdir() if not path.name.startswith(".")):
        if not path.name.isprintable():
            raise _refused(folder.name, "source-bad-name", name=ascii(path.name))
        if path.is_dir():
            raise _refused(path.name, "source-nested")
        if path.suffix.lower() in _ENDINGS:
            _refuse_way_out(path, folder)
            found.append(path)
    if not found:
        raise _refused(folder.name, "source-no-yaml")
    if len(found) > MOST_FILES:
        raise _refused(folder.name, "source-many-files", count=len(found), most=MOST_FILES)
    return sorted(found, key=lambda path: (path.name not in FIRST, path.name))


def _refuse_way_out(path: FilePath, folder: FilePath) -> None:
    try:
        inside = path.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError) as error:
        raise _refused(path.name, "source-link-nowhere") from error
    if not inside:
        raise _refused(path.name, "source-link-out")


def _text(path: FilePath) -> str:
    # opened without waiting, so that a pipe that nobody writes into does not hold us up
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise _refused(path.name, "source-no-file")
        raw = opened.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise _refused(path.name, "source-huge", most=LARGEST_FILE)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(path.name, "yaml-not-utf8", error.object[: error.start].count(b"\n") + 1) from error


def _faults(file: str, text: str) -> list[SourceFault]:
    """What keeps the file from being a part of a larger text."""
    if _is_empty(text):
        return []
    try:
        root = read_nodes(text).root
    except Unreadable as error:
        return [SourceFault(file, fault.line, fault.code, fault.values) for fault in error.faults]
    if not isinstance(root, MappingNode) or root.flow_style or root.start_mark.column:
        return [SourceFault(file, root.start_mark.line + 1, "source-margin")]
    for number, line in enumerate(BREAK.split(text), 1):
        if line.startswith(("---", "...", "%")):
            return [SourceFault(file, number, "source-marks", {"marks": line[:3]})]
    return []


def _is_empty(text: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in BREAK.split(text))


def _double_keys(files: list[tuple[str, str]]) -> list[SourceFault]:
    first: dict[str, tuple[str, int]] = {}
    faults = []
    for file, text in files:
        for key, _value in [] if _is_empty(text) else read_nodes(text).root.value:
            line = key.start_mark.line + 1
            if key.value in first:
                other, there = first[key.value]
                values: dict[str, Value] = {"key": key.value, "file": other, "line": str(there)}
                faults.append(SourceFault(file, line, "source-key-twice", values))
            first.setdefault(key.value, (file, line))
    return faults
