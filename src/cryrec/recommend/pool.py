"""The titles that may be suggested, and what each answer makes of them, worked out once.

A set of titles is a bit mask: an int whose bit `n` stands for the title in place `n`. So "what
passes this answer and that one" is an AND, and "how many" a count of bits, whatever the size of the
catalogue. Masks and points are made when they are first asked for, once for each value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import compress
from typing import Any, Final, TypeVar

from cryrec.models import Mood, Title
from cryrec.recommend.answers import AnswerName, Answers, Direction
from cryrec.recommend.criteria import CRITERIA, is_for_grown_ups
from cryrec.recommend.ledger import Profile

Item = TypeVar("Item")

BIT: Final = {"0": False, "1": True}


def mask_of(holds: Iterable[bool]) -> int:
    """The mask in which bit `n` is set where the `n`th of `holds` is true."""
    bits = "".join("1" if bit else "0" for bit in holds)
    highest_first = bits[::-1]
    return int(highest_first or "0", 2)


class Pool:
    """Titles in the order of their catalogue; raises KeyError for an id that is not among them."""

    def __init__(self, titles: Iterable[Title]) -> None:
        self.titles = tuple(titles)
        self.everything = (1 << len(self.titles)) - 1
        self._places = {
            title.id: place for place, title in enumerate(self.titles)
        }
        self._passing: dict[tuple[AnswerName, Any], int] = {}
        self._points: dict[tuple[AnswerName, Any], tuple[int, ...]] = {}
        self._profiles: dict[str, Profile] = {}
        self._measures: dict[Direction, tuple[int | None, ...]] = {}

    def title(self, title_id: str) -> Title:
        """The title with that id."""
        return self.titles[self._places[title_id]]

    def place(self, title: Title) -> int:
        """The place of a title, which is its bit in a mask."""
        return self._places[title.id]

    def mask(self, holds: Callable[[Title], bool]) -> int:
        """The titles of which something holds."""
        return mask_of(map(holds, self.titles))

    def among(self, mask: int, items: Sequence[Item]) -> Iterable[Item]:
        """Those of `items`, one for each title, whose title is in `mask`."""
        lowest_first = f"{mask:b}"[::-1]
        bits = map(BIT.__getitem__, lowest_first)
        return compress(items, bits)

    def members(self, mask: int) -> tuple[Title, ...]:
        """The titles in a mask, in their order."""
        return tuple(self.among(mask, self.titles))

    def passing(self, name: AnswerName, value: Any) -> int:
        """The titles that pass that value of an answer; all of them for None."""
        if value is None:
            return self.everything
        answer = (name, value)
        if answer not in self._passing:
            passes = CRITERIA[name].passes
            self._passing[answer] = self.mask(
                lambda title: passes(title, value)
            )
        return self._passing[answer]

    def points(self, name: AnswerName, value: Any) -> tuple[int, ...]:
        """What each title is worth for that value of an answer that counts."""
        answer = (name, value)
        if answer not in self._points:
            points = CRITERIA[name].points
            assert points is not None
            self._points[answer] = tuple(
                points(title, value) for title in self.titles
            )
        return self._points[answer]

    def profile(self, title: Title) -> Profile:
        """What a title is compared by."""
        if title.id not in self._profiles:
            self._profiles[title.id] = Profile.of(title)
        return self._profiles[title.id]

    def has_double(self, title: Title) -> bool:
        """Whether another title answers the very question that this one answers best.

        It has as much of the main kind of cry, and the same band and tissues.
        """
        own, mood = self.profile(title), title.lead_mood
        return self._alike[own.band, own.tissues, mood, own.moods[mood]] > 1

    @cached_property
    def _alike(self) -> Counter[tuple[int, int | None, Mood, int]]:
        """How many titles of a band and weight have at least so much of a kind of cry."""
        counts: Counter[tuple[int, int | None, Mood, int]] = Counter()
        for title in self.titles:
            profile = self.profile(title)
            for mood, strength in profile.moods.items():
                for least in range(1, strength + 1):
                    counts[profile.band, profile.tissues, mood, least] += 1
        return counts

    def eligible(self, answers: Answers) -> int:
        """The titles that may be ranked at all, whatever else is answered."""
        return self.invited(answers) & self.in_direction(answers)

    def invited(self, answers: Answers) -> int:
        """All titles but those for grown-ups that nobody asked for.

        One is asked for by an age, by its own kind of cry, by a word that it is known for, or by a
        title to start from that is for grown-ups, too. Otherwise it would be a surprise.
        """
        if answers.max_age is not None:
            return self.everything
        if answers.like is not None and is_for_grown_ups(
            self.title(answers.like)
        ):
            return self.everything
        asked_for = 0
        if answers.wished:
            asked_for = self.mask(lambda title: title.id in answers.wished)
        if answers.mood:
            asked_for |= self.passing(AnswerName.MOOD, answers.mood)
        return self.everything & ~(self._for_grown_ups & ~asked_for)

    @cached_property
    def _for_grown_ups(self) -> int:
        return self.mask(is_for_grown_ups)

    def in_direction(self, answers: Answers) -> int:
        """With `like`, all other titles in the directions from it; otherwise every title."""
        if answers.like is None:
            return self.everything
        origin = self.title(answers.like)
        mask = self.everything & ~(1 << self.place(origin))
        for direction in answers.directions:
            mask &= self._towards(direction, origin)
        for direction in answers.still:
            mask &= self._known(direction, origin)
            mask &= ~self._towards(direction.opposite, origin)
        return mask

    def _towards(self, direction: Direction, origin: Title) -> int:
        """The titles strictly in a direction from `origin`."""
        here = direction.measure(origin)
        measures = self._measured(direction)
        return mask_of(direction.leads(here, there) for there in measures)

    def _known(self, direction: Direction, origin: Title) -> int:
        """The titles that can be compared with `origin` in a direction."""
        if direction.measure(origin) is None:
            return 0
        measures = self._measured(direction)
        return mask_of(there is not None for there in measures)

    def _measured(self, direction: Direction) -> tuple[int | None, ...]:
        """What a direction changes, of every title."""
        if direction not in self._measures:
            self._measures[direction] = tuple(
                map(direction.measure, self.titles)
            )
        return self._measures[direction]
