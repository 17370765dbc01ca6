"""Days that are marked: as worse, or as days off."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

LONGEST_LABEL = 80
LONGEST_PAUSE = timedelta(days=366)


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
