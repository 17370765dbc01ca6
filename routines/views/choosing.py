"""Putting a stretch into a routine from the catalogue, on a page of its own or in a sheet over the one at hand."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.guests import person_of
from config.htmx import target_of
from routines.forms import ChooseForm
from routines.models import Item, Routine
from stretches.models import Stretch


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def routine_choose(request: HttpRequest) -> HttpResponse:
    """Which routine a stretch should be added to: one of the person's own, or a new one."""
    slug = request.POST.get("stretch") or request.GET.get("stretch") or ""
    stretch = get_object_or_404(Stretch.objects.offered_to(request.user), slug=slug.replace("\0", ""))
    own = Routine.objects.of(request.user)
    if request.method != "POST":
        return choose_page(request, stretch, ChooseForm(routines=own))
    form = ChooseForm(request.POST, routines=own)
    if not form.is_valid():
        return choose_page(request, stretch, form, status=422)
    routine = form.cleaned_data["routine"]
    try:
        routine = routine or Routine.objects.make(person_of(request), form.cleaned_data["name"])
        item = routine.add(stretch)
    except ValidationError as full:
        form.add_error("routine" if routine else "name", full)
        return choose_page(request, stretch, form, status=422)
    if target_of(request) == "choose":
        item.routine = Routine.objects.with_items().get(pk=routine.pk)
        return render(request, "routines/_chosen.html", {"item": item})
    return redirect("routines:routine-edit", routine.pk)


def choose_page(
    request: HttpRequest, stretch: Stretch, form: ChooseForm, said: str = "", status: int = 200
) -> HttpResponse:
    """The routines to choose from: as a page, or for the sheet."""
    in_sheet = target_of(request) == "choose"
    context = {
        "stretch": stretch,
        "own": Routine.objects.of(request.user).with_items(),
        "form": form,
        "said": said,
        "in_sheet": in_sheet,
    }
    template = "routines/_choose.html" if in_sheet else "routines/choose.html"
    response = render(request, template, context, status=status)
    response.headers["Vary"] = "HX-Target, Cookie"
    return response


def taken_out(request: HttpRequest, item: Item) -> HttpResponse:
    """The sheet after what was just added has been taken out again."""
    form = ChooseForm(routines=Routine.objects.of(request.user))
    return choose_page(request, item.stretch, form, said=f"Taken out of {item.routine.name}.")
