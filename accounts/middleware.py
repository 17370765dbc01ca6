from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]


class TimeZoneMiddleware:
    """Dates and times on a page are those of the person who reads it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = request.user.zone if isinstance(request.user, User) else ZoneInfo("UTC")
        with timezone.override(zone):
            return self.get_response(request)


class PrivatePagesMiddleware:
    """What a signed-in person sees is kept by no cache: it may tell of their health."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response
