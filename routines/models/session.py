"""Sessions: a routine being followed once."""

import uuid
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User
from routines.models.routine import Routine
from routines.plan import (
    USUAL,
    Pace,
    PlanItem,
    Step,
    freeze,
    pace_of,
    steps,
    thaw,
    total_seconds,
)
from stretches.models import Stretch
from stretches.numbers import whole_minutes

RESUMABLE = timedelta(hours=24)


class SessionQuerySet(models.QuerySet["Session"]):
    def of(self, user: User) -> "SessionQuerySet":
        return self.filter(user=user)

    def finished(self) -> "SessionQuerySet":
        return self.filter(finished_at__isnull=False)

    def since(self, moment: datetime) -> "SessionQuerySet":
        return self.filter(started_at__gte=moment)

    def begin(self, user: User, routine: Routine) -> "Session":
        """Start a routine. From now on the session keeps its own plan, at the person's pace."""
        session = self.planned(user, routine)
        # What was done with a stretch may be told days later, by a phone that had no network.
        if own := [item.stretch_id for item in routine.ordered_items if item.stretch.owner_id]:
            Stretch.objects.filter(pk__in=own).update(was_begun=True)
        session.save(force_insert=True)
        return session

    def planned(self, user: User, routine: Routine) -> "Session":
        """The session that starting this routine now would begin; not saved."""
        items, pace = routine.plan_items, pace_for(user)
        return self.model(
            user=user,
            routine=routine,
            name=routine.name,
            plan=freeze(items, pace),
            total_seconds=total_seconds(items, pace),
            time_zone=user.time_zone,
        )


def pace_for(user: User) -> Pace:
    """The pace that a person set for their sessions."""
    chosen = {key: user.player[key] for key in asdict(USUAL) if key in user.player}
    return Pace(**chosen)


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
    def minutes(self) -> int:
        return whole_minutes(self.total_seconds)

    def finish(self, at: datetime, *, whole: bool) -> None:
        """The person has come to an end. The first end stands; a later one can only make it whole."""
        self.finished_at = self.finished_at or max(at, self.started_at)
        self.is_whole = self.is_whole or whole
        self.save(update_fields=["finished_at", "is_whole"])
