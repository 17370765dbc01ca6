"""One change of a routine each: add, change the dose, move, duplicate, swap, remove."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.http import PersonRequest
from config.htmx import target_of
from routines.forms import ItemForm
from routines.models import Item
from routines.views.builder import builder_part
from routines.views.choosing import taken_out
from stretches.models import Stretch


def _own_item(request: PersonRequest, pk: int, item: int) -> Item:
    items = Item.objects.select_related("routine", "stretch")
    return get_object_or_404(items, pk=item, routine_id=pk, routine__owner=request.user)


@require_POST
def item_add(request: PersonRequest, pk: int) -> HttpResponse:
    routine = get_object_or_404(request.user.routines, pk=pk)
    stretch = get_object_or_404(
        Stretch.objects.offered_to(request.user), slug=request.POST.get("stretch", "")
    )
    try:
        routine.add(stretch)
    except ValidationError as error:
        return builder_part(request, routine, error=error.message, status=422)
    return builder_part(request, routine, said=f"{stretch.name} added.")


@require_POST
def item_change(request: PersonRequest, pk: int, item: int) -> HttpResponse:
    """Another dose or note. Only what this form changed is saved: another tab may have changed the rest."""
    changed = _own_item(request, pk, item)
    form = ItemForm(request.POST, instance=changed)
    if not form.is_valid():
        return builder_part(request, changed.routine, item_form=form, status=422)
    if form.changed_data:
        changed.routine.change_item(form.save(commit=False), form.changed_data)
        changed.refresh_from_db()
    return builder_part(request, changed.routine, said=f"{changed.stretch.name}: {changed.dose.words}.")


@require_POST
def item_move(request: PersonRequest, pk: int, item: int) -> HttpResponse:
    """Before another one (`before=7`; empty is the end), or up or down by one (`to=up`)."""
    moved = _own_item(request, pk, item)
    routine = moved.routine
    order = list(routine.items.all())
    place = order.index(moved)
    match request.POST:
        case {"to": "up"} if place > 0:
            routine.move(moved, before=order[place - 1])
        case {"to": "down"} if place < len(order) - 1:
            routine.move(moved, before=order[place + 2] if place + 2 < len(order) else None)
        case {"before": before}:
            other = next((each for each in order if str(each.pk) == before), None)
            if other or not before:  # the other may have been removed meanwhile: then nothing moves
                routine.move(moved, before=other)
    place = list(routine.items.values_list("pk", flat=True)).index(moved.pk)
    return builder_part(request, routine, said=f"{moved.stretch.name} is now number {place + 1}.")


@require_POST
def item_duplicate(request: PersonRequest, pk: int, item: int) -> HttpResponse:
    original = _own_item(request, pk, item)
    try:
        original.routine.duplicate(original)
    except ValidationError as error:
        return builder_part(request, original.routine, error=error.message, status=422)
    return builder_part(request, original.routine, said=f"{original.stretch.name} is in it once more.")


@require_POST
def item_swap(request: PersonRequest, pk: int, item: int) -> HttpResponse:
    """Another stretch in its place."""
    swapped = _own_item(request, pk, item)
    slug = request.POST.get("stretch", "")
    stretch = get_object_or_404(Stretch.objects.offered_to(request.user), slug=slug)
    swapped.routine.swap(swapped, stretch)
    return builder_part(
        request, swapped.routine, said=f"{stretch.name} is in the place of {swapped.stretch.name}."
    )


@require_POST
def item_remove(request: PersonRequest, pk: int, item: int) -> HttpResponse:
    removed = _own_item(request, pk, item)
    removed.routine.remove(removed)
    if target_of(request) == "choose":
        return taken_out(request, removed)
    return builder_part(request, removed.routine, said=f"{removed.stretch.name} removed.")
