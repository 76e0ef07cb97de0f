"""Why a title is on the screen: facts about it, and which of them a counterfactual confirms.

A fact is a *reason* only if leaving its answer open, with loosening redone, gives the title a worse
place; otherwise it merely fits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from cryrec.models import MOST_TISSUES, Band, Title, duration
from cryrec.recommend.answers import Answers
from cryrec.recommend.filters import FILTERS, passes_mood_nearby
from cryrec.recommend.ledger import AFTERTASTE_POINTS, ledger
from cryrec.recommend.pool import Pool
from cryrec.recommend.ranking import Ranking, weigh


class Fit(Struct, frozen=True):
    """A fact that agrees with an answer."""

    answer: str
    text: str


class Why(Struct, frozen=True):
    """A fact that made a difference: without the answer the title would be `rank`th of `of`.

    `rank` counts equals against the title; it is None where the title would not be there at all.
    """

    answer: str
    text: str
    rank: int | None
    of: int


class Counterfactuals:
    """The rankings with one answer left open, each made once and shared by all the cards."""

    def __init__(self, pool: Pool, answers: Answers, ranking: Ranking) -> None:
        self.answers = answers
        self.ranking = ranking
        self.without: Mapping[str, Ranking] = {
            name: weigh(pool, answers.without(name)) for name in answers.given
        }

    def reasons(self, title: Title) -> tuple[tuple[Why, ...], tuple[Fit, ...]]:
        """What makes a difference for `title`, and what merely fits."""
        why, fits = [], []
        place = self.ranking.place(title) or 0
        for name, ranking in self.without.items():
            if not holds(name, title, self.answers):
                continue
            text = fact(name, title, self.answers)
            elsewhere = ranking.place(title)
            if elsewhere is None or elsewhere > place:
                why.append(Why(name, text, elsewhere, len(ranking.scored)))
            else:
                fits.append(Fit(name, text))
        return tuple(why), tuple(fits)


def holds(name: str, title: Title, answers: Answers) -> bool:
    """Whether `title` agrees with that answer, as it was given; a neighbouring mood agrees."""
    if name == "mood":
        return passes_mood_nearby(title, answers)
    if name == "aftertaste":
        return True
    return FILTERS[name](title, answers)


def fact(name: str, title: Title, answers: Answers) -> str:
    """What is true of `title` with regard to that answer."""
    return _FACTS[name](title, answers)


def _mood(title: Title, answers: Answers) -> str:
    mood = max(answers.mood, key=title.strength)
    strength = title.strength(mood)
    if len(answers.mood) == 2 and all(map(title.strength, answers.mood)):
        return f"both {answers.mood[0].phrase} and {answers.mood[1].phrase}"
    if strength:
        role = {3: "what it is about", 2: "a strong thread in it", 1: "a thread in it"}[strength]
        return f"{mood.phrase}: {role}"
    near = next(t.id for t in title.moods for a in answers.mood if t.id in a.neighbours)
    asked = next(a for a in answers.mood if near in a.neighbours)
    return f"{near.phrase}, a neighbour of {asked.phrase}"


def _time(title: Title, answers: Answers) -> str:
    length = duration(title.minutes_total)
    assert answers.time
    if answers.time.limit is not None:
        return f"{length} in all, within {answers.time.label}"
    if title.band is Band.LONG_HAUL:
        return f"{length} in all, enough to live in"
    return f"{length} in all, short for a long haul"


def _tissues(title: Title, answers: Answers) -> str:
    apart = (title.tissues or 0) - (answers.tissues or 0)
    count = f"{title.tissues} of {MOST_TISSUES} tissues"
    if apart == 0:
        return f"{count}, just as hard as you asked"
    return f"{count}, {abs(apart)} {'more' if apart > 0 else 'fewer'} than you asked"


def _aftertaste(title: Title, answers: Answers) -> str:
    points = ledger(title, answers)["aftertaste"]
    how = ("leaves you", "comes near to leaving you", "is far from leaving you")
    return f"{how[AFTERTASTE_POINTS.index(points)]} {answers.aftertaste}"


def _setting(title: Title, answers: Answers) -> str:
    return f"set in {answers.setting.label}" if answers.setting else ""


_FACTS: Final[dict[str, Callable[[Title, Answers], str]]] = {
    "mood": _mood,
    "time": _time,
    "format": lambda title, _: f"a {title.format.label}",
    "tissues": _tissues,
    "setting": _setting,
    "aftertaste": _aftertaste,
    "max_age": lambda title, _: f"fine from age {title.age}",
    "avoid": lambda _title, _answers: "nothing in it that you steer clear of",
}


HALF_AN_HOUR: Final = 30
"""Minutes from which a difference in length changes an evening."""


def contrast(title: Title, first: Title) -> str:
    """One true line of how `title` differs from the first card; never about the ending."""
    differences = []
    apart = abs(title.minutes_total - first.minutes_total)
    if title.format is not first.format or apart >= HALF_AN_HOUR:
        kind = "one film" if title.format == "movie" else "a series"
        differences.append(f"{kind}, {duration(title.minutes_total)}")
    if title.look is not None and title.look is not first.look:
        differences.append(f"set in {title.look.label}")
    if title.tissues and first.tissues and title.tissues != first.tissues:
        how = "gentler" if title.tissues < first.tissues else "harder"
        differences.append(f"{how} ({title.tissues} of {MOST_TISSUES} tissues)")
    if title.lead_mood is not first.lead_mood:
        differences.append(f'more about "{title.lead_mood.phrase}"')
    if not differences:
        when = f", from {title.year}" if title.year else ""
        differences.append(f"the same kind of evening{when}")
    return ", ".join(differences[:3])
