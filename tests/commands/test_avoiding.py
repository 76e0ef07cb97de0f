"""What somebody steers clear of: they relied on it."""

from __future__ import annotations

from typing import Any

import pytest
from commands.running import Document, Run
from msgspec.structs import replace

from cryrec.catalogue import load_bundled
from cryrec.models import ContentNote, NoteId, NoteLevel, Title
from cryrec.recommend.answers import AnswerName, Answers
from cryrec.recommend.parsing import read_avoid
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import recommend, why_not
from cryrec.views import USUAL
from cryrec.views.notices import about
from cryrec.views.words import WORDS

TITLE = load_bundled().titles[0]

DEATHS = (
    NoteId.CHILD_DEATH,
    NoteId.PARENT_DEATH,
    NoteId.LOVED_ONE_DEATH,
    NoteId.ANIMAL_DEATH,
)


def having(*notes: NoteId, **facts: Any) -> Title:
    """A title with these notes alone."""
    shown = tuple(ContentNote(note, NoteLevel.SHOWN) for note in notes)
    return replace(TITLE, notes=shown, **facts)


def passes(title: Title, *avoid: NoteId, **more: Any) -> bool:
    """Whether a title is suggested to somebody who steers clear of these."""
    return bool(
        recommend(Pool([title]), Answers(avoid=avoid, **more)).suggestions
    )


@pytest.mark.parametrize("note", [*DEATHS[:3]])
def test_a_loved_one_may_be_a_child_or_a_parent(note: NoteId) -> None:
    """Whoever cannot bear the death of somebody close is not shown a child's or a parent's."""
    title = having(note)
    assert not passes(title, NoteId.LOVED_ONE_DEATH)
    answers = Answers(avoid=(NoteId.LOVED_ONE_DEATH,))
    assert why_not(Pool([title]), answers, title).avoided == (note,)


@pytest.mark.parametrize("note", [NoteId.ANIMAL_DEATH, NoteId.SUICIDE])
def test_a_loved_one_is_no_other_note(note: NoteId) -> None:
    """Nothing else is left out for it, and avoiding a child's death leaves a grandmother's."""
    assert passes(having(note), NoteId.LOVED_ONE_DEATH)
    assert passes(
        having(NoteId.LOVED_ONE_DEATH), NoteId.CHILD_DEATH, NoteId.PARENT_DEATH
    )


def test_what_was_said_stays_what_was_said(document: Document) -> None:
    """A script finds the notes that were named, not those that are meant as well."""
    found = document("suggest", "--avoid", "loved-one-death")
    assert found["answers"]["avoid"] == ["loved-one-death"]
    for each in found["suggestions"]:
        kept_out = document(
            "suggest", "--avoid", "loved-one-death", "--why-not", each["id"]
        )
        assert kept_out["failed"] == []


def test_death_is_all_four_deaths() -> None:
    """One everyday word stands for every note of a death."""
    assert set(read_avoid(["death"])) == set(DEATHS)
    assert set(DEATHS) == {note for note in NoteId if note.endswith("-death")}


def test_notes_nobody_wrote_down_are_no_promise() -> None:
    """With an avoid list a title without notes is left out, unless it is asked for; not without."""
    unknown = replace(TITLE, notes=None)
    assert passes(unknown)
    assert not passes(unknown, NoteId.WAR)
    assert passes(unknown, NoteId.WAR, include_uncurated=True)
    assert not passes(having(NoteId.WAR), NoteId.WAR, include_uncurated=True)


def test_unknown_notes_are_said_to_speak_against_a_title() -> None:
    """Where they are let in, their cards say so and never that they keep to the avoid list."""
    unknown = replace(TITLE, notes=None)
    answers = Answers(avoid=(NoteId.WAR,), include_uncurated=True)
    for title, meets in ((unknown, False), (having(NoteId.SUICIDE), True)):
        card = recommend(Pool([title]), answers).suggestions[0]
        told = {*card.fits, *(why.answer for why in card.why)}
        assert (AnswerName.AVOID in told) == meets
        assert (AnswerName.AVOID in card.misses) == (not meets)


def test_no_card_promises_that_something_is_absent() -> None:
    """What is said of an avoid list is said of the notes, which are curated and not complete."""
    answers = Answers(avoid=(NoteId.WAR,))
    words = WORDS[AnswerName.AVOID]
    for say in (words.fits, words.speaks, words.missed):
        assert "note" in say(TITLE, answers)


def test_uncurated_titles_are_asked_for_by_a_flag(run: Run) -> None:
    """The flag is understood, and its help says what it does."""
    assert run("suggest", "-x", "war", "--include-uncurated").exit_code == 0
    assert "--include-uncurated" in run("suggest", "--help").stdout


@pytest.mark.parametrize(
    ("readings", "named"), [(1, True), (2, False), (5, False)]
)
def test_what_was_read_once_is_named_beside_the_cards(
    readings: int, named: bool
) -> None:
    """Somebody with an avoid list learns which cards were not read twice; nobody else is told."""
    title = having(NoteId.WAR, readings=readings)
    for avoid, told in (((NoteId.SUICIDE,), named), ((), False)):
        recommendation = recommend(
            Pool([title]), Answers(avoid=avoid, count=1)
        )
        lines = [
            line
            for line in about(recommendation, USUAL)
            if "not fully checked" in line
        ]
        assert lines == (
            [f"content notes not fully checked: {title.title}"] if told else []
        )


def test_help_promises_nothing(run: Run) -> None:
    """The help of the flag says that the notes are not complete."""
    assert "not complete" in " ".join(run("suggest", "--help").stdout.split())
