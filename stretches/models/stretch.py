"""Stretches: those of the catalogue, written by `stretches.catalogue.load` from its files, and people's own."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from stretches.dosed import DosedModel
from stretches.facets import Card, Facets
from stretches.models.vocabulary import Equipment, Muscle
from stretches.words import (
    Basis,
    Direction,
    Kind,
    Origin,
    Position,
    Side,
    SideRule,
    Sides,
    SpineRange,
    fold,
    in_one_line,
)

UNKNOWN = 11  # sorts after the strongest
MINUTES = (1, 2, 5)  # how long somebody has
MOST_OWN = 100


class StretchQuerySet(models.QuerySet["Stretch"]):
    def listed(self) -> Self:
        """Those that are in the files today; others stay for the routines that use them."""
        return self.filter(owner=None, listed=True)

    def of(self, user: object) -> Self:
        """A person's own, without those they deleted."""
        return self.filter(owner=user, listed=True) if isinstance(user, User) else self.none()

    def open_to(self, user: object) -> Self:
        """Those a person may look at: the catalogue's, past ones too, and their own."""
        mine = Q(owner=user) if isinstance(user, User) else Q(pk=None)
        return self.filter(Q(owner=None) | mine)

    def offered_to(self, user: object) -> Self:
        """Those a person may put into a routine."""
        return self.open_to(user).filter(listed=True)

    def facets(self) -> Facets:
        """The listed ones, ready to be filtered and searched. One query; five after they changed."""
        return _facets_of(*self.version())

    def version(self) -> tuple[int, datetime | None]:
        """How many are listed and when one was changed last: the same, as long as the catalogue is."""
        latest = self.listed().aggregate(models.Count("pk"), models.Max("changed_at"))
        return latest["pk__count"], latest["changed_at__max"]

    def cards(self) -> Iterator[Card]:
        """What filters, search and sorting need to know of each, from A to Z, in three queries; one where none is."""
        found = list(self.defer("figure").order_by(Lower("name"), "pk"))
        if not found:
            return
        pieces, areas = defaultdict(set), defaultdict(set)
        for stretch, piece in Equipment.objects.filter(stretch__in=found).values_list("stretch", "slug"):
            pieces[stretch].add(piece)
        main = StretchMuscle.objects.filter(stretch__in=found, primary=True)
        for stretch, area in main.values_list("stretch", "muscle__area"):
            areas[stretch].add(area)
        for each in found:
            yield Card(
                pk=each.pk,
                marks=frozenset(each.marks(pieces[each.pk], areas[each.pk])),
                texts=(each.name, " ".join(each.also_known_as), each.search_text, " ".join(each.steps)),
                seconds=each.seconds,
                intensity=each.intensity or UNKNOWN,
            )

    def with_details(self) -> Self:
        """Everything a stretch's page or card shows, in a constant number of queries."""
        return self.select_related("easier", "harder").prefetch_related(
            "equipment",
            models.Prefetch("stretch_muscles", StretchMuscle.objects.select_related("muscle")),
        )


