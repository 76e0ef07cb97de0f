"""What a person says is kept, in their library and settings, so that `undo` can take it back.

Every change goes through here, whether a command or the conversation makes it: decided on what is
in the library at the moment of writing, not on what was there when somebody began to type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final

from cryrec import settings
from cryrec.catalogue import own
from cryrec.errors import FileProblem, UsageProblem
from cryrec.library.entries import (
    Addition,
    AvoidChange,
    Change,
    Entry,
    Status,
    Undone,
    forget_ratings,
    merge,
)
from cryrec.library.file import WRITING, Patience
from cryrec.library.store import Library
from cryrec.matching import Name
from cryrec.models import NoteId
from cryrec.paths import config_path, library_path
from cryrec.session import Session, now
from cryrec.terminal import say


def _say_waiting() -> None:
    say("another program is using the library; waiting for it (Ctrl-C stops)")


SAYING_SO: Final = Patience(WRITING.seconds, _say_waiting)
"""How a person who wants something written waits for another program."""

HARDLY: Final = Patience(0.5)
"""For what nobody asked to be written, and nobody should wait for."""


def entries() -> tuple[Entry, ...]:
    """The library before something is written to it. Raises LibraryProblem."""
    with Library.open_for_reading(library_path(), SAYING_SO) as library:
        return library.entries


def find_work(session: Session, words: Sequence[str]) -> Name:
    """The work that `words` name: in the catalogue, or in the library from an older one.

    Raises UnknownName, AmbiguousName or LibraryProblem.
    """
    library_names = [Name(entry.id, entry.title) for entry in entries()]
    return session.catalogue.find_work(" ".join(words), library_names)


def mark_seen(work: Name, rating: int | None) -> tuple[Change, ...]:
    """Remember that a work was seen; seen again without a rating, what was said before stays."""

    def seen(before: Entry | None) -> Entry:
        if before and before.status is Status.SEEN and rating is None:
            return before
        return Entry(work.key, work.text, Status.SEEN, rating, now())

    return _change_one(work, seen, "seen")


def put_on_watchlist(work: Name) -> tuple[Change, ...]:
    """Remember that a work is to be seen; UsageProblem if it was, so that no rating is lost."""

    def later(before: Entry | None) -> Entry:
        if before and before.status is Status.SEEN:
            raise UsageProblem(
                f"{work.text} is seen already; cryrec forget {work.key} first"
            )
        return Entry(work.key, work.text, Status.LATER, None, now())

    return _change_one(work, later, "later")


def forget(work: Name) -> tuple[Change, ...]:
    """Take a work out of the library, whatever was said of it."""
    return _change_one(work, lambda _: None, "forget")


def reset_taste() -> tuple[Change, ...]:
    """Let the ratings until now count no more; the entries keep showing them."""
    with _library() as library:
        return library.change(forget_ratings, "taste")


def take_over(additions: Sequence[Entry]) -> tuple[Change, ...]:
    """Add entries of another list, as far as they say more than is known."""

    def merged(entries: Mapping[str, Entry]) -> dict[str, Entry | None]:
        return {entry.id: entry for entry in merge(entries, additions)}

    with _library() as library:
        return library.change(merged, "import")


def record_offered(ids: Sequence[str]) -> None:
    """Remember what a conversation offered; silently not, where that cannot be done at once."""
    with (
        suppress(FileProblem),
        Library.open_for_writing(library_path(), HARDLY) as library,
    ):
        library.record_offered(ids)


def avoid_always(notes: tuple[NoteId, ...] | None) -> bool:
    """Steer clear of these in every run, or, with None, of what each run says.

    Settings that cannot be understood are left alone. False, and said so, where the library cannot
    be written, so that `undo` will not know of the change. Raises FileProblem.
    """
    path = config_path()
    before = settings.load(path).avoid
    if notes == before:
        return True
    settings.save(path, settings.Settings(notes))
    try:
        with _library() as library:
            library.record_avoided(AvoidChange(before, notes))
    except FileProblem as error:
        say(f"{error}; cryrec undo will not know of this change")
        return False
    return True


def add_title(entry: str) -> None:
    """Put the text of an entry into the person's own catalogue.

    Said so, where the library cannot be written, so that `undo` will not know. Raises FileProblem.
    """
    addition = own.append(entry, own.own_path())
    try:
        with _library() as library:
            library.record_added(addition)
    except FileProblem as error:
        say(f"{error}; cryrec undo will not know of this title")


def undo() -> Undone | None:
    """Take back the last change, of library, settings or catalogue; None if there is none."""
    with Library.open_for_reading(library_path(), SAYING_SO) as library:
        if library.last_change is None:
            return None
    with _library() as library:
        return library.undo(_restore, _take_out)


def _restore(logged: AvoidChange) -> AvoidChange | None:
    """Make the settings what they were; None, and said so, where somebody has changed them since.

    What they hold now may protect somebody.
    """
    path = config_path()
    present = settings.load(path).avoid
    if present != logged.after:
        say(f"the settings {path} were changed since, and stay as they are")
        return None
    settings.save(path, settings.Settings(logged.before))
    return AvoidChange(logged.after, logged.before)


def _take_out(addition: Addition) -> bool:
    """Take a title out of its file; False, and said so, where it does not stand there any more."""
    if own.take_out(addition):
        return True
    say(f"the title in {addition.path} was changed since, and stays as it is")
    return False


def _change_one(
    work: Name, decide: Callable[[Entry | None], Entry | None], label: str
) -> tuple[Change, ...]:
    """Make the entry of one work what `decide` says, given the entry there is."""

    def decide_one(entries: Mapping[str, Entry]) -> dict[str, Entry | None]:
        entry_before = entries.get(work.key)
        return {work.key: decide(entry_before)}

    with _library() as library:
        return library.change(decide_one, label)


def _library() -> Library:
    return Library.open_for_writing(library_path(), SAYING_SO)
