"""Forgiving names: which titles (or studios) a person meant, and which they did not.

A query climbs down a ladder and stops at the first rung that answers: a name, or a part of one, as
it is spelled; then, only if nothing was found, misspellings. All names found in the same way have
the same score, so two of them tie, and the caller can see that nothing should be guessed.

Refusing is the harder half. A misspelling is accepted only if everything typed finds its place in
one name, within an allowance of edits that grows with the length: one word in common is never
enough ("Angel Heart" is not Angel Beats!).
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

_Distance = Callable[[str, str], int]


class Name(NamedTuple):
    """One name of one thing (a title or a studio)."""

    key: str
    """Id of what it names."""
    text: str
    """The name as a person writes it."""


class Match(NamedTuple):
    """One thing that a query may mean."""

    key: str
    """Id of the thing."""
    score: int
    """0..100; equal for names found in the same way, so the first two being equal is a tie."""
    name: str
    """The text that matched."""


class Found(NamedTuple):
    """What a query found."""

    matches: tuple[Match, ...]
    """Accepted; best first, one per key."""
    near: tuple[Match, ...]
    """Not accepted, but close enough to ask "did you mean"; best first, at most 3, one per key."""


# The rungs: the name; but for its spaces; but for "movie" and the like; its first words; its first
# letters; some of its words. A misspelling loses the share of letters that are wrong, down to
# _LOWEST; a name with other words around it stands among them.
_EXACT, _SPACING, _STRIPPED, _PREFIX, _BEGUN, _PART = 100, 99, 97, 95, 92, 90
_MISSPELT, _AROUND, _LOWEST = 89, 80, 60

_MOST_NEAR = 3
# A query of three characters is never misspelt, nor a prefix that ends inside a Latin word.
_SHORTEST = 4
# Longer than any name (57 is the longest in the bundled catalogue): what comes after that
# cannot help, and a pasted page must be answered as fast as a word.
_LONGEST = 160
# From how many letters on one, two and three edits are forgiven: in a whole name, in a run of its
# words, in a few words together and in each. A part says less than a whole, so it must be longer.
_NAME_STEPS, _RUN_STEPS, _SUM_STEPS, _WORD_STEPS = (5, 9, 14), (10, 16, 22), (7, 12, 18), (5, 8, 14)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FUNCTION_WORDS = _words(
    "a an and at by for i in is it of on or the to de e ga ha he ka mo ni no o wa wo ya"
)
_FILLER = _words(
    "anime cartoon complete dub dubbed english episode episodes film films hd manga movie movies"
    " online ost ova season seasons serie series show special specials stream streaming sub subbed"
    " subs subtitled subtitles tv watch アニメ 映画 劇場版"
)
_NUMBERED = re.compile(
    r"\b(?:(?:season|part|cour|episode|ep) \d{1,3}"
    r"|(?:\d{1,3}(?:st|nd|rd|th)|first|second|third|final) (?:season|part|cour)"
    r"|s\d{1,2}|(?:19|20)\d\d)\b"
)
# Apostrophes and the accents of Latin letters. Not the voicing mark of kana, which is a combining
# one too: without it "ga" would be "ka".
_MARKS = re.compile("['`\u02bc\u2018\u2019\u0300-\u036f]")
_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
# What Hepburn, Kunrei and plain ears write differently, and English endings ("fireflys"), in order.
_SPELLINGS = (
    *(("ph", "f"), ("tch", "ch"), ("cch", "ch"), ("sh", "s"), ("sy", "s"), ("tsu", "tu")),
    *(("j", "z"), ("zy", "z"), ("z", "s"), ("fu", "hu"), ("ck", "k"), ("wh", "w")),
    *(("mb", "nb"), ("mp", "np"), ("ou", "o"), ("y", "i"), ("ie", "i")),
)


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Return the form in which names are compared.

    NFKC, case, accents and macrons folded; "&" is "and"; apostrophes vanish ("brain's" is
    "brains"); every other symbol or control character is a space; spaces are collapsed.
    """
    text = text.casefold()
    if not text.isascii():
        # Twice: folding case can bring back what NFKC takes away, and vice versa.
        for _ in range(2):
            decomposed = unicodedata.normalize("NFKD", text).casefold()
            text = unicodedata.normalize("NFKC", _MARKS.sub("", decomposed))
    text = _MARKS.sub("", text).replace("&", " and ")
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


