"""The pain history: one figure for a range of days, the sentence above it, the table below."""

from datetime import date, datetime, time, timedelta

from django.contrib.auth.decorators import login_not_required
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from config.htmx import render_page
from journal import chart, trend
from journal.points import check_ins, session_points
from routines.models import Routine, Session

USUAL_RANGE = "90d"
HEADLINE_DAYS = 90


@login_not_required
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """`?range=30d|90d|1y|all`, `?end=2026-05-15` for an earlier window."""
    person = request.user if isinstance(request.user, User) else None
    began_on = _began_on(person) if person else None
    if person is None or began_on is None:
        return render(request, "journal/history.html", {"five_minutes": Routine.objects.five_minutes()})
    today = timezone.localdate()
    range_name = request.GET.get("range", USUAL_RANGE)
    range_name = range_name if range_name in dict(chart.RANGES) else USUAL_RANGE
    end = _day(request.GET.get("end", ""))
    since = _since(range_name, min(end or today, today), person)
    points = session_points(person, since=since)
    drawn = chart.build(points, check_ins(person, since), [], range_name, today, end, began_on)
    context = {
        "chart": drawn,
        "headline": trend.headline(points, today, HEADLINE_DAYS),
        "rows": drawn.rows,
        "range_name": range_name,
        "ranges": chart.RANGES,
    }
    return render_page(
        request, "journal/history.html", context, fragments={"history": "journal/_history.html"}
    )


def _began_on(person: User) -> date | None:
    """The day of the first session, or nothing yet."""
    first = Session.objects.of(person).finished().aggregate(first=Min("started_at"))["first"]
    return timezone.localdate(first) if first else None


def _since(range_name: str, last: date, person: User) -> datetime | None:
    """How far back to fetch: the window and as much again for its trend, and always the headline's days."""
    if range_name == "all":
        return None
    window = last - timedelta(days=2 * chart.DAYS[range_name])
    first = min(window, timezone.localdate() - timedelta(days=HEADLINE_DAYS))
    return datetime.combine(first, time(), person.zone)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year > 2000 else None
