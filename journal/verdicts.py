"""The rules behind "Probably helps you" and the other verdicts on what a person rated. Pure: counts in, words out.

**3.6 standard errors, not 1.6.** "Probably helps you" was first meant to follow from the 90 % interval, which
reaches 1.645 standard errors. Of 1,000 simulated people for whom nothing helps, two in three then read it about
something within a year: a page judges twenty things or more at once, and is looked at again every month. So the
interval that is drawn stays the 90 % one, and these words wait until the lower bound of the same interval at 3.6
standard errors is above one half. That takes 13 of 13, 25 of 30 or 69 of 100. One figure for everyone is
simpler than one that depends on how much is on the page, and a new stretch never takes a verdict from another.
At 3.3 the people who rate all 48 stretches of the catalogue are told wrongly too often; 3.6 leaves a margin.

**A session has one vote.** Ratings of the same evening are alike, so a routine, a kind or a direction counts
sessions, not ratings (see `by_session`). Otherwise good and bad weeks alone make a group look helpful.

**What "nothing helps" means here**: whatever a person does, the chance that they say "helped" is one half at
most. Somebody who says "helped" of everything out of politeness, or because sore spells pass by themselves, is
beyond what their ratings can tell: somebody who says it of 60 % of everything reads "probably helps you" one time
in four within a year. That is what stands beside every verdict.

**Time of day and days since the last session are not judged.** People are sorer in the morning, and in the
evening begin only when it hurts: both alone make one time of day look better. Comparing plain changes is fooled
by the second, comparing changes from the same score before is fooled by the first, and asking for both is fooled
by the two together: in simulated people for whom nothing helps more at any hour, far more than 5 % were told
that something does. The simulations are in tests/journal/simulations.py and simulated_hours.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from math import sqrt

FEWEST = 8
"""Ratings, or sessions of a group, below which nothing is said. With fewer the interval spans most shares."""

SURE = 3.6
"""Standard errors that the share helped has to be above one half; see above. A choice, proved by simulation."""


class Verdict(Enum):
    """The words, best news first."""

    HELPS = "Probably helps you"
    LEANING = "Leaning towards helpful"
    UNCOMFORTABLE = "Often uncomfortable"
    UNCLEAR = "No clear pattern"
    EARLY = "Too early to say"


@dataclass(frozen=True, slots=True)
class Count:
    """How often each answer was given of one thing. `subject` is what a page draws beside it; unused here.

    Raises ValueError for a count below nought.
    """

    key: str
    name: str
    helped: int = 0
    no_change: int = 0
    uncomfortable: int = 0
    subject: object = None

    def __post_init__(self) -> None:
        if min(self.helped, self.no_change, self.uncomfortable) < 0:
            raise ValueError("a count is never below nought")

    @property
    def of(self) -> int:
        """All answers."""
        return self.helped + self.no_change + self.uncomfortable


def verdict(count: Count, sure: float = SURE) -> Verdict:
    """The verdict on one count.

    - Under eight answers: too early to say.
    - Uncomfortable in a third or more: often uncomfortable. It goes before everything good: what hurts one
      time in three is no help, however the other two went.
    - The lower bound of Wilson's interval (1927, JASA 22:209) at `sure` standard errors above one half:
      probably helps you. That bound is above one half exactly when helped - of/2 is more than
      `sure` x sqrt(of) / 2.
    - The share helped above one half: leaning towards helpful.
    - Anything else: no clear pattern.
    """
    if count.of < FEWEST:
        return Verdict.EARLY
    if 3 * count.uncomfortable >= count.of:
        return Verdict.UNCOMFORTABLE
    above = 2 * count.helped - count.of
    if above > sure * sqrt(count.of):
        return Verdict.HELPS
    return Verdict.LEANING if above > 0 else Verdict.UNCLEAR


def vote(helped: int, no_change: int, uncomfortable: int) -> tuple[int, int, int]:
    """One session's ratings of a group as one answer, by the rules above: uncomfortable from a third on, helped
    when more than half say so, else no change. Ratings there are none of are no answer."""
    of = helped + no_change + uncomfortable
    if not of:
        return 0, 0, 0
    if 3 * uncomfortable >= of:
        return 0, 0, 1
    return (1, 0, 0) if 2 * helped > of else (0, 1, 0)


def by_session(rows: Iterable[Count]) -> tuple[Count, ...]:
    """Counts of sessions, from one row for each session and group: the ratings of that group in it.

    Names and subjects are those of the last row of a key.
    """
    groups: dict[str, tuple[Count, list[int]]] = {}
    for row in rows:
        answers = groups[row.key][1] if row.key in groups else [0, 0, 0]
        for n, said in enumerate(vote(row.helped, row.no_change, row.uncomfortable)):
            answers[n] += said
        groups[row.key] = row, answers
    found = []
    for key in sorted(groups):
        row, (helped, no_change, uncomfortable) = groups[key]
        found.append(Count(key, row.name, helped, no_change, uncomfortable, row.subject))
    return tuple(found)
