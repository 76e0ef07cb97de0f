"""What stands under the cards: each key with its name, and what it does or why it does not."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from cryrec.conversation import prompts
from cryrec.conversation.keys import DIRECTIONS, Key, Turns
from cryrec.conversation.prompts import ENTER, ESCAPE, Row
from cryrec.models import Title
from cryrec.terminal import width

MOST_STARS: Final = 5


class Spread(NamedTuple):
    """The cards that lie there, and what can be done with them.

    `turns` are those from the card in a place; `later` the ids on the watchlist; `opened` the
    place of the card that is open, if one is. `wanted` is how many cards are asked for.
    """

    titles: tuple[Title, ...]
    turns: Callable[[int], Turns]
    later: frozenset[str]
    opened: int | None
    wanted: int
    is_first: bool
    keeps: bool
    can_undo: bool
    shows_pages: bool


def rows_of(spread: Spread, chosen: int) -> tuple[Row, ...]:
    """The rows of keys while that card is chosen: for it, to other cards, and the rest."""
    rest = Row("", _other_keys(spread))
    if not spread.titles:
        return (rest,)
    card = Row(f"card {chosen + 1}", _card_keys(spread, chosen))
    return (card, Row("cards", _turn_keys(spread, chosen)), rest)


# --- what can be done with the chosen card


def _card_keys(spread: Spread, chosen: int) -> tuple[prompts.Key, ...]:
    title = spread.titles[chosen]
    keys = [
        _open_key(spread, chosen),
        _later_key(spread, title),
        _seen_key(spread),
        _turn_key(Key.ALIKE, "more like it", spread, chosen),
    ]
    if spread.shows_pages:
        keys.append(_page_key(title))
    return tuple(keys)


def _open_key(spread: Spread, chosen: int) -> prompts.Key:
    if spread.opened == chosen:
        return prompts.Key(Key.OPEN, "the cards", "go back to the cards")
    return prompts.Key(Key.OPEN, "open", "open its full card")


def _later_key(spread: Spread, title: Title) -> prompts.Key:
    if not spread.keeps:
        return prompts.Key(Key.LATER, "watchlist", NO_LIBRARY, open=False)
    if title.id in spread.later:
        does = f"{title.title} is on the watchlist already"
        return prompts.Key(Key.LATER, "watchlist", does, open=False)
    return prompts.Key(Key.LATER, "watchlist", "put it on the watchlist")


def _seen_key(spread: Spread) -> prompts.Key:
    does = "say that you have seen it, and how it was"
    return prompts.Key(
        Key.SEEN, "seen it", does if spread.keeps else NO_LIBRARY, spread.keeps
    )


NO_LIBRARY: Final = "there is no library to write to"


def _page_key(title: Title) -> prompts.Key:
    if title.page is None:
        return prompts.Key(
            Key.PAGE, PAGE, f"{title.title} has no page there", False
        )
    return prompts.Key(
        Key.PAGE, PAGE, "show its page at AniList in the browser"
    )


PAGE: Final = "AniList page"


# --- where one can go from it


def _turn_keys(spread: Spread, chosen: int) -> tuple[prompts.Key, ...]:
    turns = spread.turns(chosen)
    keys = [
        _turn_key(key, f"{direction} {turns[key].number}", spread, chosen)
        for key, direction in DIRECTIONS.items()
    ]
    others = min(spread.wanted, turns[Key.OTHERS].number)
    label = "1 other" if others == 1 else f"{others} others"
    return (*keys, _turn_key(Key.OTHERS, label, spread, chosen))


def _turn_key(
    key: Key, label: str, spread: Spread, chosen: int
) -> prompts.Key:
    turn = spread.turns(chosen)[key]
    return prompts.Key(key, label, turn.does, turn.number > 0)


# --- the rest


def _other_keys(spread: Spread) -> tuple[prompts.Key, ...]:
    undo = (
        "take back what was noted last" if spread.can_undo else NOTHING_TO_UNDO
    )
    keys = [
        prompts.Key(Key.CHANGE, "change an answer", "change an answer"),
        prompts.Key(Key.UNDO, "undo", undo, spread.can_undo),
        prompts.Key(Key.HELP, "help", "explain the keys"),
        prompts.Key(Key.QUIT, "quit", "leave; so does Ctrl-C"),
    ]
    if spread.opened is not None:
        keys.insert(
            0, prompts.Key(Key.EARLIER, "back", "go back to the cards")
        )
    elif not spread.is_first:
        does = "go back to the cards before these"
        keys.insert(0, prompts.Key(Key.EARLIER, "back", does))
    return tuple(keys)


NOTHING_TO_UNDO: Final = "nothing has been noted yet that could be taken back"


# --- how it was

NO_RATING: Final = prompts.Key(ENTER, "no rating", "say nothing of how it was")
NOT_SEEN: Final = prompts.Key(
    ESCAPE, "not after all", "leave everything as it is"
)

RATINGS: Final = tuple(
    prompts.Key(str(stars), "", f"{stars} of {MOST_STARS}")
    for stars in range(1, MOST_STARS + 1)
)

RATING_ROW: Final = Row("rating", (*RATINGS, NO_RATING, NOT_SEEN))

HELP_ROW: Final = Row(
    "", (prompts.Key(ENTER, "back to the cards", "go back"),)
)


# --- in words

SIGNS: Final = 8
"""Cells of the column of keys where they are explained."""


def explained(rows: Sequence[Row], cards: int) -> str:
    """Every key and what it does, in the groups in which they stand in the row."""
    groups = (
        [f" 1 to {cards}, or the arrows, choose a card"] if cards > 1 else []
    )
    for row in rows:
        lines = map(_explained, row.keys)
        groups.append("\n".join(lines))
    return "\n\n".join(groups)


def _explained(key: prompts.Key) -> str:
    """A key and what it does, in a line or two."""
    name = key.key.capitalize() if len(key.key) > 1 else key.key
    sign = name if key.open else f"({name})"
    return textwrap.fill(
        f"{sign:<{SIGNS}}{key.does}",
        width() - 1,
        initial_indent=" ",
        subsequent_indent=" " * (SIGNS + 1),
    )
