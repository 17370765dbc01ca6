"""Weeks in a row with enough days. Pure. A week has room for days off: there are no daily streaks here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from journal.scores import Flare
from stretches.numbers import in_words

USUAL_GOAL = 3
"""Days a week. Keeping a number of days is harder than keeping minutes (cohort of 2009, doi
10.1186/1471-2474-10-155), and two to three days a week are what the ACSM asks for at least."""

WEEK = timedelta(days=7)

RHYTHM_DAYS = 2 * 365
"""So far back weeks in a row are looked for."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`weeks` in a row reached the `goal`; `left_out` weeks among them did not, for a flare-up or a pause.

    `this_week` are the days of the current week so far, which counts as soon as it reaches the goal and breaks
    nothing before.
    """

    weeks: int
    left_out: int
    this_week: int
    goal: int
    sentence: str


def rhythm(days: Iterable[date], today: date, goal: int = USUAL_GOAL, rests: Iterable[Flare] = ()) -> Rhythm:
    """The weeks from Monday that led up to `today`. `days` with a session; `rests` are flare-ups and pauses.

    A week in which a rest has a day, and that did not reach the goal, is passed over: it neither counts nor
    breaks. Days to come count for nothing. `goal` is 1 to 7; raises ValueError for another.
    """
    if not 1 <= goal <= 7:
        raise ValueError("a week has one to seven days")
    done: dict[date, set[date]] = {}
    for day in days:
        if day <= today:
            done.setdefault(monday(day), set()).add(day)
    spells = tuple(rests)
    this_monday = monday(today)
    this_week = len(done.get(this_monday, ()))
    latest: set[date] = set()  # of a week that is over: what is still to come is not missed
    weeks, left_out, waiting = int(this_week >= goal), 0, 0
    first, week = min(done, default=this_monday), this_monday - WEEK
    while week >= first:
        kept = done.get(week, set())
        if len(kept) >= goal:
            weeks, left_out, waiting = weeks + 1, left_out + waiting, 0
            latest = latest or kept
        elif any(touches(spell, week, week + WEEK - timedelta(days=1)) for spell in spells):
            waiting += 1  # only counts as left out once a week before it is part of the row
        else:
            break
        week -= WEEK
    return Rhythm(weeks, left_out, this_week, goal, _sentence(weeks, left_out, this_week, goal, latest))


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def touches(spell: Flare, first: date, last: date) -> bool:
    """Whether it has a day between these two. One that goes on has no last day."""
    return spell.starts_on <= last and (spell.ends_on is None or spell.ends_on >= first)


def _sentence(weeks: int, left_out: int, this_week: int, goal: int, latest: set[date]) -> str:
    at_least = f"at least {in_words(goal)} day{'' if goal == 1 else 's'}"
    if not weeks:
        so_far = in_words(this_week).capitalize() if this_week else "No"
        plural = "" if this_week == 1 else "s"
        return f"{so_far} day{plural} so far this week. A week counts from {in_words(goal)} on, whichever they are."
    running = f"{in_words(weeks).capitalize()} weeks running" if weeks > 1 else "One week"
    parts = [f"{running} with {at_least}."]
    if missed := _missed(latest):
        parts.append(f"A missed {missed} changes nothing.")
    if left_out:
        which = "One week" if left_out == 1 else f"{in_words(left_out).capitalize()} weeks"
        parts.append(f"{which} with a flare-up or a pause {'is' if left_out == 1 else 'are'} left out.")
    return " ".join(parts)


def _missed(week: set[date]) -> str:
    """The day without a session nearest to the middle of a week, by name; "" without a week."""
    if not week:
        return ""
    start = monday(min(week))
    free = [day for day in (start + timedelta(days=n) for n in (2, 1, 3, 0, 4, 5, 6)) if day not in week]
    return f"{free[0]:%A}" if free else ""
