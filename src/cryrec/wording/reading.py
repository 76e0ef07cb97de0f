"""One sentence read: what it answers, what it wishes for, what it rules out, and what is left.

The rules are fixed. The same sentence means the same on every machine, and a "no" that cannot be
kept is never passed over: it stands among what is `refused`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import Final, NamedTuple

from cryrec.errors import UsageProblem
from cryrec.models import Band, Format, NoteId
from cryrec.recommend.answers import ANY, AnswerName, Direction
from cryrec.recommend.parsing import read_time
from cryrec.wording.amounts import Amount
from cryrec.wording.lexicon import DIRECTION, Kind, Lexicon, Sense
from cryrec.wording.names import World, names_in
from cryrec.wording.pieces import Cutter, Piece
from cryrec.wording.polarity import Item, Judge, Will
from cryrec.wording.slips import mended
from cryrec.wording.tokens import Token, tokens_of

LONGEST: Final = 10_000
"""Characters of a sentence: more is a text, and a "no" in the middle of it would go unseen."""

MOST_MOODS: Final = 2

_OPPOSITES: Final = {
    (AnswerName.FORMAT, "movie"): "series",
    (AnswerName.FORMAT, "series"): "movie",
    (AnswerName.TIME, "long-haul"): "2h",
    (AnswerName.TIME, "2h"): "long-haul",
    (AnswerName.AFTERTASTE, "flattened"): "lighter",
    (AnswerName.AFTERTASTE, "lighter"): "flattened",
    (AnswerName.TISSUES, "5"): "2",
    (AnswerName.TISSUES, "4"): "2",
    (AnswerName.TISSUES, "1"): "3",
    **{(DIRECTION, each.value): each.opposite.value for each in Direction},
}
"""What is meant by whoever says no to an answer, where that is plain."""


_HOLDS_FORMAT: Final = (AnswerName.SETTING, AnswerName.MAX_AGE)
"""Answers in whose words a film or a series may be named too."""

_SHORT: Final = "2h"
_SHORT_SERIES: Final = Band.WEEKEND.value
"""What "short" means of a series: no series is over in two hours."""


class Understood(NamedTuple):
    """Some words, the answer that they give, and its value as the flag takes it."""

    words: str
    answer: str
    value: str


class Reading(NamedTuple):
    """What a sentence says.

    `wishes` are words about what a title should be about; `refused` are things that somebody ruled
    out and that no content note stands for.
    """

    understood: tuple[Understood, ...] = ()
    not_understood: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    def values(self, answer: str) -> tuple[str, ...]:
        """Return everything that was said of one answer, in the order in which it was said."""
        return tuple(each.value for each in self.understood if each.answer == answer)


def read_sentence(sentence: str, lexicon: Lexicon, world: World) -> Reading:
    """Return what a sentence says. Raises UsageProblem where it is longer than a sentence."""
    if len(sentence) > LONGEST:
        raise UsageProblem(
            f"that is more than {LONGEST} characters; a sentence is enough"
        )
    typed = tokens_of(sentence)
    tokens = mended(typed, lexicon)
    cutter = Cutter(lexicon, tokens)
    names = names_in(tokens, typed, lexicon, world)
    pieces = list(cutter.pieces(0, len(tokens), names))
    judge = Judge(lexicon, [token.text for token in tokens], pieces)
    reader = _Reader(sentence, tokens, cutter, lexicon, world)
    return reader.read(judge)


class _Reader:
    """Collects what the things named in one sentence amount to."""

    def __init__(
        self,
        sentence: str,
        tokens: Sequence[Token],
        cutter: Cutter,
        lexicon: Lexicon,
        world: World,
    ) -> None:
        self._sentence = sentence
        self._tokens = tokens
        self._cutter = cutter
        self._lexicon = lexicon
        self._world = world
        self._understood: list[Understood] = []
        self._wishes: list[str] = []
        self._unknown: list[tuple[int, int]] = []
        self._refused: list[tuple[int, int]] = []
        self._is_like = False
        self._counted: set[Understood] = set()

    def read(self, judge: Judge) -> Reading:
        """Return the reading of everything that was judged."""
        self._is_like = any(item.piece.title for item in judge.items)
        self._deadly = {item.row for item in judge.items if _is_ruled_out_death(item)}
        for item in judge.items:
            self._take(item)
        for start, end in judge.empty:
            self._take_empty(start, end)
        self._forget_anybody()
        return Reading(
            understood=tuple(_settled(self._understood, self._counted)),
            not_understood=tuple(self._joined(self._unknown)),
            wishes=tuple(dict.fromkeys(self._wishes)),
            refused=tuple(self._joined(self._refused)),
        )

    def _take(self, item: Item) -> None:
        if item.will is Will.ALLOWED:
            return
        piece = item.piece
        is_safe = piece.has(Kind.UNHARMED) or (piece.is_denied and piece.has(Kind.HARM))
        if is_safe or (item.will is Will.UNWANTED and piece.has(Kind.HARM)):
            kind = Kind.UNHARMED if piece.has(Kind.UNHARMED) else Kind.HARM
            self._avoid(piece, piece.of(kind))
        elif item.will is Will.UNWANTED:
            self._rule_out(item)
        else:
            self._want(piece)

    # --- what is wanted --------------------------------------------------------------------------

    def _want(self, piece: Piece) -> None:
        if piece.amount:
            self._amount(piece)
        elif piece.title:
            self._understand(piece, AnswerName.LIKE, piece.title)
        elif sense := self._answer(piece):
            self._understand(piece, sense.answer, sense.value)
            if sense.answer in _HOLDS_FORMAT:
                self._formats_inside(piece)
        elif piece.has(Kind.HARM) or piece.has(Kind.WHOM):
            # Nobody rules it out, so it is read again, as words like any other.
            for inner in self._cutter.plain_pieces(piece.start, piece.end):
                self._want(inner)
        else:
            self._words(piece)

    def _amount(self, piece: Piece) -> None:
        amount = piece.amount
        assert amount
        if amount.answer and not amount.is_least:
            self._count(piece, amount)
        else:
            self._unknown.append((piece.start, piece.end))

    def _count(self, piece: Piece, amount: Amount) -> None:
        self._understand(piece, amount.answer, amount.value)
        self._counted.add(self._understood[-1])
        self._formats_inside(piece)

    def _formats_inside(self, piece: Piece) -> None:
        """Understand the film in "a period film", the series in "12 episodes"."""
        for place in range(piece.start, piece.end):
            for inner in self._cutter.plain_pieces(place, place + 1):
                sense = self._answer(inner)
                if sense and sense.answer == AnswerName.FORMAT:
                    self._understand(inner, sense.answer, sense.value)

    def _answer(self, piece: Piece) -> Sense | None:
        """The sense of an answer: a direction if there is a title to go from, else what is left."""
        senses = piece.of(Kind.ANSWER)
        directions = [sense for sense in senses if sense.answer == DIRECTION]
        others = [sense for sense in senses if sense.answer != DIRECTION]
        preferred = directions + others if self._is_like else others
        return preferred[0] if preferred else None

    def _words(self, piece: Piece) -> None:
        for place in range(piece.start, piece.end):
            token = self._tokens[place]
            if token.text in self._lexicon.nothing or token.text in self._lexicon.small:
                continue
            if self._world.is_told(token.text):
                self._wishes.append(token.text)
                self._understand(Piece(place, place + 1), AnswerName.WORDS, token.text)
            else:
                self._unknown.append((place, place + 1))

    def _forget_anybody(self) -> None:
        """Wish for no "girl" where that is the only wish beside answers: "a dying girl"."""
        is_answered = any(each.answer != AnswerName.WORDS for each in self._understood)
        if is_answered and self._lexicon.anybody.issuperset(self._wishes):
            self._wishes.clear()
            self._understood = [
                each for each in self._understood if each.answer != AnswerName.WORDS
            ]

    # --- what is not -----------------------------------------------------------------------------

    def _avoid(self, piece: Piece, senses: Iterable[Sense]) -> None:
        notes = dict.fromkeys(note for sense in senses for note in sense.notes)
        for note in notes:
            self._understand(piece, AnswerName.AVOID, note)

    def _rule_out(self, item: Item) -> None:
        piece = item.piece
        whom = piece.of(Kind.WHOM)
        sense = self._answer(piece)
        opposite = _OPPOSITES.get((sense.answer, sense.value)) if sense else None
        if whom and item.row in self._deadly:
            self._avoid(piece, whom)
        elif piece.amount and piece.amount.is_least:
            self._count(piece, piece.amount)
        elif sense and opposite:
            self._understand(piece, sense.answer, opposite)
        else:
            self._refused.append((piece.start, piece.end))

    def _take_empty(self, start: int, end: int) -> None:
        """A "no" behind which nothing stands that could be ruled out: said, if not refused."""
        loaded = [
            place
            for place in range(start, end)
            if self._tokens[place].text in self._lexicon.loaded
        ]
        if loaded:
            self._refused.append((loaded[0], loaded[-1] + 1))
        else:
            self._unknown.append((start, end))

    # --- in the words that were typed ------------------------------------------------------------

    def _understand(self, piece: Piece, answer: str, value: str) -> None:
        words = self._typed(piece.start, piece.end)
        self._understood.append(Understood(words, answer, value))

    def _typed(self, start: int, end: int) -> str:
        text = self._sentence[self._tokens[start].start : self._tokens[end - 1].end]
        return " ".join(text.split())

    def _joined(self, spans: Iterable[tuple[int, int]]) -> list[str]:
        """The spans in the words that were typed, those that touch as one."""
        joined: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if joined and joined[-1][1] >= start:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return list(dict.fromkeys(self._typed(start, end) for start, end in joined))


def _is_ruled_out_death(item: Item) -> bool:
    notes = (note for sense in item.piece.of(Kind.HARM) for note in sense.notes)
    return item.will is Will.UNWANTED and any(note.endswith("-death") for note in notes)


def _settled(
    understood: Sequence[Understood], counted: Set[Understood]
) -> list[Understood]:
    """What stands in the end, where one answer was given more than once; a number before words."""
    by_answer: dict[str, list[Understood]] = {}
    for each in understood:
        given = by_answer.setdefault(each.answer, [])
        if each.value not in (other.value for other in given):
            given.append(each)
    for given in by_answer.values():
        given.sort(key=lambda each: each not in counted)
    kept = {answer: _kept(answer, given) for answer, given in by_answer.items()}
    settled = [each for each in understood if each in kept[each.answer]]
    is_series = any(each.value == Format.SERIES for each in settled)
    if not is_series:
        return settled
    return [each if each in counted else _of_series(each) for each in settled]


def _of_series(given: Understood) -> Understood:
    """Return what an answer in words means where a series is asked for."""
    is_short = (given.answer, given.value) == (AnswerName.TIME, _SHORT)
    return given._replace(value=_SHORT_SERIES) if is_short else given


def _kept(answer: str, given: list[Understood]) -> list[Understood]:
    if answer in (AnswerName.AVOID, AnswerName.WORDS, DIRECTION):
        return given
    if answer == AnswerName.MOOD:
        return given[:MOST_MOODS]
    if answer == AnswerName.TIME:
        return [min(given, key=_limit)]
    if answer == AnswerName.FORMAT and len({each.value for each in given}) > 1:
        return []
    return given[:1]


def _limit(given: Understood) -> int:
    """The minutes of a time; the strictest of several stands."""
    limit = None if given.value == ANY else read_time(given.value)
    most = 10**9
    if limit is None:
        return most + 1
    return limit.limit or most


def notes_of(reading: Reading) -> tuple[NoteId, ...]:
    """Return the content notes that a sentence rules out, sorted."""
    return tuple(sorted({NoteId(value) for value in reading.values(AnswerName.AVOID)}))
