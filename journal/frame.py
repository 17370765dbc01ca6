"""The frame of the chart: where days, scores and labels lie. Pure; everything in percent of the plot."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

MARGIN = 1.2
"""Percent kept free left and right, so that the outermost bars lie inside."""

NARROW, ROOMY = 314, 950
"""Widths of the plot in px: on a phone 390 px wide, and where the style sheet turns to `.roomy` labels."""

LABEL_PX, NOTE_PX, APART_PX = 7.2, 7.6, 6.0
"""Width of a character of a label and of a flare-up's note (measured), and the space between two."""

GUTTER_PX = 16
"""How far a note may reach beyond the plot on its right."""

LONGEST_NOTE = 22
"""Characters of a note; the figure's summary has all of it."""


def y(score: float) -> float:
    """The height of a score: 10 is 0 %, at the top, and 1 is 100 %."""
    return round((10 - score) / 9 * 100, 1)


SCALE: tuple[tuple[int, float], ...] = tuple((score, y(score)) for score in (10, 7, 4, 1))
"""The lines across the chart."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Whole days from `first` to `last`, both inside, across the width of the plot."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def x(self, days: float) -> float:
        """How far right a moment lies, in days since the first midnight."""
        return round(MARGIN + days / self.days * (100 - 2 * MARGIN), 2)

    def day_x(self, day: date, part: float = 0.5) -> float:
        """How far right a day lies; `part` is how much of its slot is passed."""
        return self.x((day - self.first).days + part)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Label:
    """A word on the chart. `anchor` is SVG's text-anchor; `only` is narrow, roomy, or empty for both."""

    x: float
    text: str
    anchor: str = "middle"
    dx: int = 0
    only: str = ""


def x_labels(frame: Frame) -> tuple[Label, ...]:
    """Every seventh day of a month or so, the months of a season or a year or two, or the years.

    The newest are placed first, in a long row of months the years before all else; the others where there
    is room.
    """
    if frame.days <= 45:
        weeks = (frame.last - timedelta(days=n) for n in range(0, frame.days, 7))
        words = [(day, f"{day.day} {day:%b}") for day in weeks]
    elif frame.days <= 800:
        name = "%B" if frame.days <= 100 else "%b"
        words = [(day, format(day, name)) for day in _firsts(frame)]
        if frame.days > 400:
            words = [(day, str(day.year) if day.month == 1 else word) for day, word in words]
    else:
        words = [(day, str(day.year)) for day in _firsts(frame) if day.month == 1]
    placed = [(frame.day_x(day), text) for day, text in sorted(words, key=lambda word: not word[1].isdigit())]

    def label(x: float, text: str, _: int) -> Label:
        half = len(text) * LABEL_PX / NARROW * 50
        return Label(x, text, "start" if x < half else "end" if x > 100 - half else "middle")

    return _fitting(placed, label, LABEL_PX)


def _firsts(frame: Frame) -> Iterator[date]:
    """The first days of months in the frame, the latest first."""
    month = frame.last.replace(day=1)
    while month >= frame.first:
        yield month
        month = (month - timedelta(days=1)).replace(day=1)


def notes(places: Iterable[tuple[float, str]]) -> tuple[Label, ...]:
    """Names of flare-ups beside their edges, the latest first: right of the edge, or left near the end."""

    def label(x: float, text: str, plot: int) -> Label:
        short = text if len(text) <= LONGEST_NOTE else f"{text[: LONGEST_NOTE - 1].rstrip()}…"
        fits = x * plot / 100 + 8 + len(short) * NOTE_PX <= plot + GUTTER_PX
        return Label(x, short, "start", 8) if fits else Label(x, short, "end", -8)

    return _fitting(sorted(places, reverse=True), label, NOTE_PX)


def _fitting(
    places: Iterable[tuple[float, str]], label: Callable[[float, str, int], Label], character: float
) -> tuple[Label, ...]:
    """The labels that don't touch an earlier one of the list, from left to right, for both widths at once."""
    places = list(places)
    narrow = _free((label(x, text, NARROW) for x, text in places), character, NARROW)
    roomy = _free((label(x, text, ROOMY) for x, text in places), character, ROOMY)
    found = [one if one in roomy else replace(one, only="narrow") for one in narrow]
    found += [replace(one, only="roomy") for one in roomy if one not in narrow]
    return tuple(sorted(found, key=lambda one: one.x))


def _free(labels: Iterable[Label], character: float, plot: int) -> list[Label]:
    """Those that don't touch an earlier one on a plot so many px wide."""
    kept: list[Label] = []
    taken: list[tuple[float, float]] = []
    for label in labels:
        left, right = extent(label, character, plot)
        if all(right + APART_PX <= start or end + APART_PX <= left for start, end in taken):
            kept.append(label)
            taken.append((left, right))
    return kept


def extent(label: Label, character: float, plot: int) -> tuple[float, float]:
    """From where to where a label reaches on a plot so many px wide, in px."""
    wide = len(label.text) * character
    left = label.x * plot / 100 + label.dx - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
    return left, left + wide
