"""Which words of a sentence belong together, and everything that each group of them can mean.

At each word the longest phrase or amount wins; what can be a harm wins over what only looks like
filler, so that "no" never loses what it stood before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from cryrec.wording.amounts import Amount, Amounts
from cryrec.wording.lexicon import GAP, Kind, Lexicon, Part, Phrase, Sense
from cryrec.wording.tokens import COMMA, QUESTION, STOP, Token

NOT: Final = "not"
NOS: Final = frozenset(
    {"no", NOT, "without", "never", "nothing", "none", "nobody"}
)

_NAMELESS: Final = (Kind.NOTHING, Kind.ANSWER, Kind.TURN)
_VERBS: Final = frozenset(
    {"is", "are", "be", "should", "must", "may", "will", "can"}
)

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
        return next(
            (sense for sense in self.senses if sense.kind is kind), None
        )

    def of(self, kind: Kind) -> list[Sense]:
        """Return all its senses of that kind."""
        return [sense for sense in self.senses if sense.kind is kind]


class _Hit(NamedTuple):
    """A phrase found in a sentence: where it ends, and whether a "not" stands in its gap."""

    end: int
    sense: Sense
    is_denied: bool

    def has(self, kind: Kind) -> bool:
        """Tell whether it is of that kind."""
        return self.sense.kind is kind


class Cutter:
    """Cuts one sentence into pieces."""

    def __init__(self, lexicon: Lexicon, tokens: Sequence[Token]) -> None:
        self._lexicon = lexicon
        self._words = [token.text for token in tokens]
        self._amounts = Amounts(tokens)
        self._hits = [
            list(self._hits_at(place)) for place in range(len(tokens))
        ]

    def pieces(
        self, start: int, end: int, names: Mapping[int, Piece] = {}
    ) -> Iterator[Piece]:
        """Yield the pieces from one word to another; `names` are pieces known already."""
        place = start
        while place < end:
            piece = names.get(place)
            if piece is None:
                limit = self._limit(place, end, names)
                piece = self._piece_at(place, limit)
            yield piece
            place = piece.end

    def plain_pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the pieces of what nobody rules out: as `pieces`, and no word is a harm."""
        place = start
        while place < end:
            answers = [
                hit
                for hit in self._hits_until(place, end)
                if hit.has(Kind.ANSWER)
            ]
            piece = _longest(place, answers) or _one_word(place)
            yield piece
            place = piece.end

    def _limit(self, place: int, end: int, names: Iterable[int]) -> int:
        return min((start for start in names if start > place), default=end)

    def _hits_until(self, place: int, end: int) -> Iterator[_Hit]:
        return (hit for hit in self._hits[place] if hit.end <= end)

    def _piece_at(self, place: int, end: int) -> Piece:
        hits = [
            hit
            for hit in self._hits_until(place, end)
            if self._may_take(place, hit)
        ]
        piece = _longest(place, hits)
        phrase_end = piece.end if piece else place
        amount = self._amounts.at(place)
        if amount and phrase_end < amount.end <= end:
            return Piece(place, amount.end, amount=amount)
        return piece or _one_word(place)

    def _may_take(self, place: int, hit: _Hit) -> bool:
        """Tell whether nothing that is ruled out gets lost where a phrase is taken here."""
        return not (
            self._cuts_a_harm(place, hit) or self._hides_a_no(place, hit)
        )

    def _cuts_a_harm(self, place: int, hit: _Hit) -> bool:
        """Tell whether taking a phrase here would take words away from a harm that begins later."""
        if hit.has(Kind.HARM):
            return False
        hits_inside = chain.from_iterable(self._hits[place + 1 : hit.end])
        return any(
            inner.end > hit.end
            for inner in hits_inside
            if inner.has(Kind.HARM)
        )

    def _hides_a_no(self, place: int, hit: _Hit) -> bool:
        """Tell whether a phrase would use up a "no" that the harm behind it stands under."""
        if hit.sense.kind not in _NAMELESS:
            return False
        if NOS.isdisjoint(self._words[place : hit.end]):
            return False
        if self._ends_a_harm(place):
            return True
        place_behind = hit.end
        quiet = self._lexicon.small | self._lexicon.nothing
        while place_behind < len(self._words) and not self._begins_a_harm(
            place_behind
        ):
            is_far = place_behind > hit.end + GAP
            if is_far or self._words[place_behind] not in quiet - NOS:
                return False
            place_behind += 1
        return place_behind < len(self._words)

    def _ends_a_harm(self, place: int) -> bool:
        """Tell whether a harm ends here, but for a verb: "gore should not be there"."""
        while place and self._words[place - 1] in _VERBS:
            place -= 1
        starts = range(max(0, place - LONGEST_HARM), place)
        hits = chain.from_iterable(self._hits[start] for start in starts)
        return any(hit.end == place and hit.has(Kind.HARM) for hit in hits)

    def _begins_a_harm(self, place: int) -> bool:
        return any(hit.has(Kind.HARM) for hit in self._hits[place])

    def _hits_at(self, place: int) -> Iterator[_Hit]:
        for phrase in self._lexicon.phrases.get(self._words[place], ()):
            yield from self._hits_of(phrase, place)

    def _hits_of(self, phrase: Phrase, place: int) -> Iterator[_Hit]:
        if not phrase.after:
            for end in self._row(phrase.parts, place):
                yield _Hit(end, phrase.sense, is_denied=False)
            return
        orders = ((phrase.parts, phrase.after), (phrase.after, phrase.parts))
        for front, back in orders:
            for middle in self._row(front, place):
                yield from self._across(phrase.sense, back, middle)

    def _across(
        self, sense: Sense, back: tuple[Part, ...], middle: int
    ) -> Iterator[_Hit]:
        """Yield where the second part ends, up to a gap of small words behind the first."""
        is_denied = False
        gap_end = min(middle + GAP + 1, len(self._words))
        for place in range(middle, gap_end):
            for end in self._row(back, place):
                yield _Hit(end, sense, is_denied)
            gap_word = self._words[place]
            if gap_word != NOT and gap_word not in self._lexicon.small:
                return
            is_denied |= gap_word == NOT

    def _row(self, parts: Sequence[Part], place: int) -> Iterator[int]:
        return ends_of(parts, self._words, place)


def ends_of(
    parts: Sequence[Part], words: Sequence[str], place: int
) -> Iterator[int]:
    """Yield every place where these parts of a phrase can end, if they begin at `place`."""
    if not parts:
        yield place
        return
    first, *rest = parts
    if first.is_optional:
        yield from ends_of(rest, words, place)
    if place < len(words) and words[place] in first.words:
        yield from ends_of(rest, words, place + 1)


def _one_word(place: int) -> Piece:
    """Return a word that means nothing known."""
    return Piece(place, place + 1)


def _longest(place: int, hits: Sequence[_Hit]) -> Piece | None:
    """Return the piece of the longest phrases; None if there is none."""
    end = max((hit.end for hit in hits), default=0)
    if end <= place:
        return None
    longest = [hit for hit in hits if hit.end == end]
    senses = sorted((hit.sense for hit in longest), key=_claim)
    return Piece(
        start=place,
        end=end,
        senses=tuple(dict.fromkeys(senses)),
        is_denied=any(hit.is_denied for hit in longest),
    )


def _claim(sense: Sense) -> int:
    return _CLAIMS[sense.kind]


def is_stop(word: str) -> bool:
    """Tell whether nothing reaches across this mark."""
    return word in (STOP, QUESTION)


def is_comma(word: str) -> bool:
    """Tell whether this mark separates things in a row."""
    return word == COMMA
