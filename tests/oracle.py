"""What cryrec has to answer, worked out a second time by brute force.

This file is written from the design alone and imports nothing of cryrec: it reads the catalogue
itself and knows moods, bands, costs and weights by heart. Where the program is quick, it is plain:
every combination of loosenings is tried, every rank is counted. When the two disagree, one of them
misread the design, and a test names the question.

Readings of the design that the code depends on:

- A title of several settings suits each of them; a mood at any strength suits the question.
- Everybody's candidates are all titles that pass once the loosening is settled, not only the ones
  that made it necessary.
- A rank counts every equal against the title: the number of candidates whose score is at least
  its own.
- Nothing for 18 and up is a surprise: where no age was given it has to be asked for, however much
  gives way.
- Loosening a time of one's own reaches the ceiling of the band that holds it, or of the next band
  when it is that ceiling already. Points for time always go by the band that was asked for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"
CATALOGUE = DATA / "anime.toml"
BEYOND = DATA / "beyond.toml"

MOODS = (
    "goodbye",
    "left-behind",
    "missed",
    "family",
    "regret",
    "sacrifice",
    "cruel-world",
    "healing",
)
NEIGHBOURS = {
    "goodbye": {"left-behind", "missed", "sacrifice"},
    "left-behind": {"goodbye", "regret", "healing"},
    "missed": {"goodbye", "regret"},
    "family": {"healing", "sacrifice", "cruel-world"},
    "regret": {"left-behind", "missed", "healing"},
    "sacrifice": {"goodbye", "family", "cruel-world"},
    "cruel-world": {"family", "sacrifice"},
    "healing": {"left-behind", "family", "regret"},
}
BANDS = ("tonight", "weekend", "week", "long-haul")
NO_LIMIT = 10**9
CEILINGS = {"tonight": 150, "weekend": 360, "week": 630, "long-haul": NO_LIMIT}
FORMATS = ("movie", "series")
SETTINGS = ("realistic", "fantasy", "sci-fi", "historical")
TISSUES = (1, 2, 3, 4, 5)
SHELVES = ("list", "beyond", "own")
ENDINGS = ("hopeful", "bittersweet", "devastating")
AFTERTASTES = ("lighter", "aching", "flattened")
NOTES = (
    "child-death",
    "parent-death",
    "loved-one-death",
    "animal-death",
    "suicide",
    "self-harm",
    "depression",
    "terminal-illness",
    "starvation",
    "body-horror",
    "childbirth",
    "disaster",
    "graphic-violence",
    "war",
    "torture",
    "abduction",
    "child-abuse",
    "domestic-abuse",
    "bullying",
    "sexual-violence",
    "sexual-harassment",
    "sexual-content",
    "nudity",
    "substance-use",
    "ableism",
)


@dataclass(frozen=True, eq=False)
class Title:
    """What deciding needs to know of a title; `minutes` include everything to be seen before it.

    What is not known is None, and then it meets no answer about it.
    """

    id: str
    moods: Mapping[str, int]
    minutes: int
    format: str
    tissues: int | None
    ending: str | None
    setting: tuple[str, ...]
    age: int | None
    notes: frozenset[str] | None
    shelf: str = "list"


@dataclass(frozen=True)
class Question:
    """Somebody's answers; the default of each means that it was left open.

    `time` is the name of a band, or minutes of one's own.
    """

    mood: tuple[str, ...] = ()
    time: str | int | None = None
    format: str | None = None
    tissues: int | None = None
    avoid: frozenset[str] = frozenset()
    aftertaste: str | None = None
    setting: str | None = None
    max_age: int | None = None
    shelf: frozenset[str] = frozenset()
    like: Title | None = None

    @property
    def answered(self) -> tuple[str, ...]:
        """The names of the questions that were not left open; `like` only says where to start."""
        said = [
            f.name for f in fields(self) if getattr(self, f.name) != f.default
        ]
        return tuple(name for name in said if name != "like")

    def without(self, answer: str) -> Question:
        """The same, with one question left open."""
        default = next(f.default for f in fields(self) if f.name == answer)
        return replace(self, **{answer: default})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Outcome:
    """What a question comes to: what gave way (answer -> what it became) and who is left."""

    relaxed: Mapping[str, str]
    candidates: tuple[Title, ...]


# --- the catalogue ------------------------------------------------------------------------------


def read_catalogue(*paths: Path) -> tuple[Title, ...]:
    """Read the titles of one or several catalogue files, with their honest minutes."""
    texts = [
        path.read_text(encoding="utf-8") for path in paths or (CATALOGUE,)
    ]
    entries = {
        entry["id"]: entry
        for text in texts
        for entry in tomllib.loads(text)["anime"]
    }
    return tuple(
        Title(
            id=entry["id"],
            moods={mood["id"]: mood["strength"] for mood in entry["moods"]},
            minutes=sum(works_to_watch(entry, entries).values()),
            format=entry["format"],
            tissues=entry["tissues"],
            ending=entry["ending"],
            setting=tuple(entry["setting"]),
            age=entry["age"],
            notes=frozenset(note["id"] for note in entry.get("notes", ())),
        )
        for entry in entries.values()
    )


def works_to_watch(
    entry: Mapping[str, Any], entries: Mapping[str, Mapping[str, Any]]
) -> dict[str, int]:
    """Minutes of the work and of everything before it, by name, so that none counts twice."""
    works = {entry["title"]: entry["minutes"]}
    for before in entry.get("watch_first", ()):
        if "id" in before:
            works |= works_to_watch(entries[before["id"]], entries)
        else:
            works[before["title"]] = before["minutes"]
    return works


# --- time ---------------------------------------------------------------------------------------


def band_holding(minutes: int) -> str:
    """Name the shortest band that so many minutes fit in."""
    return next(band for band in BANDS if minutes <= CEILINGS[band])


def band_asked(time: str | int) -> str:
    """Name the band by which a time is scored."""
    return time if isinstance(time, str) else band_holding(time)


def limit(time: str | int) -> int:
    """Give the most minutes that a time allows."""
    return CEILINGS[time] if isinstance(time, str) else time


def one_band_longer(time: str | int) -> str | None:
    """Name the band whose ceiling a loosened time has; None if there is nothing longer."""
    band = band_asked(time)
    if limit(time) == CEILINGS[band]:
        return dict(pairwise(BANDS)).get(band)
    return band


def read_time(word: str) -> str | int:
    """Read a time as it is written on a command line: a band, 90, 90m, 2h, 2h30 or 1h45m."""
    if word in BANDS:
        return word
    parts = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m?)?", word)
    assert parts is not None, f"{word!r} is no time"
    return int(parts[1] or 0) * 60 + int(parts[2] or 0)


# --- filters and loosening ----------------------------------------------------------------------


def broken(
    title: Title, question: Question, relaxed: Mapping[str, str] | None = None
) -> set[str]:
    """Name the answers that a title does not meet, once what is in `relaxed` has given way."""
    relaxed = relaxed or {}
    longest = (
        NO_LIMIT
        if question.time is None
        else limit(relaxed.get("time", question.time))
    )
    moods = set(question.mood or MOODS)
    if relaxed.get("mood") == "neighbours":
        moods |= {near for mood in question.mood for near in NEIGHBOURS[mood]}
    fails = {
        "avoid": bool(question.avoid) and has_avoided(title, question.avoid),
        "max_age": not suits_age(title, question),
        "shelf": bool(question.shelf) and title.shelf not in question.shelf,
        "format": question.format not in (None, title.format),
        "setting": question.setting not in (None, *title.setting),
        "tissues": question.tissues is not None
        and not is_bearable(title, question.tissues),
        "time": title.minutes > longest,
        "mood": not moods & set(title.moods),
    }
    return {
        answer
        for answer, failed in fails.items()
        if failed and relaxed.get(answer) != "any"
    }


def has_avoided(title: Title, avoid: frozenset[str]) -> bool:
    """Whether something to be avoided is in a title, or may be: nobody wrote its notes down.

    Whoever steers clear of a loved one's death means a child's and a parent's as well.
    """
    meant = set(avoid)
    if "loved-one-death" in avoid:
        meant |= {"child-death", "parent-death"}
    return title.notes is None or bool(meant & title.notes)


def suits_age(title: Title, question: Question) -> bool:
    """Whether a title is known to suit the age that was given.

    Where none was, whether it is for people under 18, too, or was asked for: by one of its own
    kinds of cry, or by a title to start from that is for people of 18 and up as well.
    """
    if question.max_age is not None:
        return title.age is not None and title.age <= question.max_age
    likes_such = question.like is not None and (question.like.age or 0) >= 18
    names_its_mood = bool(set(question.mood) & set(title.moods))
    return (title.age or 0) < 18 or names_its_mood or likes_such


def is_bearable(title: Title, asked: int) -> bool:
    """Whether a title is known to be at most one tissue harder than asked."""
    return title.tissues is not None and title.tissues <= asked + 1


def differing(title: Title, question: Question) -> set[str]:
    """Name the answers that a title does not meet to the letter."""
    different = broken(title, question)
    if question.tissues is not None and title.tissues != question.tissues:
        different.add("tissues")
    if question.aftertaste is not None:
        wanted = dict(zip(AFTERTASTES, ENDINGS, strict=True))[
            question.aftertaste
        ]
        if title.ending != wanted:
            different.add("aftertaste")
    return different


def ways_to_loosen(question: Question) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield every combination of loosenings with its cost, the empty one included."""
    choices: list[list[tuple[str, str, int] | None]] = []
    if question.setting is not None:
        choices.append([None, ("setting", "any", 1)])
    if question.format is not None:
        choices.append([None, ("format", "any", 2)])
    if question.mood:
        choices.append([None, ("mood", "neighbours", 4), ("mood", "any", 8)])
    if question.time is not None:
        longer = one_band_longer(question.time)
        choices.append([None, *([("time", longer, 16)] if longer else [])])
    if question.tissues is not None:
        choices.append([None, ("tissues", "any", 32)])
    for combination in product(*choices):
        steps = [step for step in combination if step is not None]
        yield (
            sum(cost for _, _, cost in steps),
            {answer: to for answer, to, _ in steps},
        )


