"""Facts become rows. Recording a fact again changes nothing; a correction has a higher sequence.

A fact is one thing that happened in a session, under a natural key:

    hold:7            {"result": "done", "seconds": 30}     step 7 of the plan
    hurt:7            {"seconds": 12}                       it hurt, and was left after 12 s
    pain:before       {"score": 5}                          also pain:after, pain:next-day
    rating:cat-cow    {"value": "helped"}
    note              {"text": "...", "cramp": true, ...}
    end               {"whole": true}                       the person has come to an end

A hold or a hurt may name another stretch than the plan's, `"slug": "seated-cat-cow"`: the plan's easier one.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, Literal

from django.db import models, transaction
from django.utils import timezone
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from accounts.models import User
from journal.models import LONGEST_NOTE, Hold, HurtReport, Moment, PainScore, Rating, SessionNote
from routines.models import Session
from routines.plan import Step
from stretches.models import Mark, Stretch
from stretches.numbers import whole_number

HURTS_UNTIL_ASIDE = 2
HURT_TWICE = "it hurt twice"
"""The reason that the stretch's page then gives."""


class FactError(ValueError):
    """A fact that makes no sense. The message says which, and why; it never repeats health data."""


class UnreadableError(FactError):
    """A newer Limber began the session, so nobody can say here whether the fact is of it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """`at` is when it happened, aware; `sequence` grows with every change of the same key.

    None is higher than anything kept: what the person says on a page of ours, where they see what was kept, counts
    whatever the clock of a phone had said before.
    """

    key: str
    value: dict[str, Any]
    at: datetime
    sequence: int | None

    def sequence_after(self, kept: int) -> int:
        """Its sequence where one with the sequence `kept` is there; 0 is none."""
        return max(int(self.at.timestamp() * 1000), kept + 1) if self.sequence is None else self.sequence


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class HoldValue(_Value):
    result: Literal["done", "skipped"]
    seconds: int = Field(ge=0, le=4200)
    slug: str = ""


class HurtValue(_Value):
    seconds: int = Field(ge=0, le=4200)
    slug: str = ""


class PainValue(_Value):
    score: int = Field(ge=1, le=10)


class RatingValue(_Value):
    value: Literal["helped", "no-change", "uncomfortable"]


class NoteValue(_Value):
    down_a_leg: bool = False
    pins_and_needles: bool = False
    cramp: bool = False
    dizzy: bool = False
    text: Annotated[str, StringConstraints(max_length=LONGEST_NOTE, pattern=r"^[^\x00]*$")] = ""


class EndValue(_Value):
    whole: bool


@transaction.atomic
def record(session: Session, *facts: Fact) -> None:
    """Record facts of one session, all or none. Raises FactError when one cannot be of this session."""
    for problem in record_all(session, facts):
        if problem:
            raise problem


@transaction.atomic(savepoint=False)
def record_all(session: Session, facts: Sequence[Fact]) -> list[FactError | None]:
    """Record facts of one session; says for each, in order, why it was refused, or None.

    What is kept already is read once and written once, however many facts there are. Sessions of the person
    that are over by themselves are closed on this occasion.
    """
    if any(fact.key.startswith("hurt:") for fact in facts):
        User.objects.select_for_update().get(pk=session.user_id)  # two sessions that report take turns
    Session.objects.filter(user=session.user_id).close_lapsed(timezone.now())
    kept = _Kept(session)
    problems = [kept.take(fact) for fact in facts]
    kept.write()
    return problems


class _Kept:
    """The facts of one session as they are kept: read on first use, changed in memory, written at the end."""

    def __init__(self, session: Session) -> None:
        # Two phones that report on one session take turns; its end may have come meanwhile.
        now = Session.objects.select_for_update().only("finished_at", "is_whole").get(pk=session.pk)
        session.finished_at, session.is_whole = now.finished_at, now.is_whole
        self.session = session
        # What a person says of the end counts for more than that nobody said anything for a day.
        self.ended_by_itself = (
            session.finished_at is not None
            and not session.is_whole
            and session.finished_at <= session.last_deed_at
        )
        self.new: list[models.Model] = []
        self.changed: dict[models.Model, set[str]] = {}

    @cached_property
    def stretches(self) -> dict[str, int]:
        """The keys of those of the session and of their easier ones, by slug."""
        slugs = {*self.session.slugs, *self.session.easier_slugs}
        return dict(Stretch.objects.filter(slug__in=slugs).values_list("slug", "pk"))

    @cached_property
    def holds(self) -> dict[int, Hold]:
        return {hold.step: hold for hold in self.session.holds.all()}

    @cached_property
    def hurts(self) -> dict[int, HurtReport]:
        return {report.step: report for report in self.session.hurt_reports.all()}

    @cached_property
    def scores(self) -> dict[str, PainScore]:
        return {score.moment: score for score in self.session.pain_scores.all()}

    @cached_property
    def ratings(self) -> dict[int, Rating]:
        return {rating.stretch_id: rating for rating in self.session.ratings.all()}

    @cached_property
    def notes(self) -> dict[int, SessionNote]:
        """One at most, under 0."""
        return dict(enumerate(SessionNote.objects.filter(session=self.session)))

    def take(self, fact: Fact) -> FactError | None:
        """Bring one fact in. One that is refused leaves everything as it was."""
        kind, _, name = fact.key.partition(":")
        takers = {
            "hold": self.hold,
            "hurt": self.hurt,
            "pain": self.pain,
            "rating": self.rating,
            "note": self.note,
            "end": self.end,
        }
        if kind not in takers:
            return FactError("unknown kind of fact")
        try:
            takers[kind](name, fact)
        except FactError as problem:
            return problem
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"])
            return FactError(f"{kind}: {where or 'value'}: {error.errors()[0]['type']}")
        return None

    def write(self) -> None:
        for kind in {type(row) for row in self.new}:
            kind._default_manager.bulk_create(row for row in self.new if type(row) is kind)
        for row, names in self.changed.items():
            row.save(update_fields=names)
        written = [*self.new, *self.changed]
        for note in written:
            if isinstance(note, SessionNote) and note.asks_to_stop:
                self.session.user.ask_safety_again(since=note.at)
        if deeds := [row.at for row in written if isinstance(row, Hold | HurtReport)]:
            self.session.reach(max(deeds))
        self.set_aside_what_hurts({row.stretch_id for row in written if isinstance(row, HurtReport)})

    # --- One method for each kind of fact ---------------------------------------------------------

    def hold(self, name: str, fact: Fact) -> None:
        number, step = self.step(name)
        if step.kind != "hold":
            raise FactError("hold: this session has no such hold")
        value = HoldValue.model_validate(fact.value)
        stretch = self.stretch_of(step, value.slug)
        row = self.holds.setdefault(number, Hold(session=self.session, step=number, stretch_id=stretch))
        values = value.model_dump(exclude={"slug"})
        self.keep(row, fact, {"side": step.side, "stretch_id": stretch, **values})

    def hurt(self, name: str, fact: Fact) -> None:
        number, step = self.step(name)
        value = HurtValue.model_validate(fact.value)
        stretch = self.stretch_of(step, value.slug)
        row = self.hurts.setdefault(number, HurtReport(session=self.session, step=number, stretch_id=stretch))
        self.keep(row, fact, {"side": step.side, "stretch_id": stretch, "seconds": value.seconds})

    def pain(self, name: str, fact: Fact) -> None:
        if name not in (Moment.BEFORE, Moment.AFTER, Moment.NEXT_DAY):
            raise FactError("pain: unknown moment")
        score, session = PainValue.model_validate(fact.value).score, self.session
        row = self.scores.get(name)
        if row is None:
            self.scores[name] = row = PainScore(
                user_id=session.user_id, session=session, moment=name, time_zone=session.time_zone
            )
            row.score = row.first_score = score
            row.given_at, row.sequence = fact.at, fact.sequence_after(0)
            self.new.append(row)
        elif (sequence := fact.sequence_after(row.sequence)) > row.sequence:
            changes: dict[str, Any] = {"sequence": sequence}
            if row.score != score:
                changes |= {"score": score, "changed_at": fact.at}
            self.change(row, changes)

    def rating(self, name: str, fact: Fact) -> None:
        value, stretch = RatingValue.model_validate(fact.value), self.stretch(name)
        row = self.ratings.setdefault(stretch, Rating(session=self.session, stretch_id=stretch))
        self.keep(row, fact, value.model_dump())

    def note(self, name: str, fact: Fact) -> None:
        if name:
            raise FactError("note: a session has one note")
        value = NoteValue.model_validate(fact.value)
        row = self.notes.setdefault(0, SessionNote(session=self.session))
        self.keep(row, fact, value.model_dump())

    def end(self, name: str, fact: Fact) -> None:
        if name:
            raise FactError("end: a session has one end")
        whole = EndValue.model_validate(fact.value).whole
        if self.ended_by_itself:
            self.session.finished_at, self.ended_by_itself = None, False
        self.session.finish(fact.at, whole=whole)

    def set_aside_what_hurts(self, stretches: set[int]) -> None:
        """After two reports a stretch is set aside until the person brings it back; then two new ones count."""
        if not stretches:
            return
        person = self.session.user_id
        marks = {mark.stretch_id: mark for mark in Mark.objects.filter(person=person, stretch__in=stretches)}
        reports = HurtReport.objects.filter(session__user=person, stretch__in=stretches).order_by("at")
        said_at: dict[int, list[datetime]] = defaultdict(list)
        for stretch, at in reports.values_list("stretch", "at"):
            mark = marks.get(stretch)
            counts = not mark or (
                not mark.set_aside_at and (not mark.brought_back_at or at > mark.brought_back_at)
            )
            if counts:
                said_at[stretch].append(at)
        for stretch, moments in said_at.items():
            if len(moments) >= HURTS_UNTIL_ASIDE:
                mark, _ = Mark.objects.get_or_create(person_id=person, stretch_id=stretch)
                mark.set_aside(moments[-1], HURT_TWICE)

    # --- What they share --------------------------------------------------------------------------

    def check_plan(self) -> None:
        if not self.session.is_readable:
            raise UnreadableError("this session was begun by a newer Limber")

    def step(self, name: str) -> tuple[int, Step]:
        self.check_plan()
        number = whole_number(name)
        if number is None or number >= len(self.session.steps):
            raise FactError("this session has no such step")
        return number, self.session.steps[number]

    def stretch_of(self, step: Step, slug: str) -> int:
        """The plan's, or the easier one that was done instead."""
        item = self.session.items[step.item]
        if slug not in ("", item.slug, item.easier.slug if item.easier else item.slug):
            raise FactError("this step has no such stretch")
        return self.stretch(slug or item.slug)

    def stretch(self, slug: str) -> int:
        self.check_plan()
        if slug not in self.stretches:
            raise FactError("this session has no such stretch")
        return self.stretches[slug]

    def keep(self, row: Hold | HurtReport | Rating | SessionNote, fact: Fact, values: dict[str, Any]) -> None:
        """Fill in a new row, or change one if the fact is newer than what it holds."""
        sequence = fact.sequence_after(row.sequence)
        values = {**values, "at": fact.at, "sequence": sequence}
        if row._state.adding and row not in self.new:
            for name, value in values.items():
                setattr(row, name, value)
            self.new.append(row)
        elif sequence > row.sequence:
            self.change(row, values)

    def change(self, row: models.Model, values: dict[str, Any]) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        if not row._state.adding:
            self.changed.setdefault(row, set()).update(values)
