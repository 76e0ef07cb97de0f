"""Slips of the finger: a word that is none, one edit away from a word of the lexicon."""

from __future__ import annotations

from collections.abc import Sequence

from cryrec.matching import one_slip
from cryrec.wording.lexicon import SHORTEST_SLIP, Lexicon
from cryrec.wording.tokens import Token


def mended(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """Return the same tokens, each slip put right."""
    mends: dict[str, str] = {}
    for token in tokens:
        word = token.text
        if word not in mends:
            mends[word] = _mend(word, lexicon)
    return [token._replace(text=mends[token.text]) for token in tokens]


def _mend(word: str, lexicon: Lexicon) -> str:
    if len(word) < SHORTEST_SLIP or not word.isalpha():
        return word
    if word in lexicon.known or word in lexicon.real:
        return word
    usual = one_slip(word, lexicon.usual)
    return usual or one_slip(word, lexicon.mendable) or word
