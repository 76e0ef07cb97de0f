"""Simulated people: how much ratings help, and how much repeated evenings vary.

    python benchmarks/people.py [PEOPLE]

Everybody has a hidden liking for each title, on a scale from 0 to 1. They have seen and rated some
titles, which are left out from then on, and ask for suggestions. Regret is the liking for the best
title that fits their answers, less the liking for the first card. It is compared with the regret of
the very same person, answers and titles seen, but with the ratings withheld.

Three families of people: "features" like what the ledger can see (moods, setting, length,
weight); "maker and era" like studios and years, which it cannot; "contrary" like one thing only
together with another (short and heavy, long and light), which no sum of features says.

The formula was tuned on the people with even numbers; the figures are of those with odd ones.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable, Sequence
from itertools import product
from typing import Final

from msgspec import structs
from msgspec.structs import replace

from cryrec.catalogue import load_bundled
from cryrec.models import Band, Mood, Setting, Title
from cryrec.recommend.answers import Answers, TimeLimit
from cryrec.recommend.person import Person
from cryrec.recommend.pool import Pool
from cryrec.recommend.ranking import rank
from cryrec.recommend.suggesting import recommend

TITLES: Final = load_bundled().titles
POOL: Final = Pool(TITLES)

RATED: Final = (2, 3, 5, 10)

Liking = dict[str, float]


def features(chance: random.Random) -> Callable[[Title], float]:
    """Likes moods, settings, lengths and weights, each by a weight of its own."""
    moods = {mood: chance.gauss(0, 1) for mood in Mood}
    settings = {setting: chance.gauss(0, 1) for setting in Setting}
    bands = {band: chance.gauss(0, 1) for band in Band}
    hard = chance.gauss(0, 0.7)
    return lambda title: (
        sum(moods[tag.id] * tag.strength / 2 for tag in title.moods)
        + settings[title.setting[0]]
        + bands[title.band]
        + hard * ((title.tissues or 3) - 3)
    )


def maker_and_era(chance: random.Random) -> Callable[[Title], float]:
    """Likes some studios and some years, and nothing that the ledger knows of."""
    studios = {
        studio: chance.gauss(0, 1) for title in TITLES for studio in title.studios
    }
    best = chance.uniform(1995, 2018)
    return lambda title: (
        sum(studios[studio] for studio in title.studios)
        - abs((title.year or best) - best) / 6
    )


def contrary(chance: random.Random) -> Callable[[Title], float]:
    """Likes the short ones heavy and the long ones light, or the other way round."""
    sign, mood = chance.choice((-1, 1)), chance.choice(list(Mood))
    return lambda title: (
        sign * ((title.tissues or 3) - 3) * (title.band.place - 1.5)
        + (1 if title.strength(mood) else 0)
    )


FAMILIES: Final = {
    "features": features,
    "maker and era": maker_and_era,
    "contrary": contrary,
}

TIMES: Final = (None, *(TimeLimit.of_band(band) for band in Band))

ASKED: Final = {
    "nothing asked": (Answers(),),
    "mood left open": tuple(Answers(time=time) for time in TIMES),
    "a mood asked": tuple(
        Answers(mood=(m,), time=t) for m, t in product(Mood, TIMES[::2])
    ),
}
"""The questions, in groups: the more is asked, the less is left for taste to decide."""


def liking(family: str, number: int) -> Liking:
    """The hidden liking of one person for every title, 0 to 1."""
    chance = random.Random(f"{family} {number}")
    raw = FAMILIES[family](chance)
    values = {title.id: raw(title) + chance.gauss(0, 0.3) for title in TITLES}
    low, high = min(values.values()), max(values.values())
    return {key: (value - low) / (high - low) for key, value in values.items()}


def regrets(
    likes: Liking, number: int, ratings: int, asked: Sequence[Answers]
) -> tuple[float, float]:
    """The mean regret of one person over the answers: ratings withheld, and with them."""
    chance = random.Random(f"rated {number} {ratings}")
    seen = chance.sample(sorted(likes), ratings)
    rated = {key: 1 + min(4, int(likes[key] * 5)) for key in seen}
    known = Person(seen=frozenset(seen), ratings=rated)
    silent = structs.replace(known, ratings={})
    return tuple(  # type: ignore[return-value]
        statistics.fmean(
            _regret(likes, replace(each, person=who, seed=number)) for each in asked
        )
        for who in (silent, known)
    )


def _regret(likes: Liking, answers: Answers) -> float:
    ranking = rank(POOL, answers)
    best = max(likes[each.title.id] for each in ranking.scored)
    return best - likes[ranking.scored[0].title.id]


def evenings(asked: Answers, count: int = 5) -> tuple[int, int]:
    """How many first cards differ over identical evenings, and the most points of fit given up."""
    recent: list[str] = []
    firsts, given_up = set(), 0
    for seed in range(count):
        person = Person(recent=tuple(dict.fromkeys(recent))[:4])
        first = recommend(POOL, replace(asked, person=person, seed=seed)).suggestions[0]
        fresh = rank(POOL, replace(asked, seed=seed)).scored
        plain = {each.title.id: each.score for each in fresh}
        given_up = max(given_up, fresh[0].score - plain[first.title.id])
        firsts.add(first.title.id)
        recent.insert(0, first.title.id)
    return len(firsts), given_up


def main(arguments: Sequence[str]) -> None:
    """Print the two tables."""
    people = int(arguments[0]) if arguments else 200
    print(f"regret of the first card, {people} people of a family\n")
    print(
        f"{'family':<15}{'question':<16}{'ratings':>8}{'without':>9}{'with':>7}{'change':>9}"
    )
    for (family, question), ratings in product(product(FAMILIES, ASKED), RATED):
        pairs = [
            regrets(liking(family, number), number, ratings, ASKED[question])
            for number in range(1, 2 * people, 2)
        ]
        without, with_them = (
            statistics.fmean(side) for side in zip(*pairs, strict=True)
        )
        change = with_them / without - 1
        print(
            f"{family:<15}{question:<16}{ratings:>8}{without:>9.3f}{with_them:>7.3f}{change:>9.1%}"
        )
    print("\nfive identical evenings, each mood asked alone\n")
    print(f"{'mood':<15}{'titles':>8}{'first cards':>13}{'points given up':>17}")
    for mood in Mood:
        shared = sum(title.strength(mood) > 0 for title in TITLES)
        firsts, given_up = evenings(Answers(mood=(mood,)))
        print(f"{mood:<15}{shared:>8}{firsts:>13}{given_up:>17}")


if __name__ == "__main__":
    main(sys.argv[1:])
