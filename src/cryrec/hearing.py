"""A person's own words, heard: the flags that say the same, and what has to be said about them.

The words become what a flag takes, so that there is one way from words to answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import structs

from cryrec.errors import (
    NotANote,
    NothingToShow,
    NotRuledOut,
    Unclear,
    UsageProblem,
    nearest,
)
from cryrec.matching import normalise
from cryrec.models import (
    MOST_TISSUES,
    NOTE_ALIASES,
    Aftertaste,
    Band,
    Format,
    Mood,
    NoteId,
    Setting,
)
from cryrec.recommend.answers import ANY, AnswerName, Answers
from cryrec.recommend.parsing import Flags, read_answers
from cryrec.session import Session
from cryrec.terminal import say
from cryrec.views.notices import about_words
from cryrec.wording.lexicon import COUNT, DIRECTION, load_lexicon
from cryrec.wording.names import Named
from cryrec.wording.reading import Reading, read_sentence
from cryrec.wording.settling import Understood

NOTHING_SAID: Final = Flags()

_VALUES: Final[dict[str, Sequence[str]]] = {
    AnswerName.MOOD: tuple(Mood),
    AnswerName.TIME: tuple(Band),
    AnswerName.FORMAT: tuple(Format),
    AnswerName.TISSUES: tuple(map(str, range(1, MOST_TISSUES + 1))),
    AnswerName.SETTING: tuple(Setting),
    AnswerName.AFTERTASTE: tuple(Aftertaste),
}

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
        score = matches[0].score if matches else 0
        return Named(ids, score)

    @property
    def studios(self) -> frozenset[str]:
        """The names of studios in the form in which words are compared."""
        names = self._session.catalogue.studio_names
        return frozenset(normalise(name.text) for name in names)

    def is_told(self, word: str) -> bool:
        """Whether a word stands in what titles are about."""
        return self._session.premises.is_told(word)


def hear(
    sentence: str, flags: Flags, session: Session
) -> tuple[Flags, Reading]:
    """The flags with what a sentence adds to them, and its reading.

    A flag beats a word, but for what is steered clear of, which adds up. Raises NotANote or
    NotRuledOut for what somebody rules out and no content note stands for, Unclear for a harm of
    which nobody says whether it is wanted, UsageProblem for a text too long.
    """
    reading = read_line(sentence, session)
    if reading.refused or reading.unclear:
        raise _refusal(reading)
    unbeaten = _unbeaten(reading, flags)
    return read_words(unbeaten, flags), unbeaten


def _refusal(reading: Reading) -> UsageProblem:
    """Why nothing can be suggested: what no note keeps comes first, then the rest."""
    answers = [answered.words for answered in reading.ruled_out]
    harms = [harm for harm in reading.refused if harm not in answers]
    if harms:
        near_notes = filter(None, map(_nearest_note, harms))
        all_notes = [*NOTE_ALIASES, *NoteId]
        return NotANote(harms, list(dict.fromkeys(near_notes)), all_notes)
    if reading.ruled_out:
        return _not_ruled_out(reading.ruled_out)
    return Unclear(reading.unclear[0])


def _not_ruled_out(answers: Sequence[Understood]) -> NotRuledOut:
    """Why some answers cannot be ruled out, and what can be asked for in their place."""
    answer = answers[0].answer
    alike = [answered for answered in answers if answered.answer == answer]
    ruled_out_words = [answered.words for answered in alike]
    unwanted_values = {answered.value for answered in alike}
    all_values = _VALUES.get(answer, ())
    values_left = [
        value for value in all_values if value not in unwanted_values
    ]
    flag = f"--{answer.replace('_', '-')}"
    return NotRuledOut(ruled_out_words, flag, values_left or [ANY])


def say_heard(reading: Reading) -> None:
    """What was made of a sentence, and what was not understood, on stderr."""
    for line in about_words(reading):
        say(line)


def read_line(sentence: str, session: Session) -> Reading:
    """What a sentence says, with what it cannot be refused for; raises UsageProblem if too long."""
    return read_sentence(sentence, load_lexicon(), _Titles(session))


def understand(session: Session, line: str, answers: Answers) -> Answers:
    """The answers that were given before, and what a line adds to them.

    Raises UsageProblem for what must not be passed over.
    """
    try:
        flags, reading = hear(line, NOTHING_SAID, session)
        heard = read_answers(flags, session)
    except NothingToShow as error:  # a name that fits two titles: ask again
        raise UsageProblem(str(error)) from error
    say_heard(reading)
    changes: dict[str, object] = {
        name: getattr(heard, name) for name in heard.given
    }
    changes["avoid"] = tuple(sorted({*answers.avoid, *heard.avoid}))
    if heard.like is not None:
        changes["like"] = heard.like
        changes["directions"] = heard.directions
    if heard.words:
        changes["wished"] = heard.wished
    return structs.replace(answers, **changes)


def _nearest_note(thing: str) -> str | None:
    """The content note that comes nearest to some words; None if none is near."""
    phrase = thing.lower()
    notes_by_word = {
        word: note for note in reversed(NoteId) for word in note.split("-")
    }
    choices = [*NoteId, *NOTE_ALIASES, *notes_by_word]
    for part in (phrase, *phrase.split()):
        near = nearest(part, choices)
        if near:
            return notes_by_word.get(near, near)
    return None


def _unbeaten(reading: Reading, flags: Flags) -> Reading:
    """The reading without the answers that a flag gives already."""
    beaten: set[str] = {
        answer
        for answer in (*_SINGLE, AnswerName.MOOD)
        if getattr(flags, answer)
    }
    has_origin = flags.like or reading.values(AnswerName.LIKE)
    if flags.directions or not has_origin:
        beaten.add(DIRECTION)
    unbeaten = tuple(
        understood
        for understood in reading.understood
        if understood.answer not in beaten
    )
    return reading._replace(understood=unbeaten)


def read_words(reading: Reading, flags: Flags) -> Flags:
    """The flags with the answers and the wishes of a reading added."""
    changes: dict[str, object] = {"words": list(reading.wishes)}
    for answer in _SINGLE:
        values = reading.values(answer)
        if values:
            changes[answer] = values[0]
    moods = reading.values(AnswerName.MOOD)
    if moods:
        changes["mood"] = list(moods)
    changes["avoid"] = [*flags.avoid, *reading.values(AnswerName.AVOID)]
    for direction in reading.values(DIRECTION):
        changes[direction] = True
    counts = reading.values(COUNT)
    if counts and flags.count == NOTHING_SAID.count:
        changes["count"] = counts[0]
    return structs.replace(flags, **changes)
