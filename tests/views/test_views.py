"""Two views of one protocol, and what they may never show unasked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from inspect import getmembers, isfunction
from pathlib import Path
from typing import Any

import msgspec
import pytest
from views.gallery import (
    BY_ID,
    CATALOGUE,
    COUNTS,
    FOUND,
    PERSON,
    POOL,
    TITLES,
    cards,
)

from cryrec.catalogue.contents import OpenFile, Problem
from cryrec.library.entries import AvoidChange, Change, Entry, Status, Undone
from cryrec.matching import find
from cryrec.models import (
    ContentNote,
    Ending,
    Mood,
    NoteId,
    NoteLevel,
    Shelf,
    Title,
)
from cryrec.recommend.answers import Answers, TimeLimit
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import recommend, why_not
from cryrec.recommend.taste import learn
from cryrec.terminal import Look
from cryrec.views import Detail, View
from cryrec.views.cards import Cards
from cryrec.views.document import Document
from cryrec.views.full import CURATED, NOTES_END
from cryrec.views.picture import picture_of_cards, picture_of_title

SEEN_ENTRY = Entry(
    "grave", "Grave of the Fireflies", Status.SEEN, 4, "2026-01-02T03:04:05Z"
)

FILES = (
    OpenFile(
        Shelf.OWN,
        Path("own.toml"),
        1,
        (Problem("anime[0]", "year", "is no year", 3),),
    ),
)


def arguments(titles: Sequence[Title]) -> dict[str, tuple[Any, ...]]:
    """What a command may ask of a view, by the name of the method, about these titles."""
    pool, by_id = Pool(titles), {title.id: title for title in titles}
    recommendation = recommend(
        pool, Answers(mood=(Mood.GOODBYE,), tissues=5, count=5)
    )
    studios = {
        name: [by_id[t.id] for t in each]
        for name, each in CATALOGUE.studios.items()
    }
    return {
        "suggestions": (recommendation, 0),
        "why_not": (why_not(pool, Answers(), titles[0]),),
        "matches": ("fireflies", FOUND["fireflies"], by_id),
        "titles": (titles, PERSON),
        "title": (recommendation.suggestions[1].title, recommendation),
        "page": (titles[0],),
        "studios": (studios,),
        "moods": (COUNTS,),
        "changes": ((Change("grave", None, SEEN_ENTRY),),),
        "undone": (Undone("settings", (), AvoidChange(None, (NoteId.WAR,))),),
        "entries": ((SEEN_ENTRY,), by_id),
        "files": (FILES,),
        "problems": (FILES,),
        "taste": (learn(titles, {title.id: 5 for title in titles[:3]}), 3),
        "config": ((NoteId.WAR,), Path("config.toml"), Path("library.db")),
    }


ARGUMENTS = arguments(TITLES)

METHODS = [
    name
    for name, _ in getmembers(View, isfunction)
    if not name.startswith("_")
]


@pytest.mark.parametrize("name", METHODS)
def test_both_views_answer_everything(name: str) -> None:
    """Whatever a command can ask of a view, people and scripts both get an answer."""
    text = getattr(cards("pipe"), name)(*ARGUMENTS[name])
    document = json.loads(getattr(Document(), name)(*ARGUMENTS[name]))
    assert text.strip()
    assert document["schema_version"] == 1
    assert len(document) > 1


def test_no_list_of_a_document_is_null() -> None:
    """A script may loop over any list without asking whether it is there."""
    titles = json.loads(Document(Detail(notes=True)).titles(TITLES))["titles"]
    for title in titles:
        for key in (
            "aliases",
            "studios",
            "moods",
            "setting",
            "watch_first",
            "sequels",
            "mal_ids",
        ):
            assert isinstance(title[key], list)
        assert title["notes_count"] == len(title["notes"])


def with_other_secrets(titles: Sequence[Title]) -> tuple[Title, ...]:
    """The same titles, with every ending and every revealing note another one."""
    revealing = ContentNote(NoteId.ABLEISM, NoteLevel.SHOWN, spoiler=True)
    return tuple(
        msgspec.structs.replace(
            title,
            ending=next(
                ending for ending in Ending if ending is not title.ending
            ),
            notes=(*title.open_notes, revealing),
        )
        for title in titles
    )


OTHERS = with_other_secrets(TITLES)


@pytest.mark.parametrize(
    "detail", [Detail(), Detail(notes=True, explain=True)]
)
@pytest.mark.parametrize("name", METHODS)
def test_endings_and_spoilers_change_nothing_unasked(
    name: str, detail: Detail
) -> None:
    """With every ending and every revealing note overwritten, not one byte of an answer differs."""
    for view in (
        cards("terminal", 80, detail),
        cards("terminal", 120, detail),
        Document(detail),
    ):
        answer = getattr(view, name)
        assert answer(*arguments(TITLES)[name]) == answer(
            *arguments(OTHERS)[name]
        )


@pytest.mark.parametrize(
    "answers",
    [
        Answers(tissues=4, count=10),
        Answers(mood=(Mood.FAMILY,), time=TimeLimit.of_minutes(150)),
        Answers(like="grave"),
    ],
)
def test_endings_and_spoilers_change_no_card_unasked(answers: Answers) -> None:
    """Nor do the cards of other questions, or the picture of them."""
    before, after = recommend(POOL, answers), recommend(Pool(OTHERS), answers)
    for view in (cards("terminal"), cards("terminal", 120), Document()):
        assert view.suggestions(before) == view.suggestions(after)
    assert picture_of_cards(before) == picture_of_cards(after)
    assert list(map(picture_of_title, TITLES)) == list(
        map(picture_of_title, OTHERS)
    )


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_title_with_hidden_notes_alone_is_never_said_to_have_none(
    width: int,
) -> None:
    """Where only revealing notes exist the count says that none is open, not that there is none."""
    title = with_other_secrets([msgspec.structs.replace(TITLES[0], notes=())])[
        0
    ]
    recommendation = recommend(Pool([title]), Answers())
    assert "no open notes" in cards("terminal", width).suggestions(
        recommendation
    )
    card = " ".join(cards("terminal", width).title(title).split())
    assert "none that give nothing away" in card


def test_opened_notes_say_what_they_leave_out() -> None:
    """Every opened list ends with the same honest sentence; spoilers need none."""
    for title in TITLES:
        opened = " ".join(
            cards("pipe", 80, Detail(notes=True)).title(title).split()
        )
        everything = " ".join(
            cards("pipe", 80, Detail(spoilers=True)).title(title).split()
        )
        assert f"{NOTES_END}" in opened
        assert NOTES_END not in everything
        assert CURATED in everything
        assert f"Ending {title.ending}" in everything


@pytest.mark.parametrize("title", TITLES, ids=lambda title: title.id)
def test_opened_notes_end_alike_in_every_answer(title: Title) -> None:
    """In a list, a search and a suggestion, too, nothing of the notes follows that sentence."""
    view = cards("pipe", 80, Detail(notes=True))
    found = find(title.title, CATALOGUE.names)
    alone = found._replace(matches=found.matches[:1])
    suggested = recommend(Pool([title]), Answers(max_age=18))
    for answer in (view.titles([title]), view.matches("it", alone, BY_ID)):
        assert " ".join(answer.split()).endswith(NOTES_END)
    card = " ".join(view.suggestions(suggested).split())
    assert card.endswith(NOTES_END)
    for closed in (
        cards("pipe").titles([title]),
        cards("pipe").suggestions(suggested),
    ):
        assert "plot away" not in closed


def test_notes_nobody_checked_are_marked() -> None:
    """A note that nobody has confirmed says so wherever it is opened."""
    title = BY_ID["half-moon"]
    card = " ".join(
        cards("pipe", 100, Detail(notes=True)).title(title).split()
    )
    unconfirmed = [
        note.id.label for note in title.open_notes if not note.checked
    ]
    assert unconfirmed
    assert card.count("(not confirmed)") == len(unconfirmed)
    assert all(f"{label} (not confirmed)" in card for label in unconfirmed)
    assert "terminal illness (" not in card


def test_the_clock_is_handed_in() -> None:
    """A film of 109 minutes begun at 23:10 is over at 00:59; without a clock nothing is said."""
    look = Look(80, styled=False, unicode=True, drawn=True, live=True)
    at_night = Cards(look, now=datetime(2026, 1, 1, 23, 10)).title(
        BY_ID["pancreas"]
    )
    assert "done by 00:59" in at_night
    assert "done by" not in Cards(look).title(BY_ID["pancreas"])
    assert "done by" not in Cards(look, now=datetime(2026, 1, 1)).title(
        BY_ID["nana"]
    )


def test_nobody_who_reads_a_file_is_told_the_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Where stdout is no terminal the view gets no clock, so the same line gives the same bytes."""
    assert Cards.for_stdout(Detail()).now is None


