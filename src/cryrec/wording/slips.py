"""Slips of the finger: a word that is none, one edit away from a word of the lexicon."""

from __future__ import annotations

from collections.abc import Sequence

from cryrec.matching import one_slip
from cryrec.wording.lexicon import SHORTEST_SLIP, Lexicon
from cryrec.wording.names import World
from cryrec.wording.tokens import Token


def mended(tokens: Sequence[Token], lexicon: Lexicon, world: World) -> list[Token]:
    """Return the same tokens, each slip put right."""
    mends: dict[str, str] = {}
    for token in tokens:
        word = token.text
        if word not in mends:
            mends[word] = _mend(word, lexicon, world)
    return [token._replace(text=mends[token.text]) for token in tokens]


def _mend(word: str, lexicon: Lexicon, world: World) -> str:
    if len(word) < SHORTEST_SLIP or not word.isalpha():
        return word
    if word in lexicon.known or word in lexicon.real or world.is_told(word):
        return word
    return one_slip(word, lexicon.mendable) or word