class _Form(NamedTuple):
    """A name or a query, normalised and prepared for comparing."""

    plain: str
    words: tuple[str, ...]
    compact: str  # without spaces
    ends: tuple[int, ...]  # where each word ends in `compact`
    content: tuple[str, ...]  # the words that are not function words

    @property
    def sounds(self) -> tuple[str, ...]:
        """How the words of `content` sound; only a misspelling needs to know."""
        return tuple(map(_sound, self.content))


@lru_cache(maxsize=4096)
def _form(plain: str) -> _Form:
    words = tuple(plain.split())
    ends = tuple(accumulate(map(len, words)))
    content = tuple(word for word in words if word not in _FUNCTION_WORDS)
    return _Form(plain, words, "".join(words), ends, content)


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    """Return a rough key of how `word` sounds: equal keys are spellings of the same word."""
    if not word.isascii():
        # Katakana and hiragana write the same sounds, 0x60 code points apart.
        return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in word)
    for spelling, sound in _SPELLINGS:
        word = word.replace(spelling, sound)
    word = re.sub(r"([a-z])\1+", r"\1", word)
    return _NUMBERS.get(word, word)


def find(query: str, names: Sequence[Name]) -> Found:
    """Find what `query` names: the accepted matches or, if there are none, what is near.

    The result depends on nothing but the arguments; of equal scores the first in `names` leads.
    """
    asked = _form(normalise(query))
    if not asked.plain:
        return Found((), ())
    forms = [(name, _form(normalise(name.text))) for name in names]
    typed = _form(asked.plain[:_LONGEST].strip())
    meant = _without_filler(typed)
    matches = _best(forms, lambda form: _as_spelled(asked, typed, meant, form))
    if matches or not meant.content or len(meant.compact) < _SHORTEST:
        return Found(matches, ())
    return _misspelt(typed, meant, forms)


def _best(forms: list[tuple[Name, _Form]], score: Callable[[_Form], int]) -> tuple[Match, ...]:
    """Return the best match of every key that scores above 0, best first."""
    best: dict[str, Match] = {}
    for name, form in forms:
        found = score(form)
        held = best.setdefault(name.key, Match(name.key, found, name.text))
        if found > held.score:
            best[name.key] = Match(name.key, found, name.text)
    accepted = [match for match in best.values() if match.score]
    return tuple(sorted(accepted, key=lambda match: -match.score))


@lru_cache(maxsize=64)
def _without_filler(form: _Form) -> _Form:
    """Return `form` without what people add to a name: "watch", "movie", "season 2", "2016"."""
    return _form(" ".join(w for w in _NUMBERED.sub(" ", form.plain).split() if w not in _FILLER))


def _as_spelled(asked: _Form, typed: _Form, meant: _Form, name: _Form) -> int:
    """Score a name that is spelled as asked, wholly or in part; 0 if it is not."""
    if asked.plain == name.plain:
        return _EXACT
    if asked.compact == name.compact:
        return _SPACING
    if not meant.content:
        # "2009" alone is a word of "Fullmetal Alchemist 2009"; "the movie" alone means nothing.
        return _PART if typed.compact.isdecimal() and typed.compact in name.words else 0
    if meant.compact == name.compact:
        return _STRIPPED
    return max(_part(typed, name), _part(meant, name))


