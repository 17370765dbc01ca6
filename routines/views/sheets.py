"""A routine on paper."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from routines import schedule
from routines.models import Routine

WEEKS = range(1, 5)
DAYS = [day[:3] for day in schedule.DAYS]


@login_not_required
@require_safe
def routine_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The pose chart: to be printed, and to be written on."""
    routine = get_object_or_404(Routine.objects.open_to(request.user).with_items(), pk=pk)
    context = {"routine": routine, "weeks": WEEKS, "days": DAYS}
    return render(request, "routines/sheet.html", context)
