"""What everything is compared with: a bare view with one query, behind the same middleware, in the same server.

gunicorn serves `benchmarks.floor:application` when LIMBER_BENCH is set: Limber, with this one address more. An
answer there says how many queries it took and how much CPU time, in headers.
"""

from collections.abc import Callable
from time import thread_time
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, path

from config.wsgi import application as limber


@login_not_required
def floor(request: HttpRequest) -> HttpResponse:
    from stretches.models import Stretch

    return HttpResponse(
        f"<h1>{Stretch.objects.filter(slug='cat-cow').values_list('name', flat=True)[0]}</h1>"
    )


get_resolver().url_patterns.append(path("floor/", floor))
get_resolver()._populate()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    """Limber, and headers that say what an answer cost: CPU time of its thread in ms, and queries."""
    asked = 0

    def count(execute: Callable[..., Any], *question: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*question)

    start = thread_time()

    def measured(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        cost = (thread_time() - start) * 1000
        return start_response(status, [*headers, ("X-Cost", f"{cost:.3f}"), ("X-Queries", str(asked))], *rest)

    with connection.execute_wrapper(count):
        return limber(environ, measured)
