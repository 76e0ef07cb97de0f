"""A name or a query taken apart: its words, which of them mean something, how they sound."""

import re
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

SHORTEST_GUESS: Final = 4
"""A query of three characters is never misspelt, nor a prefix that ends inside a Latin word."""

SHORTEST_SOUND: Final = 3
"""What sounds shorter than this ("zzzz", "aaii") says nothing by its sound."""


def word_set(*lists: str) -> frozenset[str]:
    """Return the words of some lists, with spaces between."""
    return frozenset(word for words in lists for word in words.split())


FUNCTION_WORDS: Final = word_set(
    "a an and at by for i in is it of on or the then to with",
    "de e ga ha he ka mo ni no o wa wo ya",
    "das dem den der des die ein eine und von",
    "el la las los un una y",
    "au aux du et le les une",
    "dei del della di gli il lo",
    "da do dos em os um uma",
    "в и на о с",
)
"""Words that are in every second name and tell none from another."""

_COUNTED: Final = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
}
_ORDERED: Final = {"first": "1", "second": "2", "third": "3", "final": "2"}
_ROMAN: Final = {"ii": "2", "iii": "3", "iv": "4"}
NUMBER_WORDS: Final = _COUNTED | _ORDERED | _ROMAN
"""Numbers as people spell them; what is final is never the only one."""

# What Hepburn, Kunrei and plain ears write differently, and English endings ("fireflys"), in order.
_SPELLINGS: Final = (
    ("ph", "f"),
    ("tch", "ch"),
    ("cch", "ch"),
    ("sh", "s"),
    ("sy", "s"),
    ("tsu", "tu"),
    ("j", "z"),
    ("zy", "z"),
    ("z", "s"),
    ("fu", "hu"),
    ("ck", "k"),
    ("wh", "w"),
    ("mb", "nb"),
    ("mp", "np"),
    ("ou", "o"),
    ("y", "i"),
    ("ie", "i"),
)
_REPEATED: Final = re.compile(r"([a-z])\1+")


class Form(NamedTuple):
    """A normalised name or query, prepared for comparing.

    `compact` is written without spaces, `ends` is where each word ends in it, and `content` are
    the words that are not function words.
    """

    plain: str
    words: tuple[str, ...]
    compact: str
    ends: tuple[int, ...]
    content: tuple[str, ...]

    @property
    def sounds(self) -> tuple[str, ...]:
        """How the words of `content` sound; only a misspelling needs to know."""
        return tuple(map(sound, self.content))

    @property
    def heard(self) -> str:
        """How the whole sounds, without its function words."""
        return " ".join(self.sounds)


@lru_cache(maxsize=4096)
def form(plain: str) -> Form:
    """Return the parts of a normalised text."""
    words = tuple(plain.split())
    ends = tuple(accumulate(map(len, words)))
    content = tuple(word for word in words if word not in FUNCTION_WORDS)
    return Form(
        plain=plain,
        words=words,
        compact="".join(words),
        ends=ends,
        content=content,
    )


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """Return a rough key of how `word` sounds: equal keys are spellings of the same word."""
    if not word.isascii():
        return "".join(map(_hiragana, word))
    if word in _COUNTED:
        return _COUNTED[word]
    sounded = word
    for spelling, letters in _SPELLINGS:
        sounded = sounded.replace(spelling, letters)
    return without_repeats(sounded)


def without_repeats(text: str) -> str:
    """Return `text` with one of each Latin letter that stands several times in a row."""
    return _REPEATED.sub(r"\1", text)


def _hiragana(char: str) -> str:
    """Katakana and hiragana write the same sounds, 0x60 code points apart."""
    return chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char


def weight(text: str) -> int:
    """Return the letters in `text`; an ideograph or a Korean syllable counts as two."""
    double_letters = sum(
        is_ideograph(char) or is_hangul(char) for char in text
    )
    return len(text) + double_letters


def is_ideograph(char: str) -> bool:
    """Tell whether `char` is a Chinese character, a word or half of one by itself."""
    return "\u3400" <= char <= "\u9fff"


def is_kana(char: str) -> bool:
    """Tell whether `char` writes a Japanese syllable."""
    return "\u3040" <= char <= "\u30ff"


def is_hangul(char: str) -> bool:
    """Tell whether `char` is a Korean syllable."""
    return "\uac00" <= char <= "\ud7a3"


def is_dense_letter(char: str) -> bool:
    """Tell whether `char` is of a script that says in one what Latin says in several letters."""
    return is_ideograph(char) or is_kana(char) or is_hangul(char)


def shortest_part(text: str) -> int:
    """Return how many characters of the script of `text` say as much as a short word.

    One Chinese character, two syllables, three letters.
    """
    if any(map(is_ideograph, text)):
        return 1
    if any(map(is_dense_letter, text)):
        return 2
    return 3


def says_enough(text: str) -> bool:
    """Tell whether `text` is long enough to be sought inside names."""
    return len(text) >= shortest_part(text) and not is_one_letter(text)


def is_one_letter(text: str) -> bool:
    """Tell whether `text` is one letter, digit or syllable, however often: "g", "zzzz", "00"."""
    return len(set(text)) == 1 and not (len(text) == 1 and is_ideograph(text))


def holds(outer: Form, inner: Form) -> bool:
    """Tell whether `inner` is a run of whole words of `outer`, wherever the spaces are."""
    starts = (0, *outer.ends)
    return any(
        outer.compact.startswith(inner.compact, start)
        and start + len(inner.compact) in outer.ends
        for start in starts
    )
