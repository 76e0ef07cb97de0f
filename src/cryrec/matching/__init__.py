"""Forgiving names: which titles (or studios) a person meant, and which they did not.

A query climbs down a ladder and stops at the first rung that holds: a name, or a part of one, as
it is spelled; then, only if nothing was found, misspellings. All names found in the same way have
the same score, so two of them tie, and the caller can see that nothing should be guessed.

    normalising   the one form in which names are compared, in every script
    forms         its words, its sound
    qualifiers    years, numbers and kinds beside a name, and whether they contradict it
    spelled       the rungs for what is spelled as asked
    misspelt      the edits between a query and a name, and how many are forgiven
    index         all names, prepared to be searched; what of that can be stored
    finding       the ladder
    slips         a word one slip away from a known one
    guessing      its lower half, which loads the library for edit distances
"""

from cryrec.matching.finding import find, find_in
from cryrec.matching.index import Compiled, NameIndex
from cryrec.matching.names import Found, Match, Name
from cryrec.matching.normalising import LONGEST, normalise
from cryrec.matching.qualifiers import Facts
from cryrec.matching.slips import one_slip

__all__ = [
    "LONGEST",
    "Compiled",
    "Facts",
    "Found",
    "Match",
    "Name",
    "NameIndex",
    "find",
    "find_in",
    "normalise",
    "one_slip",
]
