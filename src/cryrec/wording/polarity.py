"""What is wanted and what is not: how far a "no" reaches.

A "no" takes what follows, and whatever is joined to it by "or"; over a comma or an "and" it takes
harms, and anything else only if the row ends in "or" or goes on without a word that begins a wish.
A harm that is named after a "no" in the same sentence is not wanted either: nobody is put before
what they may have meant to rule out. A "no" behind which nothing stands reaches back ("gore: no"),
and what stands directly under a "no" stays there, whatever "is fine" later on.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final, NamedTuple, assert_never

from cryrec.recommend.answers import AnswerName
from cryrec.wording.lexicon import Kind, Lexicon
from cryrec.wording.pieces import NOS, Piece, is_comma, is_stop
from cryrec.wording.tokens import COMMA, QUESTION

_AND: Final = frozenset({"and", "plus", "+"})
_OR: Final = frozenset({"or", "nor"})
_JOINS: Final = _AND | _OR | {COMMA}
_EXCEPT: Final = frozenset(
    {"but", "except", "apart", "aside", "other", "excluding"}
)
"""In these words all the rest is fine, and not what stands behind them."""
_ANSWERING: Final = frozenset({"no", "not", "nope", "nah", "never", "none"})
"""Before a comma these are a reply or reach back; other words of the kind wait for what comes."""
_DOUBTING: Final = NOS | {"doubt", "hardly", "barely", "unsure"}
_BETWEEN: Final = frozenset({COMMA, QUESTION, "is", "are"})
"""What may stand between a thing that is no harm and what turns it round."""
_IN_A_ROW: Final = _JOINS | {"the", "any", "all", "of", "also", "too", "stuff"}
"""What may stand between two things of one row."""
_NAMING: Final = (Kind.ANSWER, Kind.HARM, Kind.UNHARMED, Kind.WHOM)


class Will(Enum):
    """What somebody wants of a thing they name."""

    WANTED = auto()
    UNWANTED = auto()
    ALLOWED = auto()


class Item(NamedTuple):
    """A thing that is named, and whether it is wanted.

    One that is `firm` stands directly under a "no", and nothing that follows takes that back.
    """

    piece: Piece
    will: Will
    is_firm: bool = False


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

    @property
    def is_firm(self) -> bool:
        """Whether the next thing it takes stays what it makes of it."""
        return self.taken == 0 or self.join is not _Join.COMMA


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
        self._forget()
        for place, piece in enumerate(pieces):
            self._take(place, piece)
        self._close(len(words))

    def _open(self, piece: Piece, will: Will) -> None:
        scope = self._scope
        is_repeated = (
            scope is not None and scope.taken == 0 and scope.will is will
        )
        if not is_repeated:
            self._close(piece.start)
        self._scope = _Scope(piece, will)
        self._is_after_no |= will is Will.UNWANTED

    def _close(self, place: int) -> None:
        """End the reach of a "no"; one that took nothing reaches back, or it is `empty`."""
        scope, self._scope = self._scope, None
        if scope is None or not scope.is_idle:
            return
        if not self._reach_back(scope.opener.start):
            self.empty.append((scope.opener.start, place))
            self._is_waiting = self._words[place : place + 1] == [COMMA]

    def _forget(self) -> None:
        """Begin a new sentence.

        `waiting` takes the next harm whatever else it means; `trailing` begins to wait at a join;
        `doubted` turns "can handle" round.
        """
        self._is_after_no = False
        self._is_trailing = False
        self._is_waiting = False
        self._is_doubted = False

    # --- one piece after the other ---------------------------------------------------------------

    def _take(self, place: int, piece: Piece) -> None:
        first_word = self._words[piece.start]
        if is_stop(first_word):
            self._close(piece.start)
            self._forget()
        elif is_comma(first_word):
            self._separate(piece.start)
            self._is_doubted = False
            self._is_waiting |= self._is_trailing
        elif self._turns(piece):
            return
        elif self._is_quiet(piece):
            self._note(piece)
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
            self._open(
                piece, Will.UNWANTED if self._is_denied else Will.ALLOWED
            )
        else:
            return False
        return True

    def _allows_what_stands_before(self, piece: Piece) -> bool:
        """Take "is fine" behind a row of harms; False if a piece is not that."""
        if not piece.has(Kind.ALLOWED_AFTER):
            return False
        if self._is_doubted:
            return self._turn_back(piece.start, Will.UNWANTED)
        return self._is_denied or self._turn_back(piece.start, Will.ALLOWED)

    @property
    def _is_denied(self) -> bool:
        """Whether a "no" stands before: "I don't think I can handle gore", "gore is never ok"."""
        return self._is_doubted or (
            self._scope is not None and self._scope.is_idle
        )

    def _take_unwanted(self, piece: Piece) -> None:
        """What stands before is not wanted; if nothing does, a "no" in these words reaches on."""
        words = self._words[piece.start : piece.end]
        has_no = not NOS.isdisjoint(words)
        is_plain = has_no or words[0] in _BETWEEN
        if not is_plain and self.items and _is_frame(self.items[-1].piece):
            return  # "a film hard to watch" asks for a film, "a weekend free" has time
        if self._turn_back(piece.start, Will.UNWANTED):
            self._is_after_no = self._is_trailing = True
        elif self._scope is not None and self._scope.is_idle:
            self.items.append(Item(piece, Will.UNWANTED, is_firm=True))
            self._scope.taken += 1
        elif has_no:
            self._open(piece, Will.UNWANTED)

    def _separate(self, place: int) -> None:
        """Take a comma: it begins the next of a row, or it ends a "no" that is an answer."""
        scope = self._scope
        if scope is None:
            return
        if scope.taken == 0:
            if self._words[scope.opener.start] in _ANSWERING:
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
        return (
            is_join
            or word in self._lexicon.nothing
            or word in self._lexicon.small
        )

    def _note(self, piece: Piece) -> None:
        """Remember what words that name nothing say of what follows them."""
        words = self._words[piece.start : piece.end]
        self._is_doubted |= not _DOUBTING.isdisjoint(words)
        if words[0] in _JOINS:
            self._is_waiting |= self._is_trailing
        elif words[0] in self._lexicon.begins:
            self._is_trailing = self._is_waiting = False

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
            self._add_alone(piece)
        elif self._is_head(place, piece):
            return
        elif scope.taken and not self._reaches(scope, place, piece):
            self._close(piece.start)
            self._add_alone(piece)
        elif scope.taken and scope.join is _Join.NOTHING and _is_format(piece):
            return  # the films of "no war films"
        else:
            self._join_attribute(piece)
            is_firm = scope.is_firm or self._excepts(scope.opener)
            self.items.append(Item(piece, scope.will, is_firm))
            scope.taken += 1
            scope.join = _Join.NOTHING

    def _add_alone(self, piece: Piece) -> None:
        """Take a thing outside the reach of a "no"."""
        is_harm = piece.has(Kind.HARM)
        is_only_harm = is_harm and not piece.has(Kind.ANSWER)
        is_awaited = is_harm and self._is_waiting
        is_unwanted = is_awaited or (is_only_harm and self._is_after_no)
        self.items.append(
            Item(piece, Will.UNWANTED if is_unwanted else Will.WANTED)
        )
        self._is_trailing = self._is_waiting = is_awaited

    def _join_attribute(self, piece: Piece) -> None:
        """Forget a word that only says more of the harm behind it: "no pointless gore"."""
        if not self.items or not piece.has(Kind.HARM):
            return
        attribute = self.items[-1].piece
        is_plain = not (_is_answer(attribute) or attribute.has(Kind.HARM))
        if is_plain and attribute.end == piece.start and not attribute.title:
            self.items.pop()

    def _excepts(self, opener: Piece) -> bool:
        return not _EXCEPT.isdisjoint(self._words[opener.start : opener.end])

    def _is_head(self, place: int, piece: Piece) -> bool:
        """Tell whether this is only the film that something is about: "no films about war"."""
        if not _is_format(piece) or place + 1 == len(self._pieces):
            return False
        following = self._pieces[place + 1]
        is_measured = following.amount is not None
        return (
            is_measured or self._words[following.start] in self._lexicon.joins
        )

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
        number = len(self.items)
        while number and self._is_turned(number, place, will):
            number -= 1
            self.items[number] = self.items[number]._replace(will=will)
            place = self.items[number].piece.start
        return number < len(self.items)

    def _is_turned(self, number: int, place: int, will: Will) -> bool:
        """Tell whether what turns a row round at a place turns the last of so many things too."""
        last = self.items[number - 1]
        is_harm = last.piece.has(Kind.HARM)
        between = self._words[last.piece.end : place]
        if will is Will.ALLOWED and (last.is_firm or not is_harm):
            return False
        if number < len(self.items):
            is_allowed = last.will is Will.ALLOWED
            return is_harm and not is_allowed and _IN_A_ROW.issuperset(between)
        loose = _JOINS | self._lexicon.nothing | {QUESTION, "only", "just"}
        return (loose if is_harm else _BETWEEN).issuperset(between)

    def _reach_back(self, place: int) -> bool:
        """Take what stands before a "no" that took nothing; False if nothing does.

        It reaches across a stop at the head of a sentence alone: "Gore. No."
        """
        if not self.items:
            return False
        if is_stop(self._words[place - 1]):
            place -= 1
        is_ruled_out = self.items[-1].will is Will.UNWANTED
        is_changed = not is_ruled_out and self._turn_back(place, Will.UNWANTED)
        self._is_after_no |= is_changed
        return is_changed


def _is_answer(piece: Piece) -> bool:
    return piece.has(Kind.ANSWER) or piece.amount is not None


def _is_frame(piece: Piece) -> bool:
    """Tell whether this is a film, a series or a time, which nobody finds hard to bear."""
    sense = piece.first(Kind.ANSWER)
    return sense is not None and sense.answer in (
        AnswerName.FORMAT,
        AnswerName.TIME,
    )


def _is_format(piece: Piece) -> bool:
    sense = piece.first(Kind.ANSWER)
    return sense is not None and sense.answer == AnswerName.FORMAT
