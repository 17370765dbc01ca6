from collections.abc import Callable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from allauth.core.ratelimit import RateLimited, respond_429
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts.models import User, today

GetResponse = Callable[[HttpRequest], HttpResponse]


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page asks who it is, unless it says `@login_not_required`.

    Signing in leads back to the page a form stood on, never to the form's own address. htmx is told to go
    to the sign-in page: it would otherwise swap that page into the one at hand. What htmx wanted to save is
    refused with 401, and the page stays as it is, with all that was typed into it.
    """

    def handle_no_permission(  # type: ignore[override]  # htmx would follow a redirect, and swap what it finds
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        page = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/"
        came_from = urlsplit(page)
        is_ours = came_from.netloc in ("", request.get_host())
        asked = request.get_full_path() if request.method in ("GET", "HEAD") else ""
        back = f"{came_from.path}?{came_from.query}".rstrip("?") if is_ours else "/"
        if "HX-Request" in request.headers and request.method == "POST":
            return HttpResponse(status=401)
        if "HX-Request" in request.headers:
            return HttpResponse(
                headers={"HX-Redirect": redirect_to_login(back, self.get_login_url(view_func)).url}
            )
        return redirect_to_login(asked or back, self.get_login_url(view_func))


class TimeZoneMiddleware:
    """Dates and times on a page are those of the person who reads it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = request.user.zone if isinstance(request.user, User) else ZoneInfo("UTC")
        with timezone.override(zone):
            return self.get_response(request)


class SeenMiddleware:
    """Notes once a day that a person was here, and lets their cookie live 90 days from now on.

    Reading is use too, so this is the one thing that a page view writes.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(request.user, User) and response.status_code < 500 and request.user.seen(today()):
            request.session.modified = True
        return response


class LimitMiddleware:
    """Where a limit is reached, a page that says so."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return respond_429(request) if isinstance(exception, RateLimited) else None


class PrivatePagesMiddleware:
    """What a signed-in person sees is kept by no cache: it may tell of their health."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response
