"""A year at a glance, as two pictures of half a year: weeks across, days from Monday down. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from journal.calendar import Cell, Done, cell
from journal.paths import Drawn, grouped
from journal.rhythm import monday
from journal.scores import Flare
from journal.words import plural

ACROSS, WIDTH = 12, 9
"""From one column to the next, and a day's width: 28 weeks in the 364 pixels of the thirteen weeks' picture. A half
year touches 28 calendar weeks at most."""

RING = 1
"""So far around a day lies the ring of a flare-up."""


@dataclass(frozen=True, slots=True)
class Half:
    """`months` are names with the x of the column of their first day; `label` is for those who hear it."""

    cells: tuple[Cell, ...]
    months: tuple[tuple[str, int], ...]
    label: str

    @property
    def paths(self) -> Drawn:
        return grouped(mark for cell in self.cells for mark in cell.marks(WIDTH, RING))


@dataclass(frozen=True, slots=True)
class Year:
    number: int
    halves: tuple[Half, ...]
    days: int
    minutes: int
    sentence: str


def year(
    done: Iterable[Done], flares: Iterable[Flare], number: int, today: date, pauses: Iterable[Flare] = ()
) -> Year:
    """The year `number` up to `today`. Days to come are left out, and a half year that has not begun too."""
    minutes: dict[date, int] = {}
    for session in done:
        if session.on.year == number and session.on <= today:
            minutes[session.on] = minutes.get(session.on, 0) + session.minutes
    spells, rests = tuple(flares), tuple(pauses)
    starts = [date(number, 1, 1), date(number, 7, 1), date(number + 1, 1, 1)]
    halves = tuple(
        _half(first, min(following - timedelta(days=1), today), minutes, spells, rests, today)
        for first, following in pairwise(starts)
        if first <= today
    )
    cells = [cell for half in halves for cell in half.cells]
    sentence = (
        f"{plural(len(minutes), 'day')} with a session, {plural(sum(minutes.values()), 'minute')} in all."
    )
    if any(cell.in_flare for cell in cells):
        sentence += " Ringed days were a flare-up."
    if any(cell.is_off for cell in cells):
        sentence += " Thin ones were a pause."
    return Year(number, halves, len(minutes), sum(minutes.values()), sentence)


def _half(
    first: date,
    last: date,
    minutes: dict[date, int],
    flares: Sequence[Flare],
    pauses: Sequence[Flare],
    today: date,
) -> Half:
    start = monday(first)
    cells, months, had = [], [], 0
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        drawn = cell(day, start, ACROSS, minutes, today, flares, pauses)
        if day.day == 1:
            months.append((f"{day:%b}", drawn.x))
        had += day in minutes
        cells.append(drawn)
    label = f"Sessions on {plural(had, 'day')} from {first.day} {first:%B} to {last.day} {last:%B %Y}"
    return Half(tuple(cells), tuple(months), label)
