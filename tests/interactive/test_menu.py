"""The keys under the cards without a terminal: a script presses them."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from typing import Final

import pytest
from msgspec import structs
from script import (
    POOL,
    SEEDS,
    SKIP,
    TITLES,
    Kept,
    Memory,
    Script,
    ids,
    promised,
    walk,
)

from cryrec.conversation.host import Host
from cryrec.conversation.keys import DIRECTIONS, Key, Page
from cryrec.conversation.menu import Guest, Left, browse
from cryrec.errors import NothingToShow
from cryrec.library.entries import Status
from cryrec.models import Band, Mood, NoteId, Title
from cryrec.recommend.answers import Answers, TimeLimit
from cryrec.recommend.person import Person
from cryrec.views import Detail

LEADS: Final[dict[Key, Callable[[Title, Title], bool]]] = {
    Key.GENTLER: lambda here, there: there.tissues < here.tissues,
    Key.HARDER: lambda here, there: there.tissues > here.tissues,
    Key.SHORTER: lambda here, there: there.minutes_total < here.minutes_total,
    Key.LONGER: lambda here, there: there.minutes_total > here.minutes_total,
}
"""What the four directions mean, said once more and without the program's own words."""


TURNING: Final = (*DIRECTIONS, Key.ALIKE, Key.OTHERS)
"""The keys that turn to another page."""


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("place", range(3))
def test_directions_are_counted_from_the_chosen_card(
    seed: int, place: int
) -> None:
    """With card n chosen, the directions count and lead to titles beyond that very card."""
    first = walk(Answers(seed=seed), f"{place + 1}q")
    here, laid = first.pages[0].suggestions[place].title, first.tables[-1]
    for key, leads in LEADS.items():
        beyond = {title.id for title in TITLES if leads(here, title)}
        assert laid.key(key).label == f"{DIRECTIONS[key]} {len(beyond)}"
        assert promised(laid.key(key)) == len(beyond)
        assert (key in laid.open) == bool(beyond)
        if beyond:
            shown = walk(Answers(seed=seed), f"{place + 1}{key}").pages[1]
            assert {each.title.id for each in shown.fitting} == beyond
            assert set(ids(shown)) <= beyond


NARROW: Final = [
    Answers(seed=4),
    Answers(
        mood=(Mood.GOODBYE,),
        time=TimeLimit.of_band(Band.TONIGHT),
        tissues=1,
        seed=4,
    ),
    Answers(
        mood=(Mood.MISSED,),
        avoid=(NoteId.TERMINAL_ILLNESS,),
        max_age=13,
        seed=4,
    ),
    Answers(time=TimeLimit.of_minutes(90), tissues=5, count=2, seed=4),
    Answers(mood=(Mood.FAMILY,), tissues=3, strict=True, seed=4),
]
"""Answers that leave much, little, and nothing without loosening."""


@pytest.mark.parametrize("answers", NARROW)
@pytest.mark.parametrize(
    "before", [(), (Key.ALIKE,)], ids=["first page", "second page"]
)
def test_every_count_is_true(
    answers: Answers, before: tuple[str, ...]
) -> None:
    """Whatever is open leads to as many titles as it promised; what leads nowhere is closed."""
    start = walk(answers, *before)
    shown = {name for page in start.pages for name in ids(page)}
    laid = start.tables[-1]
    for key in TURNING:
        assert (key in laid.open) == (promised(laid.key(key)) > 0)
        if key not in laid.open:
            continue
        page = walk(answers, *before, key).pages[-1]
        there = {each.title.id for each in page.fitting}
        fresh = there - shown if key is Key.OTHERS else there
        assert promised(laid.key(key)) == len(fresh)
        assert len(page.suggestions) == min(answers.count, len(there))
        if key in DIRECTIONS:
            assert laid.key(key).label.endswith(f" {len(there)}")


def test_what_gives_way_is_said_beforehand() -> None:
    """A key that leads only to titles that do not fit everything explains what is let go for it."""
    answers = Answers(
        mood=(Mood.GOODBYE,), time=TimeLimit.of_band(Band.TONIGHT), tissues=1
    )
    said = [
        key.does
        for laid in walk(answers).tables
        for key in laid.keys
        if key.open
    ]
    letting_go = [does for does in said if "letting go of" in does]
    assert letting_go


