"""The view for people: cards and lists, laid out to the width and drawn with what stdout can show.

Every line is measured in terminal cells, so that no line is ever wider than the width. There is no
right-hand border: some titles contain characters of ambiguous width, and would break it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final, cast

from rich.color import ColorSystem
from rich.style import Style
from rich.text import Text

from cryrec.models import (
    INDEPENDENT_READINGS,
    MOST_TISSUES,
    TISSUE_WORDS,
    ContentNote,
    Format,
    Mood,
    NoteId,
    NoteLevel,
    Title,
    duration,
)
from cryrec.terminal import Look, answer_look, ascii_only, has_columns, printable
from cryrec.views import USUAL, Detail
from cryrec.views.notices import changed, taken_back
from cryrec.views.words import SHELF_WORDS, STRENGTH_WORDS, WORDS, contrast_of, kept_out, liking

if TYPE_CHECKING:  # a search must not pay for the recommender
    from pathlib import Path

    from rich.console import Console

    from cryrec.catalogue import OpenFile
    from cryrec.library import Change, Entry, Undone
    from cryrec.matching import Found
    from cryrec.premises import Elsewhere
    from cryrec.recommend import Answers, Recommendation, Suggestion, WhyNot
    from cryrec.recommend.person import Person
    from cryrec.recommend.taste import Taste

WIDEST_CARD: Final = 100
"""Cells beyond which lines of prose are harder to read, not easier."""

LABELS: Final = 13
"""Cells of the column of labels; below `ROOMY` cells a label stands in the line instead."""

ROOMY: Final = 60

EVENING: Final = 120
"""Minutes of a series that somebody watches in one evening."""

MOST_LEANINGS: Final = 5
"""Likings that `taste` names in each direction, the strongest first."""

ONE_SITTING: Final = 150

STRONG: Final = Style(bold=True)
QUIET: Final = Style(dim=True)
ACCENT: Final = Style(color="cyan")
WARM: Final = Style(color="magenta")

CURATED: Final = "Curated, not complete."

NOTES_END: Final = (
    f"{CURATED} Notes that would give the plot away are not listed; --avoid honours them all, "
    "--spoilers shows them."
)


class Cards:
    """Answers for people, as lines of styled text.

    `now` is the clock for "done by"; without one the line is left out.
    """

    def __init__(self, look: Look, detail: Detail = USUAL, now: datetime | None = None) -> None:
        self.look = look
        self.detail = detail
        self.now = now
        self.width = min(look.width, WIDEST_CARD)

    @classmethod
    def for_stdout(cls, detail: Detail) -> Cards:
        """The view for whatever stdout is at this moment."""
        look = answer_look()
        return cls(look, detail, datetime.now() if look.live else None)

    # --- the protocol

    def suggestions(self, recommendation: Recommendation) -> str:
        """The cards of `suggest`."""
        return self._drawn(self.cards(recommendation))

    def cards(self, recommendation: Recommendation) -> list[Text]:
        """The lines of all cards, each under a rule that says its place."""
        shown = recommendation.suggestions
        lines: list[Text] = []
        for place, each in enumerate(shown, start=1):
            lines += [
                *self._rule(f"{place} of {len(shown)}"),
                *self._suggestion(each, recommendation),
                Text(),
            ]
        return lines[:-1]

    def why_not(self, answer: WhyNot) -> str:
        """One line: the answers that keep a title out, or where it stands."""
        name = answer.title.title
        if answer.failed:
            kept = ", ".join(kept_out(each, answer.avoided) for each in answer.failed)
            return self._drawn(self._wrapped(Text(f"{name} is kept out by {kept}.")))
        if answer.suggested:
            return self._drawn(self._wrapped(Text(f"{name} is on the screen already.")))
        where = f"{name} fits everything you answered; it is number {answer.place} of {answer.of}."
        return self._drawn(self._wrapped(Text(where)))

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
            lines += self._line_of(title, free=False)
            lines += self._found_by(match.name, title)
            if self.detail.notes or self.detail.spoilers:
                lines += self._notes(title)
        if elsewhere:
            lines += self._elsewhere(elsewhere, titles)
        return self._drawn(lines)

    def _elsewhere(self, elsewhere: Elsewhere, titles: Mapping[str, Title]) -> list[Text]:
        """What was found where no title is called that: studios, then what titles are about."""
        lines: list[Text] = []
        for name, count in elsewhere.studios.items():
            words = f"No title is called that. A studio is: {name}, {_counted(count, 'title')}"
            lines += self._wrapped(Text(self._spelled(words)))
        if elsewhere.about:
            heading = "No title is called that. About it:"
            lines += [] if elsewhere.studios else self._wrapped(Text(heading))
        for each in elsewhere.about:
            title = titles[each.title_id]
            lines += self._line_of(title, free=False)
            lines += self._wrapped(Text(self._spelled(", ".join(each.words)), QUIET), indent=2)
        return lines

    def titles(self, titles: Sequence[Title]) -> str:
        """One title a line."""
        if self.detail.notes or self.detail.spoilers:
            return self._drawn(
                [line for t in titles for line in (*self._line_of(t), *self._notes(t))]
            )
        return self._drawn([line for title in titles for line in self._line_of(title)])

    def title(self, title: Title) -> str:
        """One full card."""
        return self._drawn(self.card(title))

    def page(self, title: Title) -> str:
        """The address alone, on a line that nothing breaks, to be copied."""
        return f"{title.page}\n"

    def studios(self, studios: Mapping[str, Sequence[Title]]) -> str:
        """One studio a line, with its titles."""
        lines: list[Text] = []
        for name, titles in studios.items():
            line = Text.assemble((self._spelled(name), STRONG), f" ({len(titles)})  ")
            line.append(self._sep().join(self._spelled(each.title) for each in titles))
            lines += self._wrapped(line, hang=2, free=True)
        return self._drawn(lines)

    def changes(self, changes: Sequence[Change]) -> str:
        """One change a line, and how to take them back; said on stderr, so not laid out."""
        return "\n".join(changed(changes))

    def undone(self, undone: Undone) -> str:
        """What was taken back, one thing a line; said on stderr, so not laid out."""
        return "\n".join(taken_back(undone))

    def entries(self, entries: Sequence[Entry]) -> str:
        """One entry a line: the title, what is kept of it, and since when."""
        lines: list[Text] = []
        for entry in entries:
            rating = f", {entry.rating} of 5" if entry.rating else ""
            line = Text.assemble((self._spelled(entry.title), STRONG), self._sep())
            line.append(f"{entry.status}{rating}{self._sep()}{entry.day}", QUIET)
            lines += self._wrapped(line, hang=2, free=True)
        return self._drawn(lines or self._wrapped(Text("Nothing yet: cryrec seen TITLE")))

    def taste(self, taste: Taste | None, ratings: int) -> str:
        """What is liked more and less, in words."""
        if taste is None:
            words = f"Nothing is believed before three ratings; there are {ratings}."
            return self._drawn(self._wrapped(Text(words)))
        words = f"From {taste.ratings} ratings:"
        if not taste.leaning:
            words = f"{taste.ratings} ratings, and nothing in common that cryrec can see."
        lines = self._wrapped(Text(words))
        for label, sign in (("More of", 1), ("Less of", -1)):
            liked = {name: weight for name, weight in taste.leaning.items() if weight * sign > 0}
            if liked:
                lines += self._row(label, Text(self._sep().join(_strongest(liked))))
        return self._drawn(lines)

    def config(self, avoid: Sequence[NoteId], settings: Path, library: Path) -> str:
        """The settings, then where they are kept."""
        notes = ", ".join(note.label for note in avoid) or "nothing"
        return self._drawn(
            [
                *self._row("Avoid", Text(f"{notes} (cryrec config --avoid changes it)")),
                *self._row("Settings", Text(self._spelled(printable(str(settings))))),
                *self._row("Library", Text(self._spelled(printable(str(library))))),
            ]
        )

    def moods(self, counts: Mapping[Mood, int]) -> str:
        """Each kind of cry with its id, its line, and how many titles have it."""
        lines: list[Text] = []
        for mood, count in counts.items():
            head = Text.assemble(
                (mood.label, STRONG), f"  {mood.value}", f"  ({_counted(count, 'title')})"
            )
            lines += [*self._wrapped(head), *self._wrapped(Text(mood.line, QUIET), indent=2)]
        return self._drawn(lines)

    def files(self, files: Sequence[OpenFile]) -> str:
        """One file a line, and below it the first thing that is wrong with it."""
        lines: list[Text] = []
        for file in files:
            line = Text.assemble((SHELF_WORDS[file.shelf], STRONG), self._sep())
            line.append(f"{_counted(file.titles, 'title')}{self._sep()}", QUIET)
            line.append(self._spelled(printable(str(file.path))))
            lines += self._wrapped(line, hang=2, free=True)
            if file.problems:
                first = printable(file.problems[0].sentence)
                lines += self._wrapped(Text(self._spelled(first), WARM), indent=2, free=True)
        return self._drawn(lines)

    def problems(self, files: Sequence[OpenFile]) -> str:
        """One problem a line, as compilers write them: file, line, place, what would be right."""
        lines: list[Text] = []
        for file in files:
            for problem in file.problems:
                where = f"{file.path}:{problem.line}" if problem.line else str(file.path)
                text = printable(f"{where}: {problem.sentence}")
                lines += self._wrapped(Text(self._spelled(text)), hang=2, free=True)
        return self._drawn(lines)

    # --- one card

    def card(self, title: Title) -> list[Text]:
        """Everything about a title that is not about the person asking."""
        lines = [*self._rule(title.id), *self._head(title), *self._blurb(title)]
        lines += [*self._weight(title), *self._watch_first(title), *self._sequels(title)]
        lines += [*self._made_by(title), *self._row("Shelf", Text(SHELF_WORDS[title.shelf]))]
        lines += [*self._notes(title), *self._ending(title)]
        if title.source_note:
            lines += self._row("Note", Text(self._spelled(title.source_note)))
        if title.anilist_id:
            lines += self._row("More", Text(f"anilist.co/anime/{title.anilist_id}", QUIET))
        return lines

    def _suggestion(self, each: Suggestion, among: Recommendation) -> list[Text]:
        title = each.title
        lines = self._head(title)
        if contrast := contrast_of(each):
            lines += self._wrapped(Text(self._spelled(f"Instead: {contrast}"), WARM))
        lines += [*self._blurb(title), *self._likeness(each, among.origin)]
        lines += [*self._reasons(each, among.answers)]
        lines += self._seen(title, among.answers.person)
        lines += [*self._weight(title), *self._watch_first(title), *self._made_by(title)]
        lines += [*self._notes(title), *self._ending(title)]
        if each.afterwards:
            gentle = f"{each.afterwards.title} ({duration(each.afterwards.minutes_total)}), gentle"
            lines += self._row("Afterwards", Text(self._spelled(gentle)))
        return lines + (self._ledger(each, among.answers) if self.detail.explain else [])

    def _head(self, title: Title) -> list[Text]:
        """The title with its honest total, then format and length."""
        sep = self._sep()
        line = Text.assemble((self._spelled(title.title), STRONG))
        other = title.japanese if self.look.unicode else title.romaji
        if other and other.casefold() != title.title.casefold():
            line.append(f"{sep}{self._spelled(other)}", QUIET)
        total = duration(title.minutes_total) + (" in all" if title.prerequisites else "")
        line.append(sep).append(total, ACCENT + STRONG)
        facts = [self._format(title), *self._planning(title)]
        return [*self._wrapped(line), *self._wrapped(Text(self._spelled(sep.join(facts))))]

    def _format(self, title: Title) -> str:
        if title.format is Format.MOVIE:
            return "Film"
        if title.episodes is None:
            return "Series"
        each = round(title.minutes / title.episodes)
        return f"Series, {_counted(title.episodes, 'episode')} of about {each} min"

    def _planning(self, title: Title) -> Iterator[str]:
        """What the length means for tonight, or for the evenings to come."""
        total = title.minutes_total
        if title.format is Format.SERIES:
            evenings = -(-total // EVENING)
            yield "one evening" if total <= ONE_SITTING else f"{evenings} evenings of 2 h"
        if self.now and total <= ONE_SITTING:
            yield f"start now, done by {self.now + timedelta(minutes=total):%H:%M}"

    def _blurb(self, title: Title) -> list[Text]:
        return self._wrapped(Text(self._spelled(title.blurb))) if title.blurb else []

    def _seen(self, title: Title, person: Person) -> list[Text]:
        if title.id not in person.seen:
            return []
        rating = person.ratings.get(title.id)
        return self._row("Seen", Text(f"yes, {rating} of 5" if rating else "yes"))

    def _likeness(self, each: Suggestion, origin: Title | None) -> list[Text]:
        if origin is None:
            return []
        return self._row("Like", Text(self._spelled(f"{origin.title}, {each.similarity} of 100")))

    def _reasons(self, each: Suggestion, answers: Answers) -> list[Text]:
        why = [WORDS[reason.answer].fits(each.title, answers) for reason in each.why]
        fits = [WORDS[name].fits(each.title, answers) for name in each.fits]
        is_drawn = not why and not fits and not each.misses
        lines: list[Text] = []
        if why:
            lines += self._row("Why this", Text(self._spelled(self._sep().join(why)), ACCENT))
        elif each.similarity is None:
            words = "nothing was asked, so it was drawn" if is_drawn else "closest of what was left"
            lines += self._row("Why this", Text(words, ACCENT))
        if fits:
            lines += self._row("Also fits", Text(self._spelled(self._sep().join(fits))))
        if each.misses:
            missing = ", ".join(WORDS[name].missed(each.title, answers) for name in each.misses)
            lines += self._row("But", Text(self._spelled(missing), WARM))
        return lines

    def _weight(self, title: Title) -> list[Text]:
        full = title.tissues or 0
        empty = MOST_TISSUES - full
        shape = "\u25b0" * full + "\u25b1" * empty if self.look.unicode else _hashes(full, empty)
        words = f" {full} of {MOST_TISSUES}, {TISSUE_WORDS[full - 1]}" if full else " not known"
        ranked = sorted(title.moods, key=lambda tag: -tag.strength)
        cries = [f"{tag.id.phrase} ({STRENGTH_WORDS[tag.strength]})" for tag in ranked]
        return [
            *self._row("Tissues", Text.assemble((shape, WARM), words)),
            *self._row("Cry", Text(self._sep().join(cries))),
        ]

    def _watch_first(self, title: Title) -> list[Text]:
        lines: list[Text] = []
        for work in title.prerequisites:
            episodes = _counted(work.episodes, "episode") if work.episodes else ""
            facts = ", ".join(filter(None, (episodes, duration(work.minutes), "counted in")))
            lines += self._row("Watch first", Text(self._spelled(f"{work.title}: {facts}")))
        return lines

    def _sequels(self, title: Title) -> list[Text]:
        lines: list[Text] = []
        for sequel in title.sequels:
            text = f"{sequel.title} ({sequel.format.label}, {sequel.year})"
            lines += self._row("Then", Text(self._spelled(text)))
        return lines

    def _made_by(self, title: Title) -> list[Text]:
        by = " and ".join(title.studios)
        when = " ".join(str(part) for part in (title.season, title.year) if part)
        age = f"for {title.age} and up" if title.age is not None else ""
        facts = [fact for fact in (by, when, age) if fact]
        made_by = Text(self._spelled(self._sep().join(facts)))
        return self._row("Made by", made_by) if facts else []

    def _notes(self, title: Title) -> list[Text]:
        if title.notes is None:
            return self._row("Notes", Text("not known", QUIET))
        if self.detail.spoilers or self.detail.notes:
            notes = title.notes if self.detail.spoilers else title.open_notes
            words = CURATED if self.detail.spoilers else NOTES_END
            end = self._wrapped(Text(words, QUIET), indent=self._indent())
            return [*self._opened(notes), *end]
        count = _counted(len(title.open_notes), "content note")
        doubt = ", not fully checked" if title.readings < INDEPENDENT_READINGS else ""
        return self._row("Notes", Text(f"{count}{doubt} (--notes opens them)", QUIET))

    def _opened(self, notes: Sequence[ContentNote]) -> list[Text]:
        lines: list[Text] = []
        for level in NoteLevel:
            said = [_note(note) for note in notes if note.level is level]
            if said:
                lines += self._row("Notes", Text(f"{level.value}: {', '.join(said)}"))
        return lines or self._row("Notes", Text("none that give nothing away"))

    def _ending(self, title: Title) -> list[Text]:
        return (
            self._row("Ending", Text(title.ending or "not known")) if self.detail.spoilers else []
        )

    def _ledger(self, each: Suggestion, answers: Answers) -> list[Text]:
        points = " + ".join(f"{name} {value}" for name, value in each.ledger.items()) or "nothing"
        lines = self._row("Ledger", Text(f"{points} = {each.score}"))
        for why in each.why:
            where = "not among them" if why.rank is None else f"place {why.rank}"
            fact = WORDS[why.answer].fits(each.title, answers)
            text = f'without "{fact}": {where} of {why.of}'
            lines += self._row("", Text(self._spelled(text), QUIET))
        return lines

    # --- one line of a list

    def _line_of(self, title: Title, free: bool = True) -> list[Text]:
        facts = (
            title.format.label,
            duration(title.minutes_total),
            str(title.year or ""),
            " and ".join(title.studios),
            _counted(title.tissues, "tissue") if title.tissues else "",
        )
        line = Text.assemble((self._spelled(title.title), STRONG), self._sep())
        line.append(self._spelled(self._sep().join(filter(None, facts))), QUIET)
        return self._wrapped(line, hang=2, free=free)

    def _found_by(self, name: str, title: Title) -> list[Text]:
        """Why a title was found, where its own name does not say so."""
        if name in {work.title for work in title.prerequisites}:
            text = f"{name} comes first"
        elif name in {sequel.title for sequel in title.sequels}:
            text = f"{name} comes after it"
        elif name not in (title.title, title.id):
            text = f"also called {name if self.look.unicode else ascii_only(name)}"
        else:
            return []
        return self._wrapped(Text(self._spelled(text), QUIET), indent=2)

    # --- laying out

    def _sep(self) -> str:
        return " \u00b7 " if self.look.unicode else " - "

    def _spelled(self, text: str) -> str:
        """`text` in characters that stdout can show."""
        return text if self.look.unicode else ascii_only(text)

    def _rule(self, words: str) -> list[Text]:
        """The line above a card: drawn on a terminal, two hyphens in a pipe."""
        if not self.look.drawn:
            return self._wrapped(Text(f"-- {words}", QUIET))
        left = Text(f"\u2500\u2500 {words} ", QUIET)
        left.append("\u2500" * max(0, self.width - left.cell_len))
        return [left] if left.cell_len <= self.width else self._wrapped(Text(words, QUIET))

    def _indent(self) -> int:
        return LABELS if self.width >= ROOMY else 2

    def _row(self, label: str, text: Text) -> list[Text]:
        """A labelled fact: label in a column of its own, or in the line where there is no room."""
        if self.width < ROOMY:
            head = Text.assemble((f"{label}: " if label else "", QUIET))
            return self._wrapped(head + text, hang=2)
        body = text.wrap(_MEASURE, self.width - LABELS)
        heads = [Text.assemble((f"{label:<{LABELS}}", QUIET)), *[Text(" " * LABELS)] * len(body)]
        return [_trimmed(head + line) for head, line in zip(heads, body, strict=False)]

    def _wrapped(
        self, text: Text, indent: int = 0, hang: int = 0, free: bool = False
    ) -> list[Text]:
        """`text` in lines of at most the width, `indent`ed, all but the first by `hang` more.

        A `free` line is left whole in a pipe that names no width, so that grep sees all of it.
        """
        if free and not self.look.live and not has_columns():
            return [text]
        body = text.wrap(_MEASURE, self.width - indent - hang)
        return [
            _trimmed(Text(" " * (indent + (hang if number else 0))) + line)
            for number, line in enumerate(body)
        ]

    def _drawn(self, lines: Sequence[Text]) -> str:
        """The lines as text, with escapes only where stdout shows style."""
        if not self.look.styled:
            return "".join(f"{line.plain}\n" for line in lines)
        return "".join(f"{_escaped(line)}\n" for line in lines)


_MEASURE: Final = cast("Console", None)
"""Wrapping asks for a console, but only justified text uses it; a real one takes 8 ms to import."""


def _escaped(line: Text) -> str:
    """The line with its styles as escapes of the terminal's own 16 colours."""
    cuts = sorted({0, len(line), *(s.start for s in line.spans), *(s.end for s in line.spans)})
    parts = []
    for start, end in pairwise(cuts):
        within = [s.style for s in line.spans if s.start <= start and end <= s.end]
        styles = [style for style in (line.style, *within) if isinstance(style, Style)]
        style = Style.combine(styles) if styles else Style.null()
        parts.append(style.render(line.plain[start:end], color_system=ColorSystem.STANDARD))
    return "".join(parts)


def _trimmed(line: Text) -> Text:
    line.rstrip()
    return line


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _hashes(full: int, empty: int) -> str:
    return f"[{'#' * full}{'.' * empty}]"


def _note(note: ContentNote) -> str:
    marks = [
        *(["not confirmed"] if not note.checked else []),
        *(["gives the plot away"] if note.spoiler else []),
    ]
    return f"{note.id.label} ({', '.join(marks)})" if marks else note.id.label


def _strongest(likings: Mapping[str, int]) -> list[str]:
    """The strongest likings in words."""
    worded = [(-abs(weight), liking(name)) for name, weight in likings.items()]
    return [words for _, words in sorted(worded)[:MOST_LEANINGS]]
