"""One sentence read: what it answers, what it wishes for, what it rules out, and what is left.

The rules are fixed. The same sentence means the same on every machine, and a "no" that cannot be
kept is never passed over: it stands among what is `refused`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from cryrec.errors import UsageProblem
from cryrec.models import NoteId
from cryrec.recommend.answers import AnswerName, Direction
from cryrec.wording.amounts import Amount
from cryrec.wording.lexicon import DIRECTION, Kind, Lexicon, Sense
from cryrec.wording.names import World, names_in, studios_in
from cryrec.wording.pieces import Cutter, Piece, is_comma, is_stop
from cryrec.wording.polarity import Item, Judge, Will
from cryrec.wording.settling import Understood, settled
from cryrec.wording.slips import mended
from cryrec.wording.tokens import Token, tokens_of

LONGEST: Final = 10_000
"""Characters of a sentence: more is a text, and a "no" in the middle of it would go unseen."""

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
    **{
        (DIRECTION, direction.value): direction.opposite.value
        for direction in Direction
    },
}
"""What is meant by whoever says no to an answer, where that is plain."""

_HOLDS_FORMAT: Final = (AnswerName.SETTING, AnswerName.MAX_AGE)
"""Answers in whose words a film or a series may be named too."""


class Reading(NamedTuple):
    """What a sentence says.

    `wishes` are words about what a title should be about; `refused` are things that somebody ruled
    out and that no content note stands for, `ruled_out` those among them that are answers, and
    `unclear` are harms of which nobody says whether they are wanted.
    """

    understood: tuple[Understood, ...] = ()
    not_understood: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    ruled_out: tuple[Understood, ...] = ()
    unclear: tuple[str, ...] = ()

    def values(self, answer: str) -> tuple[str, ...]:
        """Return everything that was said of one answer, in the order in which it was said."""
        return tuple(
            understood.value
            for understood in self.understood
            if understood.answer == answer
        )


def read_sentence(sentence: str, lexicon: Lexicon, world: World) -> Reading:
    """Return what a sentence says. Raises UsageProblem where it is longer than a sentence."""
    if len(sentence) > LONGEST:
        raise UsageProblem(
            f"that is more than {LONGEST} characters; a sentence is enough"
        )
    typed = tokens_of(sentence)
    tokens = mended(typed, lexicon)
    cutter = Cutter(lexicon, tokens)
    studios = studios_in(tokens, lexicon, world)
    names = {**studios, **names_in(tokens, typed, lexicon, world)}
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
        self._ruled_out: list[Understood] = []
        self._other_times: list[Piece] = []
        self._bare_harms: list[Piece] = []
        self._is_like = False
        self._counted: set[Understood] = set()

    def read(self, judge: Judge) -> Reading:
        """Return the reading of everything that was judged."""
        self._is_like = any(item.piece.title for item in judge.items)
        self._is_deadly = any(_is_death(item.piece) for item in judge.items)
        for item in judge.items:
            self._take(item)
        self._take_other_times()
        for start, end in judge.empty:
            self._take_empty(start, end)
        self._forget_anybody()
        return Reading(
            understood=tuple(settled(self._understood, self._counted)),
            not_understood=tuple(self._joined(self._unknown)),
            wishes=tuple(dict.fromkeys(self._wishes)),
            refused=tuple(self._joined(self._refused)),
            ruled_out=tuple(self._ruled_out),
            unclear=tuple(self._unclear()),
        )

    def _take(self, item: Item) -> None:
        piece = item.piece
        is_unwanted = item.will is Will.UNWANTED
        if item.will is Will.ALLOWED:
            return
        if piece.has(Kind.UNHARMED):
            self._avoid(piece, Kind.UNHARMED)
        elif piece.has(Kind.HARM) and (piece.is_denied or is_unwanted):
            self._avoid(piece, Kind.HARM)
        elif is_unwanted is not piece.is_denied:  # two noes are a yes
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
            if piece.has(Kind.HARM):
                self._bare_harms.append(piece)
            plain_pieces = self._cutter.plain_pieces(piece.start, piece.end)
            for plain_piece in plain_pieces:
                self._want(plain_piece)
        else:
            self._words(piece)

    def _amount(self, piece: Piece) -> None:
        amount = piece.amount
        assert amount
        if amount.answer and not amount.is_least:
            self._count(piece, amount)
        else:
            self._unknown.append((piece.start, piece.end))
            self._formats_inside(piece)

    def _count(self, piece: Piece, amount: Amount) -> None:
        self._understand(piece, amount.answer, amount.value)
        self._counted.add(self._understood[-1])
        self._formats_inside(piece)

    def _formats_inside(self, piece: Piece) -> None:
        """Understand the film in "a period film", the series in "12 episodes"."""
        for place in range(piece.start, piece.end):
            for word_piece in self._cutter.plain_pieces(place, place + 1):
                sense = self._answer(word_piece)
                if sense and sense.answer == AnswerName.FORMAT:
                    self._understand(word_piece, sense.answer, sense.value)

    def _answer(self, piece: Piece) -> Sense | None:
        """The sense of an answer: a direction if there is a title to go from, else what is left."""
        senses = piece.of(Kind.ANSWER)
        directions = [sense for sense in senses if sense.answer == DIRECTION]
        if self._is_like and directions:
            return directions[0]
        return next(
            (sense for sense in senses if sense.answer != DIRECTION), None
        )

    def _words(self, piece: Piece) -> None:
        for place in range(piece.start, piece.end):
            word = self._tokens[place].text
            if word in self._lexicon.nothing or word in self._lexicon.small:
                continue
            if self._world.is_told(word):
                self._wishes.append(word)
                word_alone = Piece(place, place + 1)
                self._understand(word_alone, AnswerName.WORDS, word)
            else:
                is_made_by = place > 0 and self._tokens[place - 1].text == "by"
                start = place - 1 if is_made_by else place
                self._unknown.append((start, place + 1))

    def _forget_anybody(self) -> None:
        """Wish for no "girl" where that is the only wish beside answers: "a dying girl"."""
        answers = [
            understood
            for understood in self._understood
            if understood.answer != AnswerName.WORDS
        ]
        if answers and self._lexicon.anybody.issuperset(self._wishes):
            self._wishes.clear()
            self._understood = answers

    # --- what is not -----------------------------------------------------------------------------

    def _avoid(self, piece: Piece, kind: Kind) -> None:
        """Rule out the content notes that a piece stands for as a thing of that kind."""
        for note in _notes(piece.of(kind)):
            self._understand(piece, AnswerName.AVOID, note)

    def _rule_out(self, item: Item) -> None:
        piece = item.piece
        sense = self._answer(piece)
        if piece.has(Kind.WHOM) and self._is_deadly:
            self._avoid(piece, Kind.WHOM)
        elif piece.amount and piece.amount.is_least:
            self._count(piece, piece.amount)
        elif sense:
            self._rule_out_answer(piece, sense)
        else:
            self._refuse(piece, None)

    def _rule_out_answer(self, piece: Piece, sense: Sense) -> None:
        """Take the opposite of an answer, where there is one."""
        opposite = _OPPOSITES.get((sense.answer, sense.value))
        if opposite:
            self._understand(piece, sense.answer, opposite)
        elif sense.answer == AnswerName.MAX_AGE:
            self._unknown.append((piece.start, piece.end))
        elif sense.answer == AnswerName.TIME:
            self._other_times.append(piece)
        else:
            self._refuse(piece, sense)

    def _refuse(self, piece: Piece, sense: Sense | None) -> None:
        self._refused.append((piece.start, piece.end))
        if sense:
            typed = self._typed(piece.start, piece.end)
            self._ruled_out.append(
                Understood(typed, sense.answer, sense.value)
            )

    def _take_other_times(self) -> None:
        """Refuse a time that is ruled out, unless another is given: "not tonight, this weekend"."""
        names = {understood.answer for understood in self._understood}
        for piece in self._other_times:
            if AnswerName.TIME not in names:
                self._refuse(piece, self._answer(piece))

    def _unclear(self) -> Iterator[str]:
        """Yield the harms that stand alone, or among words that nobody knows."""
        unknown = {place for span in self._unknown for place in range(*span)}
        for piece in self._bare_harms:
            start, end = piece.start, piece.end
            while start - 1 in unknown:
                start -= 1
            while end in unknown:
                end += 1
            if self._is_edge(start - 1) and self._is_edge(end):
                yield self._typed(piece.start, piece.end)

    def _is_edge(self, place: int) -> bool:
        """Tell whether a thought begins or ends here."""
        if not 0 <= place < len(self._tokens):
            return True
        word = self._tokens[place].text
        return is_stop(word) or is_comma(word)

    def _take_empty(self, start: int, end: int) -> None:
        """A "no" behind which nothing stands that could be ruled out: said, if not refused."""
        loaded_places = [
            place
            for place in range(start, end)
            if self._tokens[place].text in self._lexicon.loaded
        ]
        if loaded_places:
            last_place = loaded_places[-1]
            self._refused.append((loaded_places[0], last_place + 1))
        else:
            self._unknown.append((start, end))

    # --- in the words that were typed ------------------------------------------------------------

    def _understand(self, piece: Piece, answer: str, value: str) -> None:
        typed = self._typed(piece.start, piece.end)
        self._understood.append(Understood(typed, answer, value))

    def _typed(self, start: int, end: int) -> str:
        first_char = self._tokens[start].start
        last_char = self._tokens[end - 1].end
        return " ".join(self._sentence[first_char:last_char].split())

    def _joined(self, spans: Iterable[tuple[int, int]]) -> list[str]:
        """The spans in the words that were typed, those that touch as one."""
        joined: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if joined and joined[-1][1] >= start:
                first_start, last_end = joined.pop()
                joined.append((first_start, max(end, last_end)))
            else:
                joined.append((start, end))
        typed = (self._typed(start, end) for start, end in joined)
        return list(dict.fromkeys(typed))


def _is_death(piece: Piece) -> bool:
    notes = _notes(piece.of(Kind.HARM))
    return any(note.endswith("-death") for note in notes)


def _notes(senses: Iterable[Sense]) -> Iterable[NoteId]:
    """The content notes of some harms, each once."""
    return dict.fromkeys(chain.from_iterable(sense.notes for sense in senses))
