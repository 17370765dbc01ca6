"""The dose of a stretch: sets x reps x hold, per side, with rests. Pure arithmetic.

A dose is what a person does with one stretch: how often, how long, on which sides. The same
figures stand in the catalogue (the default), in an item of a routine (somebody's own) and in the
frozen plan of a session.
"""

from dataclasses import dataclass

from stretches.numbers import held

READY_SECONDS = 10
"""To get into position, before every item (ours; no source gives a figure)."""

SWITCH_SECONDS = 5
"""To change sides, once in an item whose sides are `each` (ours; no source gives a figure)."""


@dataclass(frozen=True, slots=True)
class Dose:
    """Everything that decides how long a stretch takes. All times are whole seconds.

    sides: "both" (symmetrical), "each" (all reps on one side, then the other), "alternating" (change side
    at every repetition), "left" or "right" (that side only). With "each" and "alternating", reps are per side.
    right_hold_seconds: the hold on the right side where it is another than on the left; None where it isn't.
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
    right_hold_seconds: int | None = None

    @property
    def flows(self) -> bool:
        """Whether the person keeps moving instead of holding still."""
        return self.hold_seconds == 0

    def hold_on(self, side: str) -> int:
        """How long to hold on a side: "left", "right", or "" where both work at once."""
        if side != "right" or self.right_hold_seconds is None or self.flows or not self.has_two_sides:
            return self.hold_seconds
        return self.right_hold_seconds

    @property
    def has_two_sides(self) -> bool:
        return self.sides in ("each", "alternating")

    @property
    def seconds(self) -> int:
        """How long the stretch takes, without getting ready for it."""
        left, right = (self.hold_on(side) + self.move_seconds for side in ("left", "right"))
        if self.sides == "alternating":
            return self._all_sets(self.reps * (left + right) + (2 * self.reps - 1) * self.rest_seconds)
        on_left, on_right = (
            self._all_sets(self.reps * one + (self.reps - 1) * self.rest_seconds) for one in (left, right)
        )
        return on_left + SWITCH_SECONDS + on_right if self.sides == "each" else on_left

    def _all_sets(self, one: int) -> int:
        return self.sets * one + (self.sets - 1) * self.set_rest_seconds

    @property
    def words(self) -> str:
        """The dose in a few words: "30 s, twice each side", "8 times each side, 4 s"."""
        times = {1: "", 2: "twice", 3: "three times"}.get(self.reps, f"{self.reps} times")
        side = {"both": "", "left": "left side only", "right": "right side only"}.get(self.sides, "each side")
        often = " ".join(filter(None, (times, side)))
        hold = held(self.hold_seconds)
        if self.hold_on("right") != self.hold_seconds:
            hold = f"{hold} left and {held(self.hold_on('right'))} right"
        if self.flows:
            text = often or "once"
        elif self.hold_seconds >= 15 or self.reps == 1:
            text = f"{hold} {often}" if often == side and side else ", ".join(filter(None, (hold, often)))
        else:
            text = f"{often}, {hold}"
        if self.sets > 1:
            text = f"{self.sets} sets of {text}"
        return text[0].upper() + text[1:]
