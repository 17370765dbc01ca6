from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
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
                _write(cursor)
    except DatabaseError:
        connection.close()  # the next one to ask gets a new connection
        return HttpResponse("The database does not answer.", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def _write(cursor: CursorWrapper) -> None:
    """Write a row that nobody needs. It has to differ from what is there, or SQLite spares itself the trouble."""
    now = timezone.now()
    with transaction.atomic():
        cursor.execute("DELETE FROM cache WHERE cache_key = 'healthz'")
        cursor.execute(
            "INSERT INTO cache (cache_key, value, expires) VALUES ('healthz', %s, %s)", [str(now), now]
        )


RESTING = "childs-pose"
"""The slug of the stretch that pages without anything else to show are drawn with."""


def resting() -> Stretch | None:
    return Stretch.objects.filter(slug=RESTING).first()


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"resting": resting()}, status=404)