def passing(
    titles: Iterable[Title], question: Question, relaxed: Mapping[str, str]
) -> tuple[Title, ...]:
    """Return the titles that break nothing once what is in `relaxed` has given way."""
    return tuple(
        title for title in titles if not broken(title, question, relaxed)
    )


def cheapest(
    titles: Sequence[Title], question: Question, keep: str | None = None
) -> Outcome:
    """Loosen as little as leaves a title, never touching `keep`; no candidates if nothing does."""
    best, price = Outcome({}, ()), NO_LIMIT
    for cost, relaxed in ways_to_loosen(question):
        if cost < price and keep not in relaxed:
            candidates = passing(titles, question, relaxed)
            if candidates:
                best, price = Outcome(relaxed, candidates), cost
    return best


# --- points -------------------------------------------------------------------------------------


def ledger(title: Title, question: Question) -> dict[str, int]:
    """Return the points of a title, one line for each answer that gives points."""
    lines = {}
    if question.mood:
        strongest = max(title.moods.get(mood, 0) for mood in question.mood)
        lines["mood"] = {3: 40, 2: 26, 1: 14, 0: 0}[strongest]
        if strongest == 0 and any(
            NEIGHBOURS[mood] & set(title.moods) for mood in question.mood
        ):
            lines["mood"] = 12
        if len(question.mood) == 2 and all(
            mood in title.moods for mood in question.mood
        ):
            lines["mood"] += 6
    if question.tissues is not None:
        lines["tissues"] = 0
        if title.tissues is not None:
            over = max(0, title.tissues - question.tissues)
            under = max(0, question.tissues - title.tissues)
            exactly = 20 if title.tissues == question.tissues else 0
            lines["tissues"] = exactly + max(0, 20 - 8 * over - 5 * under)
    if question.time is not None:
        shorter = BANDS.index(band_asked(question.time)) - BANDS.index(
            band_holding(title.minutes)
        )
        lines["time"] = {0: 15, 1: 10, 2: 5, 3: 2}.get(shorter, 0)
    if question.aftertaste is not None:
        lines["aftertaste"] = 0
        if title.ending is not None:
            apart = abs(
                ENDINGS.index(title.ending)
                - AFTERTASTES.index(question.aftertaste)
            )
            lines["aftertaste"] = (10, 5, 0)[apart]
    return lines


