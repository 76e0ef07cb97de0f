"""`cryrec suggest`: ask, then three cards; or one line of flags, answered at once."""

from __future__ import annotations

import os
import shlex
import sys

from cryrec.catalogue import load_bundled
from cryrec.commands import options
from cryrec.commands.conversation import Guest, ask, browse, publish
from cryrec.errors import UsageProblem
from cryrec.models import Aftertaste, Setting
from cryrec.prompts import asker
from cryrec.recommend import Answers, Direction, recommend, why_not
from cryrec.recommend.answers import (
    read_avoid,
    read_format,
    read_moods,
    read_time,
    read_tissues,
    read_word,
    replace,
)
from cryrec.terminal import emit, is_interactive, is_terminal, say, tell
from cryrec.views import Detail, view_for
from cryrec.views.notices import NOBODY_TO_ASK


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
    count: options.Count = 3,
    strict: options.Strict = False,
    why_not_title: options.WhyNotTitle = None,
    notes: options.Notes = False,
    spoilers: options.Spoilers = False,
    explain: options.Explain = False,
    ask_rest: options.Ask = False,
    no_input: options.NoInput = False,
    json: options.Json = False,
    seed: options.Seed = None,
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
    catalogue = load_bundled()
    towards = {"gentler": gentler, "harder": harder, "shorter": shorter, "longer": longer}
    answers = Answers(
        moods=read_moods(mood),
        time=read_time(time),
        tissues=read_tissues(tissues),
        avoid=read_avoid(avoid),
        format=read_format(format),
        setting=read_word(Setting, "setting", setting),
        aftertaste=read_word(Aftertaste, "aftertaste", aftertaste),
        max_age=max_age,
        like=catalogue.find_title(like).id if like is not None else None,
        directions=_directions(towards, like),
        count=count,
        seed=seed or 0,
        strict=strict,
    )
    detail = Detail(notes, spoilers, explain)
    view = view_for(json, detail)
    if why_not_title is not None:
        title = catalogue.find_title(why_not_title)
        emit(view.why_not(why_not(catalogue.titles, answers, title)))
        return
    questions = {"mood": mood, "time": time, "tissues": tissues, "avoid": avoid}
    unasked = [name for name, flag in questions.items() if not flag]
    refined = (format, setting, aftertaste, max_age, like)
    silent = len(unasked) == len(questions) and refined.count(None) == len(refined)
    if (silent or ask_rest) and not no_input:
        if is_interactive():
            _converse(Guest(asker(), catalogue.titles, view, detail), answers, unasked, json, seed)
            return
        say(NOBODY_TO_ASK)
    publish(catalogue.titles, recommend(catalogue.titles, answers), view, detail)


def _converse(
    guest: Guest, answers: Answers, unasked: list[str], json: bool, seed: int | None
) -> None:
    """Ask, show, and follow what is wanted next; where nobody sees the cards, ask and show."""
    if seed is None and not json:
        answers = replace(answers, seed=1 + int.from_bytes(os.urandom(2)) % 9999)
    answers = ask(guest.asker, guest.titles, answers, unasked)
    if json or not is_terminal(sys.stdout):
        publish(guest.titles, recommend(guest.titles, answers), guest.view, guest.detail)
    else:
        last = browse(guest, answers)
        while last is None:
            answers = ask(guest.asker, guest.titles, answers, unasked, from_last=True)
            last = browse(guest, answers)
        answers = last
    if not json:
        tell(f"Same again: {_one_line(answers, guest.detail)}")


def _one_line(answers: Answers, detail: Detail) -> str:
    """The command that shows the same cards without asking."""
    opened = [f"--{name}" for name, on in detail._asdict().items() if on]
    counted = ["--count", str(answers.count)] if answers.count != Answers().count else []
    strict = ["--strict"] if answers.strict else []
    words = [*answers.words, *counted, *strict, *opened, "--seed", str(answers.seed)]
    return shlex.join(["cryrec", "suggest", *words])


def _directions(asked: dict[str, bool], like: str | None) -> tuple[Direction, ...]:
    """The directions that were asked for; raises UsageProblem where they make no sense."""
    found = tuple(Direction(name) for name, on in asked.items() if on)
    for direction in found:
        if like is None:
            raise UsageProblem(f"--{direction} needs --like TITLE to start from")
        if direction.opposite in found:
            raise UsageProblem(f"--{direction} and --{direction.opposite} contradict each other")
    return found
