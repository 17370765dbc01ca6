"""One day as it was: its sessions, each with everything that was reported of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch

from accounts.models import User
from journal import next_day
from journal.models import Hold, HurtReport, Moment, PainScore, Rating, SessionNote
from journal.practice import Practice, practice_by_session
from routines.models import Session
from stretches.models import Stretch
from stretches.numbers import in_words, stretches


@dataclass(slots=True)
class StretchDone:
    """A stretch of a session: what was done of it, and what was said. `hurts` are the reports that it hurt."""

    stretch: Stretch
    seconds: int = 0
    rating: str = ""
    hurts: list[HurtReport] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Entry:
    """A session of a day. `scores` are the three moments in order, each with its score or None."""

    session: Session
    practice: Practice
    scores: Sequence[tuple[str, str, PainScore | None]]
    stretches: Sequence[StretchDone]
    note: SessionNote | None
    planned: int

    @property
    def words(self) -> str:
        """How far the person came."""
        done = sum(1 for each in self.stretches if each.seconds)
        if self.practice.is_whole or done >= self.planned:
            return f"{stretches(self.planned).capitalize()}, to the end"
        return f"{in_words(done).capitalize()} of {stretches(self.planned)}"


WORDS = {Moment.BEFORE: "Before", Moment.AFTER: "After", Moment.NEXT_DAY: "A day later"}


def entries_of(user: User, on: date, now: datetime) -> list[Entry]:
    """The sessions that began on a day, in order; seven queries, however many they are."""
    done = practice_by_session(user, on)
    sessions = Session.objects.filter(pk__in=done).order_by("started_at")
    with_stretch = {
        "holds": Hold.objects.select_related("stretch").order_by("step"),
        "ratings": Rating.objects.select_related("stretch"),
        "hurt_reports": HurtReport.objects.select_related("stretch").order_by("step"),
    }
    sessions = sessions.prefetch_related(
        *(Prefetch(name, rows) for name, rows in with_stretch.items()), "pain_scores", "note"
    )
    return [_entry(session, done[session.pk], now) for session in sessions]


def _entry(session: Session, done: Practice, now: datetime) -> Entry:
    given = {score.moment: score for score in session.pain_scores.all()}
    may_come = Moment.NEXT_DAY in given or next_day.may_be_asked(session, now)
    scores = [
        (str(moment), words, given.get(moment))
        for moment, words in WORDS.items()
        if moment != Moment.NEXT_DAY or may_come
    ]
    return Entry(
        session, done, scores, _stretches(session), getattr(session, "note", None), _planned(session)
    )


def _planned(session: Session) -> int:
    """How many stretches its plan has, also of a plan that only a newer Limber can read."""
    return len(session.plan.get("items", ()))


def _stretches(session: Session) -> list[StretchDone]:
    """Each stretch that something is known of, in the order in which it was done."""
    found: dict[int, StretchDone] = {}

    def of(stretch: Stretch) -> StretchDone:
        return found.setdefault(stretch.pk, StretchDone(stretch))

    for hold in session.holds.all():
        of(hold.stretch).seconds += hold.seconds
    for report in session.hurt_reports.all():
        of(report.stretch).hurts.append(report)
    for rating in session.ratings.all():
        of(rating.stretch).rating = rating.get_value_display()
    return list(found.values())
