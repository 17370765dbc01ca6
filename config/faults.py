"""Faults that pass by themselves: a database that is away, locked, full or read-only is no mistake of the program.

They are answered with 503 and a time to come back, wherever in a request they come about: Django hands whatever
nobody caught to `handler500`, with the exception still at hand.
"""

import errno
import sys
from random import uniform

from django.db import DatabaseError, DataError, IntegrityError, NotSupportedError, ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

OUR_MISTAKES = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
COME_BACK = (5, 15)
"""Seconds. Drawn anew for each answer, so that those who were sent away don't all return at once."""


def passes_by_itself(error: BaseException | None) -> bool:
    """Whether asking again later may succeed without a change of the program."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    is_of_the_database = isinstance(error, DatabaseError) and not isinstance(error, OUR_MISTAKES)
    return is_of_the_database and "no such" not in str(error)  # so SQLite speaks of a table that we forgot


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 for what passes. Needs no database and no person: either may be what failed."""
    if not passes_by_itself(sys.exc_info()[1]):
        return HttpResponse(render_to_string("500.html"), status=500)
    seconds = str(round(uniform(*COME_BACK)))  # noqa: S311  no secret
    headers = {"Retry-After": seconds, "Cache-Control": "no-store"}
    if request.content_type == "application/json":
        return JsonResponse({"error": "Limber can’t save that just now."}, status=503, headers=headers)
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
