"""The conversation without a terminal: a script answers the questions and the menu."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import pytest
from msgspec.structs import replace

from cryrec.catalogue import load_bundled
from cryrec.conversation.menu import QUIT, Guest, Page, browse
from cryrec.conversation.prompts import BACK, Choice, Marks
from cryrec.conversation.questions import QUESTIONS, Host, ask, settle_always
from cryrec.errors import Interrupted, NothingToShow, UsageProblem
from cryrec.library.entries import Undone
from cryrec.models import Band, Mood, NoteId, Title
from cryrec.recommend.answers import Answers, Direction, TimeLimit
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import Recommendation
from cryrec.views import Detail
from cryrec.views.document import Document

BUNDLED: Final = load_bundled().titles
TITLES: Final = tuple(title for title in BUNDLED if title.age < 18)
"""What may come up when nobody asked for a kind of cry: a surprise is none for grown-ups alone."""

POOL: Final = Pool(TITLES)
ALL: Final = tuple(QUESTIONS)
SKIP: Final = "skip"
"""Stands for Enter alone."""

SEEDS: Final = (1, 2, 3, 5, 8)


class Put(NamedTuple):
    """One question as it was put, and whether one could go back from it."""

    question: str
    choices: tuple[Choice, ...]
    default: str | tuple[str, ...]
    back: bool

    def labelled(self, value: str) -> str:
        """What is written beside the choice of that value."""
        return next(choice.words for choice in self.choices if choice.value == value)

    @property
    def open(self) -> list[str]:
        """The values that can be chosen."""
        return [choice.value for choice in self.choices if choice.open]


class Script:
    """An asker that answers from a list, chooses only what is open, and leaves at its end."""

    def __init__(self, *replies: str | Marks) -> None:
        self.replies = list(replies)
        self.put: list[Put] = []

    def _next(self) -> str | Marks:
        if not self.replies:
            raise Interrupted
        return self.replies.pop(0)

    def choose(
        self, question: str, choices: Sequence[Choice], default: str, back: bool = False
    ) -> str:
        self.put.append(Put(question, tuple(choices), default, back))
        reply = self._next()
        assert isinstance(reply, str)
        chosen = default if reply == SKIP else reply
        assert chosen in self.put[-1].open or (back and chosen == BACK)
        return chosen

    def choose_upto(
        self,
        most: int,
        question: str,
        choices: Sequence[Choice],
        default: Sequence[str],
        back: bool = False,
    ) -> Marks:
        marks = self.mark(question, choices, default, back)
        assert 1 <= len(marks.values) <= most
        return marks

    def mark(
        self,
        question: str,
        choices: Sequence[Choice],
        marked: Sequence[str],
        back: bool = False,
    ) -> Marks:
        self.put.append(Put(question, tuple(choices), tuple(marked), back))
        reply = self._next()
        if isinstance(reply, Marks):
            marks = reply
        elif reply in (SKIP, BACK):
            marks = Marks(tuple(marked), back=reply == BACK)
        else:
            marks = Marks((reply,))
        assert set(marks.values) <= set(self.put[-1].open)
        assert back or not marks.back
        return marks

    def write(self, question: str, back: bool = False) -> str:
        self.put.append(Put(question, (), "", back))
        reply = self._next()
        assert isinstance(reply, str)
        return "" if reply == SKIP else reply


class Kept(Document):
    """The JSON view, which also keeps what it was given to show."""

    def __init__(self) -> None:
        super().__init__(Detail())
        self.pages: list[Recommendation] = []

    def suggestions(self, recommendation: Recommendation) -> str:
        self.pages.append(recommendation)
        return super().suggestions(recommendation)


class Walk(NamedTuple):
    """What somebody saw who chose `replies` at the menus: every page, every menu, and the end."""

    pages: list[Recommendation]
    menus: list[Put]
    last: Page | None


def walk(answers: Answers, *replies: str, unasked: Sequence[str] = ALL) -> Walk:
    script, view = Script(*replies), Kept()
    last = browse(Guest(Host(script, POOL), view, Detail(), unasked), answers)
    return Walk(view.pages, script.put, last)


def ids(page: Recommendation) -> list[str]:
    return [each.title.id for each in page.suggestions]


def count(label: str) -> int:
    """The number of titles that a menu entry promises."""
    found = re.search(r"\((\d+)(?:, letting go of [^()]+)?\)$", label)
    assert found, label
    return int(found.group(1))


# --- the four questions -------------------------------------------------------------------------


def test_four_enters_answer_nothing() -> None:
    """Enter at every question leaves every answer open."""
    assert ask(Host(Script(*[SKIP] * 4), POOL), Answers(seed=3), ALL) == Answers(seed=3)


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


def test_coming_back_from_the_cards_begins_with_the_last_question() -> None:
    """From the first page one comes back to the last open question, and to none if none is open."""
    script = Script(SKIP)
    ask(Host(script, POOL), Answers(), ALL, from_last=True)
    assert [put.question for put in script.put] == ["Anything to steer clear of?"]
    assert ask(Host(Script(), POOL), Answers(tissues=2), [], from_last=True) == Answers(
        tissues=2
    )


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
        title for title in TITLES if Mood.FAMILY in [tag.id for tag in title.moods]
    ]
    short = [t for t in family if ceiling is None or t.minutes_total <= ceiling]
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


class Memory:
    """A shelf that only keeps what it was told to always steer clear of."""

    def __init__(self) -> None:
        self.avoided: list[tuple[NoteId, ...] | None] = []

    def later(self, title: Title) -> None:
        raise AssertionError(title)

    def seen(self, title: Title, rating: int | None) -> None:
        raise AssertionError(title, rating)

    def remember_avoided(self, notes: Sequence[NoteId]) -> None:
        self.avoided.append(tuple(notes))

    def forget_avoided(self) -> None:
        self.avoided.append(None)

    def undo(self) -> Undone | None:
        raise AssertionError

    def offered(self, titles: Sequence[Title]) -> None:
        raise AssertionError(titles)


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
    marked: tuple[str, ...], replies: tuple[str, ...], kept: list[tuple[NoteId, ...]]
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
        (("change", SKIP, "forget"), [ALL_NOTES, None], ()),
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


# --- the menu -----------------------------------------------------------------------------------

LEADS: Final[dict[str, Callable[[Title, Title], bool]]] = {
    "gentler": lambda here, there: there.tissues < here.tissues,
    "harder": lambda here, there: there.tissues > here.tissues,
    "shorter": lambda here, there: there.minutes_total < here.minutes_total,
    "longer": lambda here, there: there.minutes_total > here.minutes_total,
}
"""What the four directions mean, said once more and without the program's own words."""


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("place", range(3))
def test_directions_are_counted_from_the_chosen_card(seed: int, place: int) -> None:
    """After card n is opened, the directions count and lead to titles beyond that very card."""
    first = walk(Answers(seed=seed), str(place))
    here, menu = first.pages[0].suggestions[place].title, first.menus[-1]
    for name, leads in LEADS.items():
        beyond = {title.id for title in TITLES if leads(here, title)}
        assert here.title in menu.labelled(name)
        if not beyond:
            assert name not in menu.open
            continue
        assert count(menu.labelled(name)) == len(beyond)
        shown = walk(Answers(seed=seed), str(place), name).pages[1]
        assert {each.title.id for each in shown.fitting} == beyond
        assert set(ids(shown)) <= beyond