def test_the_latest_direction_replaces_its_opposite() -> None:
    """Harder and then gentler is gentler: nothing of the first stays."""
    gone = walk(Answers(seed=1), Key.HARDER, Key.GENTLER)
    here = gone.pages[1].suggestions[0].title
    beyond = {title.id for title in TITLES if title.tissues < here.tissues}
    assert {each.title.id for each in gone.pages[2].fitting} == beyond


PAIRS: Final = [
    (first, second)
    for first, one in DIRECTIONS.items()
    for second, other in DIRECTIONS.items()
    if other not in (one, one.opposite)
]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_directions_add_up(first: Key, second: Key) -> None:
    """A second direction holds the first: its cards lie beyond both cards they were asked from."""
    pages = 0
    for seed in range(1, 13):
        start = walk(Answers(seed=seed))
        if first not in start.tables[0].open:
            continue
        middle = walk(Answers(seed=seed), first)
        if second not in middle.tables[1].open:
            continue
        one, two, three = walk(Answers(seed=seed), first, second).pages
        for each in three.suggestions:
            assert LEADS[first](one.suggestions[0].title, each.title)
            assert LEADS[second](two.suggestions[0].title, each.title)
        pages += 1
    assert pages > 3


def test_the_end_of_one_direction_is_not_the_end_of_all() -> None:
    """On a page of the hardest there are, one can still ask for something shorter as hard."""
    gone = walk(Answers(seed=1), Key.HARDER)
    while Key.HARDER in gone.tables[-1].open:
        gone = walk(Answers(seed=1), *[Key.HARDER] * len(gone.pages))
    here = gone.pages[-1].suggestions[0].title
    as_hard = [
        t for t in TITLES if t.tissues >= here.tissues and t.id != here.id
    ]
    for name in (Key.SHORTER, Key.LONGER):
        there = [title for title in as_hard if LEADS[name](here, title)]
        assert (name in gone.tables[-1].open) == bool(there)
        if there:
            assert promised(gone.tables[-1].key(name)) == len(there)


def test_more_like_leaves_directions_behind() -> None:
    """More like this is about the card alone: everything else but that card fits again."""
    gone = walk(Answers(seed=1), Key.HARDER, Key.ALIKE)
    here = gone.pages[1].suggestions[0].title
    there = {each.title.id for each in gone.pages[2].fitting}
    assert there == {title.id for title in TITLES} - {here.id}


@pytest.mark.parametrize("seed", range(12))
def test_what_protects_stays_through_every_step(seed: int) -> None:
    """Whatever is chosen at twelve menus in a row, no card breaks the avoid list or the age."""
    answers = Answers(
        avoid=(NoteId.CHILD_DEATH, NoteId.SUICIDE), max_age=13, seed=seed
    )
    choose, replies = random.Random(seed), []
    for _ in range(12):
        gone = walk(answers, *replies)
        steps = [name for name in gone.tables[-1].open if name in TURNING]
        replies.append(choose.choice(steps))
    for page in walk(answers, *replies).pages:
        for each in page.suggestions:
            assert each.title.age <= 13
            assert not {note.id for note in each.title.notes} & set(
                answers.avoid
            )


def test_none_of_these_goes_once_through_everything() -> None:
    """Every title that fits is shown once before the entry closes, and none is lost on the way."""
    gone = walk(Answers(seed=6))
    while Key.OTHERS in gone.tables[-1].open:
        gone = walk(Answers(seed=6), *[Key.OTHERS] * len(gone.pages))
    *earlier, last = [ids(page) for page in gone.pages]
    shown = [name for page in earlier for name in page]
    assert len(set(shown)) == len(shown)
    assert {*shown, *last} == {title.id for title in TITLES}
    assert {len(page.fitting) for page in gone.pages} == {len(TITLES)}


@pytest.mark.parametrize("seed", SEEDS)
def test_shown_titles_sink(seed: int) -> None:
    """On every later page a title seen before stands behind all new ones, yet is still there."""
    gone = walk(
        Answers(seed=seed), Key.LONGER, Key.ALIKE, Key.OTHERS, Key.ALIKE
    )
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
    gone = walk(
        Answers(seed=2),
        Key.LONGER,
        Key.OTHERS,
        Key.EARLIER,
        Key.EARLIER,
        Key.CHANGE,
    )
    first, second, _, *returned = [ids(page) for page in gone.pages]
    assert returned == [second, first]
    assert gone.left.changes


