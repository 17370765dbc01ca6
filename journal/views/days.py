"""A day and a month: what happened on them, and where to change it."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import PersonRequest
from config.htmx import render_page
from journal import calendar
from journal.diary import entries_of
from journal.forms import OLDEST_YEAR
from journal.models import PainScore
from journal.points import marked_days
from journal.practice import practice
from journal.views.scores import day_page
from routines.models import Session

FIRST = date(OLDEST_YEAR, 1, 1)


@require_safe
def day(request: PersonRequest, on: date) -> HttpResponse:
    today = timezone.localdate()
    if not FIRST <= on <= today:
        raise Http404
    context = {
        "on": on,
        "today": today,
        "entries": entries_of(request.user, on, timezone.now()),
        "check_ins": PainScore.objects.of(request.user).check_ins().on(on),
        "flares": request.user.flare_ups.between(on, on),
        "earlier": on - timedelta(days=1),
        "later": on + timedelta(days=1) if on < today else None,
    }
    return render(request, "journal/day.html", context)


@require_safe
def month(request: PersonRequest, month: date) -> HttpResponse:
    """What was done in a month, day by day; `month` is its first day."""
    today = timezone.localdate()
    if not FIRST <= month <= today:
        raise Http404
    last = min(month + timedelta(days=30), today)
    practised = practice(request.user, month, last)
    done = [calendar.Done(each.day, each.minutes, each.name) for each in practised]
    spells, _ = marked_days(request.user)
    context = {"month": calendar.month(done, spells, month, today), "first": FIRST}
    return render_page(request, "journal/month.html", context, fragments={"month": "journal/_month.html"})


@require_POST
def hurt_remove(request: PersonRequest, pk: str, step: int) -> HttpResponse:
    """It did not hurt after all: the report is taken out. A stretch that is set aside stays so."""
    session = get_object_or_404(Session.objects.of(request.user), pk=pk)
    get_object_or_404(session.hurt_reports, step=step).delete()
    return redirect(day_page(session))


@require_http_methods(["GET", "HEAD", "POST"])
def session_remove(request: PersonRequest, pk: str) -> HttpResponse:
    """Take a session out of the history, with everything that was said of it. Asks first."""
    session = get_object_or_404(Session.objects.of(request.user), pk=pk)
    back = day_page(session)
    if request.method == "POST":
        session.delete()
        return redirect(back)
    return render(request, "journal/session_remove.html", {"session": session, "back": back})
