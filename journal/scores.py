"""Pain scores as the trend and the chart take them. Pure: whole numbers from 1 (no pain) to 10.

A score nobody gave is None and never a 1. Times are aware, in the zone the person was in, so that a day
is the day it was for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(slots=True)
class SessionPoint:
    """One session and its scores. `routine` is its name; `day` follows from `at`.

    Not frozen: it is made by the thousand, and a frozen one takes more than three times as long.
    """

    at: datetime
    before: int | None
    after: int | None
    next_day: int | None
    routine: str
    next_day_skipped: bool = False
    day: date = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.day = self.at.date()  # asked for several times

    @property
    def kind(self) -> str:
        return kind(self.before, self.after)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A score given outside a session."""

    at: datetime
    score: int

    @property
    def day(self) -> date:
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Flare:
    """Days the person marked as worse. `ends_on` is the last of them, None while it goes on."""

    starts_on: date
    ends_on: date | None
    label: str


def kind(before: float | None, after: float | None) -> str:
    """fell, rose or same; single when only one of the two was given, and "" when neither was."""
    if before is None or after is None:
        return "" if before is after else "single"
    return "fell" if after < before else "rose" if after > before else "same"


def pairs(points: Iterable[SessionPoint]) -> list[tuple[int, int]]:
    """Before and after of the sessions that have both."""
    return [(p.before, p.after) for p in points if p.before is not None and p.after is not None]
