"""What another program, or somebody with time, may put into a library: by name, done for real."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"

ENTRY = """
CREATE TABLE entry (id TEXT PRIMARY KEY, title TEXT NOT NULL, status TEXT NOT NULL{checks},
rating INTEGER, at TEXT NOT NULL, forgotten INTEGER NOT NULL{more}) WITHOUT ROWID
"""


def _instead(definition: str) -> str:
    """The entries moved away, and something else in their place."""
    return f"ALTER TABLE entry RENAME TO hidden; {definition}"


SCRIPTS = {
    "a trigger that logs without end": """
        CREATE TRIGGER again AFTER DELETE ON log BEGIN
        INSERT INTO log SELECT old.number, hex(randomblob(9000)), old.changes, old.avoided; END""",
    "a trigger that fills the disk": f"""
        CREATE TRIGGER fill AFTER INSERT ON log BEGIN
        INSERT INTO offered (ids) SELECT hex(x) FROM ({ENDLESS}); END""",
    "a trigger that loses what is written": """
        CREATE TRIGGER lose AFTER INSERT ON entry BEGIN DELETE FROM entry; END""",
    "a trigger that refuses": """
        CREATE TRIGGER no BEFORE INSERT ON entry BEGIN SELECT raise(ABORT, 'two
        lines'); END""",
    "a trigger that calls what is not there": """
        CREATE TRIGGER call AFTER INSERT ON entry BEGIN SELECT nobody(new.id); END""",
    "a view without end for the log": f"""
        DROP TABLE log;
        CREATE VIEW log AS SELECT x AS number, '' AS label, '' AS changes FROM ({ENDLESS})""",
    "a view for the entries": _instead(
        "CREATE VIEW entry AS SELECT * FROM hidden"
    ),
    "a view without end for the entries": _instead(
        "CREATE VIEW entry AS SELECT x AS id, x AS title, 'seen' AS status, 1 AS rating,"
        f" '' AS at, 0 AS forgotten FROM ({ENDLESS})"
    ),
    "a computed column": _instead(
        ENTRY.format(checks="", more=", big TEXT AS (hex(zeroblob(1000000)))")
    ),
    "a title that is computed": _instead(
        "CREATE TABLE entry (id TEXT PRIMARY KEY, title TEXT AS (char(27) || '[2J'),"
        " status TEXT, rating INTEGER, at TEXT, forgotten INTEGER)"
    ),
    "a check that takes long": _instead(
        ENTRY.format(
            checks=" CHECK (length(replace(hex(zeroblob(1000000)), '0', title)))",
            more="",
        )
    ),
    "a check that calls what is not there": """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_master SET sql = replace(sql, 'rating BETWEEN 1 AND 5', 'nobody(rating)')
        WHERE name = 'entry'""",
    "no checks": _instead(
        ENTRY.format(checks="", more="") + "; DROP TABLE hidden"
    ),
    "a table more": "CREATE TABLE notes (text)",
    "a table of the optimiser's": "ANALYZE",
    "an index over something computed": "CREATE INDEX odd ON entry (hex(zeroblob(1000000)))",
    "a virtual table": _instead(
        "CREATE VIRTUAL TABLE entry USING fts5(id, title, status, rating, at, forgotten)"
    ),
    "a table missing": "DROP TABLE log",
    "a column more": "ALTER TABLE offered ADD COLUMN more TEXT",
    "a definition that is none": """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_master SET sql = 'CREATE NOTHING' WHERE name = 'log'""",
    "a version before the first": "PRAGMA user_version = -1",
    "no version": "PRAGMA user_version = 0",
    "an older version than its tables": "PRAGMA user_version = 1",
    "another program's tables": """
        DROP TABLE entry; DROP TABLE log; DROP TABLE offered; CREATE TABLE cookies (host)""",
    "a rating of 11": "PRAGMA ignore_check_constraints = ON; UPDATE entry SET rating = 11",
    "an unknown status": "PRAGMA ignore_check_constraints = ON; UPDATE entry SET status = 'lost'",
    "a title that is no text": "UPDATE entry SET title = x'00ff'",
    "a title that is no UTF-8": "UPDATE entry SET title = CAST(x'ff80fe' AS TEXT)",
    "an id of escapes": "UPDATE entry SET id = char(27) || '[2J'",
    "an id of a thousand lines": "UPDATE entry SET id = replace(hex(zeroblob(500)), '0', char(10))",
    "an offer that is no list": "INSERT INTO offered (ids) VALUES ('{}')",
    "an offer without end": (
        "INSERT INTO offered (ids) VALUES (replace(hex(zeroblob(500000)), '0', '['))"
    ),
    "a row of 70 MB": "UPDATE entry SET title = zeroblob(70000000)",
    "the last number there is": "UPDATE log SET number = 9223372036854775807",
    "a number below the first": "UPDATE log SET number = -1",
}

NEWER = "PRAGMA user_version = 99; "


def script(path: Path, statements: str) -> None:
    """Run some SQL on a library, as another program would."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript(statements)
        database.commit()


def _tampered(statements: str) -> Callable[[Path], None]:
    return lambda path: script(path, statements)


def _huge(path: Path) -> None:
    os.truncate(path, 2**40)  # all of it a hole


def _pipe_for_a_journal(path: Path) -> None:
    os.mkfifo(path.with_name("library.db-journal"))


TAMPERED: dict[str, Callable[[Path], None]] = {
    **{name: _tampered(statements) for name, statements in SCRIPTS.items()},
    **{
        f"{name}, of a newer version": _tampered(NEWER + SCRIPTS[name])
        for name in (
            "a view without end for the log",
            "a view without end for the entries",
            "a title that is computed",
            "a virtual table",
            "a row of 70 MB",
        )
    },
    "a terabyte": _huge,
    "a pipe for a journal": _pipe_for_a_journal,
}
