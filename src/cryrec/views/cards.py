"""The view for people: cards and lists, laid out to the width and drawn with what stdout can show.

Every line is measured in terminal cells, so that no line is ever wider than the width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryrec.catalogue import OpenFile
from cryrec.library.entries import Change, Entry, Undone
from cryrec.matching import Found
from cryrec.models import Mood, NoteId, Title
from cryrec.recommend.person import NOBODY, Person
from cryrec.recommend.suggesting import Recommendation, WhyNot
from cryrec.recommend.taste import Taste
from cryrec.terminal import Look, printable, reply_look
from cryrec.views import USUAL, Detail
from cryrec.views.frames import SIDE_BY_SIDE, WIDEST_ROW, Frames
from cryrec.views.full import FullCard
from cryrec.views.layout import Layout, Text
from cryrec.views.lists import Lists
from cryrec.views.notices import changed, taken_back
from cryrec.views.short import SCREENFUL, Stack, header, room_of, short_cards
from cryrec.views.words import counted, kept_out, liking

if TYPE_CHECKING:  # what reads words and descriptions takes 100 ms to import
    from cryrec.premises import Elsewhere

MOST_LEANINGS: Final = 5
"""Likings that `taste` names in each direction, the strongest first."""


class Cards:
    """Replies for people, as lines of styled text.

    `now` is the clock for "done by"; without one the line is left out.
    """

    def __init__(
        self,
        look: Look,
        detail: Detail = USUAL,
        now: datetime | None = None,
        names_flags: bool = True,
    ) -> None:
        self.look = look
        self.detail = detail
        self.now = now
        self.layout = Layout(look)
        self.lists = Lists(self.layout)
        self.full = FullCard(self.layout, detail, now, names_flags)

    @classmethod
    def for_stdout(cls, detail: Detail, names_flags: bool = True) -> Cards:
        """The view for whatever stdout is at this moment."""
        look = reply_look()
        now = datetime.now() if look.live else None
        return cls(look, detail, now, names_flags)

    @property
    def on_screen(self) -> bool:
        """Whether somebody sees the reply on a screen that shows more than line after line."""
        return self.look.live and (self.look.drawn or not self.look.unicode)

    # --- the protocol

    def suggestions(
        self,
        recommendation: Recommendation,
        chosen: int | None = None,
        below: int | None = None,
    ) -> str:
        """The cards of `suggest`, short; `chosen` is the place of the one that is marked."""
        return self._drawn(self.three(recommendation, chosen, below))

    def three(
        self,
        recommendation: Recommendation,
        chosen: int | None = None,
        below: int | None = None,
    ) -> list[Text]:
        """The lines of the short cards, under one that says what was answered."""
        cards = list(short_cards(recommendation, self.detail, self.now))
        if not cards:
            return []
        framed = self.look.drawn and self.look.width >= SIDE_BY_SIDE
        wide = Layout(self.look, WIDEST_ROW) if framed else self.layout
        is_bounded = self.on_screen and len(cards) <= SCREENFUL
        room = room_of(self.look, below) - 1 if is_bounded else None
        shape = Frames if framed else Stack
        lines = shape(wide, cards, chosen).lines(room)
        return [
            header(wide, recommendation),
            *lines,
            *self._opened(recommendation),
        ]

    def _opened(self, recommendation: Recommendation) -> list[Text]:
        """What was asked to be opened of each card, under its title."""
        lines: list[Text] = []
        if not any(self.detail):
            return lines
        for card in recommendation.suggestions:
            title = card.title
            lines.append(Text())
            lines += self.layout.rule(self.layout.spelled(title.title))
            if self.detail.notes or self.detail.spoilers:
                lines += self.full.notes(title)
                lines += self.full.ending(title)
            if self.detail.explain:
                lines += self.full.ledger(card, recommendation.answers)
        return lines

    def title(self, title: Title, among: Recommendation | None = None) -> str:
        """One full card; `among` are the cards it was suggested with."""
        return self._drawn(self.card(title, among))

    def card(
        self, title: Title, among: Recommendation | None = None
    ) -> list[Text]:
        """The lines of one full card, under a rule that says its id."""
        return [*self.layout.rule(title.id), *self.full.lines(title, among)]

    def why_not(self, verdict: WhyNot) -> str:
        """One line: the answers that keep a title out, or where it stands."""
        title_name = verdict.title.title
        if verdict.failed:
            keepers = [kept_out(failed, verdict) for failed in verdict.failed]
            return self._sentence(
                f"{title_name} is kept out by {', '.join(keepers)}."
            )
        if verdict.suggested:
            return self._sentence(f"{title_name} is on the screen already.")
        place = f"it is number {verdict.place} of {verdict.of}"
        return self._sentence(
            f"{title_name} fits everything you answered; {place}."
        )

    def matches(
        self,
        query: str,
        found: Found,
        titles: Mapping[str, Title],
        elsewhere: Elsewhere | None = None,
    ) -> str:
        """One title a paragraph, with the name it was found by or what it is about."""
        lines: list[Text] = []
        for match in found.matches:
            title = titles[match.key]
            lines += self.layout.wrapped(self.lists.title_line(title), hang=2)
            lines += self.lists.found_by(match.name, title)
            lines += self._notes(title)
        if elsewhere:
            lines += self._elsewhere(elsewhere, titles)
        return self._drawn(lines)

    def _elsewhere(
        self, elsewhere: Elsewhere, titles: Mapping[str, Title]
    ) -> list[Text]:
        """What was found where no title is called that: studios, then what titles are about."""
        layout = self.layout
        lines: list[Text] = []
        for studio, count in elsewhere.studios.items():
            made = counted(count, "title")
            sentence = (
                f"No title is called that. A studio is: {studio}, {made}"
            )
            lines += layout.wrapped(layout.spelled(sentence))
        if elsewhere.about and not elsewhere.studios:
            lines += layout.wrapped("No title is called that. About it:")
        for described in elsewhere.about:
            title = titles[described.title_id]
            matched_words = ", ".join(described.words)
            lines += layout.wrapped(self.lists.title_line(title), hang=2)
            lines += layout.wrapped(layout.spelled(matched_words), indent=2)
        return lines

    def titles(self, titles: Sequence[Title], person: Person = NOBODY) -> str:
        """A table on a screen, else one title a line; with notes, those of each under it."""
        is_opened = self.detail.notes or self.detail.spoilers
        if self.on_screen and not is_opened:
            return self._drawn(self.lists.titles(titles, person))
        lines: list[Text] = []
        for title in titles:
            lines += self.layout.whole(self.lists.title_line(title), hang=2)
            lines += self._notes(title)
        return self._drawn(lines)

    def page(self, title: Title) -> str:
        """The address alone, on a line that nothing breaks, to be copied."""
        return f"{title.page}\n"

    def studios(self, studios: Mapping[str, Sequence[Title]]) -> str:
        """What to type for each studio, with its titles; in a pipe one studio a line."""
        if self.look.live:
            return self._drawn(self.lists.studios(studios))
        lines: list[Text] = []
        for name, titles in studios.items():
            lines += self.layout.whole(
                self.lists.studio_line(name, titles), hang=2
            )
        return self._drawn(lines)

    def changes(self, changes: Sequence[Change]) -> str:
        """One change a line, and how to take them back; said on stderr, so not laid out."""
        return "\n".join(changed(changes))

    def undone(self, undone: Undone) -> str:
        """What was taken back, one thing a line; said on stderr, so not laid out."""
        return "\n".join(taken_back(undone))

    def entries(
        self, entries: Sequence[Entry], titles: Mapping[str, Title]
    ) -> str:
        """A table on a screen, else one entry a line."""
        if not entries:
            return self._sentence("Nothing yet: cryrec seen TITLE")
        if self.on_screen:
            return self._drawn(self.lists.entries(entries, titles))
        lines: list[Text] = []
        for entry in entries:
            lines += self.layout.whole(self.lists.entry_line(entry), hang=2)
        return self._drawn(lines)

    def taste(self, taste: Taste | None, ratings: int) -> str:
        """What is liked more and less, in words."""
        if taste is None:
            sentence = f"Nothing is believed before three ratings; there are {ratings}."
            return self._sentence(sentence)
        if not taste.leaning:
            common = "nothing in common that cryrec can see"
            return self._sentence(f"{taste.ratings} ratings, and {common}.")
        lines = self.layout.wrapped(f"From {taste.ratings} ratings:")
        for label, sign in (("More of", 1), ("Less of", -1)):
            leaning = {
                feature: weight
                for feature, weight in taste.leaning.items()
                if weight * sign > 0
            }
            if leaning:
                likings = self.layout.separator.join(_strongest(leaning))
                lines += self._row(label, likings)
        return self._drawn(lines)

    def config(
        self, avoid: Sequence[NoteId], settings: Path, library: Path
    ) -> str:
        """The settings, then where they are kept."""
        notes = ", ".join(note.label for note in avoid) or "nothing"
        rows = {
            "Avoid": f"{notes} (cryrec config --avoid changes it)",
            "Settings": printable(str(settings)),
            "Library": printable(str(library)),
        }
        lines: list[Text] = []
        for label, fact in rows.items():
            lines += self._row(label, fact)
        return self._drawn(lines)

    def moods(self, counts: Mapping[Mood, int]) -> str:
        """What to type for each kind of cry, its line, and how many titles have it."""
        return self._drawn(self.lists.moods(counts))

    def files(self, files: Sequence[OpenFile]) -> str:
        """One file a line, and below it the first thing that is wrong with it."""
        return self._drawn(list(self.lists.files(files)))

    def problems(self, files: Sequence[OpenFile]) -> str:
        """One problem a line, as compilers write them: file, line, place, what would be right."""
        return self._drawn(list(self.lists.problems(files)))

    # --- laying out

    def _notes(self, title: Title) -> list[Text]:
        """The notes under a line of a list, if they were asked for."""
        if self.detail.notes or self.detail.spoilers:
            return self.full.notes(title)
        return []

    def _row(self, label: str, words: str) -> list[Text]:
        return self.layout.row(label, self.layout.spelled(words))

    def _sentence(self, words: str) -> str:
        lines = self.layout.wrapped(self.layout.spelled(words))
        return self._drawn(lines)

    def _drawn(self, lines: Sequence[Text]) -> str:
        return self.layout.drawn(lines)


def _strongest(likings: Mapping[str, int]) -> list[str]:
    """The strongest likings in words."""
    ranked = [
        (-abs(weight), liking(feature)) for feature, weight in likings.items()
    ]
    strongest = sorted(ranked)[:MOST_LEANINGS]
    return [phrase for _, phrase in strongest]
