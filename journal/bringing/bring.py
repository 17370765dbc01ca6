"""A journal file becomes rows: all of it that is not there yet, or nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import lru_cache

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from journal.bringing.compare import Comparison
from journal.bringing.facts import Missing, rows_of, score_row
from journal.file import plans
from journal.file.reading import Journal, read
from journal.file.shapes import SessionShape
from journal.foreign import Entry
from journal.models import FlareUp, Moment, PainScore, Pause
from routines.exchange import own_stretch
from routines.models import Item, Routine, Session
from routines.plan import Step
from stretches.bits import bits_of
from stretches.models import Mark, Stretch

AT_ONCE = 200
"""So many sessions are written at once."""

DOSE = ("sets", "reps", "hold_seconds", "sides", "rest_seconds", "set_rest_seconds", "move_seconds")


def understand(text: str) -> Journal:
    """What a journal file says. Raises FileError with every line that is wrong in it, and why."""
    return read(text, _in_catalogue, timezone.now())


@transaction.atomic
def bring(journal: Journal, person: User) -> Comparison:
    """Add what the person doesn't have: all of it, or nothing. Returns what that was.

    Raises FileError where the file and what is there don't go together.
    """
    person = User.objects.select_for_update().get(
        pk=person.pk
    )  # the same file sent twice at once takes turns
    comparison = Comparison(journal, person)
    _Bringing(comparison, person).write()
    return comparison


def new_check_ins(entries: Iterable[Entry], person: User | None) -> list[Entry]:
    """Those whose instant has no check-in yet."""
    there: set[datetime] = set()
    if person:
        check_ins = PainScore.objects.of(person).check_ins()
        there = set(check_ins.values_list("given_at", flat=True))
    return [entry for entry in entries if entry.at not in there]


@transaction.atomic
def bring_check_ins(entries: Iterable[Entry], person: User) -> int:
    """Add the scores of another diary that are not there yet, in the person's own zone. Returns how many."""
    User.objects.select_for_update().get(pk=person.pk)
    scores = [
        PainScore(
            user=person,
            moment=Moment.CHECK_IN,
            score=entry.score,
            first_score=entry.score,
            given_at=entry.at,
            time_zone=person.time_zone,
        )
        for entry in new_check_ins(entries, person)
    ]
    return len(PainScore.objects.bulk_create(scores, batch_size=1000))


def _in_catalogue(slugs: Collection[str]) -> set[str]:
    return set(Stretch.objects.filter(owner=None, slug__in=list(slugs)).values_list("slug", flat=True))


