"""Every name that leads to a title or a studio, with what is known of the work behind it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from cryrec.matching import Compiled, Facts, Name, NameIndex, normalise
from cryrec.models import Format, Title, Work, work_id

_STUDIO_WORDS: Final = frozenset({"studio", "studios", "スタジオ"})


LONGEST_ID: Final = 50
"""Characters of an id that is made: ten fewer than one may have, for a number behind it."""


def made_id(title: str) -> str:
    """The id of a title that was given none: its Latin words, or a number made from it."""
    plain = normalise(title)
    latin_words = re.findall(r"[a-z0-9]+", plain)
    latin_id = "-".join(latin_words)[:LONGEST_ID].strip("-")
    if latin_id:
        return latin_id
    checksum = zlib.crc32(plain.encode())
    return f"own-{checksum:08x}"


class WorkNames(NamedTuple):
    """What works are called: of titles, of what leads to one, and of what comes before one.

    The last are prerequisites that are no titles, and stand for themselves.
    """

    own: Compiled
    related: Compiled
    prior: Compiled

    @property
    def of_titles(self) -> Compiled:
        """Every name that leads to a title: its own, then its prerequisites' and sequels'."""
        return self.own.followed_by(self.related)

    @property
    def of_works(self) -> Compiled:
        """Every name of what a library can hold: titles, and what comes before one."""
        return self.own.followed_by(self.prior)


def compiled_names(titles: Sequence[Title]) -> WorkNames:
    """All names that the titles bring, ready to be searched."""
    return WorkNames(
        own=NameIndex.of(own_names(titles)).compile(),
        related=NameIndex.of(related_names(titles)).compile(),
        prior=NameIndex.of(prior_names(titles)).compile(),
    )


def title_names(titles: Sequence[Title]) -> tuple[Name, ...]:
    """Every name that leads to a title: its own, then its prerequisites' and sequels'."""
    return (*own_names(titles), *related_names(titles))


def related_names(titles: Sequence[Title]) -> Iterator[Name]:
    """The names of works before and after titles, but for those that a title itself has."""
    taken = {normalise(name.text) for name in own_names(titles)}
    for title in titles:
        for name in _related_works(title):
            if normalise(name.text) not in taken:
                yield name


def prior_works(titles: Sequence[Title]) -> dict[str, Work]:
    """The prerequisites that are no titles themselves, by the id they have in a library."""
    ids = {title.id for title in titles}
    works = {
        work_id(work): work for title in titles for work in title.prerequisites
    }
    return {key: work for key, work in works.items() if key not in ids}


def prior_names(titles: Sequence[Title]) -> Iterator[Name]:
    """The titles of those works, then their ids, which name them as well."""
    works = prior_works(titles)
    for key, work in works.items():
        yield Name(key, work.title, facts_of(work))
    for key, work in works.items():
        yield Name(key, key, facts_of(work))


def own_names(titles: Iterable[Title]) -> Iterator[Name]:
    """What the titles themselves are called."""
    for title in titles:
        facts = facts_of(title)
        for name in title.own_names:
            yield Name(title.id, name, facts)


def _related_works(title: Title) -> Iterator[Name]:
    """Works before and after a title, which lead to it where they are no title themselves."""
    for work in title.prerequisites:
        yield Name(title.id, work.title, facts_of(work), is_related=True)
    for sequel in title.sequels:
        facts = Facts(sequel.year, sequel.format.value)
        yield Name(title.id, sequel.title, facts, is_related=True)


def facts_of(work: Title | Work) -> Facts:
    """What a year, a number or a kind beside a name is held against."""
    if isinstance(work, Title):
        parts = max(1, len(work.mal_ids))
        return Facts(work.year, work.format.value, parts)
    is_series = (work.episodes or 0) > 1
    return Facts(format=Format.SERIES.value if is_series else None)


def without_studio(name: str) -> str:
    """A studio's name without the word "studio", which is half of some and missing in others."""
    plain_words = normalise(name).split()
    telling_words = [word for word in plain_words if word not in _STUDIO_WORDS]
    return " ".join(telling_words) or name
