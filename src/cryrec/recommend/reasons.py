"""Why a title is on the screen: which answers agree with it, and which a counterfactual confirms.

An answer is a *reason* only if leaving it open, with loosening redone, gives the title a worse
place; otherwise the title merely fits it. What differs from what was asked is neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

from msgspec import Struct

from cryrec.models import Title
from cryrec.recommend.answers import AnswerName, Answers
from cryrec.recommend.criteria import differing
from cryrec.recommend.loosening import Fitting, fitting
from cryrec.recommend.pool import Pool
from cryrec.recommend.ranking import Places, Scores


class Why(Struct, frozen=True):
    """An answer that made a difference: without it the title would be `rank`th of `of`.

    `rank` counts equals against the title; it is None where the title would not be there at all.
    """

    answer: AnswerName
    rank: int | None
    of: int


class Counterfactuals:
    """The places with one answer left open, each worked out once and shared by all the cards."""

    def __init__(
        self,
        pool: Pool,
        answers: Answers,
        candidates: Fitting,
        scores: Scores,
    ) -> None:
        self.answers = answers
        self.places = Places(candidates, scores.totals)
        self.without = {
            name: Places(
                fitting(pool, answers.without(name)), scores.without(name)
            )
            for name in answers.given
        }

    def reasons(
        self, title: Title
    ) -> tuple[tuple[Why, ...], tuple[AnswerName, ...]]:
        """What makes a difference for `title`, and what merely fits."""
        why, fits = [], []
        place = self.places.of(title) or 0
        different = differing(title, self.answers)
        for name, places in self.without.items():
            if name in different:
                continue
            elsewhere = places.of(title)
            if elsewhere is None or elsewhere > place:
                why.append(Why(name, elsewhere, places.count))
            else:
                fits.append(name)
        return tuple(why), tuple(fits)


class Difference(Enum):
    """How a card differs from the first one, in the order of what changes an evening most."""

    GENTLER = "gentler"
    HARDER = "harder"
    SHORTER = "shorter"
    LONGER = "longer"
    SETTING = "setting"
    CRY = "cry"
    NEWER = "newer"
    OLDER = "older"


HALF_AN_HOUR: Final = 30
"""Minutes from which a difference in length changes an evening."""


def differences(title: Title, first: Title) -> Iterator[Difference]:
    """Every way in which `title` differs from the first card; never in the ending."""
    weights = (Difference.GENTLER, Difference.HARDER)
    yield from _compared(title.tissues, first.tissues, weights)
    lengths = (Difference.SHORTER, Difference.LONGER)
    if abs(title.minutes_total - first.minutes_total) >= HALF_AN_HOUR:
        yield from _compared(title.minutes_total, first.minutes_total, lengths)
    if title.look is not None and title.look is not first.look:
        yield Difference.SETTING
    if title.lead_mood is not first.lead_mood:
        yield Difference.CRY
    ages = (Difference.OLDER, Difference.NEWER)
    yield from _compared(title.year, first.year, ages)


def _compared(
    here: int | None,
    there: int | None,
    less_or_more: tuple[Difference, Difference],
) -> Iterator[Difference]:
    """Whether a number is less or more than that of the first card; nothing if one is not known."""
    if here is None or there is None or here == there:
        return
    less, more = less_or_more
    yield less if here < there else more


def contrasts(titles: Sequence[Title]) -> tuple[Difference | None, ...]:
    """For each card its difference from the first that no earlier card has, or else its greatest.

    None for the first one itself, and for one that differs in nothing.
    """
    chosen: list[Difference | None] = [None]
    for title in titles[1:]:
        all_differences = list(differences(title, titles[0]))
        new_differences = [
            difference
            for difference in all_differences
            if difference not in chosen
        ]
        best_first = (*new_differences, *all_differences)
        chosen.append(next(iter(best_first), None))
    return tuple(chosen[: len(titles)])
