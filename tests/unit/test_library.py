"""What a library remembers, and how it takes things back."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import msgspec
import pytest
from faults.child import keep, put, remove, undo
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from cryrec.errors import ExitCode, FileProblem, UsageProblem
from cryrec.library import file, schema
from cryrec.library.entries import (
    LONGEST,
    AvoidChange,
    Change,
    Entry,
    Status,
    Undone,
    forget_ratings,
    merge,
)
from cryrec.library.file import LibraryProblem, Patience
from cryrec.library.store import OFFERED_KEPT, UNDO_KEPT, Library
from cryrec.models import NoteId

NONE = Patience(0.0)

EARLY, LATE = "2026-01-02T03:04:05Z", "2026-12-31T23:59:59Z"


def entry(
    name: str,
    status: Status = Status.SEEN,
    rating: int | None = None,
    at: str = EARLY,
) -> Entry:
    return Entry(name, name.title(), status, rating, at)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "library.db"


def test_a_missing_file_is_an_empty_library(path: Path) -> None:
    """Somebody new has nothing in their library, and looking into it makes no file or folder."""
    with Library.open_for_reading(path) as library:
        assert library.entries == ()
        assert library.ratings == {}
        assert library.offered == ()
        assert library.last_change is None
    assert not path.parent.exists()


def test_what_is_put_in_is_there_next_time(path: Path) -> None:
    """Entries come back whole and by id, prerequisites and titles no catalogue knows included."""
    entries = [
        entry("mal:2167", rating=5),
        entry("gone-from-every-catalogue", Status.LATER),
        entry("\u8056\u306e\u5f62 'quoted\"", Status.DROPPED),
        entry("anohana", Status.WATCHING),
    ]
    with Library.open_for_writing(path) as library:
        changes = put(library, entries, "import")
        assert changes == tuple(
            Change(each.id, None, each) for each in entries
        )
    for way in (Library.open_for_reading, Library.open_for_writing):
        with way(path) as library:
            assert library.entries == tuple(
                sorted(entries, key=lambda each: each.id)
            )
            assert library.last_change == "import"


def test_only_real_changes_are_changes(path: Path) -> None:
    """Saying the same again, later or with another spelling of the title, changes nothing."""
    with Library.open_for_writing(path) as library:
        put(library, [entry("a", rating=4), entry("b")], "seen")
        again = Entry("a", "Another Title", Status.SEEN, 4, LATE)
        better = entry("b", rating=3, at=LATE)
        assert put(library, [again], "seen") == ()
        assert put(library, [again, better], "import") == (
            Change("b", entry("b"), better),
        )
        assert library.entries == (entry("a", rating=4), better)
        assert undo(library) == (Change("b", better, entry("b")),)
        assert [change.id for change in undo(library)] == ["a", "b"]
        assert undo(library) == ()


def test_the_last_word_on_an_entry_counts(path: Path) -> None:
    """An entry that is put twice in one go is one change."""
    with Library.open_for_writing(path) as library:
        first, last = entry("a", Status.LATER), entry("a", rating=2)
        assert put(library, [first, last], "import") == (
            Change("a", None, last),
        )


def test_removing_passes_over_what_is_not_there(path: Path) -> None:
    """Only entries that were there are reported as gone, and undo brings them back as they were."""
    with Library.open_for_writing(path) as library:
        put(library, [entry("a", rating=1)], "seen")
        assert remove(library, ["b"], "forget") == ()
        assert library.last_change == "seen"
        assert remove(library, ["b", "a"], "forget") == (
            Change("a", entry("a", rating=1), None),
        )
        assert library.last_change == "forget"
        assert undo(library) == (Change("a", None, entry("a", rating=1)),)
        assert library.entries == (entry("a", rating=1),)


def test_undo_reaches_back_a_hundred_changes(path: Path) -> None:
    """The log does not grow for ever: the oldest change is past undoing when there are 101."""
    with Library.open_for_writing(path) as library:
        for number in range(UNDO_KEPT + 1):
            put(library, [entry(f"{number:03}")], "seen")
        for _ in range(UNDO_KEPT):
            assert len(undo(library)) == 1
        assert undo(library) == ()
        assert library.entries == (entry("000"),)


def test_the_last_twenty_offers_are_remembered_newest_first(
    path: Path,
) -> None:
    """Offers are history: bounded, in order, and nothing that undo would take back."""
    with Library.open_for_writing(path) as library:
        for number in range(OFFERED_KEPT + 2):
            library.record_offered([f"first-{number}", "second"])
        library.record_offered([])
        assert library.offered[:2] == ((), ("first-21", "second"))
        assert len(library.offered) == OFFERED_KEPT
        assert library.last_change is None
        assert undo(library) == ()
    with Library.open_for_reading(path) as library:
        assert library.offered[-1] == ("first-3", "second")


def test_a_forgotten_rating_is_shown_but_counts_no_more(path: Path) -> None:
    """After a reset the ratings stand in the library, and taste starts from nothing; undo works."""
    with Library.open_for_writing(path) as library:
        put(
            library,
            [entry("a", rating=5), entry("b", rating=1), entry("c")],
            "seen",
        )
        assert library.ratings == {"a": 5, "b": 1}
        assert [
            change.id for change in library.change(forget_ratings, "taste")
        ] == [
            "a",
            "b",
        ]
        assert library.change(forget_ratings, "taste") == ()
        assert library.last_change == "taste"
        assert library.ratings == {}
        assert [each.rating for each in library.entries] == [5, 1, None]
        assert [change.id for change in undo(library)] == ["a", "b"]
        assert library.ratings == {"a": 5, "b": 1}


def test_a_rating_given_again_after_a_reset_counts(path: Path) -> None:
    """Giving even the same rating anew makes it count; what was not given again stays forgotten."""
    with Library.open_for_writing(path) as library:
        put(library, [entry("a", rating=5), entry("b", rating=1)], "seen")
        library.change(forget_ratings, "taste")
        (change,) = put(library, [entry("a", rating=5, at=LATE)], "seen")
        assert change.before == msgspec.structs.replace(
            entry("a", rating=5), forgotten=True
        )
        assert library.ratings == {"a": 5}


def test_a_library_for_reading_cannot_be_written(path: Path) -> None:
    """A change to a library that was opened for reading is refused, not lost without a word."""
    with (
        Library.open_for_reading(path) as library,
        pytest.raises(LibraryProblem),
    ):
        put(library, [entry("a")], "seen")


def test_reading_is_a_moment_in_time(path: Path) -> None:
    """An open reader keeps the state it found, and keeps nobody from writing."""
    with (
        Library.open_for_writing(path) as writer,
        Library.open_for_reading(path) as reader,
    ):
        put(writer, [entry("a")], "seen")
        assert reader.entries == ()
        assert writer.entries == (entry("a"),)


def test_a_mistake_in_the_program_is_not_blamed_on_the_file(
    path: Path,
) -> None:
    """A closed library is a bug, and looks like one."""
    with Library.open_for_writing(path) as library:
        pass
    with pytest.raises(sqlite3.ProgrammingError):
        put(library, [entry("a")], "seen")


def test_what_the_tables_refuse_is_a_problem_and_changes_nothing(
    path: Path,
) -> None:
    """Two entries of one id in a log that somebody wrote are one line, not a traceback."""
    with Library.open_for_writing(path) as library:
        put(library, [entry("a"), entry("b")], "seen")
    twice = msgspec.json.encode(
        [Change("a", entry("c"), None), Change("b", entry("c"), None)]
    )
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE log SET changes = ?", (twice.decode(),))
    with Library.open_for_writing(path) as library:
        with pytest.raises(LibraryProblem, match="is damaged"):
            undo(library)
        assert [each.id for each in library.entries] == ["a", "b"]


def test_a_change_is_decided_on_what_is_there_when_it_is_written(
    path: Path,
) -> None:
    """What somebody else wrote since the library was opened is known to whoever decides."""
    with Library.open_for_writing(path) as slow:
        with Library.open_for_writing(path) as quick:
            put(quick, [entry("a", rating=5)], "seen")
        known = [entry("a", Status.LATER), entry("b")]

        def news(present: Mapping[str, Entry]) -> dict[str, Entry | None]:
            return {each.id: each for each in merge(present, known)}

        assert slow.change(news, "import") == (Change("b", None, entry("b")),)
        assert slow.ratings == {"a": 5}


def test_whoever_cannot_decide_changes_nothing(path: Path) -> None:
    """An error in deciding comes through as it is, and the library can be written by anybody."""
    with Library.open_for_writing(path) as library:
        put(library, [entry("a")], "seen")
        for mistake in (UsageProblem("no"), KeyboardInterrupt()):
            with pytest.raises(type(mistake)):
                library.change(Mock(side_effect=mistake), "seen")
        put(library, [entry("b")], "seen")
        assert [each.id for each in library.entries] == ["a", "b"]


WAR = (NoteId.WAR,)


def test_a_change_of_the_settings_is_taken_back_in_its_turn(
    path: Path,
) -> None:
    """Entries and settings are undone in one order, the newest first; nothing is passed over."""
    changes = [
        AvoidChange(None, ()),
        AvoidChange((), WAR),
        AvoidChange(WAR, None),
    ]
    with Library.open_for_writing(path) as library:
        library.record_avoided(changes[0])
        put(library, [entry("a")], "seen")
        library.record_avoided(changes[1])
        library.record_avoided(changes[2])
        assert library.last_change == "settings"
        steps = iter(lambda: library.undo(keep), None)
        undone = [
            (step.label, len(step.changes), step.avoided) for step in steps
        ]
    assert undone == [
        ("settings", 0, AvoidChange(None, WAR)),
        ("settings", 0, AvoidChange(WAR, ())),
        ("seen", 1, None),
        ("settings", 0, AvoidChange((), None)),
    ]


def test_settings_that_cannot_be_restored_are_undone_later(path: Path) -> None:
    """If the settings cannot be written, what would have been undone still can be."""
    with Library.open_for_writing(path) as library:
        library.record_avoided(AvoidChange(None, WAR))
        with pytest.raises(FileProblem, match="read-only"):
            library.undo(Mock(side_effect=FileProblem("read-only")))
        assert library.undo(keep) == Undone(
            "settings", (), AvoidChange(WAR, None)
        )


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("two\nlines\r", "two lines "),
        ("\u202eevil", "\ufffdevil"),
        ("\x9b2J", "\ufffd2J"),
        ("long" * 1000, ("long" * 1000)[:LONGEST]),
    ],
    ids=["escape", "line break", "bidi", "C1", "long"],
)
def test_a_title_that_may_not_be_printed_is_shown_harmless(
    title: str, shown: str, path: Path
) -> None:
    """One odd title does not cost a library: it is shown on one line, and stays in the file."""
    with Library.open_for_writing(path) as library:
        put(library, [entry("a", rating=3)], "seen")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE entry SET title = ?", (title,))
        database.execute(
            "UPDATE log SET changes = replace(changes, '\"A\"', json_quote(?))",
            (title,),
        )
    with Library.open_for_writing(path) as library:
        assert [each.title for each in library.entries] == [shown]
        put(library, [entry("b")], "seen")
        undo(library)
        (change,) = undo(library)
    assert change.before is not None
    assert change.before.title == shown


@pytest.mark.parametrize(
    "name", ["", "\x1b[2J", "a\nb", "\u202e", "a" * (LONGEST + 1)]
)
def test_an_id_that_may_not_be_printed_is_damage(
    name: str, path: Path
) -> None:
    """No cryrec has ever written such an id, and shown harmless it would be another one."""
    with Library.open_for_writing(path) as library:
        put(library, [entry("a")], "seen")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE entry SET id = ?", (name,))
    with pytest.raises(LibraryProblem, match="is damaged"):
        Library.open_for_reading(path)


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        ("2026-01-02T23:30:00Z", "Pacific/Kiritimati", "2026-01-03"),
        ("2026-01-02T23:30:00Z", "Etc/GMT+12", "2026-01-02"),
        ("2026-01-02T01:00:00Z", "Etc/GMT+12", "2026-01-01"),
        ("2019-06-30T00:00:00Z", "Etc/GMT+12", "2019-06-30"),
        ("2019-06-30T00:00:00Z", "Pacific/Kiritimati", "2019-06-30"),
        ("0001-01-01T00:00:01Z", "Etc/GMT+12", "0001-01-01"),
        ("9999-12-31T23:59:59Z", "Pacific/Kiritimati", "9999-12-31"),
        ("yesterday", "UTC", "yesterday"),
        ("\x1b[2Jhello", "UTC", "\ufffd[2Jhello"),
    ],
)
def test_the_day_of_an_entry_is_the_day_here(
    at: str, zone: str, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A moment is shown as the date it was here; a whole date out of a list stays that date."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert entry("a", at=at).day == day
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("lock", "reads"),
    [("IMMEDIATE", True), ("EXCLUSIVE", False)],
    ids=["writing", "all"],
)
def test_a_library_that_is_held_for_too_long_is_in_use(
    lock: str, reads: bool, path: Path
) -> None:
    """When patience ends, whoever waits is told so, in other words than "database is locked"."""
    with Library.open_for_writing(path) as library:
        put(library, [entry("a")], "seen")
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute(f"BEGIN {lock}")
        with pytest.raises(
            LibraryProblem, match="is in use by another program"
        ):
            Library.open_for_writing(path, NONE)
        if reads:
            with Library.open_for_reading(path, NONE) as library:
                assert library.entries == (entry("a"),)
        else:
            with pytest.raises(
                LibraryProblem, match="is in use by another program"
            ):
                Library.open_for_reading(path, NONE)


def test_whoever_waits_is_told_so_once_and_then_has_the_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer says that it waits, and writes as soon as the other program lets go."""
    with Library.open_for_writing(path):
        pass
    monkeypatch.setattr(file, "SILENCE", 0.0)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        told = Mock(side_effect=lambda: holder.execute("COMMIT"))
        with Library.open_for_writing(path, Patience(60.0, told)) as library:
            put(library, [entry("a")], "seen")
    told.assert_called_once_with()