NARROW: Final = [
    Answers(seed=4),
    Answers(
        mood=(Mood.GOODBYE,), time=TimeLimit.of_band(Band.TONIGHT), tissues=1, seed=4
    ),
    Answers(mood=(Mood.MISSED,), avoid=(NoteId.TERMINAL_ILLNESS,), max_age=13, seed=4),
    Answers(time=TimeLimit.of_minutes(90), tissues=5, count=2, seed=4),
    Answers(mood=(Mood.FAMILY,), tissues=3, strict=True, seed=4),
]
"""Answers that leave much, little, and nothing without loosening."""


@pytest.mark.parametrize("answers", NARROW)
@pytest.mark.parametrize("before", [(), ("alike",)], ids=["first page", "second page"])
def test_every_count_of_the_menu_is_true(
    answers: Answers, before: tuple[str, ...]
) -> None:
    """Whatever can be chosen leads to as many titles as it promised; nothing open is empty."""
    start = walk(answers, *before)
    shown = {name for page in start.pages for name in ids(page)}
    steps = [name for name in start.menus[-1].open if name in (*LEADS, "alike", "none")]
    assert steps
    for name in steps:
        page = walk(answers, *before, name).pages[-1]
        there = {each.title.id for each in page.fitting}
        promised = count(start.menus[-1].labelled(name))
        assert promised == len(there - shown if name == "none" else there) > 0
        assert len(page.suggestions) == min(answers.count, len(there))


