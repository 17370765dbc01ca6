"""The pages of a session that doesn't exist yet: a phone keeps them, to start the routine without a network.

They are those of any session, but with an empty id: scripts put in the one that the phone makes (session-id.js).
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from journal.begun import begin_of
from journal.forms import FinishForm, ScoreForm
from routines.models import Routine, Session
from routines.views.sessions import rows_of
from stretches.numbers import stretches

NOBODYS = UUID(int=0)


@require_safe
def kit_before(request: PersonRequest, pk: int) -> HttpResponse:
    session = _planned(request, pk)
    first = session.stretches.get(session.items[0].slug)
    return _kept(request, "journal/before.html", session, {"form": ScoreForm(), "first": first})


@require_safe
@ensure_csrf_cookie
def kit_play(request: PersonRequest, pk: int) -> HttpResponse:
    session = _planned(request, pk)
    rows = rows_of(session)
    context = {"row": rows[0], "rows": rows, "drawn": session.stretches.values()}
    return _kept(request, "sessions/player.html", session, context)


@require_safe
def kit_finish(request: PersonRequest, pk: int) -> HttpResponse:
    session = _planned(request, pk)
    form = FinishForm(items=session.items)
    context = {
        "form": form,
        "ratings": [
            {"item": item, "field": field, "stretch": session.stretches.get(item.slug)}
            for item, field in form.rating_fields
        ],
        "done_items": (),
        "done_words": f"{stretches(len(session.items)).capitalize()}.",
    }
    return _kept(request, "journal/finish.html", session, context)


def _planned(request: PersonRequest, pk: int) -> Session:
    routine = get_object_or_404(Routine.objects.open_to(request.user).with_items(), pk=pk)
    if not routine.ordered_items:
        raise Http404
    session = Session.objects.planned(request.user, routine)
    session.pk = NOBODYS
    return session


def _kept(request: PersonRequest, template: str, session: Session, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, {**context, "session": session, "begin": begin_of(session)})