def test_a_full_card_turns_no_page(capsys: pytest.CaptureFixture[str]) -> None:
    """Enter opens the chosen card, Enter again goes back to the same three."""
    gone = walk(Answers(seed=2), "1", SKIP, "2", "3", SKIP, Key.QUIT)
    page = gone.pages[0]
    assert {tuple(ids(each)) for each in gone.pages} == {tuple(ids(page))}
    out = capsys.readouterr().out
    for suggestion in page.suggestions:
        assert out.count(f"\n{suggestion.title.title}") <= 1
        assert suggestion.title.title in out
    assert gone.left == Left(Page(Answers(seed=2)), changes=False)


@pytest.mark.parametrize(
    "keys", [(Key.QUIT,), (), (SKIP, Key.QUIT)], ids=["q", "left", "opened"]
)
def test_ways_to_quit(keys: tuple[str, ...]) -> None:
    """q and leaving end the conversation with the page that was on the screen."""
    assert walk(Answers(seed=2), *keys).left == Left(
        Page(Answers(seed=2)), changes=False
    )


@pytest.mark.parametrize("key", [Key.OPEN, Key.ALIKE, Key.HELP, *DIRECTIONS])
def test_no_other_key_quits(key: Key) -> None:
    """After any other key one can still press one; Enter least of all ends the evening."""
    gone = walk(
        Answers(seed=1), key, *([SKIP] if key is Key.HELP else []), Key.QUIT
    )
    assert Key.QUIT in gone.tables[-1].open
    assert len(gone.tables) >= 2


def test_an_empty_page_still_leads_back() -> None:
    """Where everything is avoided there is change, help and quit; quitting then exits with 3."""
    everything = Answers(avoid=tuple(sorted(NoteId)))
    left = walk(everything, Key.CHANGE)
    assert left.tables[0].open == [Key.CHANGE, Key.HELP, Key.QUIT]
    assert left.left.changes
    with pytest.raises(NothingToShow) as error:
        walk(everything, Key.QUIT)
    assert error.value.exit_code == 3


