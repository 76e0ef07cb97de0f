"""The whole way from answers to cards: rank, give the cards their roles, check the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct, structs

from cryrec.models import Mood, Title
from cryrec.recommend.answers import Answers
from cryrec.recommend.filters import failed
from cryrec.recommend.ledger import similarity
from cryrec.recommend.loosening import Alternative, Relaxed, alternatives
from cryrec.recommend.pool import Pool
from cryrec.recommend.ranking import Scored, eligible, rank
from cryrec.recommend.reasons import Counterfactuals, Fit, Why, contrast

SAMENESS_COST: Final = 12
"""Points a second or third card loses for being just like one already chosen."""

GENTLE: Final = 2
"""The most tissues that still console somebody afterwards."""

HARD: Final = 4
"""The tissues from which a gentle title to follow is worth naming."""


class Suggestion(Struct, frozen=True):
    """One card: the title, its ledger, and every sentence that is specific to these answers.

    `misses` are the answers it does not meet, which is why something had to be let go.
    """

    title: Title
    role: str
    score: int
    ledger: dict[str, int]
    similarity: int | None
    fits: tuple[Fit, ...]
    why: tuple[Why, ...]
    contrast: str | None
    misses: tuple[str, ...]
    afterwards: Title | None


class Recommendation(Struct, frozen=True):
    """The cards, what had to be let go for them, and everything else that would have fitted.

    `origin` is the title that `--like` names; `skipped` counts what has been seen already.
    """

    answers: Answers
    origin: Title | None
    skipped: int
    relaxed: tuple[Relaxed, ...]
    alternatives: tuple[Alternative, ...]
    suggestions: tuple[Suggestion, ...]
    fitting: tuple[Scored, ...]


def recommend(pool: Pool, answers: Answers, shown: frozenset[str] = frozenset()) -> Recommendation:
    """The best cards for these answers; without suggestions if nothing fits even when loosened.

    Ids in `shown` were on the screen before: they come last. `answers.like` is the id of a title.
    """
    ranking = rank(pool, answers, shown)
    chosen = _choose(ranking.scored, answers.count, shown)
    checked = Counterfactuals(pool, answers, ranking)
    on_screen = {each.title.id for each in chosen}
    suggestions = tuple(
        _suggestion(each, chosen[0], checked, _afterwards(pool, answers, each.title, on_screen))
        for each in chosen
    )
    reach = eligible(pool, answers)
    others = alternatives(reach, answers, ranking.relaxed)
    skipped = sum(failed(title, answers) == {"seen"} for title in reach)
    origin = pool.title(answers.like) if answers.like is not None else None
    relaxed, scored = ranking.relaxed, ranking.scored
    return Recommendation(answers, origin, skipped, relaxed, others, suggestions, scored)


def _choose(scored: Sequence[Scored], count: int, shown: frozenset[str]) -> list[Scored]:
    """The best one, then always the best of the rest less what it shares with those chosen.

    Maximal marginal relevance (Carbonell and Goldstein 1998), in hundredths of a point.
    """
    rest = list(scored)
    chosen = rest[:1]
    rest = rest[1:]
    while rest and len(chosen) < count:
        best = max(rest, key=lambda each: (each.title.id not in shown, _marginal(each, chosen)))
        chosen.append(best)
        rest.remove(best)
    return chosen


def _marginal(each: Scored, chosen: Sequence[Scored]) -> int:
    alike = max(similarity(each.title, other.title) for other in chosen)
    return 100 * each.order - SAMENESS_COST * alike


def _suggestion(
    each: Scored, first: Scored, checked: Counterfactuals, afterwards: Title | None
) -> Suggestion:
    why, fits = checked.reasons(each.title)
    closest = each.title.id == first.title.id
    return Suggestion(
        title=each.title,
        role="closest" if closest else "instead",
        score=each.score,
        ledger=each.ledger,
        similarity=each.similarity,
        fits=fits,
        why=why,
        contrast=None if closest else contrast(each.title, first.title),
        misses=tuple(sorted(failed(each.title, checked.answers))),
        afterwards=afterwards,
    )


def _afterwards(pool: Pool, answers: Answers, title: Title, on_screen: set[str]) -> Title | None:
    """A gentle title that passes the person's own filters, mood apart; None if none is needed."""
    if title.tissues is None or title.tissues < HARD:
        return None
    open_mood = structs.replace(answers, mood=(), tissues=None)
    gentle = [
        other
        for other in pool.titles
        if _is_gentle(other) and other.id not in on_screen and not failed(other, open_mood)
    ]
    return min(gentle, key=_consolation, default=None)


def _is_gentle(title: Title) -> bool:
    return title.tissues is not None and title.tissues <= GENTLE


def _consolation(title: Title) -> tuple[int, int, str]:
    """What consoles best comes first: healing, then few tissues."""
    return -title.strength(Mood.HEALING), title.tissues or 0, title.id


class WhyNot(Struct, frozen=True):
    """What keeps a title off the screen: answers it fails, or else its place among the fitting.

    `avoided` are the content notes to be avoided that give nothing away.
    """

    title: Title
    suggested: bool
    failed: tuple[str, ...]
    avoided: tuple[str, ...]
    place: int | None
    of: int


def why_not(pool: Pool, answers: Answers, title: Title) -> WhyNot:
    """Which answers keep `title` out, as they were given; its place among the fitting otherwise."""
    given = recommend(pool, answers)
    names = tuple(name for name in (*answers.given, "seen") if name in failed(title, answers))
    if title.id not in {each.id for each in eligible(pool, answers)}:
        names = (*names, "like")
    order = [each.title.id for each in given.fitting]
    return WhyNot(
        title=title,
        suggested=any(each.title.id == title.id for each in given.suggestions),
        failed=names,
        avoided=tuple(note.id.label for note in title.open_notes if note.id in answers.avoid),
        place=order.index(title.id) + 1 if title.id in order else None,
        of=len(order),
    )
