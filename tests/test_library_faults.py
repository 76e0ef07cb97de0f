"""What may go wrong with the library, done for real: processes, files and signals."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from faults import full
from faults.child import ids, put, tree, undo
from faults.killed_everywhere import WRITES
from faults.tampering import ENDLESS, NEWER, SCRIPTS, TAMPERED, script

from cryrec.library import file
from cryrec.library.entries import Entry, Status
from cryrec.library.file import LibraryProblem
from cryrec.library.store import Library


def start(
    program: str, path: Path, *words: str, **options: int
) -> subprocess.Popen[str]:
    """One of the programs in faults/, running on the library at `path`."""
    process: subprocess.Popen[str] = subprocess.Popen(
        [
            sys.executable,
            "-W",
            "error",
            "-m",
            f"faults.{program}",
            str(path),
            *words,
        ],
        cwd=Path(__file__).parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,  # type: ignore[call-overload]
    )
    return process


def run(
    program: str, path: Path, *words: str, **options: int
) -> tuple[int, str, str]:
    """The exit code of a program, and what it wrote."""
    with start(program, path, *words, **options) as process:
        out, err = process.communicate()
    return process.returncode, out, err


def fine(program: str, path: Path, *words: str, **options: int) -> str:
    """What a program printed that ended well and said nothing else."""
    code, out, err = run(program, path, *words, **options)
    assert (code, err) == (0, ""), err
    return out.strip()


def refused(path: Path, *words: str) -> str:
    """The one line of an action that ends with 4 and names the file."""
    code, out, err = run("act", path, *words)
    assert (code, out) == (4, ""), err
    (line,) = err.splitlines()
    assert str(path) in line
    assert "; " in line
    return line


def entry(name: str, rating: int | None = None) -> Entry:
    return Entry(
        name, name.upper(), Status.SEEN, rating, "2026-01-02T03:04:05Z"
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library with "old" in it."""
    path = tmp_path / "home" / "library.db"
    with Library.open_for_writing(path) as library:
        put(library, [entry("old", 4)])
    return path


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """Where a library may be written thousands of times: fsync costs minutes, and proves nothing.

    In memory where there is such a folder, else on the disk.
    """
    memory = Path("/dev/shm")
    where = memory if memory.is_dir() else tmp_path
    with TemporaryDirectory(dir=where) as folder:
        yield Path(folder, "home", "library.db")


# --- kill -9 ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WRITES)
def test_a_process_killed_at_any_moment_leaves_the_old_state_or_the_new(
    name: str, in_memory: Path
) -> None:
    """What lies there before and after every single system call of a write is nothing half done.

    Each time it is read without changing a byte of it, and written to again; kills leave no more.
    """
    seen = json.loads(fine("killed_everywhere", in_memory, name))
    assert seen["strange"] == []
    assert not seen["same"]
    assert seen["old"] > 20
    assert seen["new"] > 1
    assert seen["journals"] > 1


def test_what_was_said_to_be_written_survives_a_kill_from_outside(
    path: Path,
) -> None:
    """Killed while it writes on and on, a process loses nothing it reported, and halves nothing.

    The last write may have been finished without its report having come through.
    """
    chance, first = random.Random(1), 0
    for _ in range(10):
        with start("write_without_end", path, str(first)) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(1, 12)):
                reported = int(process.stdout.readline())
            process.send_signal(signal.SIGKILL)
            reported = max(
                [reported, *map(int, process.stdout.read().split())]
            )
        assert process.returncode == -signal.SIGKILL
        *written, last = ids(path)
        assert last == "old"
        assert len(written) == 2 * (1 + int(written[-1][:6]))
        assert int(written[-1][:6]) - reported in (0, 1)
        first = len(written) // 2


# --- many at once -------------------------------------------------------------------------------


def test_eight_processes_that_write_at_once_lose_nothing(
    tmp_path: Path,
) -> None:
    """Eight writers who all find no library yet, with two readers and others being killed, all end
    well, and every change can be taken back one by one.
    """
    path = tmp_path / "home" / "library.db"
    writers = [start("writer", path, str(number)) for number in range(8)]
    readers = [start("reader", path, str(2 * 12 * 8)) for _ in range(2)]
    victims = [start("victim", path) for _ in range(3)]
    for process in (*writers, *readers, *victims):
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in victims:
        assert process.stdout is not None
        assert process.stdout.readline() == "offered\n"
        process.kill()
        process.communicate()
    for process in (*writers, *readers):
        out, err = process.communicate()
        assert (process.returncode, out, err) == (0, "", "")
    assert len(ids(path)) == 8 * 12 * 2
    with Library.open_for_writing(path) as library:
        for left in reversed(range(8 * 12)):
            assert len(undo(library)) == 2
            assert len(library.entries) == 2 * left
        assert undo(library) == ()


