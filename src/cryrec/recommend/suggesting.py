"""The whole way from answers to cards: rank, give the cards their roles, check the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct, structs

from cryrec.models import Mood, NoteId, Title
from cryrec.recommend.answers import AnswerName, Answers
from cryrec.recommend.criteria import differing, failed, meant_by
from cryrec.recommend.ledger import Profile, similarity
from cryrec.recommend.loosening import (
    Alternative,
    Relaxed,
    alternatives,
    fitting,
    passing,
)
from cryrec.recommend.pool import Pool
from cryrec.recommend.ranking import Scored, Scores, lot, rank_fitting
from cryrec.recommend.reasons import (
    Counterfactuals,
    Difference,
    Why,
    contrasts,
)

SAMENESS_COST: Final = 12
"""Points a second or third card loses for being just like one already chosen."""

GENTLE: Final = 2
"""The most tissues that still console somebody afterwards."""

HARD: Final = 4
"""The tissues from which a gentle title to follow is worth naming."""


class Role(StrEnum):
    """What a card is there for: the closest fit, or something else instead."""

    CLOSEST = "closest"
    INSTEAD = "instead"


class Suggestion(Struct, frozen=True):
    """One card: the title, its ledger, and everything that is specific to these answers.

    `fits` are the answers it agrees with, `misses` those it does not meet exactly; `contrast` is
    how it differs from the first card, None for that one itself and where it does not.
    """

    title: Title
    role: Role
    score: int
    ledger: dict[str, int]
    similarity: int | None
    fits: tuple[AnswerName, ...]
    why: tuple[Why, ...]
    contrast: Difference | None
    misses: tuple[AnswerName, ...]
    afterwards: Title | None = None


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


def recommend(
    pool: Pool, answers: Answers, shown: frozenset[str] = frozenset()
) -> Recommendation:
    """The best cards for these answers; without suggestions if nothing fits even when loosened.

    Ids in `shown` were on the screen before: they come last. `answers.like` is the id of a title.
    """
    candidates = fitting(pool, answers)
    scores = Scores(pool, answers)
    ranking = rank_fitting(candidates, answers, scores, shown)
    chosen = _choose(pool, ranking.scored, answers.count, shown)
    counterfactuals = Counterfactuals(pool, answers, candidates, scores)
    suggestions = _suggestions(chosen, counterfactuals)
    if suggestions:
        suggestions[0] = structs.replace(
            suggestions[0],
            role=Role.CLOSEST,
            afterwards=_gentle(pool, answers, suggestions),
        )
    return Recommendation(
        answers=answers,
        origin=pool.title(answers.like) if answers.like is not None else None,
        skipped=_count_skipped(pool, answers),
        relaxed=ranking.relaxed,
        alternatives=alternatives(pool, answers, ranking.relaxed),
        suggestions=tuple(suggestions),
        fitting=ranking.scored,
    )


def _count_skipped(pool: Pool, answers: Answers) -> int:
    """How many titles are left out for no other reason than that they have been seen."""
    with_seen = structs.replace(answers, include_seen=True)
    unless_seen = pool.eligible(answers) & passing(pool, with_seen)
    skipped = unless_seen & ~passing(pool, answers)
    return skipped.bit_count()


def _choose(
    pool: Pool,
    scored: Sequence[Scored],
    count: int,
    shown: frozenset[str],
) -> list[Scored]:
    """The best one, then always the best of the rest less what it shares with those chosen.

    Maximal marginal relevance (Carbonell and Goldstein 1998), in hundredths of a point.
    """
    rest = [
        _Candidate(scored_title, pool.profile(scored_title.title))
        for scored_title in scored
    ]
    chosen: list[_Candidate] = []
    while rest and len(chosen) < count:
        best = _best(rest, chosen, shown)
        rest.remove(best)
        chosen.append(best)
    return [candidate.scored for candidate in chosen]


class _Candidate:
    """A title that may still become a card, and how much it is like the cards so far."""

    def __init__(self, scored: Scored, profile: Profile) -> None:
        self.scored = scored
        self.profile = profile
        self._alike = 0
        self._compared = 0

    def worth(self, chosen: Sequence[_Candidate]) -> int:
        """Its points less what it shares with those chosen; each is compared with once."""
        for card in chosen[self._compared :]:
            alike = similarity(self.profile, card.profile)
            self._alike = max(self._alike, alike)
        self._compared = len(chosen)
        return 100 * self.scored.order - SAMENESS_COST * self._alike


def _best(
    rest: Sequence[_Candidate],
    chosen: Sequence[_Candidate],
    shown: frozenset[str],
) -> _Candidate:
    """The candidate of most worth, the first of equals; those shown before come last.

    They stand in the order of their points, so the search ends where points alone are not enough.
    """
    best = rest[0]
    best_worth = (False, -1_000_000)
    for candidate in rest:
        is_new = candidate.scored.title.id not in shown
        if (is_new, 100 * candidate.scored.order) <= best_worth:
            break
        worth = (is_new, candidate.worth(chosen))
        if worth > best_worth:
            best = candidate
            best_worth = worth
    return best


def _suggestions(
    chosen: Sequence[Scored], counterfactuals: Counterfactuals
) -> list[Suggestion]:
    """The cards, each as any but the first has it."""
    differences = contrasts([scored.title for scored in chosen])
    return [
        _suggestion(scored, contrast, counterfactuals)
        for scored, contrast in zip(chosen, differences, strict=True)
    ]


def _suggestion(
    scored: Scored,
    contrast: Difference | None,
    counterfactuals: Counterfactuals,
) -> Suggestion:
    why, fits = counterfactuals.reasons(scored.title)
    different = differing(scored.title, counterfactuals.answers)
    return Suggestion(
        title=scored.title,
        role=Role.INSTEAD,
        score=scored.score,
        ledger=scored.ledger,
        similarity=scored.similarity,
        fits=fits,
        why=why,
        contrast=contrast,
        misses=tuple(name for name in AnswerName if name in different),
    )


def _gentle(
    pool: Pool, answers: Answers, cards: Sequence[Suggestion]
) -> Title | None:
    """A gentle title for after a hard first card, which passes all but the mood and the tissues.

    It is drawn among those that heal, if there are any, so that it is not always the same.
    """
    first = cards[0].title
    if first.tissues is None or first.tissues < HARD:
        return None
    on_screen = {card.title.id for card in cards}
    any_mood = structs.replace(answers, mood=(), tissues=None)
    invited = passing(pool, any_mood) & pool.invited(any_mood)
    mask = invited & pool.mask(_is_gentle)
    gentle = [
        title for title in pool.members(mask) if title.id not in on_screen
    ]
    healing = [title for title in gentle if title.strength(Mood.HEALING)]
    draw = lot("afterwards", answers.seed, *answers.flags)
    return min(healing or gentle, key=draw, default=None)


def _is_gentle(title: Title) -> bool:
    return title.tissues is not None and title.tissues <= GENTLE


class WhyNot(Struct, frozen=True):
    """What keeps a title off the screen: answers it fails, or else its place among the fitting.

    `avoided` are the content notes to be avoided that give nothing away.
    """

    answers: Answers
    title: Title
    suggested: bool
    failed: tuple[AnswerName, ...]
    avoided: tuple[NoteId, ...]
    place: int | None
    of: int


def why_not(pool: Pool, answers: Answers, title: Title) -> WhyNot:
    """Which answers keep `title` out, as they were given; its place among the fitting otherwise."""
    recommendation = recommend(pool, answers)
    failing = failed(title, answers)
    avoided = meant_by(answers.avoid)
    is_invited = pool.invited(answers) >> pool.place(title) & 1
    if not is_invited:
        failing |= {AnswerName.MAX_AGE}
    is_in_direction = pool.in_direction(answers) >> pool.place(title) & 1
    if not is_in_direction:
        failing |= {AnswerName.LIKE}
    suggested = [card.title.id for card in recommendation.suggestions]
    ranked = [scored.title.id for scored in recommendation.fitting]
    return WhyNot(
        answers=answers,
        title=title,
        suggested=title.id in suggested,
        failed=tuple(name for name in AnswerName if name in failing),
        avoided=tuple(
            note.id for note in title.open_notes if note.id in avoided
        ),
        place=ranked.index(title.id) + 1 if title.id in ranked else None,
        of=len(ranked),
    )
