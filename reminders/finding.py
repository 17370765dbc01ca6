"""Who is due for what, just now: rows read in bulk, so that a run costs the same few queries for everybody."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import F

from accounts.models import User
from journal.practice import practice
from reminders.addresses import confirmed
from reminders.due import LOOK_BACK, NEXT_DAY_AFTER, WEEK_TIME, asked_at, is_wanted, moments
from reminders.models import MailWishes, Notice, Reminder
from routines import schedule
from routines.models import Routine, Session

MONDAYS = 0b1
AT_IT = timedelta(hours=1)
"""Somebody who began a session so lately, and has not ended it, is in the middle of it."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that a person is due for since `due_at`. `reminder` is the one it comes from, if it is one."""

    user_id: int
    kind: str
    due_at: datetime
    reminder: Reminder | None = None

    @property
    def key(self) -> tuple[int, str, datetime]:
        return self.user_id, self.kind, self.due_at


def due_mails(now: datetime) -> dict[Due, str]:
    """Mails due and not yet claimed, the oldest first, each with the confirmed address it goes to."""
    wishes = {
        each.user_id: each for each in MailWishes.objects.filter(stopped_at=None).select_related("user")
    }
    found = {each.key: each for each in _wished(wishes, now) if each.due_at > wishes[each.user_id].made_at}
    open_ones = _unclaimed(found, now)
    addresses = confirmed({each.user_id for each in open_ones})
    return {each: addresses[each.user_id] for each in open_ones if each.user_id in addresses}


def _unclaimed(found: dict[tuple[int, str, datetime], Due], now: datetime) -> list[Due]:
    if not found:
        return []
    claimed = Notice.objects.filter(due_at__gt=now - LOOK_BACK).values_list("user_id", "kind", "due_at")
    for key in claimed.iterator():
        found.pop(key, None)
    return sorted(found.values(), key=lambda due: due.due_at)


def due_reminders(of: Iterable[Reminder], kind: str, now: datetime) -> Iterator[Due]:
    for each in of:
        for at in _moments(each.days, each.time, each.user.time_zone, now):
            if at > each.made_at:
                yield Due(each.user_id, kind, at, each)


def due_pushes(now: datetime) -> list[Due]:
    """Reminders due and not yet claimed for people with a device."""
    reminders = Reminder.objects.filter(user__push_subscriptions__isnull=False, user__is_active=True)
    rows = reminders.distinct().select_related("user")
    return _unclaimed({each.key: each for each in due_reminders(rows, Notice.Kind.PUSH, now)}, now)


def _wished(wishes: dict[int, MailWishes], now: datetime) -> Iterator[Due]:
    reminders = Reminder.objects.filter(
        user__mail_wishes__reminders=True, user__mail_wishes__stopped_at=None
    ).select_related("user")
    yield from (
        each for each in due_reminders(reminders, Notice.Kind.REMINDER, now) if each.user_id in wishes
    )
    for each in wishes.values():
        if each.weekly:
            for at in _moments(MONDAYS, WEEK_TIME, each.user.time_zone, now):
                yield Due(each.user_id, Notice.Kind.WEEK, at)
    ended = Session.objects.filter(
        user__mail_wishes__next_day=True,
        user__mail_wishes__stopped_at=None,
        finished_at__range=(now - LOOK_BACK - 2 * NEXT_DAY_AFTER, now - NEXT_DAY_AFTER),
    )
    for user_id, end in ended.values_list("user_id", "finished_at").iterator():
        if (
            end
            and user_id in wishes
            and now - LOOK_BACK < (at := asked_at(end, wishes[user_id].user.zone)) <= now
        ):
            yield Due(user_id, Notice.Kind.NEXT_DAY, at)


@lru_cache(maxsize=1024)
def _moments(days: int, time_name: str, zone: str, now: datetime) -> tuple[datetime, ...]:
    """Many people share a time and a zone."""
    return tuple(moments(days, time_name, ZoneInfo(zone), now - LOOK_BACK, now))


def is_left(user: User, at: datetime) -> bool:
    """Whether a reminder that is due at that moment still has something to remind of, and no pause is on."""
    there = at.astimezone(user.zone)
    day = there.date()
    if user.pauses.between(day, day).exists() or Session.objects.of(user).open(at).since(at - AT_IT).exists():
        return False
    done = list(practice(user, day, day))
    that_day = F("days").bitand(1 << day.weekday())
    meant = Routine.objects.of(user).alias(that_day=that_day).filter(that_day__gt=0)
    times_done = Counter(each.routine for each in done if each.routine)
    slots = schedule.slots(meant.values_list("pk", "times"), times_done)
    return is_wanted(slots, bool(done), 60 * there.hour + there.minute)
