"""From answers to cards, purely: filters, loosening, ledger, three roles, checked reasons.

Nothing in here reads a file, a clock, an environment or a terminal.
"""

from cryrec.recommend.answers import Answers, Direction, TimeLimit
from cryrec.recommend.loosening import blockers
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import (
    Recommendation,
    Suggestion,
    WhyNot,
    recommend,
    why_not,
)

__all__ = [
    "Answers",
    "Direction",
    "Pool",
    "Recommendation",
    "Suggestion",
    "TimeLimit",
    "WhyNot",
    "blockers",
    "recommend",
    "why_not",
]
