"""Titles of one's own from the command line: adding, taking back, what is said of their files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from commands.running import Document, Run
from toml_text import own_entry, toml

from cryrec.catalogue import load_bundled

TITLES = load_bundled().titles
MINE = (
    "A Title of Mine",
    "--format",
    "movie",
    "--minutes",
    "90",
    "--mood",
    "missed,healing",
)


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The person's catalogue folder, which is not there yet."""
    monkeypatch.setenv("CRYREC_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "catalogues"


def write(path: Path, *entries: dict[str, object]) -> None:
    """Put a catalogue file with these entries there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(toml({"anime": list(entries)}), encoding="utf-8")


def test_an_added_title_is_one_like_any_other(
    run: Run, document: Document, folder: Path
) -> None:
    """It is found, listed, shown with its shelf, and suggested; what is not known is null."""
    added = document("add", *MINE, "--year", "2020")["anime"]
    assert (added["id"], added["shelf"], added["tissues"]) == (
        "a-title-of-mine",
        "own",
        None,
    )
    assert (
        document("search", "title of mine")["matches"][0]["id"] == added["id"]
    )
    assert [
        each["id"] for each in document("list", "--shelf", "own")["titles"]
    ] == [added["id"]]
    assert "your own" in run("show", "a title of mine").stdout
    suggested = document("suggest", "--shelf", "own", "--mood", "missed")[
        "suggestions"
    ]
    assert [each["id"] for each in suggested] == [added["id"]]


def test_adding_leaves_every_byte_that_was_there(
    run: Run, folder: Path
) -> None:
    """Comments, order and line ends stay; undo gives the file back as it was, byte for byte."""
    own = folder / "own.toml"
    folder.mkdir(parents=True)
    before = (
        b"\xef\xbb\xbf# mine\r\n[[anime]]\r\nid = 'air' # why\r\ntissues  =  5"
    )
    own.write_bytes(before)
    assert run("add", *MINE).exit_code == 0
    after = own.read_bytes()
    assert after.startswith(before)
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert run("add", "Another", *MINE[1:], "--yes").exit_code == 0
    run("undo")
    assert own.read_bytes() == after
    run("undo")
    assert own.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("90", "91"),
        lambda text: text + "tissues = 4\n",
    ],
    ids=["edited", "a key below"],
)
def test_undo_leaves_what_was_changed_since(
    change: Callable[[str], str], run: Run, folder: Path
) -> None:
    """An entry that somebody has edited, or put a key below, stays, and that is said."""
    own = folder / "own.toml"
    run("add", *MINE, "--yes")
    changed = change(own.read_text(encoding="utf-8"))
    own.write_text(changed, encoding="utf-8")
    assert "stays as it is" in run("undo").stderr
    assert own.read_text(encoding="utf-8") == changed


def test_undo_takes_back_one_thing_after_another(
    run: Run, document: Document, folder: Path
) -> None:
    """Titles and what was said of them are taken back in one order, the last first."""
    run("add", *MINE)
    run("seen", "a title of mine")
    assert document("undo")["changed"][0]["id"] == "a-title-of-mine"
    taken_out = document("undo")["taken_out"]
    assert Path(taken_out["path"]) == folder / "own.toml"
    assert document("list", "--shelf", "own")["titles"] == []


@pytest.mark.parametrize(
    "text",
    [
        "anime = [",
        "anime = [{ id = 'air', tissues = 5 }]",
        "anime = 3",
        "\x00",
    ],
)
def test_a_file_nothing_can_be_added_to_stays_as_it_is(
    text: str, run: Run, folder: Path
) -> None:
    """One line that says why, exit 4, and not a byte is lost."""
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(text, encoding="utf-8")
    result = run("add", *MINE)
    assert result.exit_code == 4
    assert f"nothing was changed in {folder / 'own.toml'}" in result.stderr
    assert (folder / "own.toml").read_text(encoding="utf-8") == text


def test_another_title_of_the_same_name_gets_an_id_of_its_own(
    document: Document, folder: Path
) -> None:
    """A remake stands beside the first, and changes nothing of it."""
    ids = []
    for year in ("2016", "2031", "2031"):
        words = (
            "Your Name",
            "--format",
            "movie",
            "--minutes",
            "90",
            "--mood",
            "missed",
        )
        ids.append(
            document("add", *words, "--year", year, "--yes")["anime"]["id"]
        )
    assert ids == ["your-name-2016", "your-name-2031", "your-name-2"]
    assert document("show", "your-name")["anime"]["shelf"] == "list"


def test_a_series_may_be_told_by_its_episodes(
    document: Document, folder: Path
) -> None:
    """Whoever knows how long one is need not multiply; notes that are said are there."""
    words = (
        "Short One",
        "--format",
        "series",
        "--episodes",
        "12",
        "--episode-minutes",
        "5",
    )
    added = document("add", *words, "--mood", "family", "--note", "war")
    assert (added["anime"]["minutes"], added["anime"]["episodes"]) == (60, 12)
    assert added["anime"]["notes_count"] == 1


def test_unknown_notes_are_kept_from_whoever_avoids_something(
    document: Document, folder: Path
) -> None:
    """What nobody looked at may hold anything; none said to be there is none."""
    document("add", *MINE)
    document("add", "Harmless", *MINE[1:], "--note", "none")
    listed = document("suggest", "--shelf", "own", "--avoid", "war")[
        "suggestions"
    ]
    assert [each["id"] for each in listed] == ["harmless"]


# --- the files ------------------------------------------------------------------------------------


def test_a_broken_file_is_one_line_and_everything_else_serves(
    run: Run, document: Document, folder: Path
) -> None:
    """The line names the file, where, and what would be right; stdout is as without it."""
    write(
        folder / "own.toml",
        own_entry(title="Good"),
        own_entry(title="Bad", minutes="x"),
    )
    result = run("list")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(TITLES) + 1
    (line,) = result.stderr.splitlines()
    assert (
        f"{folder / 'own.toml'}, line 10: anime[1].minutes: expected a whole number"
        in line
    )
    assert len(document("list")["titles"]) == len(TITLES) + 1


def test_every_problem_is_listed_with_its_place(
    run: Run, document: Document, folder: Path
) -> None:
    """check lists all of them, exit 4, one a line; with --json the same in parts."""
    path = folder / "own.toml"
    write(
        path,
        own_entry(tissues=9, agee=3),
        own_entry(id="x", moods=[{"id": "mist"}]),
    )
    result = run("catalogue", "check")
    assert result.exit_code == 4
    assert len(result.stdout.splitlines()) == 3
    assert (
        f"{path}:6: anime[0].tissues: expected a whole number from 1 to 5"
        in result.stdout
    )
    assert "3 problems" in result.stderr
    problems = document("catalogue", "check", code=4)["problems"]
    assert {
        "file": str(path),
        "entry": "anime[0]",
        "key": "agee",
        "line": 7,
    } == {key: problems[1][key] for key in ("file", "entry", "key", "line")}
    assert "did you mean age?" in problems[1]["message"]
    assert problems[2]["key"] == "moods[0].id"


def test_one_file_is_checked_against_all_that_are_open(
    run: Run, tmp_path: Path, folder: Path
) -> None:
    """It may need titles of the others; a file in which nothing is wrong is exit 0."""
    path = tmp_path / "draft.toml"
    write(path, own_entry(watch_first=[{"id": "your-name"}]))
    result = run("catalogue", "check", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    write(path, own_entry(watch_first=[{"id": "yuor-name"}]))
    assert run("catalogue", "check", str(path)).exit_code == 4


def test_a_catalogue_may_be_named_for_one_run(
    run: Run, document: Document, tmp_path: Path, folder: Path
) -> None:
    """By option or by variable; it comes last, and the next run knows nothing of it."""
    path = tmp_path / "named.toml"
    write(
        path,
        own_entry(
            id="your-name", title=None, tissues=1, format=None, minutes=None
        ),
    )
    changed = document("--catalogue", str(path), "show", "your-name")["anime"]
    assert (changed["tissues"], changed["title"]) == (1, "Your Name.")
    assert document("show", "your-name")["anime"]["tissues"] != 1


def test_paths_says_what_is_read_and_what_was_wrong(
    document: Document, run: Run, folder: Path
) -> None:
    """All files in their order, with how many entries each gives and its first problem."""
    write(folder / "a.toml", own_entry())
    (folder / "b.toml").mkdir()
    files = document("catalogue", "paths")["files"]
    assert [file["shelf"] for file in files] == [
        "list",
        "beyond",
        "own",
        "own",
    ]
    assert [file["titles"] for file in files[2:]] == [1, 0]
    assert [file["problem"] for file in files[:3]] == [None] * 3
    assert "folder" in files[3]["problem"]
    assert files[3]["problem"] in run("catalogue", "paths").stdout


@pytest.mark.parametrize(
    "words", [("list",), ("catalogue", "check"), ("catalogue", "paths")]
)
def test_no_escape_of_a_file_reaches_the_terminal(
    words: tuple[str, ...], run: Run, folder: Path
) -> None:
    """Whatever a key or a value holds, every character that is printed is a visible one."""
    folder.mkdir(parents=True)
    text = '[[anime]]\ntitle = "x"\n"\\u001b[31mred\\u202e" = "\\u001b]0;hi\\u0007"\n'
    (folder / "evil\x1b[31m.toml").write_text(text, encoding="utf-8")
    result = run(*words)
    assert (result.stdout + result.stderr).replace("\n", "").isprintable()


@pytest.mark.parametrize("words", [("chek",), ("schema", "x.toml"), ()])
def test_a_task_that_is_none_is_refused(
    words: tuple[str, ...], run: Run
) -> None:
    """With what would be one."""
    assert run("catalogue", *words).exit_code == 2


def test_the_schema_explains_every_key(run: Run) -> None:
    """Whatever may stand in a file is in the schema, and every key says what it means."""
    schema = json.loads(run("catalogue", "schema").stdout)
    for definition in (schema, *schema["$defs"].values()):
        for name, kind in definition.get("properties", {}).items():
            assert kind["description"].endswith("."), name
    assert "hidden" in schema["$defs"]["OwnTitleRecord"]["properties"]


# --- list -----------------------------------------------------------------------------------------


def test_a_list_may_leave_out_what_was_seen_and_keep_to_a_shelf(
    run: Run, document: Document, folder: Path
) -> None:
    """--unseen, --shelf and --tissues each keep exactly what they say."""
    run("seen", "your-name")
    everything = document("list")["titles"]
    unseen = document("list", "--unseen")["titles"]
    assert len(unseen) == len(everything) - 1
    for shelf in ("list", "beyond"):
        listed = document("list", "--shelf", shelf)["titles"]
        assert [each["id"] for each in listed] == [
            each["id"] for each in everything if each["shelf"] == shelf
        ]
    assert {
        each["tissues"]
        for each in document("list", "--tissues", "5")["titles"]
    } == {5}


@pytest.mark.parametrize("order", ["year", "tissues"])
def test_what_is_not_known_is_listed_last(
    order: str, document: Document, folder: Path
) -> None:
    """A title of one's own may lack what a list is sorted by."""
    document("add", *MINE)
    listed = [
        each[order] for each in document("list", "--sort", order)["titles"]
    ]
    assert listed[-1] is None
    assert listed[:-1] == sorted(listed[:-1])
