"""A person's sessions, scores, flare-ups and pauses as the chart wants them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import FilteredRelation, Q, Value

from accounts.models import User
from journal.chart import CheckIn, SessionPoint
from journal.models import Moment, PainScore
from journal.scores import Flare
from routines.models import Session


def session_points(user: User, since: datetime | None = None, last: int | None = None) -> list[SessionPoint]:
    """The finished sessions in order, each with its scores: one query of plain rows, for ten years have 7,300."""
    sessions = Session.objects.of(user).finished().order_by("-started_at")
    sessions = sessions.since(since) if since else sessions
    for name, moment in MOMENTS.items():
        only = Q(pain_scores__moment=moment)
        sessions = sessions.annotate(**{name: FilteredRelation("pain_scores", condition=only)})
    rows = sessions.values_list(
        "started_at",
        "time_zone",
        "name",
        *(f"{name}__score" for name in MOMENTS),
        "note__next_day_skipped",
    )
    zones: dict[str, ZoneInfo] = {}
    points = []
    for at, zone, name, before, after, next_day, skipped in rows[:last]:
        there = at.astimezone(zones.get(zone) or zones.setdefault(zone, ZoneInfo(zone)))
        points.append(SessionPoint(there, before, after, next_day, name, bool(skipped)))
    points.reverse()
    return points


MOMENTS = {"said_before": Moment.BEFORE, "said_after": Moment.AFTER, "said_next_day": Moment.NEXT_DAY}


def check_ins(user: User, since: datetime | None = None) -> list[CheckIn]:
    scores = PainScore.objects.of(user).check_ins().order_by("given_at")
    scores = scores.filter(given_at__gte=since) if since else scores
    return [CheckIn(score.there, score.score) for score in scores]


def marked_days(user: User) -> tuple[list[Flare], list[Flare]]:
    """All flare-ups and all pauses, each in order. There are few, and pauses have no label."""
    flares = user.flare_ups.order_by().values_list("starts_on", "ends_on", "label", Value(False))
    pauses = user.pauses.order_by().values_list("starts_on", "ends_on", Value(""), Value(True))
    both: tuple[list[Flare], list[Flare]] = ([], [])
    for first, last, label, is_pause in flares.union(pauses, all=True).order_by("starts_on"):
        both[bool(is_pause)].append(Flare(first, last, label))
    return both
