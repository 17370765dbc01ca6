"""Pain scores: what is asked before, after and a day later, and between sessions."""

from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from accounts.models import User
from routines.models import Session


class Moment(models.TextChoices):
    BEFORE = "before", "before"
    AFTER = "after", "after"
    NEXT_DAY = "next-day", "a day later"
    CHECK_IN = "check-in", "check-in"


NEXT_DAY_FROM, NEXT_DAY_UNTIL = timedelta(hours=18), timedelta(hours=36)
"""So long after the end of a session "A day later, how is your back?" is asked."""


def around(first: date, last: date) -> tuple[datetime, datetime]:
    """Instants between which two days lie, whatever the time zone: UTC+14 is the first to have a day, and
    UTC-12 the last."""
    start, end = datetime.combine(first, time.min, UTC), datetime.combine(last, time.max, UTC)
    return start - timedelta(hours=14), end + timedelta(hours=12)


class PainScoreQuerySet(models.QuerySet["PainScore"]):
    def of(self, user: User) -> "PainScoreQuerySet":
        return self.filter(user=user)

    def check_ins(self) -> "PainScoreQuerySet":
        """Those that belong to no session, which is the same and has an index."""
        return self.filter(session=None)

    def on(self, day: date) -> list["PainScore"]:
        """Those given on a day, where the person was, in order."""
        near = self.filter(given_at__range=around(day, day)).order_by("given_at")
        return [score for score in near if score.day == day]

    def check_in(self, user: User, score: int, at: datetime) -> "PainScore":
        """A score outside a session, by the clock where the person is. A second one of the same instant
        corrects the first."""
        zone = user.time_zone
        row, is_new = self.get_or_create(
            user=user,
            session=None,
            given_at=at,
            defaults={"moment": Moment.CHECK_IN, "score": score, "first_score": score, "time_zone": zone},
        )
        if not is_new:
            row.correct(score, timezone.now())
        return row


class PainScore(models.Model):
    """A whole number from 1 (no pain) to 10 (the worst imaginable). Not given is no row, never a 1.

    `given_at` with `time_zone` is the instant and where the person was: the day follows from both.
    `first_score` is what was said first; `changed_at` when it was corrected, if it was.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pain_scores")
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, null=True, blank=True, related_name="pain_scores"
    )
    moment = models.CharField(max_length=10, choices=Moment)
    score = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(10)])
    first_score = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=64)
    sequence = models.BigIntegerField(default=0)

    objects = PainScoreQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "given_at"], name="journal_painscore_of_user")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "moment"], name="journal_painscore_once"),
            models.UniqueConstraint(
                fields=["user", "given_at"],
                condition=models.Q(session=None),
                name="journal_painscore_check_in_once",
            ),
            models.CheckConstraint(
                condition=models.Q(score__range=(1, 10), first_score__range=(1, 10)),
                name="journal_painscore_1_to_10",
            ),
            models.CheckConstraint(
                condition=models.Q(moment=Moment.CHECK_IN, session=None)
                | (models.Q(session__isnull=False) & models.Q(moment__in=["before", "after", "next-day"])),
                name="journal_painscore_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score} {self.moment}"

    @property
    def there(self) -> datetime:
        """When it was given, by the clock where the person was."""
        return self.given_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def day(self) -> date:
        """The day it was where the person was."""
        return self.there.date()

    def move(self, at: datetime) -> None:
        """Another moment for a check-in. One that is there already at that instant gives way."""
        PainScore.objects.filter(user=self.user_id, session=None, given_at=at).exclude(pk=self.pk).delete()
        self.given_at = at
        self.save(update_fields=["given_at"])

    def correct(self, score: int, at: datetime) -> None:
        """Another score in its place. What was said first stays known."""
        if score != self.score:
            self.score, self.changed_at = score, at
            self.save(update_fields=["score", "changed_at"])
