"""Pages and their fragments: which part of a page htmx asks for, and the answer with that part alone."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class HtmxHttpRequest(HttpRequest):
    """A request that has passed the htmx middleware."""

    htmx: HtmxDetails


def target_of(request: HttpRequest) -> str:
    """The id of the element that the answer will replace, or "" when a whole page is asked for.

    htmx 4 names it `tag#id` ("ol#items") in the HX-Target header, htmx 2 plainly `id`. Both are read.
    An element without an id ("body") is no fragment of ours: "body" is in no table of fragments.
    """
    return request.headers.get("HX-Target", "").rpartition("#")[2]


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragments: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the fragment that htmx asks for, or with the whole page.

    `fragments` maps the id of an element to the template that renders it: {"items": "routines/_items.html"}.
    Both answers say `Vary: HX-Target`, so that no cache gives a fragment to somebody who wants the page.
    """
    chosen = (fragments or {}).get(target_of(request), template)
    response = render(request, chosen, dict(context or {}), status=status)
    if fragments:
        patch_vary_headers(response, ["HX-Target"])
    return response
