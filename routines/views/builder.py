"""The builder's page and its one fragment, which every change of a routine answers with."""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from config.htmx import render_page, target_of
from routines.forms import DoseForm, RoutineNameForm
from routines.models import Item, Routine
from stretches.filters import Filters
from stretches.mine import Mine, facets_of
from stretches.models import Stretch


def builder_page(
    request: HttpRequest,
    routine: Routine | None,
    *,
    name_form: BaseForm | None = None,
    dose_form: DoseForm | None = None,
    error: str = "",
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    """The builder of a routine, or of one that is still to come.

    `name_form` and `dose_form` are bound and invalid: what was typed stays, with its message.
    """
    mine = Mine.of(request.user)
    filters = Filters(request.GET, facets_of(request.user, mine))
    picks = Stretch.objects.in_bulk(filters.pks)
    routine = Routine.objects.with_items().get(pk=routine.pk) if routine else None
    items = _with_forms(routine.ordered_items, dose_form) if routine else []
    context = {
        "routine": routine,
        "items": items,
        "name_form": name_form or RoutineNameForm(instance=routine),
        "filters": filters,
        "picks": [picks[pk] for pk in filters.pks if pk in picks],
        "mine": mine,
        "error": error,
        "said": said,
    }
    fragments = {"builder": "routines/_builder.html", "picks": "routines/_picks.html"}
    return render_page(request, "routines/builder.html", context, fragments=fragments, status=status)


def builder_part(request: HttpRequest, routine: Routine, **state: object) -> HttpResponse:
    """The answer to a change: the fragment for htmx, the page when something is wrong, else a redirect."""
    if target_of(request) == "builder" or state.get("status", 200) != 200:
        return builder_page(request, routine, **state)  # type: ignore[arg-type]
    return redirect("routines:routine-edit", routine.pk)


def _with_forms(items: list[Item], faulty: DoseForm | None) -> list[Item]:
    """The items, each with its form: the one that was sent, where it was refused."""
    for item in items:
        is_faulty = faulty is not None and faulty.instance.pk == item.pk
        item.form = faulty if is_faulty else DoseForm(instance=item)  # type: ignore[attr-defined]
    return items
