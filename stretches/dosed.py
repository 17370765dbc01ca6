"""The columns of a dose, shared by a stretch (the default) and an item of a routine (somebody's own)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from stretches.dose import Dose
from stretches.words import Sides


class DosedModel(models.Model):
    """The columns of a dose. `stretches.dose.Dose` says what each of them means."""

    sets = models.PositiveSmallIntegerField(default=1)
    reps = models.PositiveSmallIntegerField("times", default=1)
    hold_seconds = models.PositiveSmallIntegerField("hold")
    sides = models.CharField(max_length=11, choices=Sides)
    rest_seconds = models.PositiveSmallIntegerField("rest between times", default=0)
    set_rest_seconds = models.PositiveSmallIntegerField("rest between sets", default=0)
    move_seconds = models.PositiveSmallIntegerField("getting in and out", default=0)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(sets__range=(1, 10)),
                name="%(app_label)s_%(class)s_sets",
                violation_error_message="Sets must be 1 to 10.",
            ),
            models.CheckConstraint(
                condition=Q(reps__range=(1, 50)),
                name="%(app_label)s_%(class)s_reps",
                violation_error_message="Times must be 1 to 50.",
            ),
            models.CheckConstraint(
                condition=Q(hold_seconds__range=(0, 600)),
                name="%(app_label)s_%(class)s_hold",
                violation_error_message="A hold must be 0 to 600 seconds.",
            ),
            models.CheckConstraint(
                condition=Q(rest_seconds__range=(0, 300)),
                name="%(app_label)s_%(class)s_rest",
                violation_error_message="A rest must be 0 to 300 seconds.",
            ),
            models.CheckConstraint(
                condition=Q(set_rest_seconds__range=(0, 300)),
                name="%(app_label)s_%(class)s_set_rest",
                violation_error_message="A rest between sets must be 0 to 300 seconds.",
            ),
            models.CheckConstraint(
                condition=Q(move_seconds__range=(0, 60)),
                name="%(app_label)s_%(class)s_move",
                violation_error_message="Getting in and out must take 0 to 60 seconds.",
            ),
            models.CheckConstraint(
                condition=Q(hold_seconds__gte=1) | Q(move_seconds__gte=1),
                name="%(app_label)s_%(class)s_takes_time",
                violation_error_message="A hold and getting in and out must take a second at least.",
            ),
            models.CheckConstraint(
                condition=Q(sides__in=("both", "each", "alternating", "left", "right")),
                name="%(app_label)s_%(class)s_sides",
                violation_error_message="Choose both at once, each side, alternating, or one side only.",
            ),
        ]

    @property
    def dose(self) -> Dose:
        return Dose(
            sets=self.sets,
            reps=self.reps,
            hold_seconds=self.hold_seconds,
            sides=self.sides,
            rest_seconds=self.rest_seconds,
            set_rest_seconds=self.set_rest_seconds,
            move_seconds=self.move_seconds,
        )
