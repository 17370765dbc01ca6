"""Settings of the player: a page of its own, and what the player sends when one is changed in it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.guests import person_of
from accounts.http import next_page
from routines.player_settings import PlayerForm, keep, settings_of

SCRIPTED = ("HX-Request", "X-Requested-With")
"""Headers of requests that a script made: it wants no page."""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def player_settings(request: HttpRequest) -> HttpResponse:
    """Keeps the fields that are sent. A script hears 204, a form goes back to where it came from (`next`)."""
    chosen = settings_of(request.user)
    if request.method != "POST":
        return _page(request, PlayerForm(chosen))
    form = PlayerForm(chosen, request.POST.dict())
    if not form.is_valid():
        return _page(request, form, status=422)
    keep(person_of(request), form.changes)
    if any(header in request.headers for header in SCRIPTED):
        return HttpResponse(status=204)
    messages.success(request, "Saved, for every session from now on.")
    return redirect(next_page(request) or "routines:player-settings")


def _page(request: HttpRequest, form: PlayerForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "back": next_page(request)}
    return render(request, "routines/player_settings.html", context, status=status)