def _part(query: _Form, name: _Form) -> int:
    """Score a query that is a part of a name as spelled; 0 if it is none."""
    japanese = _has(query.compact, "\u3040", "\u9fff")
    if name.compact.startswith(query.compact):
        if len(query.compact) in name.ends:
            return _PREFIX
        if japanese or len(query.compact) >= _SHORTEST:
            return _BEGUN
    if all(query.content.count(word) <= name.content.count(word) for word in query.content):
        return _PART
    # Japanese writes no spaces: a kanji, or any three characters, inside a name are a word of it.
    inside = japanese and (len(query.compact) >= 3 or _has(query.compact, "\u3400", "\u9fff"))
    return _PART if (inside and query.compact in name.compact) or _holds(name, query) else 0


def _has(text: str, first: str, last: str) -> bool:
    return any(first <= c <= last for c in text)


def _holds(outer: _Form, inner: _Form) -> bool:
    """Tell whether `inner` is a run of whole words of `outer`, wherever the spaces are."""
    return any(
        outer.compact.startswith(inner.compact, start) and start + len(inner.compact) in outer.ends
        for start in (0, *outer.ends)
    )


def _misspelt(typed: _Form, meant: _Form, forms: list[tuple[Name, _Form]]) -> Found:
    """Find names that a query may misspell, as typed or as meant without filler."""
    # Imported here because it costs 10 ms of start-up, which a well-spelled name must not pay.
    from rapidfuzz.distance import OSA

    distance = OSA.distance
    matches = (
        _best(forms, lambda form: max(_fuzzy(query, form, distance) for query in {typed, meant}))
        or _best(forms, lambda form: _AROUND if _is_around(meant, form) else 0)
        or _side_by_side(meant, forms)
    )
    near = () if matches else _best(forms, lambda form: _likeness(meant, form, distance))
    return Found(matches, near[:_MOST_NEAR])


def _is_around(query: _Form, name: _Form) -> bool:
    """Tell whether the query is the whole name and more, and the name too long for an accident.

    Two words, nine letters and three fifths of what was typed let "steins gate 0" in and keep "air
    gear" out.
    """
    size = len(name.compact)
    long_enough = len(name.content) >= 2 and size >= 9 and 5 * size >= 3 * len(query.compact)
    return long_enough and _holds(query, name)


def _side_by_side(query: _Form, forms: list[tuple[Name, _Form]]) -> tuple[Match, ...]:
    """Find what has one whole name in the query and every other word of it in its other names.

    Lists write two names of one title together: "Kimi no Na wa (Your Name)".
    """
    words: dict[str, set[str]] = {}
    for name, form in forms:
        words.setdefault(name.key, set()).update(form.content)
    known = [pair for pair in forms if words[pair[0].key].issuperset(query.content)]
    return _best(known, lambda form: _AROUND if form.content and _holds(query, form) else 0)


def _fuzzy(query: _Form, name: _Form, distance: _Distance) -> int:
    """Score a name by the share of letters that are right; 0 if too many are wrong."""
    heard, sound = _form(" ".join(query.sounds)), _form(" ".join(name.sounds))
    edits = (
        _name_edits(query, name, distance),
        _name_edits(heard, sound, distance),
        _word_edits(_without_filler(query), name, distance),
        _run_edits(query, name, distance),
    )
    # Of equally good guesses the whole name is the better, as written before by ear: "bokuachi" is
    # Bokumachi, which is all of a name, and not Bokutachi, which is a word of one.
    handicaps = (0, 1, 2, 2)
    return max(
        (
            max(_LOWEST, _share(found, len(query.compact)) - handicap)
            for found, handicap in zip(edits, handicaps, strict=True)
            if found is not None
        ),
        default=0,
    )


def _share(edits: int, letters: int) -> int:
    """Return the score of a text of which so many letters are wrong."""
    return _MISSPELT - _MISSPELT * edits // letters


