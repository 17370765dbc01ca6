"""Ratings as countable bars, and the interval below them. Pure; percent of the picture's width."""

from dataclasses import dataclass
from itertools import repeat

PITCH = 7.0
"""From one bar to the next while there is room for all; fourteen bars fill the width."""

THICKNESS = 0.61
"""A bar's share of its place; the rest is the gap."""

MOST_BARS = 40
"""With more ratings bars would be hairlines: then one bar is all the ratings of a sort."""

GAP = 0.6
"""Between the bars of a sort, at either side of a border."""

KINDS = ("y", "n", "u")
"""Helped, no change, uncomfortable: the classes of the design."""


@dataclass(frozen=True, slots=True)
class TallyBar:
    x: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class Tally:
    """`bars` lie between 0 and `width`; the share helped is where their first sort ends.

    `low`, `high` and `half` place the interval and one half on the same scale; None without an interval.
    """

    bars: tuple[TallyBar, ...]
    width: float
    low: float | None = None
    high: float | None = None
    half: float | None = None


def tally(counts: tuple[int, int, int], interval: tuple[float, float] | None = None) -> Tally:
    """Bars for helped, no change and uncomfortable; `interval` is of the share helped, 0 to 1."""
    of = sum(counts)
    if not of:
        return Tally((), 0.0)
    pitch = min(PITCH, 100 / of)
    width = round(pitch * of, 2)
    bars = _sums(counts) if of > MOST_BARS else _each(counts, pitch)
    if interval is None:
        return Tally(bars, width)
    low, high = (round(width * share, 2) for share in interval)
    return Tally(bars, width, low, high, round(width / 2, 2))


def _each(counts: tuple[int, int, int], pitch: float) -> tuple[TallyBar, ...]:
    kinds = [kind for count, name in zip(counts, KINDS, strict=True) for kind in repeat(name, count)]
    margin = pitch * (1 - THICKNESS) / 2  # so that a border between sorts is the share itself
    return tuple(
        TallyBar(round(pitch * n + margin, 2), round(pitch * THICKNESS, 2), kind)
        for n, kind in enumerate(kinds)
    )


def _sums(counts: tuple[int, int, int]) -> tuple[TallyBar, ...]:
    of, before, bars = sum(counts), 0, []
    for count, kind in zip(counts, KINDS, strict=True):
        left, right = 100 * before / of, 100 * (before + count) / of
        before += count
        if count:
            gap = min(GAP, (right - left) / 4)
            bars.append(TallyBar(round(left + gap, 2), round(right - left - 2 * gap, 2), kind))
    return tuple(bars)
