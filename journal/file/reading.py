"""A journal file, read: every row checked by itself and against the others. Pure, but for what the catalogue has."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any, cast

from pydantic import ValidationError

from journal.file import shapes
from journal.file.parsing import located, parse
from journal.file.plans import GONE, Plan
from routines.file import OWN, reason_of
from routines.lines import Fault, FileError, Path, unprintable
from routines.plan import Step
from stretches.entry import Shape

MOST_FAULTS = 200
"""Then nothing more is looked at."""

MOST_STEPS = 3_000_000
"""Of all plans together: they have to be counted out. Ten years with another plan each time have a third of it."""

MOST_OWN_KEPT = 2000
"""Stretches of one's own, those that are deleted and only kept for the history among them."""

Known = Callable[[Collection[str]], Collection[str]]
"""Which of these stretches the catalogue has."""


@dataclass
class Journal:
    """What a file says. A session's `plan_of` is a place in `plans`, counted from 0."""

    text: str
    preferences: shapes.PreferencesShape = field(default_factory=shapes.PreferencesShape)
    stretches: list[shapes.StretchShape] = field(default_factory=list)
    marks: list[shapes.MarkShape] = field(default_factory=list)
    routines: list[shapes.RoutineShape] = field(default_factory=list)
    sessions: list[shapes.SessionShape] = field(default_factory=list)
    check_ins: list[shapes.CheckInShape] = field(default_factory=list)
    flare_ups: list[shapes.FlareUpShape] = field(default_factory=list)
    pauses: list[shapes.PauseShape] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)

    def refuse(self, path: Path, reason: str) -> FileError:
        """To be raised for what is wrong with a value of the file, for reasons outside it."""
        return FileError(located(self.text, [(path, reason)]))


def read(text: str, known: Known, now: datetime) -> Journal:
    """What a journal file says. Raises FileError with the line and the reason of what is wrong in it."""
    value = parse(text)
    _check_kind(text, value)
    reading = _Reading(text, now)
    try:
        reading.rows(value)
        reading.stretches(known)
        reading.keys()
        reading.days()
        reading.deeds()
    except _EnoughError:
        pass
    if reading.faults:
        raise FileError(located(text, reading.faults))
    return reading.journal


class _EnoughError(Exception):
    """There are faults enough to be shown."""


