"""Sessions: a routine being followed once."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import cache, cached_property, reduce
from operator import or_
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from accounts.models import User
from routines.models.routine import Routine
from routines.plan import (
    USUAL,
    VERSION,
    Pace,
    PlanItem,
    Step,
    freeze,
    pace_of,
    steps,
    thaw,
    total_seconds,
)
from routines.player_settings import settings_of
from stretches.models import Stretch
from stretches.numbers import whole_minutes

RESUMABLE = timedelta(hours=24)
"""So long after its start a session can be gone on with. Then it is over, whether or not that is written down."""

SAME_TAP = timedelta(minutes=1)
"""A second start of the same routine within this is a tap too many, as long as nothing happened."""

DEEDS = ("holds", "hurt_reports")
"""The journal's rows that say what was done at which `step` of a session, and when (`at`)."""


class SessionQuerySet(models.QuerySet["Session"]):
    def of(self, user: User) -> "SessionQuerySet":
        return self.filter(user=user)

    def open(self, at: datetime) -> "SessionQuerySet":
        """Those that can be gone on with."""
        return self.filter(finished_at=None, started_at__gt=at - RESUMABLE)

    def lapsed(self, at: datetime) -> "SessionQuerySet":
        """Those that nobody ended, and that are over all the same."""
        return self.filter(finished_at=None, started_at__lte=at - RESUMABLE)

    def finished(self, at: datetime | None = None) -> "SessionQuerySet":
        """Those that came to an end, by the person or by themselves. One in which nothing happened is none."""
        lasted = Q(is_whole=True) | Q(finished_at__gt=F("started_at"))
        over = Q(finished_at__isnull=False) | Q(started_at__lte=(at or timezone.now()) - RESUMABLE)
        return self.filter(lasted | (over & _something_happened()))

    def close_lapsed(self, at: datetime) -> int:
        """Write down the end of those that are over: the last thing done in each, or its start. Says how many."""
        lapsed = self.lapsed(at)
        return (
            lapsed.update(finished_at=_last_deed_at()) if lapsed.exists() else 0
        )  # hardly ever is there one

    def since(self, moment: datetime) -> "SessionQuerySet":
        return self.filter(started_at__gte=moment)

    def begin(self, user: User, routine: Routine, items: Sequence[PlanItem] | None = None) -> "Session":
        """Start a routine, or these items in its place. From now on the session keeps its own plan, at the
        person's pace."""
        self.of(user).close_lapsed(timezone.now())
        session = self.planned(user, routine, items)
        # What was done with a stretch may be told days later, by a phone that had no network.
        if own := [item.stretch_id for item in routine.ordered_items if item.stretch.owner_id]:
            Stretch.objects.filter(pk__in=own).update(was_begun=True)
        session.save(force_insert=True)
        return session

    @transaction.atomic
    def begin_once(self, user: User, routine: Routine, items: Sequence[PlanItem] | None = None) -> "Session":
        """Start a routine; a second tap on Start gives the session that the first one began.

        It is known by what it is and not by where it came from: who follows a link has no routine.
        """
        User.objects.select_for_update().get(pk=user.pk)  # two taps at once take turns
        now = timezone.now()
        begun = self.of(user).open(now).filter(~_something_happened(), name=routine.name)
        latest = begun.since(now - SAME_TAP).order_by("-started_at").first()
        if latest and latest.plan == self.planned(user, routine, items).plan:
            return latest
        return self.begin(user, routine, items)

    def planned(self, user: User, routine: Routine, items: Sequence[PlanItem] | None = None) -> "Session":
        """The session that starting this routine now would begin; not saved. It counts as the routine's, also
        with other items."""
        items, pace = routine.plan_items if items is None else items, pace_for(user)
        return self.model(
            user=user,
            routine=routine,
            name=routine.name,
            plan=freeze(items, pace),
            total_seconds=total_seconds(items, pace),
            time_zone=user.time_zone,
        )


A_ROW_POINTS_AT_IT = '(SELECT 1 FROM "%(table)s" WHERE "%(column)s" = %(expressions)s LIMIT 1) IS NOT NULL'
"""Not Django's `Exists`: to put five of them together takes longer than the database needs to answer, and PostgreSQL
may answer EXISTS from everybody's rows."""


@cache
def _something_happened() -> Q:
    """Whether anything was reported of a session: every row that points at one is a report."""
    reports = (
        Func(
            F("pk"),
            template=A_ROW_POINTS_AT_IT,
            table=relation.related_model._meta.db_table,
            column=relation.field.column,
            output_field=models.BooleanField(),
        )
        for relation in Session._meta.related_objects
        if not isinstance(relation.related_model, str)
    )
    return reduce(or_, map(Q, reports))


