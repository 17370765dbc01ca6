"""Days and weeks of a person: what was done when. Pure: dates and minutes in, bars out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

TALLEST, SHORTEST = 64, 10
"""Heights of a day's bar in the picture of the week, in the design's pixels."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a week. `height` and `y` place its bar on a picture 70 high."""

    on: date
    minutes: int
    is_today: bool
    is_ahead: bool
    height: int

    @property
    def y(self) -> int:
        return 70 - self.height

    @property
    def words(self) -> str:
        """For those who hear the week: "Monday, 9 minutes"."""
        name = f"{self.on:%A}"
        if self.minutes:
            return f"{name}, {self.minutes} minute{'s' if self.minutes > 1 else ''}"
        return f"{name}, today" if self.is_today else name if self.is_ahead else f"{name}, nothing"


def week(done: Iterable[tuple[date, int]], today: date) -> tuple[Day, ...]:
    """The week of `today`, Monday to Sunday. `done` are days and minutes, several a day allowed."""
    monday = today - timedelta(days=today.weekday())
    minutes = dict.fromkeys((monday + timedelta(days=n) for n in range(7)), 0)
    for day, spent in done:
        if day in minutes:
            minutes[day] += spent
    most = max(minutes.values()) or 1
    return tuple(
        Day(
            on=day,
            minutes=spent,
            is_today=day == today,
            is_ahead=day > today,
            height=_height(spent, most, day == today),
        )
        for day, spent in minutes.items()
    )


def _height(minutes: int, most: int, is_today: bool) -> int:
    if not minutes:
        return TALLEST if is_today else SHORTEST
    return max(round(TALLEST * minutes / most), SHORTEST + 6)
