"""Where links in mails lead. They work signed out, because what is signed in them says who it is; looking writes
nothing, so that a program that opens every link of a mail answers no question and stops no mail.
"""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from journal import next_day
from journal.forms import ScoreForm
from journal.models import Moment
from journal.record import Fact, record
from reminders import links
from reminders.models import MailWishes, Notice
from routines.models import Session


@login_not_required
@csrf_exempt  # the link is the secret; a mail program's one-click POST has no cookie and no token (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """Stop one kind of mail: asked on a GET, done on a POST, and as often as one likes."""
    found = links.stopped_by(signed)
    if found is None:
        raise Http404
    user_id, kind = found
    if request.method == "POST":
        for wishes in MailWishes.objects.filter(user=user_id):
            wishes.stop(kind)
    words = {"reminders": "reminders", "next_day": "questions a day later", "weekly": "weekly summaries"}
    return _quiet(request, "reminders/stop.html", {"what": words[kind], "is_done": request.method == "POST"})


@login_not_required
@csrf_exempt  # here, too; and under no-referrer a browser says "Origin: null", which is refused with any token
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def next_day_answer(request: HttpRequest, signed: str) -> HttpResponse:
    """The ten buttons; a POST of one of them records it, once. Says nothing of what was ever answered."""
    now = timezone.now()
    asked = Notice.objects.filter(kind=Notice.Kind.NEXT_DAY)
    notice = asked.filter(pk=links.asked_by(signed) or 0).first()
    session = Session.objects.filter(pk=notice.session, user=notice.user_id).first() if notice else None
    if not notice or notice.answered_at or not session or not _is_open(session):
        return _quiet(request, "reminders/gone.html", {}, status=410)
    if request.method != "POST":
        return _quiet(request, "reminders/next_day.html", {"form": ScoreForm()})
    if "skip" in request.POST:
        if notice.answer(now):
            next_day.skip(session)
        return _quiet(request, "reminders/answered.html", {})
    form = ScoreForm(request.POST)
    if not form.is_valid():
        return _quiet(request, "reminders/next_day.html", {"form": form}, status=422)
    with transaction.atomic():
        if not notice.answer(now):
            return _quiet(request, "reminders/gone.html", {}, status=410)
        fact = Fact(f"pain:{Moment.NEXT_DAY}", {"score": form.cleaned_data["score"]}, now, sequence=None)
        record(session, fact)
    return _quiet(request, "reminders/answered.html", {})


def _is_open(session: Session) -> bool:
    """Whether the question may still be answered: not too late, and neither answered nor skipped elsewhere."""
    asked = next_day.may_be_asked(session, timezone.now())
    said = session.pain_scores.filter(moment=Moment.NEXT_DAY).exists()
    return asked and not said and not getattr(getattr(session, "note", None), "next_day_skipped", False)


def _quiet(
    request: HttpRequest, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    """Nobody is named on these pages, whoever is signed in; no search engine keeps them."""
    context |= {"user": None, "person_key": ""}
    response = render(request, template, context, status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
