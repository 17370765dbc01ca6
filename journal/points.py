"""A person's sessions and scores as the chart wants them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.models import User
from journal.chart import CheckIn, SessionPoint
from journal.models import Moment, PainScore
from routines.models import Session


def session_points(user: User, since: datetime | None = None, last: int | None = None) -> list[SessionPoint]:
    """The finished sessions in order, each with its scores; two queries however many there are."""
    sessions = Session.objects.of(user).finished().order_by("-started_at").prefetch_related("pain_scores")
    sessions = sessions.since(since) if since else sessions
    return [_point(session) for session in reversed(sessions.defer("plan")[:last])]


def _point(session: Session) -> SessionPoint:
    scores = {score.moment: score.score for score in session.pain_scores.all()}
    return SessionPoint(
        at=session.started_at.astimezone(ZoneInfo(session.time_zone)),
        before=scores.get(Moment.BEFORE),
        after=scores.get(Moment.AFTER),
        next_day=scores.get(Moment.NEXT_DAY),
        routine=session.name,
        key=str(session.pk),
    )


def check_ins(user: User, since: datetime | None = None) -> list[CheckIn]:
    scores = PainScore.objects.of(user).filter(moment=Moment.CHECK_IN).order_by("given_at")
    scores = scores.filter(given_at__gte=since) if since else scores
    return [CheckIn(score.given_at.astimezone(ZoneInfo(score.time_zone)), score.score) for score in scores]
