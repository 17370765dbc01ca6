"""Everything a person has, written as a journal file: row by row, in an order that follows from the content alone.

docs/journal-file.md tells what is in it. The same content gives the same bytes, whatever the ids of its rows are.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from journal.file import plans
from journal.file.shapes import VERSION, PreferencesShape
from journal.models import FlareUp, Hold, HurtReport, Moment, PainScore, Pause, Rating, SessionNote
from routines.exchange import drawable_among, item_shape, own_shape
from routines.lines import plain
from routines.models import Item, Routine, Session
from routines.player_settings import DEFAULTS, settings_of
from routines.schedule import days_in
from stretches.models import Mark, Stretch

AT_ONCE = 50
"""So many sessions are in memory."""

Row = dict[str, Any]


def journal_file(person: User) -> Iterator[str]:
    """The file of all that a person has, in pieces."""
    names = Names(person)
    preferences = _line(preferences_of(person))
    yield f'{{\n"limber": "journal",\n"version": {VERSION},\n"preferences": {preferences},\n'
    yield from _list("stretches", own_stretches(names), ",")
    yield from _list("marks", marks(person, names), ",")
    yield from _list("routines", routines(person, names), ",")
    yield from _list("sessions", sessions(person, names), ",")
    yield from _list("check_ins", check_ins(person), ",")
    yield from _list("flare_ups", flare_ups(person), ",")
    yield from _list("pauses", pauses(person), "")
    yield "}\n"


class Names:
    """What the file calls stretches and routines: those of the catalogue by their slugs, one's own by numbers."""

    def __init__(self, person: User) -> None:
        self.own = list(Stretch.objects.filter(owner=person).order_by("pk"))
        mine = Routine.objects.with_items().filter(owner=person)
        self.routines = list(mine.order_by("created_at", "pk"))
        catalogue = Stretch.objects.filter(owner=None).values_list("pk", "slug")
        self.of_stretch: dict[int, str] = dict(catalogue)
        self.slugs = {slug: slug for slug in self.of_stretch.values()}
        for number, stretch in enumerate(self.own, start=1):
            self.of_stretch[stretch.pk] = self.slugs[stretch.slug] = f"own-{number}"
        ready_made = Routine.objects.filter(owner=None).values_list("pk", "slug")
        self.of_routine: dict[int, str] = {pk: slug or "" for pk, slug in ready_made}
        for number, routine in enumerate(self.routines, start=1):
            self.of_routine[routine.pk] = f"routine-{number}"

        self._planned: dict[str, list[str]] = {}

    def of_slug(self, slug: str) -> str:
        """What the plan of a session calls a stretch."""
        return self.slugs.get(slug, plans.GONE)

    def planned_in(self, session: Session, plan: str) -> list[str]:
        """What the file calls the stretch of each step. plan: as it is written; the same plan is looked at once."""
        if plan not in self._planned:
            if len(self._planned) > AT_ONCE:
                self._planned.clear()
            steps = session.steps if session.is_readable else ()
            self._planned[plan] = [self.of_slug(session.items[step.item].slug) for step in steps]
        return self._planned[plan]


def said(moment: datetime | None) -> str | None:
    """An instant as the file says it: "2026-05-15T07:30:00.250000Z"."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z" if moment else None


def preferences_of(person: User) -> Row:
    """What a person chose, as far as it isn't as Limber has it anyway."""
    chosen = {name: getattr(person, name) for name in PreferencesShape.model_fields}
    chosen["name"] = plain(person.name).strip()
    player = settings_of(person)
    chosen["player"] = {name: player[name] for name in DEFAULTS if player[name] != DEFAULTS[name]}
    return {name: value for name, value in chosen.items() if value != PreferencesShape.usual(name)}


def own_stretches(names: Names) -> Iterator[Row]:
    drawable = drawable_among(names.own)
    for stretch in names.own:
        row = own_shape(stretch, drawable, names.of_stretch[stretch.pk]).model_dump(exclude_none=True)
        yield row if stretch.listed else {**row, "discarded": True}


def marks(person: User, names: Names) -> Iterator[Row]:
    there = [(names.of_stretch.get(mark.stretch_id), mark) for mark in Mark.objects.of(person)]
    for name, mark in sorted((name, mark) for name, mark in there if name):
        row = {
            "favourite": mark.is_favourite,
            "set_aside_at": said(mark.set_aside_at),
            "reason": plain(mark.reason),
            "brought_back_at": said(mark.brought_back_at),
        }
        if row := _without_nothing(row):
            yield {"stretch": name, **row}


def routines(person: User, names: Names) -> Iterator[Row]:
    for routine in names.routines:
        row = {
            "key": names.of_routine[routine.pk],
            "name": plain(routine.name).strip() or "Routine",
            "summary": plain(routine.summary),
            "note": routine.note,
            "days": days_in(routine.days),
            "times": routine.times,
            "created_at": said(routine.created_at),
            "changed_at": said(routine.changed_at),
            "archived_at": said(routine.archived_at),
        }
        items = [_item(item, names) for item in routine.ordered_items if item.stretch_id in names.of_stretch]
        yield {**_without_nothing(row), "items": items}


def sessions(person: User, names: Names) -> Iterator[str]:
    """Each in its turn. A plan is written with the first that has it; the others say which one that is."""
    first_with: dict[bytes, int] = {}
    number = 0
    for _, together in groupby(sessions_of(person), key=lambda session: session.started_at):
        rows = [_session(session, names) for session in together]
        for row, plan in sorted(rows) if len(rows) > 1 else rows:
            number += 1
            first = first_with.setdefault(plans.digest(plan), number)
            yield f'{row[:-1]},"plan":{plan}}}' if first == number else f'{row[:-1]},"plan_of":{first}}}'


