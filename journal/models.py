"""What people report: pain scores, what they did, how each stretch was, notes. One row a fact.

Every row has a natural key in the database, so that a fact sent twice is recorded once. `sequence`
tells a correction from a repetition: the higher one wins.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from accounts.models import User
from routines.models import Session
from stretches.models import Stretch

LONGEST_NOTE = 2000
LONGEST_LABEL = 80


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
        return self.filter(moment=Moment.CHECK_IN)

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


class SessionFact(models.Model):
    """Something that happened in a session."""

    sequence = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Hold(SessionFact):
    """A hold that was done, in full or in part. `seconds` is how long; `step` its number in the plan."""

    class Result(models.TextChoices):
        DONE = "done", "done"
        SKIPPED = "skipped", "skipped"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="holds")
    step = models.PositiveSmallIntegerField()
    stretch = models.ForeignKey(Stretch, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=5, blank=True)
    result = models.CharField(max_length=10, choices=Result)
    seconds = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "step"], name="journal_hold_once"),
            models.CheckConstraint(
                condition=models.Q(side__in=["", "left", "right"], result__in=["done", "skipped"]),
                name="journal_hold_words",
            ),
            # The longest hold a dose allows, and an hour of "10 seconds more".
            models.CheckConstraint(condition=models.Q(seconds__lte=4200), name="journal_hold_seconds"),
        ]

    def __str__(self) -> str:
        return f"hold:{self.step}"


class HurtReport(SessionFact):
    """A stretch that hurt and was left: at which step, on which side, after how many seconds of it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="hurt_reports")
    step = models.PositiveSmallIntegerField()
    stretch = models.ForeignKey(Stretch, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=5, blank=True)
    seconds = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "step"], name="journal_hurtreport_once"),
            models.CheckConstraint(
                condition=models.Q(side__in=["", "left", "right"], seconds__lte=4200),
                name="journal_hurtreport_values",
            ),
        ]

    def __str__(self) -> str:
        return f"hurt:{self.step}"


class Rating(SessionFact):
    """What one stretch did in one session, if the person noticed."""

    class Value(models.TextChoices):
        HELPED = "helped", "Helped"
        NO_CHANGE = "no-change", "No change"
        UNCOMFORTABLE = "uncomfortable", "Uncomfortable"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="ratings")
    stretch = models.ForeignKey(Stretch, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=13, choices=Value)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "stretch"], name="journal_rating_once"),
            models.CheckConstraint(
                condition=models.Q(value__in=["helped", "no-change", "uncomfortable"]),
                name="journal_rating_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stretch}: {self.value}"


SYMPTOMS: dict[str, str] = {
    "down_a_leg": "Pain went down a leg",
    "pins_and_needles": "Pins and needles, or numbness",
    "cramp": "Cramp",
    "dizzy": "Dizzy or light-headed",
}
"""What else can happen in a session: columns of its note, and their words."""


class SessionNote(SessionFact):
    """What else happened in a session, and a note to oneself."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="note")
    down_a_leg = models.BooleanField(SYMPTOMS["down_a_leg"], default=False)
    pins_and_needles = models.BooleanField(SYMPTOMS["pins_and_needles"], default=False)
    cramp = models.BooleanField(SYMPTOMS["cramp"], default=False)
    dizzy = models.BooleanField(SYMPTOMS["dizzy"], default=False)
    text = models.TextField(max_length=LONGEST_NOTE, blank=True)
    next_day_skipped = models.BooleanField("the question a day later was skipped", default=False)

    def __str__(self) -> str:
        return f"note of {self.session}"

    @property
    def symptoms(self) -> list[str]:
        """The words of those that were ticked."""
        return [words for name, words in SYMPTOMS.items() if getattr(self, name)]

    @property
    def asks_to_stop(self) -> bool:
        """Whether a symptom was ticked that shows the stop text, the same for everyone."""
        return self.down_a_leg or self.pins_and_needles


class FlareUpQuerySet(models.QuerySet["FlareUp"]):
    def between(self, first: date, last: date) -> "FlareUpQuerySet":
        """Those with a day from `first` to `last`, both included."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=first), starts_on__lte=last)

    def going_on(self) -> "FlareUpQuerySet":
        return self.filter(ends_on=None)


class FlareUp(models.Model):
    """A stretch of days that the person marks as worse. `ends_on` is the last of them, None while it goes on."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="flare_ups")
    label = models.CharField(max_length=LONGEST_LABEL, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = FlareUpQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "starts_on"], name="journal_flareup_of_user")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ends_on=None), name="journal_flareup_one_going_on"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="journal_flareup_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.label or "Flare-up"

    def end(self, on: date) -> None:
        """It is over; `on` was its last day."""
        self.ends_on = max(on, self.starts_on)
        self.save(update_fields=["ends_on"])


class PauseQuerySet(models.QuerySet["Pause"]):
    def between(self, first: date, last: date) -> "PauseQuerySet":
        """Those with a day from `first` to `last`, both included."""
        return self.filter(ends_on__gte=first, starts_on__lte=last)


class Pause(models.Model):
    """Days off, a holiday say: a week with one breaks no rhythm, and nothing reminds. `ends_on` is the last of them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="pauses")
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = PauseQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "starts_on"], name="journal_pause_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="journal_pause_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"Pause from {self.starts_on}"

    def end(self, today: date) -> None:
        """Back again: yesterday was the last day. One that begins today, or later, has not been."""
        if self.starts_on >= today:
            self.delete()
            return
        self.ends_on = min(self.ends_on, today - timedelta(days=1))
        self.save(update_fields=["ends_on"])
