"""A file becomes part of one's journal: first what it would add, then, when that is confirmed, adding it.

Limber's own files are read whole; the table of another diary needs to be told which column is what.
Nothing is kept between the two pages: the form carries the file, or asks for it once more if it is too long.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.guests import person_of
from accounts.models import User, known_time_zone
from journal import carried, foreign
from journal.bringing.bring import bring, bring_check_ins, new_check_ins, understand
from journal.bringing.compare import Comparison
from journal.cells import MARK
from journal.import_forms import ColumnsForm
from journal.tables import PAIN
from journal.words import plural
from routines.lines import Fault, FileError
from routines.schedule import listed

MOST_FAULTS = 50
"""So many are shown."""

FIRST_ROWS = 5

NOTHING = "Choose a file."
TOO_LARGE = f"A file has {carried.LARGEST_BYTES // 1024 // 1024} MB at most. This is more."
NO_TEXT = "This file is no text that Limber can read."
LOST = "The file got lost on the way. Choose it again."
OUR_TABLE = (
    "this is a table that Limber wrote for spreadsheets; bring in limber-….json instead: it has everything"
)


class _NoFileError(Exception):
    """Why there is no text to be read."""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def journal_import(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    try:
        text, is_confirmed = _text_of(request)
        if text.lstrip()[:1] in ("{", "["):
            return _journal(request, text, is_confirmed)
        return _diary(request, text, is_confirmed)
    except _NoFileError as none:
        return _page(request, error=str(none))
    except FileError as refused:
        return _page(request, faults=refused.faults)


def _journal(request: HttpRequest, text: str, is_confirmed: bool) -> HttpResponse:
    journal = understand(text)
    if is_confirmed:
        done = bring(journal, person_of(request))
        return _done(request, [count.words for count in done.counts if count.new])
    return _confirm(request, text, comparison=Comparison(journal, _person(request)))


def _diary(request: HttpRequest, text: str, is_confirmed: bool) -> HttpResponse:
    table = foreign.read(text)
    if PAIN[0] in table.names:
        raise FileError([Fault(1, OUR_TABLE)])
    form = ColumnsForm(table, request.POST if "day" in request.POST else None)
    if not form.is_valid() or request.POST.get("step") == "columns":
        return _columns(request, text, table, form, 422 if form.errors else 200)
    person = person_of(request) if is_confirmed else _person(request)
    zone = person.time_zone if person else known_time_zone(request.POST.get("time_zone", ""))
    try:
        diary = table.diary(form.columns, zone, timezone.now())
    except FileError as refused:
        return _columns(request, text, table, form, 422, refused.faults)
    if is_confirmed and person:
        added = bring_check_ins(diary.entries, person)
        return _done(request, [plural(added, "check-in")] if added else [])
    new = len(new_check_ins(diary.entries, person))
    context = {
        "form": form,
        "new": plural(new, "check-in"),
        "adds": new,
        "there": len(diary.entries) - new,
        "diary": diary,
        "entries": diary.entries[:FIRST_ROWS],
        "zone": zone,
    }
    return _with_file(request, text, "journal/import_diary.html", context)


def _columns(
    request: HttpRequest,
    text: str,
    table: foreign.Table,
    form: ColumnsForm,
    status: int,
    faults: list[Fault] | None = None,
) -> HttpResponse:
    first = [row for _, row in table.rows[:FIRST_ROWS]]
    context = {"form": form, "table": table, "rows": first, **_shown(faults)}
    return _with_file(request, text, "journal/import_columns.html", context, status)


def _shown(faults: list[Fault] | None) -> dict[str, Any]:
    faults = faults or []
    return {"faults": faults[:MOST_FAULTS], "more": max(0, len(faults) - MOST_FAULTS)}


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _text_of(request: HttpRequest) -> tuple[str, bool]:
    """What was sent, with ends of lines as they are counted, and whether it is the one that was looked at."""
    upload = request.FILES.get("file")
    wants = request.POST.get("step") == "bring"
    if upload is None and "carried" in request.POST:
        text = carried.unpacked(request.POST["carried"])
        if text is None:
            raise _NoFileError(LOST)
        return text, wants
    if upload is None:
        raise _NoFileError(NOTHING)
    if (upload.size or 0) > carried.LARGEST_BYTES:
        raise _NoFileError(TOO_LARGE)
    text = _decoded(upload.read()).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise _NoFileError(NOTHING)
    return text, wants and carried.mark(text) == request.POST.get("mark")


def _decoded(data: bytes) -> str:
    """Our own files are UTF-8; tables of other programs may be UTF-16 with its mark, or Windows' 1252."""
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding).removeprefix(MARK)
        except UnicodeDecodeError:
            continue
        if "\0" in text or (encoding == "cp1252" and text.lstrip()[:1] in ("{", "[")):
            break
        return text
    raise _NoFileError(NO_TEXT)


def _done(request: HttpRequest, added: list[str]) -> HttpResponse:
    messages.success(request, f"Added: {listed(added)}." if added else "All of it was here already.")
    return redirect("journal:history")


def _confirm(request: HttpRequest, text: str, comparison: Comparison) -> HttpResponse:
    context = {
        "adds": comparison.adds_something,
        "new": [count.words for count in comparison.counts if count.new],
        "there": [count.there_words for count in comparison.counts if count.there],
    }
    return _with_file(request, text, "journal/import_confirm.html", context)


def _with_file(
    request: HttpRequest, text: str, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    context |= {"carried": carried.packed(text), "mark": carried.mark(text)}
    return render(request, template, context, status=status)


def _page(request: HttpRequest, error: str = "", faults: list[Fault] | None = None) -> HttpResponse:
    megabytes = carried.LARGEST_BYTES // 1024 // 1024
    context = {"error": error, "megabytes": megabytes, **_shown(faults)}
    return render(request, "journal/import.html", context, status=422 if error or faults else 200)
