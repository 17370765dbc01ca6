"""The pain chart as numbers ready to draw. Pure: sessions in, percentages and words out.

Everything is in percent of the plot, so one template serves every width. A session is one bar from the
score before to the score after. Where bars would become a stripe, a bar is a week or four weeks: from the
median before to the median after, with a band that holds the middle 80 % of the scores. A week (or
four) with scores on fewer than three days isn't summed up; its sessions stand singly, slim.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter

from journal.frame import SCALE, Frame, Label, notes, x_labels, y
from journal.marks import WEEKS, Bar, Mark, TableRow, bar, of_check_in, of_sessions, of_weeks
from journal.paths import Drawn, box, grouped, upright
from journal.scores import CheckIn, Flare, SessionPoint
from journal.trend import caution, count_lower, smooth
from journal.words import day_month, period, plural

__all__ = ["RANGES", "Chart", "CheckIn", "Flare", "Mini", "SessionPoint", "TableRow", "build", "mini"]

RANGES: tuple[tuple[str, str], ...] = (
    ("30d", "30 days"),
    ("90d", "90 days"),
    ("1y", "1 year"),
    ("all", "All"),
)
"""The ranges by name, and what their links say."""

DAYS = {"30d": 30, "90d": 90, "1y": 365}

SHORTEST = 30
"""Days that "all" shows at least, so that three sessions aren't spread over the whole page."""

SESSIONS_UP_TO, WEEKS_UP_TO = 92, 731
"""Days up to which "all" draws a bar a session, and up to which a bar a week: about a hundred bars each."""

SIZES = ((32, "c30"), (60, "c1y"), (106, "c90"))
"""The style sheet's classes for the width of bars, by how many there is room for; above these, "call"."""

MINI = 14
"""Bars of the small chart."""

EACH_BAR = {
    "session": "each bar one session",
    "week": "each bar the middle of a week",
    "four weeks": "each bar the middle of four weeks",
}

TABLE = {
    "session": "The table below has every number.",
    "week": "The table below has the numbers, a week to a row.",
    "four weeks": "The table below has the numbers, four weeks to a row.",
}


@dataclass(frozen=True, slots=True)
class Dot:
    """A check-in."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Shade:
    """A flare-up. `edge` says whether it begins inside the window."""

    x: float
    width: float
    edge: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a chart, in order of time."""

    bars: tuple[Bar, ...]

    @property
    def lines(self) -> Drawn:
        """The bars from a score to another, in a box of 100 x 100."""
        return grouped((bar.css, upright(bar.x, bar.y1, bar.y2)) for bar in self.bars if bar.kind != "single")

    @property
    def singles(self) -> tuple[Bar, ...]:
        """Those of one score only."""
        return tuple(bar for bar in self.bars if bar.kind == "single")


@dataclass(frozen=True, slots=True)
class Chart(Bars):
    """What the figure draws. `unit` is what a bar stands for: session, week or four weeks.

    `trend` are points of polylines in a box of 100 x 100. `earlier` and `later` are query strings, empty
    where the record ends. `stops` are the places of the reading line: percent from the left, and words.
    `lower`, `same` and `higher` count sessions. `rows` are the table's, the newest first.
    """

    range_name: str
    unit: str
    size: str
    first_on: date
    last_on: date
    period: str
    check_ins: tuple[Dot, ...]
    trend: tuple[str, ...]
    flares: tuple[Shade, ...]
    notes: tuple[Label, ...]
    x_labels: tuple[Label, ...]
    lower: int
    same: int
    higher: int
    title: str
    summary: str
    earlier: str
    later: str
    stops: tuple[tuple[float, str], ...]
    rows: tuple[TableRow, ...]
    y_labels: tuple[tuple[int, float], ...] = SCALE

    @property
    def bands(self) -> str:
        bands = (bar.band for bar in self.bars if bar.band)
        return "".join(box(band.x, band.y, band.width, band.height) for band in bands)


@dataclass(frozen=True, slots=True)
class Mini(Bars):
    """The small chart of the last sessions."""

    title: str
    sentence: str
    caution: str
    y_labels: tuple[tuple[int, float], ...] = SCALE


