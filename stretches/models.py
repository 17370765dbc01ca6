"""The catalogue: one row per stretch, written by `stretches.catalogue.load` from the files in `data/`."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from stretches.bits import places_in
from stretches.dosed import DosedModel
from stretches.facets import Card, Facets
from stretches.search import words_of
from stretches.words import (
    Area,
    Basis,
    Direction,
    Kind,
    Origin,
    Position,
    Side,
    SideRule,
    Sides,
    SpineRange,
    in_one_line,
)


class Muscle(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)  # as anatomists say: "gluteus maximus"
    everyday_name = models.CharField(max_length=60)  # as people say: "buttock"
    area = models.CharField(max_length=18, choices=Area, default="")  # until the files are loaded anew

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.everyday_name} ({self.name})"


class Equipment(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "equipment"

    def __str__(self) -> str:
        return self.name


MINUTES = (1, 2, 5)  # how long somebody has


class StretchQuerySet(models.QuerySet["Stretch"]):
    def listed(self) -> Self:
        """Those that are in the files today; others stay for the routines that use them."""
        return self.filter(listed=True)

    def facets(self) -> Facets:
        """The listed ones, ready to be filtered and searched. One query; five after they changed."""
        latest = self.listed().aggregate(models.Count("pk"), models.Max("changed_at"))
        return _facets_of(latest["pk__count"], latest["changed_at__max"])

    def matching(self, words: str) -> Self:
        """Those that `stretches.search` finds, in no order of merit; all where no word was typed."""
        if not words_of(words):
            return self
        facets = Stretch.objects.facets()
        found = facets.found(facets.search(words), {})
        return self.filter(pk__in=[facets.cards[place].pk for place in places_in(found)])

    def cards(self) -> Iterator[Card]:
        """What filters, search and sorting need to know of each, from A to Z, in three queries."""
        pieces, areas = defaultdict(set), defaultdict(set)
        for stretch, piece in self.values_list("pk", "equipment__slug").exclude(equipment=None):
            pieces[stretch].add(piece)
        main = StretchMuscle.objects.filter(stretch__in=self, primary=True)
        for stretch, area in main.values_list("stretch", "muscle__area"):
            areas[stretch].add(area)
        for each in self.defer("figure").order_by(Lower("name"), "pk"):
            yield Card(
                pk=each.pk,
                marks=frozenset(each.marks(pieces[each.pk], areas[each.pk])),
                texts=(each.name, " ".join(each.also_known_as), each.search_text, " ".join(each.steps)),
                seconds=each.seconds,
                intensity=each.intensity,
            )

    def with_details(self) -> Self:
        """Everything a stretch's page or card shows, in a constant number of queries."""
        return self.select_related("easier", "harder").prefetch_related(
            "equipment",
            models.Prefetch("stretch_muscles", StretchMuscle.objects.select_related("muscle")),
        )


class Stretch(DosedModel):
    """One entry of the catalogue, whatever its kind."""

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
    intensity = models.PositiveSmallIntegerField()  # 1-10: how strong it should feel, never pain
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

    figure = models.TextField()  # what stands inside <svg>: the frame of the hold
    figure_box = models.CharField(max_length=40)  # its viewBox; the bottom edge is the floor
    figure_alt = models.CharField(max_length=300)
    figure_moves = models.BooleanField(default=False)  # whether there is more to see than the hold
    figure_side = models.CharField(max_length=5, choices=Side)

    listed = models.BooleanField("in the catalogue", default=True)
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

    def get_absolute_url(self) -> str:
        return reverse("stretches:stretch-detail", args=[self.slug])

    def marks(self, pieces: set[str], areas: set[str]) -> Iterator[tuple[str, str]]:
        """Every choice of the catalogue's filters that it answers to, as (group, choice).

        pieces: slugs of what it needs. areas: where its main muscles are.
        """
        yield "position", self.position
        yield "kind", self.kind
        yield from (("direction", word) for word in (self.direction, *self.directions_also))
        yield from (("need", piece) for piece in pieces)
        if pieces <= {"mat"}:  # nearly everything on the floor is kinder with one
            yield "need", "nothing"
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
    def cue(self) -> str:
        """One short instruction to follow while in it: how to breathe."""
        return self.breath

    @property
    def summary(self) -> str:
        """What it is, in one line."""
        return in_one_line(self.kind, self.intensity, self.position, self.direction, self.directions_also)

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
