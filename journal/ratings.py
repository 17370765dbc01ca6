"""A person's ratings, counted for the verdicts of journal.insights."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count as CountOf

from accounts.models import User
from journal.insights import Helps, helps
from journal.models import Rating
from journal.verdicts import Count, by_session
from stretches.models import Stretch
from stretches.words import Direction, Kind

FIELDS = {
    Rating.Value.HELPED: "helped",
    Rating.Value.NO_CHANGE: "no_change",
    Rating.Value.UNCOMFORTABLE: "uncomfortable",
}


def of_stretches(user: User, since: datetime) -> Helps:
    """What each stretch did, by the ratings since then. Two queries."""
    return helps(_stretches(user, since), (), (), ())


def of_everything(user: User, since: datetime) -> Helps:
    """The same, and by routine, kind and direction, where a session has one vote. Three queries."""
    rows = Rating.objects.filter(session__user=user, session__started_at__gte=since)
    counted = rows.values_list(
        "session", "session__name", "value", "stretch__kind", "stretch__direction", "stretch__directions_also"
    )
    routines, kinds, directions = Votes(), Votes(), Votes()
    for session, routine, value, kind, direction, also in counted.order_by().iterator():
        routines.add(session, routine, routine, value)
        kinds.add(session, kind, Kind(kind).label, value)
        for each in {direction, *also}:
            directions.add(session, each, Direction(each).label, value)
    return helps(
        _stretches(user, since), *(by_session(each.counts()) for each in (routines, kinds, directions))
    )


class Votes:
    """The ratings of each session, by group."""

    def __init__(self) -> None:
        self.said: dict[tuple[object, str], Counter[str]] = defaultdict(Counter)
        self.names: dict[str, str] = {}

    def add(self, session: object, key: str, name: str, value: str) -> None:
        self.said[session, key][FIELDS[Rating.Value(value)]] += 1
        self.names[key] = name

    def counts(self) -> Iterable[Count]:
        return (Count(key, self.names[key], **said) for (_, key), said in self.said.items())


def _stretches(user: User, since: datetime) -> list[Count]:
    """How often each value was given of each stretch, with what the page draws of it."""
    rows = Rating.objects.filter(session__user=user, session__started_at__gte=since)
    said: dict[int, dict[str, int]] = defaultdict(dict)
    for stretch, value, times in rows.values_list("stretch", "value").annotate(CountOf("pk")).order_by():
        said[stretch][FIELDS[Rating.Value(value)]] = times
    stretches = Stretch.objects.in_bulk(said)
    return [Count(each.slug, each.name, subject=each, **said[pk]) for pk, each in stretches.items()]