def build(
    points: Sequence[SessionPoint],
    check_ins: Sequence[CheckIn],
    flares: Sequence[Flare],
    range_name: str,
    today: date,
    end: date | None = None,
    began_on: date | None = None,
) -> Chart:
    """The chart of a range ("30d", "90d", "1y" or "all") whose last day is `end`, or else the newest.

    `points` and `check_ins` come oldest first. `began_on` is the first day of the whole record, needed only
    when they are a part of it. "all" draws sessions up to 92 days of record, weeks up to two years, four
    weeks beyond. Check-ins are drawn and listed where a bar is a session, and left out where it sums up.
    Raises KeyError for another range.
    """
    sessions, checks = sorted(points, key=attrgetter("day")), sorted(check_ins, key=attrgetter("day"))
    ends = [point.day for point in (*sessions[:1], *sessions[-1:])]
    ends += [check.day for check in (*checks[:1], *checks[-1:])]
    latest, began = max([today, *ends]), min([began_on or today, today, *ends])
    frame = _window(range_name, began, latest, end)
    unit = _unit(range_name, frame.days)

    shown = [point for point in sessions if frame.holds(point.day)]
    dots = [check for check in checks if frame.holds(check.day) and unit == "session"]
    if unit == "session":
        marks = list(of_sessions(shown, frame, today))
    else:
        marks = list(of_weeks(shown, frame, unit, today))
    drawn = [(mark.bar, mark.reading) for mark in marks if mark.bar]
    bars = [one for one, _ in drawn]
    if bars and frame.last == latest:
        bars[-1] = replace(bars[-1], last=True)

    seen = [f for f in flares if f.starts_on <= frame.last and (f.ends_on or latest) >= frame.first]
    shades = [_shade(flare, frame, latest) for flare in seen]
    befores = ((point.day, point.before) for point in sessions if point.before is not None)
    kinds = Counter(point.kind for point in shown)
    return Chart(
        range_name=range_name,
        unit=unit,
        size=_size(unit, frame.days),
        first_on=frame.first,
        last_on=frame.last,
        period=period(frame.first, frame.last),
        bars=tuple(bars),
        check_ins=tuple(Dot(frame.day_x(check.day), y(check.score)) for check in dots),
        trend=tuple(_polyline(line, frame) for line in smooth(befores, frame.first, frame.last)),
        flares=tuple(shades),
        notes=notes((shade.x, flare.label or "Flare-up") for shade, flare in zip(shades, seen, strict=True)),
        x_labels=x_labels(frame),
        lower=kinds["fell"],
        same=kinds["same"],
        higher=kinds["rose"],
        title=f"Pain before and after, {EACH_BAR[unit]}",
        summary=_summary(kinds, len(dots), seen, unit),
        earlier=_query(range_name, frame.first - timedelta(days=1)) if began < frame.first else "",
        later=_later(range_name, frame, latest),
        stops=tuple((one.x, reading) for one, reading in drawn),
        rows=_rows(marks, dots, today),
    )


def mini(points: Sequence[SessionPoint]) -> Mini:
    """The last 14 sessions with a score, the newest at the right edge. `points` come oldest first.

    Of one session alone nothing is said.
    """
    scored = [point for point in points if point.kind][-MINI:]
    step, first = 94 / (MINI - 1), MINI - len(scored)
    bars = [
        bar(round(3 + slot * step, 2), point.before, point.after, last=slot == MINI - 1)
        for slot, point in enumerate(scored, first)
    ]
    lower, both = count_lower(scored)
    return Mini(
        bars=tuple(bars),
        title=f"Last {plural(len(scored), 'session')}, before to after",
        sentence=f"Lower after {lower} of your last {both} sessions." if both > 1 else "",
        caution=caution(lower, both) if both > 1 else "",
    )


def _window(range_name: str, began: date, latest: date, end: date | None) -> Frame:
    if range_name == "all":
        return Frame(min(began, latest - timedelta(days=SHORTEST - 1)), latest)
    last = min(max(end or latest, began), latest)
    return Frame(last - timedelta(days=DAYS[range_name] - 1), last)


def _unit(range_name: str, days: int) -> str:
    if range_name == "1y":
        return "week"
    return "session" if days <= SESSIONS_UP_TO else "week" if days <= WEEKS_UP_TO else "four weeks"


def _size(unit: str, days: int) -> str:
    room = days / (7 * WEEKS[unit]) if unit in WEEKS else days
    return next((size for most, size in SIZES if room <= most), "call")


def _later(range_name: str, frame: Frame, latest: date) -> str:
    if frame.last >= latest:
        return ""
    following = frame.last + timedelta(days=frame.days)
    return _query(range_name, following if following < latest else None)


def _query(range_name: str, end: date | None) -> str:
    return f"?range={range_name}&end={end}" if end else f"?range={range_name}"


def _polyline(line: Iterable[tuple[float, float]], frame: Frame) -> str:
    return " ".join(f"{frame.x(days + 0.5):.1f},{y(score):.1f}" for days, score in line)


def _shade(flare: Flare, frame: Frame, latest: date) -> Shade:
    """At least one percent wide, so that a single day is seen in ten years."""
    left = min(frame.day_x(max(flare.starts_on, frame.first), 0), 99.0)
    right = frame.day_x(min(flare.ends_on or latest, frame.last), 1)
    return Shade(left, round(max(right - left, 1.0), 2), flare.starts_on >= frame.first)


def _summary(kinds: Counter[str], checks: int, flares: Sequence[Flare], unit: str) -> str:
    """The chart in words, for those who hear it."""
    total, without = kinds.total(), kinds["single"] + kinds[""]
    parts = ["No sessions in this time."]
    if total:
        counts = f"Lower after {kinds['fell']}, the same after {kinds['same']}, higher after {kinds['rose']}."
        parts = [f"{plural(total, 'session')}. {counts}"]
    if without:
        parts.append(f"{without} without both scores.")
    if checks:
        parts.append(f"{plural(checks, 'check-in')}.")
    if flares:
        names = (f"{flare.label or 'Flare-up'}, from {day_month(flare.starts_on)}" for flare in flares)
        parts.append(f"Flare-ups: {'; '.join(names)}.")
    if total or checks:
        parts.append(TABLE[unit])
    return " ".join(parts)


def _rows(marks: Sequence[Mark], checks: Iterable[CheckIn], today: date) -> tuple[TableRow, ...]:
    """The newest first. Of one day, the check-ins stand above the sessions."""
    every = [*marks, *(of_check_in(check, today) for check in checks)]
    every.sort(key=lambda mark: mark.on)
    return tuple(mark.row for mark in reversed(every))
