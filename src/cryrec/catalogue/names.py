"""Every name that leads to a title or a studio, with what is known of the work behind it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from cryrec.matching import Facts, Name, normalise
from cryrec.models import Format, Title, Work

_STUDIO_WORDS: Final = frozenset({"studio", "studios", "スタジオ"})


LONGEST_ID: Final = 50
"""Characters of an id that is made: ten fewer than one may have, for a number behind it."""


def made_id(title: str) -> str:
    """The id of a title that was given none: its Latin words, or a number made from it."""
    plain = normalise(title)
    made = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_ID].strip("-")
    return made or f"own-{zlib.crc32(plain.encode()):08x}"


def title_names(titles: Iterable[Title]) -> tuple[Name, ...]:
    """Every name that leads to a title: its own, then its prerequisites' and sequels'.

    One that is the name of a title itself leads to that title alone.
    """
    titles = tuple(titles)
    own = tuple(own_names(titles))
    taken = {normalise(name.text) for name in own}
    related = (name for title in titles for name in _related_works(title))
    return (*own, *(name for name in related if normalise(name.text) not in taken))


def own_names(titles: Iterable[Title]) -> Iterator[Name]:
    """What the titles themselves are called."""
    for title in titles:
        facts = facts_of(title)
        yield from (Name(title.id, name, facts) for name in title.own_names)


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
        return Facts(work.year, work.format.value, max(1, len(work.mal_ids)))
    return Facts(format=Format.SERIES.value if (work.episodes or 0) > 1 else None)


def without_studio(name: str) -> str:
    """A studio's name without the word "studio", which is half of some and missing in others."""
    words = [word for word in normalise(name).split() if word not in _STUDIO_WORDS]
    return " ".join(words) or name
