"""The questions without a terminal: a script answers them."""

from __future__ import annotations

from typing import Final

import pytest
from msgspec.structs import replace
from script import ALL, BUNDLED, POOL, SKIP, TITLES, Memory, Script

from cryrec.conversation.avoiding import settle_always
from cryrec.conversation.host import Host
from cryrec.conversation.prompts import BACK, Marks
from cryrec.conversation.questions import QUESTIONS, ask, change_one
from cryrec.errors import Interrupted, UsageProblem
from cryrec.models import Band, Mood, NoteId
from cryrec.recommend.answers import Answers, TimeLimit
from cryrec.recommend.pool import Pool


def test_four_enters_answer_nothing() -> None:
    """Enter at every question leaves every answer open."""
    assert ask(
        Host(Script(*[SKIP] * 4), POOL), Answers(seed=3), ALL
    ) == Answers(seed=3)


def test_every_question_fills_its_answer() -> None:
    """The four replies become the answers that their flags would have given."""
    script = Script("goodbye", "weekend", "4", Marks(("war", "suicide")))
    assert ask(Host(script, POOL), Answers(), ALL) == Answers(
        mood=(Mood.GOODBYE,),
        time=TimeLimit.of_band(Band.WEEKEND),
        tissues=4,
        avoid=(NoteId.SUICIDE, NoteId.WAR),
    )


def test_only_open_questions_are_put() -> None:
    """A question that a flag has answered is not put, and its answer stays."""
    script = Script(SKIP, SKIP)
    given = Answers(mood=(Mood.FAMILY,), avoid=(NoteId.WAR,))
    assert ask(Host(script, POOL), given, ["time", "tissues"]) == given
    assert [put.question for put in script.put] == [
        "How long have you got?",
        "How hard should it hit?",
    ]


def test_back_keeps_what_was_answered() -> None:
    """Going back puts the question before with its answer as the default; none before the first."""
    marks = Marks(("war",), back=True)
    script = Script("family", "week", "2", marks, BACK, BACK, *[SKIP] * 4)
    answers = ask(Host(script, POOL), Answers(), ALL)
    assert [put.default for put in script.put][4:] == [
        "2",
        "week",
        ("family",),
        "week",
        "2",
        ("war",),
    ]
    assert [put.back for put in script.put[:4]] == [False, True, True, True]
    assert answers == Answers(
        mood=(Mood.FAMILY,),
        time=TimeLimit.of_band(Band.WEEK),
        tissues=2,
        avoid=(NoteId.WAR,),
    )


@pytest.mark.parametrize("name", QUESTIONS)
def test_one_answer_is_changed_and_the_others_stay(name: str) -> None:
    """Whichever is chosen is put with what it was; going back from it leaves everything."""
    given = Answers(
        mood=(Mood.FAMILY,),
        time=TimeLimit.of_band(Band.WEEK),
        tissues=2,
        avoid=(NoteId.WAR,),
    )
    script = Script(name, SKIP)
    assert change_one(Host(script, POOL), given) == given
    words = {
        "mood": "call home",
        "time": "week",
        "tissues": "misty-eyed",
        "avoid": "war",
    }
    for value, word in words.items():
        assert word in script.put[0].labelled(value)
    returning = Script(name, BACK, BACK)
    assert change_one(Host(returning, POOL), given) == given
    assert returning.replies == []


def test_an_answer_is_changed_to_another() -> None:
    """The new answer takes the place of the old one."""
    given = Answers(mood=(Mood.FAMILY,), tissues=2)
    assert change_one(Host(Script("tissues", "5"), POOL), given).tissues == 5


def test_leaving_a_question_is_not_answering_it() -> None:
    """Somebody who leaves gives no answers at all."""
    with pytest.raises(Interrupted):
        ask(Host(Script(SKIP, SKIP), POOL), Answers(), ALL)


def in_titles(count: int) -> str:
    """How a question says that many titles are left."""
    if not count:
        return "no title, something else will give way"
    return "1 title" if count == 1 else f"{count} titles"


@pytest.mark.parametrize("limit", [None, *Band])
def test_counts_beside_the_tissues_are_true(limit: Band | None) -> None:
    """Each number says how many titles of that length are no more than one above it."""
    script = Script("family", limit.value if limit else SKIP, SKIP, SKIP)
    ask(Host(script, POOL), Answers(), ALL)
    ceiling = limit.ceiling if limit else None
    family = [
        title
        for title in TITLES
        if Mood.FAMILY in [tag.id for tag in title.moods]
    ]
    short = [
        t for t in family if ceiling is None or t.minutes_total <= ceiling
    ]
    for choice in script.put[2].choices:
        most = 5 if choice.value == "any" else int(choice.value) + 1
        gentle = [title for title in short if title.tissues <= most]
        assert choice.words.endswith(in_titles(len(gentle)))


