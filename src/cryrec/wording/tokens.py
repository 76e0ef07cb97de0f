"""A sentence taken apart: small words without marks, and the stops between them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from cryrec.matching import normalise

_TOKEN: Final = re.compile(
    r"(?P<number>\d{1,9}(?:[.,:]\d{1,2}(?!\d))?(?:\s?/\s?\d)?)"
    r"|(?P<without>\bw/o(?:ut)?\b)"
    r"|(?P<word>[^\W\d_]+(?:['`\u00b4\u2018\u2019\u02bc\u2032][^\W\d_]+)*)"
    r"|(?P<stop>[.!?\n]+)"
    r"|(?P<comma>[,:;()\u2013\u2014\u2026]|(?<=\s)-+(?=\s))"
    r"|(?P<no>(?<!\S)-(?=[^\W\d_])|[\u274c\u26d4\u2717\u2718\U0001f6ab\U0001f44e])"
    r"|(?P<sign>[&/+])",
    re.IGNORECASE,
)
_SIGNS: Final = {"&": "and", "/": "or", "+": "+"}
_NOT: Final = re.compile(
    r"(do|does|did|is|are|was|were|wo|would|could|should|has|have|had|ai|must|need"
    r"|might|sha|ought)nt"
)
_CAN_NOT: Final = frozenset({"cant", "cannot"})
_IS: Final = {
    "hes": ["he", "is"],
    "shes": ["she", "is"],
    "whos": ["who", "is"],
    "nobodys": ["nobody", "s"],
    "noones": ["noone", "s"],
    "im": ["i", "am"],
}
_WHOLE_VERBS: Final = {"wo": "will", "sha": "shall", "ai": "is"}
_LONGEST_WORD: Final = 40

STOP: Final = "."
QUESTION: Final = "?"
COMMA: Final = ","


class Token(NamedTuple):
    """One word in the form in which it is compared, and where it stands in what was typed."""

    text: str
    start: int
    end: int


def tokens_of(sentence: str) -> list[Token]:
    """Return the words of a sentence; "don't" is two, and marks between words stay as stops."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(sentence):
        for word in _words_of(match):
            token = Token(word, match.start(), match.end())
            tokens.append(token)
    return tokens


def _words_of(match: re.Match[str]) -> list[str]:
    """The words that a token stands for, in the form in which they are compared."""
    typed = match.group()
    match match.lastgroup:
        case "stop":
            return [QUESTION if "?" in typed else STOP]
        case "comma":
            return [COMMA]
        case "without":
            return ["without"]
        case "no":
            return ["no"]
        case "sign":
            return [_SIGNS[typed]]
        case "number":
            digits = "".join(typed.split())
            return [digits.replace(",", ".")]
        case _:
            plain = normalise(typed[:_LONGEST_WORD])
            return _contracted("".join(plain.split()))


def _contracted(word: str) -> list[str]:
    if word in _CAN_NOT:
        return ["can", "not"]
    if word in _IS:
        return _IS[word]
    verb = _NOT.fullmatch(word)
    if verb:
        return [_WHOLE_VERBS.get(verb[1], verb[1]), "not"]
    return [word] if word else []
