"""The name of a title in a sentence: "like X", "gentler than X", "X but shorter"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from cryrec.wording.lexicon import Lexicon
from cryrec.wording.pieces import Piece, ends_of, is_stop
from cryrec.wording.tokens import COMMA, STOP, Token

LONGEST_NAME: Final = 9
"""Words of a name that are tried."""

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
_TURNS: Final = frozenset({"but", "only", "just", "except", COMMA})


class Named(NamedTuple):
    """What a name leads to: the ids that it fits equally well, and how well (0 to 100)."""

    ids: tuple[str, ...]
    score: int


class World(Protocol):
    """What has to be known of the titles to read a sentence."""

    def named(self, words: str) -> Named:
        """The titles of that name."""

    def is_told(self, word: str) -> bool:
        """Whether a word stands in what titles are about."""


class _Span(NamedTuple):
    """A name from one word to another, and what it leads to."""

    start: int
    end: int
    named: Named


class _Marker(NamedTuple):
    """Words that a name stands behind, and how well it has to fit."""

    start: int
    end: int
    least: int


def names_in(
    tokens: Sequence[Token], typed: Sequence[Token], lexicon: Lexicon, world: World
) -> Mapping[int, Piece]:
    """Return the piece of the first title that is named, by the place where it begins.

    `typed` are the same tokens with their slips: a name is no word of the lexicon, and whoever
    finds it forgives slips of its own.
    """
    words = [token.text for token in tokens]
    finder = _Finder(words, [token.text for token in typed], lexicon, world)
    for marker, span in finder.found():
        title = span.named.ids[0]
        if len(span.named.ids) > 1:
            title = " ".join(words[span.start : span.end])
        return {marker: Piece(marker, span.end, title=title)}
    return {}


class _Finder:
    """Looks for names in one sentence."""

    def __init__(
        self,
        words: Sequence[str],
        typed: Sequence[str],
        lexicon: Lexicon,
        world: World,
    ) -> None:
        self._words = words
        self._typed = typed
        self._lexicon = lexicon
        self._world = world

    def found(self) -> Iterator[tuple[int, _Span]]:
        """Yield names, the surest first, with the place from which on their words are used up."""
        for marker in self._markers():
            if span := self._best(self._from(marker.end), marker.least):
                yield marker.start, span
        for end in self._ends():
            if span := self._best(self._until(end), _EXACT):
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
        ends = [
            end
            for phrase in self._lexicon.sure_likes
            for end in ends_of(phrase.parts, self._words, place)
        ]
        if ends:
            return _Marker(place, max(ends), _LIKELY)
        word = self._words[place]
        is_measure = word == "as" and "as" in self._words[place + 1 : place + _MEASURE]
        if word not in self._lexicon.maybe_likes or is_measure:
            return None
        before = self._words[place - 1] if place else STOP
        is_sure = word == "like" and (before in _COMPARING or before in (STOP, COMMA))
        return _Marker(place, place + 1, _LIKELY if is_sure else _EXACT)

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
        return place > 0 and (word in _TURNS or word in self._lexicon.after_likes)

    def _from(self, start: int) -> Iterator[tuple[int, int]]:
        for end in range(start + 1, min(start + LONGEST_NAME, len(self._words)) + 1):
            if is_stop(self._words[end - 1]):
                return
            yield start, end

    def _until(self, end: int) -> Iterator[tuple[int, int]]:
        for start in range(max(0, end - LONGEST_NAME), end):
            yield start, end

    def _best(self, spans: Iterable[tuple[int, int]], least: int) -> _Span | None:
        """The span whose words fit a name best; of equals, the longest."""
        best: _Span | None = None
        for start, end in spans:
            named = self._named(start, end)
            says_more = any(self._is_new(word) for word in self._words[start:end])
            if not named.ids or named.score < (least if says_more else _EXACT):
                continue
            if best is None or (named.score, end - start) > (
                best.named.score,
                best.end - best.start,
            ):
                best = _Span(start, end, named)
        return best

    def _is_new(self, word: str) -> bool:
        """Tell whether a word means nothing else here; only then is a part of a name enough."""
        return (
            word not in self._lexicon.known
            and not word.isdigit()
            and len(word) >= _LEAST_LETTERS
        )

    def _named(self, start: int, end: int) -> Named:
        words = self._words[start:end]
        says_nothing = all(
            word in self._lexicon.small or word == COMMA for word in words
        )
        ends_badly = COMMA in (words[0], words[-1]) or any(map(is_stop, words))
        if says_nothing or ends_badly:
            return Named((), 0)
        typed = (word for word in self._typed[start:end] if word != COMMA)
        return self._world.named(" ".join(typed))
