"""The builder's page and its one fragment, which every change of a routine answers with."""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from config.htmx import render_page, target_of
from routines.forms import ItemForm, RoutineNameForm
from routines.models import Item, Routine
from routines.views.balance_of import balance_of
from stretches.facets import Facets
from stretches.filters import Filters
from stretches.mine import Mine, facets_of
from stretches.models import Stretch


def builder_page(
    request: HttpRequest,
    routine: Routine | None,
    *,
    name_form: BaseForm | None = None,
    item_form: ItemForm | None = None,
    error: str = "",
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """The builder of a routine, or of one that is still to come.

    `name_form` and `item_form` are bound and invalid: what was typed stays, with its message.
    """
    mine = Mine.of(request.user)
    facets = facets_of(request.user, mine)
    filters = Filters(request.GET, facets)
    routine = Routine.objects.with_items().get(pk=routine.pk) if routine else None
    items = _with_forms(routine.ordered_items, item_form) if routine else []
    _with_alternatives(items, mine, facets)
    context: dict[str, object] = {
        "routine": routine,
        "new": routine is None,
        "items": items,
        "balance": balance_of(routine) if routine else None,
        "name_form": name_form or RoutineNameForm(instance=routine),
        "filters": filters,
        "mine": mine,
        "error": error,
        "said": said,
    }
    if target_of(request) != "builder":
        rows = Stretch.objects.in_bulk(filters.pks)
        context["picks"] = [rows[pk] for pk in filters.pks if pk in rows]
        context["with_filters"] = target_of(request) == "picks"
    fragments = {"builder": "routines/_builder.html", "picks": "routines/_picks.html"}
    return render_page(request, "routines/builder.html", context, fragments=fragments, status=status)


def builder_part(request: HttpRequest, routine: Routine, **state: object) -> HttpResponse:
    """The answer to a change: the fragment for htmx, the page when something is wrong, else a redirect."""
    if target_of(request) == "builder" or state.get("status", 200) != 200:
        return builder_page(request, routine, **state)  # type: ignore[arg-type]
    return redirect("routines:routine-edit", routine.pk)


def _with_forms(items: list[Item], faulty: ItemForm | None) -> list[Item]:
    """The items, each with its form: the one that was sent, where it was refused."""
    for item in items:
        is_faulty = faulty is not None and faulty.instance.pk == item.pk
        item.form = faulty if is_faulty else ItemForm(instance=item)  # type: ignore[attr-defined]
    return items


def _with_alternatives(items: list[Item], mine: Mine, facets: Facets) -> None:
    """To each item that the person set aside or leaves out, what could stand in its place (`instead`).

    The catalogue's easier one, else the one most like it, that they said nothing against.
    """
    unwanted = [item for item in items if mine.objection(item.stretch)]
    wanted = {item: [item.stretch.easier_id, *facets.like(item.stretch_id, 1)] for item in unwanted}
    rows = Stretch.objects.listed().in_bulk({pk for pks in wanted.values() for pk in pks if pk})
    for item, pks in wanted.items():
        fitting = (rows[pk] for pk in pks if pk in rows and not mine.objection(rows[pk]))
        item.instead = next(fitting, None)  # type: ignore[attr-defined]
