"""Tables of other diaries: which columns they have, and the pain scores in them. Pure.

A score of a day without a time is kept at noon; further ones of that day that differ, a minute later each.
"""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from journal.cells import from_nrs, unquoted
from routines.lines import Fault, FileError, plain, short

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_FAULTS = 200
LOOKED_AT = 200
"""Rows, to guess what the columns are."""

ORDERS = {
    "ymd": "Year, month, day: 2026-05-14",
    "dmy": "Day, month, year: 14/5/2026 or 14.5.26",
    "mdy": "Month, day, year: 5/14/2026",
}
SCALES = {
    "1-10": "1 to 10, and 1 is no pain: kept as it is",
    "0-10": "0 to 10, as clinics ask: times 0.9 and 1 more, rounded",
    "0-100": "0 to 100, such as a line in millimetres: a tenth of it, and then as 0 to 10",
}
HIGHEST = {"1-10": 10, "0-10": 10, "0-100": 100}

DAY = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})\.?(?:[T,\s]+(\S.*))?", re.ASCII)
CLOCK = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|[+-]\d{2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Columns:
    """What is in which column. `time` is None where it is beside the day, or not told."""

    day: int
    score: int
    order: str
    scale: str
    time: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A score as it will be kept; `said` is what the file has for day and score."""

    line: int
    at: datetime
    score: int
    said: tuple[str, str]


@dataclass
class Diary:
    """The scores of a table. `empty`: rows without a score; `repeated`: rows that say the same again."""

    entries: list[Entry] = field(default_factory=list)
    empty: int = 0
    repeated: int = 0


@dataclass(frozen=True)
class Table:
    """names: of its columns. rows: each with its line."""

    names: list[str]
    rows: list[tuple[int, list[str]]]

    def column(self, number: int, most: int = LOOKED_AT) -> list[str]:
        """What is in a column, without what is empty."""
        cells = (row[number].strip() for _, row in self.rows[:most] if number < len(row))
        return [cell for cell in cells if cell]

    # --- What its columns may be ------------------------------------------------------------------

    @property
    def likely_day(self) -> int | None:
        numbers = range(len(self.names))
        return next((n for n in numbers if _mostly(self.column(n), lambda c: bool(DAY.fullmatch(c)))), None)

    @property
    def likely_time(self) -> int | None:
        numbers = range(len(self.names))
        return next((n for n in numbers if _mostly(self.column(n), lambda c: bool(CLOCK.fullmatch(c)))), None)

    @property
    def likely_score(self) -> int | None:
        numbers = [
            n for n in range(len(self.names)) if _mostly(self.column(n), lambda c: _number(c) is not None)
        ]
        named = [n for n in numbers if re.search(r"pain|score|nrs|vas|schmerz", self.names[n], re.IGNORECASE)]
        return next(iter(named or numbers), None)

    def likely_order(self, number: int) -> str:
        """ "" where it cannot be told: 3/4 is a day in April or in March."""
        days = [found for cell in self.column(number, len(self.rows)) if (found := DAY.fullmatch(cell))]
        if days and all(len(found[1]) == 4 for found in days):
            return "ymd"
        is_dmy = any(int(found[1]) > 12 for found in days)
        is_mdy = any(int(found[2]) > 12 for found in days)
        return "" if is_dmy == is_mdy else "dmy" if is_dmy else "mdy"

    # --- What is in it ----------------------------------------------------------------------------

    def diary(self, columns: Columns, zone: str, now: datetime) -> Diary:
        """The scores by these columns. Raises FileError with the line and the reason of what makes no sense."""
        diary, faults = Diary(), []
        taken: dict[datetime, int] = {}
        for line, row in self.rows:
            try:
                self._take(diary, taken, line, row, columns, zone, now)
            except ValueError as error:
                faults.append(Fault(line, short(plain(str(error)))))
            if len(faults) >= MOST_FAULTS:
                break
        if faults:
            raise FileError(faults)
        return diary

    def _take(
        self,
        diary: Diary,
        taken: dict[datetime, int],
        line: int,
        row: list[str],
        columns: Columns,
        zone: str,
        now: datetime,
    ) -> None:
        def cell(number: int | None) -> str:
            return unquoted(row[number]).strip() if number is not None and number < len(row) else ""

        day, score = cell(columns.day), cell(columns.score)
        if not score:
            diary.empty += 1
            return
        at, has_time = _moment(day, cell(columns.time), columns.order, zone)
        if at > now + timedelta(days=1):
            raise ValueError(f"the day must be from 1900 until now, not {day}")
        kept = _score(score, columns.scale)
        while taken.get(at, kept) != kept and not has_time:
            at += timedelta(minutes=1)
        if taken.get(at, kept) != kept:
            raise ValueError(f"there is another score of the same minute: {day} {cell(columns.time)}".strip())
        if at in taken:
            diary.repeated += 1
            return
        taken[at] = kept
        diary.entries.append(Entry(line, at, kept, (f"{day} {cell(columns.time)}".strip(), score)))


def read(text: str) -> Table:
    """A table of a text with commas, semicolons or tabs. Raises FileError where there is none in it."""
    delimiter = _delimiter(text)
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((line, row))
            line = reader.line_num + 1
            if len(row) > MOST_COLUMNS:
                raise FileError([Fault(line, f"there are more than {MOST_COLUMNS} columns")])
            if len(rows) > MOST_ROWS + 1:
                raise FileError([Fault(line, f"there are more than {MOST_ROWS} rows")])
    except csv.Error as error:
        raise FileError([Fault(line, f"this is no table: {error}")]) from error
    width = max((len(row) for _, row in rows), default=0)
    if width < 2:
        raise FileError([Fault(1, "this is no table: it needs a column for the day and one for the score")])
    head = rows[0][1]
    has_names = not any(DAY.fullmatch(cell.strip()) for cell in head)
    names = [plain(unquoted(cell)).strip() for cell in head] if has_names else []
    names = [short(names[n], 60) if n < len(names) and names[n] else f"Column {n + 1}" for n in range(width)]
    return Table(names, rows[1:] if has_names else rows)


def _delimiter(text: str) -> str:
    """The one that most of the first lines have, and have equally often."""
    lines = [line for line in text[:20_000].splitlines()[:30] if line.strip()]

    def evenness(mark: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=mark)]
        usual = max(set(counts), key=counts.count, default=1)
        return (counts.count(usual) if usual > 1 else 0), usual

    return max(",;\t", key=evenness)


def _mostly(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(fits, cells)) > 0.8 * len(cells)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ".")) if re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,6})?", text) else None
    except InvalidOperation:
        return None


def _score(text: str, scale: str) -> int:
    value = _number(text)
    highest = HIGHEST[scale]
    if value is None or value > highest or (scale == "1-10" and (value < 1 or value != int(value))):
        kind = "a whole number from 1 to 10" if scale == "1-10" else f"a number from 0 to {highest}"
        raise ValueError(f"the score must be {kind}, not {text}")
    return int(value) if scale == "1-10" else from_nrs(value * 10 / highest)


def _moment(day: str, clock: str, order: str, zone: str) -> tuple[datetime, bool]:
    """The instant, and whether a time was told."""
    found = DAY.fullmatch(day)
    if not found:
        raise ValueError(f"there is no day, only “{day}”" if day else "there is a score without a day")
    numbers = [int(part) for part in found.groups()[:3]]
    year, month, date_ = (numbers[order.index(letter)] for letter in "ymd")
    if len(found[1 + order.index("y")]) <= 2:
        year += 2000
    try:
        on = date(year, month, date_)
    except ValueError as error:
        raise ValueError(f"{day} is no day, read as {ORDERS[order].split(':')[0].lower()}") from error
    if not 1900 <= year < 3000:
        raise ValueError(f"the day must be from 1900 until now, not {day}")
    clock = clock or found[4] or ""
    if not clock:
        return datetime.combine(on, time(12), ZoneInfo(zone)).astimezone(UTC), False
    return _at(on, clock, zone), True


def _at(on: date, clock: str, zone: str) -> datetime:
    found = CLOCK.fullmatch(clock.strip())
    if not found:
        raise ValueError(f"“{clock}” is not a time")
    hour, half = int(found[1]), (found[4] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 99
    try:
        local = datetime.combine(on, time(hour, int(found[2]), int(found[3] or 0)))
    except ValueError as error:
        raise ValueError(f"“{clock}” is not a time") from error
    if found[5]:
        offset = found[5].upper().replace("Z", "+00:00")
        try:
            return datetime.fromisoformat(f"{local.isoformat()}{offset}").astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise ValueError(f"“{clock}” is not a time") from error
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
