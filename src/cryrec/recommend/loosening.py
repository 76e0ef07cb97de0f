"""What gives way when nothing fits: the cheapest set of answers that frees at least one title.

The costs are powers of two, so every set has a price of its own and no two sets ever tie. A title
is freed exactly when everything it fails is let go, so the cheapest set is the one that the
cheapest title needs: no search over sets is necessary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from cryrec.models import Title
from cryrec.recommend.answers import Answers
from cryrec.recommend.filters import NEVER_LOOSENED, failed, passes_mood_nearby
from cryrec.recommend.pool import Pool

COSTS: Final = {
    "setting": 1,
    "format": 2,
    "mood": 4,
    "any mood": 8,
    "time": 16,
    "tissues": 32,
    "seen": 64,
}
"""What letting an answer go costs; "mood" is the step to its neighbours, "any mood" dropping it."""


class Relaxed(Struct, frozen=True):
    """One answer that was let go: its name, what it said, and what stands in its place."""

    answer: str
    before: str
    after: str


class Alternative(Struct, frozen=True):
    """What keeping an answer would have cost: what changes instead, and how many titles then."""

    keep: str
    change: tuple[Relaxed, ...]
    count: int


class Fitting(Struct, frozen=True):
    """The titles that fit, and what had to give way for them (nothing, most of the time)."""

    titles: tuple[Title, ...]
    relaxed: tuple[Relaxed, ...] = ()


def fitting(titles: Sequence[Title], answers: Answers, keep: Iterable[str] = ()) -> Fitting:
    """The titles that pass every filter or, when none does, every filter that could be kept.

    Answers named in `keep`, and with `strict` all of them, are not let go. Empty if nothing is left
    even so.
    """
    needs = {title.id: _needs(title, answers) for title in titles}
    exact = tuple(title for title in titles if needs[title.id] == frozenset())
    if exact or answers.strict:
        return Fitting(exact)
    kept = frozenset(keep)
    possible = [need for need in needs.values() if need is not None and not _names(need) & kept]
    if not possible:
        return Fitting(())
    cheapest = min(possible, key=lambda need: sum(COSTS[step] for step in need))
    freed = tuple(title for title in titles if _frees(cheapest, needs[title.id]))
    return Fitting(freed, tuple(_say(step, answers) for step in COSTS if step in cheapest))


def alternatives(
    titles: Sequence[Title], answers: Answers, relaxed: Sequence[Relaxed]
) -> tuple[Alternative, ...]:
    """For each answer that was let go: what keeping it would have meant, where that is possible."""
    found = []
    for each in relaxed:
        instead = fitting(titles, answers, keep=[each.answer])
        if instead.titles:
            found.append(Alternative(each.answer, instead.relaxed, len(instead.titles)))
    return tuple(found)


def blockers(pool: Pool, answers: Answers) -> tuple[str, ...]:
    """The answers of which leaving open any single one would give something to show."""
    return tuple(
        name for name in answers.given if fitting(pool.titles, answers.without(name)).titles
    )


def _needs(title: Title, answers: Answers) -> frozenset[str] | None:
    """The steps that would free `title`; None if no step can."""
    names = failed(title, answers)
    if names & NEVER_LOOSENED:
        return None
    steps = set(names)
    if "mood" in names and not passes_mood_nearby(title, answers):
        steps = steps - {"mood"} | {"any mood"}
    if "time" in names:
        longer = answers.time.loosened if answers.time else None
        if longer is None or not longer.holds(title.minutes_total):
            return None
    return frozenset(steps)


def _frees(dropped: frozenset[str], need: frozenset[str] | None) -> bool:
    """Whether letting `dropped` go frees a title that needs `need`; any mood covers neighbours."""
    if "any mood" in dropped:
        dropped = dropped | {"mood"}
    return need is not None and need <= dropped


def _names(steps: frozenset[str]) -> frozenset[str]:
    return frozenset("mood" if step == "any mood" else step for step in steps)


def _say(step: str, answers: Answers) -> Relaxed:
    """The step as a script reads it."""
    if step in ("mood", "any mood"):
        before = ",".join(answers.mood)
        return Relaxed("mood", before, "neighbours" if step == "mood" else "any")
    if step == "time":
        assert answers.time
        assert answers.time.loosened
        return Relaxed("time", answers.time.word, answers.time.loosened.word)
    if step == "seen":
        return Relaxed("seen", "skipped", "included")
    return Relaxed(step, str(getattr(answers, step)), "any")
