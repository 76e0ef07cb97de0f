"""What may go wrong with the library, done for real: processes, files and signals."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cryrec.library import Entry, Library, LibraryProblem, Status

PRELUDE = """
import ctypes, json, os, resource, shutil, signal, sqlite3, sys
from itertools import count
from pathlib import Path
from cryrec import library as module
from cryrec.errors import CryrecError
from cryrec.library import Entry, Library, Status

path = Path(sys.argv[1])

def entry(name, rating=None):
    return Entry(str(name), f"Title of {name}", Status.SEEN, rating, "2026-01-02T03:04:05Z")

def read():
    with Library.open_for_reading(path) as library:
        return library.entries, library.offered, library.last_change

def write(*names):
    with Library.open_for_writing(path) as library:
        return library.put([entry(name) for name in names], "seen")

def ids():
    return [each.id for each in read()[0]]

def tree():
    folder = path.parent
    return {name: (folder / name).read_bytes() for name in os.listdir(folder)}

def without_privileges():
    # From here on permissions hold for root too.
    if hasattr(libc := ctypes.CDLL(None), "capset"):
        assert libc.capset((ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()) == 0
"""

BOUNDARY = """
try:
    main()
except CryrecError as error:
    print(error, file=sys.stderr)
    sys.exit(error.exit_code)
"""

READ = "print(*ids())"
WRITE = "write('new')"
UNPRIVILEGED = "without_privileges(); "


def start(body: str, path: Path, *words: str, **options: int) -> subprocess.Popen[str]:
    lines = "".join(f"    {line}\n" for line in body.strip("\n").split("\n"))
    script = f"{PRELUDE}\ndef main():\n{lines}{BOUNDARY}"
    process: subprocess.Popen[str] = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script, str(path), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,  # type: ignore[call-overload]
    )
    return process


def run(body: str, path: Path, *words: str, **options: int) -> tuple[int, str, str]:
    with start(body, path, *words, **options) as process:
        out, err = process.communicate()
    return process.returncode, out, err


def fine(body: str, path: Path, *words: str, **options: int) -> str:
    code, out, err = run(body, path, *words, **options)
    assert (code, err) == (0, ""), err
    return out.strip()


def refused(body: str, path: Path) -> str:
    """The one line of a run that ends with 4 and names the file."""
    code, out, err = run(body, path)
    assert (code, out) == (4, ""), err
    (line,) = err.splitlines()
    assert str(path) in line
    assert "; " in line
    return line


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None
        for p in folder.rglob("*")
    }


def entry(name: str, rating: int | None = None) -> Entry:
    return Entry(name, name.upper(), Status.SEEN, rating, "2026-01-02T03:04:05Z")


def ids(path: Path) -> list[str]:
    with Library.open_for_reading(path) as library:
        return [each.id for each in library.entries]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library with "old" in it."""
    path = tmp_path / "home" / "library.db"
    with Library.open_for_writing(path) as library:
        library.put([entry("old", 4)], "seen")
    return path


# --- kill -9 ------------------------------------------------------------------------------------

KILLED_EVERYWHERE = """
TRACEME, STEP = 0, 24
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long] * 4

def act():
    {act}

def later_version(database):
    database.execute("ALTER TABLE entry ADD COLUMN mood TEXT")
    database.execute("UPDATE entry SET title = upper(title)")

def arrange(files):
    "Make the folder hold exactly these files; a folder without any does not exist."
    shutil.rmtree(path.parent, ignore_errors=True)
    for name, content in files.items():
        path.parent.mkdir(exist_ok=True)
        (path.parent / name).write_bytes(content)

def killed_before(step):
    "Whether the process lived to stop for the `step`th time on its way in or out of the system."
    child = os.fork()
    if not child:
        libc.ptrace(TRACEME, 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    for _ in range(step):
        assert libc.ptrace(STEP, child, 0, 0) == 0
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            return False
        assert os.WIFSTOPPED(status) and os.WSTOPSIG(status) == signal.SIGTRAP
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    return True

write()  # what is imported late is imported now
path.unlink()
{arrange}
before = tree() if path.exists() else {{}}
arrange(before)
old, latest, states, journals = repr(read()), module.MIGRATIONS + ({later}), [], 0
for step in count():
    alive = killed_before(step)
    left = tree() if path.parent.exists() else {{}}
    if left == before:
        states.append(old)  # not a byte has changed: nothing to look at, nothing to put back
        continue
    journals += any(left.get(path.name + "-journal", b"")[:8])
    states.append(repr(read()))
    assert left == tree(), "reading has changed something"
    module.MIGRATIONS, known = latest, module.MIGRATIONS
    write("next")
    assert repr(entry("next")) in repr(read()[0])
    module.MIGRATIONS = known
    assert set(tree()) == {{path.name}}
    arrange(before)
    if not alive:
        break
new = states[-1]
print(json.dumps({{
    "steps": step,
    "strange": [state for state in states if state not in (old, new)],
    "old": states.count(old),
    "new": states.count(new),
    "journals": journals,
    "same": old == new,
}}))
"""

WRITES = {
    "first": ("write('a', 'b')", "pass"),
    "put": ("write('a')", "write('old')"),
    "import": ("write(*range(300))", "write(*range(150, 400))"),
    "remove": ("Library.open_for_writing(path).remove(['old'], 'forget')", "write('old', 'b')"),
    "undo": ("Library.open_for_writing(path).undo()", "write('old'); write(*range(300))"),
    "taste": (
        "Library.open_for_writing(path).reset_taste()",
        "Library.open_for_writing(path).put([entry('old', 5)], 'seen')",
    ),
    "offered": ("Library.open_for_writing(path).record_offered(['a', 'b'])", "write('old')"),
    "migration": (
        "module.MIGRATIONS = latest; Library.open_for_writing(path)",
        "write(*range(300))",
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_process_killed_at_any_moment_leaves_the_old_state_or_the_new(
    name: str, tmp_path: Path
) -> None:
    """Killed before and after every single system call of a write, nothing half done is seen.

    Each time what is left is read without changing a byte of it, and written to again.
    """
    act, arrange = WRITES[name]
    later = "later_version," if name == "migration" else ""
    body = KILLED_EVERYWHERE.format(act=act, arrange=arrange, later=later)
    # In memory where there is such a folder: thousands of fsyncs cost a minute, and prove nothing.
    in_memory = Path("/dev/shm")
    with TemporaryDirectory(dir=in_memory if in_memory.is_dir() else tmp_path) as folder:
        seen = json.loads(fine(body, Path(folder, "home", "library.db")))
    assert seen["strange"] == []
    assert not seen["same"]
    assert seen["old"] > 20
    assert seen["new"] > 1
    assert seen["journals"] > 1


WRITE_WITHOUT_END = """
with Library.open_for_writing(path) as library:
    for number in count(int(sys.argv[2])):
        library.put([entry(f"{number:06}-a"), entry(f"{number:06}-b")], "seen")
        print(number, flush=True)
"""


def test_what_was_said_to_be_written_survives_a_kill_from_outside(path: Path) -> None:
    """Killed while it writes on and on, a process loses nothing it reported, and halves nothing.

    The last write may have been finished without its report having come through.
    """
    chance, first = random.Random(1), 0
    for _ in range(10):
        with start(WRITE_WITHOUT_END, path, str(first)) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(1, 12)):
                reported = int(process.stdout.readline())
            process.send_signal(signal.SIGKILL)
            reported = max([reported, *map(int, process.stdout.read().split())])
        assert process.returncode == -signal.SIGKILL
        *written, last = ids(path)
        assert last == "old"
        assert len(written) == 2 * (1 + int(written[-1][:6]))
        assert int(written[-1][:6]) - reported in (0, 1)
        first = len(written) // 2


# --- many at once -------------------------------------------------------------------------------

WRITER = """
sys.stdin.readline()
for number in range(12):
    write(f"{sys.argv[2]}-{number:02}-a", f"{sys.argv[2]}-{number:02}-b")
"""

READER = """
sys.stdin.readline()
known = 0
while known < 2 * 12 * 8:
    found = ids()
    assert len(found) % 2 == 0 and len(found) >= known, found
    known = len(found)
"""

VICTIM = """
sys.stdin.readline()
with Library.open_for_writing(path) as library:
    while True:
        library.record_offered([f"offer-{number}" for number in range(500)])
        print("offered", flush=True)
"""


def test_eight_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    """Eight writers who all find no library yet, with two readers and others being killed, all end
    well, and every change can be taken back one by one.
    """
    path = tmp_path / "home" / "library.db"
    writers = [start(WRITER, path, str(number)) for number in range(8)]
    readers = [start(READER, path) for _ in range(2)]
    victims = [start(VICTIM, path) for _ in range(3)]
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
            assert len(library.undo()) == 2
            assert len(library.entries) == 2 * left
        assert library.undo() == ()


# --- files that are not ours, or no longer ------------------------------------------------------


def other_program(path: Path) -> None:
    path.unlink()
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE entry (id TEXT, title TEXT, status TEXT, rating, at, forgotten)")
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
        library.put([entry(str(number)) for number in range(400)], "import")
    patched(path, path.stat().st_size - 4096, b"\x05" * 4096)


def without_table(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("DROP TABLE log")
    database.close()


def bad_rating(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("PRAGMA ignore_check_constraints = ON")
    database.execute("UPDATE entry SET rating = 11")
    database.commit()
    database.close()


def replaced(path: Path, make: str) -> None:
    path.unlink()
    if make == "folder":
        path.mkdir()
    elif make == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(make)


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (lambda p: p.write_text("Dear diary\n" * 1000), "is no file of cryrec's"),
    "one byte": (lambda p: p.write_bytes(b"S"), "is no file of cryrec's"),
    "zeros, then noise": (
        lambda p: p.write_bytes(bytes(4096) + random.Random(0).randbytes(4096)),
        "is no file of cryrec's",
    ),
    "another program's": (other_program, "is no file of cryrec's"),
    "cut in the header": (lambda p: os.truncate(p, 60), "is no file of cryrec's"),
    "cut after the header": (lambda p: os.truncate(p, 100), "is damaged"),
    "cut in the middle": (lambda p: os.truncate(p, p.stat().st_size // 2), "is damaged"),
    "short of one byte": (lambda p: os.truncate(p, p.stat().st_size - 1), "is damaged"),
    "noise in the schema": (lambda p: patched(p, 100, b"\xff" * 3000), "is damaged"),
    "noise in a page": (lambda p: patched(p, 4096, b"\x05" * 4096), "is damaged"),
    "noise in the log": (noise_where_nobody_looks, "is damaged"),
    "a table missing": (without_table, "is damaged"),
    "a rating of 11": (bad_rating, "is damaged"),
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
@pytest.mark.parametrize("body", [READ, WRITE], ids=["reading", "writing"])
def test_a_bad_file_is_named_and_left_as_it_is(name: str, body: str, path: Path) -> None:
    """Whatever lies where the library should be, it is one line and exit 4, and no byte changes."""
    make, wrong = BAD[name]
    make(path)
    before = tree(path.parent)
    assert wrong in refused(body, path)
    with pytest.raises(LibraryProblem):
        Library.open_for_writing(path)
    assert tree(path.parent) == before


NOISE = """
chance = __import__("random").Random(int(sys.argv[2]))
whole = path.read_bytes()
outcomes = set()
for _ in range(400):
    noisy = bytearray(whole)
    for _ in range(chance.choice((1, 1, 3, 30))):
        noisy[chance.randrange(len(noisy))] = chance.randrange(256)
    if chance.random() < 0.2:
        del noisy[chance.randrange(1, len(noisy)):]
    path.write_bytes(noisy)
    for attempt in (read, write):
        try:
            attempt()
            outcomes.add("worked")
        except CryrecError as error:
            assert error.exit_code == 4 and str(path) in str(error), error
            assert "\\n" not in str(error), error
            outcomes.add("refused")
            assert tree() == {path.name: bytes(noisy)}
print(*sorted(outcomes))
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_noise_in_a_library_is_either_harmless_or_refused(seed: str, path: Path) -> None:
    """400 libraries with a few bytes changed or the end cut off: read, or refused and kept."""
    fine("write(*range(200)); write(*range(100, 300))", path)
    assert fine(NOISE, path, seed) == "refused worked"


NEWER = """
with sqlite3.connect(path) as database:
    database.execute("PRAGMA user_version = 99")
    database.execute({change!r})
database.close()
"""


def test_a_newer_library_is_read_but_never_written(path: Path) -> None:
    """What a later version wrote is shown as far as it is understood, and no byte of it changes."""
    fine(NEWER.format(change="ALTER TABLE entry ADD COLUMN mood TEXT"), path)
    before = tree(path.parent)
    assert fine(READ, path) == "old"
    assert "was written by a newer cryrec; update cryrec" in refused(WRITE, path)
    assert tree(path.parent) == before


def test_a_newer_library_that_cannot_be_understood_says_so(path: Path) -> None:
    """A later version may name things differently; then the remedy is to update, not to mend."""
    fine(NEWER.format(change="ALTER TABLE entry RENAME COLUMN rating TO stars"), path)
    before = tree(path.parent)
    for body in (READ, WRITE):
        assert "was written by a newer cryrec; update cryrec" in refused(body, path)
    assert tree(path.parent) == before


# --- nowhere to write ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "file"), [(0o500, 0o600), (0o500, 0o400), (0o700, 0o400)], ids=oct
)
def test_a_read_only_home_is_read_and_not_written(folder: int, file: int, path: Path) -> None:
    """Without the right to write, reading works, and writing is one line and exit 4."""
    before = tree(path.parent)
    path.chmod(file)
    path.parent.chmod(folder)
    try:
        assert fine(UNPRIVILEGED + READ, path) == "old"
        assert "cannot be written" in refused(UNPRIVILEGED + WRITE, path)
    finally:
        path.parent.chmod(0o700)
    assert tree(path.parent) == before


@pytest.mark.parametrize("body", [READ, WRITE], ids=["reading", "writing"])
@pytest.mark.parametrize("which", ["file", "folder"])
def test_a_home_nobody_may_look_into_is_a_problem_not_an_empty_library(
    which: str, body: str, path: Path
) -> None:
    """Where nothing may be read, nobody is told that their library is empty."""
    closed = path if which == "file" else path.parent
    closed.chmod(0)
    try:
        assert "cannot be read: Permission denied" in refused(UNPRIVILEGED + body, path)
    finally:
        closed.chmod(0o700)
    assert ids(path) == ["old"]


KILLED_HALFWAY = """
database = sqlite3.connect(path, isolation_level=None)
database.execute("PRAGMA cache_size = 1")  # so that pages go to the file before the end
database.execute("BEGIN IMMEDIATE")
database.execute("UPDATE entry SET title = 'changed', status = 'later'")
database.execute("DELETE FROM log")
for number in range(2000):
    row = f"half-{number}", "title " * 20, "seen", None, "", 0
    database.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", row)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_journal_left_in_a_read_only_home_is_heeded_where_it_lies(path: Path) -> None:
    """After a kill in a home that became read-only, the state before is read, and no byte changes.

    The next write puts the file itself in order.
    """
    whole = path.read_bytes()
    assert run(KILLED_HALFWAY, path)[0] == -signal.SIGKILL
    before = tree(path.parent)
    assert before.keys() == {"library.db", "library.db-journal"}
    assert before["library.db"] != whole
    path.parent.chmod(0o500)
    try:
        assert fine(UNPRIVILEGED + READ, path) == "old"
        assert tree(path.parent) == before
        assert "cannot be written" in refused(UNPRIVILEGED + WRITE, path)
        assert fine(UNPRIVILEGED + READ, path) == "old"
    finally:
        path.parent.chmod(0o700)
    before = tree(path.parent)
    assert ids(path) == ["old"]
    assert tree(path.parent) == before
    fine(WRITE, path)
    assert ids(path) == ["new", "old"]
    assert [*tree(path.parent)] == ["library.db"]


@pytest.mark.parametrize("where", ["a-file", "/proc", "/dev/null"])
def test_a_home_that_cannot_be_made_is_empty_and_not_written(where: str, tmp_path: Path) -> None:
    """Below a file or a system folder, where root cannot write either, there is no library to read,
    and writing is one line and exit 4.
    """
    (tmp_path / "a-file").touch()
    path = tmp_path / where / "cryrec" / "library.db"
    assert fine(READ, path) == ""
    assert "cannot be written" in refused(WRITE, path)


FULL = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
old, files = repr(read()), tree()
refusals = 0
for limit in range(0, 2 * len(files[path.name]) + 40000, 512):
    for name in tree():
        (path.parent / name).unlink()
    for name, content in files.items():
        (path.parent / name).write_bytes(content)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        {act}
        done = True
    except CryrecError as error:
        assert error.exit_code == 4 and "cannot be written" in str(error), error
        done = False
        refusals += 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    assert (repr(read()) != old) == done
    write("after")
    assert "after" in ids() and set(tree()) == {{path.name}}
assert done
print(refusals)
"""


@pytest.mark.parametrize(
    "act",
    ["write(*range(300))", "Library.open_for_writing(path).undo()"],
    ids=["adding", "undoing"],
)
def test_a_disk_that_fills_up_leaves_the_old_state(act: str, path: Path) -> None:
    """Wherever the room ends, in steps of 512 bytes, a write is whole or is one line and exit 4;
    with room again the next write works.
    """
    fine("write(*range(100, 400))", path)
    assert int(fine(FULL.format(act=act), path)) > 10


def test_a_disk_that_is_full_from_the_beginning_holds_an_empty_library(tmp_path: Path) -> None:
    """Where not a byte can be written the first write is one line and exit 4, and room mends it."""
    path = tmp_path / "home" / "library.db"
    no_room = (
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)); "
    )
    refused(no_room + WRITE, path)
    assert fine(READ, path) == ""
    fine(WRITE, path)
    assert ids(path) == ["new"]


# --- links and permissions ----------------------------------------------------------------------


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_is_followed_and_stays_a_link(exists: bool, path: Path, tmp_path: Path) -> None:
    """A library that is a link, even to nothing yet, is read and written where the link leads."""
    real = path if exists else tmp_path / "elsewhere" / "real.db"
    link = tmp_path / "linked" / "library.db"
    link.parent.mkdir()
    link.symlink_to(real)
    assert fine(READ, link) == ("old" if exists else "")
    assert real.exists() == exists
    fine(WRITE, link)
    assert link.is_symlink()
    assert "new" in ids(real)
    assert [*tree(link.parent)] == ["library.db"]


def test_a_journal_is_found_through_a_link(path: Path, tmp_path: Path) -> None:
    """What a killed writer left lies beside the real file, and is heeded through a link too."""
    link = tmp_path / "link.db"
    link.symlink_to(path)
    assert run(KILLED_HALFWAY, link)[0] == -signal.SIGKILL
    assert fine(READ, link) == "old"
    assert path.with_name("library.db-journal").exists()
    fine(WRITE, link)
    assert ids(path) == ["new", "old"]


def test_nobody_else_can_look_into_a_library(tmp_path: Path) -> None:
    """However generous the umask, folder, file and journal are the owner's alone."""
    path = tmp_path / "deep" / "home" / "library.db"
    fine(WRITE, path, umask=0)
    assert run(KILLED_HALFWAY, path, umask=0)[0] == -signal.SIGKILL
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {p.stat().st_mode & 0o777 for p in path.parent.iterdir()} == {0o600}
    assert len(tree(path.parent)) == 2


def test_strange_names_are_only_names(tmp_path: Path) -> None:
    """Signs that mean something in an address, a line or a database are plain parts of a path."""
    path = tmp_path / "a?mode=memory#%41\u3042" / "library.db"
    fine(WRITE, path)
    assert ids(path) == ["new"]
    broken = tmp_path / "two\nlines.db"
    broken.write_text("text")
    code, _, err = run(READ, broken)
    assert (code, err.count("\n")) == (4, 1)
    assert "two?lines.db" in err
