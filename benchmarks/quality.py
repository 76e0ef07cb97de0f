"""How good the recommendations are: prints a table of what is wanted and what was measured.

    python benchmarks/quality.py

The grid is every kind of cry x every length x every number of tissues x five lists of things to
avoid. What is right is decided by tests/oracle.py, which shares no line with the program. Nothing
is asserted here: the tests do that. First the list alone, then both shelves: less than a minute.
Simulated people follow, and take a few.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from cryrec.catalogue import load_bundled
from cryrec.models import Band, Ending, Mood, NoteId, NoteLevel, Shelf, Title
from cryrec.recommend.answers import Answers, TimeLimit
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import Recommendation, recommend
from cryrec.views import Output, view_for

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import oracle
import people
from oracle import Oracle, Question

SEEDS = 50
FEW_TITLES = 50
"""So many titles at most can be tried in every combination."""

COMMAND = (
    sys.executable,
    "-m",
    "cryrec",
    "suggest",
    "--mood",
    "family,healing",
    "-x",
    "war,abuse",
)


class Row(NamedTuple):
    """One line of the table."""

    metric: str
    target: str
    measured: str


class Grid:
    """The titles of some shelves, what is right about them, and every question of the grid."""

    def __init__(self, titles: Sequence[Title], *paths: Path) -> None:
        self.titles = titles
        self.pool = Pool(titles)
        self.truth = Oracle(oracle.read_catalogue(*paths))
        self.replies = {
            question: self.ask(question) for question in oracle.grid()
        }

    def ask(
        self,
        question: Question,
        seed: int = 0,
        count: int = 3,
        strict: bool = False,
    ) -> Recommendation:
        """Return what the program answers to a question."""
        answers = Answers(
            mood=tuple(Mood(mood) for mood in question.mood),
            time=TimeLimit.of_band(Band(str(question.time)))
            if question.time
            else None,
            tissues=question.tissues,
            avoid=tuple(sorted(NoteId(note) for note in question.avoid)),
            count=count,
            seed=seed,
            strict=strict,
        )
        return recommend(self.pool, answers)


def share(part: int, whole: int) -> str:
    """Return a part of a whole in per cent."""
    return f"{100 * part / whole:.1f} %"


def gave_way(answer: Recommendation) -> dict[str, str]:
    """Return what was loosened, and what it became."""
    return {each.answer: each.after for each in answer.relaxed}


def tops(answer: Recommendation) -> frozenset[str]:
    """Return the ids of all candidates that no other beats."""
    best = max(each.score for each in answer.fitting)
    return frozenset(
        each.title.id for each in answer.fitting if each.score == best
    )


def violations(grid: Grid, question: Question, answer: Recommendation) -> int:
    """Count the cards that break an answer which was not loosened, or are no surprise."""
    gone = gave_way(answer).keys()
    cards = [grid.truth.by_id[card.title.id] for card in answer.suggestions]
    return sum(bool(oracle.broken(card, question) - gone) for card in cards)


def contradicted(
    grid: Grid, question: Question, answer: Recommendation
) -> int:
    """Count the why-lines whose rank is not what the oracle counts, or that are no reason."""
    wrong = 0
    for card in answer.suggestions:
        reasons = grid.truth.reasons(grid.truth.by_id[card.title.id], question)
        wrong += sum(
            reasons.get(why.answer) != (why.rank, why.of) for why in card.why
        )
    return wrong


def correctness(grid: Grid) -> Iterator[Row]:
    """Yield what has to be exact."""
    wrong = sum(
        violations(grid, question, answer)
        for question, answer in grid.replies.items()
    )
    yield Row("cards violating an answer that was kept", "0", str(wrong))
    pairs = [
        Question(mood=mood, time=time, avoid=frozenset(pair))
        for pair in combinations(oracle.NOTES, 2)
        for mood, time in product(oracle.ANY_MOOD, oracle.ANY_BAND)
    ]
    wrong = sum(
        violations(grid, question, grid.ask(question)) for question in pairs
    )
    yield Row(
        f"  the same, all pairs of avoids ({len(pairs)} answers)",
        "0",
        str(wrong),
    )
    wrong = sum(
        gave_way(answer) != grid.truth.outcome(question).relaxed
        for question, answer in grid.replies.items()
    )
    yield Row("loosenings that are not the cheapest", "0", str(wrong))
    empty = sum(not answer.suggestions for answer in grid.replies.values())
    yield Row("empty answers", "0", str(empty))
    wrong = sum(
        contradicted(grid, question, answer)
        for question, answer in grid.replies.items()
    )
    lines = sum(
        len(card.why)
        for answer in grid.replies.values()
        for card in answer.suggestions
    )
    yield Row("why-lines that are contradicted", "0", f"{wrong} of {lines}")


def enough(grid: Grid) -> Iterator[Row]:
    """Yield how often three cards fit as asked, and how often the first one is as hard as asked."""
    three, exact, possible = 0, 0, 0
    asked = list(product(oracle.MOODS, (*oracle.BANDS, None), oracle.TISSUES))
    for mood, time, tissues in asked:
        question = Question(mood=(mood,), time=time, tissues=tissues)
        reply = grid.ask(question)
        three += len(reply.suggestions) == 3 and not reply.relaxed
        fitting = oracle.passing(grid.truth.titles, question, {})
        if any(title.tissues == tissues for title in fitting):
            possible += 1
            exact += reply.suggestions[0].title.tissues == tissues
    yield Row(
        "questions with three cards, none loosened",
        ">= 95 %",
        share(three, len(asked)),
    )
    yield Row(
        "first cards exactly as hard, where one is",
        ">= 95 %",
        f"{exact} of {possible}",
    )
    few = [
        question for question in grid.replies if len(question.answered) <= 3
    ]
    firsts = {
        grid.replies[question].suggestions[0].title.id for question in few
    }
    among = f"{len(firsts)} of {len(grid.titles)}"
    yield Row("titles first somewhere, at most three answers", "all", among)


def spread(grid: Grid) -> Iterator[Row]:
    """Yield how first cards and chances are spread over the titles."""
    short = oracle.short_questions()
    reached = [
        len(
            {
                grid.ask(question, seed, count=1).suggestions[0].title.id
                for question in short
            }
        )
        for seed in range(SEEDS)
    ]
    among = f"of {len(grid.titles)}"
    yield Row(
        f"titles first for at most two answers, worst of {SEEDS} seeds",
        f">= 28 {among}" if len(grid.titles) <= FEW_TITLES else "reported",
        f"{min(reached)} {among}",
    )
    mean = sum(reached) / SEEDS
    yield Row(
        "  the same, mean of the seeds", "reported", f"{mean:.1f} {among}"
    )
    if len(grid.titles) <= FEW_TITLES:
        top_sets = [tops(grid.replies[question]) for question in short]
        fewest = oracle.fewest_distinct(top_sets)
        worst = f"{fewest} {among}"
        yield Row(
            "  the same, worst that any draw could do", "reported", worst
        )
    free = [
        answer
        for question, answer in grid.replies.items()
        if not question.avoid
    ]
    for replies, (gini, largest) in (
        # What an avoid list leaves is decided by the notes, and may be three titles.
        (free, ("<= 0.36", "<= 12 %")),
        (list(grid.replies.values()), ("reported", "reported")),
    ):
        firsts = Counter(answer.suggestions[0].title.id for answer in replies)
        name, most = firsts.most_common(1)[0]
        where = "nothing avoided" if replies is free else "the whole grid"
        spread_out = f"{oracle.gini(firsts[t.id] for t in grid.titles):.3f}"
        yield Row(f"Gini of first cards, {where}", gini, spread_out)
        most_share = f"{share(most, len(replies))} ({name})"
        yield Row(
            f"largest share of first cards, {where}", largest, most_share
        )
    before = Counter(
        t.id
        for q in grid.replies
        for t in oracle.passing(grid.truth.titles, q, {})
    )
    after = Counter(
        each.title.id
        for answer in grid.replies.values()
        for each in answer.fitting
    )
    for metric, target, counts in (
        ("least share eligible, nothing loosened", ">= 2 %, aim 5 %", before),
        ("  the same, loosened where needed", "reported", after),
    ):
        least = min(grid.titles, key=lambda title: counts[title.id]).id
        yield Row(
            metric,
            target,
            f"{share(counts[least], len(grid.replies))} ({least})",
        )


def manners(grid: Grid) -> Iterator[Row]:
    """Yield how often answers are loosened, decided by the hash, or explained."""
    answers = grid.replies.values()
    loosened = sum(bool(answer.relaxed) for answer in answers)
    yield Row(
        "answers loosened", "reported", share(loosened, len(grid.replies))
    )
    equals = sum(len(tops(answer)) > 1 for answer in answers)
    yield Row(
        "first card chosen among equals",
        "reported",
        share(equals, len(grid.replies)),
    )
    explained = sum(bool(answer.suggestions[0].why) for answer in answers)
    yield Row(
        "first cards with a why-line",
        "aim >= 95 %",
        share(explained, len(grid.replies)),
    )


def safety(grid: Grid) -> Iterator[Row]:
    """Yield whether anything depends on what would spoil, or on the machine."""
    free = [
        answer
        for question, answer in grid.replies.items()
        if not question.avoid
    ]
    others = [overwritten(grid.titles, shift) for shift in (1, 2)]
    views = [view_for(output) for output in Output]
    changed = sum(
        view.suggestions(recommend(Pool(titles), answer.answers))
        != view.suggestions(answer)
        for answer, titles, view in product(free, others, views)
    )
    compared = len(free) * len(others) * len(views)
    yield Row(
        "outputs changed by endings or revealing notes",
        "0",
        f"{changed} of {compared}",
    )
    machines = [{"PYTHONHASHSEED": str(seed)} for seed in range(5)]
    machines += [
        {"LC_ALL": name} for name in ("C", "POSIX", "C.UTF-8", "tr_TR.UTF-8")
    ]
    outputs = {run(environment) for environment in machines}
    yield Row(
        f"different outputs in {len(machines)} environments",
        "1",
        str(len(outputs)),
    )


def overwritten(titles: Sequence[Title], shift: int) -> tuple[Title, ...]:
    """Return the titles with each ending moved on, and revealing notes changed (2) or gone (1)."""
    endings = list(Ending)
    return tuple(
        replace(
            title,
            ending=endings[
                (endings.index(title.ending or Ending.HOPEFUL) + shift)
                % len(endings)
            ],
            notes=tuple(
                replace(note, id=NoteId.ABLEISM, level=NoteLevel.THEME)
                if note.spoiler
                else note
                for note in title.notes or ()
                if shift == 2 or not note.spoiler
            ),
        )
        for title in titles
    )


def run(environment: dict[str, str]) -> bytes:
    """Return the JSON of one command in an environment of its own."""
    done = subprocess.run(
        [*COMMAND, "--json"],
        env=os.environ | environment,
        capture_output=True,
        check=True,
    )
    return done.stdout


def monotony(grid: Grid) -> Iterator[Row]:
    """Yield the counter-examples to: more time adds, more to avoid removes, age and avoid hold."""
    left = {
        question: {
            each.title.id
            for each in grid.ask(question, count=1, strict=True).fitting
        }
        for question in grid.replies
    }
    wrong = 0
    for mood, tissues, avoid in product(
        oracle.ANY_MOOD, oracle.ANY_TISSUES, oracle.AVOIDED
    ):
        by_length = [
            Question(mood, time, None, tissues, avoid)
            for time in (*oracle.BANDS, None)
        ]
        wrong += sum(
            not left[short] <= left[longer]
            for short, longer in pairwise(by_length)
        )
    yield Row("candidates that more time removes", "0", str(wrong))
    wrong = sum(
        not left[question] <= left[question.without("avoid")]
        for question in grid.replies
    )
    yield Row("candidates that more to avoid adds", "0", str(wrong))
    wrong = sum(
        bool(question.avoid)
        and oracle.has_avoided(grid.truth.by_id[each.title.id], question.avoid)
        for question, answer in grid.replies.items()
        for each in answer.fitting
    )
    yield Row(
        "candidates with something avoided, after loosening", "0", str(wrong)
    )


def table(rows: Iterable[Row]) -> str:
    """Return the rows as aligned text."""
    lines = [Row("metric", "target", "measured"), *rows]
    wide = [max(len(row[column]) for row in lines) for column in (0, 1)]
    return "\n".join(f"{a:{wide[0]}}  {b:{wide[1]}}  {c}" for a, b, c in lines)


def main() -> None:
    """Print the table."""
    parts = (correctness, enough, spread, manners, safety, monotony)
    shelves = {
        "the list alone": Grid(
            load_bundled(Shelf.LIST).titles, oracle.CATALOGUE
        ),
        "both shelves": Grid(
            load_bundled().titles, oracle.CATALOGUE, oracle.BEYOND
        ),
    }
    for name, grid in shelves.items():
        print(
            f"{name}: {len(grid.replies)} answers, {len(grid.titles)} titles\n"
        )
        print(table(row for part in parts for row in part(grid)))
        print()
    people.main(["100"])


if __name__ == "__main__":
    main()
