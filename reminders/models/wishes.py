"""When a person wants to be reminded, and which mails they want."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from routines import schedule

MOST_REMINDERS = 14

MOST_REFUSALS = 3
"""So many times in a row an address may be refused for good (5xx) before nothing is sent to it any more."""


class Reminder(models.Model):
    """A time of the clock on some days of the week, where the person is: "morning", "18:30"."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField()  # bit 0 is Monday
    time = models.CharField(max_length=7)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("time", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "time", "days"], name="reminders_reminder_once"),
            models.CheckConstraint(condition=models.Q(days__range=(1, 127)), name="reminders_reminder_days"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """ "Weekdays, 18:30"."""
        return schedule.words(self.days, [self.time])


class MailWishes(models.Model):
    """Which mails a person wants. Every one of them is off until they tick it.

    `refusals` counts how often in a row their address was refused for good; `stopped_at` is when that was too often.
    """

    class Kind(models.TextChoices):
        REMINDERS = "reminders", "Reminders"
        NEXT_DAY = "next_day", "The question a day later"
        WEEKLY = "weekly", "A summary of the week"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_wishes")
    reminders = models.BooleanField(default=False)
    next_day = models.BooleanField(default=False)
    weekly = models.BooleanField(default=False)
    refusals = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user"], name="reminders_mailwishes_once"),
        ]

    def __str__(self) -> str:
        return f"mails of {self.user_id}"

    def wish(self, kinds: set[str]) -> None:
        """Wish for these kinds and no others. What had stopped is tried again."""
        for kind in self.Kind.values:
            setattr(self, kind, kind in kinds)
        self.refusals, self.stopped_at, self.made_at = 0, None, timezone.now()
        self.save()

    def stop(self, kind: str) -> None:
        setattr(self, kind, False)
        self.save(update_fields=[kind])

    def refused(self, at: datetime) -> None:
        """The address was refused for good once more."""
        self.refusals += 1
        self.stopped_at = at if self.refusals >= MOST_REFUSALS else None
        self.save(update_fields=["refusals", "stopped_at"])

    def accepted(self) -> None:
        if self.refusals:
            self.refusals = 0
            self.save(update_fields=["refusals"])
