"""A plan in one file or in a folder of them: one text, and each fault in its own file."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sereno.cli import main
from sereno.engine.plan.load import PlanErrors, find_plan, load_plan, load_source, read_plan
from sereno.engine.plan.nodes import Unreadable, read_nodes
from sereno.engine.plan.source import LARGEST_FILE, MOST_FILES, SourceRefused, joined, read_source
from tests.engine.plan.small import SMALL

STARTER = find_plan("starter").read_text(encoding="utf-8")


def split(text: str) -> dict[str, str]:
    """The text cut before each top-level key: a file per key, the comments above it in the file before."""
    parts = re.split(r"(?m)^(?=[a-z_]+:)", text)
    files = {"plan.yaml": parts[0]}
    for part in parts[1:]:
        name = part.split(":", 1)[0]
        file = "plan.yaml" if name in ("sereno_plan", "plan", "version", "brand") else f"{name}.yaml"
        files[file] = files.get(file, "") + part
    return files


def folder_of(files: dict[str, str], at: Path) -> Path:
    at.mkdir()
    for name, text in files.items():
        (at / name).write_text(text, encoding="utf-8", newline="")
    return at


def errors_of(path: Path) -> list[str]:
    with pytest.raises(PlanErrors) as caught:
        load_source(path)
    return [str(error) for error in caught.value.errors]


@pytest.mark.parametrize("text", [SMALL, STARTER], ids=["small", "starter"])
def test_a_plan_cut_into_files_is_the_same_plan(text: str, tmp_path: Path) -> None:
    folder = folder_of(split(text), tmp_path / "mine")
    assert len(list(folder.iterdir())) > 5
    assert load_source(folder)[0] == load_plan(text)
    assert read_plan(str(folder)) == load_plan(text)
    comments = re.findall(r"(?m)^ *#.*$", text)
    assert sorted(re.findall(r"(?m)^ *#.*$", read_source(folder).text)) == sorted(
        [*comments, *(f"# {file}" for file in split(text))]
    )


def test_every_fault_is_told_in_its_own_file(tmp_path: Path) -> None:
    files = split(SMALL)
    files["lights.yaml"] = files["lights.yaml"].replace("light: red", "light: rad", 1)
    files["chain.yaml"] = files["chain.yaml"].replace("role: committee", "role: comittee", 1)
    found = errors_of(folder_of(files, tmp_path / "mine"))
    assert found == [
        "lights.yaml:4: rule 'danger': 'rad' is no light; did you mean 'red'?; one of green, amber, red",
    ]
    files["lights.yaml"] = split(SMALL)["lights.yaml"]
    found = errors_of(folder_of(files, tmp_path / "other"))
    assert [error.split(": ")[0] for error in found] == ["chain.yaml:7"]
    assert "comittee" in found[0]


def test_a_key_in_two_files_is_an_error_that_names_both(tmp_path: Path) -> None:
    files = {**split(SMALL), "people.yaml": "# ours\nroles: []\n"}
    assert errors_of(folder_of(files, tmp_path / "mine")) == [
        "roles.yaml:1: key 'roles' stands here and in people.yaml:2; keep one"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("roles: [", "bad.yaml:1: this is no YAML"),
        ("a: 1\n---\nb: 2\n", "bad.yaml:2: this is no YAML"),
        ("---\na: 1\n", "bad.yaml:1: '---' begins or ends a document"),
        ("{a: 1}\n", "bad.yaml:1: a part of a plan is written as `key:` lines"),
        ("# list\n- a\n", "bad.yaml:2: a part of a plan is written as `key:` lines"),
        ("\n  a: 1\n", "bad.yaml:2: a part of a plan is written as `key:` lines"),
        ("a: *there\n", "bad.yaml:1: this is no YAML"),
        ("a: 1\na: 2\n", "bad.yaml:2: key 'a' stands here a second time"),
    ],
)
def test_a_file_that_is_no_part_of_a_plan_is_refused(text: str, message: str, tmp_path: Path) -> None:
    found = errors_of(folder_of({**split(SMALL), "bad.yaml": text}, tmp_path / "mine"))
    assert len(found) == 1
    assert found[0].startswith(message)


def test_a_link_that_leads_out_of_the_folder_is_refused_and_one_that_stays_inside_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: x\n", encoding="utf-8")
    folder = folder_of(split(SMALL), tmp_path / "mine")
    (folder / "out.yaml").symlink_to(secret)
    assert errors_of(folder) == ["out.yaml:1: the link leads out of the plan's folder; put the file itself here"]
    (folder / "out.yaml").unlink()
    # as Kubernetes mounts it
    (folder / "..data").mkdir()
    (folder / "roles.yaml").rename(folder / "..data" / "roles.yaml")
    (folder / "roles.yaml").symlink_to("..data/roles.yaml")
    assert load_source(folder)[0].plan == "small"
    (folder / "..data" / "roles.yaml").unlink()
    assert errors_of(folder) == ["roles.yaml:1: the link leads nowhere; put the file itself here"]
    (folder / "roles.yaml").unlink()
    (folder / "roles.yaml").symlink_to("roles.yaml")
    assert errors_of(folder) == ["roles.yaml:1: the link leads nowhere; put the file itself here"]


def test_strange_folders_are_refused_in_a_sentence(tmp_path: Path) -> None:
    empty = folder_of({"readme.md": "x"}, tmp_path / "empty")
    assert errors_of(empty) == ["empty:1: the folder holds no .yaml file; copy plans/starter.yaml into it"]
    nested = folder_of(split(SMALL), tmp_path / "nested")
    (nested / "drafts").mkdir()
    assert errors_of(nested)[0].startswith("drafts:1: a folder stands among the plan's files")
    many = folder_of({f"a{n}.yaml": "" for n in range(MOST_FILES + 1)}, tmp_path / "many")
    assert errors_of(many) == [
        f"many:1: the folder holds {MOST_FILES + 1} .yaml files; more than {MOST_FILES} are refused"
    ]
    huge = folder_of(split(SMALL), tmp_path / "huge")
    os.truncate(huge / "roles.yaml", 50 * LARGEST_FILE)
    assert errors_of(huge) == [f"roles.yaml:1: the file is larger than {LARGEST_FILE:,} bytes; no plan is"]
    long = folder_of({f"a{n}.yaml": "# " + "x" * 400_000 for n in range(3)}, tmp_path / "long")
    assert "more than 1,000,000 are refused" in errors_of(long)[0]
    pipe = folder_of(split(SMALL), tmp_path / "pipe")
    os.mkfifo(pipe / "z.yaml")
    assert errors_of(pipe) == ["z.yaml:1: this is no file that can be read as a whole; save the plan as a file"]
    named = folder_of({"a\nroles: x.yaml": "b: 1"}, tmp_path / "named")
    assert "holds signs that cannot be read" in errors_of(named)[0]
    old = folder_of(split(SMALL), tmp_path / "old")
    (old / "brand.yaml").write_bytes("# é\nx: é".encode("latin-1"))
    assert errors_of(old) == ["brand.yaml:1: this is no UTF-8 text; save the file as UTF-8"]


def test_a_folder_never_hides_a_shipped_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder_of(split(SMALL), tmp_path / "starter")
    monkeypatch.chdir(tmp_path)
    assert read_plan("starter").plan == "starter"
    assert read_plan("./starter").plan == "small"


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.just(""),
            st.sampled_from(
                ["a: 1", "b: |\n  x\n\n", "c:\n- 1\r\n", "# only\n", "d: x\u2028e: y", "f:", "g: >+\n x\n\n"]
            ),
            st.text("ab: \n#-|", max_size=12),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_each_line_of_the_whole_is_found_in_its_file(texts: list[str]) -> None:
    files = [(f"f{number}.yaml", text) for number, text in enumerate(texts)]
    try:
        source = joined("mine", files)
    except SourceRefused as refused:
        assert all(fault.line >= 1 for fault in refused.faults) and str(refused)  # noqa: PT017, PT018
        return
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", source.text)
    for number, line in enumerate(lines[:-1], 1):
        file, at = source.place(number)
        own = re.split("\r\n|[\n\r\x85\u2028\u2029]", dict(files)[file])
        if line != f"# f{int(file[1:-5]) + 1}.yaml" and number > 1:
            assert own[at - 1] == line
    keys = [key for _file, text in files if text.strip("\n ") for key in values_of(text)]
    assert list(values_of(source.text)) == keys


def values_of(text: str) -> dict[str, object]:
    try:
        return dict(read_nodes(text).values)
    except Unreadable:
        return {}  # comments alone


def test_the_command_line_checks_a_folder_and_names_the_file_of_a_fault(tmp_path: Path) -> None:
    files = split(STARTER)
    done = CliRunner().invoke(main, ["plan", "check", str(folder_of(files, tmp_path / "mine"))])
    assert (done.exit_code, "no faults" in done.stdout) == (0, True)
    files["reach.yaml"] = files["reach.yaml"].replace("instagram: 10000", "instagram: many", 1)
    done = CliRunner().invoke(main, ["plan", "check", str(folder_of(files, tmp_path / "bad"))])
    assert done.exit_code == 1
    assert re.search(r"^reach\.yaml:\d+: level 'large': instagram: 'many' stands where", done.stderr, re.M)
