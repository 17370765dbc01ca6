"""`/`: the landing page for a newcomer, Today for a person who has been here before."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from config.newcomers import same_for_newcomers
from journal import chart, days, next_day
from journal.points import marked_days, session_points
from journal.practice import Practice, practice
from journal.rhythm import RHYTHM_DAYS, monday, rhythm
from journal.views.sessions import done_items
from routines import schedule
from routines.models import Routine, Session
from routines.short import is_longer
from stretches.models import Stretch

LATELY = 14
"""Sessions in the small chart, as in the design."""


class Scheduled(NamedTuple):
    """A routine at one of the times it is meant for today."""

    routine: Routine
    slot: schedule.Slot

    @property
    def bars(self) -> range:
        """The stretches of it that count as done, from 1: all or none."""
        return range(1, len(self.routine.ordered_items) + 1 if self.slot.is_done else 1)


@login_not_required
@require_safe
@same_for_newcomers(Routine.objects.version)
def today(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not isinstance(user, User):
        return render(request, "landing.html", {"routine": Routine.objects.five_minutes()})
    today = timezone.localdate()
    latest = Session.objects.of(user).order_by("-started_at").first()
    practised = list(practice(user, today - timedelta(days=RHYTHM_DAYS), today, timed_since=monday(today)))
    done = [each for each in practised if each.day == today]
    scheduled = _scheduled(user, today, done)
    following = next((each for each in scheduled if not each.slot.is_done), None)
    up = following or (scheduled[-1] if scheduled else None)
    unfinished = _unfinished(latest)
    routine = up.routine if up else None if unfinished else _usual(user, latest)
    asked = next_day.asked_of(user, timezone.now())
    items = routine.plan_items if routine else ()
    spells, rests = marked_days(user)
    lately = session_points(user, last=LATELY)
    flare = next((spell for spell in spells if spell.ends_on is None), None)
    context = {
        "today": today,
        "unfinished": unfinished,
        "unfinished_done": done_items(unfinished) if unfinished else set(),
        "scheduled": scheduled,
        "following": following,
        "done": done,
        "done_seconds": sum(each.seconds for each in done),
        "routine": routine,
        "plan_items": unfinished.items if unfinished else items,
        "has_short": is_longer(items),
        "drawn": _first_stretch(unfinished, routine),
        "week": days.week(((each.day, each.minutes) for each in practised), today),
        "rhythm": rhythm((each.day for each in practised), today, user.week_goal, [*spells, *rests]),
        "flare": flare,
        "gentle": Routine.objects.gentle() if flare else None,
        "pause": next((rest for rest in rests if rest.starts_on <= today <= (rest.ends_on or today)), None),
        "lately": lately[-1] if lately else None,
        "chart": chart.mini(lately),
        "asked": asked,
        "asked_when": f"{asked.day:%A}" if asked and asked.day != today - timedelta(days=1) else "Yesterday",
    }
    return render(request, "journal/today.html", context)


def _scheduled(user: User, day: date, done: Sequence[Practice]) -> list[Scheduled]:
    """What is meant for this day, the earliest first. Three queries, however much it is."""
    meant = (
        Routine.objects.of(user).alias(that_day=F("days").bitand(1 << day.weekday())).filter(that_day__gt=0)
    )
    routines = {routine.pk: routine for routine in meant.with_items()}
    times_done = Counter(each.routine for each in done if each.routine)
    slots = schedule.slots(((pk, routine.times) for pk, routine in routines.items()), times_done)
    return [Scheduled(routines[slot.routine], slot) for slot in slots]


def _usual(user: User, latest: Session | None) -> Routine | None:
    """Where nothing is scheduled: what they did last; else their newest own routine; else the five minutes.

    What they did last may be put away since, or be somebody else's that they followed by its link.
    """
    routines = Routine.objects.with_items()
    last = latest and latest.routine_id
    if last and (again := routines.open_to(user).filter(pk=last, archived_at=None).first()):
        return again
    return routines.of(user).first() or Routine.objects.five_minutes()


def _unfinished(latest: Session | None) -> Session | None:
    """The session they are in the middle of, if they are."""
    return latest if latest and latest.is_open(timezone.now()) and latest.is_readable else None


def _first_stretch(unfinished: Session | None, routine: Routine | None) -> Stretch | None:
    """What the page draws: of a session the stretch to go on with, as it was begun, for its routine may have
    changed or gone."""
    if unfinished:
        item = unfinished.items[max(unfinished.here - 1, 0)]
        return Stretch.objects.filter(slug=item.slug).first()
    items = routine.ordered_items if routine else []
    return items[0].stretch if items else None
