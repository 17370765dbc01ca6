"""What a person reports before, during and after a session, as plain forms."""

import time
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest
from journal.forms import FinishForm, ScoreForm, said_in
from journal.models import Hold, Moment, SessionNote
from journal.record import Fact, record
from routines.models import Session
from stretches.numbers import in_words, stretches


def fact_now(key: str, value: dict[str, Any]) -> Fact:
    """A fact that is reported at this moment. Its sequence is the time in milliseconds, like a phone's."""
    return Fact(key, value, timezone.now(), time.time_ns() // 1_000_000)


@require_http_methods(["GET", "HEAD", "POST"])
def session_before(request: PersonRequest, pk: str) -> HttpResponse:
    """How the back is before the session; may be skipped."""
    session = get_object_or_404(Session.objects.of(request.user), pk=pk)
    form = ScoreForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        record(session, fact_now("pain:before", {"score": form.cleaned_data["score"]}))
        return redirect("routines:session-play", session.pk)
    first = session.stretches.get(session.items[0].slug)
    context = {"session": session, "form": form, "first": first}
    return render(request, "journal/before.html", context, status=422 if form.errors else 200)


@require_POST
def step_done(request: PersonRequest, pk: str, number: int) -> HttpResponse:
    """A step of the player without JavaScript: note a hold as done or skipped, and go on to the next."""
    session = get_object_or_404(Session.objects.of(request.user), pk=pk)
    if number >= len(session.steps):
        raise Http404
    step, is_last = session.steps[number], number + 1 == len(session.steps)
    result = "skipped" if request.POST.get("result") == "skipped" else "done"
    facts = []
    if step.kind == "hold":
        seconds = step.seconds if result == "done" else 0
        facts.append(fact_now(f"hold:{number}", {"result": result, "seconds": seconds}))
    if is_last:
        facts.append(fact_now("end", {"whole": True}))
    record(session, *facts)
    if is_last:
        return redirect("journal:session-finish", session.pk)
    return redirect(f"{reverse('routines:session-play', args=[session.pk])}?step={number + 1}")


@require_http_methods(["GET", "HEAD", "POST"])
def session_finish(request: PersonRequest, pk: str) -> HttpResponse:
    """How the back is now, what each stretch did, what else happened. All of it may be skipped.

    Coming here again shows what was said, to correct it.
    """
    session = get_object_or_404(Session.objects.of(request.user), pk=pk)
    if request.method == "POST" and "skip" in request.POST:
        record(session, *_end(session))
        return redirect("journal:today")
    data = request.POST if request.method == "POST" else None
    form = FinishForm(data, items=session.items, initial=_said(session) if data is None else None)
    if form.is_valid():
        said = [fact_now(key, value) for key, value in form.values().items()]
        record(session, *_end(session), *said)
        if form.note.asks_to_stop:
            return redirect(reverse("safety") + "#leg")
        return redirect("journal:today")
    before = session.pain_scores.filter(moment=Moment.BEFORE).first()
    context = {
        "session": session,
        "form": form,
        "before": before,
        "ratings": [
            {"item": item, "field": field, "stretch": session.stretches.get(item.slug)}
            for item, field in form.rating_fields
        ],
        **_done(session),
    }
    return render(request, "journal/finish.html", context, status=422 if form.errors else 200)


def _end(session: Session) -> list[Fact]:
    """The player has said already when it ended, unless the person came here on their own."""
    return [] if session.finished_at else [fact_now("end", {"whole": False})]


def _said(session: Session) -> dict[str, Any]:
    """What was said at the end of this session before, as initial values of the form."""
    ratings = session.ratings.select_related("stretch")
    initial: dict[str, Any] = {f"rating-{rating.stretch.slug}": rating.value for rating in ratings}
    if after := session.pain_scores.filter(moment=Moment.AFTER).first():
        initial["score"] = after.score
    note = SessionNote.objects.filter(session=session).first()
    return initial | (said_in(note) if note else {})


def _done(session: Session) -> dict[str, Any]:
    """How far the person came: the stretches with a hold that was done."""
    numbers = session.holds.filter(result=Hold.Result.DONE).values_list("step", flat=True)
    items = {session.steps[number].item + 1 for number in numbers if number < len(session.steps)}
    done, count = len(items), len(session.items)
    if done in (0, count):
        words = f"{'Done. ' if done else ''}{stretches(count).capitalize()}."
    else:
        words = f"{in_words(done).capitalize()} of {stretches(count)} done."
    return {"done_items": items, "done_words": words}
