"""A person's own library: seen, later and ratings, what was offered lately, and how to undo."""

from cryrec.library.entries import (
    Addition,
    AvoidChange,
    Change,
    Decide,
    Entry,
    Status,
    Undone,
    forget_ratings,
    merge,
)
from cryrec.library.file import READING, WRITING, LibraryProblem, Patience, is_there
from cryrec.library.store import OFFERED_KEPT, UNDO_KEPT, Library

__all__ = [
    "OFFERED_KEPT",
    "READING",
    "UNDO_KEPT",
    "WRITING",
    "Addition",
    "AvoidChange",
    "Change",
    "Decide",
    "Entry",
    "Library",
    "LibraryProblem",
    "Patience",
    "Status",
    "Undone",
    "forget_ratings",
    "is_there",
    "merge",
]
