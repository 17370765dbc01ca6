"""What becomes of a routine of one's own: put away, brought back, deleted, meant for some days."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest
from routines.shelf_forms import ScheduleForm


@require_POST
def routine_archive(request: PersonRequest, pk: int) -> HttpResponse:
    """Put it away (`away=1`) or bring it back (`away=0`)."""
    routine = get_object_or_404(request.user.routines, pk=pk)
    routine.archive(timezone.now() if request.POST.get("away") == "1" else None)
    return redirect("routines:routine-detail", routine.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def routine_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then delete. Sessions keep their name, their plan and their scores."""
    routine = get_object_or_404(request.user.routines, pk=pk)
    if request.method != "POST":
        return render(request, "routines/delete.html", {"routine": routine})
    routine.delete()
    return redirect("routines:routine-list")


@require_http_methods(["GET", "HEAD", "POST"])
def routine_schedule(request: PersonRequest, pk: int) -> HttpResponse:
    """The days and times that it is meant for. Without a day it is meant for none, and its times go too."""
    routine = get_object_or_404(request.user.routines, pk=pk)
    form = ScheduleForm(routine, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "routines/schedule.html", {"routine": routine, "form": form}, status=status)
    days, times = form.chosen
    routine.schedule(days, times if days else [])
    return redirect("routines:routine-detail", routine.pk)
