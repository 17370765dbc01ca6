"""Routines: an ordered list of stretches, each with its own dose."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from secrets import token_urlsafe
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from routines import plan
from routines.models.change import Change
from routines.models.item import Item
from stretches.bits import bits_of
from stretches.dose import Dose
from stretches.models import Stretch
from stretches.numbers import clock, whole_minutes
from stretches.words import Position

MOST_ITEMS = 60
MOST_ROUTINES = 200
FULL = f"You have {MOST_ROUTINES} routines, which is as many as Limber keeps."
MOST_CHANGES = 40
"""So many can be undone."""

FIVE_MINUTES = "desk-five"
"""The ready-made routine a newcomer starts with: five minutes on your feet, nothing to lie on."""

GENTLE = "acute-gentle"
"""The ready-made one for sore days: no turning, no leaning, nothing strong."""

STANDING = {Position.STANDING}


OF_THE_OTHER = {"id", "owner", "slug", "name", "breath", "listed"}
ON_ITS_OWN_PAGE = (
    *(
        "also_known_as",
        "cautions",
        "caution_codes",
        "take_care",
        "claims",
        "sources",
        "search_text",
        "digest",
    ),
    *("default_reason", "feel_it", "easier_text", "harder_text"),
)
NOT_IN_A_ROUTINE = (
    *(f"stretch__{name}" for name in ON_ITS_OWN_PAGE),
    *(
        f"{other}__{column.name}"
        for other in ("stretch__easier", "swap")
        for column in Stretch._meta.concrete_fields
        if column.name not in OF_THE_OTHER
    ),
)
"""Columns that are left where they are: most of a row's text, which no page of a routine shows."""


