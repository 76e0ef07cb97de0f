"""Forgiving names: which titles (or studios) a person meant, and which they did not.

A query climbs down a ladder and stops at the first rung that answers: the exact name; a prefix or
whole words of a name; then, only if nothing matched yet, misspellings. Every rung has one score,
so two names found in the same way tie, and the caller can see that nothing should be guessed.

Rejecting is the harder half. A misspelling is accepted only if *every* word that carries meaning
finds its place in one name, within an allowance of edits that grows with the length typed: one
word in common ("Angel Heart" and "Angel Beats!") is never enough.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
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


EXACT, SPACING, STRIPPED, PREFIX, BEGUN, WORDS, AROUND = 100, 99, 97, 95, 92, 90, 80
"""Scores of the rungs: the name; but for spaces; but for "movie" and the like; its first words; its
first letters; some of its words; the name with more around it. Misspellings score 60 to 89."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FUNCTION_WORDS = _words(
    "a an and at by for i in is it of on or the to de e ga ha he ka mo ni no o wa wo ya"
)
_FILLER = _words(
    "anime cartoon complete dub dubbed english episode episodes film films hd manga movie movies"
    " online ost ova season seasons serie series show special specials stream streaming sub subbed"
    " subs subtitled subtitles tv watch"
)
_NUMBERED = re.compile(
    r"\b(?:(?:season|part|cour|episode|ep) \d{1,3}"
    r"|(?:\d{1,3}(?:st|nd|rd|th)|first|second|third|final) (?:season|part|cour)"
    r"|s\d{1,2}|(?:19|20)\d\d)\b"
)

# Longer than any name (the longest known here has 58 letters): what is beyond cannot help, and a
# pasted page must be answered as fast as a word.
_LONGEST = 160
# The shortest query that may be misspelt, or be a prefix that ends inside a Latin word.
_SHORTEST_FUZZY = 4
_NEAR = 60
_MOST_NEAR = 3
# From how many letters on a whole name, a run of its words, or the sum of a few words forgives one,
# two and three edits. A part says less than a whole, so it must be longer.
_WHOLE_STEPS = (5, 9, 14)
_RUN_STEPS = (10, 16, 22)
_WORDS_STEPS = (7, 12, 18)
_WORD_STEPS = (4, 8, 14)


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Return the form in which names are compared.

    NFKC, case, accents and macrons folded; "&" is "and"; apostrophes vanish ("brain's" is
    "brains"); every other symbol or control character is a space; spaces are collapsed.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.casefold()
    if not text.isascii():
        # Only the Latin marks: the dakuten of kana is a combining mark too, and changes the word.
        bare = "".join(
            c for c in unicodedata.normalize("NFD", text) if not "\u0300" <= c <= "\u036f"
        )
        text = unicodedata.normalize("NFKC", bare).casefold()
    text = _APOSTROPHES.sub("", text).replace("&", " and ")
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


_APOSTROPHES = re.compile("['`\u00b4\u02bc\u2018\u2019]")


class _Form(NamedTuple):
    """A name or a query, prepared for comparing."""

    plain: str
    words: tuple[str, ...]
    compact: str  # without spaces
    ends: tuple[int, ...]  # where each word ends in `compact`
    content: tuple[str, ...]  # without function words
    sounds: tuple[str, ...]  # how the content words sound


@lru_cache(maxsize=4096)
def _form(plain: str) -> _Form:
    words = tuple(plain.split())
    ends, at = [], 0
    for word in words:
        at += len(word)
        ends.append(at)
    content = tuple(word for word in words if word not in _FUNCTION_WORDS)
    sounds = tuple(_sound(word) for word in content)
    return _Form(plain, words, "".join(words), tuple(ends), content, sounds)


_DIGITS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7"}
_SPELLINGS = (
    # What Hepburn, Kunrei and plain ears write differently, and English endings (fireflys).
    *(("ph", "f"), ("tch", "ch"), ("cch", "ch"), ("sh", "s"), ("sy", "s"), ("tsu", "tu")),
    *(("j", "z"), ("zy", "z"), ("z", "s"), ("fu", "hu"), ("ck", "k"), ("wh", "w")),
    *(("mb", "nb"), ("mp", "np"), ("ou", "o"), ("y", "i"), ("ie", "i")),
)


def _sound(word: str) -> str:
    """Return a rough key of how `word` sounds: equal keys are spellings of the same word."""
    if word in _DIGITS:
        return _DIGITS[word]
    if word.isascii():
        for spelling, sound in _SPELLINGS:
            word = word.replace(spelling, sound)
        return re.sub(r"([a-z])\1+", r"\1", word)
    # Katakana and hiragana spell the same sounds 0x60 code points apart.
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in word)


