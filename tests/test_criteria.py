"""An answer has one row in each table, and every list of answers there is agrees with them."""

from __future__ import annotations

import dataclasses
import inspect
import json
from collections.abc import Mapping, Sequence

import oracle
import pytest
from msgspec.structs import fields, replace

from cryrec.catalogue import load_bundled
from cryrec.commands.suggest import command
from cryrec.models import (
    Aftertaste,
    Band,
    Format,
    Mood,
    NoteId,
    Setting,
    Shelf,
    Title,
)
from cryrec.recommend.answers import (
    ANY,
    AnswerName,
    Answers,
    TimeLimit,
    Wished,
)
from cryrec.recommend.criteria import CRITERIA
from cryrec.recommend.parsing import Flags, read_answers
from cryrec.recommend.person import NOBODY, Person
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import recommend
from cryrec.views.document import Document
from cryrec.views.words import WORDS, flag

POOL = Pool(load_bundled().titles)

GIVEN = {
    AnswerName.MOOD: (Mood.GOODBYE, Mood.FAMILY),
    AnswerName.TIME: TimeLimit.of_band(Band.WEEKEND),
    AnswerName.FORMAT: Format.SERIES,
    AnswerName.TISSUES: 3,
    AnswerName.SETTING: Setting.FANTASY,
    AnswerName.AFTERTASTE: Aftertaste.ACHING,
    AnswerName.MAX_AGE: 16,
    AnswerName.AVOID: (NoteId.SUICIDE, NoteId.WAR),
    AnswerName.SHELF: (Shelf.LIST,),
    AnswerName.LIKE: "anohana",
}
"""Something to answer to everything that has a flag."""

PERSONAL = {AnswerName.SEEN}
"""What is decided by the library rather than by a flag with a value."""

WISHED = {AnswerName.WORDS}
"""What keeps no title out, and is said in words rather than after a flag."""

LOOKED_UP = {AnswerName.LIKE}
"""What takes another title to decide, so that the pool does."""

UNSAID = {
    name: field.default
    for name, field in inspect.signature(command).parameters.items()
}


class Nobody:
    """Whoever has no library and no settings, and types ids."""

    person: Person = NOBODY
    always_avoided: tuple[NoteId, ...] | None = None

    def find_title(self, name: str) -> Title:
        return POOL.title(name)

    def wished(self, words: Sequence[str]) -> Mapping[str, Wished]:
        return {}


def read(flags: tuple[str, ...]) -> Answers:
    """The answers behind a line of flags, as the command reads them."""
    given = {
        name: default
        for name, default in UNSAID.items()
        if name in Flags.__struct_fields__
    }
    words = iter(flags)
    for word in words:
        name = word.removeprefix("--").replace("-", "_")
        if isinstance(given[name], bool):
            given[name] = True
        else:
            value = next(words)
            given[name] = [value] if isinstance(given[name], list) else value
    return read_answers(Flags(**given), Nobody())


def test_the_tables_have_a_row_for_every_answer() -> None:
    """An answer without criterion, words, or something to try it with is named here."""
    assert set(CRITERIA) == set(AnswerName) - LOOKED_UP
    assert set(WORDS) == set(AnswerName)
    assert set(GIVEN) == set(AnswerName) - PERSONAL - WISHED


def test_the_oracle_knows_every_answer_that_decides() -> None:
    """The oracle asks the very questions that the program does."""
    known = {field.name for field in dataclasses.fields(oracle.Question)}
    assert known == set(AnswerName) - PERSONAL - WISHED


def test_answers_are_their_own_fields() -> None:
    """Each answer but those of the library is a field, and every field is left open by default."""
    assert {field.name for field in fields(Answers)} >= set(
        AnswerName
    ) - PERSONAL
    assert Answers().given == ()
    assert (
        set(replace(Answers(), **GIVEN).given)
        == set(CRITERIA) - PERSONAL - WISHED
    )


@pytest.mark.parametrize("name", GIVEN)
def test_an_answer_has_a_flag_and_stands_in_json(name: AnswerName) -> None:
    """What is given by a flag is read as that answer, written as that flag, and is in JSON."""
    answers = replace(Answers(), **{name: GIVEN[name]})
    assert flag(name) in answers.flags
    assert name in inspect.signature(command).parameters
    assert read(answers.flags) == answers
    document = json.loads(Document().suggestions(recommend(POOL, answers)))
    unanswered = json.loads(Document().suggestions(recommend(POOL, Answers())))
    assert document["answers"][name] != unanswered["answers"][name]


@pytest.mark.parametrize("name", [*GIVEN, *WISHED])
def test_whoever_answers_one_question_is_asked_no_other(
    name: AnswerName,
) -> None:
    """Any answer, even "any", is a line of flags; silence alone begins a conversation."""
    assert Flags().are_silent
    said = [ANY] if isinstance(getattr(Flags(), name), list) else ANY
    assert not replace(Flags(), **{name: said}).are_silent


@pytest.mark.parametrize(
    "name", [name for name in GIVEN if name not in LOOKED_UP]
)
def test_an_answer_can_be_worded(name: AnswerName) -> None:
    """A title that fits an answer has something true said of it."""
    answers = replace(Answers(count=10), **{name: GIVEN[name]})
    card = recommend(POOL, answers).suggestions[0]
    assert name in {*card.fits, *(why.answer for why in card.why)}
    assert WORDS[name].fits(card.title, answers)


def test_each_step_costs_more_than_all_cheaper_ones() -> None:
    """So no two ways of loosening tie, and the dearest answer that can stay does."""
    person = Person(seen=frozenset({"anohana"}))
    answers = replace(Answers(person=person), **GIVEN)
    steps = [
        list(criterion.steps(criterion.value(answers)))
        for criterion in CRITERIA.values()
        if criterion.value(answers) is not None
    ]
    loosenable = sorted([step.cost for step in each] for each in steps if each)
    assert [
        costs for costs in loosenable if costs == sorted(costs)
    ] == loosenable
    for place, costs in enumerate(loosenable):
        assert costs[0] > sum(cheaper[-1] for cheaper in loosenable[:place])


def test_what_protects_somebody_is_never_loosened() -> None:
    """Neither the avoid list, the age nor the shelf has a step that would let it go."""
    answers = replace(Answers(), **GIVEN)
    for name in (AnswerName.AVOID, AnswerName.MAX_AGE, AnswerName.SHELF):
        assert list(CRITERIA[name].steps(CRITERIA[name].value(answers))) == []
