"""Flare-ups: the days that a person marks as worse."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest, next_page
from journal.forms import FlareUpForm
from journal.models import FlareUp


@require_http_methods(["GET", "HEAD", "POST"])
def flare_list(request: PersonRequest) -> HttpResponse:
    """All of them, and a form to mark one. It begins today unless another day is given."""
    today = timezone.localdate()
    form = FlareUpForm(
        request.POST if request.method == "POST" else None,
        instance=FlareUp(user=request.user),
        initial={"starts_on": today},
        today=today,
    )
    if form.is_valid():
        form.save()
        return redirect(next_page(request) or "journal:flare-list")
    context = {"form": form, "flares": request.user.flare_ups.all(), "today": today}
    return render(request, "journal/flares.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def flare_change(request: PersonRequest, pk: int) -> HttpResponse:
    flare = get_object_or_404(request.user.flare_ups, pk=pk)
    data = request.POST if request.method == "POST" else None
    form = FlareUpForm(data, instance=flare, today=timezone.localdate())
    if form.is_valid():
        form.save()
        return redirect("journal:flare-list")
    context = {"form": form, "flare": flare}
    return render(request, "journal/flare.html", context, status=422 if form.errors else 200)


@require_POST
def flare_end(request: PersonRequest, pk: int) -> HttpResponse:
    """It is over: yesterday was its last day, or today if it began today."""
    flare = get_object_or_404(request.user.flare_ups.going_on(), pk=pk)
    back = next_page(request)  # before anything is written: a form that cannot be read is refused
    flare.end(timezone.localdate() - timedelta(days=1))
    return redirect(back or "journal:flare-list")


@require_POST
def flare_remove(request: PersonRequest, pk: int) -> HttpResponse:
    get_object_or_404(request.user.flare_ups, pk=pk).delete()
    return redirect("journal:flare-list")
