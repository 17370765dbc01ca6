"""Cells of tables that a spreadsheet opens. Pure.

A spreadsheet takes a text that starts like a formula for one, and calculates it. Such a text gets a quote mark
before it; reading takes it away again. Numbers stay numbers. Source: OWASP, CSV Injection.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

Cell = str | int | Decimal | None

MARK = "\ufeff"
"""The byte order mark: without it, Excel takes UTF-8 for the code page of the machine."""

# A text that has such a quote mark already gets another one, so that reading gives what was written.
FORMULA = re.compile(r"'*[=+\-@\t\r\n\0]")
QUOTED = re.compile(r"'+[=+\-@\t\r\n\0]")


def quoted(cell: Cell) -> str | int | Decimal:
    """The cell as it is written."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def unquoted(text: str) -> str:
    """What was written as this."""
    return text[1:] if QUOTED.match(text) else text


def nrs(score: int) -> Decimal:
    """A score of 1 to 10 on the clinics' scale of 0 to 10, with one decimal: (score - 1) * 10 / 9.

    Converted, not asked: our 1 is "No pain", as their 0 is. 1, 4, 7 and 10 become 0, 3.3, 6.7 and 10.
    """
    return (Decimal(score - 1) * 10 / 9).quantize(Decimal("0.1"), ROUND_HALF_UP)


def from_nrs(value: Decimal) -> int:
    """The nearest score of 1 to 10 for one of 0 to 10, a half rounded up: value * 9 / 10 + 1."""
    return int((value * 9 / 10 + 1).quantize(Decimal(1), ROUND_HALF_UP))


def moment(at: datetime | None, zone: str) -> tuple[str, str, str, str]:
    """Day and time where the person was, the zone, and the instant."""
    if at is None:
        return "", "", "", ""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d}", f"{local:%H:%M:%S}", zone, instant(at)


def instant(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else ""


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def table(names: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """Lines of a CSV file: UTF-8 with its mark, commas, lines that end as RFC 4180 says."""
    writer = csv.writer(_Echo())
    yield MARK + str(writer.writerow(names))
    for row in rows:
        yield str(writer.writerow([quoted(cell) for cell in row]))
