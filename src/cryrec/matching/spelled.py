"""A query that is a name as spelled, wholly or in part."""

from collections import Counter
from typing import Final

from cryrec.matching.forms import (
    SHORTEST_GUESS,
    Form,
    holds,
    is_dense_letter,
    is_hangul,
    is_ideograph,
    is_kana,
    is_one_letter,
    says_enough,
    shortest_part,
)
from cryrec.matching.qualifiers import Query

# The rungs: the name; but for its spaces; but for "movie" and the like; its first words; its first
# letters; its words in another order; some of its words.
EXACT: Final = 100
SPACING: Final = 99
STRIPPED: Final = 97
PREFIX: Final = 95
BEGUN: Final = 92
REORDERED: Final = 91
PART: Final = 90


def score(query: Query, name: Form) -> int:
    """Score a name that is spelled as asked, wholly or in part; 0 if it is not."""
    if query.typed.plain == name.plain:
        return EXACT
    if query.typed.compact == name.compact:
        return SPACING
    if not query.meant.content:
        return _number_score(query.typed, name)
    if any(name.compact == reading.compact for reading in query.readings):
        return STRIPPED
    return max(_part_score(reading, name) for reading in query.readings)


def _number_score(typed: Form, name: Form) -> int:
    """Score "2009", a word of "Fullmetal Alchemist 2009"; "the movie" alone means nothing."""
    number = typed.compact
    if not number.isdecimal() or len(number) < shortest_part(number):
        return 0
    return PART if number in name.words else 0


def _part_score(query: Form, name: Form) -> int:
    """Score a query that is a part of a name as spelled; 0 if it is none."""
    if not query.compact or is_one_letter(query.compact):
        return 0
    beginning_score = _beginning_score(query.compact, name)
    if beginning_score or not says_enough(query.compact):
        return beginning_score
    if query.content and sorted(query.content) == sorted(name.content):
        return REORDERED
    is_inside = (
        _has_words(query, name)
        or _has_characters(query, name)
        or holds(name, query)
    )
    return PART if is_inside else 0


def _beginning_score(compact: str, name: Form) -> int:
    """Score the first words or letters of a name; 0 if they are others, or too few."""
    if not name.compact.startswith(compact):
        return 0
    size = len(compact)
    # Two letters are enough where they are two words: "PA" is P.A. Works.
    is_two_words = size in name.ends[1:]
    if size in name.ends and (is_two_words or says_enough(compact)):
        return PREFIX
    return BEGUN if size >= _shortest_beginning(compact) else 0


def _shortest_beginning(text: str) -> int:
    """Return how many characters a prefix needs that may end inside a word.

    One character of a dense script says as much as several Latin letters.
    """
    is_dense = any(map(is_dense_letter, text))
    return shortest_part(text) if is_dense else SHORTEST_GUESS


def _has_words(query: Form, name: Form) -> bool:
    """Tell whether every word that means something is one of the name's, in any order."""
    if not query.content:
        return False
    word_counts = Counter(query.content)
    return all(
        count <= _count(word, name) for word, count in word_counts.items()
    )


def _count(word: str, name: Form) -> int:
    """Return how often the name has `word`; Korean words may go on with a particle."""
    if is_hangul(word[-1]) and len(word) >= shortest_part(word):
        return sum(name_word.startswith(word) for name_word in name.content)
    return name.content.count(word)


def _has_characters(query: Form, name: Form) -> bool:
    """Tell whether a name without spaces holds the query.

    Japanese and Chinese write none: an ideograph, or any three characters, inside a name are a
    word of it.
    """
    has_ideograph = any(map(is_ideograph, query.compact))
    is_japanese = has_ideograph or any(map(is_kana, query.compact))
    is_a_word = has_ideograph or len(query.compact) >= 3
    return is_japanese and is_a_word and query.compact in name.compact
