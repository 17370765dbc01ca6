"""Two minutes of a routine: its first stretches, for a day on which that is what there is. Pure."""

from collections.abc import Sequence

from routines.fit import Scalable, fit
from routines.plan import PlanItem, total_seconds

SHORT_SECONDS = 120
"""Getting ready included."""

ROOM = 1.25
"""So much longer it may be, rather than that a stretch is cut (ours)."""


def shortened(items: Sequence[Scalable]) -> tuple[PlanItem, ...]:
    """As many of the first stretches, at their own doses, as take two minutes or little more.

    Where the first alone takes longer, that one with a smaller dose, as near to two minutes as its range lets it.
    """
    taken: list[PlanItem] = []
    for each in items:
        if total_seconds([*taken, each.item]) > SHORT_SECONDS * ROOM:
            break
        taken.append(each.item)
    if taken or not items:
        return tuple(taken)
    return tuple(item.now for item in fit(items[:1], SHORT_SECONDS).items)


def is_longer(items: Sequence[PlanItem]) -> bool:
    """Whether there is anything to be left out."""
    return total_seconds(items) > SHORT_SECONDS * ROOM
