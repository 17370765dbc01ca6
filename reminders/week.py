"""A week in a few words. Pure. Nothing is said of under three days of scores, and nothing of a single session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from journal.scores import SessionPoint
from journal.trend import Middle, buckets, headline
from journal.words import period, plural

HEADLINE_DAYS = 90


@dataclass(frozen=True, slots=True)
class Week:
    """`middle` are the medians before and after; `sentence` is the history page's own."""

    period: str
    sessions_words: str
    days_words: str
    middle: Middle
    sentence: str


def week(points: Sequence[SessionPoint], monday: date) -> Week | None:
    """The seven days from `monday`, from sessions up to their end; None with scores on fewer than three of them."""
    sunday = monday + timedelta(days=6)
    inside = [point for point in points if monday <= point.day <= sunday]
    found = buckets(inside, weeks=1)
    if not found or found[-1].middle is None:
        return None
    said = headline(points, sunday, HEADLINE_DAYS)
    return Week(
        period=period(monday, sunday),
        sessions_words=plural(len(inside), "session"),
        days_words=plural(len({point.day for point in inside}), "day"),
        middle=found[-1].middle,
        sentence=f"{said.word}. {said.sentence}",
    )
