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
    first_letters = {word[:1], word[1:2]}
    near = {text for text in _edits(word) if text in known and text[0] in first_letters}
    near = {text for text in near if text[0] == word[0] or text[1] == word[0]}
    return min(near, key=lambda text: (abs(len(text) - len(word)), text), default=None)


def _edits(word: str) -> set[str]:
    """Return everything one edit away; looked up, this is faster than comparing all words."""
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    lost = {head + tail[1:] for head, tail in splits if tail}
    swapped = {
        head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1
    }
    changed = {
        head + letter + tail[1:] for head, tail in splits if tail for letter in _LETTERS
    }
    added = {head + letter + tail for head, tail in splits for letter in _LETTERS}
    return lost | swapped | changed | added
