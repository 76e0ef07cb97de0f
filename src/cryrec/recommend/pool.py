"""The titles that may be suggested, and what each answer makes of them, worked out once.

A set of titles is a bit mask: an int whose bit `n` stands for the title in place `n`. So "what
passes this answer and that one" is an AND, and "how many" a count of bits, whatever the size of the
catalogue. Masks and points are made when they are first asked for, once for each value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from typing import Any, Final, TypeVar

from cryrec.models import Title
from cryrec.recommend.answers import AnswerName, Answers
from cryrec.recommend.criteria import CRITERIA

Item = TypeVar("Item")

BIT: Final = {"0": False, "1": True}


class Pool:
    """Titles in the order of their catalogue; raises KeyError for an id that is not among them."""

    def __init__(self, titles: Iterable[Title]) -> None:
        self.titles = tuple(titles)
        self.everything = (1 << len(self.titles)) - 1
        self._places = {title.id: place for place, title in enumerate(self.titles)}
        self._passing: dict[tuple[AnswerName, Any], int] = {}
        self._points: dict[tuple[AnswerName, Any], tuple[int, ...]] = {}

    def title(self, title_id: str) -> Title:
        """The title with that id."""
        return self.titles[self._places[title_id]]

    def place(self, title: Title) -> int:
        """The place of a title, which is its bit in a mask."""
        return self._places[title.id]

    def mask(self, holds: Callable[[Title], bool]) -> int:
        """The titles of which something holds."""
        bits = ["1" if holds(title) else "0" for title in reversed(self.titles)]
        return int("".join(bits) or "0", 2)

    def among(self, mask: int, items: Sequence[Item]) -> Iterable[Item]:
        """Those of `items`, one for each title, whose title is in `mask`."""
        bits = f"{mask:b}"[::-1]
        return compress(items, map(BIT.__getitem__, bits))

    def members(self, mask: int) -> tuple[Title, ...]:
        """The titles in a mask, in their order."""
        return tuple(self.among(mask, self.titles))

    def passing(self, name: AnswerName, value: Any) -> int:
        """The titles that pass that value of an answer; all of them for None."""
        if value is None:
            return self.everything
        key = (name, value)
        if key not in self._passing:
            passes = CRITERIA[name].passes
            self._passing[key] = self.mask(lambda title: passes(title, value))
        return self._passing[key]

    def points(self, name: AnswerName, value: Any) -> tuple[int, ...]:
        """What each title is worth for that value of an answer that counts."""
        key = (name, value)
        if key not in self._points:
            points = CRITERIA[name].points
            assert points is not None
            self._points[key] = tuple(points(title, value) for title in self.titles)
        return self._points[key]

    def eligible(self, answers: Answers) -> int:
        """The titles that may be ranked at all: with `like`, all others in its directions."""
        if answers.like is None:
            return self.everything
        origin = self.title(answers.like)

        def lies_there(title: Title) -> bool:
            leads = all(direction.leads(origin, title) for direction in answers.directions)
            return leads and all(direction.keeps(origin, title) for direction in answers.still)

        return self.mask(lies_there) & ~(1 << self.place(origin))
