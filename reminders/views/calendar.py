"""The calendar of a person's scheduled routines: as a file, and for whoever has its link."""

import hashlib
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from accounts.models import User
from reminders.due import Days
from reminders.feed import calendar
from reminders.models import Feed
from routines.models import Routine

CALENDAR = "text/calendar; charset=utf-8"
PAUSES_SINCE = timedelta(days=60)
"""Older pauses are left out of the calendar: nobody looks back that far in it."""


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """What a calendar program fetches again and again. Writes nothing, sets no cookie."""
    found = get_object_or_404(Feed.objects.open_with(token).select_related("user"))
    body = _calendar_of(found.user, request)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(
        body,
        content_type=CALENDAR,
        headers={"ETag": etag, "Cache-Control": "no-store, private", "X-Robots-Tag": "noindex, nofollow"},
    )
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
def download(request: PersonRequest) -> HttpResponse:
    """The same as a file. Its events have the same names, so that bringing it in twice adds nothing."""
    headers = {"Content-Disposition": 'attachment; filename="limber.ics"'}
    return HttpResponse(_calendar_of(request.user, request), content_type=CALENDAR, headers=headers)


def _calendar_of(user: User, request: HttpRequest) -> bytes:
    today = timezone.localdate(timezone=user.zone)
    pauses = user.pauses.filter(ends_on__gte=today - PAUSES_SINCE).order_by("starts_on")
    routines = Routine.objects.of(user).filter(days__gt=0).with_items()
    return calendar(
        sorted(routines, key=lambda routine: routine.pk),
        user.zone,
        [Days(pause.starts_on, pause.ends_on) for pause in pauses],
        lambda routine: request.build_absolute_uri(reverse("routines:routine-detail", args=[routine.pk])),
    )
