"""Starting a routine and following it. What happens in a session is recorded by the journal."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from accounts.guests import person_of
from accounts.http import PersonRequest
from accounts.views.safety import ask_first
from config.htmx import render_page
from routines.cues import Cue, cue
from routines.models import Routine, Session
from routines.plan import PlanItem, Step
from routines.player_settings import settings_of
from routines.short import shortened
from routines.views.routines import routine_page
from stretches.models import Stretch
from stretches.numbers import whole_number


@login_not_required
@require_POST
def session_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a routine, or two minutes of it (`?short=1`): with this a newcomer becomes a guest."""
    routine = get_object_or_404(Routine.objects.open_to(request.user).with_items(), pk=pk)
    if not routine.ordered_items:
        error = "There is nothing in it yet. Add a stretch first."
        return routine_page(request, routine, error=error, status=422)
    if check := ask_first(request):
        return check
    items = shortened([item.scalable for item in routine.ordered_items]) if "short" in request.GET else None
    session = Session.objects.begin_once(person_of(request), routine, items)
    return redirect("journal:session-before", session.pk)


@require_safe
@ensure_csrf_cookie
def session_play(request: PersonRequest, pk: str) -> HttpResponse:
    """The player: the step asked for (`?step=7`), else the one to go on at, and every step as a template."""
    session = get_object_or_404(Session.objects.of(request.user), pk=pk)
    if not session.is_readable:
        return newer_page(request, session)
    if session.is_whole or session.is_past(timezone.now()):
        return redirect("journal:session-finish", session.pk)
    asked = request.GET.get("step")
    number = session.place if asked is None else whole_number(asked) or 0
    if number >= len(session.steps):
        return redirect("journal:session-finish", session.pk)
    rows = rows_of(session)
    context = {
        "session": session,
        "row": rows[number],
        "rows": rows,
        "drawn": session.stretches.values(),
        "settings": settings_of(request.user),
    }
    return render_page(request, "sessions/player.html", context, fragments={"step": "sessions/_step.html"})


def newer_page(request: HttpRequest, session: Session) -> HttpResponse:
    """Stands in for every page of a session whose plan this code cannot read."""
    return render(request, "routines/newer.html", {"session": session}, status=409)


@dataclass(frozen=True, slots=True)
class Row:
    """One step as the player shows it. `here` counts stretches from 1; `after` is what follows, in seconds."""

    number: int
    step: Step
    item: PlanItem
    cue: Cue
    after: int
    stretch: Stretch | None

    @property
    def here(self) -> int:
        return self.step.item + 1

    @property
    def left(self) -> int:
        return self.step.seconds + self.after

    @property
    def flips(self) -> bool:
        """Whether the drawing shows the other side than the one that works now."""
        return bool(self.stretch and {self.step.side, self.stretch.figure_side} == {"left", "right"})


def rows_of(session: Session) -> list[Row]:
    rows, after = [], session.total_seconds
    for number, step in enumerate(session.steps):
        after -= step.seconds
        item = session.items[step.item]
        words = cue(session.items, session.steps, number)
        rows.append(Row(number, step, item, words, after, session.stretches.get(item.slug)))
    return rows
