from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config.htmx import render_page
from stretches.forms import FilterForm
from stretches.models import Stretch


@login_not_required
@require_safe
def stretch_list(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    context = {"form": form, "stretches": list(form.found()), "active": list(form.active())}
    return render_page(
        request, "stretches/list.html", context, fragments={"stretches": "stretches/_stretches.html"}
    )


@login_not_required
@require_safe
def stretch_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Answers for a stretch that is not listed any more too: routines and sessions link to it."""
    stretch = get_object_or_404(Stretch.objects.with_details(), slug=slug)
    return render(request, "stretches/detail.html", {"stretch": stretch})