def find(query: str, names: Sequence[Name]) -> Found:
    """Find what `query` names: the accepted matches, else what it may have meant.

    The result depends on nothing but the arguments; equal scores keep the order of `names`.
    """
    asked = _form(normalise(query))
    if not asked.plain:
        return Found((), ())
    forms = [(name, _form(normalise(name.text))) for name in names]
    cut = _form(asked.plain[:_LONGEST].strip())
    wanted = _without_filler(cut)
    matches = _best(forms, lambda form: _literal(asked, cut, wanted, form))
    if matches or not wanted.content or len(wanted.compact) < _SHORTEST_FUZZY:
        return Found(matches, ())
    return _misspelt(cut, wanted, forms)


def _best(forms: list[tuple[Name, _Form]], score: Callable[[_Form], int]) -> tuple[Match, ...]:
    """Return the best match of every key that scores above 0, best first."""
    best: dict[str, Match] = {}
    for name, form in forms:
        found = score(form)
        if found and (name.key not in best or found > best[name.key].score):
            best[name.key] = Match(name.key, found, name.text)
    order = {key: place for place, key in enumerate(dict.fromkeys(name.key for name, _ in forms))}
    return tuple(sorted(best.values(), key=lambda match: (-match.score, order[match.key])))


def _without_filler(form: _Form) -> _Form:
    """Return the query without what people add to a name: "watch", "movie", "season 2", "2016"."""
    kept = " ".join(w for w in _NUMBERED.sub(" ", form.plain).split() if w not in _FILLER)
    return _form(kept)


def _literal(asked: _Form, cut: _Form, wanted: _Form, name: _Form) -> int:
    """Score a name that is spelled as asked, wholly or in part; 0 if it is not."""
    if asked.plain == name.plain:
        return EXACT
    if asked.compact == name.compact:
        return SPACING
    if not wanted.content:
        # "2009" is a word of "Fullmetal Alchemist 2009"; "the movie" is a part of nothing.
        digits = any(word.isdecimal() for word in cut.words)
        return WORDS if digits and set(cut.content) <= set(name.content) else 0
    if wanted.compact == name.compact:
        return STRIPPED
    return max(_part(cut, name), _part(wanted, name))


def _part(query: _Form, name: _Form) -> int:
    """Score a query that is a part of a name as spelled; 0 if it is none."""
    japanese = _is_japanese(query.compact)
    if name.compact.startswith(query.compact):
        if len(query.compact) in name.ends:
            return PREFIX
        if japanese or len(query.compact) >= _SHORTEST_FUZZY:
            return BEGUN
    if not Counter(query.content) - Counter(name.content) or _has_run(name, query.compact):
        return WORDS
    # Japanese has no spaces: a kanji, or three kana, found inside a name is a word of it.
    if japanese and (len(query.compact) >= 3 or _has_kanji(query.compact)):
        return WORDS if query.compact in name.compact else 0
    return 0


def _has_run(form: _Form, compact: str) -> bool:
    """Tell whether `compact` is a run of whole words of `form`, spaces left out."""
    starts = (0, *form.ends)
    return any(
        form.compact.startswith(compact, start) and start + len(compact) in form.ends
        for start in starts
    )


def _is_japanese(text: str) -> bool:
    return any("\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" for c in text)


def _has_kanji(text: str) -> bool:
    return any("\u3400" <= c <= "\u9fff" for c in text)


def _misspelt(cut: _Form, wanted: _Form, forms: list[tuple[Name, _Form]]) -> Found:
    """Find names that a query may misspell."""
    # Imported here because it costs 10 ms of start-up, which a well-spelled name must not pay.
    from rapidfuzz.distance import OSA

    distance = OSA.distance
    queries = {cut, wanted}
    matches = _best(forms, lambda form: max(_fuzzy(q, form, distance) for q in queries))
    matches = matches or _several_names(wanted, forms)
    if matches:
        return Found(matches, ())
    near = _best(forms, lambda form: _likeness(wanted, form, distance))
    return Found((), near[:_MOST_NEAR])


def _several_names(query: _Form, forms: list[tuple[Name, _Form]]) -> tuple[Match, ...]:
    """Find what has one name inside the query and, among its names, every word of the query.

    Lists write "Kimi no Na wa (Your Name)": two names of one title, side by side.
    """
    words: dict[str, set[str]] = {}
    for name, form in forms:
        words.setdefault(name.key, set()).update(form.content)
    known = {key for key, held in words.items() if held.issuperset(query.content)}
    return _best(
        [pair for pair in forms if pair[0].key in known],
        lambda form: AROUND if form.content and _has_run(query, form.compact) else 0,
    )


