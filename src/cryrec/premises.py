"""What titles are about, and which of them some words describe.

Only what a premise gives away is read: the `about` phrases, the blurb, and the evidence of the
moods. No note and no ending is, so nothing that is found here tells what happens.

Ranked by SQLite's full-text index with Porter's stems, in memory and made when it is first needed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
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

RARE: Final = 1
"""A word that so few titles have may stand in another phrase than the second of two."""


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


class _Term(NamedTuple):
    """A word of a description: the forms it may stand in, where one does, and what it weighs."""

    word: str
    forms: Sequence[str]
    places: frozenset[int]
    weight: float


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
        except (
            sqlite3.OperationalError
        ):  # a Python whose SQLite was built without FTS5
            return _Overlap(rows)

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one for a run, and it lives as long
    def is_told(self, word: str) -> bool:
        """Whether a word stands in what a title is known for: in its phrases or its blurb."""
        return bool(
            self._holding(word, "about") or self._holding(word, "blurb")
        )

    def wished(self, words: Sequence[str]) -> dict[str, Wished]:
        """What some words come to in every title in which one of them stands, by its id."""
        points_by_place: dict[int, dict[str, int]] = {}
        for word in words:
            for column in reversed(COLUMNS):
                for place in self._holding(word, column):
                    points = points_by_place.setdefault(place, {})
                    points[word] = WISH_POINTS[column]
        return {
            self._titles[place].id: _wished(points, words)
            for place, points in sorted(points_by_place.items())
        }

    def described(
        self, words: Sequence[str], alike: Mapping[str, frozenset[str]]
    ) -> list[Described]:
        """The titles that some words describe, best first; none if they hardly describe any.

        `alike` holds for a word those that may stand in its place.
        """
        distinct_words = list(dict.fromkeys(words))
        terms = [
            self._term(word, alike.get(word, frozenset()))
            for word in distinct_words[:LONGEST_DESCRIPTION]
        ]
        enough = _least_share(len(terms)) * sum(term.weight for term in terms)
        covers: list[tuple[float, Described]] = []
        for place in self._index.ranked(_all_forms(terms)):
            hits = [term for term in terms if place in term.places]
            cover = sum(hit.weight for hit in hits)
            if cover >= enough and self._says_enough(place, hits, len(terms)):
                covers.append((cover, self._described_by(place, hits)))
        covers.sort(key=lambda pair: -pair[0])
        return [described for _, described in covers[:MOST_FOUND]]

    def _described_by(self, place: int, hits: Sequence[_Term]) -> Described:
        words = tuple(hit.word for hit in hits)
        return Described(self._titles[place].id, words)

    def _term(self, word: str, alike: frozenset[str]) -> _Term:
        """A word of a description, with those that may stand in its place."""
        forms = sorted(alike | {word})
        places = self._anywhere(forms)
        return _Term(word, forms, places, self._weight(len(places)))

    def _says_enough(
        self, place: int, hits: Sequence[_Term], count: int
    ) -> bool:
        """Whether a title has more in common with a description than two words could by chance.

        `hits` are the words of the description that it has, out of so many.
        """
        if count > FEW_WORDS:
            return len(hits) >= FEW_WORDS
        phrases = [
            plain(phrase).split() for phrase in self._titles[place].about
        ]
        is_told_of_few = any(len(hit.places) <= RARE for hit in hits)
        if len(hits) == FEW_WORDS and is_told_of_few:
            phrases.append(list(chain.from_iterable(phrases)))
        return any(_has_all(phrase, hits) for phrase in phrases)

    def _anywhere(self, forms: Sequence[str]) -> frozenset[int]:
        places: frozenset[int] = frozenset()
        for form in forms:
            for column in COLUMNS:
                places |= self._holding(form, column)
        return places

    def _weight(self, count: int) -> float:
        """The weight of a word that so many titles have (inverse document frequency)."""
        return log(1 + len(self._titles) / max(count, USUAL_COUNT))

    def _holding(self, word: str, column: str) -> frozenset[int]:
        return self._index.holding(word, column)


def _least_share(count: int) -> float:
    """The least share of a description of so many words that a title has to have."""
    last = len(LEAST_COVERS) - 1
    return LEAST_COVERS[min(count - 1, last)]


def _all_forms(terms: Sequence[_Term]) -> list[str]:
    """Every form of every word, sorted."""
    return sorted(set(chain.from_iterable(term.forms for term in terms)))


def _has_all(phrase: Sequence[str], terms: Sequence[_Term]) -> bool:
    """Whether a phrase has each of some words, in any of its forms."""
    stems = set(map(_stem, phrase))
    return all(not stems.isdisjoint(map(_stem, term.forms)) for term in terms)


def _texts(title: Title) -> list[str]:
    """What a title is about, column by column, in the form in which words are compared."""
    evidence = [tag.evidence for tag in title.moods if tag.evidence]
    columns = (title.about, [title.blurb or ""], evidence)
    return [" . ".join(map(plain, texts)) for texts in columns]


def plain(text: str) -> str:
    """Any text in the form in which words are compared, however long it is."""
    words = text.replace("-", " ").split()
    return " ".join(map(normalise, words))


def _wished(points: Mapping[str, int], words: Sequence[str]) -> Wished:
    """What the words come to in a title in which some of them stand, with these points."""
    hit_words = tuple(word for word in words if word in points)
    mean_points = sum(points.values()) // len(words)
    return Wished(hit_words, mean_points)


class _FullText:
    """SQLite's full-text index. Raises sqlite3.OperationalError where it is missing."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._connection = sqlite3.connect(":memory:")
        columns = ", ".join(COLUMNS)
        self._connection.execute(
            f"CREATE VIRTUAL TABLE premise USING fts5({columns}, tokenize = 'porter unicode61')"
        )
        insert = f"INSERT INTO premise (rowid, {columns}) VALUES (?, ?, ?, ?)"
        numbered_rows = [
            (number, *row) for number, row in enumerate(rows, start=1)
        ]
        self._connection.executemany(insert, numbered_rows)

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
    harmless = word.replace('"', " ").replace("\0", " ")
    return f'"{harmless}"'


class _Overlap:
    """The same from words alone, for a Python whose SQLite has no full-text index."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._titles = [
            dict(zip(COLUMNS, map(_stems, row), strict=True)) for row in rows
        ]

    def holding(self, word: str, column: str) -> frozenset[int]:
        """The places of the titles that have the word there."""
        stem = _stem(word)
        return frozenset(
            place
            for place, title in enumerate(self._titles)
            if stem in title[column]
        )

    def ranked(self, words: Sequence[str]) -> list[int]:
        """The places of the titles that have any of the words, those with most of them first."""
        wanted_stems = frozenset(map(_stem, words))
        counts = [
            sum(len(wanted_stems & stems) for stems in title.values())
            for title in self._titles
        ]
        places = [place for place, count in enumerate(counts) if count]
        return sorted(places, key=lambda place: (-counts[place], place))


_ENDINGS: Final = ("ing", "ies", "es", "ed", "s")
_SHORTEST_STEM: Final = 3


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_stem, text.split()))


def _stem(word: str) -> str:
    """A word without the ending that its plural or its past has."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
