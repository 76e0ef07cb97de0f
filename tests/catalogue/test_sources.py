"""Which files are open, and that what is remembered of them is never old."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from toml_text import own_entry, toml

from cryrec.catalogue import (
    compiled,
    load_bundled,
    open_catalogue,
    overlay,
    sources,
)
from cryrec.errors import UnusableFile
from cryrec.models import Shelf
from cryrec.paths import cache_path

BUNDLED = load_bundled().titles


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The person's catalogue folder, in a home of its own."""
    monkeypatch.setenv("CRYREC_HOME", str(tmp_path / "home"))
    made = tmp_path / "home" / "catalogues"
    made.mkdir(parents=True)
    return made


def write(path: Path, *titles: str) -> None:
    """Put a file with these titles in place of what is there."""
    text = toml({"anime": [own_entry(title=title) for title in titles]})
    path.write_text(text, encoding="utf-8")


def own_titles() -> list[str]:
    """The titles that the person's own files add."""
    return [
        title.title
        for title in open_catalogue().titles
        if title.shelf is Shelf.OWN
    ]


def troubles() -> list[str]:
    """What would be said on stderr."""
    return [file.trouble for file in open_catalogue().files if file.trouble]


def test_own_files_come_by_name_and_then_the_one_that_is_named(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only .toml files of the folder are read, and none that an editor has hidden there."""
    write(folder / "b.toml", "B")
    write(folder / "a.toml", "A")
    write(folder / ".a.toml", "Hidden")
    write(folder / "notes.txt", "Text")
    write(tmp_path / "named.toml", "Named")
    assert own_titles() == ["A", "B"]
    monkeypatch.setenv("CRYREC_CATALOGUE", str(tmp_path / "named.toml"))
    assert own_titles() == ["A", "B", "Named"]
    shelves = [file.shelf for file in open_catalogue().files]
    assert shelves == [*sources.BUNDLED, Shelf.OWN, Shelf.OWN, Shelf.OWN]


# --- never old ------------------------------------------------------------------------------------


def _same_size(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"First", b"Other"))


def _same_size_and_date(path: Path) -> None:
    before = path.stat()
    _same_size(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replaced_by_rename(path: Path) -> None:
    beside = path.with_suffix(".new")
    write(beside, "Other")
    shutil.copystat(path, beside)
    beside.replace(path)


def _link_to_another(path: Path) -> None:
    other = path.with_suffix(".other")
    write(other, "Other")
    path.unlink()
    path.symlink_to(other)


def _grown(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(toml({"anime": [own_entry(title="Other")]}))


def _one_more_file(path: Path) -> None:
    write(path.with_name("zzz.toml"), "Other")


CHANGES: dict[Callable[[Path], None], list[str]] = {
    _same_size: ["Other"],
    _same_size_and_date: ["Other"],
    _replaced_by_rename: ["Other"],
    _link_to_another: ["Other"],
    _grown: ["First", "Other"],
    _one_more_file: ["First", "Other"],
    Path.touch: ["First"],
    Path.unlink: [],
}


@pytest.mark.parametrize(
    "change", CHANGES, ids=lambda change: change.__name__.strip("_")
)
def test_a_changed_file_is_never_old(
    change: Callable[[Path], None], folder: Path
) -> None:
    """However a file changes, the next look sees it; and the change taken back, that too."""
    path = folder / "own.toml"
    write(path, "First")
    assert own_titles() == own_titles() == ["First"]
    change(path)
    assert own_titles() == own_titles() == CHANGES[change]
    for each in folder.glob("*.toml"):
        each.unlink()
    write(path, "First")
    assert own_titles() == ["First"]


def test_a_link_that_leads_elsewhere_is_followed_anew(
    folder: Path, tmp_path: Path
) -> None:
    """A folder of catalogues that is a link into somebody's notes may be pointed at others."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "own.toml", name)
    folder.rmdir()
    for name in ("one", "two", "one"):
        folder.unlink(missing_ok=True)
        folder.symlink_to(tmp_path / name)
        assert own_titles() == [name]


def test_an_unchanged_catalogue_is_not_worked_out_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second start reads what the first one kept: the same titles, and the same troubles."""
    write(folder / "a.toml", "A")
    (folder / "b.toml").write_text("x = 1")
    first = open_catalogue()
    monkeypatch.setattr(overlay, "lay", None)
    assert open_catalogue() == first
    assert len(troubles()) == 1


def test_another_program_works_it_out_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another version kept is no use, whatever it made of the same files."""
    write(folder / "a.toml", "A")
    open_catalogue()
    kept = cache_path().read_bytes()
    monkeypatch.setattr(sources, "__version__", "0.0.0")
    assert own_titles() == ["A"]
    assert cache_path().read_bytes() != kept


def _cut_short(kept: bytes) -> bytes:
    return kept[: len(kept) // 2]


def _one_bit_changed(kept: bytes) -> bytes:
    middle = len(kept) // 2
    return kept[:middle] + bytes([kept[middle] ^ 1]) + kept[middle + 1 :]


def _of_another_shape(kept: bytes) -> bytes:
    """Right in every way but what it holds."""
    opened = [each.source for each in sources._all_opened()]
    shapeless = compiled.pack([1, "two"], opened, sources._maker())  # type: ignore[arg-type]
    assert shapeless[:16] == kept[:16]
    return shapeless


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: b"",
        lambda kept: b"\x00" * 100,
        lambda kept: b"cryrec catalogue\n",
        lambda kept: kept + b"x",
        _cut_short,
        _one_bit_changed,
        _of_another_shape,
    ],
)
def test_a_damaged_cache_is_passed_over(
    spoil: Callable[[bytes], bytes], folder: Path
) -> None:
    """Nothing is trusted that is not whole, ours, and made from these files."""
    write(folder / "a.toml", "A")
    before = open_catalogue()
    cache_path().write_bytes(spoil(cache_path().read_bytes()))
    assert open_catalogue() == before


