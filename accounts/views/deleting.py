"""Leaving for good."""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import PersonRequest
from accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: PersonRequest) -> HttpResponse:
    """Ask, then delete the person and all that is theirs, and sign every device out.

    An account says its password first, unless it was asked within the last five minutes. A guest has none.
    """
    answer: HttpResponse = (_ask if request.user.is_guest else reauthentication_required(_ask))(request)
    return answer


def _ask(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "accounts/delete.html")
    _erase(request.user)
    logout(request)
    messages.success(request, "Everything is deleted.")
    return redirect("journal:today")


def _erase(user: User) -> None:
    """The sessions of their browsers too: what is in them may name a routine."""
    keys = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    user.erase()
