"""`cryrec add`: a title of one's own."""

from __future__ import annotations

from typing import Any, Final

from cryrec import keeping
from cryrec.catalogue.own import entry_text, free_id, own_path
from cryrec.catalogue.records import Episodes, Minutes, Year
from cryrec.catalogue.sources import preview
from cryrec.commands import options
from cryrec.conversation import prompts
from cryrec.conversation.adding import Known, ask_missing, is_wanted
from cryrec.errors import UsageProblem
from cryrec.matching import normalise
from cryrec.models import Format, Mood, Setting, Title
from cryrec.recommend.parsing import (
    read_avoid,
    read_format,
    read_tissues,
    read_whole,
    read_word,
    split_words,
)
from cryrec.session import Session
from cryrec.terminal import emit, is_interactive, printable, say, variable
from cryrec.views import Detail, Output, view_for

NEEDED: Final = ("title", "format", "minutes", "moods")
"""What a title cannot be added without, as questions and flags call it."""


def command(
    words: options.NewTitle = [],
    format: options.NewFormat = None,
    minutes: options.NewMinutes = None,
    episodes: options.NewEpisodes = None,
    episode_minutes: options.EpisodeMinutes = None,
    mood: options.NewMoods = [],
    tissues: options.NewTissues = None,
    year: options.NewYear = None,
    studio: options.NewStudios = [],
    blurb: options.NewBlurb = None,
    setting: options.NewSettings = [],
    age: options.NewAge = None,
    note: options.NewNotes = [],
    yes: options.Yes = False,
    no_input: options.NoInput = False,
    json: options.Json = False,
) -> None:
    """
    \b
    cryrec add                                    asks
    cryrec add "Liz and the Blue Bird" --format movie --minutes 90 --mood missed

    Add a title of your own. It is suggested, found and listed like any other, and it stands in a
    file that you may edit. cryrec undo takes it back.
    """
