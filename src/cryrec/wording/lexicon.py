"""The lexicon: phrases and what each of them can mean, from a file that people can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import tomli

from cryrec.models import NoteId
from cryrec.recommend.answers import AnswerName, TimeLimit

SHORTEST_SLIP: Final = 5
"""Letters from which a slip is forgiven; shorter words are too often other words."""

GAP: Final = 3
"""The most small words between the two parts of a phrase that may stand apart."""

ANY_DEATH: Final = "any-death"
DIRECTION: Final = "direction"
COUNT: Final = "count"

_ANSWERS: Final = (
    AnswerName.MOOD,
    AnswerName.FORMAT,
    AnswerName.TIME,
    AnswerName.TISSUES,
    AnswerName.AFTERTASTE,
    AnswerName.SETTING,
    AnswerName.MAX_AGE,
)


class Kind(Enum):
    """What a phrase does in a sentence."""

    ANSWER = auto()
    HARM = auto()
    WHOM = auto()
    UNHARMED = auto()
    WITHOUT = auto()
    UNWANTED = auto()
    ALLOWED = auto()
    ALLOWED_AFTER = auto()
    TURN = auto()
    NOTHING = auto()


class Sense(NamedTuple):
    """One thing that a phrase can mean: for an answer its name and the word a flag takes for it.

    A harm has its content notes as `notes`.
    """

    kind: Kind
    answer: str = ""
    value: str = ""
    notes: tuple[NoteId, ...] = ()


class Part(NamedTuple):
    """One place of a phrase: the words that fit there, and whether it may be left empty."""

    words: frozenset[str]
    is_optional: bool


class Phrase(NamedTuple):
    """Words in a row and, if `after` is not empty, more of them before or behind with a gap."""

    parts: tuple[Part, ...]
    after: tuple[Part, ...]
    sense: Sense


class Lexicon(NamedTuple):
    """All phrases by a word they can begin with, and the words that have a part in the grammar.

    `known` are all words that there are in it; `mendable` those that a slip may have been meant
    for, `usual` those of them that it was meant for first, and `real` words that look like a slip and are none. `loaded` say nothing, but for after a
    "no"; `anybody` are people who tell no title from another. Where titles are described, `empty`
    words tell none from another, and `alike` holds for a word all that may stand for it.
    """

    phrases: Mapping[str, Sequence[Phrase]]
    nothing: frozenset[str]
    begins: frozenset[str]
    joins: frozenset[str]
    small: frozenset[str]
    real: frozenset[str]
    anybody: frozenset[str]
    loaded: frozenset[str]
    known: frozenset[str]
    mendable: frozenset[str]
    usual: frozenset[str]
    sure_likes: tuple[Phrase, ...]
    maybe_likes: frozenset[str]
    after_likes: frozenset[str]
    empty: frozenset[str]
    alike: Mapping[str, frozenset[str]]

    def senses(self) -> Iterator[Sense]:
        """Yield every sense once for each phrase that has it."""
        every = {
            id(each): each for phrases in self.phrases.values() for each in phrases
        }
        yield from (phrase.sense for phrase in every.values())


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon that comes with the program."""
    path = Path(__file__).with_name("lexicon.toml")
    return _built(tomli.loads(path.read_text("utf-8")))


def _built(data: Mapping[str, Any]) -> Lexicon:
    classes = {
        name: frozenset(words.split()) for name, words in data["classes"].items()
    }
    reader = _Reader(classes)
    phrases = list(_phrases(data, reader))
    sure_likes = tuple(
        reader.phrase(text, Sense(Kind.NOTHING)) for text in data["like"]["sure"]
    )
    grammar = data["grammar"]
    nothing = frozenset(data["nothing"]["words"].split())
    counted = frozenset(data["nothing"]["counted"].split())
    real = frozenset(data["real"]["words"].split())
    by_word: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        for word in _first_words(phrase):
            by_word.setdefault(word, []).append(phrase)
    known = {word for phrase in (*phrases, *sure_likes) for word in _words(phrase)}
    return Lexicon(
        phrases=by_word,
        nothing=nothing,
        begins=frozenset(grammar["begins"]),
        joins=frozenset(grammar["joins"]),
        small=frozenset(grammar["small"]),
        real=real,
        anybody=frozenset(data["nothing"]["anybody"].split()),
        loaded=frozenset(data["nothing"]["loaded"].split()),
        known=frozenset(known | nothing | counted),
        mendable=_mendable((known - nothing) | counted),
        usual=_mendable(counted),
        sure_likes=sure_likes,
        maybe_likes=frozenset(data["like"]["maybe"]),
        after_likes=frozenset(data["like"]["after"]),
        empty=frozenset(data["described"]["empty"].split()),
        alike=_alike(data["described"]["alike"]),
    )