class _Bringing:
    def __init__(self, comparison: Comparison, person: User) -> None:
        self.new, self.journal, self.person = comparison, comparison.journal, person
        self.steps = lru_cache(maxsize=AT_ONCE)(self.steps_of)

    def write(self) -> None:
        self.stretches()
        self.marks()
        self.routines()
        self.sessions()
        self.days()
        for name, value in self.new.new_preferences.items():
            setattr(self.person, name, value)
        if self.new.new_preferences:
            self.person.save(update_fields=list(self.new.new_preferences))

    def steps_of(self, which: int) -> tuple[Step, ...]:
        return self.journal.plans[which].steps()

    def stretches(self) -> None:
        """`own`: rows by the keys of the file. `pks`: of all stretches that the file calls."""
        self.own = dict(self.new.own)
        for row in self.new.new_stretches:
            self.own[row.key] = stretch = own_stretch(row)
            stretch.keep_for(self.person)
        discarded = [self.own[row.key].pk for row in self.new.new_stretches if row.discarded]
        Stretch.objects.filter(pk__in=discarded).update(listed=False)
        Stretch.objects.filter(pk__in=[each.pk for each in self.new.offered_again]).update(listed=True)
        self.pks = dict(Stretch.objects.filter(owner=None).values_list("slug", "pk"))
        self.pks |= {key: stretch.pk for key, stretch in self.own.items()}

    def slug(self, name: str) -> str:
        return self.own[name].slug if name in self.own else name

    def marks(self) -> None:
        Mark.objects.bulk_create(
            Mark(
                person=self.person,
                stretch_id=self.pks[row.stretch],
                is_favourite=bool(row.favourite),
                set_aside_at=row.set_aside_at,
                reason=row.reason or "",
                brought_back_at=row.brought_back_at,
            )
            for row in self.new.new_marks
        )

    def routines(self) -> None:
        rows = self.new.new_routines
        routines = [
            Routine(
                owner=self.person,
                name=row.name,
                summary=row.summary or "",
                note=row.note or "",
                days=bits_of(row.days or ()),
                times=row.times or [],
                created_at=row.created_at,
                changed_at=row.changed_at,
                archived_at=row.archived_at,
            )
            for row in rows
        ]
        for routine in routines:
            routine.save(force_insert=True)  # one after the other: their order is that of the file
        Item.objects.bulk_create(
            Item(
                routine=routine,
                position=position,
                stretch_id=self.pks[item.stretch],
                swap_id=self.pks[item.swap] if item.swap else None,
                note=item.note or "",
                skip_if=item.skip_if or "",
                is_optional=bool(item.optional),
                right_hold_seconds=item.right_hold_seconds,
                **{name: getattr(item, name) for name in DOSE},
            )
            for row, routine in zip(rows, routines, strict=True)
            for position, item in enumerate(row.items, start=1)
        )
        self.routine_of: dict[str | None, int]
        self.routine_of = dict(
            Routine.objects.filter(owner=None, slug__isnull=False).values_list("slug", "pk")
        )
        self.routine_of.update(self.new.routine_of)
        self.routine_of |= {row.key: routine.pk for row, routine in zip(rows, routines, strict=True)}

    def sessions(self) -> None:
        new = self.new.new_sessions
        for start in range(0, len(new), AT_ONCE):
            rows = new[start : start + AT_ONCE]
            sessions = [self.session(row) for row in rows]
            Session.objects.bulk_create(sessions)
            self.facts(zip(rows, sessions, map(Missing.all_of, rows), strict=True))
        there = zip(self.new.there_sessions, self.new.missing, strict=True)
        lacking = [(row, pk, facts) for (row, pk), facts in there if facts.lacks]
        for start in range(0, len(lacking), AT_ONCE):
            some = lacking[start : start + AT_ONCE]
            found = Session.objects.in_bulk([pk for _, pk, _ in some])
            self.facts((row, found[pk], facts) for row, pk, facts in some)
            for row, pk, facts in some:
                if facts.ends:
                    session = found[pk]
                    session.finished_at = session.finished_at or row.finished_at
                    session.is_whole = session.is_whole or bool(row.whole)
                    session.save(update_fields=["finished_at", "is_whole"])
        # A session with them was begun: they are kept, even if they are deleted.
        named = {name for plan in self.journal.plans for name in plan.slugs}
        begun = [stretch.pk for key, stretch in self.own.items() if key in named]
        Stretch.objects.filter(pk__in=begun).update(was_begun=True)

    def session(self, row: SessionShape) -> Session:
        plan = self.journal.plans[row.plan_of or 0]
        return Session(
            user=self.person,
            routine_id=self.routine_of.get(row.routine),
            name=row.name,
            plan=plans.renamed(plan.frozen, self.slug),
            total_seconds=plan.total_seconds,
            time_zone=row.time_zone,
            started_at=row.started_at,
            finished_at=row.finished_at,
            is_whole=bool(row.whole),
        )

    def facts(self, of_sessions: Iterable[tuple[SessionShape, Session, Missing]]) -> None:
        kinds: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        for row in self.fact_rows(of_sessions):
            kinds[type(row)].append(row)
        for kind, rows in kinds.items():
            kind._default_manager.bulk_create(rows)

    def fact_rows(
        self, of_sessions: Iterable[tuple[SessionShape, Session, Missing]]
    ) -> Iterator[models.Model]:
        for row, session, facts in of_sessions:
            which = row.plan_of or 0
            steps = self.steps(which) if facts.holds or facts.hurts else ()
            yield from rows_of(facts, session, self.journal.plans[which], steps, self.pks)

    def days(self) -> None:
        PainScore.objects.bulk_create(
            (
                score_row(row, self.person.pk, row.time_zone, Moment.CHECK_IN)
                for row in self.new.new_check_ins
            ),
            batch_size=1000,
        )
        for flare, row in self.new.ended_flare_ups:
            FlareUp.objects.filter(pk=flare.pk).update(ends_on=row.ends_on)
        FlareUp.objects.bulk_create(
            FlareUp(user=self.person, label=row.label or "", starts_on=row.starts_on, ends_on=row.ends_on)
            for row in self.new.new_flare_ups
        )
        Pause.objects.bulk_create(
            Pause(user=self.person, starts_on=row.starts_on, ends_on=row.ends_on)
            for row in self.new.new_pauses
        )
