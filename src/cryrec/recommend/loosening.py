"""What gives way when nothing fits: the cheapest set of answers that frees at least one title.

Each step costs more than all cheaper ones together, so no two sets tie, and the cheapest set is
found by going from the dearest answer down: let everything cheaper go, and then see how little of
this answer has to give way for a title to be left. No search over sets is necessary.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from operator import and_
from typing import NamedTuple

from msgspec import Struct, structs

from cryrec.models import Title
from cryrec.recommend.answers import AnswerName, Answers
from cryrec.recommend.criteria import GROWN_UP, Step, asked
from cryrec.recommend.pool import Pool


class Relaxed(Struct, frozen=True):
    """One answer that was let go: its name, what it said, and what stands in its place."""

    answer: AnswerName
    before: str
    after: str


class Alternative(Struct, frozen=True):
    """What keeping an answer would have cost: what changes instead, and how many titles then."""

    keep: AnswerName
    change: tuple[Relaxed, ...]
    count: int


class Fitting(Struct, frozen=True):
    """The titles that fit, as a mask of `pool`, and what had to give way for them."""

    pool: Pool
    mask: int
    relaxed: tuple[Relaxed, ...] = ()

    @property
    def count(self) -> int:
        """How many titles fit."""
        return self.mask.bit_count()

    @property
    def titles(self) -> tuple[Title, ...]:
        """The titles that fit, in the order of the pool."""
        return self.pool.members(self.mask)


class _Loosenable(NamedTuple):
    """An answer that may give way: what passes it as it was given, and after each step."""

    name: AnswerName
    word: str
    exact: int
    steps: tuple[tuple[Step, int], ...]

    @property
    def loosest(self) -> int:
        """What passes once all that can be let go is let go."""
        return self.steps[-1][1]

    @property
    def cost(self) -> int:
        """The price of the first step, by which answers are ordered."""
        return self.steps[0][0].cost


def passing(pool: Pool, answers: Answers) -> int:
    """The titles that pass every answer as it was given."""
    masks = (pool.passing(name, value) for name, _, value in asked(answers))
    return reduce(and_, masks, pool.everything)


def fitting(
    pool: Pool, answers: Answers, keep: Collection[str] = ()
) -> Fitting:
    """The titles that pass every answer or, when none does, every answer that could be kept.

    Answers named in `keep`, and with `strict` all of them, are not let go. Empty if nothing is left
    even so.
    """
    eligible = pool.eligible(answers)
    exact = passing(pool, answers) & eligible
    if exact or answers.strict:
        return Fitting(pool, exact)
    fixed = eligible
    loosenable = []
    for name, criterion, value in asked(answers):
        passes = pool.passing(name, value)
        steps = tuple(
            (step, pool.passing(name, step.value))
            for step in criterion.steps(value)
        )
        if steps and name not in keep:
            word = criterion.word(value)
            loosenable.append(_Loosenable(name, word, passes, steps))
        else:
            fixed &= passes
    cheapest_first = sorted(loosenable, key=lambda answer: answer.cost)
    return _loosened(pool, fixed, cheapest_first)


def _loosened(
    pool: Pool, fixed: int, loosenable: Sequence[_Loosenable]
) -> Fitting:
    """The titles that the cheapest set of steps leaves of `fixed`; `loosenable` cheapest first."""
    relaxed = []
    for place in reversed(range(len(loosenable))):
        answer = loosenable[place]
        cheaper_masks = (cheaper.loosest for cheaper in loosenable[:place])
        rest = reduce(and_, cheaper_masks, fixed)
        if answer.exact & rest:
            fixed &= answer.exact
            continue
        enough = ((step, mask) for step, mask in answer.steps if mask & rest)
        step, mask = next(enough, (None, 0))
        if step is None:
            return Fitting(pool, 0)
        fixed &= mask
        relaxed.append(Relaxed(answer.name, answer.word, step.word))
    return Fitting(pool, fixed, tuple(reversed(relaxed)))


def alternatives(
    pool: Pool, answers: Answers, relaxed: Sequence[Relaxed]
) -> tuple[Alternative, ...]:
    """For each answer that was let go: what keeping it would have meant, where that is possible."""
    possible = []
    for let_go in relaxed:
        instead = fitting(pool, answers, keep=[let_go.answer])
        if instead.mask:
            alternative = Alternative(
                let_go.answer, instead.relaxed, instead.count
            )
            possible.append(alternative)
    return tuple(possible)


def blockers(pool: Pool, answers: Answers) -> tuple[AnswerName, ...]:
    """The answers of which changing any single one would give something to show.

    Those that were given, left open; and what nobody said: something seen, or for grown-ups.
    """
    changes = {name: answers.without(name) for name in answers.given}
    if answers.max_age is None:
        changes[AnswerName.MAX_AGE] = structs.replace(
            answers, max_age=GROWN_UP
        )
    if not answers.include_seen:
        changes[AnswerName.SEEN] = structs.replace(answers, include_seen=True)
    return tuple(
        name
        for name, changed in changes.items()
        if fitting(pool, changed).mask
    )