class RoutineQuerySet(models.QuerySet["Routine"]):
    def ready_made(self) -> "RoutineQuerySet":
        return self.filter(owner=None, listed=True).order_by("position")

    def of(self, user: object) -> "RoutineQuerySet":
        """A person's own, the last changed first; none for somebody who isn't signed in."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(owner=user, archived_at=None).order_by("-changed_at")

    def archived(self, user: object) -> "RoutineQuerySet":
        """Those that a person put away, the last first."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(owner=user, archived_at__isnull=False).order_by("-archived_at")

    def open_to(self, user: object) -> "RoutineQuerySet":
        """Those a person may look at and follow: ready-made ones, and their own."""
        mine = models.Q(owner=user) if isinstance(user, User) else models.Q(pk=None)
        return self.filter(models.Q(owner=None) | mine)

    def containing(self, stretch: Stretch) -> "RoutineQuerySet":
        return self.filter(items__stretch=stretch).distinct()

    def with_items(self) -> "RoutineQuerySet":
        """With everything a page or a plan needs of the items: two queries, however many there are."""
        items = Item.objects.select_related("stretch__easier", "swap").defer(*NOT_IN_A_ROUTINE)
        return self.prefetch_related(models.Prefetch("items", queryset=items))

    def version(self) -> tuple[int, datetime | None, int, datetime | None]:
        """The same, as long as the ready-made ones and the catalogue they are made of are."""
        latest = self.ready_made().aggregate(models.Count("pk"), models.Max("changed_at"))
        return latest["pk__count"], latest["changed_at__max"], *Stretch.objects.version()

    @transaction.atomic
    def make(self, owner: User, name: str, items: Iterable[Item] = (), summary: str = "") -> "Routine":
        """A routine of somebody's own, with these unsaved items in this order.

        Raises ValidationError when they have as many as Limber keeps.
        """
        if owner.routines.count() >= MOST_ROUTINES:
            raise ValidationError(FULL, code="full")
        routine = self.create(owner=owner, name=name, summary=summary)
        items = list(items)
        for position, item in enumerate(items, start=1):
            item.routine, item.position = routine, position
        Item.objects.bulk_create(items)
        return routine

    def gentle(self) -> "Routine | None":
        return self.ready_made().with_items().filter(slug=GENTLE).first()

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
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    share_token = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    days = models.PositiveSmallIntegerField(default=0)  # it is meant for: bit 0 is Monday
    times = models.JSONField(
        default=list, blank=True
    )  # of these days: "morning", "midday", "evening", "18:30"
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
    def ordered_items(self) -> list[Item]:
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

    @contextmanager
    def changing(self, words: str, item: Item | None = None) -> Iterator[list[Item]]:
        """Change a routine: gives its items in order, while nobody else changes it, and remembers how it was.

        words: what is done, as the undo button says it: "Figure four moved". Raises Item.DoesNotExist where the
        item that is to be changed has been removed meanwhile.
        """
        with transaction.atomic():
            now = Routine.objects.select_for_update().get(pk=self.pk)
            items = list(self.items.order_by("position", "pk"))
            if item is not None and item not in items:
                raise Item.DoesNotExist
            before = {"name": now.name, "items": [item.as_was() for item in items]}
            yield items
            Change.objects.create(routine=self, words=words, before=before)
            too_old = self.changes.order_by("-pk").values("pk")[MOST_CHANGES:]
            Change.objects.filter(pk__in=list(too_old.values_list("pk", flat=True))).delete()
            Routine.objects.filter(pk=self.pk).update(changed_at=timezone.now())

    @property
    def last_change(self) -> Change | None:
        return self.changes.order_by("-pk").first()

    @transaction.atomic
    def undo(self) -> Change | None:
        """Take the last change back; None where there is none left. Returns the change that was undone."""
        Routine.objects.select_for_update().get(pk=self.pk)
        change = self.last_change
        if change is None:
            return None
        was = [Item(routine=self, **item) for item in change.before["items"]]
        there = set(
            Stretch.objects.filter(pk__in=[item.stretch_id for item in was]).values_list("pk", flat=True)
        )
        was = [item for item in was if item.stretch_id in there]  # one of their own may be deleted since
        self.items.exclude(pk__in=[item.pk for item in was]).delete()
        kept = set(self.items.values_list("pk", flat=True))
        Item.objects.bulk_create(item for item in was if item.pk not in kept)
        Item.objects.bulk_update((item for item in was if item.pk in kept), Item.SAID)
        Routine.objects.filter(pk=self.pk).update(name=change.before["name"], changed_at=timezone.now())
        change.delete()
        return change

    def rename(self, name: str) -> None:
        with self.changing("Name changed"):
            Routine.objects.filter(pk=self.pk).update(name=name)
        self.name = name

    def add(self, stretch: Stretch, dose: Dose | None = None) -> Item:
        """Put a stretch at the end, with the catalogue's dose unless another is given.

        Raises ValidationError when the routine is full.
        """
        with self.changing(f"{stretch.name} added") as items:
            self._check_room(items)
            last = items[-1].position if items else 0
            values = asdict(dose or stretch.dose)
            return Item.objects.create(routine=self, stretch=stretch, position=last + 1, **values)

    def duplicate(self, item: Item) -> Item:
        """Put the same once more, right after it. Raises ValidationError when the routine is full."""
        with self.changing(f"{item.stretch.name} duplicated", item) as items:
            self._check_room(items)
            place = items.index(item) + 1
            copy = Item(routine=self, **{**item.as_was(), "id": None})
            copy.save(force_insert=True)
            self._renumber([*items[:place], copy, *items[place:]])
            return copy

    def move(self, item: Item, before: Item | None) -> None:
        """Put an item before another one, or at the end when `before` is None."""
        if item == before:
            return
        with self.changing(f"{item.stretch.name} moved", item) as items:
            items.remove(item)
            place = items.index(before) if before in items else len(items)
            self._renumber([*items[:place], item, *items[place:]])

    def remove(self, item: Item) -> None:
        with self.changing(f"{item.stretch.name} removed", item) as items:
            rest = [each for each in items if each != item]
            item.delete()
            self._renumber(rest)

    def swap(self, item: Item, stretch: Stretch) -> None:
        """Put another stretch in an item's place, with the catalogue's dose."""
        with self.changing(f"{item.stretch.name} swapped for {stretch.name}", item):
            values = {**asdict(stretch.dose), "stretch": stretch, "swap": None, "skip_if": "", "note": ""}
            Item.objects.filter(pk=item.pk).update(**values)

    def change_item(self, item: Item, fields: Iterable[str]) -> None:
        """Save these fields of an item alone: somebody may have changed others meanwhile."""
        with self.changing(f"{item.stretch.name} changed", item):
            item.save(update_fields=list(fields))

    def change_doses(self, doses: dict[Item, Dose], words: str) -> None:
        """Give items other doses, all at once."""
        with self.changing(words):
            for item, dose in doses.items():
                Item.objects.filter(pk=item.pk, routine=self).update(**asdict(dose))

    def _check_room(self, items: list[Item]) -> None:
        if len(items) >= MOST_ITEMS:
            raise ValidationError(
                f"A routine can hold {MOST_ITEMS} stretches. This one is full.", code="full"
            )

    def _renumber(self, items: list[Item]) -> None:
        for position, item in enumerate(items, start=1):
            item.position = position
        Item.objects.bulk_update(items, ["position"])

    # --- what becomes of it -----------------------------------------------------------------------

    def copy_for(self, person: User, name: str = "") -> "Routine":
        """A routine of their own with the same items. Raises ValidationError when they have too many already.

        What somebody else wrote for themselves must have been adopted before (routines.exchange).
        """
        items = self.ordered_items
        for item in items:
            item.pk = None
        return Routine.objects.make(person, name or self.name, items, self.summary)

    def archive(self, at: datetime | None) -> None:
        """Put it away; bring it back with None."""
        self.archived_at = at
        self.save(update_fields=["archived_at"])

    def share(self) -> None:
        """Give it a link that others can follow, unless it has one."""
        if not self.share_token:
            self.share_token = token_urlsafe(32)
            self.save(update_fields=["share_token"])

    def withdraw(self) -> None:
        """From now on the link leads nowhere; sharing again makes another."""
        self.share_token = None
        self.save(update_fields=["share_token"])

    def schedule(self, days: Iterable[int], times: Iterable[str]) -> None:
        """What it is meant for. days: 0 is Monday. times: "morning", "midday", "evening" or "18:30"."""
        self.days, self.times = bits_of(days), list(times)
        self.save(update_fields=["days", "times"])
