"""What is wanted and what is not: how far a "no" reaches.

A "no" takes what follows, and whatever is joined to it by "or"; over a comma or an "and" it takes
harms, and anything else only if the row ends in "or" or goes on without a word that begins a wish.
A harm that is named after a "no" in the same sentence is not wanted either: nobody is put before
what they may have meant to rule out.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final, NamedTuple, assert_never

from cryrec.recommend.answers import AnswerName
from cryrec.wording.lexicon import Kind, Lexicon
from cryrec.wording.pieces import NOS, Piece, is_comma, is_stop
from cryrec.wording.tokens import COMMA, QUESTION

_AND: Final = frozenset({"and", "plus"})
_OR: Final = frozenset({"or", "nor"})
_NAMING: Final = (Kind.ANSWER, Kind.HARM, Kind.UNHARMED, Kind.WHOM)


class Will(Enum):
    """What somebody wants of a thing they name."""

    WANTED = auto()
    UNWANTED = auto()
    ALLOWED = auto()


class Item(NamedTuple):
    """A thing that is named, and whether it is wanted. `row` counts the "no" it stands under."""

    piece: Piece
    will: Will
    row: int = 0


class _Join(Enum):
    """What stands between the last thing and the next."""

    NOTHING = auto()
    COMMA = auto()
    AND = auto()
    OR = auto()


class _Scope:
    """How far the last "no" or "is fine" reaches: what opened it, and how many things it took."""

    def __init__(self, opener: Piece, will: Will) -> None:
        self.opener = opener
        self.will = will
        self.taken = 0
        self.join = _Join.NOTHING

    @property
    def is_idle(self) -> bool:
        """Whether it has ruled nothing out."""
        return self.taken == 0 and self.will is Will.UNWANTED


class Judge:
    """Goes through the pieces of a sentence once and gives each its will.

    `items` are the things that are named; `empty` says from where to where a "no" stands that
    rules nothing out.
    """

    def __init__(
        self, lexicon: Lexicon, words: Sequence[str], pieces: Sequence[Piece]
    ) -> None:
        self._lexicon = lexicon
        self._words = words
        self._pieces = pieces
        self.items: list[Item] = []
        self.empty: list[tuple[int, int]] = []
        self._scope: _Scope | None = None
        self._rows = 0
        self._is_after_no = False
        for place, piece in enumerate(pieces):
            self._take(place, piece)
        self._close(len(words))

    def _open(self, piece: Piece, will: Will) -> None:
        scope = self._scope
        is_repeated = scope is not None and scope.taken == 0 and scope.will is will
        if not is_repeated:
            self._close(piece.start)
            self._rows += 1
        self._scope = _Scope(piece, will)
        self._is_after_no |= will is Will.UNWANTED

    def _close(self, place: int) -> None:
        if self._scope is not None and self._scope.is_idle:
            self.empty.append((self._scope.opener.start, place))
        self._scope = None

    # --- one piece after the other ---------------------------------------------------------------

    def _take(self, place: int, piece: Piece) -> None:
        first_word = self._words[piece.start]
        if is_stop(first_word):
            self._close(piece.start)
            self._is_after_no = False
        elif is_comma(first_word):
            self._separate(piece.start)
        elif self._turns(piece):
            return
        elif self._is_quiet(piece):
            self._pass(piece.start, first_word)
        else:
            self._name(place, piece)

    def _turns(self, piece: Piece) -> bool:
        """Take what turns a sentence round; False if a piece does not."""
        if piece.has(Kind.TURN) and not piece.has(Kind.WITHOUT):
            self._close(piece.start)
        elif piece.has(Kind.UNWANTED):
            self._take_unwanted(piece)
        elif self._allows_what_stands_before(piece):
            self._close(piece.start)
        elif piece.has(Kind.WITHOUT) and not piece.has(Kind.ANSWER):
            self._open(piece, Will.UNWANTED)
        elif piece.has(Kind.ALLOWED):
            self._open(piece, Will.ALLOWED)
        else:
            return False
        return True

    def _allows_what_stands_before(self, piece: Piece) -> bool:
        """Take "is fine" behind a row of harms; False if a piece is not that."""
        if not piece.has(Kind.ALLOWED_AFTER):
            return False
        return self._turn_back(piece.start, Will.ALLOWED)

    def _take_unwanted(self, piece: Piece) -> None:
        """What stands before is not wanted; if nothing does, a "no" in these words reaches on."""
        if self._turn_back(piece.start, Will.UNWANTED):
            self._is_after_no = True
        elif not NOS.isdisjoint(self._words[piece.start : piece.end]):
            self._open(piece, Will.UNWANTED)

    def _separate(self, place: int) -> None:
        """Take a comma: it begins the next of a row, or it ends a "no" that is an answer."""
        scope = self._scope
        if scope is None:
            return
        if scope.taken == 0:
            is_answer = self._words[scope.opener.start] == "no"
            self._scope = None if is_answer else scope
            self._close(place)
        elif scope.join is not _Join.OR:
            scope.join = _Join.COMMA

    def _is_quiet(self, piece: Piece) -> bool:
        """Tell whether a piece names nothing."""
        if piece.amount or piece.title:
            return False
        if piece.senses:
            return not any(map(piece.has, _NAMING))
        word = self._words[piece.start]
        is_join = word in _AND or word in _OR
        return is_join or word in self._lexicon.nothing or word in self._lexicon.small

    def _pass(self, place: int, word: str) -> None:
        """Go over a word that names nothing, unless it joins things or begins a new wish."""
        scope = self._scope
        if scope is None:
            return
        if word in _OR:
            scope.join = _Join.OR
        elif word in _AND:
            scope.join = scope.join if scope.join is _Join.OR else _Join.AND
        elif scope.taken and self._is_end(scope, word):
            self._close(place)

    def _is_end(self, scope: _Scope, word: str) -> bool:
        match scope.join:
            case _Join.COMMA | _Join.AND:
                return word in self._lexicon.begins
            case _Join.NOTHING:
                return word in self._lexicon.joins
            case _Join.OR:
                return False
            case _:
                assert_never(scope.join)

    # --- things that are named -------------------------------------------------------------------

    def _name(self, place: int, piece: Piece) -> None:
        scope = self._scope
        if scope is None:
            self._add(piece, self._alone(piece))
        elif self._is_head(place, piece):
            return
        elif scope.taken and not self._reaches(scope, place, piece):
            self._close(piece.start)
            self._add(piece, self._alone(piece))
        elif scope.taken and scope.join is _Join.NOTHING and _is_format(piece):
            return  # the films of "no war films"
        else:
            self._add(piece, scope.will)
            scope.taken += 1
            scope.join = _Join.NOTHING

    def _alone(self, piece: Piece) -> Will:
        """Return the will for a thing outside the reach of a "no"."""
        is_only_harm = piece.has(Kind.HARM) and not piece.has(Kind.ANSWER)
        return Will.UNWANTED if is_only_harm and self._is_after_no else Will.WANTED

    def _add(self, piece: Piece, will: Will) -> None:
        self.items.append(Item(piece, will, self._rows))

    def _is_head(self, place: int, piece: Piece) -> bool:
        """Tell whether this is only the film that something is about: "no films about war"."""
        if not _is_format(piece) or place + 1 == len(self._pieces):
            return False
        return self._words[self._pieces[place + 1].start] in self._lexicon.joins

    def _reaches(self, scope: _Scope, place: int, piece: Piece) -> bool:
        """Tell whether the "no" takes one more thing."""
        if piece.title:
            return False
        match scope.join:
            case _Join.OR:
                return True
            case _Join.COMMA:
                return piece.has(Kind.HARM) or self._ends_in_or(place)
            case _Join.AND:
                return piece.has(Kind.HARM) or not _is_answer(piece)
            case _Join.NOTHING:
                return self._is_taken_unjoined(piece)
            case _:
                assert_never(scope.join)

    def _is_taken_unjoined(self, piece: Piece) -> bool:
        """Tell whether a "no" takes this with nothing between it and the last thing."""
        if _is_answer(piece):
            return _is_format(piece)
        return piece.has(Kind.HARM) or not piece.senses

    def _ends_in_or(self, place: int) -> bool:
        """Tell whether the row that goes on here is closed by "or"."""
        for piece in self._pieces[place:]:
            word = self._words[piece.start]
            if word in _OR:
                return True
            if piece.has(Kind.WITHOUT) or piece.has(Kind.TURN):
                return False
            if is_stop(word) or word in self._lexicon.begins or word in _AND:
                return False
        return False

    # --- what stands before ----------------------------------------------------------------------

    def _turn_back(self, place: int, will: Will) -> bool:
        """Give another will to the row of things just named; False if none was.

        An answer is what somebody wants even where it "is fine", and stands.
        """
        is_changed = False
        end = place
        for number in reversed(range(len(self.items))):
            before = self.items[number]
            needs_harm = is_changed or will is Will.ALLOWED
            if needs_harm and not before.piece.has(Kind.HARM):
                break
            if not self._is_row(before.piece.end, end):
                break
            self.items[number] = before._replace(will=will)
            is_changed = True
            end = before.piece.start
        return is_changed

    def _is_row(self, start: int, end: int) -> bool:
        """Tell whether only small words and joins stand between two places."""
        joins = _AND | _OR | {COMMA, QUESTION} | self._lexicon.nothing
        return joins.issuperset(self._words[start:end])


def _is_answer(piece: Piece) -> bool:
    return piece.has(Kind.ANSWER) or piece.amount is not None


def _is_format(piece: Piece) -> bool:
    sense = piece.first(Kind.ANSWER)
    return sense is not None and sense.answer == AnswerName.FORMAT