def test_a_cache_that_cannot_be_kept_is_no_loss(folder: Path) -> None:
    """A folder in its place, a file in place of its folder: all is worked out in memory."""
    write(folder / "a.toml", "A")
    cache_path().mkdir(parents=True)
    assert own_titles() == ["A"]
    shutil.rmtree(cache_path().parent)
    cache_path().parent.write_text("no folder")
    assert own_titles() == ["A"]


def test_looking_makes_no_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A home that was only named is not made by a command that reads."""
    monkeypatch.setenv("CRYREC_HOME", str(tmp_path / "not-there"))
    assert open_catalogue().titles == BUNDLED
    assert not (tmp_path / "not-there").exists()


def test_the_cache_is_nobody_elses_business(folder: Path) -> None:
    """It holds what a person wrote about themselves."""
    write(folder / "a.toml", "A")
    open_catalogue()
    assert cache_path().stat().st_mode & 0o077 == 0


# --- whatever lies in the folder ------------------------------------------------------------------


def _folder(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path.with_suffix(".back"))
    path.with_suffix(".back").symlink_to(path)


def _nowhere(path: Path) -> None:
    path.symlink_to(path.with_name("nothing"))


def _utf_16(path: Path) -> None:
    path.write_text("# x", encoding="utf-16")


def _latin_1(path: Path) -> None:
    path.write_bytes("# é".encode("latin-1"))


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


ODD_FILES = [_folder, _loop, _nowhere, os.mkfifo, _utf_16, _latin_1, _device]


@pytest.mark.parametrize(
    "make", ODD_FILES, ids=lambda make: make.__name__.strip("_")
)
def test_what_is_no_catalogue_is_named_and_the_rest_serves(
    make: Callable[[Path], None], folder: Path
) -> None:
    """One line each, nothing is waited for, and no title of another file is lost."""
    write(folder / "a.toml", "A")
    make(folder / "odd.toml")
    write(folder / "z.toml", "Z")
    for _ in range(2):
        assert own_titles() == ["A", "Z"]
        (trouble,) = troubles()
        assert trouble.startswith(f"{folder / 'odd.toml'}")


def test_a_file_where_the_folder_should_be_is_named(folder: Path) -> None:
    """And one that was named and is not there."""
    folder.rmdir()
    folder.write_text("")
    assert len(troubles()) == 1
    assert open_catalogue().titles == BUNDLED


def test_ten_thousand_titles(folder: Path) -> None:
    """They are all there, the second time from what was kept."""
    titles = [f"Title {number}" for number in range(10_000)]
    write(folder / "many.toml", *titles)
    assert own_titles() == own_titles() == titles


# --- the bundled files ----------------------------------------------------------------------------


def test_a_bundled_file_that_cannot_be_read_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without its own titles the program is broken, and says which file."""
    monkeypatch.setattr(sources, "_PACKAGE", tmp_path / "a" / "b")
    with pytest.raises(
        UnusableFile, match=r"cannot read the catalogue .*anime\.toml"
    ):
        load_bundled()


KEEPING = """
import sys
from cryrec.catalogue import open_catalogue
for _ in range(10):
    open_catalogue()
    from cryrec.paths import cache_path
    cache_path().unlink(missing_ok=True)
"""


def test_several_at_once_do_not_disturb_each_other(folder: Path) -> None:
    """Programs that keep and remove what is kept at the same time all see every title."""
    write(folder / "a.toml", "A")
    others = [
        subprocess.Popen([sys.executable, "-c", KEEPING]) for _ in range(3)
    ]
    for _ in range(10):
        assert own_titles() == ["A"]
    assert [other.wait() for other in others] == [0, 0, 0]
