"""A query that is a name as spelled, wholly or in part."""

from typing import Final

from cryrec.matching.forms import (
    SHORTEST_GUESS,
    Form,
    holds,
    is_hangul,
    is_ideograph,
    is_kana,
    is_one_letter,
    says_enough,
    shortest_part,
)
from cryrec.matching.qualifiers import Query

# The rungs: the name; but for its spaces; but for "movie" and the like; its first words; its first
# letters; some of its words.
EXACT: Final = 100
SPACING: Final = 99
STRIPPED: Final = 97
PREFIX: Final = 95
BEGUN: Final = 92
PART: Final = 90


def score(query: Query, name: Form) -> int:
    """Score a name that is spelled as asked, wholly or in part; 0 if it is not."""
    if query.typed.plain == name.plain:
        return EXACT
    if query.typed.compact == name.compact:
        return SPACING
    if not query.meant.content:
        return _number_score(query.typed, name)
    if name.compact in (query.meant.compact, query.numbered.compact):
        return STRIPPED
    return max(_part_score(reading, name) for reading in query.forms)


def _number_score(typed: Form, name: Form) -> int:
    """Score "2009", a word of "Fullmetal Alchemist 2009"; "the movie" alone means nothing."""
    is_number = typed.compact.isdecimal() and len(typed.compact) >= shortest_part(typed.compact)
    return PART if is_number and typed.compact in name.words else 0


def _part_score(query: Form, name: Form) -> int:
    """Score a query that is a part of a name as spelled; 0 if it is none."""
    if not query.compact or is_one_letter(query.compact):
        return 0
    size = len(query.compact)
    if name.compact.startswith(query.compact):
        # Two letters are enough where they are two words: "PA" is P.A. Works.
        if size in name.ends and (says_enough(query.compact) or size != name.ends[0]):
            return PREFIX
        if size >= _shortest_beginning(query.compact):
            return BEGUN
    if not says_enough(query.compact):
        return 0
    is_inside = _has_words(query, name) or _has_characters(query, name) or holds(name, query)
    return PART if is_inside else 0


def _shortest_beginning(text: str) -> int:
    """Return how many characters a prefix needs that may end inside a word."""
    return shortest_part(text) if _is_dense(text) else SHORTEST_GUESS


def _is_dense(text: str) -> bool:
    """Tell whether one character of `text` says as much as several Latin letters."""
    return any(is_ideograph(char) or is_kana(char) or is_hangul(char) for char in text)


def _has_words(query: Form, name: Form) -> bool:
    """Tell whether every word that means something is one of the name's, in any order."""
    if not query.content:
        return False
    return all(query.content.count(word) <= _count(word, name) for word in query.content)


def _count(word: str, name: Form) -> int:
    """Return how often the name has `word`; Korean words may go on with a particle."""
    if is_hangul(word[-1]) and len(word) >= shortest_part(word):
        return sum(other.startswith(word) for other in name.content)
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
