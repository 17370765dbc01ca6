"""The pain history: one figure for a range of days, the sentence above it, the table below."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from accounts.models import User
from config.htmx import render_page, target_of
from journal import calendar, chart, points, trend
from journal.models import PainScore
from journal.practice import practice
from journal.ratings import of_everything, of_stretches
from journal.relief import relief
from journal.rhythm import RHYTHM_DAYS, rhythm
from journal.scores import Flare, SessionPoint, pairs
from routines.models import Routine, Session

USUAL_RANGE = "90d"
HEADLINE = timedelta(days=90)
RATED = timedelta(days=365)
"""So far back ratings count: what helped years ago says little of today."""


@login_not_required
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """`?range=30d|90d|1y|all`, `?end=2026-05-15` for an earlier window."""
    person = request.user
    if not isinstance(person, User):
        return _nothing_yet(request)
    today = timezone.localdate()
    range_name = request.GET.get("range", USUAL_RANGE)
    range_name = range_name if range_name in dict(chart.RANGES) else USUAL_RANGE
    end = _day(request.GET.get("end", ""))
    last = min(end or today, today)
    since = _since(range_name, last, person)
    found, checks = points.session_points(person, since=since), points.check_ins(person, since)
    oldest = min([point.day for point in found[:1]] + [check.day for check in checks[:1]], default=None)
    # A day before the window says that there is more, and nothing else is to be known of it.
    if since and (oldest is None or oldest > last - timedelta(days=chart.DAYS[range_name])):
        oldest = _began_on(person)
    if oldest is None:
        return _nothing_yet(request)
    before = today - HEADLINE
    lately = [point for point in found if before < point.day <= today]
    spells, rests = points.marked_days(person)
    drawn = chart.build(found, checks, spells, range_name, today, end, began_on=oldest)
    context = {
        "chart": drawn,
        "headline": trend.headline(lately, today, HEADLINE.days),
        "rows": drawn.rows,
        "range_name": range_name,
        "ranges": chart.RANGES,
    }
    if target_of(request) != "history":
        context |= _beside(person, lately, spells, rests, today)
    return render_page(
        request, "journal/history.html", context, fragments={"history": "journal/_history.html"}
    )


def _nothing_yet(request: HttpRequest) -> HttpResponse:
    return render(request, "journal/history.html", {"five_minutes": Routine.objects.five_minutes()})


def _beside(
    person: User, lately: Sequence[SessionPoint], spells: Sequence[Flare], rests: Sequence[Flare], today: date
) -> dict[str, object]:
    """What stands below the chart, whatever its range."""
    first = today - timedelta(days=RHYTHM_DAYS)
    timed = calendar.first_of_heat(today)
    done = [
        calendar.Done(each.day, each.minutes, each.name)
        for each in practice(person, first, today, timed_since=timed)
    ]
    return {
        "today": today,
        "helps": of_stretches(person, timezone.now() - RATED),
        "relief": relief(Counter(pairs(lately))),
        "heat": calendar.heat(done, spells, today),
        "rhythm": rhythm((each.on for each in done), today, person.week_goal, [*spells, *rests]),
    }


@require_safe
def helps(request: PersonRequest) -> HttpResponse:
    """What seems to help, by stretch, routine, kind and direction."""
    found = of_everything(request.user, timezone.now() - RATED)
    return render(request, "journal/helps.html", {"helps": found})


def _began_on(person: User) -> date | None:
    """The day of the first session or check-in, or nothing yet."""
    begun = Session.objects.of(person).finished().order_by("started_at").values_list("started_at", flat=True)
    said = PainScore.objects.of(person).check_ins().order_by("given_at").values_list("given_at", flat=True)
    moments = [first for first in (begun.first(), said.first()) if first]
    return timezone.localdate(min(moments)) if moments else None


def _since(range_name: str, last: date, person: User) -> datetime | None:
    """How far back to fetch: the window and what its trend depends on, and always the headline's days. And two days
    more, for a session counts on the day it was where the person was."""
    if range_name == "all":
        return None
    window = chart.DAYS[range_name]
    trend_from = last - timedelta(days=window + trend.reach(window))
    first = min(trend_from, timezone.localdate() - HEADLINE)
    return datetime.combine(first - timedelta(days=2), time(), person.zone)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year > 2000 else None
