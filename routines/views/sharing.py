"""Sharing a routine by a link: making and withdrawing it, and what the people see who have it."""

import re
from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.guests import person_of
from accounts.http import PersonRequest
from accounts.views.safety import ask_first
from config.htmx import target_of
from routines.exchange import adopt
from routines.models import Routine, Session
from stretches.mine import Mine

TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")

LinkView = Callable[[HttpRequest, str], HttpResponse]


@require_POST
def routine_share(request: PersonRequest, pk: int) -> HttpResponse:
    """Make the link, or withdraw it (`withdraw=1`). Doing either again changes nothing."""
    routine = get_object_or_404(request.user.routines, pk=pk)
    if request.POST.get("withdraw") == "1":
        routine.withdraw()
        said = "The link is withdrawn. Whoever follows it finds nothing."
    else:
        routine.share()
        said = "The link is made."
    if target_of(request) == "share":
        return render(request, "routines/_share.html", {"routine": routine, "said": said})
    return redirect(f"{reverse('routines:routine-detail', args=[routine.pk])}#share")


def secret(view: LinkView) -> LinkView:
    """The address is a secret: no cache keeps the answer, no search engine lists it, no page hears of it.

    The page says strict-origin, the others no-referrer: from a page of no-referrer browsers send its forms with
    `Origin: null`, which the protection against forged forms refuses. Neither lets the token out.
    """

    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        stays = response.status_code in (200, 422)
        response.headers["Referrer-Policy"] = "strict-origin" if stays else "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return answer


@login_not_required
@require_safe
@secret
def shared_detail(request: HttpRequest, token: str) -> HttpResponse:
    """The routine that a link leads to, to read. The link of one that is put away still leads there."""
    return _page(request, _routine(token))


@login_not_required
@require_POST
@secret
def shared_start(request: HttpRequest, token: str) -> HttpResponse:
    """Follow it once. The session holds nothing that leads to whoever shared it, nor to their routine."""
    routine = _routine(token)
    if not routine.ordered_items:
        return _page(request, routine, error="There is nothing in it yet.", status=422)
    if check := ask_first(request):
        return check
    person = person_of(request)
    with transaction.atomic():
        adopt(routine.ordered_items, person, listed=False)
        session = Session.objects.begin_once(person, routine)
        if routine.owner_id != person.pk:
            session.routine = None
            session.save(update_fields=["routine"])
    return redirect("journal:session-before", session.pk)


@login_not_required
@require_POST
@secret
def shared_copy(request: HttpRequest, token: str) -> HttpResponse:
    """Make it one's own, to change it."""
    routine = _routine(token)
    person = person_of(request)
    try:
        with transaction.atomic():
            adopt(routine.ordered_items, person, listed=True)
            copy = routine.copy_for(person)
    except ValidationError as error:
        return _page(request, routine, error=str(error.message), status=422)
    return redirect("routines:routine-edit", copy.pk)


def _routine(token: str) -> Routine:
    """404 for a link that was withdrawn and for one that never was: nobody can tell which."""
    if not TOKEN.fullmatch(token):
        raise Http404
    return get_object_or_404(Routine.objects.with_items(), share_token=token)


def _page(request: HttpRequest, routine: Routine, error: str = "", status: int = 200) -> HttpResponse:
    context = {"routine": routine, "error": error, "mine": Mine.of(request.user)}
    return render(request, "routines/shared.html", context, status=status)
