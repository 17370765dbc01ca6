"""What the player shows and says at each step of a plan. Pure words, no markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from routines.plan import PlanItem, Step

Surface = Literal["paper", "pine", "celadon", "ember"]
REPETITIONS_BELOW_SECONDS = 15
"""A hold shorter than this is done as repetitions: one bar is a repetition, not a second (ours)."""


@dataclass(frozen=True, slots=True)
class Cue:
    """The words of one step, from top to bottom of the player, and its colour and ring.

    ring: "hold" (a bar a second), "reps" (an arc a repetition) or "wait" (fine ticks).
    arcs, arcs_done: the repetitions of this set on this side, and how many lie behind.
    """

    over: str
    title: str
    side: str
    line: str
    next: str
    spoken: str
    surface: Surface
    ring: Literal["hold", "reps", "wait"]
    arcs: int = 0
    arcs_done: int = 0


def cue(items: Sequence[PlanItem], steps: Sequence[Step], number: int) -> Cue:
    """The words of step `number`."""
    step = steps[number]
    item = items[step.item]
    by_reps = item.dose.flows or item.dose.hold_seconds < REPETITIONS_BELOW_SECONDS
    over, side, line, spoken = _words(items, steps, number, by_reps)
    arcs = item.dose.reps * (2 if item.dose.sides == "alternating" else 1) if by_reps and step.rep else 0
    return Cue(
        over=over,
        title=item.name,
        side=side,
        line=line,
        next=_next(items, steps, number),
        spoken=spoken,
        surface=_surface(step, by_reps),
        ring="reps" if arcs else "hold" if step.kind == "hold" else "wait",
        arcs=arcs,
        arcs_done=_reps_behind(item, step),
    )


def _surface(step: Step, by_reps: bool) -> Surface:
    """Pine while the person stretches, celadon to rest, ember to switch. Short repetitions stay pine
    throughout: a colour that changes every few seconds would flicker."""
    if step.kind in ("ready", "switch"):
        return "paper" if step.kind == "ready" else "ember"
    if step.kind == "hold" or (by_reps and step.seconds < REPETITIONS_BELOW_SECONDS):
        return "pine"
    return "celadon" if step.kind == "rest" else "paper"


def _reps_behind(item: PlanItem, step: Step) -> int:
    if item.dose.sides == "alternating":
        return 2 * (step.rep - 1) + (step.side == "right")
    return max(step.rep - 1, 0)


def _words(
    items: Sequence[PlanItem], steps: Sequence[Step], number: int, by_reps: bool
) -> tuple[str, str, str, str]:
    step = steps[number]
    item = items[step.item]
    side = f"{step.side.capitalize()} side" if step.side else ""
    count = _count(item, step, by_reps)
    match step.kind:
        case "ready":
            first = "first" if item.dose.has_two_sides else "only"
            ready = f"{side} {first}" if side else "Get ready"
            spoken = f"{item.name}. {item.dose.words}. {ready}."
            return "Get into position", ready, item.note or item.cue, spoken
        case "switch":
            line = f"Now your {step.side} side. Take your time."
            return "Half way", "Switch sides", line, f"Switch sides. Now your {step.side} side."
        case "rest" if step.rep == 1:
            return f"Set {step.set} of {item.dose.sets} is next", "Rest", "Let go and breathe.", "Rest."
        case "rest":
            return count, "Let go", "Once more in a moment.", "Let go."
        case "move":
            spoken = f"{side}. Ease in." if side else "Ease in."
            return count, side or "Ease in", "Slowly, into the position." if side else item.cue, spoken
        case _:
            held = "Slowly" if item.dose.flows else "Hold"
            spoken = held if item.dose.flows else f"{side or 'Hold'}. {item.dose.hold_on(step.side)} seconds."
            return count, side or held, item.cue, spoken


def _count(item: PlanItem, step: Step, by_reps: bool) -> str:
    """ "Hold 1 of 2", "Repetition 4 of 8, set 2 of 3"."""
    what = "Repetition" if by_reps else "Hold"
    count = f"{what} {step.rep} of {item.dose.reps}" if item.dose.reps > 1 else what
    return f"{count}, set {step.set} of {item.dose.sets}" if item.dose.sets > 1 else count


def _next(items: Sequence[PlanItem], steps: Sequence[Step], number: int) -> str:
    """What comes after this step, in a few words."""
    step = steps[number]
    if step.kind in ("ready", "move", "switch"):
        dose = items[step.item].dose
        return "slow repetitions" if dose.flows else f"hold for {dose.hold_on(step.side)} s"
    for coming in steps[number + 1 :]:
        if coming.item != step.item:
            return items[coming.item].name
        if coming.kind == "switch":
            return f"switch to the {coming.side} side"
        if coming.kind == "hold":
            return f"the {coming.side} side" if coming.side != step.side else "the same once more"
    return "that was the last one"