def _fuzzy(query: _Form, name: _Form, distance: _Distance) -> int:
    """Score a name that `query` may misspell, 60..89 by the share of letters right; 0 if none."""
    sounds = _form(" ".join(query.sounds)), _form(" ".join(name.sounds))
    edits = [
        found
        for found in (
            _whole_edits(query, name, distance),
            _whole_edits(*sounds, distance),
            _word_edits(query, name, distance),
            _run_edits(query, name, distance),
        )
        if found is not None
    ]
    if edits:
        return max(_NEAR, 89 - 89 * min(edits) // len(query.compact))
    # The whole name with more around it: long enough to be no accident, and most of what was typed.
    long_enough = len(name.compact) >= 9 and 10 * len(name.compact) >= 6 * len(query.compact)
    return AROUND if long_enough and _has_run(query, name.compact) else 0


def _whole_edits(query: _Form, name: _Form, distance: _Distance) -> int | None:
    """Return the edits from `query` to the whole `name`, None if they are too many."""
    edits = _edits(query, name, _WHOLE_STEPS, distance)
    # In a short word another last letter is more often another word ("Eraser") than a slip.
    short = len(query.compact) == len(name.compact) <= 6
    return None if edits and short and query.compact[:-1] == name.compact[:-1] else edits


def _run_edits(query: _Form, name: _Form, distance: _Distance) -> int | None:
    """Return the edits from `query` to the nearest run of words of `name`, None if too many."""
    found = []
    starts = (0, *name.ends)
    for first in range(len(name.words)):
        for last in range(first, len(name.words)):
            letters = name.ends[last] - starts[first]
            if abs(letters - len(query.compact)) <= _allowed(letters, _RUN_STEPS):
                run = _form(" ".join(name.words[first : last + 1]))
                found.append(_edits(query, run, _RUN_STEPS, distance))
    return min((edits for edits in found if edits is not None), default=None)


def _edits(query: _Form, name: _Form, steps: tuple[int, ...], distance: _Distance) -> int | None:
    """Return the edits from `query` to `name`, None if more than the steps allow.

    None, too, if a word is so changed that it is another: "Kimi no Iro" is two letters away from
    "Kimi no Uso", but only one letter of its last word is left.
    """
    allowed = _allowed(_weight(name.compact), steps)
    if abs(len(query.compact) - len(name.compact)) > allowed or not query.compact:
        return None
    edits = distance(query.compact, name.compact)
    if edits > allowed:
        return None
    if edits > 1 and len(query.words) == len(name.words):
        for word, other in zip(query.words, name.words, strict=True):
            if len(word) > 2 and 2 * distance(word, other) > max(len(word), len(other)):
                return None
    return edits


def _word_edits(query: _Form, name: _Form, distance: _Distance) -> int | None:
    """Return the edits from the words of `query` to different words of `name`, in any order.

    None if a word that carries meaning has no place in the name, or the edits are too many.
    """
    free = list(zip(name.content, name.sounds, strict=True))
    if not 0 < len(query.content) <= len(free):
        return None
    total = 0
    for word, sound in sorted(zip(query.content, query.sounds, strict=True), key=_shortest_last):
        edits, place = min(
            (min(distance(word, other), distance(sound, other_sound)), place)
            for place, (other, other_sound) in enumerate(free)
        )
        if edits > _allowed(min(_weight(word), _weight(free.pop(place)[0])), _WORD_STEPS):
            return None
        total += edits
    letters = _weight("".join(query.content))
    return total if letters >= 4 and total <= _allowed(letters, _WORDS_STEPS) else None


def _shortest_last(pair: tuple[str, str]) -> int:
    return -len(pair[0])


def _allowed(letters: int, steps: tuple[int, ...]) -> int:
    """Return how many edits a text of this many letters may hold: one more from each step on.

    Beyond the last step one more every 6 letters, about the rate of 3 in 14 at which it starts.
    """
    return sum(letters >= step for step in steps) + max(0, letters - steps[-1]) // 6


def _weight(text: str) -> int:
    """Return the letters in `text`, an ideograph or a kana counted as two: it is a syllable."""
    return len(text) + sum(c > "\u3000" for c in text)


def _likeness(query: _Form, name: _Form, distance: _Distance) -> int:
    """Score how like a name is, 60..89 by the share of letters right; 0 if it is less."""
    longest = max(len(query.compact), len(name.compact))
    score = 89 - 89 * distance(query.compact, name.compact) // longest
    return score if score >= _NEAR else 0
