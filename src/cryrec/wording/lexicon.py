"""The lexicon: phrases and what each of them can mean, from a file that people can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cache
from itertools import chain
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
    for, `usual` those that it was meant for first, and `real` words that look like a slip and are
    none. `loaded` say nothing, but for after a "no"; `anybody` are people who tell no title from
    another. Where titles are described, `empty` words tell none from another, words of `talk` are
    said to somebody unless others speak `of_a_title`, and `alike` holds for a word all that may
    stand for it.
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
    talk: frozenset[str]
    of_a_title: frozenset[str]
    alike: Mapping[str, frozenset[str]]

    def senses(self) -> Iterator[Sense]:
        """Yield every sense once for each phrase that has it."""
        all_phrases = chain.from_iterable(self.phrases.values())
        by_identity = {id(phrase): phrase for phrase in all_phrases}
        for phrase in by_identity.values():
            yield phrase.sense


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon that comes with the program."""
    path = Path(__file__).with_name("lexicon.toml")
    return _built(tomli.loads(path.read_text("utf-8")))


def _built(document: Mapping[str, Any]) -> Lexicon:
    reader = _Reader(document["classes"])
    likes = document["like"]
    grammar = document["grammar"]
    described = document["described"]
    phrases = list(_phrases(document, reader))
    sure_likes = tuple(reader.phrases(likes["sure"], Sense(Kind.NOTHING)))
    nothing = _word_set(document["nothing"]["words"])
    counted = _word_set(document["nothing"]["counted"])
    phrase_words = frozenset(
        chain.from_iterable(map(_words, (*phrases, *sure_likes)))
    )
    return Lexicon(
        phrases=_by_first_word(phrases),
        nothing=nothing,
        begins=frozenset(grammar["begins"]),
        joins=frozenset(grammar["joins"]),
        small=frozenset(grammar["small"]),
        real=_word_set(document["real"]["words"]),
        anybody=_word_set(document["nothing"]["anybody"]),
        loaded=_word_set(document["nothing"]["loaded"]),
        known=phrase_words | nothing | counted,
        mendable=_mendable((phrase_words - nothing) | counted),
        usual=_mendable(counted),
        sure_likes=sure_likes,
        maybe_likes=frozenset(likes["maybe"]),
        after_likes=frozenset(likes["after"]),
        empty=_word_set(described["empty"]),
        talk=_word_set(described["talk"]),
        of_a_title=_word_set(described["of_a_title"]),
        alike=_alike(described["alike"]),
    )


def _word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _by_first_word(phrases: Iterable[Phrase]) -> dict[str, list[Phrase]]:
    by_word: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        for word in _first_words(phrase):
            by_word.setdefault(word, []).append(phrase)
    return by_word


def _mendable(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) >= SHORTEST_SLIP)


def _phrases(document: Mapping[str, Any], reader: _Reader) -> Iterator[Phrase]:
    yield from _answers(document, reader)
    yield from _harms(document, reader)
    grammar = document["grammar"]
    for section, kind in _GRAMMAR.items():
        yield from reader.phrases(grammar[section], Sense(kind))
    fillers = document["nothing"]["phrases"]
    yield from reader.phrases(fillers, Sense(Kind.NOTHING))


def _answers(document: Mapping[str, Any], reader: _Reader) -> Iterator[Phrase]:
    for answer in _ANSWERS:
        for value, texts in document[answer].items():
            yield from reader.phrases(texts, Sense(Kind.ANSWER, answer, value))
    for minutes, texts in document["length"].items():
        limit = TimeLimit.of_minutes(int(minutes))
        yield from reader.phrases(
            texts, Sense(Kind.ANSWER, AnswerName.TIME, limit.word)
        )
    for direction, texts in document[DIRECTION].items():
        yield from reader.phrases(
            texts, Sense(Kind.ANSWER, DIRECTION, direction)
        )


_GRAMMAR: Final = {
    "without": Kind.WITHOUT,
    "unwanted": Kind.UNWANTED,
    "allowed": Kind.ALLOWED,
    "allowed_after": Kind.ALLOWED_AFTER,
    "turns": Kind.TURN,
}


def _harms(document: Mapping[str, Any], reader: _Reader) -> Iterator[Phrase]:
    avoid = dict(document["avoid"])
    any_death = avoid.pop(ANY_DEATH)
    deaths = tuple(NoteId(note) for note in any_death["notes"])

    def sense(kind: Kind, harm: str) -> Sense:
        notes = deaths if harm == ANY_DEATH else (NoteId(harm),)
        return Sense(kind, AnswerName.AVOID, notes=notes)

    for harm, texts in {**avoid, ANY_DEATH: any_death["words"]}.items():
        yield from reader.phrases(texts, sense(Kind.HARM, harm))
    for harm, text in document["whom"].items():
        yield reader.phrase(text, sense(Kind.WHOM, harm))
    for harm, texts in document["unharmed"].items():
        yield from reader.phrases(texts, sense(Kind.UNHARMED, harm))


class _Reader:
    """Reads phrases as they are written in the file."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._classes = {
            class_name: _word_set(members)
            for class_name, members in classes.items()
        }

    def phrases(self, texts: Iterable[str], sense: Sense) -> Iterator[Phrase]:
        """Yield several phrases that have the same sense."""
        for text in texts:
            yield self.phrase(text, sense)

    def phrase(self, text: str, sense: Sense) -> Phrase:
        """Return one phrase with its sense."""
        front, _, back = text.partition(" + ")
        return Phrase(self._parts(front), self._parts(back), sense)

    def _parts(self, text: str) -> tuple[Part, ...]:
        return tuple(map(self._part, text.split()))

    def _part(self, text: str) -> Part:
        part_words: set[str] = set()
        for choice in text.removesuffix("?").split("|"):
            if choice.startswith("{"):
                part_words |= self._classes[choice[1:-1]]
            else:
                part_words.add(choice.removesuffix("?"))
        return Part(frozenset(part_words), "?" in text)


def _first_words(phrase: Phrase) -> frozenset[str]:
    """Return the words that a phrase can begin with, from either end."""
    first_words: frozenset[str] = frozenset()
    for parts in (phrase.parts, phrase.after):
        for part in parts:
            first_words |= part.words
            if not part.is_optional:
                break
    return first_words


def _words(phrase: Phrase) -> Iterator[str]:
    for part in (*phrase.parts, *phrase.after):
        yield from part.words


def _alike(rows: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return for each word the words that stand for it when titles are described."""
    alike: dict[str, frozenset[str]] = {}
    for row in rows:
        synonyms = _word_set(row)
        for synonym in synonyms:
            alike[synonym] = alike.get(synonym, frozenset()) | synonyms
    return alike