def _mendable(words: frozenset[str] | set[str]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) >= SHORTEST_SLIP)


def _phrases(data: Mapping[str, Any], reader: _Reader) -> Iterator[Phrase]:
    for name in _ANSWERS:
        for value, texts in data[name].items():
            sense = Sense(Kind.ANSWER, name, value)
            yield from (reader.phrase(text, sense) for text in texts)
    for minutes, texts in data["length"].items():
        sense = Sense(
            Kind.ANSWER, AnswerName.TIME, TimeLimit.of_minutes(int(minutes)).word
        )
        yield from (reader.phrase(text, sense) for text in texts)
    for value, texts in data[DIRECTION].items():
        sense = Sense(Kind.ANSWER, DIRECTION, value)
        yield from (reader.phrase(text, sense) for text in texts)
    yield from _harms(data, reader)
    for key, kind in _GRAMMAR.items():
        yield from (reader.phrase(text, Sense(kind)) for text in data["grammar"][key])
    yield from (
        reader.phrase(text, Sense(Kind.NOTHING)) for text in data["nothing"]["phrases"]
    )


_GRAMMAR: Final = {
    "without": Kind.WITHOUT,
    "unwanted": Kind.UNWANTED,
    "allowed": Kind.ALLOWED,
    "allowed_after": Kind.ALLOWED_AFTER,
    "turns": Kind.TURN,
}


def _harms(data: Mapping[str, Any], reader: _Reader) -> Iterator[Phrase]:
    avoid = dict(data["avoid"])
    any_death = avoid.pop(ANY_DEATH)
    deaths = tuple(NoteId(note) for note in any_death["notes"])

    def notes_of(name: str) -> tuple[NoteId, ...]:
        return deaths if name == ANY_DEATH else (NoteId(name),)

    for name, texts in {**avoid, ANY_DEATH: any_death["words"]}.items():
        sense = Sense(Kind.HARM, AnswerName.AVOID, notes=notes_of(name))
        yield from (reader.phrase(text, sense) for text in texts)
    for name, text in data["whom"].items():
        yield reader.phrase(
            text, Sense(Kind.WHOM, AnswerName.AVOID, notes=notes_of(name))
        )
    for name, texts in data["unharmed"].items():
        sense = Sense(Kind.UNHARMED, AnswerName.AVOID, notes=notes_of(name))
        yield from (reader.phrase(text, sense) for text in texts)


class _Reader:
    """Reads phrases as they are written in the file."""

    def __init__(self, classes: Mapping[str, frozenset[str]]) -> None:
        self._classes = classes

    def phrase(self, text: str, sense: Sense) -> Phrase:
        """Return one phrase with its sense."""
        front, _, back = text.partition(" + ")
        return Phrase(self._parts(front), self._parts(back), sense)

    def _parts(self, text: str) -> tuple[Part, ...]:
        return tuple(map(self._part, text.split()))

    def _part(self, text: str) -> Part:
        words: set[str] = set()
        for word in text.removesuffix("?").split("|"):
            is_class = word.startswith("{")
            words |= self._classes[word[1:-1]] if is_class else {word.removesuffix("?")}
        return Part(frozenset(words), "?" in text)


def _first_words(phrase: Phrase) -> frozenset[str]:
    """Return the words that a phrase can begin with, from either end."""
    words: frozenset[str] = frozenset()
    for row in (phrase.parts, phrase.after):
        for part in row:
            words |= part.words
            if not part.is_optional:
                break
    return words


def _words(phrase: Phrase) -> Iterator[str]:
    for part in (*phrase.parts, *phrase.after):
        yield from part.words


def _alike(rows: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return for each word the words that stand for it when titles are described."""
    alike: dict[str, frozenset[str]] = {}
    for row in rows:
        words = frozenset(row.split())
        for word in words:
            alike[word] = alike.get(word, frozenset()) | words
    return alike
