"""A person's scheduled routines as a calendar (RFC 5545). Pure but for the routines' own rows.

Times are floating: 18:30 is 18:30 wherever the phone is, and no time zone has to be told. The names of events never
change (UID), so that a second subscription or import puts nothing in twice.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.crypto import salted_hmac
from icalendar import Alarm, Calendar, Event, vRecur, vUri

from reminders.due import Days
from routines import schedule
from routines.models import Routine

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SHORTEST = timedelta(minutes=5)
"""Of an event: anything shorter can't be seen or touched in a calendar."""

ANY_TIME_ALARM = timedelta(hours=9)
"""After midnight, for a routine that is meant for any time of a day."""

REFRESH = timedelta(hours=12)


def calendar(
    routines: Iterable[Routine], zone: ZoneInfo, rests: Iterable[Days], link: Callable[[Routine], str]
) -> bytes:
    """The file. `rests` are days off, which are left out; `link` gives a routine's address, to start it there."""
    found = Calendar()
    found.add("prodid", "-//Limber//Limber//EN")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", "Limber")
    found.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", REFRESH)
    rests = list(rests)
    for routine in routines:
        for time_name in schedule.in_order(routine.times) or [""]:
            found.add_component(_event(routine, time_name, zone, rests, link(routine)))
    body: bytes = found.to_ical()
    return body


def uid(routine: Routine, time_name: str) -> str:
    """The same for a routine and one of its times, always; it says nothing of either to anybody else."""
    name = f"{routine.pk} {time_name}"
    return f"{salted_hmac('limber.calendar', name, algorithm='sha256').hexdigest()[:32]}@limber"


def _event(routine: Routine, time_name: str, zone: ZoneInfo, rests: list[Days], link: str) -> Event:
    name = _one_line(routine.name)
    first = _first_day(routine, zone)
    event = Event()
    event.add("uid", uid(routine, time_name))
    event.add("dtstamp", routine.changed_at)
    event.add("summary", name)
    event.add("description", f"Start it: {link}")
    event.add("url", vUri(link))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("rrule", vRecur(freq="WEEKLY", byday=[CODES[day] for day in schedule.days_in(routine.days)]))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", name)
    if time_name:
        event.add("dtstart", _at(first, time_name))
        event.add("duration", max(SHORTEST, timedelta(minutes=routine.minutes)))
        alarm.add("trigger", timedelta())
    else:
        event.add("dtstart", first)
        alarm.add("trigger", ANY_TIME_ALARM)
    for day in _left_out(routine.days, first, rests):
        event.add("exdate", _at(day, time_name) if time_name else day)
    event.add_component(alarm)
    return event


def _one_line(name: str) -> str:
    """Without line ends and control characters, which a calendar's text can't have."""
    return " ".join("".join(one if one.isprintable() else " " for one in name).split())


def _first_day(routine: Routine, zone: ZoneInfo) -> date:
    """The first of its days since it was made, so that it is the same whenever the calendar is fetched."""
    day = routine.created_at.astimezone(zone).date()
    return next(
        later for later in (day + timedelta(days=n) for n in range(7)) if routine.days >> later.weekday() & 1
    )


def _at(day: date, time_name: str) -> datetime:
    """Without a zone, on purpose: floating."""
    hours, minutes = divmod(schedule.minute(time_name), 60)
    return datetime.combine(day, time(hours, minutes))


def _left_out(days: int, first: date, rests: Iterable[Days]) -> list[date]:
    off = {rest.first + timedelta(days=n) for rest in rests for n in range((rest.last - rest.first).days + 1)}
    return sorted(day for day in off if day >= first and days >> day.weekday() & 1)
