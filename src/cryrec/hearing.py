"""A person's own words, heard: the flags that say the same, and what has to be said about them.

The words become what a flag takes, so that there is one way from words to answers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from msgspec import structs

from cryrec.errors import NotANote, NothingToShow, UsageProblem, nearest
from cryrec.models import NOTE_ALIASES, NoteId
from cryrec.recommend.answers import AnswerName, Answers, Direction
from cryrec.recommend.parsing import Flags, read_answers
from cryrec.session import Session
from cryrec.terminal import say
from cryrec.views.notices import about_words
from cryrec.wording import Named, Reading, load_lexicon, read_sentence
from cryrec.wording.lexicon import COUNT, DIRECTION

NOTHING_SAID: Final = Flags()

_SINGLE: Final = (
    AnswerName.TIME,
    AnswerName.TISSUES,
    AnswerName.FORMAT,
    AnswerName.SETTING,
    AnswerName.AFTERTASTE,
    AnswerName.MAX_AGE,
    AnswerName.LIKE,
)


class _Titles:
    """What a sentence has to know of the open titles."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def named(self, words: str) -> Named:
        """The titles of that name."""
        matches = self._session.catalogue.search(words).named
        ids = tuple(match.key for match in matches)
        return Named(ids, matches[0].score if matches else 0)

    def is_told(self, word: str) -> bool:
        """Whether a word stands in what titles are about."""
        return self._session.premises.is_told(word)


def hear(sentence: str, flags: Flags, session: Session) -> tuple[Flags, Reading]:
    """The flags with what a sentence adds to them, and its reading.

    A flag beats a word, but for what is steered clear of, which adds up. Raises NotANote for
    what somebody rules out and no content note stands for, UsageProblem for a text too long.
    """
    reading = read_line(sentence, session)
    if reading.refused:
        near = [note for thing in reading.refused if (note := _nearest_note(thing))]
        raise NotANote(
            reading.refused, list(dict.fromkeys(near)), [*NoteId, *NOTE_ALIASES]
        )
    reading = _unbeaten(reading, flags)
    return read_words(reading, flags), reading


def say_heard(reading: Reading) -> None:
    """What was made of a sentence, and what was not understood, on stderr."""
    for line in about_words(reading):
        say(line)


def read_line(sentence: str, session: Session) -> Reading:
    """What a sentence says, with what it cannot be refused for; raises UsageProblem if too long."""
    return read_sentence(sentence, load_lexicon(), _Titles(session))


def understand(session: Session) -> Callable[[str, Answers], Answers]:
    """A way to read a line into answers that were given before.

    It raises UsageProblem for what must not be passed over.
    """
    return partial(_understand, session)


def _understand(session: Session, line: str, answers: Answers) -> Answers:
    try:
        flags, reading = hear(line, NOTHING_SAID, session)
        said = read_answers(flags, session)
    except NothingToShow as error:  # a name that fits two titles: ask again
        raise UsageProblem(str(error)) from error
    say_heard(reading)
    changes: dict[str, object] = {name: getattr(said, name) for name in said.given}
    changes["avoid"] = tuple(sorted({*answers.avoid, *said.avoid}))
    if said.like is not None:
        changes |= {"like": said.like, "directions": said.directions}
    if said.words:
        changes["wished"] = said.wished
    return structs.replace(answers, **changes)


def _nearest_note(thing: str) -> str | None:
    """The content note that comes nearest to some words; None if none is near."""
    notes = {word: note for note in reversed(NoteId) for word in note.split("-")}
    for word in (thing.lower(), *thing.lower().split()):
        if near := nearest(word, [*NoteId, *NOTE_ALIASES, *notes]):
            return notes.get(near, near)
    return None


def _unbeaten(reading: Reading, flags: Flags) -> Reading:
    """The reading without the answers that a flag gives already."""
    beaten: set[str] = {
        name for name in (*_SINGLE, AnswerName.MOOD) if getattr(flags, name)
    }
    has_origin = bool(flags.like or reading.values(AnswerName.LIKE))
    if flags.directions or not has_origin:
        beaten.add(DIRECTION)
    kept = tuple(each for each in reading.understood if each.answer not in beaten)
    return reading._replace(understood=kept)


def read_words(reading: Reading, flags: Flags) -> Flags:
    """The flags with the answers and the wishes of a reading added."""
    changes: dict[str, object] = {"words": list(reading.wishes)}
    for name in _SINGLE:
        if values := reading.values(name):
            changes[name] = values[0]
    if moods := reading.values(AnswerName.MOOD):
        changes["mood"] = list(moods)
    changes["avoid"] = [*flags.avoid, *reading.values(AnswerName.AVOID)]
    for direction in Direction:
        if direction.value in reading.values(DIRECTION):
            changes[direction.value] = True
    if (counts := reading.values(COUNT)) and flags.count == NOTHING_SAID.count:
        changes["count"] = counts[0]
    return structs.replace(flags, **changes)