def test_the_latest_direction_replaces_its_opposite() -> None:
    """Harder and then gentler is gentler: nothing of the first stays."""
    gone = walk(Answers(seed=1), "harder", "gentler")
    here = gone.pages[1].suggestions[0].title
    beyond = {title.id for title in TITLES if title.tissues < here.tissues}
    assert {each.title.id for each in gone.pages[2].fitting} == beyond


PAIRS: Final = [
    (first, second)
    for first in Direction
    for second in Direction
    if second not in (first, first.opposite)
]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_directions_add_up(first: Direction, second: Direction) -> None:
    """A second direction holds the first: its cards lie beyond both cards they were asked from."""
    pages = 0
    for seed in range(1, 13):
        start = walk(Answers(seed=seed))
        if first.value not in start.menus[0].open:
            continue
        middle = walk(Answers(seed=seed), first.value)
        if second.value not in middle.menus[1].open:
            continue
        end = walk(Answers(seed=seed), first.value, second.value)
        one, two, three = end.pages
        for each in three.suggestions:
            assert LEADS[first.value](one.suggestions[0].title, each.title)
            assert LEADS[second.value](two.suggestions[0].title, each.title)
        pages += 1
    assert pages > 3


def test_the_end_of_one_direction_is_not_the_end_of_all() -> None:
    """On a page of the hardest there are, one can still ask for something shorter as hard."""
    gone = walk(Answers(seed=1), "harder")
    while "harder" in gone.menus[-1].open:
        gone = walk(Answers(seed=1), *["harder"] * len(gone.pages))
    here = gone.pages[-1].suggestions[0].title
    as_hard = [t for t in TITLES if t.tissues >= here.tissues and t.id != here.id]
    for name in ("shorter", "longer"):
        there = [title for title in as_hard if LEADS[name](here, title)]
        assert (name in gone.menus[-1].open) == bool(there)
        if there:
            assert count(gone.menus[-1].labelled(name)) == len(there)


def test_more_like_leaves_directions_behind() -> None:
    """More like this is about the card alone: everything else but that card fits again."""
    gone = walk(Answers(seed=1), "harder", "alike")
    here = gone.pages[1].suggestions[0].title
    there = {each.title.id for each in gone.pages[2].fitting}
    assert there == {title.id for title in TITLES} - {here.id}


@pytest.mark.parametrize("seed", range(12))
def test_what_protects_stays_through_every_step(seed: int) -> None:
    """Whatever is chosen at twelve menus in a row, no card breaks the avoid list or the age."""
    answers = Answers(avoid=(NoteId.CHILD_DEATH, NoteId.SUICIDE), max_age=13, seed=seed)
    choose, replies = random.Random(seed), []
    for _ in range(12):
        gone = walk(answers, *replies)
        steps = [name for name in gone.menus[-1].open if name not in (BACK, QUIT)]
        replies.append(choose.choice(steps))
    for page in walk(answers, *replies).pages:
        for each in page.suggestions:
            assert each.title.age <= 13
            assert not {note.id for note in each.title.notes} & set(answers.avoid)


