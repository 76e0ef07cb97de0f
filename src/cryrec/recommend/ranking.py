"""Who fits and in which order: filters, ledger and ties put together, before any card is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from cryrec.models import Title
from cryrec.recommend.answers import Answers
from cryrec.recommend.ledger import ledger, similarity
from cryrec.recommend.loosening import Relaxed, fitting
from cryrec.recommend.pool import Pool
from cryrec.recommend.taste import Taste, learn


class Scored(Struct, frozen=True):
    """A title that fits, with its ledger.

    `similarity` (0 to 100) is to the title given with `--like`, None without one; `order` is what
    the ranking goes by: the score or, with `--like`, mostly the similarity.
    """

    title: Title
    ledger: dict[str, int]
    similarity: int | None
    order: int

    @property
    def score(self) -> int:
        """The sum of the ledger."""
        return sum(self.ledger.values())


class Ranking(Struct, frozen=True):
    """All titles that fit, best first if ranked, and what had to be let go for them."""

    scored: tuple[Scored, ...]
    relaxed: tuple[Relaxed, ...]

    def place(self, title: Title) -> int | None:
        """The place of `title` by score, equals counted against it; None if it does not fit."""
        own = next((each.score for each in self.scored if each.title.id == title.id), None)
        return None if own is None else sum(each.score >= own for each in self.scored)


def eligible(pool: Pool, answers: Answers) -> Sequence[Title]:
    """The titles that may be ranked at all: with `like`, those strictly in its directions."""
    if answers.like is None:
        return pool.titles
    origin = pool.title(answers.like)
    return [
        title
        for title in pool.titles
        if title.id != origin.id
        and all(direction.leads(origin, title) for direction in answers.directions)
        and all(direction.keeps(origin, title) for direction in answers.still)
    ]


def rank(pool: Pool, answers: Answers, shown: frozenset[str] = frozenset()) -> Ranking:
    """Everything that fits, best first; ids `shown` before come after all others."""
    found = weigh(pool, answers)
    return Ranking(tuple(_in_order(found.scored, answers, shown)), found.relaxed)


def weigh(pool: Pool, answers: Answers) -> Ranking:
    """Everything that fits, with its score, in the order of the pool: enough to count places."""
    origin = pool.title(answers.like) if answers.like is not None else None
    found = fitting(eligible(pool, answers), answers)
    taste = learn(pool.titles, answers.person.ratings)
    scored = tuple(_score(title, answers, origin, taste) for title in found.titles)
    return Ranking(scored, found.relaxed)


def _in_order(
    scored: Sequence[Scored], answers: Answers, shown: frozenset[str]
) -> Iterator[Scored]:
    """Best first; equals by the watchlist, by what was offered longest ago, then by a draw."""
    person = answers.person

    def place(each: Scored) -> tuple[bool, int, bool, int]:
        key = each.title.id
        ago = person.recent.index(key) if key in person.recent else len(person.recent)
        return (key in shown, -each.order, key not in person.later, -ago)

    for _, group in groupby(sorted(scored, key=place), key=place):
        equals = list(group)
        # Most places have one title, and the draw is the slowest part of it all.
        yield from sorted(equals, key=lambda e: _draw(e.title, answers)) if equals[1:] else equals


def _score(title: Title, answers: Answers, origin: Title | None, taste: Taste | None) -> Scored:
    lines = ledger(title, answers, taste)
    score = sum(lines.values())
    if origin is None:
        return Scored(title, lines, None, score)
    alike = similarity(title, origin)
    return Scored(title, lines, alike, (60 * alike + 40 * min(100, score)) // 100)


def _draw(title: Title, answers: Answers) -> bytes:
    """A fair draw among equals that the same seed and answers always repeat.

    Not from the count of cards: more of them must not reshuffle the first ones.
    """
    from hashlib import blake2b  # loads OpenSSL, 2 ms that most answers need not pay

    key = f"{answers.seed} {' '.join(answers.words)} {title.id}"
    return blake2b(key.encode(), digest_size=8).digest()
