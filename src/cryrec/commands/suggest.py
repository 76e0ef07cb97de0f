"""`cryrec suggest`: ask, then three cards; or one line of flags, answered at once."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from msgspec import structs

from cryrec.commands import options
from cryrec.models import NoteId
from cryrec.recommend.answers import AnswerName, Answers
from cryrec.recommend.parsing import Flags, read_answers, split_words
from cryrec.recommend.suggesting import Recommendation, recommend, why_not
from cryrec.session import Session
from cryrec.showing import save_picture, show_cards
from cryrec.terminal import emit, is_interactive, is_terminal, say, variable
from cryrec.views import Detail, Output, View, view_for
from cryrec.views.notices import NOBODY_TO_ASK, about_words, untyped

if (
    TYPE_CHECKING
):  # a line of flags in a script pays for no conversation, and no reading
    from cryrec.wording.reading import Reading


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
    flags = Flags.of(locals())
    detail = Detail(notes, spoilers, explain)
    request = _Request.read(flags, " ".join(words), shown, detail, json)
    is_left_alone = no_input or bool(variable("CRYREC_NO_INPUT"))
    if why_not_title is not None:
        request.tell_why_not(why_not_title)
    elif save is not None:
        request.save(save, light)
    elif not is_left_alone and request.asks(ask_rest):
        request.converse()
    elif not is_left_alone and request.is_watched:
        request.follow()
    else:
        request.show(request.recommendation)


class _Request(NamedTuple):
    """What one command line asks for, and of whom.

    `flags` are those that were typed and what words add to them; `always` is what the settings
    steer clear of, where that counts and ever was; `untyped` says what the answers are called that
    no flag gave, and `shown` are the ids of titles that shall sink.
    """

    session: Session
    flags: Flags
    answers: Answers
    always: tuple[NoteId, ...] | None
    untyped: Mapping[AnswerName, str]
    shown: frozenset[str]
    detail: Detail
    view: View
    is_json: bool

    @classmethod
    def read(
        cls,
        typed: Flags,
        sentence: str,
        shown: list[str],
        detail: Detail,
        json: bool,
    ) -> Self:
        """The request that was typed, and on stderr what was made of a sentence.

        Raises UsageProblem, or NothingToShow for a name that is no title's.
        """
        session = Session()
        flags, heard = _heard(sentence, typed, session)
        answers = read_answers(flags, session)
        for line in about_words(heard) if heard else ():
            say(line)
        always = None if flags.forgets_settings else session.always_avoided
        return cls(
            session=session,
            flags=flags,
            answers=answers,
            always=always,
            untyped=untyped(typed, answers, always or ()),
            shown=frozenset(split_words(shown)),
            detail=detail,
            view=view_for(Output.of(json), detail, heard),
            is_json=json,
        )

    @property
    def recommendation(self) -> Recommendation:
        """The cards, without asking anything."""
        return recommend(self.session.pool, self.answers, self.shown)

    @property
    def is_watched(self) -> bool:
        """Whether somebody sees the cards and can say what they want next."""
        if self.is_json:
            return False
        return is_interactive() and is_terminal(sys.stdout)

    def asks(self, rest: bool) -> bool:
        """Whether the questions that are open are put to somebody; `rest` asks for just that."""
        if not (self.flags.are_silent or rest):
            return False
        if not is_interactive():
            say(NOBODY_TO_ASK)
        return is_interactive()

    # --- what comes of it

    def tell_why_not(self, name: str) -> None:
        """Which answers keep a title out."""
        title = self.session.find_title(name)
        verdict = why_not(self.session.pool, self.answers, title)
        emit(self.view.why_not(verdict))

    def show(self, recommendation: Recommendation) -> None:
        """Show the cards; raises NothingToShow where there is none."""
        show_cards(
            self.session.pool,
            recommendation,
            self.view,
            self.detail,
            called=self.untyped,
        )

    def save(self, path: Path, light: bool) -> None:
        """Write the cards as a picture, if there are any, and show them."""
        recommendation = self.recommendation
        if recommendation.suggestions:
            from cryrec.views.picture import Ground, picture_of_cards

            drawn = picture_of_cards(recommendation, Ground.of(light))
            save_picture(path, drawn)
        self.show(recommendation)
        say(f"saved {path}")

    def converse(self) -> None:
        """Ask what is open, show, and follow what is wanted next."""
        from cryrec.conversation.converse import converse, host_of

        answers = structs.replace(self.answers, person=self.session.person)
        flags = self.flags
        if flags.are_silent and flags.seed is None and not self.is_json:
            answers = structs.replace(answers, seed=_any_seed())
        converse(
            host_of(self.session, self.always),
            answers,
            flags.open_questions,
            self.view,
            self.detail,
            self.is_json,
        )

    def follow(self) -> None:
        """Show what the line gives, and follow what is wanted next."""
        from cryrec.conversation.converse import follow, host_of

        follow(
            host_of(self.session, self.always),
            self.answers,
            self.shown,
            self.detail,
            self.untyped,
        )


def _heard(
    sentence: str, typed: Flags, session: Session
) -> "tuple[Flags, Reading | None]":
    """The flags and what a sentence adds to them, and how it was read; None if there is none."""
    if not sentence:
        return typed, None
    # Only who writes a sentence waits for what reads it.
    from cryrec.hearing import hear

    return hear(sentence, typed, session)


def _any_seed() -> int:
    """A seed that differs from one evening to the next."""
    return 1 + int.from_bytes(os.urandom(2)) % 9999
