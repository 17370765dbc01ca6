"""What is due when. Pure: the moment is passed in, and instants come out in UTC.

A reminder is a time of the clock where the person is, on some days of the week, so that it stays at half past six
in the evening when the clocks change. A time that the clock leaves out that day is the one an hour later; of one
that it has twice the first counts. A day that a place never had (Samoa, 30 December 2011) has no reminder.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from routines.schedule import Slot, minute

WINDOW = timedelta(hours=1)
"""So long after its moment something is still sent. What is older is given up: after a day's outage nobody wants
yesterday's reminders."""

LOOK_BACK = timedelta(hours=26)
"""So far back is looked for what was never sent, to write down that it was given up: a day, and the longest one."""

NEXT_DAY_AFTER = timedelta(hours=18)
"""After the end of a session the question of the next day is due (journal.models.NEXT_DAY_FROM)."""

DAY_BEGINS, DAY_ENDS = time(8), time(21)
"""Between these a mail that names no time of its own is sent."""

WEEK_TIME = "08:00"
"""On Mondays, of the week before."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days off: `last` is the last of them."""

    first: date
    last: date


def instant(day: date, time_name: str, zone: ZoneInfo) -> datetime | None:
    """When it is `time_name` ("morning", "18:30") on that day in that zone; None if the zone left the day out."""
    hours, minutes = divmod(minute(time_name), 60)
    moment = datetime.combine(day, time(hours, minutes), zone).astimezone(UTC)
    return moment if moment.astimezone(zone).date() == day else None


def moments(days: int, time_name: str, zone: ZoneInfo, after: datetime, until: datetime) -> list[datetime]:
    """Each moment after `after` and up to `until`, in order. `days` is a number whose bit 0 is Monday."""
    first, last = after.astimezone(zone).date(), until.astimezone(zone).date()
    between = (first + timedelta(days=n) for n in range((last - first).days + 1))
    found = (instant(day, time_name, zone) for day in between if days >> day.weekday() & 1)
    return [moment for moment in found if moment and after < moment <= until]


def asked_at(end: datetime, zone: ZoneInfo) -> datetime:
    """When the question of the day after a session that ended at `end` is sent: 18 hours later, but by day.

    At the latest that is 29 hours after the end, or 30 when the clocks change: inside the 36 in which it is asked.
    """
    there = (end + NEXT_DAY_AFTER).astimezone(zone)
    if DAY_BEGINS <= there.time() < DAY_ENDS:
        return there.astimezone(UTC)
    day = there.date() if there.time() < DAY_BEGINS else there.date() + timedelta(days=1)
    return datetime.combine(day, DAY_BEGINS, zone).astimezone(UTC)


def is_late(due_at: datetime, now: datetime) -> bool:
    return now - due_at > WINDOW


def is_wanted(slots: Iterable[Slot], any_done: bool, at_minute: int) -> bool:
    """Whether there is something left to be reminded of, at a minute of the day.

    What is meant for the day up to then decides; a routine meant for any time counts from the morning on. Where
    nothing is meant for it so far, any session of the day will do.
    """
    so_far: Collection[Slot] = [slot for slot in slots if not slot.time or minute(slot.time) <= at_minute]
    return any(not slot.is_done for slot in so_far) if so_far else not any_done
