from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stretches.models import Stretch


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when it doesn't."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("The database does not answer.", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


RESTING = "childs-pose"
"""The slug of the stretch that pages without anything else to show are drawn with."""


def resting() -> Stretch | None:
    return Stretch.objects.filter(slug=RESTING).first()


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"resting": resting()}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs no database and no person: either may be what failed."""
    return HttpResponseServerError(render_to_string("500.html"))
