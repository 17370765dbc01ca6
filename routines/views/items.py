"""One change of a routine each: add, change the dose, move, remove."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.http import PersonRequest
from config.htmx import target_of
from routines.forms import DoseForm
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
    changed = _own_item(request, pk, item)
    form = DoseForm(request.POST, instance=changed)
    if not form.is_valid():
        return builder_part(request, changed.routine, dose_form=form, status=422)
    form.save(commit=False).save_dose()
    return builder_part(request, changed.routine, said=f"{changed.stretch.name}: {changed.dose.words}.")


@require_POST
def item_move(request: PersonRequest, pk: int, item: int) -> HttpResponse:
    """Up or down by one. At either end nothing moves."""
    moved = _own_item(request, pk, item)
    order = list(moved.routine.items.all())
    place = order.index(moved)
    if request.POST.get("to") == "up" and place > 0:
        moved.routine.move(moved, before=order[place - 1])
    elif request.POST.get("to") == "down" and place < len(order) - 1:
        moved.routine.move(moved, before=order[place + 2] if place + 2 < len(order) else None)
    place = list(moved.routine.items.values_list("pk", flat=True)).index(moved.pk)
    return builder_part(request, moved.routine, said=f"{moved.stretch.name} is now number {place + 1}.")


@require_POST
def item_remove(request: PersonRequest, pk: int, item: int) -> HttpResponse:
    removed = _own_item(request, pk, item)
    removed.routine.remove(removed)
    if target_of(request) == "choose":
        return taken_out(request, removed)
    return builder_part(request, removed.routine, said=f"{removed.stretch.name} removed.")
