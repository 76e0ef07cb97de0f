"""Files that are read with a bound, and written whole or not at all."""

from __future__ import annotations

import os
import resource
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from cryrec import files
from cryrec.errors import UnusableFile
from cryrec.files import PRIVATE, PUBLIC, read_plain, write_whole


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def content(folder: Path) -> dict[str, str]:
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in folder.iterdir()
    }


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def room(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    ("wanted", "mask", "given"),
    [
        (PRIVATE, 0o000, 0o600),
        (PUBLIC, 0o022, 0o644),
        (PUBLIC, 0o077, 0o600),
        (PUBLIC, 0, 0o666),
    ],
    ids=lambda value: oct(value),
)
def test_a_new_file_has_the_mode_that_was_asked_for_less_the_umask(
    wanted: int, mask: int, given: int, tmp_path: Path
) -> None:
    """What is about a person is theirs alone, anything else is as the shell would have made it."""
    path = tmp_path / "new.txt"
    with umask(mask):
        write_whole(path, "text\n", mode=wanted)
        assert os.umask(mask) == mask
    assert mode(path) == given
    assert content(tmp_path) == {"new.txt": "text\n"}


@pytest.mark.parametrize("kept", [0o640, 0o604, 0o755])
def test_a_file_that_is_replaced_keeps_its_mode(
    kept: int, tmp_path: Path
) -> None:
    """Whoever opened a file to others, or closed it, does not have to do so again."""
    path = tmp_path / "old.txt"
    path.write_text("old", encoding="utf-8")
    path.chmod(kept)
    write_whole(path, "new \u8056", mode=PRIVATE)
    assert (mode(path), content(tmp_path)) == (kept, {"old.txt": "new \u8056"})


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_is_followed_and_stays_a_link(
    exists: bool, tmp_path: Path
) -> None:
    """Settings kept elsewhere stay elsewhere; a link to nothing yet makes the file it names."""
    there = tmp_path / "there"
    there.mkdir()
    (tmp_path / "link").symlink_to("second")
    (tmp_path / "second").symlink_to(there / "real.txt")
    if exists:
        (there / "real.txt").write_text("old", encoding="utf-8")
    write_whole(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "second").is_symlink()
    assert content(there) == {"real.txt": "new"}


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to(os.devnull)


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _nowhere(path: Path) -> None:
    path.symlink_to(path.parent / "no" / "such" / "folder" / "file")


IN_THE_WAY = {
    "a folder": (_folder, "it is a folder, not a file"),
    "a pipe": (_pipe, "it is a pipe or a device, not a file"),
    "a device": (_device, "it is a pipe or a device, not a file"),
    "a loop": (_loop, "symbolic links"),
    "no folder": (_nowhere, "No such file or directory"),
}


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_what_cannot_be_replaced_is_named_and_left(
    name: str, tmp_path: Path
) -> None:
    """A folder, a pipe, a device or a broken link is one line, and stays what it is."""
    make, wrong = IN_THE_WAY[name]
    path = tmp_path / "target"
    make(path)
    before = path.lstat()
    with pytest.raises(UnusableFile, match=wrong) as caught:
        write_whole(path, "new", doing="write the settings")
    assert str(caught.value).startswith(f"cannot write the settings {path}: ")
    assert path.lstat() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_pipe_behind_a_name_of_this_process_is_not_replaced(
    tmp_path: Path,
) -> None:
    """/dev/stdout may lead to a pipe, which has no place in a folder where a file could stand."""
    out, into = os.pipe()
    path = tmp_path / "link"
    path.symlink_to(
        f"/proc/self/fd/{into}"
        if sys.platform == "linux"
        else f"/dev/fd/{into}"
    )
    with pytest.raises(UnusableFile, match="it is a pipe"):
        write_whole(path, "new")
    os.close(out)
    os.close(into)


def test_a_text_that_is_none_leaves_the_old_one(tmp_path: Path) -> None:
    """A name out of a broken file system cannot be written in UTF-8, and costs nothing."""
    path = tmp_path / "file"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(UnusableFile):
        write_whole(path, "\udcff")
    assert content(tmp_path) == {"file": "old"}


