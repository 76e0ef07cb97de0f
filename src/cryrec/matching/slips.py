"""A word that is one slip of the finger away from a word that is known."""

from collections.abc import Collection
from typing import Final

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def one_slip(word: str, known: Collection[str]) -> str | None:
    """Return the one of `known` that is one edit away from `word`; None if none is.

    An edit is a letter lost, added or changed, or two neighbours swapped; the first letter is
    seldom wrong, and so it stays, but for a swap. Of several words the one as long as what was
    typed comes first, then by the alphabet, so that the result is always the same.
    """
    near_words = [
        near_word
        for near_word in _edits(word)
        if near_word in known and _begins_alike(word, near_word)
    ]

    def distance(near_word: str) -> tuple[int, str]:
        return abs(len(near_word) - len(word)), near_word

    return min(near_words, key=distance, default=None)


def _begins_alike(word: str, near_word: str) -> bool:
    """Tell whether the first letter is the same, or has changed places with the second."""
    swapped_letters = word[1::-1]
    return near_word[:1] == word[:1] or near_word[:2] == swapped_letters


def _edits(word: str) -> set[str]:
    """Return everything one edit away; looked up, this is faster than comparing all words."""
    edits: set[str] = set()
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        edits.update(head + letter + tail for letter in _LETTERS)
        if tail:
            edits.add(head + tail[1:])
            edits.update(head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            edits.add(head + tail[1] + tail[0] + tail[2:])
    return edits
