"""The safety check: asked before the first session, after 90 days, and after a symptom in a leg."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.guests import person_of
from accounts.http import next_page
from accounts.models import User
from accounts.safety import SIGNS, outcome_of, ticked

NONE = "none"
"""What the button "None of these" sends as `safety`: also straight to the start of a session."""


def ask_first(request: HttpRequest) -> HttpResponse | None:
    """The way to the check, where a session must not begin without it; None where it may begin.

    Saying "none of these" with the form that starts the session is the answer, and makes a newcomer a guest.
    """
    if request.POST.get("safety") == NONE:
        person_of(request).saw_safety(timezone.now())
        return None
    if isinstance(request.user, User) and not request.user.safety_is_due(timezone.now()):
        return None
    return redirect(f"{reverse('safety-check')}?{urlencode({'next': request.get_full_path()})}")


def keeps_its_address(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """No page hears of the address: its `next` may be the secret link of a routine."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response.headers["Referrer-Policy"] = "strict-origin"
        return response

    return answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_its_address
def safety_check(request: HttpRequest) -> HttpResponse:
    """Ask, and say what an answer means. Of the answers nothing is kept, nor do they stand in an address.

    `next` is the start of a session: the button "None of these" goes straight there. Without it the check is only
    noted as seen.
    """
    start = next_page(request)
    signs = ticked(request.POST.getlist("sign"))
    match outcome_of(signs):
        case "emergency":
            return render(request, "accounts/safety_stop.html", {"signs": signs, "start": start})
        case "same-day" | "appointment" as outcome:
            context = {"signs": signs, "start": start, "is_today": outcome == "same-day"}
            return render(request, "accounts/safety_ask.html", context)
    if request.POST.get("safety") == NONE:
        if isinstance(request.user, User):
            request.user.saw_safety(timezone.now())
        return redirect("journal:today")
    error = "Tick what applies to you, or choose “None of these”." if request.method == "POST" else ""
    context = {"signs": SIGNS, "start": start, "error": error}
    return render(request, "accounts/safety_check.html", context, status=422 if error else 200)