@pytest.mark.parametrize("exists", [True, False])
def test_a_disk_that_fills_up_leaves_the_old_file_and_nothing_else(
    exists: bool, tmp_path: Path
) -> None:
    """Wherever the room ends, the file is the old one or the new one."""
    text = "x" * 20_000
    path = tmp_path / "file"
    before = {"file": "old"} if exists else {}
    if exists:
        path.write_text("old", encoding="utf-8")
    for size in (0, 1, 4096, 19_999):
        with room(size), pytest.raises(UnusableFile, match="File too large"):
            write_whole(path, text)
        assert content(tmp_path) == before
    with room(20_000):
        write_whole(path, text)
    assert content(tmp_path) == {"file": text}


@pytest.mark.parametrize("call", ["fsync", "fdopen", "open"])
def test_whatever_the_system_refuses_nothing_is_left_behind(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step may fail: the old file stays, and no other is there."""
    path = tmp_path / "file"
    path.write_text("old", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(f"cryrec.files.os.{call}", refuse)
    with pytest.raises(UnusableFile, match="Input/output error"):
        write_whole(path, "new")
    assert content(tmp_path) == {"file": "old"}


def is_interrupted(path: Path, place: int) -> bool:
    """Whether writing came to its line number `place`, and so to a Ctrl-C."""
    lines = count()

    def interrupt(frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename != files.__file__:
            return None
        if event == "line" and next(lines) == place:
            raise KeyboardInterrupt
        return interrupt

    tracing = sys.gettrace()
    sys.settrace(interrupt)
    try:
        write_whole(path, "new")
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(tracing)
    return False


# An interrupt on the very way out of a `with` leaves closing the file to the interpreter.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_ctrl_c_at_any_line_leaves_the_old_file_or_the_new_one(
    tmp_path: Path,
) -> None:
    """Interrupted before each single line of the writing, there is one whole file and no other."""
    path = tmp_path / "file"
    states = []
    for place in count():
        path.write_text("old", encoding="utf-8")
        go_on = is_interrupted(path, place)
        states.append(content(tmp_path))
        if not go_on:
            break
    assert len(states) > 20
    assert states[0] == {"file": "old"}
    assert states[-1] == {"file": "new"}
    assert all(state in (states[0], states[-1]) for state in states)


UNREADABLE = {
    "a folder": (_folder, "it is a folder"),
    "a pipe": (_pipe, "it is a pipe or a device"),
    "a device": (_device, "it is a pipe or a device"),
    "a loop": (_loop, "symbolic links"),
    "a link to nothing": (_nowhere, "it is a link that leads nowhere"),
    "too much": (
        lambda path: path.write_bytes(bytes(2049)),
        "it is larger than 2 KB",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_only_a_file_that_is_not_there_is_none(
    name: str, tmp_path: Path
) -> None:
    """Whatever else keeps a file from being read is an error, and never takes for ever."""
    make, wrong = UNREADABLE[name]
    path = tmp_path / "file"
    assert read_plain(path, 2048) is None
    assert read_plain(path / "below" / "nothing", 2048) is None
    make(path)
    with pytest.raises(OSError, match=wrong):
        read_plain(path, 2048)


def test_what_lies_below_a_link_to_nothing_is_not_there_for_sure(
    tmp_path: Path,
) -> None:
    """A home on a disk that is not mounted may hold a file, so that is said."""
    home = tmp_path / "home"
    home.symlink_to(tmp_path / "not mounted")
    with pytest.raises(OSError, match=f"{home} is a link that leads nowhere"):
        read_plain(home / "config.toml", 2048)


def test_as_much_as_may_be_is_read(tmp_path: Path) -> None:
    """The bound itself is allowed, through a link too."""
    path = tmp_path / "file"
    path.write_bytes(bytes(2048))
    (tmp_path / "link").symlink_to(path)
    assert read_plain(tmp_path / "link", 2048) == bytes(2048)
