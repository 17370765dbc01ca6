"""Routines that come and go: as a file, and by the link that somebody shared."""

from collections.abc import Collection, Iterable
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from routines.file import ItemShape, OwnShape, RoutineShape, read
from routines.lines import plain
from routines.models import Item, Routine
from stretches.forms import FULL
from stretches.models import MOST_OWN, Stretch

DOSE = ("sets", "reps", "hold_seconds", "sides", "rest_seconds", "set_rest_seconds", "move_seconds")


def file_of(routine: Routine) -> str:
    """A routine, fetched with its items, as the text of a file. Raises nothing."""
    items = routine.ordered_items
    drawable = drawable_among(item.stretch for item in items)
    own: dict[str, OwnShape] = {}  # by content, so that two that are the same are one
    names: dict[int, str] = {}
    for stretch in (item.stretch for item in items):
        if stretch.owner_id is None:
            names[stretch.pk] = stretch.slug
        elif stretch.pk not in names:
            written = own_shape(stretch, drawable, f"own-{len(own) + 1}")
            names[stretch.pk] = own.setdefault(written.content, written).key
    shape = RoutineShape.model_construct(
        name=plain(routine.name).strip() or "Routine",
        summary=plain(routine.summary) or None,
        items=[item_shape(item, names[item.stretch_id]) for item in items],
        stretches=list(own.values()),
    )
    return shape.text


def understand(text: str) -> RoutineShape:
    """What a file says. Raises FileError with every line that is wrong in it, and why."""
    return read(text, lambda slugs: {slug: each.listed for slug, each in of_catalogue(slugs).items()})


@transaction.atomic
def bring(shape: RoutineShape, person: User) -> Routine:
    """The routine of a file that `understand` read, as the person's own: all of it, or nothing.

    A stretch of their own that is the same to the letter is used again. Raises ValidationError where they would
    have more stretches or routines of their own than Limber keeps.
    """
    named = {slug for item in shape.items for slug in (item.stretch, item.swap) if slug}
    stretches = of_catalogue(named)
    shelf = Shelf(person)
    shelf.check_room(shape.stretches)
    for own in shape.stretches:
        stretches[own.key] = shelf.one_like(own)
    items = (
        Item(
            stretch=stretches[item.stretch],
            swap=stretches[item.swap] if item.swap else None,
            note=item.note or "",
            skip_if=item.skip_if or "",
            is_optional=bool(item.optional),
            right_hold_seconds=item.right_hold_seconds,
            **{name: getattr(item, name) for name in DOSE},
        )
        for item in shape.items
    )
    return Routine.objects.make(person, shape.name, items, shape.summary or "")


def adopt(items: Iterable[Item], person: User, *, listed: bool) -> None:
    """Put the person's own in the place of what somebody else wrote for themselves. The items are not saved.

    listed: whether they are offered to the person from now on; else they are only there for a session and its
    history. Raises ValidationError as `bring` does.
    """
    foreign = [item for item in items if item.stretch.owner_id not in (None, person.pk)]
    if not foreign:
        return
    drawable = drawable_among(item.stretch for item in foreign)
    shapes = [own_shape(item.stretch, drawable, "own-1") for item in foreign]
    shelf = Shelf(person, listed=listed)
    shelf.check_room(shapes)
    for item, shape in zip(foreign, shapes, strict=True):
        item.stretch = shelf.one_like(shape, item.stretch)


class Shelf:
    """A person's own stretches by what they are, those that are deleted or were only followed too."""

    def __init__(self, person: User, *, listed: bool = True) -> None:
        self.person, self.listed = person, listed
        own = list(Stretch.objects.filter(owner=person).order_by("-listed", "pk"))
        drawable = drawable_among(own)
        self.there: dict[str, Stretch] = {}
        for stretch in own:
            self.there.setdefault(own_shape(stretch, drawable, "own-1").content, stretch)

    def check_room(self, shapes: Iterable[OwnShape]) -> None:
        """Raises ValidationError where these would be more than a person is offered."""
        offered = {content for content, stretch in self.there.items() if stretch.listed}
        new = {shape.content for shape in shapes} - offered
        if self.listed and new and Stretch.objects.of(self.person).count() + len(new) > MOST_OWN:
            raise ValidationError(FULL, code="full")

    def one_like(self, shape: OwnShape, original: Stretch | None = None) -> Stretch:
        """The one with this content; a new one where there is none."""
        stretch = self.there.get(shape.content)
        if stretch is None:
            stretch = self.there[shape.content] = original or own_stretch(shape)
            stretch.copy_for(self.person)
            self._offer(stretch, self.listed)
        elif self.listed:
            self._offer(stretch, True)
        return stretch

    def _offer(self, stretch: Stretch, listed: bool) -> None:
        if stretch.listed != listed:
            stretch.listed = listed
            stretch.save(update_fields=["listed"])


def of_catalogue(slugs: Collection[str]) -> dict[str, Stretch]:
    """The stretches of the catalogue by these names; those that are in its files no more too."""
    return {each.slug: each for each in Stretch.objects.filter(owner=None, slug__in=slugs)}


def drawable_among(stretches: Iterable[Stretch]) -> set[str]:
    """The drawings that these show and that the catalogue still has."""
    drawn = {each.drawn_as for each in stretches if each.owner_id and each.drawn_as}
    if not drawn:
        return set()
    return set(Stretch.objects.listed().filter(slug__in=drawn).values_list("slug", flat=True))


def item_shape(item: Item, name: str) -> ItemShape:
    return ItemShape.model_construct(
        **{**asdict(item.dose), "stretch": name},
        note=plain(item.note) or None,
        skip_if=plain(item.skip_if) or None,
        swap=item.swap.slug if item.swap and item.swap.owner_id is None else None,
        optional=item.is_optional or None,
    )


def own_shape(stretch: Stretch, drawable: set[str], key: str) -> OwnShape:
    return OwnShape.model_construct(
        key=key,
        name=plain(stretch.name).strip() or "Stretch",
        kind=stretch.kind,
        position=stretch.position,
        directions=stretch.directions,
        **{name: getattr(stretch, name) for name in DOSE},
        steps=[words for step in stretch.steps if (words := plain(step).strip())],
        breath=plain(stretch.breath),
        drawn_as=stretch.drawn_as if stretch.drawn_as in drawable else None,
    )


def own_stretch(shape: OwnShape) -> Stretch:
    main, *also = shape.directions
    return Stretch(
        name=shape.name,
        kind=shape.kind,
        position=shape.position,
        direction=main,
        directions_also=also,
        **{name: getattr(shape, name) for name in DOSE},
        steps=shape.steps,
        breath=shape.breath,
        drawn_as=shape.drawn_as or "",
    )
