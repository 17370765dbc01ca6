"""Items: a stretch in a routine, with a dose of its own."""

from dataclasses import replace
from typing import Any, ClassVar

from django.db import models

from routines import plan
from routines.fit import Scalable
from stretches.dose import Dose
from stretches.dosed import DosedModel
from stretches.models import Stretch
from stretches.numbers import clock
from stretches.words import ItemSides

LONGEST_NOTE = 120


class Item(DosedModel):
    """A stretch in a routine. Its dose is its own: a change of the catalogue doesn't touch it."""

    routine = models.ForeignKey("routines.Routine", on_delete=models.CASCADE, related_name="items")
    sides = models.CharField(max_length=11, choices=ItemSides)
    right_hold_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    stretch = models.ForeignKey(Stretch, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    skip_if = models.CharField("leave out if", max_length=120, blank=True)
    swap = models.ForeignKey(Stretch, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_optional = models.BooleanField(default=False)

    SAID: ClassVar[list[str]]  # its columns, but for its key and its routine

    class Meta(DosedModel.Meta):
        ordering = ("position", "pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["routine", "position"], name="routines_item_order")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *DosedModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(right_hold_seconds=None) | models.Q(right_hold_seconds__range=(1, 600)),
                name="routines_item_right_hold",
                violation_error_message="A hold on the right must be 1 to 600 seconds.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.stretch}"

    @property
    def dose(self) -> Dose:
        return replace(super().dose, right_hold_seconds=self.right_hold_seconds)

    def as_was(self) -> dict[str, Any]:
        """All that is said of it but the routine, as plain JSON: `Item(routine=…, **was)` makes it again."""
        return {"id": self.pk, **{name: getattr(self, name) for name in Item.SAID}}

    @property
    def plan_item(self) -> plan.PlanItem:
        stretch, easier = self.stretch, self.stretch.easier
        return plan.PlanItem(
            stretch.slug,
            stretch.name,
            stretch.cue,
            self.dose,
            self.skip_if,
            self.note,
            plan.Easier(easier.slug, easier.name, easier.cue) if easier and easier.listed else None,
        )

    @property
    def scalable(self) -> Scalable:
        """What its dose can be made longer or shorter to."""
        stretch = self.stretch
        return Scalable(self.plan_item, stretch.hold_min_seconds, stretch.hold_max_seconds, stretch.reps)

    @property
    def seconds(self) -> int:
        """How long it takes, getting ready included."""
        return plan.total_seconds((self.plan_item,))

    @property
    def clock(self) -> str:
        return clock(self.seconds)

    @property
    def rail(self) -> int:
        """The height in pixels of its bar where a routine is a list: a minute is 25, as in the design."""
        return min(max(round(self.seconds * 25 / 60), 12), 96)


Item.SAID = [field.attname for field in Item._meta.fields if field.name not in ("id", "routine")]
