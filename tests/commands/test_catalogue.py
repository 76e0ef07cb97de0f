"""What `cryrec catalogue` says of the files, and `list` of their shelves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from commands.running import Document, Run
from toml_text import own_entry, toml

from cryrec.catalogue import open_catalogue
from cryrec.catalogue.records import OwnFile
from cryrec.catalogue.schema import schema
from cryrec.models import Shelf


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The person's catalogue folder, in a home of its own."""
    monkeypatch.setenv("CRYREC_HOME", str(tmp_path / "home"))
    made = tmp_path / "home" / "catalogues"
    made.mkdir(parents=True)
    return made


def write(path: Path, *entries: dict[str, Any]) -> Path:
    """A file with these entries."""
    path.write_text(toml({"anime": list(entries)}), encoding="utf-8")
    return path


def test_paths_names_every_file_in_its_order(
    folder: Path, document: Document, run: Run
) -> None:
    """The files of a shelf with how many titles each has, and what is wrong with one."""
    good = write(folder / "a.toml", own_entry(title="A"), own_entry(title="B"))
    bad = write(folder / "b.toml", own_entry(title="C", minutes="long"))
    files = document("catalogue", "paths")["files"]
    assert [file["shelf"] for file in files] == [
        "list",
        "beyond",
        "own",
        "own",
    ]
    assert [(file["path"], file["titles"]) for file in files[2:]] == [
        (str(good), 2),
        (str(bad), 0),
    ]
    assert [bool(file["problem"]) for file in files] == [
        False,
        False,
        False,
        True,
    ]
    shown = run("catalogue", "paths")
    assert shown.exit_code == 0
    assert str(bad) in shown.stdout


def test_nothing_wrong_ends_well(
    folder: Path, document: Document, run: Run
) -> None:
    """No problem, no answer, and a line that says so."""
    write(folder / "a.toml", own_entry(title="A"))
    result = run("catalogue", "check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing is wrong" in result.stderr
    assert document("catalogue", "check")["problems"] == []


def test_every_problem_is_told_with_its_place(
    folder: Path, document: Document, run: Run
) -> None:
    """Of several, none hides another: file, line, entry, key, and what would be right."""
    entries = (
        own_entry(title="A", minutes="long"),
        own_entry(title="B", moods=[{"id": "joy"}]),
    )
    path = write(folder / "a.toml", *entries)
    problems = document("catalogue", "check", code=4)["problems"]
    assert {problem["file"] for problem in problems} == {str(path)}
    assert [problem["entry"] for problem in problems] == [
        "anime[0]",
        "anime[1]",
    ]
    assert [problem["key"] for problem in problems] == [
        "minutes",
        "moods[0].id",
    ]
    lines = path.read_text().splitlines()
    for problem, key in zip(problems, ("minutes", "moods"), strict=True):
        assert lines[problem["line"] - 1].startswith(key)
    shown = run("catalogue", "check")
    assert shown.exit_code == 4
    for problem in problems:
        assert f"{path}:{problem['line']}: " in shown.stdout
        assert problem["message"] in " ".join(shown.stdout.split())
    assert "2 problems" in shown.stderr


def test_one_file_alone_can_be_checked(
    folder: Path, tmp_path: Path, document: Document
) -> None:
    """A file that is not open yet, and only that one."""
    write(folder / "bad.toml", own_entry(title="A", minutes="long"))
    good = write(tmp_path / "good.toml", own_entry(title="B"))
    assert document("catalogue", "check", str(good))["problems"] == []
    (missing,) = document(
        "catalogue", "check", str(tmp_path / "no.toml"), code=4
    )["problems"]
    assert (missing["line"], missing["file"]) == (
        None,
        str(tmp_path / "no.toml"),
    )


@pytest.mark.parametrize(
    "words", [("chek",), ("paths", "a.toml"), ("schema", "a.toml")]
)
def test_what_cannot_be_is_refused(run: Run, words: tuple[str, ...]) -> None:
    """A task that is none, or a file where none is read."""
    assert run("catalogue", *words).exit_code == 2


def test_the_schema_explains_every_key(run: Run) -> None:
    """An editor has a line for each key that a record takes, and nothing for one it does not."""
    printed = run("catalogue", "schema").stdout
    assert printed == schema()
    document = msgspec.json.decode(printed)
    bare = msgspec.json.schema(OwnFile)["$defs"]
    for name, definition in bare.items():
        described = (
            document if name == OwnFile.__name__ else document["$defs"][name]
        )
        assert (
            described.get("properties", {}).keys()
            == definition.get("properties", {}).keys()
        )
        assert all(
            key["description"]
            for key in described.get("properties", {}).values()
        )


@pytest.mark.parametrize("shelf", Shelf)
def test_list_keeps_to_a_shelf(
    folder: Path, document: Document, shelf: Shelf
) -> None:
    """Each title stands on one shelf, and is listed with it."""
    write(folder / "a.toml", own_entry(title="A"))
    listed = {
        title["id"] for title in document("list", "--shelf", shelf)["titles"]
    }
    assert listed == {
        title.id for title in open_catalogue().titles if title.shelf is shelf
    }
    assert listed


def test_list_leaves_out_what_was_seen(
    folder: Path, document: Document
) -> None:
    """Only with --unseen; without it everything is listed."""
    every = {title["id"] for title in document("list")["titles"]}
    seen = min(every)
    document("seen", seen)
    assert {title["id"] for title in document("list")["titles"]} == every
    assert {
        title["id"] for title in document("list", "--unseen")["titles"]
    } == every - {seen}