class _Reading:
    def __init__(self, text: str, now: datetime) -> None:
        self.journal = Journal(text)
        self.now = now
        self.faults: list[tuple[Path, str]] = []
        self.called: list[tuple[Path, str]] = []  # stretches by the names that rows give them

    def fault(self, path: Path, reason: str) -> None:
        self.faults.append((path, reason))
        if len(self.faults) >= MOST_FAULTS:
            raise _EnoughError

    # --- Each row by itself -----------------------------------------------------------------------

    def rows(self, value: dict[str, Any]) -> None:
        for name in value:
            if name not in ("limber", "version", "preferences", *shapes.ROWS):
                self.fault((name,), "is not a name that this file can have")
        preferences = self.checked(shapes.PreferencesShape, value.get("preferences", {}), ("preferences",))
        self.journal.preferences = cast("shapes.PreferencesShape", preferences or shapes.PreferencesShape())
        for name, shape in shapes.ROWS.items():
            rows = value.get(name, [])
            if not isinstance(rows, list):
                self.fault((name,), "must be a list")
                continue
            kept = getattr(self.journal, name)
            for number, row in enumerate(rows):
                path = (name, number)
                if checked := self.checked(shape, row, path):
                    if isinstance(checked, shapes.SessionShape):
                        self.plan(checked, path)
                    kept.append(checked)
                rows[number] = None  # ten years are large enough once
        if self.faults:
            raise _EnoughError

    def checked(self, shape: type[Shape], row: Any, path: Path) -> Shape | None:
        try:
            checked = shape.model_validate(row, context={"now": self.now})
        except ValidationError as error:
            for each in error.errors(include_url=False):
                self.fault((*path, *each["loc"]), reason_of(each))
            return None
        if shape in (shapes.StretchShape, shapes.RoutineShape):
            for inside in unprintable({name: part for name, part in row.items() if name != "note"}):
                self.fault((*path, *inside), "has a control character in it")
        return checked

    def plan(self, session: shapes.SessionShape, path: Path) -> None:
        """Give a session the place of its plan among all plans."""
        if session.plan:
            self.journal.plans.append(Plan(session.plan.frozen))
            session.plan, session.plan_of = None, len(self.journal.plans) - 1
        elif session.plan_of is not None:
            first = session.plan_of - 1
            others = self.journal.sessions
            # with a fault before, the places are others; then nothing is kept of the file anyway
            if first < len(others) and path[1] == len(others):
                session.plan_of = others[first].plan_of
            elif first >= cast("int", path[1]):
                self.fault((*path, "plan_of"), "must be the number of a session before this one")

    # --- Rows against each other ------------------------------------------------------------------

    def stretches(self, known: Known) -> None:
        """Every stretch that is called is in the catalogue or in the file, and none is there twice."""
        journal = self.journal
        self.unique("stretches", "key", [row.key for row in journal.stretches])
        self.unique("marks", "stretch", [row.stretch for row in journal.marks])
        for number, stretch in enumerate(journal.stretches):
            if stretch.key == GONE:
                self.fault(("stretches", number, "key"), f"{GONE} is for a stretch that is gone")
        if len(journal.stretches) > MOST_OWN_KEPT:
            self.fault(("stretches",), f"must be {MOST_OWN_KEPT} at most, not {len(journal.stretches)}")
        own = {row.key for row in journal.stretches}
        called = list(self.calls())
        named = {name for _, name in called if not OWN.fullmatch(name)}
        drawn = {row.drawn_as for row in journal.stretches if row.drawn_as}
        there = known(named | drawn)
        for path, name in called:
            if OWN.fullmatch(name) and name not in own:
                if name != GONE or "plan" not in path:
                    self.fault(path, f"{name} is not among the stretches of the file")
            elif name not in own and name not in there:
                self.fault(path, f"the catalogue has no {name}")
        for number, row in enumerate(journal.stretches):
            if row.drawn_as and row.drawn_as not in there:
                self.fault(
                    ("stretches", number, "drawn_as"), f"the catalogue has no drawing of {row.drawn_as}"
                )

    def calls(self) -> Iterator[tuple[Path, str]]:
        """What rows call stretches; in a session, what its facts call is checked with its plan."""
        journal = self.journal
        for number, mark in enumerate(journal.marks):
            yield ("marks", number, "stretch"), mark.stretch
        for number, routine in enumerate(journal.routines):
            for place, item in enumerate(routine.items):
                yield ("routines", number, "items", place, "stretch"), item.stretch
                if item.swap:
                    yield ("routines", number, "items", place, "swap"), item.swap
        seen: set[int] = set()
        for number, session in enumerate(journal.sessions):
            which = session.plan_of or 0
            if which not in seen:
                seen.add(which)
                for place, planned in enumerate(journal.plans[which].items):
                    path: Path = ("sessions", number, "plan", "items", place)
                    yield (*path, "slug"), planned.slug
                    if planned.easier:
                        yield (*path, "easier", "slug"), planned.easier.slug

    def unique(self, part: str, name: str, values: list[Any]) -> None:
        seen = set()
        for number, value in enumerate(values):
            if value in seen:
                self.fault((part, number, name), "stands there twice")
            seen.add(value)

    def keys(self) -> None:
        self.unique("routines", "key", [row.key for row in self.journal.routines])
        routines = {row.key for row in self.journal.routines}
        for number, session in enumerate(self.journal.sessions):
            if session.routine and session.routine.startswith("routine-") and session.routine not in routines:
                self.fault(
                    ("sessions", number, "routine"),
                    f"{session.routine} is not among the routines of the file",
                )

    def days(self) -> None:
        self.unique("check_ins", "given_at", [row.given_at for row in self.journal.check_ins])
        going_on = [number for number, row in enumerate(self.journal.flare_ups) if row.ends_on is None]
        for number in going_on[1:]:
            self.fault(("flare_ups", number), "only one flare-up can be going on")
        in_order = sorted(enumerate(self.journal.pauses), key=lambda each: each[1].starts_on)
        for (_, pause), (number, later) in pairwise(in_order):
            if later.starts_on <= pause.ends_on:
                self.fault(("pauses", number), "has a day of another pause in it")

    def deeds(self) -> None:
        """What happened in each session is of its plan."""
        plans = self.journal.plans
        if sum(plan.most_steps for plan in plans) > MOST_STEPS:
            self.fault(("sessions",), "their plans have more steps than ten years would")
            return
        steps_of: list[tuple[Step, ...] | None] = [None] * len(plans)
        last_use = {session.plan_of: number for number, session in enumerate(self.journal.sessions)}
        for number, session in enumerate(self.journal.sessions):
            which = session.plan_of or 0
            plan, path = plans[which], ("sessions", number)
            if session.holds or session.hurts:
                steps = steps_of[which] = steps_of[which] or plan.steps()
                self.steps(session, plan, steps, path)
            if last_use[which] == number:
                steps_of[which] = None
            ratings = [rating.stretch for rating in session.ratings or ()]
            for place, name in enumerate(ratings):
                where = (*path, "ratings", place, "stretch")
                if name not in plan.slugs or name == GONE:
                    self.fault(where, "this session has no such stretch")
                elif name in ratings[:place]:
                    self.fault(where, "stands there twice")

    def steps(self, session: shapes.SessionShape, plan: Plan, steps: Sequence[Step], path: Path) -> None:
        both: dict[str, Sequence[shapes.DeedShape]] = {
            "holds": session.holds or (),
            "hurts": session.hurts or (),
        }
        for kind, deeds in both.items():
            seen: set[int] = set()
            for place, deed in enumerate(deeds):
                where = (*path, kind, place)
                step = steps[deed.step] if deed.step < len(steps) else None
                if step is None or (kind == "holds" and step.kind != "hold"):
                    self.fault(
                        (*where, "step"),
                        "this session has no such " + ("hold" if kind == "holds" else "step"),
                    )
                    continue
                if deed.step in seen:
                    self.fault((*where, "step"), "stands there twice")
                seen.add(deed.step)
                item = plan.items[step.item]
                allowed = {item.slug, item.easier.slug if item.easier else item.slug} - {GONE}
                if (deed.stretch or item.slug) not in allowed:
                    self.fault((*where, "stretch"), "this step has no such stretch")


def _check_kind(text: str, value: Any) -> None:
    """Nothing more is said of a file that is no journal file, or one of another version."""
    if not isinstance(value, dict) or value.get("limber") != "journal":
        given = value.get("limber") if isinstance(value, dict) else None
        reason = 'this is no journal file of Limber: it has no "limber": "journal"'
        if given == "routine":
            reason = "this is a routine file of Limber: bring it in among the routines"
        raise FileError(located(text, [(("limber",), reason)]) if given else [Fault(1, reason)])
    version = value.get("version")
    if type(version) is not int or version != shapes.VERSION:
        given = f"version {version}" if type(version) is int else "a version that is no number"
        reason = f"the file says {given}, and this Limber reads version {shapes.VERSION}"
        raise FileError(located(text, [(("version",), reason)]))
