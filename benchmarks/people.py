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

Everything is asked of the list alone and of both shelves; and both shelves are asked by somebody
who has seen and rated the whole list, as an import would have it.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Final

from msgspec import structs
from msgspec.structs import replace

from cryrec.catalogue import load_bundled
from cryrec.models import Band, Mood, Setting, Shelf, Title
from cryrec.recommend.answers import Answers, TimeLimit
from cryrec.recommend.person import Person
from cryrec.recommend.pool import Pool
from cryrec.recommend.ranking import rank
from cryrec.recommend.suggesting import recommend

SHELVES: Final = {
    "the list alone": Pool(load_bundled(Shelf.LIST).titles),
    "both shelves": Pool(load_bundled().titles),
}

RATED: Final = (2, 3, 5, 10)

Liking = dict[str, float]


def features(chance: random.Random, pool: Pool) -> Callable[[Title], float]:
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


def maker_and_era(
    chance: random.Random, pool: Pool
) -> Callable[[Title], float]:
    """Likes some studios and some years, and nothing that the ledger knows of."""
    studios = {
        studio: chance.gauss(0, 1)
        for title in pool.titles
        for studio in title.studios
    }
    best = chance.uniform(1995, 2018)
    return lambda title: (
        sum(studios[studio] for studio in title.studios)
        - abs((title.year or best) - best) / 6
    )


def contrary(chance: random.Random, pool: Pool) -> Callable[[Title], float]:
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


def liking(pool: Pool, family: str, number: int) -> Liking:
    """The hidden liking of one person for every title, 0 to 1."""
    chance = random.Random(f"{family} {number}")
    raw = FAMILIES[family](chance, pool)
    values = {
        title.id: raw(title) + chance.gauss(0, 0.3) for title in pool.titles
    }
    low, high = min(values.values()), max(values.values())
    return {key: (value - low) / (high - low) for key, value in values.items()}


def regrets(
    pool: Pool,
    likes: Liking,
    number: int,
    ratings: int,
    asked: Sequence[Answers],
) -> tuple[float, float]:
    """The mean regret of one person over the answers: ratings withheld, and with them."""
    chance = random.Random(f"rated {number} {ratings}")
    seen = chance.sample(sorted(likes), ratings)
    rated = {key: 1 + min(4, int(likes[key] * 5)) for key in seen}
    known = Person(seen=frozenset(seen), ratings=rated)
    silent = structs.replace(known, ratings={})
    return tuple(  # type: ignore[return-value]
        statistics.fmean(
            _regret(pool, likes, replace(each, person=who, seed=number))
            for each in asked
        )
        for who in (silent, known)
    )


def _regret(pool: Pool, likes: Liking, answers: Answers) -> float:
    ranking = rank(pool, answers)
    best = max(likes[each.title.id] for each in ranking.scored)
    return best - likes[ranking.scored[0].title.id]


def evenings(pool: Pool, asked: Answers, count: int = 5) -> tuple[int, int]:
    """How many first cards differ over identical evenings, and the most points of fit given up."""
    recent: list[str] = []
    firsts, given_up = set(), 0
    for seed in range(count):
        person = Person(recent=tuple(dict.fromkeys(recent))[:4])
        first = recommend(
            pool, replace(asked, person=person, seed=seed)
        ).suggestions[0]
        fresh = rank(pool, replace(asked, seed=seed)).scored
        plain = {each.title.id: each.score for each in fresh}
        given_up = max(given_up, fresh[0].score - plain[first.title.id])
        firsts.add(first.title.id)
        recent.insert(0, first.title.id)
    return len(firsts), given_up


def after_the_list(number: int) -> Iterator[tuple[str, int, int, bool]]:
    """Ask both shelves ten things for somebody who has seen and rated the list.

    Yields the question, how many cards it has, how many of them were seen, and whether something
    had to give way.
    """
    pool, listed = SHELVES["both shelves"], SHELVES["the list alone"]
    likes = liking(listed, "features", number)
    rated = {key: 1 + min(4, int(likes[key] * 5)) for key in likes}
    person = Person(seen=frozenset(rated), ratings=rated)
    tonight = TimeLimit.of_band(Band.TONIGHT)
    questions = {mood.value: Answers(mood=(mood,)) for mood in Mood}
    questions |= {"tonight": Answers(time=tonight), "anything": Answers()}
    for name, asked in questions.items():
        reply = recommend(pool, replace(asked, person=person))
        ids = {card.title.id for card in reply.suggestions}
        yield name, len(ids), len(ids & person.seen), bool(reply.relaxed)


def print_regrets(pool: Pool, people: int) -> None:
    """Print how much nearer ratings bring the first card to the best one."""
    print(
        f"{'family':<15}{'question':<16}{'ratings':>8}{'without':>9}{'with':>7}{'change':>9}"
    )
    for (family, question), ratings in product(
        product(FAMILIES, ASKED), RATED
    ):
        pairs = [
            regrets(
                pool,
                liking(pool, family, number),
                number,
                ratings,
                ASKED[question],
            )
            for number in range(1, 2 * people, 2)
        ]
        without, with_them = (
            statistics.fmean(side) for side in zip(*pairs, strict=True)
        )
        change = with_them / without - 1
        print(
            f"{family:<15}{question:<16}{ratings:>8}{without:>9.3f}{with_them:>7.3f}{change:>9.1%}"
        )


def print_evenings(pool: Pool) -> None:
    """Print how much five identical evenings vary."""
    print(
        f"{'mood':<15}{'titles':>8}{'first cards':>13}{'points given up':>17}"
    )
    for mood in Mood:
        shared = sum(title.strength(mood) > 0 for title in pool.titles)
        firsts, given_up = evenings(pool, Answers(mood=(mood,)))
        print(f"{mood:<15}{shared:>8}{firsts:>13}{given_up:>17}")


def main(arguments: Sequence[str]) -> None:
    """Print the tables."""
    people = int(arguments[0]) if arguments else 200
    for name, pool in SHELVES.items():
        print(
            f"{name}: regret of the first card, {people} people of a family\n"
        )
        print_regrets(pool, people)
        print(f"\n{name}: five identical evenings, each mood asked alone\n")
        print_evenings(pool)
        print()
    print(
        f"ten questions of {people} people who have seen and rated the list\n"
    )
    rows = [
        row
        for number in range(1, 2 * people, 2)
        for row in after_the_list(number)
    ]
    three = sum(cards == 3 for _, cards, _, _ in rows)
    seen = sum(count for _, _, count, _ in rows)
    loosened = sum(gave_way for *_, gave_way in rows)
    print(
        f"with three cards: {three} of {len(rows)}; cards seen before: {seen};"
    )
    print(f"questions where something gave way: {loosened}")


if __name__ == "__main__":
    main(sys.argv[1:])