def _last_deed_at() -> Greatest:
    """When the last thing was done in a session, or its start."""
    kinds = (Session._meta.get_field(name).related_model for name in DEEDS)
    last = (
        kind._default_manager.filter(session=OuterRef("pk")).order_by("-at").values("at")[:1]
        for kind in kinds
        if kind and not isinstance(kind, str)
    )
    start = F("started_at")
    return Greatest(start, *(Coalesce(Subquery(moment), start) for moment in last))


def pace_for(user: User) -> Pace:
    """The pace that a person set for their sessions."""
    chosen = settings_of(user)
    return Pace(**{key: chosen[key] for key in asdict(USUAL)})


class Session(models.Model):
    """A routine followed once by one person. `time_zone` is where they were."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sessions")
    routine = models.ForeignKey(Routine, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80)
    plan = models.JSONField()
    total_seconds = models.PositiveIntegerField()
    time_zone = models.CharField(max_length=64)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)
    is_whole = models.BooleanField("done to the end", default=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "started_at"], name="routines_session_of_user")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(finished_at=None) | models.Q(finished_at__gte=models.F("started_at")),
                name="routines_session_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.started_at:%Y-%m-%d %H:%M}"

    @cached_property
    def items(self) -> tuple[PlanItem, ...]:
        return thaw(self.plan)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return steps(self.items, pace_of(self.plan))

    @property
    def is_readable(self) -> bool:
        """Whether this code knows its plan. A newer Limber may have begun it; then `items` raises ValueError."""
        return self.plan.get("version") == VERSION

    @property
    def slugs(self) -> list[str]:
        """The stretches in it, each once, in order."""
        return list(dict.fromkeys(item.slug for item in self.items))

    @property
    def easier_slugs(self) -> list[str]:
        """Those that may be done instead."""
        return [item.easier.slug for item in self.items if item.easier]

    @cached_property
    def stretches(self) -> dict[str, Stretch]:
        """The catalogue's entries of its stretches and of the easier ones, by slug."""
        return Stretch.objects.in_bulk({*self.slugs, *self.easier_slugs}, field_name="slug")

    @property
    def there(self) -> datetime:
        """When it began, by the clock where the person was."""
        return self.started_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def day(self) -> date:
        """The day on which it began, where the person was."""
        return self.there.date()

    @property
    def minutes(self) -> int:
        return whole_minutes(self.total_seconds)

    # --- how far it came ----------------------------------------------------------------------------

    def is_open(self, at: datetime) -> bool:
        """Whether it can be gone on with: nobody ended it, and it is not over by itself."""
        return self.finished_at is None and not self.is_past(at)

    def is_past(self, at: datetime) -> bool:
        """Whether its time is over, however it ended."""
        return at - self.started_at >= RESUMABLE

    @cached_property
    def place(self) -> int:
        """The step to go on at, by what has arrived: behind the last hold, and behind a stretch that was left
        because it hurt, unless its easier one was begun. The number of steps when nothing is left."""
        known = Q(step__lt=len(self.steps))
        holds = self.holds.filter(known).values_list("step", "stretch__slug")
        place, done_easier = 0, set()
        for step, slug in holds:
            item = self.steps[step].item
            place = max(place, step + 1)
            if slug != self.items[item].slug:
                done_easier.add(item)
        for step in self.hurt_reports.filter(known).values_list("step", flat=True):
            if self.steps[step].item not in done_easier:
                place = max(place, self.after_stretch(step))
        return place

    @property
    def here(self) -> int:
        """The stretch to go on with, counting from 1; 0 when nothing is left."""
        return self.steps[self.place].item + 1 if self.place < len(self.steps) else 0

    def after_stretch(self, number: int) -> int:
        """The first step of the stretch that follows the one of step `number`; behind the last step, if none."""
        item = self.steps[number].item
        later = (after for after, step in enumerate(self.steps) if step.item > item)
        return next(later, len(self.steps))

    @property
    def last_deed_at(self) -> datetime:
        """When the last thing that has arrived was done, or its start."""
        moment: datetime = Session.objects.filter(pk=self.pk).values_list(_last_deed_at(), flat=True).get()
        return moment

    # --- its end ------------------------------------------------------------------------------------

    def finish(self, at: datetime, *, whole: bool) -> None:
        """The person has come to an end. The first end stands; a later one can only make it whole."""
        self.finished_at = self.finished_at or min(max(at, self.started_at), self.started_at + RESUMABLE)
        self.is_whole = self.is_whole or whole
        self.save(update_fields=["finished_at", "is_whole"])

    def reach(self, at: datetime) -> None:
        """Something was done then. If the session is over, its end was no earlier."""
        if self.finished_at and self.finished_at < at <= self.started_at + RESUMABLE:
            self.finished_at = at
            self.save(update_fields=["finished_at"])