# --- files that are not ours, or no longer ------------------------------------------------------


def other_program(path: Path) -> None:
    path.unlink()
    database = sqlite3.connect(path)
    database.execute(
        "CREATE TABLE entry (id TEXT, title TEXT, status TEXT, rating, at, forgotten)"
    )
    database.close()


def write_ahead(path: Path) -> None:
    """The library as another program may leave it: still ours, but with changes in a WAL."""
    script = (
        "import os, sqlite3, sys; d = sqlite3.connect(sys.argv[1]);"
        "d.execute('PRAGMA journal_mode = WAL'); d.execute('DELETE FROM entry'); d.commit();"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert path.with_name("library.db-wal").stat().st_size


def patched(path: Path, place: int, data: bytes) -> None:
    whole = bytearray(path.read_bytes())
    whole[place : place + len(data)] = data
    path.write_bytes(whole)


def noise_where_nobody_looks(path: Path) -> None:
    """In the last page of a long log, which is read only to undo."""
    with Library.open_for_writing(path) as library:
        put(library, [entry(str(number)) for number in range(400)])
    patched(path, path.stat().st_size - 4096, b"\x05" * 4096)


def replaced(path: Path, make: str) -> None:
    path.unlink()
    if make == "folder":
        path.mkdir()
    elif make == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(make)


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (
        lambda p: p.write_text("Dear diary\n" * 1000),
        "is no file of cryrec's",
    ),
    "one byte": (lambda p: p.write_bytes(b"S"), "is no file of cryrec's"),
    "zeros, then noise": (
        lambda p: p.write_bytes(
            bytes(4096) + random.Random(0).randbytes(4096)
        ),
        "is no file of cryrec's",
    ),
    "another program's": (other_program, "is no file of cryrec's"),
    "cut in the header": (
        lambda p: os.truncate(p, 60),
        "is no file of cryrec's",
    ),
    "cut after the header": (lambda p: os.truncate(p, 100), "is damaged"),
    "cut in the middle": (
        lambda p: os.truncate(p, p.stat().st_size // 2),
        "is damaged",
    ),
    "short of one byte": (
        lambda p: os.truncate(p, p.stat().st_size - 1),
        "is damaged",
    ),
    "noise in the schema": (
        lambda p: patched(p, 100, b"\xff" * 3000),
        "is damaged",
    ),
    "noise in a page": (
        lambda p: patched(p, 4096, b"\x05" * 4096),
        "is damaged",
    ),
    "noise in the log": (noise_where_nobody_looks, "is damaged"),
    "WAL of another program": (write_ahead, "was changed by another program"),
    "stray WAL": (
        lambda p: p.with_name("library.db-wal").write_bytes(b"noise" * 1000),
        "was changed by another program",
    ),
    "a folder": (lambda p: replaced(p, "folder"), "is no file"),
    "a pipe": (lambda p: replaced(p, "pipe"), "is no file"),
    "a full device": (lambda p: replaced(p, "/dev/full"), "is no file"),
    "a link to itself": (lambda p: replaced(p, p.name), "cannot be read"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("action", ["read", "write"])
def test_a_bad_file_is_named_and_left_as_it_is(
    name: str, action: str, path: Path
) -> None:
    """Whatever lies where the library should be, it is one line and exit 4, and no byte changes."""
    make, wrong = BAD[name]
    make(path)
    before = tree(path.parent)
    assert wrong in refused(path, action)
    with pytest.raises(LibraryProblem):
        Library.open_for_writing(path)
    assert tree(path.parent) == before


def facts(folder: Path) -> dict[str, object]:
    """What stays the same where no byte changes, of files too large to be read."""
    found = ((p.name, p.stat()) for p in folder.iterdir())
    return {
        name: (facts.st_size, facts.st_mtime_ns, facts.st_ino)
        for name, facts in found
    }


@pytest.mark.parametrize("name", TAMPERED)
def test_what_cryrec_never_made_is_named_and_not_worked_with(
    name: str, path: Path
) -> None:
    """Whatever was put into a library, each command ends, with one line and exit 4, and no byte
    changes: nothing of it runs.
    """
    TAMPERED[name](path)
    before = facts(path.parent)
    lines = fine("attempts", path).splitlines()
    assert len(lines) == 3
    for line in lines:
        assert line.startswith(f"4 the library {path} ")
        assert "; " in line
    assert facts(path.parent) == before


def test_what_is_put_into_a_library_while_it_is_open_does_not_run(
    path: Path,
) -> None:
    """A trigger that another program makes after the library was opened stops the next write."""
    with Library.open_for_writing(path) as library:
        script(path, SCRIPTS["a trigger that loses what is written"])
        before = path.read_bytes()
        stopped = pytest.raises(
            LibraryProblem, match='the trigger "lose" is none of cryrec\'s'
        )
        with stopped:
            put(library, [entry("new")])
        with stopped:
            undo(library)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "changes",
    [
        "not JSON",
        "{}",
        '[{"id": 3}]',
        '[{"id": "a", "before": null, "after": null, "x": ' + "[" * 99_999,
    ],
    ids=["text", "no list", "no change", "without end"],
)
def test_a_log_that_cannot_be_understood_stops_undo_alone(
    changes: str, path: Path
) -> None:
    """What is in the library is shown and added to, and nothing is taken back by guess."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE log SET changes = ?", (changes,))
    assert "is damaged" in refused(path, "undo")
    assert fine("act", path, "read") == "old"
    fine("act", path, "write")
    assert ids(path) == ["new", "old"]


def test_a_file_of_no_bytes_is_a_library_that_was_never_begun(
    path: Path,
) -> None:
    """As a full disk leaves it behind the first time: it is empty, and written to."""
    os.truncate(path, 0)
    assert fine("act", path, "read") == ""
    fine("act", path, "write")
    assert ids(path) == ["new"]


def test_noise_in_place_of_a_journal_is_no_journal(path: Path) -> None:
    """What is no journal is not rolled back: the library is read, and written to."""
    path.with_name("library.db-journal").write_bytes(
        random.Random(0).randbytes(5000)
    )
    assert fine("act", path, "read") == "old"
    fine("act", path, "write")
    assert ids(path) == ["new", "old"]


# --- waiting ------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["read", "write"])
def test_a_home_that_knows_no_locks_is_said_to_be_that(
    action: str, path: Path
) -> None:
    """Where no lock can be had, nobody waits for one for ever, and what to do is said."""
    before = tree(path.parent)
    assert "its folder cannot be locked" in refused(path, "no-locks", action)
    assert tree(path.parent) == before


def cryrec(path: Path, *words: str) -> subprocess.Popen[str]:
    """The program itself, with this library."""
    return subprocess.Popen(
        [sys.executable, "-m", "cryrec", *words],
        env={**os.environ, "CRYREC_HOME": str(path.parent)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def holder(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program that holds the library, until it is told to let go."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        yield database


WRITING = [
    ("seen", "nana"),
    ("later", "nana"),
    ("forget", "old"),
    ("undo",),
    ("taste", "--reset"),
]


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_whoever_writes_waits_says_so_and_writes(
    words: tuple[str, ...], path: Path, holder: sqlite3.Connection
) -> None:
    """A program that holds the library keeps nobody from writing once it lets go."""
    with cryrec(path, *words) as process:
        assert process.stderr is not None
        assert "waiting for it" in process.stderr.readline()
        holder.execute("COMMIT")
        process.communicate()
    assert process.returncode == 0


@pytest.mark.parametrize(
    "words", [*WRITING, ("config", "--avoid", "war")], ids=" ".join
)
def test_ctrl_c_ends_the_waiting_at_once(
    words: tuple[str, ...], path: Path, holder: sqlite3.Connection
) -> None:
    """Nobody has to wait for what somebody else holds."""
    with cryrec(path, *words) as process:
        assert process.stderr is not None
        assert "waiting for it" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out, err) == (130, "", "")
    holder.close()
    assert ids(path) == ["old"]


def test_whoever_reads_goes_on_without_what_others_hold(
    path: Path, holder: sqlite3.Connection
) -> None:
    """A suggestion does not need the library, and says that it did without; a list of it does."""
    with cryrec(path, "suggest", "--mood", "family") as process:
        out, err = process.communicate()
    numbers = [
        line[:4].strip()
        for line in out.splitlines()
        if line[:1] == " " and line[1:2].isdigit()
    ]
    assert (process.returncode, numbers) == (0, ["1", "2", "3"])
    assert "is in use by another program" in err
    assert "going on without it" in err
    with cryrec(path, "library") as process:
        out, err = process.communicate()
    assert (process.returncode, out, err.count("\n")) == (4, "", 1)


def test_ctrl_c_is_heard_while_the_library_is_asked(path: Path) -> None:
    """A question without end is one for Ctrl-C, and not a damaged library."""
    with start("endless", path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert process.returncode == -signal.SIGINT
    assert err.endswith("KeyboardInterrupt\n")


def test_a_question_without_end_is_given_up(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If nobody presses Ctrl-C, the bound on the work ends it, and blames the library."""
    monkeypatch.setattr(file, "MOST_STEPS", 1_000_000)
    with Library.open_for_reading(path) as library:
        asking = library._explained("read")
        with pytest.raises(LibraryProblem, match="does not end"), asking:
            library._db.execute(f"SELECT max(x) FROM ({ENDLESS})").fetchone()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_noise_in_a_library_is_either_harmless_or_refused(
    seed: str, in_memory: Path
) -> None:
    """Libraries with a few bytes changed or the end cut off: read, or refused and kept."""
    with Library.open_for_writing(in_memory) as library:
        put(library, [entry(str(number)) for number in range(200)])
        put(library, [entry(str(number), 5) for number in range(100, 300)])
    assert fine("noise", in_memory, seed) == "refused worked"


def test_a_newer_library_is_read_but_never_written(path: Path) -> None:
    """What a later version wrote is shown as far as it is understood, and no byte of it changes."""
    script(
        path,
        f"{NEWER} ALTER TABLE entry ADD COLUMN mood TEXT; CREATE TABLE more (x)",
    )
    before = tree(path.parent)
    assert fine("act", path, "read") == "old"
    assert "was written by a newer cryrec; update cryrec" in refused(
        path, "write"
    )
    assert tree(path.parent) == before


def test_a_newer_library_that_cannot_be_understood_says_so(path: Path) -> None:
    """A later version may name things differently; then the remedy is to update, not to mend."""
    script(path, f"{NEWER} ALTER TABLE entry RENAME COLUMN rating TO stars")
    before = tree(path.parent)
    for action in ("read", "write"):
        assert "was written by a newer cryrec; update cryrec" in refused(
            path, action
        )
    assert tree(path.parent) == before


# --- nowhere to write ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "file"),
    [(0o500, 0o600), (0o500, 0o400), (0o700, 0o400)],
    ids=oct,
)
def test_a_read_only_home_is_read_and_not_written(
    folder: int, file: int, path: Path
) -> None:
    """Without the right to write, reading works, and writing is one line and exit 4."""
    before = tree(path.parent)
    path.chmod(file)
    path.parent.chmod(folder)
    try:
        assert fine("act", path, "unprivileged", "read") == "old"
        assert "cannot be written" in refused(path, "unprivileged", "write")
    finally:
        path.parent.chmod(0o700)
    assert tree(path.parent) == before


@pytest.mark.parametrize("action", ["read", "write"])
@pytest.mark.parametrize("which", ["file", "folder"])
def test_a_home_nobody_may_look_into_is_a_problem_not_an_empty_library(
    which: str, action: str, path: Path
) -> None:
    """Where nothing may be read, nobody is told that their library is empty."""
    closed = path if which == "file" else path.parent
    closed.chmod(0)
    try:
        assert "cannot be read: Permission denied" in refused(
            path, "unprivileged", action
        )
    finally:
        closed.chmod(0o700)
    assert ids(path) == ["old"]


def test_a_journal_left_in_a_read_only_home_is_heeded_where_it_lies(
    path: Path,
) -> None:
    """After a kill in a home that became read-only, the state before is read, and no byte changes.

    The next write puts the file itself in order.
    """
    whole = path.read_bytes()
    assert run("killed_halfway", path)[0] == -signal.SIGKILL
    before = tree(path.parent)
    assert before.keys() == {"library.db", "library.db-journal"}
    assert before["library.db"] != whole
    path.parent.chmod(0o500)
    try:
        assert fine("act", path, "unprivileged", "read") == "old"
        assert tree(path.parent) == before
        assert "cannot be written" in refused(path, "unprivileged", "write")
        assert fine("act", path, "unprivileged", "read") == "old"
    finally:
        path.parent.chmod(0o700)
    before = tree(path.parent)
    assert ids(path) == ["old"]
    assert tree(path.parent) == before
    fine("act", path, "write")
    assert ids(path) == ["new", "old"]
    assert [*tree(path.parent)] == ["library.db"]


@pytest.mark.parametrize("where", ["a-file", "/proc", "/dev/null"])
def test_a_home_that_cannot_be_made_is_empty_and_not_written(
    where: str, tmp_path: Path
) -> None:
    """Below a file or a system folder, where root cannot write either, there is no library to read,
    and writing is one line and exit 4.
    """
    (tmp_path / "a-file").touch()
    path = tmp_path / where / "cryrec" / "library.db"
    assert fine("act", path, "read") == ""
    assert "cannot be written" in refused(path, "write")


@pytest.mark.parametrize("action", full.ACTIONS)
def test_a_disk_that_fills_up_leaves_the_old_state(
    action: str, in_memory: Path
) -> None:
    """Wherever the room ends, in steps of 512 bytes, a write is whole or is one line and exit 4;
    with room again the next write works.
    """
    with Library.open_for_writing(in_memory) as library:
        put(library, [entry("old", 4)])
        put(library, [entry(str(number)) for number in range(100, 400)])
    assert int(fine("full", in_memory, action)) > 10


def test_a_disk_that_is_full_from_the_beginning_holds_an_empty_library(
    tmp_path: Path,
) -> None:
    """Where not a byte can be written the first write is one line and exit 4, and room mends it."""
    path = tmp_path / "home" / "library.db"
    refused(path, "no-room", "write")
    assert fine("act", path, "read") == ""
    fine("act", path, "write")
    assert ids(path) == ["new"]


# --- links and permissions ----------------------------------------------------------------------


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_is_followed_and_stays_a_link(
    exists: bool, path: Path, tmp_path: Path
) -> None:
    """A library that is a link, even to nothing yet, is read and written where the link leads."""
    real = path if exists else tmp_path / "elsewhere" / "real.db"
    link = tmp_path / "linked" / "library.db"
    link.parent.mkdir()
    link.symlink_to(real)
    assert fine("act", link, "read") == ("old" if exists else "")
    assert real.exists() == exists
    fine("act", link, "write")
    assert link.is_symlink()
    assert "new" in ids(real)
    assert [*tree(link.parent)] == ["library.db"]


def test_a_journal_is_found_through_a_link(path: Path, tmp_path: Path) -> None:
    """What a killed writer left lies beside the real file, and is heeded through a link too."""
    link = tmp_path / "link.db"
    link.symlink_to(path)
    assert run("killed_halfway", link)[0] == -signal.SIGKILL
    assert fine("act", link, "read") == "old"
    assert path.with_name("library.db-journal").exists()
    fine("act", link, "write")
    assert ids(path) == ["new", "old"]


def test_nobody_else_can_look_into_a_library(tmp_path: Path) -> None:
    """However generous the umask, folder, file and journal are the owner's alone."""
    path = tmp_path / "deep" / "home" / "library.db"
    fine("act", path, "write", umask=0)
    assert run("killed_halfway", path, umask=0)[0] == -signal.SIGKILL
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {p.stat().st_mode & 0o777 for p in path.parent.iterdir()} == {0o600}
    assert len(tree(path.parent)) == 2


def test_strange_names_are_only_names(tmp_path: Path) -> None:
    """Signs that mean something in an address, a line or a database are plain parts of a path."""
    path = tmp_path / "a?mode=memory#%41\u3042" / "library.db"
    fine("act", path, "write")
    assert ids(path) == ["new"]
    broken = tmp_path / "two\nlines.db"
    broken.write_text("text")
    code, _, err = run("act", broken, "read")
    assert (code, err.count("\n")) == (4, 1)
    assert "two lines.db" in err
