"""The page for a physiotherapist or doctor: what happened in a period, in numbers, without a verdict."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from journal.models import SYMPTOMS, FlareUp, Hold, HurtReport, Moment, PainScore, Rating, SessionNote, around
from journal.practice import Practice, practice
from journal.rhythm import monday
from journal.words import about, day_month, plural
from routines.models import Session
from stretches.numbers import whole_minutes

LONGEST_BY_WEEK = 13
"""Weeks. A longer period is summed up by four weeks, so that it stays one page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A week, or four. Each cell of scores is a median with its range, or empty without a score."""

    when: str
    sessions: int
    minutes: int
    before: str
    after: str
    next_day: str
    check_ins: str


@dataclass(frozen=True, slots=True)
class StretchRow:
    """A stretch: holds that were done and their minutes, how it was rated, and how often it was left."""

    name: str
    holds: int
    seconds: int
    helped: int
    no_change: int
    uncomfortable: int
    hurt: int

    @property
    def minutes(self) -> int:
        return whole_minutes(self.seconds)

    @property
    def is_troublesome(self) -> bool:
        return bool(self.uncomfortable or self.hurt)


@dataclass(frozen=True, slots=True)
class Report:
    first: date
    last: date
    by_week: bool
    rows: Sequence[Row]
    sessions: int
    days: int
    minutes: int
    weeks: float
    stretches: Sequence[StretchRow]
    symptoms: Sequence[tuple[str, int]]
    flares: Sequence[FlareUp]
    notes: Sequence[tuple[date, str]]

    @property
    def a_week(self) -> str:
        return about(self.sessions / self.weeks)


def report(user: User, first: date, last: date, *, with_notes: bool) -> Report:
    """What a person did and said from `first` to `last`, both included. Eight queries, however long it is.

    Notes are theirs alone: they are on the page only where they ask for it.
    """
    done = list(practice(user, first, last))
    by_week = (last - first).days < LONGEST_BY_WEEK * 7
    span = (last - first).days + 1
    sessions = Session.objects.of(user).finished()
    # Exactly those of `done`: a day is another span of instants in each time zone.
    sessions = sessions.filter(started_at__range=(done[0].at, done[-1].at)) if done else sessions.none()
    here = Q(session__in=sessions.order_by().values("pk"))
    notes = SessionNote.objects.filter(here)
    return Report(
        first=first,
        last=last,
        by_week=by_week,
        rows=_rows(done, _scores(user, first, last), first, last, 1 if by_week else 4),
        sessions=len(done),
        days=len({each.day for each in done}),
        minutes=sum(each.minutes for each in done),
        weeks=span / 7,
        stretches=_stretches(here),
        symptoms=_symptoms(notes),
        flares=list(user.flare_ups.between(first, last).order_by("starts_on")),
        notes=_notes(notes) if with_notes else (),
    )


def _rows(
    done: Sequence[Practice], scores: Iterable[tuple[str, date, int]], first: date, last: date, weeks: int
) -> list[Row]:
    """A row for every so many weeks from Monday, the first on or before `first`."""
    start, days = monday(first), 7 * weeks
    count = (last - start).days // days + 1
    sessions: list[list[Practice]] = [[] for _ in range(count)]
    said: list[dict[str, list[int]]] = [defaultdict(list) for _ in range(count)]
    for each in done:
        sessions[(each.day - start).days // days].append(each)
    for moment, day, score in scores:
        said[(day - start).days // days][moment].append(score)
    rows = []
    for n, (here, found) in enumerate(zip(sessions, said, strict=True)):
        begins, ends = start + timedelta(days=n * days), start + timedelta(days=(n + 1) * days - 1)
        when = f"{day_month(max(begins, first))} to {day_month(min(ends, last))}"
        cells = (_cell(found[moment]) for moment in Moment.values)
        rows.append(Row(when, len(here), sum(each.minutes for each in here), *cells))
    return rows


def _scores(user: User, first: date, last: date) -> Iterator[tuple[str, date, int]]:
    """The moment, day and value of each score. One of a session counts for the day the session began on."""
    near = PainScore.objects.of(user).filter(
        Q(session__started_at__range=around(first, last))
        | Q(session=None, given_at__range=around(first, last))
    )
    rows = near.values_list("moment", "score", Coalesce("session__started_at", "given_at"), "time_zone")
    for moment, score, at, zone in rows.iterator():
        day = at.astimezone(ZoneInfo(zone)).date()
        if first <= day <= last:
            yield moment, day, score


def _cell(scores: Sequence[int]) -> str:
    """ "4½ (3–6)"; a dash says that there is none."""
    found = sorted(scores)
    if not found:
        return "–"
    middle = about(median(found))
    return middle if found[0] == found[-1] else f"{middle} ({found[0]}–{found[-1]})"


def _stretches(here: Q) -> list[StretchRow]:
    """What was done most comes first."""
    name = "stretch__name"
    holds = Hold.objects.filter(here, result=Hold.Result.DONE).values(name)
    done = {row[name]: row for row in holds.annotate(times=Count("pk"), held=Sum("seconds")).order_by(name)}
    said: dict[str, dict[str, int]] = defaultdict(dict)
    for row in Rating.objects.filter(here).values(name, "value").annotate(times=Count("pk")).order_by(name):
        said[row[name]][row["value"]] = row["times"]
    hurt = HurtReport.objects.filter(here).values(name).annotate(times=Count("pk")).order_by(name)
    left = {row[name]: row["times"] for row in hurt}
    rows = [
        StretchRow(
            name=each,
            holds=done.get(each, {}).get("times", 0),
            seconds=done.get(each, {}).get("held", 0),
            helped=said[each].get(Rating.Value.HELPED, 0),
            no_change=said[each].get(Rating.Value.NO_CHANGE, 0),
            uncomfortable=said[each].get(Rating.Value.UNCOMFORTABLE, 0),
            hurt=left.get(each, 0),
        )
        for each in {**done, **said, **left}
    ]
    return sorted(rows, key=lambda row: (-row.seconds, row.name))


def _symptoms(notes: QuerySet[SessionNote]) -> list[tuple[str, int]]:
    """Each symptom that was ticked, and in how many sessions."""
    counts = notes.aggregate(**{name: Count("pk", filter=Q(**{name: True})) for name in SYMPTOMS})
    return [(words, counts[name]) for name, words in SYMPTOMS.items() if counts[name]]


def _notes(notes: QuerySet[SessionNote]) -> list[tuple[date, str]]:
    said = notes.exclude(text="").select_related("session").defer("session__plan")
    return [(note.session.day, note.text) for note in said.order_by("session__started_at")]


def summary(of: Report) -> str:
    """The sentence above the tables."""
    if not of.sessions:
        return "No sessions in this time."
    done = (
        f"{plural(of.sessions, 'session')} on {plural(of.days, 'day')}, {plural(of.minutes, 'minute')} in all"
    )
    return f"{done}, about {of.a_week} a week."