def sessions_of(person: User, *wanted: str) -> Iterator[Session]:
    """The first first, a few at a time, with these rows of theirs: "holds", "note" and so on.

    Their plans are fetched, too, where nothing is asked for by name: then all of it is wanted.
    """
    related: dict[str, QuerySet[Any]] = {
        "holds": Hold.objects.order_by("step"),
        "hurt_reports": HurtReport.objects.order_by("step"),
        "ratings": Rating.objects.all(),
        "pain_scores": PainScore.objects.all(),
        "note": SessionNote.objects.all(),
    }
    prefetches = [Prefetch(name, related[name]) for name in wanted or related]
    of_person = Session.objects.of(person).order_by("started_at", "pk").prefetch_related(*prefetches)
    return (of_person.defer("plan") if wanted else of_person).iterator(chunk_size=AT_ONCE)


def check_ins(person: User) -> Iterator[Row]:
    scores = PainScore.objects.of(person).check_ins().order_by("given_at")
    return (_score(score, "") for score in scores.iterator(chunk_size=10 * AT_ONCE))


def flare_ups(person: User) -> Iterator[Row]:
    rows = [
        {
            "starts_on": str(flare.starts_on),
            "ends_on": flare.ends_on and str(flare.ends_on),
            "label": plain(flare.label),
        }
        for flare in FlareUp.objects.filter(user=person)
    ]
    return iter(sorted(map(_without_nothing, rows), key=lambda row: (row["starts_on"], _line(row))))


def pauses(person: User) -> Iterator[Row]:
    for pause in Pause.objects.filter(user=person).order_by("starts_on"):
        yield {"starts_on": str(pause.starts_on), "ends_on": str(pause.ends_on)}


def _session(session: Session, names: Names) -> tuple[str, str]:
    """The row without its plan, and the plan."""
    plan = plans.renamed(session.plan, names.of_slug)
    text = plans.written(plan)
    planned = names.planned_in(session, text)
    scores = {score.moment: _score(score, session.time_zone) for score in session.pain_scores.all()}
    row = {
        "routine": names.of_routine.get(session.routine_id) if session.routine_id else None,
        "started_at": said(session.started_at),
        "finished_at": said(session.finished_at),
        "whole": session.is_whole,
        "time_zone": session.time_zone,
        "scores": {moment.replace("-", "_"): scores[moment] for moment in Moment if moment in scores},
        "note": _note(session),
        "ratings": sorted((_rating(rating, names) for rating in session.ratings.all()), key=_stretch),
        "hurts": [_deed(hurt, names, planned) for hurt in session.hurt_reports.all()],
        "holds": [_deed(hold, names, planned) for hold in session.holds.all()],
    }
    return _line({"name": session.name, **_without_nothing(row)}), text


def _stretch(row: Row) -> str:
    return str(row["stretch"])


def _score(score: PainScore, zone: str) -> Row:
    row = {
        "score": score.score,
        "first_score": score.first_score if score.first_score != score.score else None,
        "given_at": said(score.given_at),
        "changed_at": said(score.changed_at),
        "time_zone": score.time_zone if score.time_zone != zone else None,
        "sequence": score.sequence,
    }
    return _without_nothing(row)


def _note(session: Session) -> Row | None:
    note = getattr(session, "note", None)
    if note is None:
        return None
    names = ("text", "down_a_leg", "pins_and_needles", "cramp", "dizzy", "next_day_skipped")
    row = {name: getattr(note, name) for name in names}
    return {**_without_nothing(row), **_when(note)}


def _rating(rating: Rating, names: Names) -> Row:
    return {"stretch": names.of_stretch[rating.stretch_id], "value": rating.value, **_when(rating)}


def _deed(deed: Hold | HurtReport, names: Names, planned: list[str]) -> Row:
    """planned: the stretch of each step."""
    row: Row = {"step": deed.step}
    stretch = names.of_stretch[deed.stretch_id]
    if planned[deed.step : deed.step + 1] != [stretch]:
        row["stretch"] = stretch
    if isinstance(deed, Hold) and deed.result != Hold.Result.DONE:
        row["result"] = deed.result
    return {**row, "seconds": deed.seconds, **_when(deed)}


def _when(fact: SessionNote | Rating | Hold | HurtReport) -> Row:
    when: Row = {"at": said(fact.at)}
    return {**when, "sequence": fact.sequence} if fact.sequence else when


def _item(item: Item, names: Names) -> Row:
    shape = item_shape(item, names.of_stretch[item.stretch_id])
    shape.swap = names.of_stretch.get(item.swap_id) if item.swap_id else None
    return shape.model_dump(exclude_none=True)


def _without_nothing(row: Mapping[str, Any]) -> Row:
    """Without what is empty, false or not there: the reader takes it for granted."""
    return {name: value for name, value in row.items() if value}


def _line(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _list(name: str, rows: Iterable[Row | str], end: str) -> Iterator[str]:
    """A list with one row to a line."""
    before = f'"{name}": ['
    for row in rows:
        yield f"{before}\n{row if isinstance(row, str) else _line(row)}"
        before = ","
    yield f"\n]{end}\n" if before == "," else f"{before}]{end}\n"