def test_none_of_these_goes_once_through_everything() -> None:
    """Every title that fits is shown once before the entry closes, and none is lost on the way."""
    gone = walk(Answers(seed=6))
    while "none" in gone.menus[-1].open:
        gone = walk(Answers(seed=6), *["none"] * len(gone.pages))
    shown = [name for page in gone.pages for name in ids(page)]
    # The last page may be filled up with titles that have been there.
    assert sorted(shown[: len(TITLES)]) == sorted(title.id for title in TITLES)
    assert {len(page.fitting) for page in gone.pages} == {len(TITLES)}


@pytest.mark.parametrize("seed", SEEDS)
def test_shown_titles_sink(seed: int) -> None:
    """On every later page a title seen before stands behind all new ones, yet is still there."""
    gone = walk(Answers(seed=seed), "longer", "alike", "none", "alike")
    seen: set[str] = set()
    for page in gone.pages:
        was_seen = [each.title.id in seen for each in page.fitting]
        assert was_seen == sorted(was_seen)
        on_screen = [name in seen for name in ids(page)]
        assert on_screen == sorted(on_screen)
        seen |= set(ids(page))
    start = gone.pages[3].suggestions[0].title.id
    assert len(gone.pages[4].fitting) == len(TITLES) - 1
    assert seen - {start} <= {each.title.id for each in gone.pages[4].fitting}


def test_back_turns_to_the_page_before() -> None:
    """Back shows the same cards in the same order again, page by page, and then the questions."""
    gone = walk(Answers(seed=2), "longer", "none", BACK, BACK, BACK)
    first, second, _, *returned = [ids(page) for page in gone.pages]
    assert returned == [second, first]
    assert gone.last is None


def test_a_full_card_turns_no_page() -> None:
    """Opening cards leaves the page as it is, and back from there leads to the page before."""
    gone = walk(Answers(seed=2), "longer", "0", "1", BACK, QUIT)
    assert [ids(page) for page in gone.pages] == [
        ids(gone.pages[0]),
        ids(gone.pages[1]),
        ids(gone.pages[0]),
    ]
    assert gone.last == Page(Answers(seed=2))


@pytest.mark.parametrize(
    "replies", [(QUIT,), (SKIP,), ()], ids=["quit", "enter", "left"]
)
def test_three_ways_to_quit(replies: tuple[str, ...]) -> None:
    """Quit, Enter alone, and leaving end the conversation with the page that was on the screen."""
    assert walk(Answers(seed=2), *replies).last == Page(Answers(seed=2))


def test_nothing_to_go_back_to() -> None:
    """Where flags answered every question, the first page has no way back, and later ones have."""
    gone = walk(Answers(seed=2), "longer", QUIT, unasked=())
    assert [put.back for put in gone.menus] == [False, True]


def test_an_empty_page_still_leads_back() -> None:
    """Where everything is avoided there is only back and quit, and quitting then exits with 3."""
    everything = Answers(avoid=tuple(sorted(NoteId)))
    left = walk(everything, BACK)
    assert left.menus[0].open == [QUIT]
    assert left.last is None
    with pytest.raises(NothingToShow) as error:
        walk(everything, QUIT)
    assert error.value.exit_code == 3


@pytest.mark.parametrize("answers", NARROW)
def test_one_line_gives_the_first_page(answers: Answers) -> None:
    """The flags that say the same as the answers give the conversation's first page."""
    page = walk(answers, QUIT).pages[0]
    words = [
        *answers.flags,
        "--seed",
        str(answers.seed),
        "--count",
        str(answers.count),
        "--json",
    ]
    words += ["--strict"] if answers.strict else []
    done = subprocess.run(
        [sys.executable, "-m", "cryrec", "suggest", *words],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    assert [each["id"] for each in json.loads(done.stdout)["suggestions"]] == ids(page)


def test_a_fresh_seed_is_a_fresh_draw() -> None:
    """Four Enters surprise: other seeds give other first cards, the same seed the same."""
    firsts = {ids(walk(Answers(seed=seed), QUIT).pages[0])[0] for seed in range(30)}
    assert len(firsts) > 5
    again = replace(Answers(), seed=7)
    assert ids(walk(again, QUIT).pages[0]) == ids(walk(Answers(seed=7), QUIT).pages[0])
