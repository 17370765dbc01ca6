"""A stretch of one's own: write it, change it, delete it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.guests import person_of
from accounts.http import PersonRequest
from stretches.forms import FULL, StretchForm
from stretches.models import MOST_OWN, Stretch


def form_page(request: HttpRequest, form: StretchForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "drawn": Stretch.objects.listed()}
    return render(request, "stretches/form.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stretch_new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return form_page(request, StretchForm())
    form = StretchForm(request.POST)
    if Stretch.objects.of(request.user).count() >= MOST_OWN:
        form.add_error("name", FULL)
    if not form.is_valid():
        return form_page(request, form, status=422)
    stretch = form.save()
    stretch.keep_for(person_of(request))
    return redirect(stretch)


@require_http_methods(["GET", "HEAD", "POST"])
def stretch_edit(request: PersonRequest, slug: str) -> HttpResponse:
    stretch = get_object_or_404(Stretch.objects.of(request.user), slug=slug)
    if request.method != "POST":
        return form_page(request, StretchForm(instance=stretch))
    form = StretchForm(request.POST, instance=stretch)
    if not form.is_valid():
        return form_page(request, form, status=422)
    form.save().keep_for(request.user)
    return redirect(stretch)


@require_http_methods(["GET", "HEAD", "POST"])
def stretch_delete(request: PersonRequest, slug: str) -> HttpResponse:
    """Ask, then delete. Routines and sessions that hold on to it keep it."""
    stretch = get_object_or_404(Stretch.objects.of(request.user), slug=slug)
    if request.method != "POST":
        return render(request, "stretches/delete.html", {"stretch": stretch})
    stretch.discard()
    return redirect("stretches:stretch-list")
