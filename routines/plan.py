"""The plan: a routine expanded into everything that takes time. Pure: no database, no clock.

`steps` of items are get ready, hold, move, rest and switch sides, one after the other; a session
numbers them from 0 and a fact such as `hold:7` names one. A session keeps its items frozen
(`freeze`, `thaw`), and the same items always give the same steps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from stretches.dose import READY_SECONDS, SWITCH_SECONDS, Dose

VERSION = 1
"""Of the frozen form and of the rules below: a change of either needs a new one."""

Kind = Literal["ready", "move", "hold", "rest", "switch"]
Side = Literal["", "left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")


@dataclass(frozen=True, slots=True)
class Pace:
    """What a person set for all their sessions. Whole seconds; rests in percent of what each dose says."""

    ready_seconds: int = READY_SECONDS
    switch_seconds: int = SWITCH_SECONDS
    rest_percent: int = 100


USUAL = Pace()


@dataclass(frozen=True, slots=True)
class Easier:
    """What could be done instead of an item's stretch, with the item's dose."""

    slug: str
    name: str
    cue: str


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One stretch of a plan, with all that the player shows of it, so that nothing else is needed."""

    slug: str
    name: str
    cue: str
    dose: Dose
    skip_if: str = ""
    note: str = ""
    easier: Easier | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One timed step. `seconds` is whole and never negative.

    A step of no seconds is left out. `item` counts from 0; `rep` and `set` from 1, and are 0 where
    a step belongs to none (getting ready, switching sides).
    """

    kind: Kind
    seconds: int
    item: int
    side: Side = ""
    rep: int = 0
    set: int = 0


def steps(items: Sequence[PlanItem], pace: Pace = USUAL) -> tuple[Step, ...]:
    """Every step of a routine in order. Their seconds add up to `total_seconds(items, pace)`."""
    return tuple(
        step
        for number, item in enumerate(items)
        for step in _steps_of(number, item.dose, pace)
        if step.seconds
    )


def total_seconds(items: Sequence[PlanItem], pace: Pace = USUAL) -> int:
    """How long a routine takes: each item's dose, and getting ready before it."""
    if pace == USUAL:
        return sum(READY_SECONDS + item.dose.seconds for item in items)
    return sum(step.seconds for step in steps(items, pace))


def _steps_of(item: int, dose: Dose, pace: Pace) -> Iterator[Step]:
    dose = _rested(dose, pace)
    first: Side = "" if dose.sides == "both" else "right" if dose.sides == "right" else "left"
    yield Step("ready", pace.ready_seconds, item, first)
    if dose.sides == "each":
        yield from _sets(item, dose, "left")
        yield Step("switch", pace.switch_seconds, item, "right")
        yield from _sets(item, dose, "right")
    else:
        yield from _sets(item, dose, "" if dose.sides == "alternating" else first)


def _rested(dose: Dose, pace: Pace) -> Dose:
    """The dose with its rests scaled to the person's taste, to the nearest second."""
    if pace.rest_percent == 100:
        return dose
    rest, set_rest = (
        round(seconds * pace.rest_percent / 100) for seconds in (dose.rest_seconds, dose.set_rest_seconds)
    )
    return replace(dose, rest_seconds=rest, set_rest_seconds=set_rest)


def _sets(item: int, dose: Dose, side: Side) -> Iterator[Step]:
    """All sets on one side; with sides that alternate, each repetition is done left and right."""
    sides = SIDES if dose.sides == "alternating" else (side,)
    for set_ in range(1, dose.sets + 1):
        if set_ > 1:
            yield Step("rest", dose.set_rest_seconds, item, sides[0], 1, set_)
        for rep in range(1, dose.reps + 1):
            for now in sides:
                if (rep, now) != (1, sides[0]):
                    yield Step("rest", dose.rest_seconds, item, now, rep, set_)
                if dose.flows:
                    yield Step("hold", dose.move_seconds, item, now, rep, set_)
                else:
                    yield Step("move", dose.move_seconds, item, now, rep, set_)
                    yield Step("hold", dose.hold_on(now), item, now, rep, set_)


def freeze(items: Sequence[PlanItem], pace: Pace = USUAL) -> dict[str, Any]:
    """The items and the pace as plain JSON, to be kept with a session. What isn't there is not written."""
    frozen: dict[str, Any] = {"version": VERSION, "items": [_without_none(asdict(item)) for item in items]}
    return frozen if pace == USUAL else {**frozen, "pace": asdict(pace)}


def _without_none(frozen: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _without_none(value) if isinstance(value, dict) else value
        for key, value in frozen.items()
        if value is not None
    }


def thaw(frozen: dict[str, Any]) -> tuple[PlanItem, ...]:
    """The items of a frozen plan. Raises ValueError for a version this code doesn't know."""
    if frozen.get("version") != VERSION:
        raise ValueError(f"plan of version {frozen.get('version')!r}, not {VERSION}")
    return tuple(
        PlanItem(
            **{
                **item,
                "dose": Dose(**item["dose"]),
                "easier": Easier(**item["easier"]) if "easier" in item else None,
            }
        )
        for item in frozen["items"]
    )


def pace_of(frozen: dict[str, Any]) -> Pace:
    """The pace of a frozen plan."""
    return Pace(**frozen.get("pace", {}))