@pytest.mark.parametrize("mood", [None, *Mood])
def test_counts_beside_the_times_are_true(mood: Mood | None) -> None:
    """Each length says how many titles of the chosen kind of cry really are that short.

    A surprise is none for grown-ups alone.
    """
    script = Script(mood.value if mood else SKIP, *[SKIP] * 3)
    ask(Host(script, Pool(BUNDLED)), Answers(), ALL)
    limits = {"tonight": 150, "weekend": 360, "week": 630}
    for choice in script.put[1].choices:
        limit = limits.get(choice.value, 1_000_000)
        fitting = [
            title
            for title in BUNDLED
            if title.minutes_total <= limit
            and (
                title.age < 18
                if mood is None
                else mood in [tag.id for tag in title.moods]
            )
        ]
        assert choice.open
        assert choice.words.endswith(in_titles(len(fitting)))


@pytest.mark.parametrize(
    ("marked", "replies", "kept"),
    [
        ((), (), []),
        (("war",), ("tonight",), []),
        (("war",), (SKIP,), []),
        (("war", "torture"), ("always",), [(NoteId.TORTURE, NoteId.WAR)]),
    ],
    ids=["nothing marked", "tonight", "enter", "every time"],
)
def test_for_good_is_a_question_of_its_own(
    marked: tuple[str, ...],
    replies: tuple[str, ...],
    kept: list[tuple[NoteId, ...]],
) -> None:
    """It is put only where something is marked, and nothing but "every time" is remembered."""
    script, memory = Script(Marks(marked), *replies), Memory()
    answers = ask(Host(script, POOL, memory), Answers(), ["avoid"])
    assert answers.avoid == tuple(sorted(NoteId(note) for note in marked))
    assert memory.avoided == kept
    assert len(script.put) == 1 + len(replies)


def test_back_from_for_good_leads_to_the_marks() -> None:
    """Going back there asks for the notes again, marked as they were, and remembers nothing."""
    script, memory = Script(Marks(("war",)), BACK, SKIP, "tonight"), Memory()
    answers = ask(Host(script, POOL, memory), Answers(), ["avoid"])
    assert script.put[2].default == ("war",)
    assert answers.avoid == (NoteId.WAR,)
    assert memory.avoided == []


ALL_NOTES: Final = tuple(sorted(NoteId))


@pytest.mark.parametrize(
    ("replies", "kept", "avoid"),
    [
        (("keep",), [], ALL_NOTES),
        ((SKIP,), [], ALL_NOTES),
        (("forget",), [None], ()),
        (("change", Marks(("war",))), [(NoteId.WAR,)], (NoteId.WAR,)),
        (("change", SKIP, "forget"), [None], ()),
    ],
    ids=["keep", "enter", "forget", "change", "change nothing, forget"],
)
def test_an_always_list_that_leaves_nothing_is_mended_on_the_spot(
    replies: tuple[str | Marks, ...],
    kept: list[tuple[NoteId, ...] | None],
    avoid: tuple[NoteId, ...],
) -> None:
    """It can be changed or forgotten before anything else is asked; Enter leaves it as it is."""
    script, memory = Script(*replies), Memory()
    host = Host(script, POOL, memory, always=ALL_NOTES)
    host, answers = settle_always(host, Answers(avoid=ALL_NOTES))
    assert answers.avoid == avoid
    assert memory.avoided == kept
    assert host.always == ([ALL_NOTES, *kept][-1])


def test_an_always_list_that_leaves_something_is_not_asked_about() -> None:
    """Nor is one that is not the reason: what was typed for tonight leaves nothing by itself."""
    few = Host(Script(), POOL, Memory(), always=(NoteId.WAR,))
    assert settle_always(few, Answers(avoid=(NoteId.WAR,))) == (
        few,
        Answers(avoid=(NoteId.WAR,)),
    )
    assert settle_always(few, Answers(avoid=ALL_NOTES)) == (
        few,
        Answers(avoid=ALL_NOTES),
    )


def test_two_kinds_of_cry() -> None:
    """Two moods can be marked at the first question, and are its default when it is put again."""
    script = Script(Marks(("regret", "family")), BACK, SKIP, *[SKIP] * 3)
    answers = ask(Host(script, POOL), Answers(), ALL)
    assert answers.mood == (Mood.REGRET, Mood.FAMILY)
    assert script.put[2].default == ("regret", "family")


def test_own_words_answer_everything_at_once() -> None:
    """What is refused is asked again, an empty line leads back, and no other question is put."""
    heard: list[str] = []

    def understand(line: str, answers: Answers) -> Answers:
        heard.append(line)
        if line == "no clowns":
            raise UsageProblem("clowns are no content note")
        return replace(answers, tissues=2)

    script = Script("own words", SKIP, "own words", "no clowns", "gentle")
    answers = ask(Host(script, POOL, understand=understand), Answers(), ALL)
    assert heard == ["no clowns", "gentle"]
    assert answers == Answers(tissues=2)
    assert script.replies == []


def test_own_words_are_not_offered_where_nobody_understands_them() -> None:
    """Without a reader of words the choice is not there."""
    script = Script(SKIP)
    ask(Host(script, POOL), Answers(), ["mood"])
    assert "own words" not in script.put[0].open
