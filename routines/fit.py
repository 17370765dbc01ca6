"""A routine made to last as long as somebody has: every dose scaled alike, within its range. Pure.

The ranges are ours, but for the hold, whose range the sources give. Order and sides never change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate
from math import ceil, floor

from routines.plan import PlanItem, total_seconds
from stretches.dose import READY_SECONDS, Dose
from stretches.numbers import clock, held

TOLERANCE = 0.05
"""A routine fits when it takes so much more or less than was asked for (ours)."""

MOST_SETS = 3
"""Unless there are more already (ours)."""

MOST_REPS, LONGEST_HOLD_SECONDS = 50, 600
"""What an item can be (routines.forms, stretches.dosed), whatever a range allows."""

MOST_HOLDS, MOST_DOSES = 60, 2000
"""So many holds, and doses, of an item are tried, so that an odd routine takes no longer than others to answer."""

STEPS_SECONDS = (1, 2, 5, 10, 20, 30, 60, 120, 600)

UNEVEN = 0.03
"""What one change of a dose costs, as a part of the time it should take: below it, a dose stays as it is (ours)."""

AGAINST = 5
"""What it costs, in changes, when one figure goes up and another one down, which looks odd (ours)."""

DOUBLINGS = 40
"""So often is the scale doubled and halved at most, which leaves nothing of it to find."""


@dataclass(frozen=True, slots=True)
class Scalable:
    """An item and how far its dose can go.

    hold_min_seconds, hold_max_seconds: as the sources give them; a hold that lies outside widens them.
    reps: those of the catalogue, of which there can be one to twice as many.
    """

    item: PlanItem
    hold_min_seconds: int
    hold_max_seconds: int
    reps: int


@dataclass(frozen=True, slots=True)
class Change:
    """One figure of a dose: "Hold", "30 s", "40 s"."""

    what: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class FittedItem:
    """An item before and after."""

    was: PlanItem
    now: PlanItem

    @property
    def changes(self) -> tuple[Change, ...]:
        old, new = self.was.dose, self.now.dose
        two = old.hold_on("left") != old.hold_on("right")
        figures = [
            ("Hold on the left" if two else "Hold", held(old.hold_seconds), held(new.hold_seconds)),
            ("Hold on the right", held(old.hold_on("right")), held(new.hold_on("right"))),
            ("Times", str(old.reps), str(new.reps)),
            ("Sets", str(old.sets), str(new.sets)),
        ]
        if not two:
            del figures[1]
        return tuple(Change(*figure) for figure in figures if figure[1] != figure[2])

    @property
    def clock_was(self) -> str:
        return clock(total_seconds([self.was]))

    @property
    def clock(self) -> str:
        """How long it takes with the new dose, getting ready included."""
        return clock(total_seconds([self.now]))


@dataclass(frozen=True)
class Fit:
    """What comes nearest to the time asked for. All times are whole seconds, getting ready included."""

    items: tuple[FittedItem, ...]
    target_seconds: int
    shortest_seconds: int
    longest_seconds: int

    @cached_property
    def total_seconds(self) -> int:
        return total_seconds([item.now for item in self.items])

    @property
    def clock(self) -> str:
        return clock(self.total_seconds)

    @property
    def fits(self) -> bool:
        return self.misses <= TOLERANCE

    @property
    def misses(self) -> float:
        """By what part of the time asked for it is too long or too short."""
        return abs(self.total_seconds - self.target_seconds) / self.target_seconds

    @property
    def changed(self) -> tuple[FittedItem, ...]:
        return tuple(item for item in self.items if item.now != item.was)

    @property
    def why_not(self) -> str:
        """Why it doesn't fit; "" if it does."""
        if self.fits:
            return ""
        if not self.items:
            return "There is nothing in it yet."
        if self.target_seconds < self.shortest_seconds:
            return (
                f"The shortest it can be is {clock(self.shortest_seconds)} minutes, "
                "with every dose at the low end of its range."
            )
        if self.target_seconds > self.longest_seconds:
            return (
                f"The longest it can be is {clock(self.longest_seconds)} minutes, "
                "with every dose at the high end of its range."
            )
        return f"In whole repetitions, the nearest that it comes to is {self.clock} minutes."

    @property
    def nearest_minutes(self) -> int:
        """Whole minutes to ask for instead of too few or too many; 0 where there are none."""
        least, most = ceil(self.shortest_seconds / 60), floor(self.longest_seconds / 60)
        if least > most or self.shortest_seconds <= self.target_seconds <= self.longest_seconds:
            return 0
        return least if self.target_seconds < self.shortest_seconds else most


@dataclass(frozen=True, slots=True)
class _Option:
    """A dose within its range, and how much of it is new: 1 for a figure, more for one that is odd to see."""

    seconds: int
    change: float
    dose: Dose

    def unevenness(self, wanted_seconds: float) -> float:
        miss = abs(self.seconds - wanted_seconds) / max(wanted_seconds, 1)
        return miss + UNEVEN * self.change