class Stretch(DosedModel):
    """An entry of the catalogue, whatever its kind (owner is empty), or a person's own.

    Of their own, a person gives a name, kind, position, directions, dose, steps, a breath and a drawing of the
    catalogue's; the other columns stay empty.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="stretches"
    )
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    also_known_as = models.JSONField(default=list, blank=True)  # ["glute bridge", ...]
    origin = models.CharField(max_length=15, choices=Origin)

    kind = models.CharField(max_length=14, choices=Kind)
    position = models.CharField(max_length=15, choices=Position)
    direction = models.CharField(max_length=13, choices=Direction)
    directions_also = models.JSONField(default=list, blank=True)  # further ones: ["extension"]
    spine_range = models.CharField(max_length=5, choices=SpineRange)

    hold_min_seconds = models.PositiveSmallIntegerField()  # the range the sources give
    hold_max_seconds = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=16, choices=Basis)
    times_per_day = models.PositiveSmallIntegerField(null=True, blank=True)
    # 1-10: how strong it should feel, never pain
    intensity = models.PositiveSmallIntegerField(null=True, blank=True)
    acute_ok = models.BooleanField("suited to a sore day", default=False)
    side_rule = models.CharField(max_length=40, choices=SideRule, blank=True)

    equipment = models.ManyToManyField(
        Equipment, related_name="stretches", related_query_name="stretch", blank=True
    )
    muscles = models.ManyToManyField(
        Muscle, through="StretchMuscle", related_name="stretches", related_query_name="stretch"
    )

    steps = models.JSONField(default=list)  # ["Lie on your back.", ...]
    breath = models.CharField(max_length=200)
    feel_it = models.CharField(max_length=200)
    cautions = models.JSONField(default=list, blank=True)
    caution_codes = models.JSONField(default=list, blank=True)  # ["wrist", ...]
    take_care = models.JSONField(default=list, blank=True)  # what those codes mean, in words
    default_reason = models.CharField(max_length=300)
    claims = models.JSONField(default=list, blank=True)  # [{"title", "author", "says"}, ...]
    sources = models.JSONField(default=list, blank=True)  # [{"title", "author", "what"}, ...]
    easier_text = models.CharField(max_length=200, blank=True)
    easier = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    harder_text = models.CharField(max_length=200, blank=True)
    harder = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    # Of somebody's own: the slug of the one whose drawing it shows.
    drawn_as = models.SlugField(blank=True)
    figure = models.TextField(blank=True)  # what stands inside <svg>: the frame of the hold
    figure_box = models.CharField(max_length=40, blank=True)  # its viewBox; the bottom edge is the floor
    figure_alt = models.CharField(max_length=300, blank=True)
    figure_moves = models.BooleanField(default=False)  # whether there is more to see than the hold
    figure_side = models.CharField(max_length=5, choices=Side)

    listed = models.BooleanField("in the catalogue", default=True)
    was_begun = models.BooleanField(default=False)  # somebody's own: a session with it was begun
    search_text = models.TextField(blank=True)  # folded: names, muscles, position, props
    digest = models.CharField(max_length=64)  # of what the row was loaded from
    changed_at = models.DateTimeField()

    objects = StretchQuerySet.as_manager()

    class Meta(DosedModel.Meta):
        ordering = ("name",)
        verbose_name_plural = "stretches"
        # Answers "is the catalogue still the same?" without reading the rows.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("listed", "changed_at"), name="stretches_stretch_changed"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *DosedModel.Meta.constraints,
            models.CheckConstraint(condition=Q(intensity__range=(1, 10)), name="stretches_stretch_intensity"),
            models.CheckConstraint(
                condition=Q(hold_min_seconds__lte=F("hold_max_seconds")), name="stretches_stretch_hold_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_files(self) -> bool:
        """Whether its drawing is among the static files."""
        return self.listed and self.owner_id is None

    def get_absolute_url(self) -> str:
        return reverse("stretches:stretch-detail", args=[self.slug])

    def marks(self, pieces: set[str], areas: set[str]) -> Iterator[tuple[str, str]]:
        """Every choice of the catalogue's filters that it answers to, as (group, choice).

        pieces: slugs of what it needs. areas: where its main muscles are.
        """
        yield "position", self.position
        yield "kind", self.kind
        yield from (("direction", word) for word in self.directions)
        yield from (("need", piece) for piece in pieces)
        yield from (("area", area) for area in areas)
        yield "sides", "together" if self.sides == Sides.BOTH else "one"
        yield from (("time", str(minutes)) for minutes in MINUTES if self.seconds <= 60 * minutes)
        if self.acute_ok:
            yield "sore", "1"

    @property
    def seconds(self) -> int:
        """How long the default dose takes, without getting ready."""
        return self.dose.seconds

    @property
    def dose_words(self) -> str:
        return self.dose.words

    @property
    def direction_words(self) -> str:
        """All directions, the main one first: "Bending forward, bending back"."""
        also = [Direction(word).label.lower() for word in self.directions_also]
        return ", ".join([Direction(self.direction).label, *also])

    @property
    def directions(self) -> list[str]:
        """The main one first."""
        return [self.direction, *self.directions_also]

    @property
    def cue(self) -> str:
        """One short instruction to follow while in it: how to breathe."""
        return self.breath

    @property
    def summary(self) -> str:
        """What it is, in one line."""
        if self.intensity is None:
            return f"Your own. {Position(self.position).label}."
        return in_one_line(self.kind, self.intensity, self.position, self.direction, self.directions_also)

    # --- somebody's own ---------------------------------------------------------------------------

    def keep_for(self, person: User) -> None:
        """Save it as this person's own, with what follows from its words. Sessions keep what they began with.

        Its drawing is copied: it stays when the catalogue's goes.
        """
        drawn = Stretch.objects.listed().filter(slug=self.drawn_as).first()
        if drawn or not self.drawn_as:
            for field in ("figure", "figure_box", "figure_alt", "figure_side"):
                setattr(self, field, getattr(drawn or Stretch(), field))
        self.owner = person
        self.slug = self.slug or f"own-{get_random_string(12).lower()}"
        self.hold_min_seconds = self.hold_max_seconds = self.hold_seconds
        words = [self.name, self.get_kind_display(), self.get_position_display(), self.direction_words]
        self.search_text = fold(" | ".join(words))
        self.changed_at = timezone.now()
        self.save()

    def copy_for(self, person: User) -> None:
        """Become a copy of it, as this person's own."""
        if left_out := self.get_deferred_fields():
            self.refresh_from_db(fields=left_out)
        self.pk, self.slug, self.listed, self.was_begun, self._state.adding = None, "", True, False, True
        self.keep_for(person)

    def discard(self) -> None:
        """Delete it; where a routine or a session holds on to it, it is only offered no more."""
        with suppress(models.ProtectedError), transaction.atomic():
            if not self.was_begun:
                self.delete()
                return
        self.listed = False
        self.save(update_fields=["listed"])

    @property
    def primary_muscles(self) -> list[Muscle]:
        return [link.muscle for link in self.stretch_muscles.all() if link.primary]

    @property
    def secondary_muscles(self) -> list[Muscle]:
        return [link.muscle for link in self.stretch_muscles.all() if not link.primary]


class StretchMuscle(models.Model):
    """A muscle that a stretch lengthens or works: one of its main ones, or one that takes part."""

    stretch = models.ForeignKey(Stretch, models.CASCADE, related_name="stretch_muscles")
    muscle = models.ForeignKey(Muscle, models.PROTECT, related_name="stretch_muscles")
    primary = models.BooleanField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("stretch", "muscle"), name="stretches_stretch_muscle_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stretch}: {self.muscle}"


@lru_cache(maxsize=1)
def _facets_of(count: int, changed_at: datetime | None) -> Facets:
    """Kept in memory until the catalogue is another: these two say which one it is."""
    pieces = Equipment.objects.values_list("slug", "name")
    return Facets(
        Stretch.objects.listed().cards(), [(slug, name[0].upper() + name[1:]) for slug, name in pieces]
    )
