"""The catalogue, filtered."""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from config.htmx import render_page, target_of
from config.newcomers import same_for_newcomers
from stretches.filters import Filters
from stretches.mine import Mine, facets_of
from stretches.models import Stretch

FRAGMENTS = {"stretches": "stretches/_stretches.html", "plates": "stretches/_stretches.html"}


@login_not_required
@require_safe
@same_for_newcomers(Stretch.objects.version)
def stretch_list(request: HttpRequest) -> HttpResponse:
    """htmx asks for `stretches` when a filter changed, for `plates` to append more."""
    mine = Mine.of(request.user)
    filters = Filters(request.GET, facets_of(request.user, mine))
    pks = filters.pks
    rows = Stretch.objects.in_bulk(pks)
    changed = target_of(request) == "stretches"
    context = {
        "filters": filters,
        "stretches": [rows[pk] for pk in pks if pk in rows],
        "mine": mine,
        "with_filters": changed,
    }
    response = render_page(request, "stretches/list.html", context, fragments=FRAGMENTS)
    if changed:
        name_in_history(request, response, filters)
    return response


def name_in_history(request: HttpRequest, response: HttpResponse, filters: Filters) -> None:
    """Give the filtered list its address. Back undoes a filter, or all of what was searched for, not each letter."""
    before = Filters(QueryDict(urlsplit(request.headers.get("HX-Current-URL", "")).query), filters.facets)
    same_search = bool(before.q and filters.q) and before.address(q="") == filters.address(q="")
    address = filters.address()
    header = "HX-Replace-Url" if same_search or before.address() == address else "HX-Push-Url"
    response.headers[header] = f"{request.path}?{address}" if address else request.path
