"""The name of a title in a sentence: "like X", "gentler than X", "X but shorter"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from cryrec.wording.amounts import Amount
from cryrec.wording.lexicon import Lexicon
from cryrec.wording.pieces import Piece, ends_of, is_stop
from cryrec.wording.tokens import COMMA, STOP, Token

LONGEST_NAME: Final = 9
"""Words of a name that are tried."""

LONGEST_STUDIO: Final = 3
"""Words of a studio's name."""

MOST_PLACES: Final = 4
"""Places in a sentence at which a name is looked for; each costs some searches."""

_EXACT: Final = 97
_LIKELY: Final = 60
_LEAST_LETTERS: Final = 3
# Within so many words the second "as" of "as long as" follows the first.
_MEASURE: Final = 4

# Behind these "like" compares; behind any other word it may only be polite ("I'd like a film").
_COMPARING: Final = frozenset(
    [
        "something",
        "anything",
        "it",
        "one",
        "film",
        "movie",
        "movies",
        "series",
        "show",
        "shows",
        "more",
        "just",
        "anime",
        "much",
        "kinda",
        "sort",
        "stuff",
        "titles",
    ]
)
_TURNS: Final = frozenset(
    {"but", "only", "just", "except", "minus", "without", COMMA}
)


_MAKERS: Final = frozenset({"by", "from", "studio"})


class Named(NamedTuple):
    """What a name leads to: the ids that it fits equally well, and how well (0 to 100)."""

    ids: tuple[str, ...]
    score: int


_NO_NAME: Final = Named((), 0)


class World(Protocol):
    """What has to be known of the titles to read a sentence."""

    def named(self, words: str) -> Named:
        """The titles of that name."""

    @property
    def studios(self) -> frozenset[str]:
        """The names of studios in the form in which words are compared."""

    def is_told(self, word: str) -> bool:
        """Whether a word stands in what titles are about."""


class _Span(NamedTuple):
    """A name from one word to another, and what it leads to."""

    start: int
    end: int
    named: Named

    @property
    def rank(self) -> tuple[int, int]:
        """The greater of two fits better, or as well with more words."""
        return self.named.score, self.end - self.start


class _Marker(NamedTuple):
    """Words that a name stands behind, and how well it has to fit."""

    start: int
    end: int
    least: int


def names_in(
    tokens: Sequence[Token],
    typed: Sequence[Token],
    lexicon: Lexicon,
    world: World,
) -> Mapping[int, Piece]:
    """Return the piece of the first title that is named, by the place where it begins.

    `typed` are the same tokens with their slips: a name is no word of the lexicon, so it is looked
    up as it stands too.
    """
    words = [token.text for token in tokens]
    typed_words = [token.text for token in typed]
    finder = _Finder(words, typed_words, lexicon, world)
    surest = next(finder.spans(), None)
    if surest is None:
        return {}
    start, span = surest
    title = span.named.ids[0]
    if len(span.named.ids) > 1:
        title = " ".join(words[span.start : span.end])
    return {start: Piece(start, span.end, title=title)}


def studios_in(
    tokens: Sequence[Token], lexicon: Lexicon, world: World
) -> Mapping[int, Piece]:
    """Return a piece for each studio that is named: there is no answer that could be one."""
    words = [token.text for token in tokens]
    studios = world.studios
    pieces: dict[int, Piece] = {}
    for start in range(len(words)):
        has_maker = start > 0 and words[start - 1] in _MAKERS
        first_place = start - 1 if has_maker else start
        last_end = min(start + LONGEST_STUDIO, len(words))
        for end in range(start + 1, last_end + 1):
            name = " ".join(words[start:end])
            says_more = name in lexicon.known or world.is_told(name)
            if name in studios and (has_maker or not says_more):
                unanswered = Amount(end, "", "")
                pieces[first_place] = Piece(
                    first_place, end, amount=unanswered
                )
    return pieces


