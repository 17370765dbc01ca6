"""Guests: people who start at once. One comes into being with the first POST, never with a page view."""

from allauth.core import ratelimit
from django.contrib.auth import login
from django.http import HttpRequest

from accounts.models import User


def guest_of(request: HttpRequest) -> User | None:
    """The guest this browser belongs to, if it does."""
    user = request.user
    return user if isinstance(user, User) and user.is_guest else None


def person_of(request: HttpRequest) -> User:
    """The person who sends this form: the one signed in, or a new guest, signed in from now on.

    A form that may be somebody's first carries the browser's `time_zone`. Raises RateLimited, which becomes a page,
    where too many guests came from one address within the hour: see LIMBER_GUESTS_PER_HOUR.
    """
    if isinstance(request.user, User):
        return request.user
    ratelimit.consume(request, action="new_guest", raise_exception=True)
    guest = User.objects.create_guest(request.POST.get("time_zone", "UTC"))
    login(request, guest, backend="django.contrib.auth.backends.ModelBackend")
    return guest
