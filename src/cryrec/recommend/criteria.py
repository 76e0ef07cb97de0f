"""One row an answer: what passes it, what gives way when nothing does, what it is worth.

Suggesting, loosening, `--why-not` and the counts in questions and keys all ask here, so they cannot
disagree. A fact that is not known satisfies no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Generic, NamedTuple, TypeVar

from cryrec.models import (
    IMPLIED_NOTES,
    Aftertaste,
    Format,
    Mood,
    NoteId,
    Setting,
    Shelf,
    Title,
)
from cryrec.recommend.answers import (
    ANY,
    AnswerName,
    Answers,
    TimeLimit,
    Wished,
)
from cryrec.recommend.ledger import (
    AFTERTASTE_POINTS,
    aftertaste_points,
    mood_points,
    time_points,
    tissues_points,
)

Value = TypeVar("Value")


class Step(NamedTuple):
    """One way to loosen an answer: what that costs, and what then stands in its place.

    `word` is how a script reads it; `value` is None where everything passes then.
    """

    cost: int
    word: str
    value: Any


class Criterion(NamedTuple, Generic[Value]):
    """What one answer decides about titles. An answer left open has no value and decides nothing.

    `passes` keeps titles out, and `agrees`, where it is stricter, says which are exactly as asked.
    `steps` loosen the answer, cheapest first; one without any is never loosened. `points` are what
    a title is worth for it, where it counts at all; `word` is the value as a script reads it.
    """

    value: Callable[[Answers], Value | None]
    passes: Callable[[Title, Value], bool]
    steps: Callable[[Value], Iterator[Step]]
    points: Callable[[Title, Value], int] | None = None
    word: Callable[[Value], str] = str
    agrees: Callable[[Title, Value], bool] | None = None

    def is_met_exactly(self, title: Title, value: Value) -> bool:
        """Whether a title is just as asked."""
        agrees = self.agrees or self.passes
        return agrees(title, value)


# --- what passes --------------------------------------------------------------------------------


def has_mood(title: Title, asked: tuple[Mood, ...]) -> bool:
    """Any of the kinds of cry asked for runs through it, however thin."""
    return any(tag.id in asked for tag in title.moods)


def fits_time(title: Title, limit: TimeLimit) -> bool:
    """Its honest minutes, prerequisites included, fit."""
    return limit.holds(title.minutes_total)


def has_format(title: Title, asked: Format) -> bool:
    """A film or a series, as asked."""
    return title.format is asked


def is_bearable(title: Title, asked: int) -> bool:
    """At most one tissue more than asked: a shade harder is bearable, two is another evening."""
    return title.tissues is not None and title.tissues <= asked + 1


def hits_exactly(title: Title, asked: int) -> bool:
    """The number of tissues asked for, neither more nor fewer."""
    return title.tissues == asked


def has_setting(title: Title, asked: Setting) -> bool:
    """Any of its settings is the one asked for."""
    return asked in title.setting


def suits_age(title: Title, age: int) -> bool:
    """Suitable from the age given or younger."""
    return title.age is not None and title.age <= age


GROWN_UP: Final = 18
"""The age from which a title is for those who asked for it, and never a surprise."""


def is_for_grown_ups(title: Title) -> bool:
    """Known to be for nobody younger."""
    return title.age is not None and title.age >= GROWN_UP


class Avoided(NamedTuple):
    """The notes that keep a title out, and whether one whose notes nobody wrote down may pass."""

    notes: frozenset[NoteId]
    include_uncurated: bool


def is_clear_of(title: Title, avoided: Avoided) -> bool:
    """No content note to be avoided: at any level, plot-revealing or unchecked ones too."""
    if title.notes is None:
        return avoided.include_uncurated
    return not any(note.id in avoided.notes for note in title.notes)


def is_noted_clear_of(title: Title, avoided: Avoided) -> bool:
    """Its notes were written down, and none of them is to be avoided."""
    return title.notes is not None and is_clear_of(title, avoided)


def stands_on(title: Title, shelves: tuple[Shelf, ...]) -> bool:
    """On one of the shelves asked for."""
    return title.shelf in shelves


def is_unseen(title: Title, seen: frozenset[str]) -> bool:
    """Not among the works that somebody has seen."""
    return title.id not in seen


def always(title: Title, asked: Aftertaste) -> bool:
    """Nothing is kept out by this answer: it only counts."""
    return True


def leaves_exactly(title: Title, asked: Aftertaste) -> bool:
    """The ending leaves somebody just as they wish."""
    return aftertaste_points(title, asked) == AFTERTASTE_POINTS[0]


# --- what gives way -----------------------------------------------------------------------------


def never(value: object) -> Iterator[Step]:
    """No step at all: the answer protects somebody, or keeps nothing out."""
    return iter(())


def dropped_for(
    cost: int, word: str = ANY
) -> Callable[[object], Iterator[Step]]:
    """The one step of leaving the answer open."""
    return lambda _: iter((Step(cost, word, None),))


def mood_steps(asked: tuple[Mood, ...]) -> Iterator[Step]:
    """To the neighbours of the moods asked for, then to any mood."""
    neighbours = (near for mood in asked for near in mood.neighbours)
    yield Step(4, "neighbours", (*asked, *sorted(neighbours)))
    yield Step(8, ANY, None)


def time_steps(limit: TimeLimit) -> Iterator[Step]:
    """One band longer, if there is one."""
    if limit.loosened is not None:
        yield Step(16, limit.loosened.word, limit.loosened)


# --- the rows -----------------------------------------------------------------------------------


def _seen(answers: Answers) -> frozenset[str] | None:
    if answers.include_seen:
        return None
    return answers.person.seen or None


def _avoided(answers: Answers) -> Avoided | None:
    if not answers.avoid:
        return None
    return Avoided(meant_by(answers.avoid), answers.include_uncurated)


class Wishes(NamedTuple):
    """Words that were wished for, and what they come to in each title in which one stands.

    Told apart by the words alone: in one catalogue the same words come to the same.
    """

    words: tuple[str, ...]
    wished: Mapping[str, Wished]

    def __hash__(self) -> int:
        """The words are what a table of points is kept by."""
        return hash(self.words)


def _wishes(answers: Answers) -> Wishes | None:
    return Wishes(answers.words, answers.wished) if answers.words else None


def is_about(title: Title, wishes: Wishes) -> bool:
    """At least one of the words stands in what it is about."""
    return title.id in wishes.wished


def wish_points(title: Title, wishes: Wishes) -> int:
    """As many as the words that stand in what it is about come to."""
    wished = wishes.wished.get(title.id)
    return wished.points if wished else 0


def meant_by(avoid: Iterable[NoteId]) -> frozenset[NoteId]:
    """The notes that keep a title out where somebody steers clear of `avoid`."""
    notes = frozenset(avoid)
    return notes.union(*(IMPLIED_NOTES.get(note, ()) for note in notes))


CRITERIA: Final[dict[AnswerName, Criterion[Any]]] = {
    AnswerName.MOOD: Criterion(
        value=lambda answers: answers.mood or None,
        passes=has_mood,
        steps=mood_steps,
        points=mood_points,
        word=",".join,
    ),
    AnswerName.TISSUES: Criterion(
        value=lambda answers: answers.tissues,
        passes=is_bearable,
        steps=dropped_for(32),
        points=tissues_points,
        agrees=hits_exactly,
    ),
    AnswerName.TIME: Criterion(
        value=lambda answers: answers.time,
        passes=fits_time,
        steps=time_steps,
        points=time_points,
        word=lambda limit: limit.word,
    ),
    AnswerName.WORDS: Criterion(
        value=_wishes,
        passes=always,
        steps=never,
        points=wish_points,
        word=lambda wishes: " ".join(wishes.words),
        agrees=is_about,
    ),
    AnswerName.AFTERTASTE: Criterion(
        value=lambda answers: answers.aftertaste,
        passes=always,
        steps=never,
        points=aftertaste_points,
        agrees=leaves_exactly,
    ),
    AnswerName.FORMAT: Criterion(
        value=lambda answers: answers.format,
        passes=has_format,
        steps=dropped_for(2),
    ),
    AnswerName.SETTING: Criterion(
        value=lambda answers: answers.setting,
        passes=has_setting,
        steps=dropped_for(1),
    ),
    AnswerName.SEEN: Criterion(
        value=_seen,
        passes=is_unseen,
        steps=dropped_for(64, "included"),
        word=lambda _: "skipped",
    ),
    AnswerName.MAX_AGE: Criterion(
        value=lambda answers: answers.max_age,
        passes=suits_age,
        steps=never,
    ),
    AnswerName.SHELF: Criterion(
        value=lambda answers: answers.shelf or None,
        passes=stands_on,
        steps=never,
    ),
    AnswerName.AVOID: Criterion(
        value=_avoided,
        passes=is_clear_of,
        steps=never,
        agrees=is_noted_clear_of,
    ),
}
"""Every answer's row, those that count first, in the order of their weight.

Each cost is more than all the cheaper ones together, so the dearest answer that can stay does stay.
"""


def asked(
    answers: Answers,
) -> Iterator[tuple[AnswerName, Criterion[Any], Any]]:
    """Each answer that was given, with its row and what it says."""
    for name, criterion in CRITERIA.items():
        value = criterion.value(answers)
        if value is not None:
            yield name, criterion, value


def failed(title: Title, answers: Answers) -> frozenset[AnswerName]:
    """The answers that keep `title` out."""
    return frozenset(
        name
        for name, criterion, value in asked(answers)
        if not criterion.passes(title, value)
    )


def differing(title: Title, answers: Answers) -> frozenset[AnswerName]:
    """The answers that `title` does not meet exactly, whether or not they keep it out."""
    return frozenset(
        name
        for name, criterion, value in asked(answers)
        if not criterion.is_met_exactly(title, value)
    )
