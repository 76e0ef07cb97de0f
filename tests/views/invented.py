"""Three titles that nobody ever made, so that what is drawn changes only when the drawing does."""

from __future__ import annotations

from typing import Final

from cryrec.library.entries import Entry, Status
from cryrec.models import (
    ContentNote,
    Format,
    Mood,
    MoodTag,
    NoteId,
    NoteLevel,
    Season,
    Sequel,
    Setting,
    Shelf,
    Title,
    Work,
)
from cryrec.recommend.person import Person

LIGHTHOUSE: Final = Title(
    id="lighthouse",
    title="The Last Lighthouse",
    romaji="Saigo no Todai",
    japanese="最後の☆灯台",
    format=Format.MOVIE,
    minutes=96,
    moods=(MoodTag(Mood.GOODBYE, 3), MoodTag(Mood.FAMILY, 2)),
    studios=("Studio Halcyon",),
    episodes=1,
    season=Season.SUMMER,
    year=2014,
    blurb="A keeper with one winter left teaches his granddaughter every ship by its light.",
    tissues=5,
    setting=(Setting.REALISTIC,),
    age=12,
    notes=(
        ContentNote(NoteId.TERMINAL_ILLNESS, NoteLevel.THEME, checked=True),
        ContentNote(NoteId.DISASTER, NoteLevel.MENTIONED),
        ContentNote(NoteId.LOVED_ONE_DEATH, NoteLevel.SHOWN, spoiler=True),
    ),
    readings=2,
    mal_ids=(1,),
    anilist_id=1,
)

PAPER: Final = Title(
    id="paper-boats",
    title="A Thousand Paper Boats on the River That Runs Beneath the Town of Wells",
    romaji="Kami no Fune",
    japanese="紙の舟",
    format=Format.SERIES,
    minutes=264,
    moods=(MoodTag(Mood.LEFT_BEHIND, 3), MoodTag(Mood.GOODBYE, 1)),
    studios=("Kawa Pictures", "Wells & Sons Animation"),
    episodes=11,
    season=Season.WINTER,
    year=2006,
    blurb=(
        "Every night a boat comes down the river with a letter in it. Two sisters answer, until "
        "one night the handwriting is their mother's."
    ),
    tissues=3,
    setting=(Setting.FANTASY, Setting.HISTORICAL),
    age=8,
    notes=(ContentNote(NoteId.PARENT_DEATH, NoteLevel.THEME),),
    prerequisites=(Work("Paper Boats: The First Summer", 3, 70, 2),),
    sequels=(Sequel("Paper Boats: Ashore", Format.MOVIE, 2008),),
    mal_ids=(3,),
    anilist_id=3,
    shelf=Shelf.BEYOND,
    source_note="two cuts exist; this is the longer one",
)

UNKNOWN: Final = Title(
    id="unknown",
    title="Café Noir",
    format=Format.MOVIE,
    minutes=55,
    moods=(MoodTag(Mood.GOODBYE, 2),),
    shelf=Shelf.OWN,
)
"""One of somebody's own, of which next to nothing is known."""

INVENTED: Final = (LIGHTHOUSE, PAPER, UNKNOWN)

SEEN_IT: Final = Person(
    seen=frozenset({"lighthouse"}),
    later=frozenset({"paper-boats"}),
    ratings={"lighthouse": 4},
)

ENTRIES: Final = (
    Entry(
        "lighthouse",
        "The Last Lighthouse",
        Status.SEEN,
        4,
        "2026-01-02T00:00:00Z",
    ),
    Entry(
        "paper-boats", PAPER.title, Status.LATER, None, "2026-02-03T00:00:00Z"
    ),
    Entry(
        "mal:2",
        "Paper Boats: The First Summer",
        Status.DROPPED,
        None,
        "2025-12-31T00:00:00Z",
    ),
)
