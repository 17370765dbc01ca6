"""What happened to the pain over a period: the middle score before and after, with its doubt. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from math import floor, sqrt

from journal.trend import Z_90
from journal.verdicts import FEWEST
from journal.words import about

BESIDE = (
    "People start when it hurts, and a high score mostly comes down by itself: "
    "some of this would have happened without a session."
)
"""Stands beside every relief figure: regression to the mean (Barnett and others 2005, Int J Epidemiol 34:215)."""


@dataclass(frozen=True, slots=True)
class Relief:
    """Medians of the scores (1 to 10) over `sessions` with both, and of the change, after less before.

    `low` and `high` are the change's 90 % interval: negative is lower afterwards.
    """

    before: float
    after: float
    change: float
    low: int
    high: int
    sessions: int
    sentence: str
    beside: str = BESIDE


def relief(pairs: Mapping[tuple[int, int], int]) -> Relief | None:
    """From how many sessions had each (before, after); None under eight sessions.

    The interval lies between the k-th smallest and the k-th largest change, which holds the true median with 90 %
    or more whatever the changes look like (sign test: Thompson 1936, Ann. Math. Stat. 7:122); k by the normal
    approximation with its correction for whole numbers. It doesn't ask why pain changed, so it never counts as a
    proof of help: `BESIDE` has to stand with it.
    """
    sessions = sum(pairs.values())
    if sessions < FEWEST:
        return None
    changes = _summed((after - before, n) for (before, after), n in pairs.items())
    before = _median(_summed((before, n) for (before, _), n in pairs.items()), sessions)
    after = _median(_summed((after, n) for (_, after), n in pairs.items()), sessions)
    change, cut = _median(changes, sessions), outside(sessions)
    low, high = _nth(changes, cut), _nth(changes, sessions - 1 - cut)
    sentence = (
        f"Typically {about(before)} before and {about(after)} after, in {sessions} sessions with both scores. "
        f"The middle change is {_points(change)}{_doubt(low, high, sessions)}."
    )
    return Relief(before, after, change, low, high, sessions, sentence)


def outside(of: int) -> int:
    """How many of so many sorted changes lie outside the interval at each end. `of` is 8 or more."""
    return floor((of - 1 - Z_90 * sqrt(of)) / 2)


def _summed(values: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Values with how often each occurs, smallest first."""
    counts: Counter[int] = Counter()
    for value, n in values:
        counts[value] += n
    return sorted(counts.items())


def _nth(values: list[tuple[int, int]], n: int) -> int:
    """The n-th of the values, from nought."""
    ends = accumulate(count for _, count in values)
    return next(value for (value, _), end in zip(values, ends, strict=True) if n < end)


def _median(values: list[tuple[int, int]], of: int) -> float:
    return (_nth(values, (of - 1) // 2) + _nth(values, of // 2)) / 2


def _points(change: float) -> str:
    size = abs(change)
    if not size:
        return "none"
    return f"{about(size).removeprefix('0')} point{'' if size <= 1 else 's'} {'lower' if change < 0 else 'higher'}"


def _doubt(low: int, high: int, sessions: int) -> str:
    """How far the middle change could be off, from the smaller end."""
    if low == high:
        return f", and {sessions} sessions leave little room for another"
    if high < 0:
        return f"; it could be anywhere from {-high} to {_points(low)}"
    if low > 0:
        return f"; it could be anywhere from {low} to {_points(high)}"
    return f"; it could be anywhere from {_points(low)} to {_points(high)}"
