"""`cryrec suggest`: ask, then three cards; or one line of flags, answered at once."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from cryrec.commands import options
from cryrec.recommend.answers import Answers
from cryrec.recommend.parsing import Flags, read_answers, split_words
from cryrec.recommend.suggesting import Recommendation, recommend, why_not
from cryrec.session import Session
from cryrec.showing import save_picture, show_cards
from cryrec.terminal import emit, is_interactive, is_terminal, say, variable
from cryrec.views import Detail, Output, View, view_for
from cryrec.views.notices import NOBODY_TO_ASK, untyped

if TYPE_CHECKING:  # a line of flags in a script pays for no conversation
    from cryrec.conversation.host import Host


def command(
    words: options.SentenceWords = [],
    mood: options.Moods = [],
    time: options.Time = None,
    tissues: options.Tissues = None,
    avoid: options.Avoid = [],
    format: options.FormatWord = None,
    setting: options.SettingWord = None,
    aftertaste: options.AftertasteWord = None,
    max_age: options.MaxAge = None,
    shelf: options.Shelves = [],
    like: options.Like = None,
    gentler: options.Gentler = False,
    harder: options.Harder = False,
    shorter: options.Shorter = False,
    longer: options.Longer = False,
    count: options.Count = "3",
    include_seen: options.IncludeSeen = False,
    include_uncurated: options.IncludeUncurated = False,
    strict: options.Strict = False,
    why_not_title: options.WhyNotTitle = None,
    notes: options.Notes = False,
    spoilers: options.Spoilers = False,
    explain: options.Explain = False,
    ask_rest: options.Ask = False,
    no_input: options.NoInput = False,
    save: options.CardsPicture = None,
    light: options.Light = False,
    json: options.Json = False,
    seed: options.Seed = None,
    recent: options.Recent = [],
    shown: options.Shown = [],
    still: options.Still = [],
) -> None:
    """
    \b
    cryrec suggest                                 asks, then three cards
    cryrec suggest -m family -t 2h -x suicide,war  answers at once
    cryrec suggest a short film about sisters, nothing with hospitals

    Three titles, sad on purpose. findahelpline.com lists someone to talk to.
    """
    arguments = locals()
    flags = Flags(
        **{
            name: arguments[name]
            for name in Flags.__struct_fields__
            if name != "words"
        }
    )
    typed, session = flags, Session()
    heard = None
    if words:
        # Only who writes a sentence waits for what reads it.
        from cryrec.hearing import hear, say_heard

        flags, heard = hear(" ".join(words), flags, session)
    answers = read_answers(flags, session)
    if heard:
        say_heard(heard)
    detail = Detail(notes, spoilers, explain)
    view = view_for(Output.of(json), detail, heard)
    always = () if flags.forgets_settings else session.always_avoided or ()
    called = untyped(typed, answers, always)
    ids = frozenset(split_words(shown))
    if why_not_title is not None:
        title = session.find_title(why_not_title)
        emit(view.why_not(why_not(session.pool, answers, title)))
    elif save is not None:
        recommendation = recommend(session.pool, answers, ids)
        _save(save, recommendation, light)
        show_cards(session.pool, recommendation, view, detail, called=called)
        say(f"saved {save}")
    elif _asks(flags, ask_rest, no_input):
        _converse(session, flags, answers, view, detail, json)
    elif _is_watched(no_input, json):
        from cryrec.conversation.converse import follow

        follow(_host(session, flags), answers, ids, detail, called)
    else:
        recommendation = recommend(session.pool, answers, ids)
        show_cards(session.pool, recommendation, view, detail, called=called)


def _save(path: Path, recommendation: Recommendation, light: bool) -> None:
    """Write the cards as a picture, if there are any."""
    if recommendation.suggestions:
        from cryrec.views.picture import Ground, picture_of_cards

        save_picture(path, picture_of_cards(recommendation, Ground.of(light)))


def _is_watched(no_input: bool, json: bool) -> bool:
    """Whether somebody sees the cards and can say what they want next."""
    if no_input or json or variable("CRYREC_NO_INPUT"):
        return False
    return is_interactive() and is_terminal(sys.stdout)


def _asks(flags: Flags, ask_rest: bool, no_input: bool) -> bool:
    """Whether the questions that are open are put to somebody."""
    if (
        no_input
        or variable("CRYREC_NO_INPUT")
        or not (flags.are_silent or ask_rest)
    ):
        return False
    if not is_interactive():
        say(NOBODY_TO_ASK)
    return is_interactive()


def _understood(session: Session, line: str, answers: Answers) -> Answers:
    # Reading sentences takes 100 ms to import, more than all the rest, and is seldom chosen.
    from cryrec.hearing import understand

    return understand(session, line, answers)


def _converse(
    session: Session,
    flags: Flags,
    answers: Answers,
    view: View,
    detail: Detail,
    json: bool,
) -> None:
    from cryrec.conversation.converse import converse

    if flags.are_silent and flags.seed is None and not json:
        answers = structs.replace(
            answers, seed=1 + int.from_bytes(os.urandom(2)) % 9999
        )
    answers = structs.replace(answers, person=session.person)
    host = _host(session, flags)
    converse(host, answers, flags.open_questions, view, detail, json)


def _host(session: Session, flags: Flags) -> "Host":
    from cryrec.conversation.host import Host
    from cryrec.conversation.prompts import asker
    from cryrec.conversation.shelf import OwnShelf
    from cryrec.pages import show_page

    always = None if flags.forgets_settings else session.always_avoided
    heard = partial(_understood, session)
    return Host(asker(), session.pool, OwnShelf(), heard, always, show_page)