def score(title: Title, question: Question) -> int:
    """Add up the points of a title."""
    return sum(ledger(title, question).values())


# --- everything about one catalogue, remembered -------------------------------------------------


class Oracle:
    """Answers questions about one catalogue, each worked out once."""

    def __init__(self, titles: Sequence[Title]) -> None:
        self.titles = tuple(titles)
        self.by_id = {title.id: title for title in titles}
        self._outcomes: dict[Question, Outcome] = {}
        self._scores: dict[Question, dict[str, int]] = {}

    def outcome(self, question: Question) -> Outcome:
        """Say what gives way and who is left."""
        if question not in self._outcomes:
            self._outcomes[question] = cheapest(self.titles, question)
        return self._outcomes[question]

    def rank(self, title: Title, question: Question) -> int | None:
        """Return the worst place the title can be said to have; None if it is no candidate."""
        scores = self.scores(question)
        if title.id not in scores:
            return None
        return sum(other >= scores[title.id] for other in scores.values())

    def scores(self, question: Question) -> dict[str, int]:
        """Return the points of every candidate, by its id."""
        if question not in self._scores:
            candidates = self.outcome(question).candidates
            self._scores[question] = {
                title.id: score(title, question) for title in candidates
            }
        return self._scores[question]

    def reasons(
        self, title: Title, question: Question
    ) -> dict[str, tuple[int | None, int]]:
        """Return the answers without which the title would stand worse: its rank then, of how many.

        The rank is None where the title would not be a candidate any more.
        """
        now = self.rank(title, question)
        assert now is not None, f"{title.id} is no candidate"
        found = {}
        for answer in question.answered:
            open_question = question.without(answer)
            then = self.rank(title, open_question)
            if then is None or then > now:
                found[answer] = (
                    then,
                    len(self.outcome(open_question).candidates),
                )
        return found

    def alternatives(self, question: Question) -> dict[str, Outcome]:
        """For each answer that gave way, what keeping it would have taken, where it can be kept."""
        kept = {
            answer: cheapest(self.titles, question, keep=answer)
            for answer in self.outcome(question).relaxed
        }
        return {
            answer: each for answer, each in kept.items() if each.candidates
        }


