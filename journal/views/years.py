"""A year at a glance."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from journal import points
from journal.calendar import Done
from journal.forms import OLDEST_YEAR
from journal.practice import practice
from journal.year import year as year_of


@require_safe
def year(request: PersonRequest, year: int) -> HttpResponse:
    today = timezone.localdate()
    if not OLDEST_YEAR <= year <= today.year:
        raise Http404
    last = min(date(year, 12, 31), today)
    done = [Done(each.day, each.minutes) for each in practice(request.user, date(year, 1, 1), last)]
    spells, pauses = points.marked_days(request.user)
    context = {
        "year": year_of(done, spells, year, today, pauses),
        "earlier": year - 1 if year > OLDEST_YEAR else None,
        "later": year + 1 if year < today.year else None,
        "months": [date(year, month, 1) for month in range(1, last.month + 1)],
    }
    return render(request, "journal/year.html", context)