def test_every_key_is_in_the_row_and_explained(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The row holds every key there is, once, and help has a sentence for each."""
    row = [key.key for key in walk(Answers(seed=1)).tables[0].keys]
    assert sorted(row) == sorted(set(Key) - {Key.PAGE, Key.EARLIER})
    gone = walk(Answers(seed=1), Key.HELP, SKIP, shelf=Memory())
    explained = " ".join(capsys.readouterr().err.split())
    for key in gone.tables[0].keys:
        assert key.does in explained


# --- what is kept -------------------------------------------------------------------------------


def test_a_seen_title_gives_its_place_away_until_it_is_taken_back() -> None:
    """s and a rating: the card is gone from this page and those before; u brings it back."""
    memory = Memory()
    gone = walk(
        Answers(seed=2),
        Key.OTHERS,
        "2s",
        "4",
        Key.EARLIER,
        Key.UNDO,
        shelf=memory,
    )
    title = gone.pages[1].suggestions[1].title
    assert gone.tables[2].table.said == (f"How was {title.title}?",)
    assert title.id not in ids(gone.pages[2])
    assert len(ids(gone.pages[2])) == 3
    assert all(
        title.id not in {each.title.id for each in p.fitting}
        for p in gone.pages[2:4]
    )
    assert title.id in {each.title.id for each in gone.pages[4].fitting}
    assert memory.entries == {}


@pytest.mark.parametrize(("key", "rating"), [("1", 1), ("5", 5), (SKIP, None)])
def test_a_rating_is_optional(key: str, rating: int | None) -> None:
    """A digit rates, Enter alone does not."""
    memory = Memory()
    gone = walk(Answers(seed=2), Key.SEEN, key, shelf=memory)
    title = gone.pages[0].suggestions[0].title
    assert memory.entries[title.id].status is Status.SEEN
    assert memory.entries[title.id].rating == rating


def test_seen_can_be_reconsidered() -> None:
    """b at the rating leaves the card and the library as they were."""
    memory = Memory()
    gone = walk(Answers(seed=2), Key.SEEN, Key.EARLIER, shelf=memory)
    assert memory.entries == {}
    assert len(gone.pages) == 1


def test_the_watchlist_takes_the_chosen_card() -> None:
    """2w puts the second card there; the cards stay, and the key leads nowhere for it then."""
    memory = Memory()
    gone = walk(Answers(seed=2), "2w", shelf=memory)
    title = gone.pages[0].suggestions[1].title
    assert list(memory.entries) == [title.id]
    assert title.title in str(gone.tables[-1].table.said)
    assert Key.LATER not in gone.tables[-1].open
    assert {tuple(ids(page)) for page in gone.pages} == {
        tuple(ids(gone.pages[0]))
    }
    assert gone.left.page.answers.person.later == {title.id}


def test_a_library_that_cannot_be_written_ends_no_evening() -> None:
    """It is said; and what has been seen is passed over all the same."""
    gone = walk(
        Answers(seed=2), Key.LATER, Key.SEEN, SKIP, shelf=Memory(works=False)
    )
    assert [laid.table.said for laid in gone.tables][1::2] == [
        ("the library cannot be written",)
    ] * 2
    assert gone.pages[0].suggestions[0].title.id not in ids(gone.pages[-1])


def test_nothing_is_undone_that_was_not_done_here() -> None:
    """u is closed until something was noted in this conversation, and after it was taken back."""
    gone = walk(Answers(seed=2), Key.LATER, Key.UNDO, shelf=Memory())
    assert [Key.UNDO in laid.open for laid in gone.tables] == [
        False,
        True,
        False,
    ]


def test_only_the_first_page_of_a_conversation_is_remembered_as_offered() -> (
    None
):
    """What a line of flags gives is the same tomorrow, so it leaves no trace."""
    asked, typed = Memory(), Memory()
    gone = walk(Answers(seed=2), Key.OTHERS, shelf=asked)
    walk(Answers(seed=2), Key.OTHERS, shelf=typed, asked=False)
    assert asked.offers == [ids(gone.pages[0])]
    assert typed.offers == []


def test_without_a_library_nothing_can_be_kept() -> None:
    """The keys that write are there, and closed."""
    laid = walk(Answers(seed=2)).tables[0]
    assert not {Key.LATER, Key.SEEN, Key.UNDO} & set(laid.open)


def test_everything_seen_is_said_once_and_shown_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With all of them seen there are three to see again, and one sentence says so."""
    everybody = Person(seen=frozenset(title.id for title in TITLES))
    gone = walk(Answers(seed=2, person=everybody))
    assert len(ids(gone.pages[0])) == 3
    assert capsys.readouterr().err == (
        "cryrec: you have seen everything that fits; these are worth a second time\n"
    )


def test_the_last_unseen_title_is_said_to_be_the_last(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With one title left it comes alone, as the last that has not been seen."""
    last, *others = TITLES
    nearly = Person(seen=frozenset(title.id for title in others))
    gone = walk(Answers(seed=2, person=nearly))
    assert ids(gone.pages[0]) == [last.id]
    assert "the last of them that you have not seen" in capsys.readouterr().err


def test_its_page_is_shown_by_whoever_can() -> None:
    """o hands the chosen title over and shows the reply; without anybody to show it, no o."""
    asked_for: list[str] = []

    def open_page(title: Title) -> str:
        asked_for.append(title.id)
        return "opened"

    script, view = Script("2o"), Kept()
    host = Host(script, POOL, open_page=open_page)
    browse(Guest(host, lambda: view, Detail()), Page(Answers(seed=2)))
    assert asked_for == [ids(view.pages[0])[1]]
    assert script.laid[-1].table.said == ("opened",)


@pytest.mark.parametrize("answers", NARROW)
def test_one_line_gives_the_first_page(answers: Answers) -> None:
    """The flags that say the same as the answers give the conversation's first page."""
    page = walk(answers, Key.QUIT).pages[0]
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
    assert [
        each["id"] for each in json.loads(done.stdout)["suggestions"]
    ] == ids(page)


def test_a_fresh_seed_is_a_fresh_draw() -> None:
    """Four Enters surprise: other seeds give other first cards, the same seed the same."""
    firsts = {ids(walk(Answers(seed=seed)).pages[0])[0] for seed in range(30)}
    assert len(firsts) > 5
    again = structs.replace(Answers(), seed=7)
    assert ids(walk(again).pages[0]) == ids(walk(Answers(seed=7)).pages[0])
