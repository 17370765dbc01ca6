"""A routine made to last as long as its owner has."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import PersonRequest
from routines.fit import Fit, fit
from routines.models import Routine
from routines.proposal_forms import MOST_MINUTES, FitForm
from stretches.numbers import minutes as minutes_in_words


@require_http_methods(["GET", "HEAD", "POST"])
def routine_fit(request: PersonRequest, pk: int) -> HttpResponse:
    """What would change to make it so many minutes (`?minutes=10`); a POST of the same minutes changes it, at once."""
    routine = get_object_or_404(request.user.routines.with_items(), pk=pk)
    asked = request.POST if request.method == "POST" else request.GET
    form = FitForm(asked if "minutes" in asked else None, initial={"minutes": routine.minutes})
    fitted = _fit(routine, form.cleaned_data["minutes"]) if form.is_valid() else None
    if request.method == "POST" and fitted and fitted.fits:
        _apply(routine, fitted)
        return redirect("routines:routine-edit", routine.pk)
    context = {
        "routine": routine,
        "form": form,
        "fit": fitted,
        "near": fitted.nearest_minutes if fitted and fitted.nearest_minutes <= MOST_MINUTES else 0,
    }
    return render(request, "routines/fit.html", context, status=422 if request.method == "POST" else 200)


def _fit(routine: Routine, minutes: int) -> Fit:
    return fit([item.scalable for item in routine.ordered_items], 60 * minutes)


def _apply(routine: Routine, fitted: Fit) -> None:
    items = zip(routine.ordered_items, fitted.items, strict=True)
    doses = {item: each.now.dose for item, each in items if each.now != each.was}
    if doses:
        routine.change_doses(doses, f"Fitted to {minutes_in_words(fitted.target_seconds)}")
