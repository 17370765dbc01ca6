"""The dose of a stretch: sets x reps x hold, per side, with rests. Pure arithmetic.

A dose is what a person does with one stretch: how often, how long, on which sides. The same
figures stand in the catalogue (the default), in an item of a routine (somebody's own) and in the
frozen plan of a session.
"""

from dataclasses import dataclass

from stretches.numbers import clock

READY_SECONDS = 10
"""To get into position, before every item (ours; no source gives a figure)."""

SWITCH_SECONDS = 5
"""To change sides, once in an item whose sides are `each` (ours; no source gives a figure)."""


@dataclass(frozen=True, slots=True)
class Dose:
    """Everything that decides how long a stretch takes. All times are whole seconds.

    sides: "both" (symmetrical), "each" (all reps on one side, then the other) or "alternating"
    (change side at every repetition). With the last two, reps are per side.
    hold_seconds: 0 means flowing movement, one repetition of which takes `move_seconds`.
    rest_seconds: between two repetitions. set_rest_seconds: between two sets.
    move_seconds: getting in and out of one repetition.
    """

    sets: int
    reps: int
    hold_seconds: int
    sides: str = "both"
    rest_seconds: int = 0
    set_rest_seconds: int = 0
    move_seconds: int = 0

    @property
    def flows(self) -> bool:
        """Whether the person keeps moving instead of holding still."""
        return self.hold_seconds == 0

    @property
    def seconds(self) -> int:
        """How long the stretch takes, without getting ready for it."""
        reps = self.reps * 2 if self.sides == "alternating" else self.reps
        one_set = reps * (self.hold_seconds + self.move_seconds) + (reps - 1) * self.rest_seconds
        one_side = self.sets * one_set + (self.sets - 1) * self.set_rest_seconds
        return 2 * one_side + SWITCH_SECONDS if self.sides == "each" else one_side

    @property
    def words(self) -> str:
        """The dose in a few words: "30 s, twice each side", "8 times each side, 4 s"."""
        times = {1: "", 2: "twice", 3: "three times"}.get(self.reps, f"{self.reps} times")
        side = "" if self.sides == "both" else "each side"
        often = " ".join(filter(None, (times, side)))
        held = f"{clock(self.hold_seconds)} min" if self.hold_seconds >= 90 else f"{self.hold_seconds} s"
        if self.flows:
            text = often or "once"
        elif self.hold_seconds >= 15 or self.reps == 1:
            text = f"{held} {often}" if often == "each side" else ", ".join(filter(None, (held, often)))
        else:
            text = f"{often}, {held}"
        if self.sets > 1:
            text = f"{self.sets} sets of {text}"
        return text[0].upper() + text[1:]
