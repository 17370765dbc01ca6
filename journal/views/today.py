"""`/`: the landing page for a newcomer, Today for a person who has been here before."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from journal import chart, days
from journal.points import session_points
from routines.models import Routine, Session
from routines.models.session import RESUMABLE

LATELY = 14
"""Sessions in the small chart, as in the design."""


@login_not_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User):
        return render(request, "landing.html", {"routine": Routine.objects.five_minutes()})
    latest = list(Session.objects.of(request.user).defer("plan").order_by("-started_at")[:1])
    points = session_points(request.user, last=LATELY)
    context = {
        "today": timezone.localdate(),
        "routine": _next_routine(request.user, latest),
        "unfinished": _unfinished(latest),
        "week": _week(request.user),
        "chart": chart.mini(points),
    }
    return render(request, "journal/today.html", context)


def _next_routine(user: User, latest: Sequence[Session]) -> Routine | None:
    """What they did last; else their newest own routine; else the five minutes."""
    routines = Routine.objects.with_items()
    last = latest[0].routine_id if latest else None
    if last and (again := routines.filter(pk=last).first()):
        return again
    return routines.of(user).first() or Routine.objects.five_minutes()


def _unfinished(latest: Sequence[Session]) -> Session | None:
    """The session they are in the middle of, if they are."""
    now = timezone.now()
    return next((s for s in latest if s.finished_at is None and now - s.started_at < RESUMABLE), None)


def _week(user: User) -> tuple[days.Day, ...]:
    today = timezone.localdate()
    monday = datetime.combine(today - timedelta(days=today.weekday()), time(), user.zone)
    done = Session.objects.of(user).finished().since(monday).defer("plan")
    return days.week(((timezone.localdate(session.started_at), session.minutes) for session in done), today)
