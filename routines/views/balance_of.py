from collections import defaultdict

from routines.balance import Balance, Part, balance
from routines.models import Routine
from stretches.models import Equipment, StretchMuscle


def balance_of(routine: Routine) -> Balance:
    """What a routine fetched with its items amounts to, in two queries. Areas are those of the main muscles."""
    items = routine.ordered_items
    stretches = {item.stretch_id for item in items}
    areas, pieces = defaultdict(set), defaultdict(set)
    main = StretchMuscle.objects.filter(stretch__in=stretches, primary=True)
    for stretch, area in main.values_list("stretch", "muscle__area"):
        areas[stretch].add(area)
    for stretch, name in Equipment.objects.filter(stretch__in=stretches).values_list("stretch", "name"):
        pieces[stretch].add(name)
    return balance(
        Part(
            directions=tuple(item.stretch.directions),
            areas=tuple(areas[item.stretch_id]),
            equipment=tuple(pieces[item.stretch_id]),
        )
        for item in items
    )
