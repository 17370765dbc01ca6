"""Simulated people whose sessions are all alike at every hour: why times of day are not compared.

Sessions are of three sorts: morning, midday, evening, or by the days since the last one. Pain has a level that
drifts from day to day and may differ by sort; both scores are that level with measurement noise, so that nobody is
helped by one sort more than by another. People may begin sessions of the last sort mostly when it hurts.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

Session = tuple[int, int, int]
"""Sort, score before, score after."""

SURE = 3.3
"""Standard errors; stricter than three comparisons and a look a month would need if the test were a fair one."""

NOISE = 1.3
"""Of one score, so that the change of two has the 1.8 points of the literature."""


@dataclass(frozen=True)
class Habits:
    """How much sorer the first sort is than the last, how often an evening with less pain is left out, and how
    much more the pain eases by itself, or is eased, after a session of the first sort; all but the second in points.
    """

    sorer: float = 0.0
    picky: float = 0.0
    eases: float = 0.0


PEOPLE = {
    "nothing but chance": Habits(),
    "sorer in the morning": Habits(sorer=1.5),
    "evenings only when it hurts": Habits(picky=1),
    "both": Habits(sorer=1.5, picky=1),
    "mornings ease by half a point without a session": Habits(eases=0.5),
}
HELPED = {
    "mornings help by one point more": Habits(eases=1),
    "mornings help by two points more": Habits(eases=2),
}


def sessions(habits: Habits, count: int, rng: random.Random) -> list[Session]:
    usual, drift, done = rng.uniform(4, 6), 0.0, []
    while len(done) < count:
        drift = 0.9 * drift + rng.gauss(0, 0.5)
        sort = rng.randrange(3)
        level = usual + drift + habits.sorer * (2 / 3, -1 / 3, -1 / 3)[sort]
        before = _score(level, rng)
        if sort == 2 and before < usual + drift + 0.5 and rng.random() < habits.picky:
            continue
        done.append((sort, before, _score(level - (habits.eases if sort == 0 else 0), rng)))
    return done


def by_change(done: list[Session], sort: int) -> float:
    """Standard errors by which this sort's change is the better one, plain."""
    return _errors([(s == sort, after - before) for s, before, after in done])


def by_change_from_the_same(done: list[Session], sort: int) -> float:
    """The same among sessions that began with the same score."""
    afters = defaultdict(list)
    for _, before, after in done:
        afters[before].append(after)
    usual = {before: fmean(values) for before, values in afters.items()}
    return _errors([(s == sort, after - usual[before]) for s, before, after in done])


def told(habits: Habits, count: int = 300, people: int = 200) -> tuple[float, float, float]:
    """The share of people told that a sort helps more: by plain changes, from the same score, by both at once."""
    seen = [0, 0, 0]
    for person in range(people):
        done = sessions(habits, count, random.Random(person))  # noqa: S311 - nobody's secret
        plain, same = (
            [test(done, sort) for sort in range(3)] for test in (by_change, by_change_from_the_same)
        )
        both = [min(pair) for pair in zip(plain, same, strict=True)]
        for n, errors in enumerate((plain, same, both)):
            seen[n] += max(errors) > SURE
    return seen[0] / people, seen[1] / people, seen[2] / people


def table() -> Iterator[str]:
    yield "\nTold that one time of day helps more, in a year of 300 sessions (not built, for this reason)\n"
    yield f"{'':52}{'change':>10}{'same start':>12}{'both':>8}"
    for name, habits in {**PEOPLE, **HELPED}.items():
        plain, same, both = told(habits)
        yield f"{name:52}{plain:>10.1%}{same:>12.1%}{both:>8.1%}"


def _score(level: float, rng: random.Random) -> int:
    return max(1, min(10, round(level + rng.gauss(0, NOISE))))


def _errors(changes: list[tuple[bool, float]]) -> float:
    here = [change for is_here, change in changes if is_here]
    others = [change for is_here, change in changes if not is_here]
    if min(len(here), len(others)) < 8:
        return 0.0
    means = fmean(here), fmean(others)
    squares = sum((c - m) ** 2 for cs, m in zip((here, others), means, strict=True) for c in cs)
    error = sqrt(squares / (len(changes) - 2) * (1 / len(here) + 1 / len(others)))
    return (means[1] - means[0]) / error if error else 0.0
