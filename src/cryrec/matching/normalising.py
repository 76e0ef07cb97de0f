"""The one form in which names are compared, whatever the script, the keyboard and the typist."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

LONGEST: Final = 200
"""Characters of a name that are looked at.

Nobody tells two names apart after these, and putting combining marks in order takes time that
grows with the square of their number: without a limit 128 KB of them keep a search busy for half
a minute.
"""

# Accents of Latin, Greek and Cyrillic letters, vowel signs of Arabic and Hebrew, and what is
# written around any letter. Not the voicing mark of kana, without which "ga" would be "ka"; not
# the vowel signs of Thai or Hindi, without which nothing is left to read; and й is a letter of
# its own where ё is an е.
_ACCENTS: Final = re.compile(
    "(?<!и)\u0306"
    "|[\u0300-\u0305\u0307-\u036f\u0483-\u0489"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
_APOSTROPHES: Final = re.compile("['`\u02bc\u2018\u2019\u05f3\u05f4]")
_LONE_VOICING: Final = re.compile("[\u3099\u309a]")
# Letters that hold no accent which could be taken off, as people type them without their own
# keyboard; and the letters that Arabic and Persian write differently.
_LETTERS: Final = str.maketrans(
    {
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "\u0640": None,  # tatweel only stretches a word
    }
)
_NOT_A_WORD: Final = re.compile(r"[\W_]+")


def normalise(text: str) -> str:
    """Return the form in which names are compared.

    NFKC, case, accents and macrons folded; "&" is "and"; apostrophes vanish ("brain's" is
    "brains"); every other symbol or control character is a space; spaces are collapsed. No more
    than the first LONGEST characters count, here and in the result.
    """
    return _normalised(text[:LONGEST])


@lru_cache(maxsize=4096)
def _normalised(text: str) -> str:
    folded = text.casefold()
    if not folded.isascii():
        folded = _fold(folded)
    spelled_out = _APOSTROPHES.sub("", folded).replace("&", " and ")
    between_words = " " if spelled_out.isascii() else _only_marks
    plain = _NOT_A_WORD.sub(between_words, spelled_out)
    collapsed = " ".join(plain.split())
    return collapsed[:LONGEST].rstrip()


def _fold(text: str) -> str:
    """Return `text` without what makes no difference between two letters."""
    folded = text
    # Twice: folding case can bring back what NFKC takes away, and vice versa.
    for _ in range(2):
        decomposed = unicodedata.normalize("NFKD", folded).casefold()
        unaccented = _ACCENTS.sub("", decomposed)
        bare = _APOSTROPHES.sub("", unaccented)
        folded = unicodedata.normalize("NFKC", bare)
    lettered = folded.translate(_LETTERS)
    return _LONE_VOICING.sub("", lettered)


def _only_marks(match: re.Match[str]) -> str:
    """Return what is no letter with a space for each but the marks that belong to letters."""
    return "".join(char if _is_mark(char) else " " for char in match[0])


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")
