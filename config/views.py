from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stretches.models import Stretch


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when it doesn't. `/healthz?write` asks also whether it can be written to.

    A server that can only read stays of use, so a proxy asks without it and an alarm with it.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT min(id) FROM django_migrations")
            if "write" in request.GET:
                (first,) = cursor.fetchone()
                cursor.execute("UPDATE django_migrations SET applied = applied WHERE id = %s", [first])
    except DatabaseError:
        connection.close()  # the next one to ask gets a new connection
        return HttpResponse("The database does not answer.", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


RESTING = "childs-pose"
"""The slug of the stretch that pages without anything else to show are drawn with."""


def resting() -> Stretch | None:
    return Stretch.objects.filter(slug=RESTING).first()


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"resting": resting()}, status=404)
