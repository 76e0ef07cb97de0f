"""Who fits and in which order: criteria, points and ties together, before any card is chosen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from cryrec.models import Title
from cryrec.recommend.answers import Answers
from cryrec.recommend.criteria import asked
from cryrec.recommend.ledger import personal_points, similarity
from cryrec.recommend.loosening import Fitting, Relaxed, fitting
from cryrec.recommend.pool import Pool
from cryrec.recommend.taste import learn


class Scored(Struct, frozen=True):
    """A title that fits, with its ledger.

    `similarity` (0 to 100) is to the title given with `--like`, None without one; `order` is what
    the ranking goes by: the score or, with `--like`, mostly the similarity.
    """

    title: Title
    score: int
    ledger: dict[str, int]
    similarity: int | None
    order: int


class Ranking(Struct, frozen=True):
    """All titles that fit, best first, and what had to be let go for them."""

    scored: tuple[Scored, ...]
    relaxed: tuple[Relaxed, ...]


class Places:
    """The places of titles by score, equals counted against each."""

    def __init__(self, candidates: Fitting, totals: Sequence[int]) -> None:
        self._candidates = candidates
        self._totals = totals
        pool = candidates.pool
        self._worst_first = sorted(pool.among(candidates.mask, totals))

    @property
    def count(self) -> int:
        """How many titles have a place."""
        return len(self._worst_first)

    def of(self, title: Title) -> int | None:
        """The place of `title`; None if it does not fit."""
        bit = self._candidates.pool.place(title)
        if not self._candidates.mask >> bit & 1:
            return None
        worse_titles = bisect_left(self._worst_first, self._totals[bit])
        return self.count - worse_titles


class Scores:
    """The points of every title of a pool for one set of answers, each in the place of its title.

    `lines` are those of the ledger, by answer; `totals` their sums, the library's lines included.
    """

    def __init__(self, pool: Pool, answers: Answers) -> None:
        self.lines: Mapping[str, Sequence[int]] = {
            name: pool.points(name, value)
            for name, criterion, value in asked(answers)
            if criterion.points is not None
        }
        self.personal = _personal(pool, answers)
        nothing = [0] * len(pool.titles)
        points_of_titles = zip(nothing, *self.lines.values(), strict=True)
        self.totals = list(map(sum, points_of_titles))
        for place, personal_lines in self.personal.items():
            self.totals[place] += sum(personal_lines.values())

    def ledger(self, place: int) -> dict[str, int]:
        """The lines of one title."""
        ledger = {name: points[place] for name, points in self.lines.items()}
        return ledger | self.personal.get(place, {})

    def without(self, name: str) -> Sequence[int]:
        """The totals as they were if that answer had been left open."""
        if name not in self.lines:
            return self.totals
        points_lost = self.lines[name]
        return [
            total - points
            for total, points in zip(self.totals, points_lost, strict=True)
        ]


def rank(
    pool: Pool, answers: Answers, shown: frozenset[str] = frozenset()
) -> Ranking:
    """Everything that fits, best first; ids `shown` before come after all others."""
    candidates = fitting(pool, answers)
    scores = Scores(pool, answers)
    return rank_fitting(candidates, answers, scores, shown)


def rank_fitting(
    candidates: Fitting,
    answers: Answers,
    scores: Scores,
    shown: frozenset[str],
) -> Ranking:
    """The titles that fit, best first."""
    pool = candidates.pool
    origin = pool.title(answers.like) if answers.like is not None else None
    places = pool.among(candidates.mask, range(len(pool.titles)))
    scored = [_score(pool, place, scores, origin) for place in places]
    best_first = tuple(_in_order(scored, pool, answers, shown))
    return Ranking(best_first, candidates.relaxed)


def _personal(pool: Pool, answers: Answers) -> dict[int, dict[str, int]]:
    """The library's lines of each title that has any, by its place."""
    person = answers.person
    taste = learn(pool.titles, person.ratings)
    if taste is None and not person.later and not person.recent:
        return {}
    personal = {}
    for place, title in enumerate(pool.titles):
        personal_lines = personal_points(title, person, taste)
        if personal_lines:
            personal[place] = personal_lines
    return personal


def _score(
    pool: Pool, place: int, scores: Scores, origin: Title | None
) -> Scored:
    title = pool.titles[place]
    score = scores.totals[place]
    ledger = scores.ledger(place)
    if origin is None:
        return Scored(title, score, ledger, similarity=None, order=score)
    alike = similarity(pool.profile(title), pool.profile(origin))
    order = (60 * alike + 40 * min(100, score)) // 100
    return Scored(title, score, ledger, similarity=alike, order=order)


def _in_order(
    scored: Sequence[Scored],
    pool: Pool,
    answers: Answers,
    shown: frozenset[str],
) -> Iterator[Scored]:
    """Best first; equals by the watchlist, by what was offered longest ago, then in turn."""
    person = answers.person
    recent = person.recent

    def standing(candidate: Scored) -> tuple[bool, int, bool, int]:
        title_id = candidate.title.id
        is_recent = title_id in recent
        conversations_ago = (
            recent.index(title_id) if is_recent else len(recent)
        )
        return (
            title_id in shown,
            -candidate.order,
            title_id not in person.later,
            -conversations_ago,
        )

    draw: Callable[[Title], bytes] | None = None
    for _, group in groupby(sorted(scored, key=standing), key=standing):
        equals = list(group)
        # Most places have one title, and the draw is the slowest part of it all.
        if len(equals) > 1:
            draw = draw or lot("draw", answers.seed)
            equals.sort(key=lambda candidate: draw(candidate.title))
            equals = _in_turn(equals, pool, answers)
        yield from equals


def _in_turn(
    equals: Sequence[Scored], pool: Pool, answers: Answers
) -> list[Scored]:
    """Equals in the order in which it is their turn, those with a double before those without.

    A title without one comes first wherever just its kind of cry, length and weight are asked for,
    so it needs no luck. A surprise is drawn from all alike.
    """
    if not answers.given:
        return list(equals)
    turn = _turn(answers)
    doubles = [equal for equal in equals if pool.has_double(equal.title)]
    singles = [equal for equal in equals if not pool.has_double(equal.title)]
    return [*_begun_at(turn, doubles), *_begun_at(turn, singles)]


def _begun_at(turn: int, equals: Sequence[Scored]) -> list[Scored]:
    """The same, begun so many places further on, round and round."""
    start = turn % len(equals) if equals else 0
    return [*equals[start:], *equals[:start]]


def _turn(answers: Answers) -> int:
    """Whose turn it is: one place further for each answer, each longer band, each tissue more.

    So equals take turns from one question to the next. The count of cards is no part of it: more
    of them must not reshuffle the first ones.
    """
    band = answers.time.band.place + 1 if answers.time else 0
    return len(answers.given) + band + (answers.tissues or 0)


def lot(*purpose: object) -> Callable[[Title], bytes]:
    """Draws a lot for a title, always the same for one purpose; the least comes first."""
    # Loads OpenSSL, 2 ms that only a draw has to pay.
    from hashlib import blake2b

    drawn_for = " ".join(map(str, purpose))

    def draw(title: Title) -> bytes:
        ticket = f"{drawn_for} {title.id}"
        return blake2b(ticket.encode(), digest_size=16).digest()

    return draw
