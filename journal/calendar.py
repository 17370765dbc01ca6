"""Thirteen weeks at a glance, and a month day by day: when there were sessions. Pure; the day is passed in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from journal.paths import Drawn, grouped, pill
from journal.rhythm import monday, touches
from journal.scores import Flare
from journal.words import day_month, plural

WEEKS = 13

LEFT, TOP, WIDTH, HEIGHT = 26, 18, 20, 9
"""The first bar and its size, in the design's pixels on a picture of 364 x 123."""

ACROSS, DOWN = 26, 15
"""From one bar to the next."""

RING = 2
"""So far around a bar lies the ring of a flare-up."""

SHORT, USUAL = 6, 12
"""Minutes: under six is the palest of three colours, under twelve the middle one."""


@dataclass(frozen=True, slots=True)
class Done:
    """A session: its day where the person was, its minutes and its routine."""

    on: date
    minutes: int
    routine: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A day. `level` is 0 without a session, else 1 to 3 by minutes. `is_off` is a day of a pause without one."""

    on: date
    x: int
    y: int
    level: int
    is_today: bool
    in_flare: bool
    is_off: bool

    def marks(self, width: int, ring: int) -> Iterator[tuple[str, str]]:
        """Its bar, so far around it the ring of a flare-up, and the outline of today: the style sheet's class, and a
        subpath."""
        bar = pill(self.x, self.y, width, HEIGHT)
        if self.is_off:
            yield "h0", pill(self.x, self.y + 3, width, 3)
        elif self.level or not self.is_today:
            yield f"h{self.level}", bar
        if self.in_flare:
            yield "flag", pill(self.x, self.y, width, HEIGHT, around=ring)
        if self.is_today:
            yield "now", bar


@dataclass(frozen=True, slots=True)
class Heat:
    """The picture, and what is said of it. `months` are names with the x of the column of their first day."""

    cells: tuple[Cell, ...]
    months: tuple[tuple[str, int], ...]
    days: int
    of: int
    sentence: str
    label: str

    @property
    def paths(self) -> Drawn:
        return grouped(mark for cell in self.cells for mark in cell.marks(WIDTH, RING))


@dataclass(frozen=True, slots=True)
class MonthDay:
    on: date
    done: tuple[Done, ...]
    is_today: bool
    is_ahead: bool
    in_flare: bool

    @property
    def minutes(self) -> int:
        return sum(session.minutes for session in self.done)

    @property
    def level(self) -> int:
        return level(self.minutes, bool(self.done))

    @property
    def words(self) -> str:
        """For those who hear it: "14 May, 9 minutes: Before the desk"."""
        said = day_month(self.on)
        if self.done:
            names = ", ".join(session.routine for session in self.done if session.routine)
            said += f", {plural(self.minutes, 'minute')}{': ' if names else ''}{names}"
        said += ", flare-up" if self.in_flare else ""
        return f"{said}, today" if self.is_today else said


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks from Monday; None where a day is of another month. `earlier` and `later` are first days of months,
    `later` None when that month has not begun."""

    first: date
    weeks: tuple[tuple[MonthDay | None, ...], ...]
    earlier: date
    later: date | None

    @property
    def done(self) -> tuple[MonthDay, ...]:
        """The days with a session."""
        return tuple(day for week in self.weeks for day in week if day and day.done)


def level(minutes: int, any_session: bool) -> int:
    """How strong the colour is. A session of no minutes is still a session."""
    if not any_session:
        return 0
    return 1 if minutes < SHORT else 2 if minutes < USUAL else 3


def first_of_heat(today: date) -> date:
    """The first day of the thirteen weeks that end with the one of `today`."""
    return monday(today) - timedelta(weeks=WEEKS - 1)


def heat(done: Iterable[Done], flares: Iterable[Flare], today: date) -> Heat:
    """The thirteen weeks that end with the one of `today`; days to come are left out."""
    first, spells = first_of_heat(today), tuple(flares)
    minutes: dict[date, int] = {}
    for session in done:
        if first <= session.on <= today:
            minutes[session.on] = minutes.get(session.on, 0) + session.minutes
    of = (today - first).days + 1
    days = tuple(first + timedelta(days=n) for n in range(of))
    cells = tuple(cell(day, first, ACROSS, minutes, today, spells) for day in days)
    sentence = f"{plural(len(minutes), 'day')} out of {of}. Stronger colour, longer session."
    if any(cell.in_flare for cell in cells):
        sentence += " Ringed days were a flare-up."
    label = f"Sessions on {len(minutes)} of the last {of} days"
    return Heat(cells, _months(first), len(minutes), of, sentence, label)


def month(done: Iterable[Done], flares: Iterable[Flare], first: date, today: date) -> Month:
    """The month of `first`, any of its days. A day's sessions stay in the order given."""
    first, spells = first.replace(day=1), tuple(flares)
    later = (first + timedelta(days=31)).replace(day=1)
    sessions: dict[date, list[Done]] = {}
    for session in done:
        sessions.setdefault(session.on, []).append(session)

    def day(on: date) -> MonthDay | None:
        if not first <= on < later:
            return None
        ahead = on > today
        flare = not ahead and any(touches(spell, on, on) for spell in spells)
        return MonthDay(on, tuple(sessions.get(on, ())), on == today, ahead, flare)

    start = monday(first)
    count = ((later - start).days + 6) // 7
    weeks = tuple(tuple(day(start + timedelta(days=7 * w + n)) for n in range(7)) for w in range(count))
    earlier = (first - timedelta(days=1)).replace(day=1)
    return Month(first, weeks, earlier, later if later <= today else None)


def cell(
    on: date,
    first: date,
    across: int,
    minutes: dict[date, int],
    today: date,
    flares: Sequence[Flare],
    pauses: Sequence[Flare] = (),
) -> Cell:
    """A day on a picture whose first column is the week of `first`, a Monday, and whose columns are so far apart."""
    column, row = divmod((on - first).days, 7)
    return Cell(
        on=on,
        x=LEFT + across * column,
        y=TOP + DOWN * row,
        level=level(minutes.get(on, 0), on in minutes),
        is_today=on == today,
        in_flare=any(touches(flare, on, on) for flare in flares),
        is_off=on not in minutes and any(touches(rest, on, on) for rest in pauses),
    )


def _months(first: date) -> tuple[tuple[str, int], ...]:
    """A month's name stands over the column that has its first day."""
    found = []
    for column in range(WEEKS):
        start = first + timedelta(weeks=column)
        last = start + timedelta(days=6)
        if start.day == 1 or start.month != last.month:
            found.append((f"{last:%b}", LEFT + ACROSS * column))
    return tuple(found)
