"""One stretch: its page, a person's marks on it, and the directions they leave out."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.guests import person_of
from accounts.http import next_page
from config.htmx import render_page
from config.newcomers import same_for_newcomers
from stretches.forms import LeaveOutForm, SetAsideForm
from stretches.mine import Mine, facets_of
from stretches.models import Mark, Stretch

ALIKE = 4  # at most so many more like one


@login_not_required
@require_safe
@same_for_newcomers(Stretch.objects.version)
def stretch_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Answers for a stretch that is not listed any more too: routines and sessions link to it."""
    stretch = get_object_or_404(Stretch.objects.open_to(request.user).with_details(), slug=slug)
    return stretch_page(request, stretch)


def stretch_page(
    request: HttpRequest, stretch: Stretch, form: SetAsideForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a stretch fetched with its details, or the part of it that htmx asks for."""
    mine = Mine.of(request.user)
    alike = facets_of(request.user, mine).like(
        stretch.pk, ALIKE, without=[pk for pk in (stretch.easier_id, stretch.harder_id) if pk]
    )
    rows = Stretch.objects.in_bulk(alike)
    context = {
        "stretch": stretch,
        "alike": [rows[pk] for pk in alike if pk in rows],
        "mine": mine,
        "favourite": stretch.pk in mine.favourites,
        "mark": Mark.objects.of(request.user).filter(stretch=stretch).first(),
        "form": form,
    }
    fragments = {
        "marks": "stretches/_marks.html",
        f"favourite-{stretch.slug}": "stretches/_favourite.html",
    }
    return render_page(request, "stretches/detail.html", context, fragments=fragments, status=status)


@login_not_required
@require_POST
def stretch_mark(request: HttpRequest, slug: str) -> HttpResponse:
    """Mark as a favourite or not (`favourite=1`, `0`), set aside or bring back (`aside=1` with a reason, `0`)."""
    stretch = get_object_or_404(Stretch.objects.open_to(request.user).with_details(), slug=slug)
    form = SetAsideForm(request.POST)
    if not form.is_valid():
        return stretch_page(request, stretch, form, status=422)
    mark, _ = Mark.objects.get_or_create(person=person_of(request), stretch=stretch)
    match request.POST:
        case {"favourite": "1" | "0" as favourite}:
            mark.favour(favourite == "1")
        case {"aside": "1"}:
            mark.set_aside(timezone.now(), form.cleaned_data["reason"])
        case {"aside": "0"}:
            mark.bring_back(timezone.now())
    if request.headers.get("HX-Target"):
        return stretch_page(request, stretch)
    return redirect(stretch)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave_out(request: HttpRequest) -> HttpResponse:
    """The directions that somebody was told to avoid. They say so themselves; nothing is inferred."""
    if request.method != "POST":
        mine = Mine.of(request.user)
        form = LeaveOutForm(initial={"leave_out": mine.leave_out})
        return render(request, "stretches/leave_out.html", {"form": form, "back": next_page(request)})
    form = LeaveOutForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "back": next_page(request)}
        return render(request, "stretches/leave_out.html", context, status=422)
    person = person_of(request)
    person.leave_out = form.cleaned_data["leave_out"]
    person.save(update_fields=["leave_out"])
    return redirect(next_page(request) or "stretches:stretch-list")
