"""Routines: an ordered list of stretches, each with its own dose."""

from dataclasses import asdict
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from routines import plan
from stretches.dosed import DosedModel
from stretches.models import Stretch
from stretches.numbers import clock, whole_minutes
from stretches.words import Position

MOST_ITEMS = 60
MOST_ROUTINES = 200
FIVE_MINUTES = "desk-five"
"""The ready-made routine a newcomer starts with: five minutes on your feet, nothing to lie on."""

STANDING = {Position.STANDING}


class RoutineQuerySet(models.QuerySet["Routine"]):
    def ready_made(self) -> "RoutineQuerySet":
        return self.filter(owner=None, listed=True).order_by("position")

    def of(self, user: object) -> "RoutineQuerySet":
        """A person's own, the last changed first; none for somebody who isn't signed in."""
        return self.filter(owner=user).order_by("-changed_at") if isinstance(user, User) else self.none()

    def open_to(self, user: object) -> "RoutineQuerySet":
        """Those a person may look at and follow: ready-made ones, and their own."""
        mine = models.Q(owner=user) if isinstance(user, User) else models.Q(pk=None)
        return self.filter(models.Q(owner=None) | mine)

    def containing(self, stretch: Stretch) -> "RoutineQuerySet":
        return self.filter(items__stretch=stretch).distinct()

    def with_items(self) -> "RoutineQuerySet":
        """With everything a page or a plan needs of the items: two queries, however many there are."""
        items = Item.objects.select_related("stretch", "swap").order_by("position")
        return self.prefetch_related(models.Prefetch("items", queryset=items))

    def five_minutes(self) -> "Routine | None":
        return self.with_items().filter(slug=FIVE_MINUTES).first() or self.ready_made().with_items().first()


class Routine(models.Model):
    """Ready-made (owner is empty, slug names its file) or somebody's own (slug is empty)."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="routines"
    )
    slug = models.SlugField(max_length=60, unique=True, null=True, blank=True)
    name = models.CharField(max_length=80)
    summary = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    listed = models.BooleanField(default=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RoutineQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(owner=None, slug__isnull=False) | models.Q(owner__isnull=False, slug=None),
                name="routines_routine_owner_or_slug",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="routines_routine_named"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_ready_made(self) -> bool:
        return self.owner_id is None

    # --- what it amounts to ---------------------------------------------------------------------

    @property
    def ordered_items(self) -> "list[Item]":
        return list(self.items.all())

    @property
    def plan_items(self) -> tuple[plan.PlanItem, ...]:
        return tuple(item.plan_item for item in self.ordered_items)

    @property
    def seconds(self) -> int:
        return plan.total_seconds(self.plan_items)

    @property
    def clock(self) -> str:
        """How long it takes, as shown: "9:02"."""
        return clock(self.seconds)

    @property
    def minutes(self) -> int:
        return whole_minutes(self.seconds)

    @property
    def place(self) -> str:
        """Where the person will be: "standing", "on the floor" or "on the floor and standing"."""
        positions = {item.stretch.position for item in self.ordered_items}
        if not positions:
            return ""
        floor = "on the floor" if positions - STANDING - {Position.SEATED} else "sitting"
        standing = bool(positions & STANDING)
        return floor if not standing else "standing" if positions <= STANDING else f"{floor} and standing"

    # --- building it ------------------------------------------------------------------------------

    def rename(self, name: str) -> None:
        self.name, self.changed_at = name, timezone.now()
        self.save(update_fields=["name", "changed_at"])

    @transaction.atomic
    def add(self, stretch: Stretch) -> "Item":
        """Put a stretch at the end, with the catalogue's dose.

        Raises ValidationError when the routine is full.
        """
        items = self._locked_items()
        if len(items) >= MOST_ITEMS:
            raise ValidationError(
                f"A routine can hold {MOST_ITEMS} stretches. This one is full.", code="full"
            )
        dose = asdict(stretch.dose)
        return Item.objects.create(routine=self, stretch=stretch, position=len(items) + 1, **dose)

    @transaction.atomic
    def move(self, item: "Item", before: "Item | None") -> None:
        """Put an item before another one, or at the end when `before` is None."""
        items = [each for each in self._locked_items() if each != item]
        place = items.index(before) if before in items else len(items)
        self._renumber([*items[:place], item, *items[place:]])

    @transaction.atomic
    def remove(self, item: "Item") -> None:
        items = [each for each in self._locked_items() if each != item]
        item.delete()
        self._renumber(items)

    @transaction.atomic
    def copy_for(self, person: User) -> "Routine":
        """A routine of their own with the same items."""
        copy = Routine.objects.create(owner=person, name=self.name, summary=self.summary)
        items = self.ordered_items
        for item in items:
            item.pk, item.routine = None, copy
        Item.objects.bulk_create(items)
        return copy

    def _locked_items(self) -> "list[Item]":
        """The items in order, while nobody else changes this routine. Needs a transaction."""
        Routine.objects.select_for_update().get(pk=self.pk)
        return list(self.items.order_by("position", "pk"))

    def _renumber(self, items: "list[Item]") -> None:
        for position, item in enumerate(items, start=1):
            item.position = position
        Item.objects.bulk_update(items, ["position"])
        Routine.objects.filter(pk=self.pk).update(changed_at=timezone.now())


class Item(DosedModel):
    """A stretch in a routine. Its dose is its own: a change of the catalogue doesn't touch it."""

    routine = models.ForeignKey(Routine, on_delete=models.CASCADE, related_name="items")
    stretch = models.ForeignKey(Stretch, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    skip_if = models.CharField("leave out if", max_length=120, blank=True)
    swap = models.ForeignKey(Stretch, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_optional = models.BooleanField(default=False)

    class Meta(DosedModel.Meta):
        ordering = ("position", "pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["routine", "position"], name="routines_item_order")
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.stretch}"

    def save_dose(self) -> None:
        """Save the dose alone: somebody may have moved the item meanwhile."""
        self.save(update_fields=list(asdict(self.dose)))

    @property
    def plan_item(self) -> plan.PlanItem:
        return plan.PlanItem(self.stretch.slug, self.stretch.name, self.stretch.cue, self.dose, self.skip_if)

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