def _likeness(query: _Form, name: _Form, distance: _Distance) -> int:
    """Score a name that was not accepted, as `_fuzzy` would; 0 if less than the lowest is right."""
    letters = max(len(query.compact), len(name.compact))
    edits = distance(query.compact, name.compact)
    score = _share(edits, letters)
    return score if score >= _LOWEST else 0


def _name_edits(query: _Form, name: _Form, distance: _Distance) -> int | None:
    """Return the edits from `query` to the whole `name`, None if they are too many."""
    edits = _edits(query, name, _NAME_STEPS, distance)
    # A short word with another ending is more often another word ("Eraser") than a slip.
    short = len(query.compact) == len(name.compact) <= 6
    stem = short and query.compact[:-1] == name.compact[:-1]
    return None if edits and stem and query.compact[-1] in "dnrsy" else edits


def _run_edits(query: _Form, name: _Form, distance: _Distance) -> int | None:
    """Return the edits from `query` to the nearest run of words of `name`, None if too many."""
    found = []
    for first, start in enumerate((0, *name.ends[:-1])):
        for last, end in enumerate(name.ends[first:], first + 1):
            if abs(end - start - len(query.compact)) <= _allowed(end - start, _RUN_STEPS):
                run = _form(" ".join(name.words[first:last]))
                found.append(_edits(query, run, _RUN_STEPS, distance))
    return min((edits for edits in found if edits is not None), default=None)


def _edits(query: _Form, name: _Form, steps: tuple[int, ...], distance: _Distance) -> int | None:
    """Return the edits from `query` to `name`, None if more than the steps allow.

    None, too, if a word of a short name is so changed that it must be another: "Kimi no Iro" is two
    letters away from "Kimi no Uso", but only one letter of its last word is left.
    """
    allowed = _allowed(_weight(name.compact), steps)
    if abs(len(query.compact) - len(name.compact)) > allowed:
        return None
    edits = distance(query.compact, name.compact)
    if edits > allowed:
        return None
    # Where three edits are forgiven, the rest of the name vouches for one odd word.
    if edits > 1 and len(query.words) == len(name.words) and len(name.compact) < steps[-1]:
        for word, other in zip(query.words, name.words, strict=True):
            if len(word) > 2 and 2 * distance(word, other) > max(len(word), len(other)):
                return None
    return edits


def _word_edits(query: _Form, name: _Form, distance: _Distance) -> int | None:
    """Return the edits from the words of `query` to different words of `name`, in any order.

    None if a word that carries meaning has no place in the name, or the edits are too many.
    """
    free = list(zip(name.content, name.sounds, strict=True))
    words = sorted(zip(query.content, query.sounds, strict=True), key=lambda pair: -len(pair[0]))
    if not 0 < len(words) <= len(free):
        return None
    total = 0
    for word in words:
        edits, place = min(
            (_one_word(word, other, distance), place) for place, other in enumerate(free)
        )
        del free[place]
        total += edits
    letters = _weight("".join(query.content))
    return total if letters >= _SHORTEST and total <= _allowed(letters, _SUM_STEPS) else None


def _one_word(query: tuple[str, str], name: tuple[str, str], distance: _Distance) -> int:
    """Return the edits from a word to another, as written or by ear; 99 if they are too many."""
    edits = 99
    for asked, known in zip(query, name, strict=True):
        found = distance(asked, known)
        if found <= _allowed(min(_weight(asked), _weight(known)), _WORD_STEPS):
            edits = min(edits, found)
    return edits


@lru_cache(maxsize=1024)
def _allowed(letters: int, steps: tuple[int, ...]) -> int:
    """Return how many edits a text of this many letters may hold: one more from each step on.

    Beyond the last step, one more every 6 letters: about the rate of 3 in 14 at which it starts.
    """
    return sum(letters >= step for step in steps) + max(0, letters - steps[-1]) // 6


def _weight(text: str) -> int:
    """Return the letters in `text`; an ideograph, a syllable or more, counts as two."""
    return len(text) + sum("\u3400" <= c <= "\u9fff" for c in text)
