"""Pain scores one by one: of a session at any of its moments, and check-ins. Given, corrected, taken out."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import PersonRequest, next_page
from journal import next_day
from journal.forms import CheckInForm, ScoreForm
from journal.models import Moment, PainScore
from journal.record import record
from journal.views.sessions import fact_now
from routines.models import Session

QUESTIONS = {
    Moment.BEFORE: "How was your back before it?",
    Moment.AFTER: "How was your back right after?",
    Moment.NEXT_DAY: "A day later, how is your back?",
}
TOO_LATE = "This is asked from 18 to 36 hours after a session. Write a check-in instead."


@require_http_methods(["GET", "HEAD", "POST"])
def session_score(request: PersonRequest, pk: str, moment: str) -> HttpResponse:
    """A score of a session, to give or to correct. `remove=1` takes it out, `skip=1` leaves the question alone."""
    session = get_object_or_404(Session.objects.of(request.user), pk=pk)
    if moment not in QUESTIONS:
        raise Http404
    score = session.pain_scores.filter(moment=moment).first()
    back = next_page(request) or day_page(session)
    if request.method == "POST" and "skip" in request.POST and moment == Moment.NEXT_DAY:
        next_day.skip(session)
        return redirect(back)
    if request.method == "POST" and "remove" in request.POST:
        session.pain_scores.filter(moment=moment).delete()
        return redirect(back)
    initial = {"score": score.score} if score else None
    form = ScoreForm(request.POST if request.method == "POST" else None, initial=initial)
    is_too_late = (
        moment == Moment.NEXT_DAY and not score and not next_day.may_be_asked(session, timezone.now())
    )
    if is_too_late and form.is_valid():
        form.add_error("score", TOO_LATE)
    if form.is_valid():
        record(session, fact_now(f"pain:{moment}", {"score": form.cleaned_data["score"]}))
        return redirect(back)
    context = {
        "session": session,
        "form": form,
        "score": score,
        "question": QUESTIONS[Moment(moment)],
        "back": back,
    }
    return render(request, "journal/score.html", context, status=422 if form.errors else 200)


def day_page(session: Session) -> str:
    """The address of the day on which a session began, where the person was."""
    return reverse("journal:day", args=[session.day])


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: PersonRequest) -> HttpResponse:
    """How the back is at any time: now, or at a day and time that is given (`?on=2026-05-14` fills in the day)."""
    form = CheckInForm(
        request.POST if request.method == "POST" else None,
        initial={"on": request.GET.get("on")},
        zone=request.user.zone,
        now=timezone.now(),
    )
    if form.is_valid():
        score = PainScore.objects.check_in(request.user, form.cleaned_data["score"], form.moment)
        return redirect("journal:day", score.day)
    return render(request, "journal/check_in.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def check_in_change(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct a check-in: its score, and when it was."""
    score = get_object_or_404(PainScore.objects.of(request.user).check_ins(), pk=pk)
    initial = {
        "score": score.score,
        "on": score.day,
        "at": score.there.time().replace(second=0, microsecond=0),
    }
    form = CheckInForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        zone=ZoneInfo(score.time_zone),
        now=timezone.now(),
    )
    if form.is_valid():
        if {"on", "at"} & set(form.changed_data):
            score.move(form.moment)
        score.correct(form.cleaned_data["score"], timezone.now())
        return redirect("journal:day", score.day)
    context = {"form": form, "score": score}
    return render(request, "journal/check_in.html", context, status=422 if form.errors else 200)


@require_POST
def check_in_remove(request: PersonRequest, pk: int) -> HttpResponse:
    score = get_object_or_404(PainScore.objects.of(request.user).check_ins(), pk=pk)
    day = score.day
    score.delete()
    return redirect("journal:day", day)