class _Finder:
    """Looks for names in one sentence."""

    def __init__(
        self,
        words: Sequence[str],
        typed_words: Sequence[str],
        lexicon: Lexicon,
        world: World,
    ) -> None:
        self._words = words
        self._typed_words = typed_words
        self._lexicon = lexicon
        self._world = world

    def spans(self) -> Iterator[tuple[int, _Span]]:
        """Yield names, the surest first, with the place from which on their words are used up."""
        for marker in self._markers():
            span = self._best(self._from(marker.end), marker.least)
            if span:
                yield marker.start, span
        for end in self._ends():
            span = self._best(self._until(end), _EXACT)
            if span:
                yield span.start, span

    def _markers(self) -> Iterable[_Marker]:
        markers: list[_Marker] = []
        place = 0
        while place < len(self._words) and len(markers) < MOST_PLACES:
            marker = self._marker_at(place)
            if marker:
                markers.append(marker)
            place = marker.end if marker else place + 1
        return sorted(markers, key=lambda marker: marker.least)

    def _marker_at(self, place: int) -> _Marker | None:
        end = max(self._ends_of_likes(place), default=None)
        if end is not None:
            return _Marker(place, end, _LIKELY)
        word = self._words[place]
        if word not in self._lexicon.maybe_likes or self._is_measure(place):
            return None
        least = _LIKELY if self._compares(place) else _EXACT
        return _Marker(place, place + 1, least)

    def _ends_of_likes(self, place: int) -> Iterator[int]:
        """Yield where the phrases end that begin here and that only a name can follow."""
        for phrase in self._lexicon.sure_likes:
            yield from ends_of(phrase.parts, self._words, place)

    def _is_measure(self, place: int) -> bool:
        """Tell whether a word is the first of "as long as"."""
        words_behind = self._words[place + 1 : place + _MEASURE]
        return self._words[place] == "as" and "as" in words_behind

    def _compares(self, place: int) -> bool:
        """Tell whether a word is a "like" that is more than polite."""
        if self._words[place] != "like":
            return False
        word_before = self._words[place - 1] if place else STOP
        return word_before in _COMPARING or word_before in (STOP, COMMA)

    def _ends(self) -> Iterator[int]:
        """Yield where a name may end that no marker stands before: at a turn, or the end."""
        turns = [
            place
            for place, word in enumerate(self._words)
            if self._is_turn(place, word)
        ]
        yield from turns[:MOST_PLACES]
        if len(self._words) <= LONGEST_NAME:
            yield len(self._words)

    def _is_turn(self, place: int, word: str) -> bool:
        return place > 0 and (
            word in _TURNS or word in self._lexicon.after_likes
        )

    def _from(self, start: int) -> Iterator[tuple[int, int]]:
        last = min(start + LONGEST_NAME, len(self._words))
        for end in range(start + 1, last + 1):
            if is_stop(self._words[end - 1]):
                return
            yield start, end

    def _until(self, end: int) -> Iterator[tuple[int, int]]:
        for start in range(max(0, end - LONGEST_NAME), end):
            yield start, end

    def _best(
        self, spans: Iterable[tuple[int, int]], least: int
    ) -> _Span | None:
        """The span whose words fit a name best; of equals, the longest."""
        best: _Span | None = None
        for start, end in spans:
            span = _Span(start, end, self._named(start, end))
            says_more = any(map(self._is_new, self._words[start:end]))
            least_score = least if says_more else _EXACT
            if not span.named.ids or span.named.score < least_score:
                continue
            if best is None or span.rank > best.rank:
                best = span
        return best

    def _is_new(self, word: str) -> bool:
        """Tell whether a word means nothing else here; only then is a part of a name enough."""
        if word in self._lexicon.known or word.isdigit():
            return False
        return len(word) >= _LEAST_LETTERS

    def _named(self, start: int, end: int) -> Named:
        span_words = self._words[start:end]
        if (self._lexicon.small | {COMMA}).issuperset(span_words):
            return _NO_NAME
        if COMMA in (span_words[0], span_words[-1]) or any(
            map(is_stop, span_words)
        ):
            return _NO_NAME
        typed = self._typed_words[start:end]
        spellings = dict.fromkeys((_name(typed), _name(span_words)))
        return max(
            map(self._world.named, spellings), key=lambda named: named.score
        )


def _name(words: Sequence[str]) -> str:
    return " ".join(word for word in words if word != COMMA)
