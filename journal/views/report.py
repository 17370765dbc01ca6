"""The page for a physiotherapist or doctor."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from journal import report as reports
from journal.forms import PeriodForm

USUAL = timedelta(days=90)


@require_safe
def report(request: PersonRequest) -> HttpResponse:
    """`?first=2026-02-14&last=2026-05-14&notes=on`; the last ninety days where nothing is asked for."""
    today = timezone.localdate()
    usual = {"first": today - USUAL + timedelta(days=1), "last": today}
    form = PeriodForm(request.GET if {"first", "last"} & set(request.GET) else usual, today=today)
    context: dict[str, object] = {"form": form, "today": today}
    if form.is_valid():
        said = form.cleaned_data
        found = reports.report(request.user, said["first"], said["last"], with_notes=said["notes"])
        context |= {"report": found, "summary": reports.summary(found)}
    return render(request, "journal/report.html", context, status=422 if form.errors else 200)
