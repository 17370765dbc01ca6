"""What a journal file would add to what a person has. Nothing is written here.

What is there stands, however it was changed since; of a session that is there, what it lacks is added.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from journal.bringing.facts import Known, Missing
from journal.file import plans
from journal.file.reading import Journal
from journal.file.shapes import (
    CheckInShape,
    FlareUpShape,
    MarkShape,
    PreferencesShape,
    RoutineShape,
    SessionShape,
    StretchShape,
)
from journal.models import FlareUp, PainScore, Pause
from journal.words import day_month, plural
from routines.exchange import drawable_among, own_shape
from routines.lines import plain
from routines.models import Routine, Session
from routines.models.routine import MOST_ROUTINES
from stretches.models import MOST_OWN, Mark, Stretch


@dataclass(frozen=True, slots=True)
class Count:
    """How many of one kind a file has that are new, and how many that are there already."""

    one: str
    many: str
    new: int
    there: int

    @property
    def words(self) -> str:
        return plural(self.new, self.one, self.many)

    @property
    def there_words(self) -> str:
        return plural(self.there, self.one, self.many)


class Comparison:
    """person: None for a newcomer, who has nothing. Raises FileError where the two don't go together."""

    def __init__(self, journal: Journal, person: User | None) -> None:
        self.journal, self.person = journal, person
        self.stretches()
        self.marks()
        self.routines()
        self.sessions()
        self.check_ins()
        self.flare_ups()
        self.pauses()
        self.preferences()

    def rows(self, model: Any, **of: str) -> Any:
        """The person's rows of a model."""
        return (
            model.objects.filter(**{of.get("by", "user"): self.person})
            if self.person
            else model.objects.none()
        )

    # --- Stretches of one's own, and marks ----------------------------------------------------------

    def stretches(self) -> None:
        """`own`: what each key of the file is here already. `offered_again`: those that were deleted."""
        there = list(self.rows(Stretch, by="owner").order_by("pk"))
        drawable = drawable_among(there)
        alike: dict[str, list[Stretch]] = defaultdict(list)
        for stretch in there:
            alike[StretchShape.content_of(own_shape(stretch, drawable, "own-1"))].append(stretch)
        self.own: dict[str, Stretch] = {}
        rows = self.journal.stretches
        for is_exact in (True, False):
            for row in rows:
                found = [s for s in alike[row.content] if not is_exact or s.listed != bool(row.discarded)]
                if found and row.key not in self.own:
                    self.own[row.key] = found[0]
                    alike[row.content].remove(found[0])
        self.new_stretches = [row for row in rows if row.key not in self.own]
        self.offered_again = [
            self.own[row.key]
            for row in rows
            if row.key in self.own and not row.discarded and not self.own[row.key].listed
        ]
        more = sum(1 for row in self.new_stretches if not row.discarded) + len(self.offered_again)
        total = sum(1 for stretch in there if stretch.listed) + more
        if more and total > MOST_OWN:
            reason = f"you would have {total} stretches of your own, and Limber keeps {MOST_OWN}"
            raise self.journal.refuse(("stretches",), reason)

    def slug(self, name: str) -> str:
        """What a stretch of the file is called here."""
        return self.own[name].slug if name in self.own else name

    def marks(self) -> None:
        there = set(self.rows(Mark, by="person").values_list("stretch__slug", flat=True))
        self.new_marks: list[MarkShape] = [
            row for row in self.journal.marks if self.slug(row.stretch) not in there
        ]

    # --- Routines and sessions ----------------------------------------------------------------------

    def routines(self) -> None:
        """A routine that was made at the same instant is the same one."""
        there: dict[datetime, list[int]] = defaultdict(list)
        for pk, made_at in self.rows(Routine, by="owner").order_by("pk").values_list("pk", "created_at"):
            there[made_at].append(pk)
        total = sum(map(len, there.values()))
        self.routine_of: dict[str, int] = {}
        self.new_routines: list[RoutineShape] = []
        for row in self.journal.routines:
            if same := there[row.created_at]:
                self.routine_of[row.key] = same.pop(0)
            else:
                self.new_routines.append(row)
        if self.new_routines and total + len(self.new_routines) > MOST_ROUTINES:
            reason = (
                f"you would have {total + len(self.new_routines)} routines, and Limber keeps {MOST_ROUTINES}"
            )
            raise self.journal.refuse(("routines",), reason)

    def sessions(self) -> None:
        """A session that began at the same instant by the same plan is the same one."""
        journal = self.journal
        digests = [
            plans.digest(plans.written(plans.renamed(plan.frozen, self.slug))) for plan in journal.plans
        ]
        starts = {row.started_at for row in journal.sessions}
        there: dict[tuple[datetime, bytes], list[UUID]] = defaultdict(list)
        rows = self.rows(Session).order_by("started_at", "pk").values_list("pk", "started_at", "plan")
        for pk, started_at, plan in rows.iterator(chunk_size=200):
            if started_at in starts:
                there[started_at, plans.digest(plans.written(plan))].append(pk)
        self.new_sessions: list[SessionShape] = []
        self.there_sessions: list[tuple[SessionShape, UUID]] = []
        for row in journal.sessions:
            if same := there.get((row.started_at, digests[row.plan_of or 0])):
                self.there_sessions.append((row, same.pop(0)))
            else:
                self.new_sessions.append(row)
        known = Known.of([pk for _, pk in self.there_sessions], self.slug)
        self.missing: list[Missing] = [known.missing(row, pk) for row, pk in self.there_sessions]

    # --- Days ---------------------------------------------------------------------------------------

    def check_ins(self) -> None:
        scores = self.rows(PainScore).check_ins()
        there = set(scores.values_list("given_at", flat=True))
        self.new_check_ins: list[CheckInShape] = [
            row for row in self.journal.check_ins if row.given_at not in there
        ]

    def flare_ups(self) -> None:
        """One with the same first day and label is the same one; if it goes on here, its end is added."""
        there = defaultdict(list)
        going_on: FlareUp | None = None
        for flare in self.rows(FlareUp).order_by("pk"):
            there[flare.starts_on, plain(flare.label)].append(flare)
            going_on = flare if flare.ends_on is None else going_on
        self.new_flare_ups: list[FlareUpShape] = []
        self.ended_flare_ups: list[tuple[FlareUp, FlareUpShape]] = []
        is_open = None
        for number, row in enumerate(self.journal.flare_ups):
            if same := there[row.starts_on, row.label or ""]:
                exact = next((flare for flare in same if flare.ends_on == row.ends_on), same[0])
                same.remove(exact)
                if exact.ends_on is None and row.ends_on:
                    self.ended_flare_ups.append((exact, row))
                    going_on = None
                continue
            self.new_flare_ups.append(row)
            is_open = number if row.ends_on is None else is_open
        if is_open is not None and going_on is not None:
            since = f"{day_month(going_on.starts_on)} {going_on.starts_on.year}"
            reason = f"a flare-up is going on here since {since}, and only one can; end that one first"
            raise self.journal.refuse(("flare_ups", is_open), reason)

    def pauses(self) -> None:
        """One with a day of another that is here already stays out: a day off is a day off."""
        there = list(self.rows(Pause))
        self.new_pauses = [
            row
            for row in self.journal.pauses
            if not any(row.starts_on <= each.ends_on and each.starts_on <= row.ends_on for each in there)
        ]

    def preferences(self) -> None:
        """What a person chose here stands; what they left as it was is taken from the file."""
        self.new_preferences: dict[str, Any] = {}
        said = self.journal.preferences.model_dump(exclude_none=True)
        for name, value in said.items():
            usual = PreferencesShape.usual(name)
            if value != usual and (self.person is None or getattr(self.person, name) == usual):
                self.new_preferences[name] = value

    # --- In words -----------------------------------------------------------------------------------

    @property
    def counts(self) -> list[Count]:
        """Of each kind that the file has something of."""
        journal = self.journal
        facts = Missing.total([Missing.all_of(row) for row in journal.sessions])
        missing = Missing.total(self.missing)
        new = Missing.total([Missing.all_of(row) for row in self.new_sessions])
        preferences = len(journal.preferences.model_dump(exclude_none=True))
        own = len(self.new_stretches) + len(self.offered_again)
        counts = [
            _count("session", "", journal.sessions, self.new_sessions),
            *(
                Count(one, many, new[name] + missing[name], facts[name] - new[name] - missing[name])
                for name, one, many in Missing.NOUNS
            ),
            _count("check-in", "", journal.check_ins, self.new_check_ins),
            _count("flare-up", "", journal.flare_ups, [*self.new_flare_ups, *self.ended_flare_ups]),
            _count("pause", "", journal.pauses, self.new_pauses),
            _count("routine", "", journal.routines, self.new_routines),
            Count("stretch of your own", "stretches of your own", own, len(journal.stretches) - own),
            _count("marked stretch", "marked stretches", journal.marks, self.new_marks),
            Count("preference", "preferences", len(self.new_preferences), preferences - len(self.new_preferences)),
        ]  # fmt: skip
        return [count for count in counts if count.new or count.there]

    @property
    def adds_something(self) -> bool:
        return any(count.new for count in self.counts)


def _count(one: str, many: str, rows: Iterable[Any], new: Iterable[Any]) -> Count:
    all_rows, new_rows = len(list(rows)), len(list(new))
    return Count(one, many or f"{one}s", new_rows, all_rows - new_rows)
