"""A sore day, marked from Today in one tap, and over in one."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.http import PersonRequest
from journal.models import FlareUp


@require_POST
def sore_day(request: PersonRequest) -> HttpResponse:
    """A flare-up from today on, unless one goes on already; with `over=1`, the end of the one that does."""
    today = timezone.localdate()
    if "over" not in request.POST:
        FlareUp.objects.get_or_create(user=request.user, ends_on=None, defaults={"starts_on": today})
    elif flare := request.user.flare_ups.going_on().first():
        flare.end(today - timedelta(days=1))
    return redirect("journal:today")
