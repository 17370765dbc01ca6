"""What a person reports before, during and after a session, as plain forms."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest, next_page
from journal.forms import FinishForm, ScoreForm, said_in
from journal.models import Hold, Moment, SessionNote
from journal.record import Fact, record
from routines.models import Session
from routines.plan import PlanItem
from routines.views.sessions import newer_page
from stretches.numbers import in_words, stretches


def fact_now(key: str, value: dict[str, Any]) -> Fact:
    """A fact that is reported at this moment, on a page of ours."""
    return Fact(key, value, timezone.now(), None)


@require_http_methods(["GET", "HEAD", "POST"])
def session_before(request: PersonRequest, pk: str) -> HttpResponse:
    """How the back is before the session; may be skipped."""
    session = get_object_or_404(Session.objects.of(request.user), pk=pk)
    if not session.is_readable:
        return newer_page(request, session)
    if session.is_past(timezone.now()):
        return redirect("journal:session-finish", session.pk)
    form = ScoreForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        record(session, fact_now("pain:before", {"score": form.cleaned_data["score"]}))
        return redirect("routines:session-play", session.pk)
    first = session.stretches.get(session.items[0].slug)
    context = {"session": session, "form": form, "first": first}
    return render(request, "journal/before.html", context, status=422 if form.errors else 200)


@require_POST
def step_done(request: PersonRequest, pk: str, number: int) -> HttpResponse:
    """A step of the player without JavaScript: done, skipped, or the stretch is left because it hurts.

    Notes it and goes on: to the next step, or to the next stretch where this one hurts.
    """
    session = get_object_or_404(Session.objects.of(request.user), pk=pk)
    if not session.is_readable:
        return newer_page(request, session)
    if number >= len(session.steps):
        raise Http404
    step, result = session.steps[number], request.POST.get("result")
    hurts = result == "hurt"
    following = session.after_stretch(number) if hurts else number + 1
    facts = []
    if hurts:
        facts.append(fact_now(f"hurt:{number}", {"seconds": 0}))  # no clock has run
    elif step.kind == "hold":
        skipped = result == "skipped"
        value = {"result": "skipped" if skipped else "done", "seconds": 0 if skipped else step.seconds}
        facts.append(fact_now(f"hold:{number}", value))
    is_last = following == len(session.steps)
    if is_last:
        facts.append(fact_now("end", {"whole": True}))
    record(session, *facts)
    if is_last:
        return redirect("journal:session-finish", session.pk)
    return redirect(f"{reverse('routines:session-play', args=[session.pk])}?step={following}")


@require_http_methods(["GET", "HEAD", "POST"])
def session_finish(request: PersonRequest, pk: str) -> HttpResponse:
    """How the back is now, what each stretch did, what else happened. All of it may be skipped.

    Coming here again shows what was said, to correct it.
    """
    session = get_object_or_404(Session.objects.of(request.user), pk=pk)
    if not session.is_readable:
        return newer_page(request, session)
    if request.method == "POST" and "skip" in request.POST:
        record(session, *_end(session))
        return redirect("journal:today")
    data = request.POST if request.method == "POST" else None
    asked = _asked(session)
    form = FinishForm(data, items=[each.item for each in asked], initial=_said(session))
    if form.is_valid():
        said = [fact_now(key, value) for key, value in form.values().items()]
        record(session, *_end(session), *said)
        session.ratings.filter(stretch__slug__in=form.taken_back).delete()
        if form.note.asks_to_stop:
            return redirect(reverse("safety") + "#leg")
        return redirect(next_page(request) or "journal:today")
    before = session.pain_scores.filter(moment=Moment.BEFORE).first()
    context = {
        "session": session,
        "form": form,
        "before": before,
        "ratings": _ratings(session, form, asked),
        **_done(session),
    }
    return render(request, "journal/finish.html", context, status=422 if form.errors else 200)


def _end(session: Session) -> list[Fact]:
    """The player has said already when it ended, or it has by itself, unless the person came here on their own."""
    return [fact_now("end", {"whole": False})] if session.is_open(timezone.now()) else []


class Asked(NamedTuple):
    """What is asked about at the end: an item, or the easier stretch that was done in its place."""

    item: PlanItem
    instead_of: str = ""


def _asked(session: Session) -> list[Asked]:
    """Each stretch of the session, as it was done."""
    slugs = defaultdict(set)
    for number, slug in session.holds.values_list("step", "stretch__slug"):
        if number < len(session.steps):
            slugs[session.steps[number].item].add(slug)
    return [
        Asked(replace(item, slug=item.easier.slug, name=item.easier.name), instead_of=item.name)
        if item.easier and slugs[number] == {item.easier.slug}
        else Asked(item)
        for number, item in enumerate(session.items)
    ]


def _ratings(session: Session, form: FinishForm, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """The rows of the form: each stretch once, with what is known of it. Nothing is chosen beforehand."""
    hurt = set(session.hurt_reports.values_list("stretch__slug", flat=True))
    instead_of = {each.item.slug: each.instead_of for each in asked}
    return [
        {
            "item": item,
            "field": field,
            "stretch": session.stretches.get(item.slug),
            "hurt": item.slug in hurt,
            "instead_of": instead_of[item.slug],
        }
        for item, field in form.rating_fields
    ]


def _said(session: Session) -> dict[str, Any]:
    """What was said at the end of this session before, as initial values of the form."""
    ratings = session.ratings.select_related("stretch")
    initial: dict[str, Any] = {f"rating-{rating.stretch.slug}": rating.value for rating in ratings}
    if after := session.pain_scores.filter(moment=Moment.AFTER).first():
        initial["score"] = after.score
    note = SessionNote.objects.filter(session=session).first()
    return initial | {name: value for name, value in (said_in(note) if note else {}).items() if value}


def done_items(session: Session) -> set[int]:
    """The stretches with a hold that was done, counting from 1."""
    numbers = session.holds.filter(result=Hold.Result.DONE).values_list("step", flat=True)
    return {session.steps[number].item + 1 for number in numbers if number < len(session.steps)}


def _done(session: Session) -> dict[str, Any]:
    """How far the person came."""
    items = done_items(session)
    done, count = len(items), len(session.items)
    if done in (0, count):
        words = f"{'Done. ' if done else ''}{stretches(count).capitalize()}."
    else:
        words = f"{in_words(done).capitalize()} of {stretches(count)} done."
    return {"done_items": items, "done_words": words}
