"""What happened in a session. One row a fact.

Every row has a natural key in the database, so that a fact sent twice is recorded once. `sequence`
tells a correction from a repetition: the higher one wins.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from routines.models import Session
from stretches.models import Stretch

LONGEST_NOTE = 2000


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