# --- the grid and its figures -------------------------------------------------------------------

AVOIDED = (
    frozenset[str](),
    frozenset({"suicide"}),
    frozenset({"graphic-violence", "sexual-violence"}),
    frozenset({"terminal-illness"}),
    frozenset({"child-death", "parent-death"}),
)
"""The five lists of things to avoid in the grid."""

ANY_MOOD: tuple[tuple[str, ...], ...] = ((), *((mood,) for mood in MOODS))
ANY_BAND: tuple[str | None, ...] = (None, *BANDS)
ANY_TISSUES: tuple[int | None, ...] = (None, *TISSUES)


def grid() -> tuple[Question, ...]:
    """List the questions over which the recommender is measured."""
    return tuple(
        Question(mood=mood, time=time, tissues=tissues, avoid=avoid)
        for mood, time, tissues, avoid in product(
            ANY_MOOD, ANY_BAND, ANY_TISSUES, AVOIDED
        )
    )


def short_questions() -> tuple[Question, ...]:
    """List the questions that answer at most two of mood, time and tissues, and nothing else."""
    return tuple(q for q in grid() if not q.avoid and len(q.answered) <= 2)


def gini(counts: Iterable[int]) -> float:
    """Return how unevenly counts are spread: 0 for all alike, towards 1 for everything in one."""
    counts = list(counts)
    apart = sum(abs(one - other) for one in counts for other in counts)
    return apart / (2 * len(counts) * sum(counts))


def fewest_distinct(choices: Iterable[frozenset[str]]) -> int:
    """Return how few different names one can end up with when picking one out of every set.

    With the sets of equals at the top of each answer, this is how many titles are some first card
    whatever the hash does.
    """
    sets = set(choices)
    forced = {name for names in sets if len(names) == 1 for name in names}
    rest = [names for names in sets if not names & forced]
    others = sorted({name for names in rest for name in names})
    for size in range(len(others) + 1):
        for chosen in combinations(others, size):
            if all(names & set(chosen) for names in rest):
                return len(forced) + size
    raise AssertionError("a set is empty")