def test_a_piped_rule_is_two_hyphens() -> None:
    """In a pipe a full card begins with -- and its id; on a terminal with a drawn rule."""
    assert cards("pipe").title(TITLES[0]).startswith(f"-- {TITLES[0].id}\n")
    assert (
        cards("terminal").title(TITLES[0]).startswith(f"── {TITLES[0].id} ─")
    )


def test_the_address_is_a_link_only_where_somebody_looks() -> None:
    """A terminal that shows style can open the page; a pipe gets the bare address."""
    title = BY_ID["grave"]
    assert title.page
    link = f"\x1b]8;;{title.page}\x1b\\"
    assert link in cards("colour").title(title)
    forced = Look(80, styled=True, unicode=True, drawn=False, live=False)
    for card in (Cards(forced).title(title), cards("terminal").title(title)):
        assert title.page in card
        assert "\x1b]" not in card


def test_a_full_card_says_why_it_was_suggested() -> None:
    """The reasons stand on the full card of a suggestion, and on that of nothing else."""
    recommendation = recommend(POOL, Answers(mood=(Mood.FAMILY,), tissues=1))
    first = recommendation.suggestions[0].title
    assert "Why this     call home" in cards("pipe").title(
        first, recommendation
    )
    assert "Why this" not in cards("pipe").title(first)


def test_notes_of_own_titles_are_not_guessed() -> None:
    """Where nobody wrote notes down a card says that they are not known, and counts nothing."""
    title = msgspec.structs.replace(TITLES[0], notes=None)
    assert "notes not known" in cards("pipe").suggestions(
        recommend(Pool([title]), Answers())
    )
    assert "Notes        not known" in cards("pipe").title(title)
