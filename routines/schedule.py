"""Which days and times a routine is meant for. Pure: numbers and words in, numbers and words out.

Days are one number, bit 0 being Monday. A time is "morning", "midday", "evening" or one of the clock, "18:30".
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from stretches.bits import places_in

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EVERY_DAY, WEEKDAYS, WEEKEND = 0b1111111, 0b0011111, 0b1100000

NAMED = {"morning": 7 * 60, "midday": 12 * 60 + 30, "evening": 19 * 60}
"""Where they stand among times of the clock, in minutes after midnight. Ours; nothing else depends on it."""

MOST_TIMES = 8


@dataclass(frozen=True, slots=True)
class Slot:
    """One time today that a routine is meant for. `time` is "" where the routine names none."""

    routine: int
    time: str
    is_done: bool

    @property
    def words(self) -> str:
        """ "Morning", "18:30"; without a time, "Any time"."""
        return self.time.capitalize() or "Any time"

    @property
    def in_sentence(self) -> str:
        """What it is meant for: "the morning", "midday", "18:30", "any time"."""
        return f"the {self.time}" if self.time in ("morning", "evening") else self.time or "any time"


def days_in(days: int) -> list[int]:
    """Each of them as a number, Monday being 0."""
    return list(places_in(days))


def clock_time(text: str) -> str | None:
    """What somebody typed ("7:30", "18.30", "07:30") as "07:30"; None when it is no time of the clock."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", text)
    return f"{int(found[1]):02}:{found[2]}" if found else None


def minute(time: str) -> int:
    """Where a time stands in the day, in minutes after midnight. "" counts as midday."""
    if named := NAMED.get(time or "midday"):
        return named
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def in_order(times: Iterable[str]) -> list[str]:
    """Each once, the earliest first."""
    return sorted(dict.fromkeys(times), key=minute)


def words(days: int, times: Iterable[str]) -> str:
    """ "Weekdays, morning and 18:30"; "" when there is no day."""
    if not days:
        return ""
    return ", ".join(filter(None, [day_words(days), listed(in_order(times))]))


def day_words(days: int) -> str:
    """ "Every day", "Weekdays", "Mondays and Thursdays"."""
    known = {EVERY_DAY: "Every day", WEEKDAYS: "Weekdays", WEEKEND: "Weekends"}
    without = [DAYS[number] for number in days_in(EVERY_DAY & ~days)]
    if len(without) == 1:
        return f"Every day but {without[0]}"
    return known.get(days) or listed([f"{DAYS[number]}s" for number in days_in(days)])


def listed(parts: Collection[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *first, last = parts or [""]
    return f"{', '.join(first)} and {last}" if first else last


def slots(meant: Iterable[tuple[int, Iterable[str]]], done: Mapping[int, int]) -> list[Slot]:
    """A day's slots, the earliest first.

    meant: routines, each with its times; without a time, once. done: how often each has been done today; as many
    of its slots count as done, the earliest first, for a session doesn't say which of them it was for.
    """
    day = [
        Slot(routine, time, is_done=number < done.get(routine, 0))
        for routine, times in meant
        for number, time in enumerate(in_order(times) or [""])
    ]
    return sorted(day, key=lambda slot: minute(slot.time))
