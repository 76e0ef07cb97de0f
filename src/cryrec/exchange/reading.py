"""What a list file comes to: entries, and what became of everything else, or why it is refused."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from cryrec.library.entries import Entry, Status

SITES: Final = (
    "cryrec reads the anime lists of MyAnimeList, AniList, Kitsu, Shikimori and Simkl, "
    "and its own"
)
"""What would be right where a file is no list at all."""

ONLY_ANIME: Final = "cryrec knows only anime; export the anime list"

AGAIN: Final = "download it again"

AS_UTF8: Final = ("its text is not UTF-8", "save it as UTF-8")
"""Downloading such a file again would bring the same bytes."""

TOO_MUCH: Final = ("it is longer, or more nested, than any list", SITES)


class NotAList(Exception):
    """What is wrong and what would be right, raised where the name of the file is not known."""


class Skipped(Struct, frozen=True):
    """Something left out: `what` is "entry", "manga" or "rating"; repeated rows count once."""

    what: str
    reason: str
    count: int


class Treated(Struct, frozen=True):
    """How many entries the file calls `word`, such as "on hold", and what they became."""

    word: str
    status: Status
    count: int


class Reading(Struct, frozen=True):
    """What a file says of the works that matter here, and what became of everything else."""

    format: str
    entries: tuple[Entry, ...]
    not_in_catalogue: int
    skipped: tuple[Skipped, ...]
    treated: tuple[Treated, ...]
