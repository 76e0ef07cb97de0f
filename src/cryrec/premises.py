"""What titles are about, and which of them some words describe.

Only what a premise gives away is read: the `about` phrases, the blurb, and the evidence of the
moods. No note and no ending is, so nothing that is found here tells what happens.

Ranked by SQLite's full-text index with Porter's stems, in memory and made when it is first needed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from math import log
from typing import Final, NamedTuple, Protocol

from cryrec.matching import normalise
from cryrec.models import Title
from cryrec.recommend.answers import Wished

COLUMNS: Final = ("about", "blurb", "evidence")
"""Where a word can stand, the surest place first."""

WISH_POINTS: Final = {"about": 18, "blurb": 12, "evidence": 6}
"""What a word that was wished for is worth where it stands; of several words, the mean."""

RANK_WEIGHTS: Final = (4.0, 2.0, 1.0)

MOST_FOUND: Final = 3
"""Titles that are shown for a description."""

USUAL_COUNT: Final = 2
"""In so many titles a word that stands in none counts as standing: people use other words."""

LONGEST_DESCRIPTION: Final = 40
"""Words of a description that are looked at."""

LEAST_COVERS: Final = (1.0, 1.0, 0.75, 0.55, 0.45, 0.35, 0.3)
"""The least share of a description of one, two and more words that a title has to have, rare words
weighing most. A short one may be another name; of a long one nobody remembers every word right."""

FEW_WORDS: Final = 2
"""Up to so many words, all of them have to stand in one phrase of what a title is about."""


class Described(NamedTuple):
    """A title that some words describe, and which of them did."""

    title_id: str
    words: tuple[str, ...]


class Elsewhere(NamedTuple):
    """What a search finds where no title is called that.

    The studios of that name with how many titles each has, and the titles that are about it.
    """

    studios: Mapping[str, int] = {}
    about: Sequence[Described] = ()


class _Index(Protocol):
    """Looks up where a word, in any of its forms, stands."""

    def holding(self, word: str, column: str) -> frozenset[int]:
        """The places of the titles that have the word there."""

    def ranked(self, words: Sequence[str]) -> list[int]:
        """The places of the titles that have any of the words, best first."""


class Premises:
    """The premises of some titles."""

    def __init__(self, titles: Sequence[Title]) -> None:
        self._titles = titles

    @cached_property
    def _index(self) -> _Index:
        rows = [tuple(_texts(title)) for title in self._titles]
        try:
            return _FullText(rows)
        except sqlite3.OperationalError:  # a Python whose SQLite was built without FTS5
            return _Overlap(rows)

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one for a run, and it lives as long
    def is_told(self, word: str) -> bool:
        """Whether a word stands in what a title is known for: in its phrases or its blurb."""
        return bool(self._holding(word, "about") or self._holding(word, "blurb"))

    def wished(self, words: Sequence[str]) -> dict[str, Wished]:
        """What some words come to in every title in which one of them stands, by its id."""
        found: dict[int, dict[str, int]] = {}
        for word in words:
            for column in reversed(COLUMNS):
                for place in self._holding(word, column):
                    found.setdefault(place, {})[word] = WISH_POINTS[column]
        return {
            self._titles[place].id: Wished(
                _in_order(points, words), sum(points.values()) // len(words)
            )
            for place, points in sorted(found.items())
        }

    def described(
        self, words: Sequence[str], alike: Mapping[str, frozenset[str]]
    ) -> list[Described]:
        """The titles that some words describe, best first; none if they hardly describe any.

        `alike` holds for a word those that may stand in its place.
        """
        words = list(dict.fromkeys(words))[:LONGEST_DESCRIPTION]
        forms = {word: sorted(alike.get(word, frozenset()) | {word}) for word in words}
        places = {word: self._anywhere(forms[word]) for word in words}
        weights = {word: self._weight(len(places[word])) for word in words}
        least = LEAST_COVERS[min(len(words), len(LEAST_COVERS)) - 1]
        enough = least * sum(weights.values())
        found: list[tuple[float, Described]] = []
        for place in self._index.ranked(
            sorted({form for each in forms.values() for form in each})
        ):
            hits = tuple(word for word in words if place in places[word])
            cover = sum(weights[word] for word in hits)
            if cover >= enough and self._says_enough(place, hits, words, forms):
                found.append((cover, Described(self._titles[place].id, hits)))
        found.sort(key=lambda each: -each[0])
        return [described for _, described in found][:MOST_FOUND]

    def _says_enough(
        self,
        place: int,
        hits: Sequence[str],
        words: Sequence[str],
        forms: Mapping[str, Sequence[str]],
    ) -> bool:
        """Whether a title has more in common with a description than two words could by chance."""
        if len(words) > FEW_WORDS:
            return len(hits) >= FEW_WORDS
        phrases = map(plain, self._titles[place].about)
        return any(
            self._has_all(phrase.split(), [forms[word] for word in hits])
            for phrase in phrases
        )

    def _has_all(self, phrase: Sequence[str], words: Sequence[Sequence[str]]) -> bool:
        """Whether a phrase has each of some words, in any of its forms."""
        stems = set(map(_stem, phrase))
        return all(any(_stem(form) in stems for form in forms) for forms in words)

    def _anywhere(self, forms: Sequence[str]) -> frozenset[int]:
        places: frozenset[int] = frozenset()
        for form in forms:
            places = places.union(*(self._holding(form, column) for column in COLUMNS))
        return places

    def _weight(self, count: int) -> float:
        """The weight of a word that so many titles have (inverse document frequency)."""
        return log(1 + len(self._titles) / max(count, USUAL_COUNT))

    def _holding(self, word: str, column: str) -> frozenset[int]:
        return self._index.holding(word, column)


def _texts(title: Title) -> list[str]:
    """What a title is about, column by column, in the form in which words are compared."""
    evidence = [tag.evidence for tag in title.moods if tag.evidence]
    columns = (title.about, [title.blurb or ""], evidence)
    return [" . ".join(map(plain, texts)) for texts in columns]


def plain(text: str) -> str:
    """Any text in the form in which words are compared, however long it is."""
    return " ".join(normalise(word) for word in text.replace("-", " ").split())


def _in_order(points: Mapping[str, int], words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word in points)


class _FullText:
    """SQLite's full-text index. Raises sqlite3.OperationalError where it is missing."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._connection = sqlite3.connect(":memory:")
        columns = ", ".join(COLUMNS)
        self._connection.execute(
            f"CREATE VIRTUAL TABLE premise USING fts5({columns}, tokenize = 'porter unicode61')"
        )
        numbered = [(place, *row) for place, row in enumerate(rows, start=1)]
        self._connection.executemany(
            f"INSERT INTO premise (rowid, {columns}) VALUES (?, ?, ?, ?)", numbered
        )

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one for a run, and it lives as long
    def holding(self, word: str, column: str) -> frozenset[int]:
        """The places of the titles that have the word there."""
        query = f"{column} : {_quoted(word)}"
        rows = self._connection.execute(
            "SELECT rowid FROM premise WHERE premise MATCH ?", [query]
        )
        return frozenset(place - 1 for (place,) in rows)

    def ranked(self, words: Sequence[str]) -> list[int]:
        """The places of the titles that have any of the words, best first (Okapi BM25)."""
        if not words:
            return []
        query = " OR ".join(map(_quoted, words))
        rows = self._connection.execute(
            "SELECT rowid FROM premise WHERE premise MATCH ?"
            " ORDER BY bm25(premise, ?, ?, ?), rowid",
            [query, *RANK_WEIGHTS],
        )
        return [place - 1 for (place,) in rows]


def _quoted(word: str) -> str:
    """A word as the query language takes it, whatever is in it."""
    return '"' + word.replace('"', " ").replace("\0", " ") + '"'


class _Overlap:
    """The same from words alone, for a Python whose SQLite has no full-text index."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._stems = [
            {
                column: frozenset(map(_stem, text.split()))
                for column, text in zip(COLUMNS, row, strict=True)
            }
            for row in rows
        ]

    def holding(self, word: str, column: str) -> frozenset[int]:
        """The places of the titles that have the word there."""
        stem = _stem(word)
        return frozenset(
            place for place, each in enumerate(self._stems) if stem in each[column]
        )

    def ranked(self, words: Sequence[str]) -> list[int]:
        """The places of the titles that have any of the words, those with most of them first."""
        stems = frozenset(map(_stem, words))
        counts = [
            sum(len(stems & each[column]) for column in COLUMNS) for each in self._stems
        ]
        places = [place for place, count in enumerate(counts) if count]
        return sorted(places, key=lambda place: (-counts[place], place))


_ENDINGS: Final = ("ing", "ies", "es", "ed", "s")
_SHORTEST_STEM: Final = 3


def _stem(word: str) -> str:
    """A word without the ending that its plural or its past has."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