def test_a_problem_is_a_problem_with_a_file(tmp_path: Path) -> None:
    """Whoever catches FileProblem catches it; it has exit code 4, and one line says what to do."""
    with pytest.raises(LibraryProblem) as caught:
        Library.open_for_reading(tmp_path)
    assert isinstance(caught.value, FileProblem)
    assert caught.value.exit_code is ExitCode.FILE
    assert str(caught.value) == (
        f"the library {tmp_path} is no file; move it away, or set CRYREC_HOME to another folder"
    )


def test_the_file_says_whose_it_is(path: Path) -> None:
    """Other programs can tell a library by its application id, and it needs no second file."""
    with Library.open_for_writing(path):
        pass
    head = path.read_bytes()[:100]
    assert head[68:72] == b"cryr"
    assert head[18:20] == b"\1\1"
    assert [each.name for each in path.parent.iterdir()] == ["library.db"]


def _with_moods(database: sqlite3.Connection) -> None:
    database.execute("ALTER TABLE entry ADD COLUMN mood TEXT")
    database.execute("UPDATE entry SET title = upper(title)")


def _broken(database: sqlite3.Connection) -> None:
    database.execute("UPDATE entry SET title = 'half way'")
    database.execute("DROP TABLE nothing_of_that_name")


@pytest.fixture
def version_1(path: Path) -> Path:
    """A library as the first version wrote it."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as database, database:
        schema.MIGRATIONS[0](database)
        database.execute("PRAGMA user_version = 1")
        database.execute(
            "INSERT INTO entry VALUES ('a', 'A', 'seen', 2, ?, 0)", (EARLY,)
        )
        changes = msgspec.json.encode(
            [Change("a", None, entry("a", rating=2))]
        ).decode()
        database.execute("INSERT INTO log VALUES (1, 'seen', ?)", (changes,))
    return path


def test_an_old_library_is_brought_forward(
    version_1: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later version reads an old file without touching it, and brings it forward to write.

    What was logged before can still be undone.
    """
    before = version_1.read_bytes()
    monkeypatch.setattr(
        schema, "MIGRATIONS", (*schema.MIGRATIONS, _with_moods)
    )
    with Library.open_for_reading(version_1) as library:
        assert [each.title for each in library.entries] == ["A"]
    assert version_1.read_bytes() == before
    with Library.open_for_writing(version_1) as library:
        assert put(library, [entry("b")], "seen")
        assert [each.id for each in library.entries] == ["a", "b"]
        undo(library)
        assert [each.id for each in undo(library)] == ["a"]
    assert int.from_bytes(version_1.read_bytes()[60:64], "big") == len(
        schema.MIGRATIONS
    )


