"""Ready-made and own routines: list, one routine, a new one, the builder's page."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.guests import person_of
from accounts.http import PersonRequest
from config.htmx import render_page
from config.newcomers import same_for_newcomers
from routines.forms import RoutineNameForm
from routines.models import Routine
from routines.views.balance_of import balance_of
from routines.views.builder import builder_page, builder_part
from stretches.mine import Mine
from stretches.models import Stretch


def routine_page(request: HttpRequest, routine: Routine, error: str = "", status: int = 200) -> HttpResponse:
    """The page of one routine, fetched with its items."""
    mine = Mine.of(request.user)
    context = {
        "routine": routine,
        "balance": balance_of(routine),
        "error": error,
        "mine": mine,
        "objections": sum(bool(mine.objection(item.stretch)) for item in routine.ordered_items),
    }
    return render(request, "routines/detail.html", context, status=status)


@login_not_required
@require_safe
@same_for_newcomers(Routine.objects.version)
def routine_list(request: HttpRequest) -> HttpResponse:
    """The person's own routines, newest first, and the ready-made ones in their order.

    `?with=cat-cow` keeps to those that contain that stretch; htmx asks for them as a part of its page.
    """
    own, ready_made = Routine.objects.of(request.user), Routine.objects.ready_made()
    stretch = None
    if slug := request.GET.get("with", "").replace("\0", ""):
        stretch = get_object_or_404(Stretch.objects.open_to(request.user), slug=slug)
        own, ready_made = own.containing(stretch), ready_made.containing(stretch)
    away = Routine.objects.none() if stretch else Routine.objects.archived(request.user)
    context = {
        "own": own.with_items(),
        "ready_made": ready_made.with_items(),
        "away": away.with_items(),
        "stretch": stretch,
    }
    return render_page(
        request, "routines/list.html", context, fragments={"used-in": "routines/_used_in.html"}
    )


@login_not_required
@require_safe
def routine_detail(request: HttpRequest, pk: int) -> HttpResponse:
    routine = get_object_or_404(Routine.objects.open_to(request.user).with_items(), pk=pk)
    return routine_page(request, routine)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def routine_new(request: HttpRequest) -> HttpResponse:
    """An empty builder. The routine comes into being with its name, or with its first stretch."""
    if request.method != "POST":
        return builder_page(request, None)
    stretch = None
    if slug := request.POST.get("stretch"):
        stretch = get_object_or_404(Stretch.objects.offered_to(request.user), slug=slug)
    form = RoutineNameForm({"name": request.POST.get("name") or (stretch and f"With {stretch.name}")})
    if not form.is_valid():
        return builder_page(request, None, name_form=form, status=422)
    try:
        routine = Routine.objects.make(person_of(request), form.cleaned_data["name"])
    except ValidationError as full:
        form.add_error("name", full)
        return builder_page(request, None, name_form=form, status=422)
    if stretch:
        routine.add(stretch)
    address = reverse("routines:routine-edit", args=[routine.pk])
    return redirect(f"{address}#picker" if stretch else address)


@require_safe
def routine_edit(request: PersonRequest, pk: int) -> HttpResponse:
    return builder_page(request, get_object_or_404(request.user.routines, pk=pk))


@require_POST
def routine_rename(request: PersonRequest, pk: int) -> HttpResponse:
    routine = get_object_or_404(request.user.routines, pk=pk)
    form = RoutineNameForm(request.POST, instance=routine)
    if not form.is_valid():
        return builder_part(request, routine, name_form=form, status=422)
    routine.rename(form.cleaned_data["name"])
    return builder_part(request, routine, said="Name saved.")


@require_POST
def routine_undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the last change back, whichever tab or phone made it."""
    routine = get_object_or_404(request.user.routines, pk=pk)
    change = routine.undo()
    return builder_part(request, routine, said=f"Undone: {change.words}." if change else "Nothing to undo.")


@login_not_required
@require_POST
def routine_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a routine one's own, to change it."""
    routine = get_object_or_404(Routine.objects.open_to(request.user).with_items(), pk=pk)
    name = "" if routine.is_ready_made else f"{routine.name[:74]}, copy"
    try:
        copy = routine.copy_for(person_of(request), name)
    except ValidationError as full:
        return routine_page(request, routine, error=str(full.message), status=422)
    return redirect("routines:routine-edit", copy.pk)
