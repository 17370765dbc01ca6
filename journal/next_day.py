"""The question a day after a session: of which session, and when."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery

from accounts.models import User
from journal.models import NEXT_DAY_FROM, NEXT_DAY_UNTIL, Moment, PainScore, SessionNote
from routines.models import Session
from routines.models.session import RESUMABLE


def asked_of(user: User, at: datetime) -> Session | None:
    """The session about which the question is due, if one is: the last of its day, ended 18 to 36 hours ago.

    Of several on one day the last stands for all, so that the question comes once for a day. It is due until it
    is answered or skipped. One query.
    """
    said = PainScore.objects.filter(session=OuterRef("pk"), moment=Moment.NEXT_DAY)
    skipped = SessionNote.objects.filter(session=OuterRef("pk"), next_day_skipped=True)
    near = Session.objects.of(user).since(at - NEXT_DAY_UNTIL - RESUMABLE)  # by the index
    near = near.filter(finished_at__gte=at - NEXT_DAY_UNTIL).finished(at)
    after = PainScore.objects.filter(session=OuterRef("pk"), moment=Moment.AFTER).values("score")
    near = near.annotate(is_answered=Exists(said) | Exists(skipped), said_after=Subquery(after))
    near = near.defer("plan").order_by("started_at")
    last_of_days = {session.day: session for session in near}
    due = [session for session in last_of_days.values() if may_be_asked(session, at)]
    return due[-1] if due and not due[-1].is_answered else None


def may_be_asked(session: Session, at: datetime) -> bool:
    """Whether a day has passed since the session, and not yet much more."""
    end = session.finished_at
    return end is not None and NEXT_DAY_FROM <= at - end <= NEXT_DAY_UNTIL


def skip(session: Session) -> None:
    """The person doesn't want to say. Nothing is kept but that."""
    SessionNote.objects.update_or_create(session=session, defaults={"next_day_skipped": True})
