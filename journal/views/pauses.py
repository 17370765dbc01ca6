"""Pauses: days off, on holiday say."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest, next_page
from journal.forms import PauseForm
from journal.models import Pause


@require_http_methods(["GET", "HEAD", "POST"])
def pause_list(request: PersonRequest) -> HttpResponse:
    """All of them, and a form for one. It begins today unless another day is given."""
    today = timezone.localdate()
    form = PauseForm(
        request.POST if request.method == "POST" else None,
        instance=Pause(user=request.user),
        initial={"starts_on": today},
        today=today,
    )
    if form.is_valid():
        form.save()
        return redirect(next_page(request) or "journal:pause-list")
    context = {"form": form, "pauses": request.user.pauses.all(), "today": today}
    return render(request, "journal/pauses.html", context, status=422 if form.errors else 200)


@require_POST
def pause_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Back again, or not going after all. One that is over is taken out (`remove=1`)."""
    pause = get_object_or_404(request.user.pauses, pk=pk)
    if "remove" in request.POST:
        pause.delete()
    else:
        pause.end(timezone.localdate())
    return redirect(next_page(request) or "journal:pause-list")
