"""Settings that may protect somebody are never passed over, and never thrown away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cryrec.errors import ExitCode, FileProblem
from cryrec.models import NoteId
from cryrec.settings import MOST_BYTES, Settings, load, save

TESTS = Path(__file__).parents[1]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "config.toml"


@pytest.mark.parametrize(
    "avoid", [None, (), (NoteId.WAR,), tuple(sorted(NoteId))]
)
def test_what_is_saved_is_what_is_read(
    avoid: tuple[NoteId, ...] | None, path: Path
) -> None:
    """Nothing remembered, an empty list and all notes are three different things."""
    assert load(path) == Settings()
    save(path, Settings(avoid))
    assert load(path) == Settings(avoid)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["config.toml"]


@pytest.mark.parametrize(
    ("text", "avoid"),
    [
        ("", None),
        ("# nothing\n", None),
        ("\ufeffavoid = ['war']", (NoteId.WAR,)),
        ("avoid = ['war', 'suicide', 'war']", (NoteId.SUICIDE, NoteId.WAR)),
        ("avoid = ['gore', 'abuse']", None),
    ],
    ids=[
        "empty",
        "a comment",
        "a mark of the editor's",
        "twice",
        "everyday words",
    ],
)
def test_what_people_write_is_understood(
    text: str, avoid: tuple[NoteId, ...] | None, path: Path
) -> None:
    """The order does not matter, and everyday words mean what they mean behind the flag."""
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    if "gore" in text:
        avoid = (
            NoteId.CHILD_ABUSE,
            NoteId.DOMESTIC_ABUSE,
            NoteId.GRAPHIC_VIOLENCE,
        )
    assert load(path).avoid == avoid


BAD = {
    "no TOML": ("avoid = [", "are damaged"),
    "a word": ("avoid = 'war'", 'write it as avoid = ["war", "suicide"]'),
    "a number": ("avoid = 3", "avoid is no list"),
    "a number in the list": (
        "avoid = [3]",
        '"3" is no content note; choose from',
    ),
    "a list in the list": ("avoid = [['war']]", "is no content note"),
    "a table in the list": ("avoid = [{a = 1}]", "is no content note"),
    "a typo": (
        "avoid = ['suicde']",
        '"suicde" is no content note; did you mean suicide?',
    ),
    "a note for ever": (f"avoid = ['{'x' * 5000}']", "..."),
    "a key of a newer version": (
        "language = 'de'",
        '"language" is no setting of this cryrec',
    ),
    "nested": ("avoid = " + "[" * 20_000, "are damaged"),
    "nested in itself": ("a." * 20_000 + "b = 1", "are damaged"),
    "too long": (
        "#" * (MOST_BYTES + 1),
        f"larger than {MOST_BYTES // 1024} KB",
    ),
    "no text": ("avoid = ['\udcff']", "are damaged"),
    "null characters": ("\0" * 50, "are damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_settings_that_do_not_hold_stop_whoever_reads_them(
    name: str, path: Path
) -> None:
    """One line of exit 4 names the file and what is wrong, and what would be right if it can."""
    text, wrong = BAD[name]
    path.parent.mkdir()
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(FileProblem) as caught:
        load(path)
    line = str(caught.value)
    assert caught.value.exit_code is ExitCode.FILE
    assert str(path) in line
    assert wrong in line
    assert "\n" not in line
    assert len(line) < 1000


def attempts(path: Path) -> list[str]:
    """What came of reading and of writing the file, where permissions bind."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "faults.save", str(path)],
        cwd=TESTS,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_settings_made_read_only_are_read_and_not_replaced(path: Path) -> None:
    """Whoever protected a file did not mean it to be replaced, though its folder would allow it."""
    path.parent.mkdir()
    path.write_text("avoid = ['war']", encoding="utf-8")
    path.chmod(0o400)
    assert attempts(path) == [
        "worked",
        f"4 cannot write {path}: it is read-only",
    ]
    assert path.read_text(encoding="utf-8") == "avoid = ['war']"


def test_a_home_that_may_not_be_searched_is_said_to_be_that(
    path: Path,
) -> None:
    """Where nobody may look there may be settings: reading and writing name the folder."""
    path.parent.mkdir()
    path.write_text("avoid = ['war']", encoding="utf-8")
    path.parent.chmod(0)
    try:
        lines = attempts(path)
    finally:
        path.parent.chmod(0o700)
    assert len(lines) == 2
    for line in lines:
        assert line.startswith("4 cannot ")
        assert line.endswith(f"the folder {path.parent} may not be searched")
    assert path.read_text(encoding="utf-8") == "avoid = ['war']"
    assert os.listdir(path.parent) == ["config.toml"]  # noqa: PTH208 - names are what is compared
