"""Everything a person has, to take away: as one file that can be brought back, and as tables."""

from collections.abc import Iterator

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import PersonRequest
from journal.export import journal_file
from journal.tables import TABLES

PIECE = 64 * 1024
"""Characters that are sent at once."""


@require_safe
def export(request: PersonRequest) -> HttpResponse:
    return render(request, "journal/export.html", {"tables": TABLES.values()})


@require_safe
def export_json(request: PersonRequest) -> StreamingHttpResponse:
    return _download(journal_file(request.user), "limber", "json", "application/json")


@require_safe
def export_csv(request: PersonRequest, name: str) -> StreamingHttpResponse:
    if name not in TABLES:
        raise Http404
    return _download(TABLES[name].file(request.user), f"limber-{name}", "csv", "text/csv; charset=utf-8")


def _download(pieces: Iterator[str], name: str, ending: str, kind: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}-{timezone.localdate()}.{ending}"'}
    return StreamingHttpResponse(_joined(pieces), content_type=kind, headers=headers)


def _joined(pieces: Iterator[str]) -> Iterator[str]:
    """Fewer and larger pieces: each is packed and sent by itself."""
    waiting: list[str] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length >= PIECE:
            yield "".join(waiting)
            waiting, length = [], 0
    yield "".join(waiting)