def fit(items: Sequence[Scalable], target_seconds: int) -> Fit:
    """Scale the doses of a routine so that all of it takes `target_seconds`, which must be above 0.

    Every item is to take the same multiple of its time, or as near to that as its range lets it. Doses go
    in steps, so that each misses its share by a little: those with the fewest choices come first, and what they
    miss is shared among the others. The result is within `TOLERANCE` of the target wherever there is such a one
    among the doses tried (`_holds` says which), and otherwise comes as near as they do.
    """
    options = [
        _options(each.item.dose, each.hold_min_seconds, each.hold_max_seconds, each.reps) for each in items
    ]
    ready = READY_SECONDS * len(items)
    order = sorted(range(len(items)), key=lambda number: (len(options[number]), number))
    shortest, longest = (sum(each[end].seconds for each in options) for end in (0, -1))
    sums = _sums([options[number] for number in order], max(2 * target_seconds, shortest))
    low, high = _aim(sums[0], target_seconds, ready)
    doses: dict[int, Dose] = {}
    left = target_seconds - ready
    for place, number in enumerate(order):
        rest = [(items[each].item.dose.seconds, options[each]) for each in order[place:]]
        wanted = _shares(rest, left)
        can_be = (
            one for one in options[number] if _has(sums[place + 1], low - one.seconds, high - one.seconds)
        )
        best = min(can_be, key=lambda one: (one.unevenness(wanted), one.seconds))
        doses[number] = best.dose
        left, low, high = left - best.seconds, low - best.seconds, high - best.seconds
    fitted = (FittedItem(each.item, replace(each.item, dose=doses[n])) for n, each in enumerate(items))
    return Fit(tuple(fitted), target_seconds, ready + shortest, ready + longest)


def _holds(dose: Dose, low: int, high: int, most: int) -> list[int]:
    """The holds to try: every second of the range, or in steps of 2 s or more where they were more than `most`."""
    if dose.flows:
        return [0]
    now = {dose.hold_seconds, dose.hold_on("right")}
    low, high = max(1, min(low, *now)), min(max(high, *now), LONGEST_HOLD_SECONDS)
    step = next(step for step in STEPS_SECONDS if high - low <= step * most)
    return sorted(
        {hold for hold in range(low, high + 1) if hold % step == 0} | {low, high, dose.hold_seconds}
    )


@lru_cache(maxsize=128)
def _options(dose: Dose, hold_min: int, hold_max: int, reps: int) -> tuple[_Option, ...]:
    """The doses that an item can have, shortest first: of those that take the same time, the one least changed."""
    found: dict[int, _Option] = {}
    most_sets, most_reps = max(MOST_SETS, dose.sets), max(min(2 * reps, MOST_REPS), dose.reps)
    holds = _holds(dose, hold_min, hold_max, min(MOST_HOLDS, 1 + MOST_DOSES // (most_sets * most_reps)))
    for sets in range(1, most_sets + 1):
        for times in range(1, most_reps + 1):
            for hold in holds:
                right = dose.right_hold_seconds
                if right is not None and not dose.flows:
                    scaled = (2 * right * hold + dose.hold_seconds) // (2 * dose.hold_seconds)
                    right = min(max(scaled, holds[0]), holds[-1])
                one = replace(dose, sets=sets, reps=times, hold_seconds=hold, right_hold_seconds=right)
                option = _Option(one.seconds, _change(dose, one), one)
                if option.seconds not in found or option.change < found[option.seconds].change:
                    found[option.seconds] = option
    return tuple(found[seconds] for seconds in sorted(found))


def _change(was: Dose, now: Dose) -> float:
    pairs = ((was.hold_seconds, now.hold_seconds), (was.reps, now.reps), (was.sets, now.sets))
    signs = [(new > old) - (new < old) for old, new in pairs]
    odd = now.hold_seconds >= 15 and now.hold_seconds % 5 != 0 and signs[0] != 0
    return sum(map(abs, signs)) + 3 * abs(signs[2]) + odd + AGAINST * (1 in signs and -1 in signs)


def _sums(options: Sequence[Sequence[_Option]], most: int) -> list[int]:
    """For each item, all that it and those after it can take together: bit n is set where n seconds are possible.

    A last one stands for nothing: 0 seconds. Sums above `most` are left out.
    """

    def add(after: int, those: Sequence[_Option]) -> int:
        together = 0
        for one in those:
            if one.seconds <= most:
                together |= after << one.seconds
        return together & ((2 << most) - 1)

    return list(accumulate(reversed(options), add, initial=1))[::-1]


def _aim(sums: int, target: int, ready: int) -> tuple[int, int]:
    """The least and the most that all doses may take together: those that fit, or else what comes nearest."""
    low, high = ceil(target * (1 - TOLERANCE)) - ready, floor(target * (1 + TOLERANCE)) - ready
    if _has(sums, low, high):
        return low, high
    best = min(_bits(sums), key=lambda seconds: (abs(seconds + ready - target), seconds))
    return best, best


def _has(sums: int, low: int, high: int) -> bool:
    low = max(low, 0)
    return high >= low and (sums >> low) & ((2 << (high - low)) - 1) != 0


def _bits(sums: int) -> Iterator[int]:
    return (place for place, bit in enumerate(reversed(f"{sums:b}")) if bit == "1")


def _shares(rest: Sequence[tuple[int, Sequence[_Option]]], left: float) -> float:
    """What the first of these should take, when all of them are scaled alike to take `left` seconds together."""

    def share(scale: float, seconds: int, those: Sequence[_Option]) -> float:
        return min(max(scale * seconds, those[0].seconds), those[-1].seconds)

    low, high = 0.0, 1.0
    for _ in range(DOUBLINGS):
        if sum(share(high, *each) for each in rest) >= left:
            break
        low, high = high, 2 * high
    for _ in range(DOUBLINGS):
        middle = (low + high) / 2
        if sum(share(middle, *each) for each in rest) < left:
            low = middle
        else:
            high = middle
    return share(high, *rest[0])
