"""Every name that leads to a title or a studio, with what is known of the work behind it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from cryrec.matching import Facts, Name, normalise
from cryrec.models import Format, Title, Work

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


def title_names(titles: Iterable[Title]) -> tuple[Name, ...]:
    """Every name that leads to a title: its own, then its prerequisites' and sequels'.

    One that is the name of a title itself leads to that title alone.
    """
    titles = tuple(titles)
    names = list(own_names(titles))
    taken = {normalise(name.text) for name in names}
    for related_name in chain.from_iterable(map(_related_works, titles)):
        if normalise(related_name.text) not in taken:
            names.append(related_name)
    return tuple(names)


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
