"""What the shell completes: words that work as they stand, without quotes.

The framework drops what does not begin with the very letters that were typed, so every word keeps
them as they are, case and all. Where nothing begins so, what was typed is the one thing offered: a
shell that gets no word at all falls back to the files of the folder, which are never meant.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import typer

from cryrec.matching import normalise
from cryrec.models import (
    MOST_TISSUES,
    NOTE_ALIASES,
    TISSUE_WORDS,
    Aftertaste,
    Band,
    Format,
    Mood,
    NoteId,
    Setting,
    Shelf,
    Title,
)
from cryrec.recommend.parsing import MOST_CARDS
from cryrec.session import Session

Completion = list[tuple[str, str]]
"""Words, each with what it means."""

# A word with one of these was quoted, and what is inserted would have to be quoted again.
_QUOTED: Final = re.compile(r"[\s\"'\\;&|<>()$`*?\[\]{}!#~]")


def complete_mood(incomplete: str) -> Completion:
    """The kinds of cry."""
    return _starting(incomplete, ((mood.value, mood.label) for mood in Mood))


def complete_time(incomplete: str) -> Completion:
    """The bands of time."""
    return _starting(incomplete, ((band.value, band.label) for band in Band))


def complete_format(incomplete: str) -> Completion:
    """Film or series."""
    return _starting(
        incomplete, ((format.value, format.label) for format in Format)
    )


def complete_tissues(incomplete: str) -> Completion:
    """One to five, in words."""
    numbers = map(str, range(1, MOST_TISSUES + 1))
    return _starting(incomplete, zip(numbers, TISSUE_WORDS, strict=True))


def complete_note(incomplete: str) -> Completion:
    """The content notes and their everyday names; after a comma, one more."""
    before, comma, last = incomplete.rpartition(",")
    notes = {note.value: note.label for note in NoteId}
    for alias, ids in NOTE_ALIASES.items():
        notes[alias] = ", ".join(note.label for note in ids)
    last_notes = _starting(last, notes.items())
    return [(before + comma + note, help) for note, help in last_notes]


def complete_setting(incomplete: str) -> Completion:
    """The settings."""
    settings = ((setting.value, setting.label) for setting in Setting)
    return _starting(incomplete, settings)


def complete_shelf(incomplete: str) -> Completion:
    """The shelves."""
    return _starting(incomplete, ((shelf.value, "") for shelf in Shelf))


def complete_aftertaste(incomplete: str) -> Completion:
    """How one wants to be left."""
    return _starting(
        incomplete, ((aftertaste.value, "") for aftertaste in Aftertaste)
    )


def complete_order(incomplete: str) -> Completion:
    """What a list may be sorted by."""
    from cryrec.commands.list import ORDERS

    return _starting(incomplete, ((order, "") for order in ORDERS))


def complete_count(incomplete: str) -> Completion:
    """How many cards there may be."""
    return _starting(incomplete, _numbers(1, MOST_CARDS))


def complete_rating(incomplete: str) -> Completion:
    """One to five."""
    return _starting(incomplete, _numbers(1, 5))


def complete_age(incomplete: str) -> Completion:
    """The ages that make a difference: those that titles are for."""
    return _starting(
        incomplete, _known_numbers(title.age for title in _titles())
    )


def complete_minutes(incomplete: str) -> Completion:
    """The lengths that there are."""
    return _starting(
        incomplete, _known_numbers(title.minutes for title in _titles())
    )


def complete_episodes(incomplete: str) -> Completion:
    """The numbers of episodes that there are."""
    return _starting(
        incomplete, _known_numbers(title.episodes for title in _titles())
    )


def complete_year(incomplete: str) -> Completion:
    """The years that there are."""
    return _starting(
        incomplete, _known_numbers(title.year for title in _titles())
    )


def complete_task(incomplete: str) -> Completion:
    """What can be done with the catalogue files."""
    from cryrec.commands.catalogue import Task

    return _starting(incomplete, ((task.value, "") for task in Task))


def complete_nothing(incomplete: str) -> Completion:
    """For words of one's own: what was typed, so that no shell offers its files instead."""
    return [(incomplete or "...", "")]


def _titles() -> Sequence[Title]:
    return Session(is_quiet=True).catalogue.titles


def _known_numbers(numbers: Iterable[int | None]) -> Iterator[tuple[str, str]]:
    known_numbers = {number for number in numbers if number is not None}
    return ((str(number), "") for number in sorted(known_numbers))


def complete_title(incomplete: str) -> Completion:
    """One word for each title that has a name beginning so: its id, or that name with hyphens."""
    return _title_words([], incomplete)


def complete_title_words(ctx: typer.Context, incomplete: str) -> Completion:
    """The rest of each title whose name goes on so after the words before."""
    return _title_words(ctx.params.get("words") or [], incomplete)


def complete_studio(incomplete: str) -> Completion:
    """One word for each studio that has a name beginning so."""
    names = Session(is_quiet=True).catalogue.studio_names
    return _named(
        [], incomplete, ((name.key, name.text, name.key) for name in names)
    )


def _title_words(words_before: list[str], incomplete: str) -> Completion:
    names = (
        (title.id, name, title.title)
        for title in _titles()
        for name in (title.id, *title.own_names)
    )
    return _named(words_before, incomplete, names)


def _named(
    words_before: list[str],
    incomplete: str,
    names: Iterable[tuple[str, str, str]],
) -> Completion:
    """The rest of the first name of each thing that goes on so.

    A name comes with the key of what it names, and with what that is called.
    """
    if _QUOTED.search(incomplete):
        return []
    beginning = _slug(" ".join(words_before))
    if words_before:
        beginning += "-"
    typed = _slug(incomplete)
    if incomplete.endswith("-"):
        typed += "-"
    rests: dict[str, tuple[str, str]] = {}
    for key, name, label in names:
        slug = _slug(name)
        if key not in rests and slug.startswith(beginning + typed):
            rests[key] = slug.removeprefix(beginning), label
    return _keeping(incomplete, typed, rests.values())


def _slug(name: str) -> str:
    """A name as one word of letters, digits and hyphens, which leads to the same title."""
    return normalise(name).replace(" ", "-")


def _starting(incomplete: str, words: Iterable[tuple[str, str]]) -> Completion:
    """The words that `incomplete` begins, whatever its case."""
    typed = incomplete.lower()
    starting = ((word, help) for word, help in words if word.startswith(typed))
    return _keeping(incomplete, typed, starting)


def _keeping(
    incomplete: str, typed: str, words: Iterable[tuple[str, str]]
) -> Completion:
    """The words with their beginning as it was typed; that alone if there are none."""
    size = len(typed)
    if size != len(incomplete):
        return []
    completed_words = [
        (incomplete + word[size:], help) for word, help in words
    ]
    if completed_words or not incomplete:
        return completed_words
    return [(incomplete, "")]


def _numbers(first: int, last: int) -> Iterator[tuple[str, str]]:
    return ((str(number), "") for number in range(first, last + 1))
