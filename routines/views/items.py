"""One change of a routine each: add, change the dose, move, duplicate, swap, remove."""

from collections.abc import Callable
from functools import wraps
from typing import Protocol

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.http import PersonRequest
from config.htmx import target_of
from routines.forms import ItemForm
from routines.models import Item
from routines.views.builder import builder_part
from routines.views.choosing import taken_out
from stretches.models import Stretch


class ItemView(Protocol):
    def __call__(self, request: PersonRequest, item: Item) -> HttpResponse: ...


def of_own_item(view: ItemView) -> Callable[[PersonRequest, int, int], HttpResponse]:
    """A view of one of the person's items, fetched with its routine and its stretch.

    404 also where another tab removes it in the moment between.
    """

    @require_POST
    @wraps(view)
    def answer(request: PersonRequest, pk: int, item: int) -> HttpResponse:
        items = Item.objects.select_related("routine", "stretch")
        own = get_object_or_404(items, pk=item, routine_id=pk, routine__owner=request.user)
        try:
            return view(request, own)
        except Item.DoesNotExist as gone:
            raise Http404 from gone

    return answer


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


@of_own_item
def item_change(request: PersonRequest, item: Item) -> HttpResponse:
    """Another dose or note. Only what this form changed is saved: another tab may have changed the rest."""
    form = ItemForm(request.POST, instance=item)
    if not form.is_valid():
        return builder_part(request, item.routine, item_form=form, status=422)
    if form.changed_data:
        item.routine.change_item(form.save(commit=False), form.changed_data)
        item.refresh_from_db()
    return builder_part(request, item.routine, said=f"{item.stretch.name}: {item.dose.words}.")


@of_own_item
def item_move(request: PersonRequest, item: Item) -> HttpResponse:
    """Before another one (`before=7`; empty is the end), or up or down by one (`to=up`)."""
    routine = item.routine
    order = list(routine.items.all())
    if item not in order:
        raise Item.DoesNotExist
    place = order.index(item)
    match request.POST:
        case {"to": "up"} if place > 0:
            routine.move(item, before=order[place - 1])
        case {"to": "down"} if place < len(order) - 1:
            routine.move(item, before=order[place + 2] if place + 2 < len(order) else None)
        case {"before": before}:
            other = next((each for each in order if str(each.pk) == before), None)
            if other or not before:  # the other may have been removed meanwhile: then nothing moves
                routine.move(item, before=other)
    place = list(routine.items.values_list("pk", flat=True)).index(item.pk)
    return builder_part(request, routine, said=f"{item.stretch.name} is now number {place + 1}.")


@of_own_item
def item_duplicate(request: PersonRequest, item: Item) -> HttpResponse:
    try:
        item.routine.duplicate(item)
    except ValidationError as error:
        return builder_part(request, item.routine, error=error.message, status=422)
    return builder_part(request, item.routine, said=f"{item.stretch.name} is in it once more.")


@of_own_item
def item_swap(request: PersonRequest, item: Item) -> HttpResponse:
    """Another stretch in its place."""
    slug = request.POST.get("stretch", "")
    stretch = get_object_or_404(Stretch.objects.offered_to(request.user), slug=slug)
    item.routine.swap(item, stretch)
    return builder_part(request, item.routine, said=f"{stretch.name} is in the place of {item.stretch.name}.")


@of_own_item
def item_remove(request: PersonRequest, item: Item) -> HttpResponse:
    item.routine.remove(item)
    if target_of(request) == "choose":
        return taken_out(request, item)
    return builder_part(request, item.routine, said=f"{item.stretch.name} removed.")
