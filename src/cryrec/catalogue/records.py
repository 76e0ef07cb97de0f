"""What a catalogue file may say: the shape of an entry, its keys, and the range of each value.

The bundled files say everything of every title. A file of one's own may say as little as what it
changes, so every key of its records may be missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from msgspec import UNSET, Meta, Struct, UnsetType, defstruct
from msgspec.structs import fields

from cryrec.models import (
    Ending,
    Format,
    Mood,
    NoteId,
    NoteLevel,
    Season,
    Setting,
)

Text = Annotated[str, Meta(min_length=1, max_length=500)]
Minutes = Annotated[int, Meta(ge=1, le=100_000)]
Episodes = Annotated[int, Meta(ge=1, le=10_000)]
Year = Annotated[int, Meta(ge=1900, le=2100)]
Identifier = Annotated[int, Meta(ge=1)]


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything a catalogue file may hold: immutable, and strict about its keys."""


class MoodRecord(Record, frozen=True):
    """One kind of cry, how strong it is, and where the premise or the first episodes show it."""

    id: Mood
    strength: Annotated[int, Meta(ge=1, le=3)]
    evidence: Text


class NoteRecord(Record, frozen=True):
    """One harm: how much of it, whether knowing it gives the plot away, whether it is confirmed."""

    id: NoteId
    level: NoteLevel
    spoiler: bool = False
    checked: bool = False


class PrerequisiteRecord(Record, frozen=True):
    """A work to be seen first: a title of a catalogue by `id`, or one with minutes of its own."""

    id: Text | None = None
    title: Text | None = None
    episodes: Episodes | None = None
    minutes: Minutes | None = None
    mal_id: Identifier | None = None


class SequelRecord(Record, frozen=True):
    """What comes after a title."""

    title: Text
    format: Format
    year: Year


class TitleRecord(Record, frozen=True, kw_only=True):
    """One film or series as a catalogue file describes it. `minutes` is the work alone."""

    id: Annotated[
        str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    ]
    title: Text
    romaji: Text
    japanese: Text
    aliases: tuple[Text, ...] = ()
    studios: Annotated[tuple[Text, ...], Meta(min_length=1)]
    format: Format
    episodes: Episodes
    minutes: Minutes
    season: Season
    year: Year
    blurb: Annotated[str, Meta(min_length=1, max_length=150)]
    moods: Annotated[tuple[MoodRecord, ...], Meta(min_length=1, max_length=4)]
    tissues: Annotated[int, Meta(ge=1, le=5)]
    ending: Ending
    setting: Annotated[tuple[Setting, ...], Meta(min_length=1)]
    age: Annotated[int, Meta(ge=0, le=18)]
    notes: tuple[NoteRecord, ...] = ()
    watch_first: tuple[PrerequisiteRecord, ...] = ()
    sequels: tuple[SequelRecord, ...] = ()
    mal_ids: Annotated[tuple[Identifier, ...], Meta(min_length=1)]
    anilist_id: Identifier
    article_position: Annotated[int, Meta(ge=1)] | None = None
    source_note: Text | None = None
    readings: Annotated[int, Meta(ge=1, le=9)] = 1
    about: tuple[Text, ...] = ()
    translations: dict[str, Text] = {}


class StudioRecord(Record, frozen=True):
    """Other names of a studio, for `--studio`."""

    name: Text
    aliases: tuple[Text, ...]


class CatalogueFile(Record, frozen=True):
    """A bundled catalogue file as it is written."""

    anime: tuple[TitleRecord, ...]
    studio: tuple[StudioRecord, ...] = ()


# --- a file of one's own --------------------------------------------------------------------------


class OwnMoodRecord(Record, frozen=True):
    """One kind of cry of a title of one's own: what it is about, unless a strength says less."""

    id: Mood
    strength: Annotated[int, Meta(ge=1, le=3)] = 3
    evidence: Text | None = None


class OwnNoteRecord(Record, frozen=True):
    """One harm in a title of one's own."""

    id: NoteId
    level: NoteLevel = NoteLevel.SHOWN
    spoiler: bool = False
    checked: bool = False


def _may_be_missing(kind: Any) -> Any:
    return kind | UnsetType


_OWN_TYPES: Final[dict[str, Any]] = {
    **{field.name: field.type for field in fields(TitleRecord)},
    "moods": Annotated[
        tuple[OwnMoodRecord, ...], Meta(min_length=1, max_length=4)
    ],
    "notes": tuple[OwnNoteRecord, ...],
    "episode_minutes": Minutes,
    "hidden": bool,
}

if TYPE_CHECKING:
    OwnTitleRecord = Record
else:
    OwnTitleRecord = defstruct(
        "OwnTitleRecord",
        [
            (name, _may_be_missing(kind), UNSET)
            for name, kind in _OWN_TYPES.items()
        ],
        bases=(Record,),
        namespace={
            "__doc__": "A title of one's own, or what is to be changed of another."
        },
        frozen=True,
        kw_only=True,
    )


class OwnFile(Record, frozen=True):
    """A catalogue file of one's own as it is written."""

    anime: tuple[OwnTitleRecord, ...] = ()
    studio: tuple[StudioRecord, ...] = ()
