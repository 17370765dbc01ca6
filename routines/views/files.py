"""A routine as a file: written for a download, and read from one."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from accounts.guests import person_of
from routines.exchange import bring, file_of, understand
from routines.file import LARGEST_BYTES
from routines.lines import Fault, FileError
from routines.models import Routine

MOST_FAULTS = 50
"""So many are shown."""

TOO_LARGE = f"A routine file has {LARGEST_BYTES // 1024} KB at most. This is more."
NOTHING = "Choose a file, or paste what is in it."


@login_not_required
@require_safe
def routine_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The routine as a file, for anybody who may look at it."""
    routine = get_object_or_404(Routine.objects.open_to(request.user).with_items(), pk=pk)
    name = slugify(routine.name) or "routine"
    response = HttpResponse(file_of(routine), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def routine_import(request: HttpRequest) -> HttpResponse:
    """Make a routine of a file (`file`) or of its text (`text`): the whole of it, or nothing and why."""
    if request.method != "POST":
        return _page(request)
    text, error = _text_of(request)
    if error:
        return _page(request, text, error, status=422)
    try:
        routine = bring(understand(text), person_of(request))
    except FileError as refused:
        return _page(request, text, faults=refused.faults, status=422)
    except ValidationError as full:
        return _page(request, text, str(full.message), status=422)
    return redirect("routines:routine-detail", routine.pk)


def _text_of(request: HttpRequest) -> tuple[str, str]:
    """What was sent, with ends of lines as they are counted; and what keeps it from being read, if anything."""
    pasted = request.POST.get("text", "")
    upload = request.FILES.get("file")
    if upload and (upload.size or 0) > LARGEST_BYTES:
        return pasted, TOO_LARGE
    try:
        text = upload.read().decode("utf-8-sig") if upload else pasted.removeprefix("\ufeff")
    except UnicodeDecodeError:
        return pasted, "This file is not text in UTF-8, so it is no routine file."
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text.encode("utf-8", "replace")) > LARGEST_BYTES:
        return text, TOO_LARGE
    return text, "" if text.strip() else NOTHING


def _page(
    request: HttpRequest,
    text: str = "",
    error: str = "",
    faults: list[Fault] | None = None,
    status: int = 200,
) -> HttpResponse:
    faults = faults or []
    context = {
        "text": text,
        "error": error,
        "faults": faults[:MOST_FAULTS],
        "more": max(0, len(faults) - MOST_FAULTS),
    }
    return render(request, "routines/import.html", context, status=status)
