"""What was done when: the sessions of a person with how long each of them really was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, F, OuterRef, PositiveIntegerField, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from accounts.models import User
from journal.models import Hold, around
from routines.models import Session
from stretches.numbers import whole_minutes


@dataclass(frozen=True, slots=True)
class Practice:
    """A session that came to an end. `at` is when it began, by the clock where the person was.

    `routine` is its key, None once that is gone. `seconds` are the plan's where it was done to the end without
    skipping, else those of the holds alone.
    """

    name: str
    at: datetime
    seconds: int
    is_whole: bool
    routine: int | None

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def minutes(self) -> int:
        return whole_minutes(self.seconds) if self.seconds else 0


HELD = Subquery(
    Hold.objects.filter(session=OuterRef("pk"))
    .order_by()
    .values("session")
    .annotate(held=Sum("seconds"))
    .values("held")
)
# Not `Exists`: with many holds PostgreSQL answers that by reading everybody's, and remembering all that were skipped.
SKIPPED = Subquery(Hold.objects.filter(session=OuterRef("pk"), result=Hold.Result.SKIPPED).values("step")[:1])
WHOLE = When(IsNull(SKIPPED, True), is_whole=True, then=F("total_seconds"))


def practice(user: User, first: date, last: date, timed_since: date | None = None) -> Iterator[Practice]:
    """The sessions that began on a day from `first` to `last`, in order. One query, however many they are.

    Those of days before `timed_since` come with 0 seconds: to add up their holds costs more than all the rest.
    """
    for row in _rows(user, first, last, timed_since):
        one = _practice(*row)
        if first <= one.day <= last:
            yield one


def practice_by_session(user: User, on: date) -> dict[UUID, Practice]:
    """The sessions that began on a day, by their keys, in order."""
    of_day = ((pk, _practice(*row)) for *row, pk in _rows(user, on, on, None, "pk"))
    return {pk: one for pk, one in of_day if one.day == on}


def _rows(
    user: User, first: date, last: date, timed_since: date | None, *more: str
) -> QuerySet[Session, tuple[Any, ...]]:
    """What `_practice` takes, and more. Keys are left out: each costs as much to read as all the others."""
    sessions = Session.objects.of(user).finished().filter(started_at__range=around(first, last))
    untimed = [When(started_at__lt=around(timed_since, last)[0], then=0)] if timed_since else []
    seconds = Case(*untimed, WHOLE, default=Coalesce(HELD, 0), output_field=PositiveIntegerField())
    return sessions.order_by("started_at").values_list(
        "name", "started_at", "time_zone", seconds, "is_whole", "routine", *more
    )


def _practice(
    name: str, at: datetime, zone: str, seconds: int, is_whole: bool, routine: int | None
) -> Practice:
    return Practice(name, at.astimezone(ZoneInfo(zone)), seconds, is_whole, routine)
