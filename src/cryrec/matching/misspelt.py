"""A query that misspells a name: how many letters are wrong, and whether that is few enough.

Edits are counted by optimal string alignment: a letter lost, added, changed, or swapped with its
neighbour is one. What is forgiven grows with the length, and a part of a name, which says less
than the whole, must be longer for the same.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from cryrec.matching.forms import (
    FUNCTION_WORDS,
    SHORTEST_GUESS,
    SHORTEST_SOUND,
    Form,
    form,
    weight,
    without_repeats,
)
from cryrec.matching.qualifiers import without_qualifiers

# A misspelling loses the share of letters that are wrong, down to LOWEST.
BEST: Final = 89
LOWEST: Final = 60

# From how many letters on one, two and three edits are forgiven: in a whole name, in a run of its
# words, in a few words together and in each.
NAME_STEPS: Final = (5, 9, 14)
RUN_STEPS: Final = (10, 16, 22)
_SUM_STEPS: Final = (7, 12, 18)
WORD_STEPS: Final = (5, 8, 14)

_TOO_MANY: Final = 99
_SHORTEST_PLURAL: Final = 4
_LONGEST_PARTICLE: Final = 2
# A word of so many letters says which name is meant, wherever it stands.
_TELLING_WORD: Final = 8
# A word of so many letters is another word with another of these endings.
_LONGEST_STEM: Final = 6
_ENDINGS: Final = "dnrsy"


# Of equally good guesses the whole name is the better, as written before by ear: "bokuachi" is
# Bokumachi, which is all of a name, and not Bokutachi, which is a word of one.
_HEARD_HANDICAP: Final = 1
_PART_HANDICAP: Final = 2


def whole_score(query: Form, name: Form) -> int:
    """Score a misspelling of the whole name; 0 if too many letters are wrong."""
    edits = _name_edits(query, name)
    return _share(edits, query)


def heard_score(query: Form, name: Form) -> int:
    """Score the whole name as a careless ear writes it; 0 if it sounds otherwise."""
    edits = _heard_edits(query, name)
    return _share(edits, query, _HEARD_HANDICAP)


def words_score(query: Form, name: Form) -> int:
    """Score a misspelling of some words of the name, in any order; 0 if it is none."""
    bare_query = without_qualifiers(query.plain)
    edits = _word_edits(bare_query, name)
    if edits and _is_one_of_many(bare_query, name):
        return 0
    return _share(edits, query, _PART_HANDICAP)


def _is_one_of_many(query: Form, name: Form) -> bool:
    """Tell whether a misspelt word says too little: a short one, later in a longer name.

    "Slayers" is no "Frieren the Slayer", but people do call things by their first word.
    """
    if len(query.content) != 1 or len(name.content) == 1:
        return False
    letters, name_letters = len(query.content[0]), len("".join(name.content))
    if letters >= _TELLING_WORD or 3 * letters >= 2 * name_letters:
        return False
    own_word, first_word = _words(query)[0], _words(name)[0]
    return _one_word(own_word, first_word) == _TOO_MANY


def run_score(query: Form, name: Form) -> int:
    """Score a misspelling of a run of words of the name, wherever the spaces are; 0 if none."""
    edits = _run_edits(query, name)
    return _share(edits, query, _PART_HANDICAP)


def near_score(query: Form, name: Form) -> int:
    """Score a whole name by one edit in four letters: enough only if no other name is as near.

    Its words must be as many as were typed, and none of them so changed that it is another.
    """
    if len(query.words) != len(name.words):
        return 0
    edits = OSA.distance(query.compact, name.compact)
    most_edits = len(name.compact) // SHORTEST_GUESS
    if edits > most_edits:
        return 0
    if _is_another_word(query, name) or _has_another_word(query, name):
        return 0
    return _share(edits, query, _PART_HANDICAP)


def likeness(query: Form, name: Form) -> int:
    """Score a name that was not accepted; 0 if less than the lowest is right."""
    letters = max(len(query.compact), len(name.compact))
    edits = OSA.distance(query.compact, name.compact)
    share = BEST - BEST * edits // letters
    return share if share >= LOWEST else 0


def _share(edits: int | None, query: Form, handicap: int = 0) -> int:
    """Return the score of a query of which so many letters are wrong; 0 for None."""
    if edits is None:
        return 0
    share = BEST - BEST * edits // len(query.compact)
    return max(LOWEST, share - handicap)


@lru_cache(maxsize=1024)
def allowed(letters: int, steps: tuple[int, ...]) -> int:
    """Return how many edits a text of this many letters may hold: one more from each step on.

    Beyond the last step, one more every 6 letters: about the rate of 3 in 14 at which it starts.
    """
    forgiven = sum(letters >= step for step in steps)
    letters_beyond = max(0, letters - steps[-1])
    return forgiven + letters_beyond // 6


def _name_edits(query: Form, name: Form) -> int | None:
    """Return the edits from `query` to the whole `name`, None if they are too many."""
    edits = _edits(query, name, NAME_STEPS)
    if edits and _is_another_word(query, name):
        return None
    return edits


def _is_another_word(query: Form, name: Form) -> bool:
    """Tell whether a short word has only another ending: more often another word ("Eraser")."""
    if not len(query.compact) == len(name.compact) <= _LONGEST_STEM:
        return False
    has_same_stem = query.compact[:-1] == name.compact[:-1]
    return has_same_stem and query.compact[-1] in _ENDINGS


def _heard_edits(query: Form, name: Form) -> int | None:
    """Return the edits between the sounds, None if they are too many or hardly a letter agrees."""
    if not _is_plausible(query.compact, name.compact):
        return None
    return _name_edits(form(query.heard), form(name.heard))


def _is_plausible(typed: str, written: str) -> bool:
    """Tell whether two spellings of one sound share more than half of their letters.

    "Jojo" sounds like "shojo" to a careless ear, and is another word. A letter that was held down
    counts once.
    """
    typed = without_repeats(typed)
    written = without_repeats(written)
    shortest = min(len(typed), len(written))
    return 2 * OSA.distance(typed, written) < shortest


def _run_edits(query: Form, name: Form) -> int | None:
    """Return the edits from `query` to the nearest run of words of `name`, None if too many."""
    size = len(query.compact)
    edits_by_run = []
    for first, start in enumerate((0, *name.ends[:-1])):
        for last, end in enumerate(name.ends[first:], first + 1):
            run_size = end - start
            if abs(run_size - size) > allowed(run_size, RUN_STEPS):
                continue
            # What breaks off after "of" says so: "Memories Off" is no "Memories of Marnie".
            last_word = name.words[last - 1]
            if last_word in FUNCTION_WORDS and last_word != query.words[-1]:
                continue
            run = form(" ".join(name.words[first:last]))
            edits = _edits(query, run, RUN_STEPS)
            if edits is not None:
                edits_by_run.append(edits)
    return min(edits_by_run, default=None)


def _edits(query: Form, name: Form, steps: tuple[int, ...]) -> int | None:
    """Return the edits from `query` to `name`, None if more than the steps allow.

    None, too, if a word of a short name is so changed that it must be another.
    """
    most_edits = allowed(weight(name.compact), steps)
    if abs(len(query.compact) - len(name.compact)) > most_edits:
        return None
    edits = OSA.distance(query.compact, name.compact)
    if edits > most_edits:
        return None
    # Where three edits are forgiven, the rest of the name vouches for one odd word.
    is_short = len(name.compact) < steps[-1]
    if edits > 1 and is_short and _has_another_word(query, name):
        return None
    return edits


def _has_another_word(query: Form, name: Form) -> bool:
    """Tell whether one word is so changed that it must be another, or none is as it was.

    "Kimi no Iro" is two letters away from "Kimi no Uso", but only one letter of its last word is
    left. Of "Hoshi no Koe" no word is left in "Oshi no Ko", and one is too short for a slip.
    """
    if len(query.words) != len(name.words):
        return False
    pairs = list(zip(query.words, name.words, strict=True))
    for typed, written in pairs:
        longest = max(len(typed), len(written))
        is_changed = 2 * OSA.distance(typed, written) > longest
        if is_changed and len(typed) > _LONGEST_PARTICLE:
            return True
    telling = [pair for pair in pairs if pair[1] in name.content]
    is_none_right = all(_within(*pair) == _TOO_MANY for pair in telling)
    return is_none_right and any(
        max(map(len, pair)) < SHORTEST_GUESS for pair in telling
    )


class _Word(NamedTuple):
    """A word as written and as heard."""

    written: str
    heard: str


def _words(text: Form) -> list[_Word]:
    return list(map(_Word, text.content, text.sounds))


def _word_edits(query: Form, name: Form) -> int | None:
    """Return the edits from the words of `query` to different words of `name`, in any order.

    None if a word that carries meaning has no place in the name, or the edits are too many.
    """
    free_words = _words(name)
    longest_first = sorted(_words(query), key=lambda word: -len(word.written))
    if not 0 < len(longest_first) <= len(free_words):
        return None
    total_edits = 0
    for query_word in longest_first:
        edits, place = _nearest_word(query_word, free_words)
        del free_words[place]
        total_edits += edits
    letters = weight("".join(query.content))
    if letters < SHORTEST_GUESS or total_edits > allowed(letters, _SUM_STEPS):
        return None
    return total_edits


def _nearest_word(word: _Word, places: Sequence[_Word]) -> tuple[int, int]:
    """Return the fewest edits to one of `places`, and which."""
    edits = [_one_word(word, place) for place in places]
    fewest_edits = min(edits)
    return fewest_edits, edits.index(fewest_edits)


def _one_word(word: _Word, other: _Word) -> int:
    """Return the edits from a word to another, as written or by ear; 99 if they are too many."""
    fewest_edits = _within(word.written, other.written)
    if fewest_edits and _singular(word.written) == _singular(other.written):
        fewest_edits = 1
    if fewest_edits and _sounds_alike(word, other):
        edits_by_ear = _within(word.heard, other.heard)
        fewest_edits = min(fewest_edits, edits_by_ear)
    return fewest_edits


def _sounds_alike(word: _Word, other: _Word) -> bool:
    """Tell whether a word may be compared by ear: long enough, and plausible as a spelling.

    A number has one sound in figures and in letters.
    """
    if word.heard.isdecimal():
        return True
    is_long_enough = min(len(word.heard), len(other.heard)) >= SHORTEST_SOUND
    return is_long_enough and _is_plausible(word.written, other.written)


def _within(word: str, other: str) -> int:
    """Return the edits from a word to another, 99 if they are more than its length forgives."""
    least_weight = min(weight(word), weight(other))
    most_edits = allowed(least_weight, WORD_STEPS)
    edits = OSA.distance(word, other, score_cutoff=most_edits)
    return edits if edits <= most_edits else _TOO_MANY


def _singular(word: str) -> str:
    """Return an English noun without the ending of its plural, roughly."""
    if len(word) <= _SHORTEST_PLURAL or not word.endswith("s"):
        return word
    if word.endswith("ves"):
        return word[:-3] + "f"
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1]


def plurals(word: str) -> tuple[str, ...]:
    """Return the words that have the same singular as `word`."""
    singular = _singular(word)
    return (
        singular,
        f"{singular}s",
        f"{singular[:-1]}ves",
        f"{singular[:-1]}ies",
    )
