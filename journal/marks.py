"""The bars of the chart, each with its words and its row of the table. Pure; percent of the plot."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from journal.frame import Frame, y
from journal.scores import CheckIn, SessionPoint, kind
from journal.trend import Bucket, Middle, buckets
from journal.words import about, day_month, day_of_week, plural

WEEKS = {"week": 1, "four weeks": 4}
"""What a bar can sum up, in weeks."""

NOTHING = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Band:
    """Where the middle 80 % of the scores of some weeks lie."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """From the score before (y1) to the score after (y2).

    `kind` is fell, rose or same, or single when only one of the two scores was given: then y1 is y2 and a
    hollow dot is drawn. `last` is the newest of all; `slim` shares its place with others.
    """

    x: float
    y1: float
    y2: float
    kind: str
    last: bool = False
    slim: bool = False
    band: Band | None = None

    @property
    def css(self) -> str:
        return f"{self.kind}{' slim' if self.slim else ''}{' last' if self.last else ''}"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table: a session, a few weeks, or a check-in, which has one `score` and no others.

    `on` is the day of a session or a check-in.
    """

    when: str
    what: str
    before: str = NOTHING
    after: str = NOTHING
    next_day: str = NOTHING
    score: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar, what the reading line says at it, and its row of the table. No score, no bar."""

    on: date
    row: TableRow
    reading: str = ""
    bar: Bar | None = None


def bar(
    x: float, before: float | None, after: float | None, *, last: bool = False, slim: bool = False
) -> Bar:
    """A bar without a band. At least one of the two scores is given."""
    heights = [y(score) for score in (before, after) if score is not None]
    return Bar(x, heights[0], heights[-1], kind(before, after), last, slim)


def of_sessions(
    points: Sequence[SessionPoint], frame: Frame, today: date, slim: bool = False
) -> Iterator[Mark]:
    """A mark each. The sessions of one day lie side by side in the day's slot, in order."""
    in_day, seen = Counter(point.day for point in points), Counter[date]()
    for point in points:
        day = point.day
        x = frame.day_x(day, (seen[day] + 0.5) / in_day[day])
        seen[day] += 1
        when = day_of_week(day, today)
        before, after = _score(point.before), _score(point.after)
        row = TableRow(when, point.routine, before, after, _next_day(point, today), on=day)
        drawn = bar(x, point.before, point.after, slim=slim or in_day[day] > 1) if point.kind else None
        yield Mark(day, row, f"{when}: {_reading(point)}", drawn)


def of_weeks(points: Sequence[SessionPoint], frame: Frame, unit: str, today: date) -> Iterator[Mark]:
    """A mark for every week or four weeks that can be summed up, and one a session for the others."""
    for bucket in buckets(points, WEEKS[unit]):
        if bucket.middle:
            yield _of_bucket(bucket, bucket.middle, frame, unit, today)
        else:
            yield from of_sessions(bucket.points, frame, today, slim=True)


def of_check_in(check_in: CheckIn, today: date) -> Mark:
    """A row only: its dot is drawn apart from the bars."""
    day = check_in.day
    return Mark(day, TableRow(day_of_week(day, today), "Check-in", score=str(check_in.score), on=day))


def _of_bucket(bucket: Bucket, middle: Middle, frame: Frame, unit: str, today: date) -> Mark:
    left = frame.day_x(max(bucket.first_on, frame.first), 0)
    right = frame.day_x(min(bucket.last_on, frame.last), 1)
    width, top = right - left, y(middle.high)
    band = Band(round(left + 0.1 * width, 2), top, round(0.8 * width, 2), round(y(middle.low) - top, 1))
    drawn = Bar(
        x=round((left + right) / 2, 2),
        y1=y(middle.before),
        y2=y(middle.after),
        kind=kind(middle.before, middle.after),
        band=band,
    )
    year = "" if bucket.first_on.year == today.year else f" {bucket.first_on.year}"
    when = f"{'Week of' if unit == 'week' else 'Four weeks from'} {day_month(bucket.first_on)}{year}"
    count = plural(len(bucket.points), "session")
    before, after = about(middle.before), about(middle.after)
    reading = f"{when}, {count}: typically {before} before, {after} after"
    return Mark(bucket.first_on, TableRow(when, count, before, after), reading, drawn)


def _score(score: int | None) -> str:
    return NOTHING if score is None else str(score)


def _next_day(point: SessionPoint, today: date) -> str:
    """The score a day later, or why there is none. It may be given until 36 hours after the session."""
    if point.next_day is not None:
        return str(point.next_day)
    if point.next_day_skipped:
        return "skipped"
    return "not yet" if (today - point.day).days <= 1 else NOTHING


def _reading(point: SessionPoint) -> str:
    before = "no score before" if point.before is None else f"{point.before} before"
    after = "no score after" if point.after is None else f"{point.after} after"
    return f"{before}, {after}"