def test_a_migration_that_fails_leaves_the_old_library(
    version_1: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Migrating is all or nothing, to the byte."""
    before = version_1.read_bytes()
    monkeypatch.setattr(
        schema, "MIGRATIONS", (*schema.MIGRATIONS, _with_moods, _broken)
    )
    with pytest.raises(LibraryProblem):
        Library.open_for_writing(version_1)
    assert version_1.read_bytes() == before


def test_a_library_that_was_brought_forward_meanwhile_is_not_written(
    version_1: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An update while an older process has the library open stops that one's next write."""
    with Library.open_for_writing(version_1) as old:
        with monkeypatch.context() as later:
            later.setattr(
                schema, "MIGRATIONS", (*schema.MIGRATIONS, _with_moods)
            )
            with Library.open_for_writing(version_1):
                pass
        before = version_1.read_bytes()
        with pytest.raises(
            LibraryProblem, match="newer cryrec; update cryrec"
        ):
            put(old, [entry("b")], "seen")
    assert version_1.read_bytes() == before


def test_the_library_needs_no_terminal() -> None:
    """The core has never heard of a command line: nothing that draws or asks is loaded with it."""
    probe = (
        "import sys, cryrec.library.store;"
        "print({'typer', 'rich', 'questionary', 'prompt_toolkit'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "set()\n"


IDS = st.sampled_from(["a", "b", "c", "mal:1"])
ENTRIES = st.builds(
    Entry,
    id=IDS,
    title=st.text(max_size=5),
    status=st.sampled_from(Status),
    rating=st.none() | st.integers(1, 5),
    at=st.sampled_from([EARLY, LATE]),
)


class LikeADictionary(RuleBasedStateMachine):
    """A library beside a plain dictionary and a list of the dictionaries before each change."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "library.db"
        self.known: dict[str, Entry] = {}
        self.past: list[dict[str, Entry]] = []
        self.library = Library.open_for_writing(self.path)

    def teardown(self) -> None:
        self.library.close()
        shutil.rmtree(self.folder)

    def become(
        self, now: dict[str, Entry], changes: tuple[Change, ...], was: int
    ) -> None:
        """Check what was reported, and remember the state before a change."""
        differ = {
            key
            for key in {*self.known, *now}
            if self.known.get(key) != now.get(key)
        }
        assert {change.id for change in changes} == differ
        assert all(c.before == self.known.get(c.id) for c in changes)
        assert all(c.after == now.get(c.id) for c in changes)
        if changes and was >= 0:
            self.past.append(self.known)
        self.known = now

    @rule(entries=st.lists(ENTRIES, max_size=4))
    def put(self, entries: list[Entry]) -> None:
        now = dict(self.known)
        for each in {each.id: each for each in entries}.values():
            old = now.get(each.id)
            same = old and (old.status, old.rating, old.forgotten) == (
                each.status,
                each.rating,
                False,
            )
            now[each.id] = old if old and same else each
        self.become(now, put(self.library, entries, "put"), was=1)

    @rule(ids=st.lists(IDS, max_size=3))
    def remove(self, ids: list[str]) -> None:
        now = {key: each for key, each in self.known.items() if key not in ids}
        self.become(now, remove(self.library, ids, "remove"), was=1)

    @rule()
    def reset_taste(self) -> None:
        now = {
            key: each
            if each.rating is None
            else msgspec.structs.replace(each, forgotten=True)
            for key, each in self.known.items()
        }
        self.become(now, self.library.change(forget_ratings, "taste"), was=1)

    @rule()
    def undo(self) -> None:
        now = self.past.pop() if self.past else self.known
        self.become(now, undo(self.library), was=-1)

    @rule()
    def offer(self) -> None:
        self.library.record_offered(list(self.known))

    @rule()
    def close_and_open(self) -> None:
        self.library.close()
        self.library = Library.open_for_writing(self.path)

    @invariant()
    def holds_the_same(self) -> None:
        expected = tuple(self.known[key] for key in sorted(self.known))
        with Library.open_for_reading(self.path) as reader:
            assert reader.entries == self.library.entries == expected
            assert (reader.last_change is None) == (not self.past)


def test_a_library_is_like_a_dictionary() -> None:
    """Whatever is put, removed, reset and undone, in any order, it stays like a dictionary."""
    run_state_machine_as_test(
        LikeADictionary,
        settings=settings(
            deadline=None, max_examples=30, stateful_step_count=30
        ),
    )
