"""Which words of a sentence belong together, and everything that each group of them can mean.

At each word the longest phrase or amount wins; what can be a harm wins over what only looks like
filler, so that "no" never loses what it stood before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from cryrec.wording.amounts import Amount, Amounts
from cryrec.wording.lexicon import GAP, Kind, Lexicon, Part, Phrase, Sense
from cryrec.wording.tokens import COMMA, QUESTION, STOP, Token

NOT: Final = "not"
NOS: Final = frozenset({"no", NOT, "without", "never", "nothing", "none", "nobody"})

_NAMELESS: Final = (Kind.NOTHING, Kind.ANSWER, Kind.TURN)
_VERBS: Final = frozenset({"is", "are", "be", "should", "must", "may", "will", "can"})
LONGEST_HARM: Final = 4
"""Words of a harm that are looked for before a "no"."""

_CLAIMS: Final = {kind: place for place, kind in enumerate(Kind)}


class Piece(NamedTuple):
    """Some words in a row that mean something together; a single word may mean nothing known.

    `is_denied` is one that has a "not" inside ("dogs that do not die"). `title` are the ids that a
    name leads to.
    """

    start: int
    end: int
    senses: tuple[Sense, ...] = ()
    is_denied: bool = False
    amount: Amount | None = None
    title: str | None = None

    def has(self, kind: Kind) -> bool:
        """Tell whether it can be of that kind."""
        return any(sense.kind is kind for sense in self.senses)

    def first(self, kind: Kind) -> Sense | None:
        """Return its first sense of that kind."""
        return next((sense for sense in self.senses if sense.kind is kind), None)

    def of(self, kind: Kind) -> list[Sense]:
        """Return all its senses of that kind."""
        return [sense for sense in self.senses if sense.kind is kind]


class _Hit(NamedTuple):
    """A phrase found in a sentence: where it ends, and whether a "not" stands in its gap."""

    end: int
    sense: Sense
    is_denied: bool


class Cutter:
    """Cuts one sentence into pieces."""

    def __init__(self, lexicon: Lexicon, tokens: Sequence[Token]) -> None:
        self._lexicon = lexicon
        self._words = [token.text for token in tokens]
        self._amounts = Amounts(tokens)
        self._hits = [list(self._hits_at(place)) for place in range(len(tokens))]

    def pieces(
        self, start: int, end: int, names: Mapping[int, Piece] = {}
    ) -> Iterator[Piece]:
        """Yield the pieces from one word to another; `names` are pieces known already."""
        place = start
        while place < end:
            piece = names.get(place) or self._piece_at(
                place, self._limit(place, end, names)
            )
            yield piece
            place = piece.end

    def plain_pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the pieces of what nobody rules out: as `pieces`, and no word is a harm."""
        place = start
        while place < end:
            hits = [hit for hit in self._hits[place] if hit.sense.kind is Kind.ANSWER]
            piece = _longest(place, [hit for hit in hits if hit.end <= end])
            yield piece or Piece(place, place + 1)
            place = piece.end if piece else place + 1

    def _limit(self, place: int, end: int, names: Iterable[int]) -> int:
        return min((name for name in names if name > place), default=end)

    def _piece_at(self, place: int, end: int) -> Piece:
        hits = [hit for hit in self._hits[place] if hit.end <= end]
        hits = [hit for hit in hits if not self._cuts_a_harm(place, hit)]
        hits = [hit for hit in hits if not self._hides_a_no(place, hit)]
        piece = _longest(place, hits)
        amount = self._amounts.at(place)
        if amount and amount.end <= end and (piece is None or amount.end > piece.end):
            return Piece(place, amount.end, amount=amount)
        return piece or Piece(place, place + 1)

    def _cuts_a_harm(self, place: int, hit: _Hit) -> bool:
        """Tell whether taking a phrase here would take words away from a harm that begins later."""
        if hit.sense.kind is Kind.HARM:
            return False
        return any(
            inner.sense.kind is Kind.HARM and inner.end > hit.end
            for later in range(place + 1, hit.end)
            for inner in self._hits[later]
        )

    def _hides_a_no(self, place: int, hit: _Hit) -> bool:
        """Tell whether a phrase would use up a "no" that the harm behind it stands under."""
        has_no = not NOS.isdisjoint(self._words[place : hit.end])
        if not has_no or hit.sense.kind not in _NAMELESS:
            return False
        if self._ends_a_harm(place):
            return True
        later = hit.end
        quiet = self._lexicon.small | self._lexicon.nothing
        while later < len(self._words) and not self._begins_a_harm(later):
            word = self._words[later]
            if word not in quiet - NOS or later > hit.end + GAP:
                return False
            later += 1
        return later < len(self._words)

    def _ends_a_harm(self, place: int) -> bool:
        """Tell whether a harm ends here, but for a verb: "gore should not be there"."""
        while place and self._words[place - 1] in _VERBS:
            place -= 1
        starts = range(max(0, place - LONGEST_HARM), place)
        hits = (hit for start in starts for hit in self._hits[start])
        return any(hit.end == place and hit.sense.kind is Kind.HARM for hit in hits)

    def _begins_a_harm(self, place: int) -> bool:
        return any(hit.sense.kind is Kind.HARM for hit in self._hits[place])

    def _hits_at(self, place: int) -> Iterator[_Hit]:
        for phrase in self._lexicon.phrases.get(self._words[place], ()):
            yield from self._found(phrase, place)

    def _found(self, phrase: Phrase, place: int) -> Iterator[_Hit]:
        if not phrase.after:
            yield from (
                _Hit(end, phrase.sense, False) for end in self._row(phrase.parts, place)
            )
            return
        for front, back in ((phrase.parts, phrase.after), (phrase.after, phrase.parts)):
            for middle in self._row(front, place):
                yield from self._across(phrase.sense, back, middle)

    def _across(
        self, sense: Sense, back: tuple[Part, ...], middle: int
    ) -> Iterator[_Hit]:
        """Yield where the second part ends, up to a gap of small words behind the first."""
        is_denied = False
        for place in range(middle, min(middle + GAP + 1, len(self._words))):
            yield from (_Hit(end, sense, is_denied) for end in self._row(back, place))
            word = self._words[place]
            if word != NOT and word not in self._lexicon.small:
                return
            is_denied |= word == NOT

    def _row(self, parts: Sequence[Part], place: int) -> Iterator[int]:
        return ends_of(parts, self._words, place)


def ends_of(parts: Sequence[Part], words: Sequence[str], place: int) -> Iterator[int]:
    """Yield every place where these parts of a phrase can end, if they begin at `place`."""
    if not parts:
        yield place
        return
    part, rest = parts[0], parts[1:]
    if part.is_optional:
        yield from ends_of(rest, words, place)
    if place < len(words) and words[place] in part.words:
        yield from ends_of(rest, words, place + 1)


def _longest(place: int, hits: Sequence[_Hit]) -> Piece | None:
    """Return the piece of the longest phrases; None if there is none."""
    end = max((hit.end for hit in hits), default=0)
    if end <= place:
        return None
    longest = [hit for hit in hits if hit.end == end]
    senses = dict.fromkeys(sorted((hit.sense for hit in longest), key=_claim))
    is_denied = any(hit.is_denied for hit in longest)
    return Piece(place, end, tuple(senses), is_denied)


def _claim(sense: Sense) -> int:
    return _CLAIMS[sense.kind]


def is_stop(word: str) -> bool:
    """Tell whether nothing reaches across this mark."""
    return word in (STOP, QUESTION)


def is_comma(word: str) -> bool:
    """Tell whether this mark separates things in a row."""
    return word == COMMA
