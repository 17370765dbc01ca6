"""The journal as tables for a spreadsheet: a row for each score, session, hold, rating, flare-up, pause.

Written a few sessions at a time, so that ten years need no more memory than a month.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from accounts.models import User
from journal.cells import Cell, instant, moment, nrs, table
from journal.export import sessions_of
from journal.models import FlareUp, Moment, PainScore, Pause
from stretches.models import Stretch

Rows = Iterator[tuple[Cell, ...]]

WHEN = ("date_local", "time_local", "time_zone", "utc")
SESSION = ("session", "session_started_utc")
AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Table:
    """`what`: what a row of it is, for a page."""

    name: str
    what: str
    columns: tuple[str, ...]
    rows: Callable[[User], Rows]

    def file(self, person: User) -> Iterator[str]:
        return table(self.columns, self.rows(person))


def _scores(person: User) -> Rows:
    scores = PainScore.objects.of(person).select_related("session").defer("session__plan")
    for score in scores.order_by("given_at", "session__started_at", "moment").iterator(chunk_size=AT_ONCE):
        session = score.session
        yield (
            *moment(score.given_at, score.time_zone),
            score.moment,
            score.score,
            nrs(score.score),
            score.first_score,
            instant(score.changed_at),
            session.name if session else None,
            instant(session.started_at) if session else None,
        )


def _sessions(person: User) -> Rows:
    for session in sessions_of(person, "holds", "pain_scores", "note"):
        scores = {score.moment: score.score for score in session.pain_scores.all()}
        note = getattr(session, "note", None)
        three = (Moment.BEFORE, Moment.AFTER, Moment.NEXT_DAY)
        yield (
            *moment(session.started_at, session.time_zone),
            instant(session.finished_at),
            session.name,
            "yes" if session.is_whole else "no",
            session.total_seconds,
            sum(hold.seconds for hold in session.holds.all()),
            *(scores.get(when) for when in three),
            *(nrs(scores[when]) if when in scores else None for when in three),
            *("yes" if getattr(note, name, False) else "no" for name in SYMPTOMS),
            note.text if note else None,
        )


def _holds(person: User) -> Rows:
    names = _names(person)
    for session in sessions_of(person, "holds"):
        for hold in session.holds.all():
            yield (
                *moment(hold.at, session.time_zone),
                session.name,
                instant(session.started_at),
                hold.step,
                names[hold.stretch_id],
                hold.side,
                hold.result,
                hold.seconds,
            )


def _ratings(person: User) -> Rows:
    names = _names(person)
    for session in sessions_of(person, "ratings", "hurt_reports"):
        said = [(rating.at, names[rating.stretch_id], rating.value) for rating in session.ratings.all()]
        said += [
            (hurt.at, names[hurt.stretch_id], f"it hurt after {hurt.seconds} s")
            for hurt in session.hurt_reports.all()
        ]
        for at, stretch, value in sorted(said):
            yield *moment(at, session.time_zone), session.name, instant(session.started_at), stretch, value


def _flare_ups(person: User) -> Rows:
    for flare in FlareUp.objects.filter(user=person).order_by("starts_on", "pk"):
        yield str(flare.starts_on), str(flare.ends_on or ""), flare.label


def _pauses(person: User) -> Rows:
    for pause in Pause.objects.filter(user=person).order_by("starts_on"):
        yield str(pause.starts_on), str(pause.ends_on)


def _names(person: User) -> dict[int, str]:
    return dict(Stretch.objects.open_to(person).values_list("pk", "name"))


SYMPTOMS = ("down_a_leg", "pins_and_needles", "cramp", "dizzy")
PAIN = ("pain_1_10", "nrs_0_10_converted")

TABLES = {
    each.name: each
    for each in (
        Table(
            "scores",
            "a row for every pain score: before, after, a day later, and check-ins",
            (*WHEN, "moment", *PAIN, "first_pain_1_10", "changed_utc", *SESSION),
            _scores,
        ),
        Table(
            "sessions",
            "a row for every session, with its scores, symptoms and note",
            (
                *WHEN,
                "finished_utc",
                "session",
                "to_the_end",
                "planned_seconds",
                "held_seconds",
                *(f"{PAIN[0]}_{when}" for when in ("before", "after", "next_day")),
                *(f"{PAIN[1]}_{when}" for when in ("before", "after", "next_day")),
                *SYMPTOMS,
                "note",
            ),
            _sessions,
        ),
        Table(
            "holds",
            "a row for every hold: the stretch, the side, how many seconds",
            (*WHEN, *SESSION, "step", "stretch", "side", "result", "seconds"),
            _holds,
        ),
        Table(
            "ratings",
            "a row for each time you said that a stretch helped, changed nothing, was uncomfortable or hurt",
            (*WHEN, *SESSION, "stretch", "said"),
            _ratings,
        ),
        Table(
            "flare-ups",
            "a row for every flare-up: its first day, its last day, what you called it",
            ("starts_on", "ends_on", "label"),
            _flare_ups,
        ),
        Table(
            "pauses",
            "a row for every pause: its first day, its last day",
            ("starts_on", "ends_on"),
            _pauses,
        ),
    )
}
"""By their names in addresses."""
