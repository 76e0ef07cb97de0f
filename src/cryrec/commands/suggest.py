"""`cryrec suggest`: ask, then three cards; or one line of flags, answered at once."""

from __future__ import annotations

import os
from typing import Final

from msgspec import structs

from cryrec.commands import options
from cryrec.errors import UsageProblem
from cryrec.models import Aftertaste, Setting
from cryrec.recommend import Answers, Direction, recommend, why_not
from cryrec.recommend.answers import (
    read_avoid,
    read_format,
    read_moods,
    read_time,
    read_tissues,
    read_whole,
    read_word,
    split_words,
)
from cryrec.session import Session
from cryrec.showing import show_cards
from cryrec.terminal import emit, is_interactive, say, variable
from cryrec.views import Detail, Output, view_for
from cryrec.views.notices import NOBODY_TO_ASK, from_settings

MOST_CARDS: Final = 10
OLDEST: Final = 150
HIGHEST_SEED: Final = 2**63 - 1


def command(
    mood: options.Moods = [],  # noqa: B006 - Typer copies the default, and None has no length
    time: options.Time = None,
    tissues: options.Tissues = None,
    avoid: options.Avoid = [],  # noqa: B006
    format: options.FormatWord = None,
    setting: options.SettingWord = None,
    aftertaste: options.AftertasteWord = None,
    max_age: options.MaxAge = None,
    like: options.Like = None,
    gentler: options.Gentler = False,
    harder: options.Harder = False,
    shorter: options.Shorter = False,
    longer: options.Longer = False,
    count: options.Count = "3",
    include_seen: options.IncludeSeen = False,
    strict: options.Strict = False,
    why_not_title: options.WhyNotTitle = None,
    notes: options.Notes = False,
    spoilers: options.Spoilers = False,
    explain: options.Explain = False,
    ask_rest: options.Ask = False,
    no_input: options.NoInput = False,
    json: options.Json = False,
    seed: options.Seed = None,
    recent: options.Recent = [],  # noqa: B006
    shown: options.Shown = [],  # noqa: B006
    still: options.Still = [],  # noqa: B006
) -> None:
    """
    \b
    cryrec suggest                                 asks, then three cards
    cryrec suggest --mood goodbye --time tonight   answers at once
    cryrec suggest -m family -t 2h -x suicide,war  with things to steer clear of
    cryrec suggest --like "your name" --harder     nearest to one you know

    Three titles for the cry you want, in the time you have. Without a flag it is a conversation;
    Enter skips a question, b goes back.

    These are sad on purpose. If today is already heavy, ask for gentler; findahelpline.com lists
    someone to talk to.
    """
    session = Session()
    towards = {"gentler": gentler, "harder": harder, "shorter": shorter, "longer": longer}
    saved = None if "none" in split_words(avoid) else session.always_avoided
    always = saved or ()
    directions, still_taken = _directions(towards, still, like)
    answers = Answers(
        mood=read_moods(mood),
        time=read_time(time),
        tissues=read_tissues(tissues),
        avoid=tuple(sorted({*read_avoid(avoid), *always})),
        format=read_format(format),
        setting=read_word(Setting, "setting", setting),
        aftertaste=read_word(Aftertaste, "aftertaste", aftertaste),
        max_age=read_whole("--max-age", max_age, 0, OLDEST),
        like=session.find_title(like).id if like is not None else None,
        directions=directions,
        still=still_taken,
        count=read_whole("--count", count, 1, MOST_CARDS) or 1,
        seed=read_whole("--seed", seed, 0, HIGHEST_SEED) or 0,
        strict=strict,
        include_seen=include_seen,
        # What conversations offered lately counts in a conversation alone: a script that runs twice
        # gets the same answer, whatever was talked about in between.
        person=structs.replace(session.person, recent=tuple(split_words(recent))),
    )
    detail = Detail(notes, spoilers, explain)
    view = view_for(Output.of(json), detail)
    if why_not_title is not None:
        title = session.find_title(why_not_title)
        emit(view.why_not(why_not(session.pool, answers, title)))
        return
    questions = {"mood": mood, "time": time, "tissues": tissues, "avoid": avoid}
    unasked = [name for name, flag in questions.items() if not flag]
    refined = (format, setting, aftertaste, max_age, like)
    silent = len(unasked) == len(questions) and refined.count(None) == len(refined)
    if (silent or ask_rest) and not (no_input or variable("CRYREC_NO_INPUT")):
        if is_interactive():
            from cryrec.conversation.converse import converse
            from cryrec.conversation.shelf import OwnShelf

            if silent and seed is None and not json:
                answers = structs.replace(answers, seed=1 + int.from_bytes(os.urandom(2)) % 9999)
            if saved is not None and "avoid" in unasked:
                unasked.remove("avoid")
                say(from_settings(saved))
            answers = structs.replace(answers, person=session.person)
            converse(session.pool, answers, unasked, view, detail, json, OwnShelf())
            return
        say(NOBODY_TO_ASK)
    ids = frozenset(split_words(shown))
    show_cards(session.pool, recommend(session.pool, answers, ids), view, detail)


def _directions(
    asked: dict[str, bool], still: list[str], like: str | None
) -> tuple[tuple[Direction, ...], tuple[Direction, ...]]:
    """The directions that were asked for, and those that were taken before and still count.

    Raises UsageProblem where they make no sense.
    """
    asked_for = tuple(Direction(name) for name, on in asked.items() if on)
    taken = (read_word(Direction, "direction", word) for word in split_words(still))
    earlier = tuple(direction for direction in taken if direction)
    for direction in (*asked_for, *earlier):
        if like is None:
            raise UsageProblem(f"--{direction} needs --like TITLE to start from")
        if direction.opposite in (*asked_for, *earlier):
            raise UsageProblem(f"--{direction} and --{direction.opposite} contradict each other")
    return asked_for, earlier
