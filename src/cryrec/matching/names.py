"""What is searched and what is found, as plain values."""

from typing import Final, NamedTuple

from cryrec.matching.qualifiers import Facts

MOST_OFFERED: Final = 3
NOTHING_KNOWN: Final = Facts()


class Name(NamedTuple):
    """One name of one thing (a title or a studio)."""

    key: str
    """Id of what it names."""
    text: str
    """The name as a person writes it."""
    facts: Facts = NOTHING_KNOWN
    """What a year, a number or a kind beside the name must not contradict."""
    is_related: bool = False
    """It is the name of a work before or after, which only leads to the thing of that key."""


class Match(NamedTuple):
    """One thing that a query may mean."""

    key: str
    """Id of the thing."""
    score: int
    """0..100; equal for names found in the same way, so the first two being equal is a tie."""
    name: str
    """The text that matched."""
    facts: Facts = NOTHING_KNOWN
    """What is known of the work behind the name."""
    is_doubtful: bool = False
    """Good enough to show, not to act upon: a year, a number or a kind in the query contradicts
    it, or the query is one character of it."""


class Found(NamedTuple):
    """What a query found."""

    matches: tuple[Match, ...]
    """Accepted; best first, one per key."""
    near: tuple[Match, ...]
    """Not accepted, but close enough to ask "did you mean"; best first, at most 3, one per key."""

    @property
    def named(self) -> tuple[Match, ...]:
        """What may be acted upon: one match is what was meant, several are a tie."""
        certain = [match for match in self.matches if not match.is_doubtful]
        return tuple(
            match for match in certain if match.score == certain[0].score
        )

    @property
    def offered(self) -> tuple[Match, ...]:
        """What to ask about where nothing was named; best first, at most 3."""
        if self.named:
            return ()
        matches = self.matches or self.near
        return matches[:MOST_OFFERED]
