"""What seems to help: a verdict on each stretch, routine, kind and direction, from a person's own ratings.

Pure: counts in, findings out. Nothing here looks at a pain score, and nothing changes a routine.

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
in four within a year. That is what `BESIDE` says next to every verdict.

**Time of day and days since the last session are not judged.** People are sorer in the morning, and in the
evening begin only when it hurts: both alone make one time of day look better. Comparing plain changes is fooled
by the second, comparing changes from the same score before is fooled by the first, and asking for both is fooled
by the two together: in simulated people for whom nothing helps more at any hour, far more than 5 % were told
that something does. The simulations are in tests/journal/simulations.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from math import sqrt

from journal.tally import Tally, tally
from journal.trend import share_interval
from journal.words import tenths
from stretches.numbers import in_words

FEWEST = 8
"""Ratings, or sessions of a group, below which nothing is said. With fewer the interval spans most shares."""

SURE = 3.6
"""Standard errors that the share helped has to be above one half; see above. A choice, proved by simulation."""

FEW = 30
"""Below this, a share above one half is "too few to be sure"; from here on it is too close to half for that."""

BESIDE = (
    "This shows what went together, not what caused what. "
    "People start when it hurts, and sore spells mostly pass by themselves, so everything looks helpful."
)
"""Stands beside every verdict. Why: regression to the mean (Galton 1886; Barnett and others 2005, Int J
Epidemiol 34:215)."""

RULE = (
    "Under eight ratings it is too early to say. Uncomfortable in a third or more is “Often uncomfortable”, "
    "whatever else was said. “Probably helps you” takes a share so far above half that chance would hardly give "
    "it to anyone: 13 of 13, 25 of 30 or 69 of 100. Above half, and not yet that sure, is “Leaning towards "
    "helpful”. The line below the bars spans the shares that fit your ratings (Wilson’s interval, 90 %); the mark "
    "on it is one half. With more than 40 the bars of a sort run together. "
    "Routines, kinds and directions count sessions: one counts as helped when more than half "
    "of its ratings say so, and as uncomfortable from a third on."
)
"""Shown on a tap."""


class Verdict(Enum):
    """The words, best news first."""

    HELPS = "Probably helps you"
    LEANING = "Leaning towards helpful"
    UNCOMFORTABLE = "Often uncomfortable"
    UNCLEAR = "No clear pattern"
    EARLY = "Too early to say"


ORDER = list(Verdict)


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


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its count, its 90 % interval of the share helped (0 to 1), its bars and its sentence."""

    count: Count
    verdict: Verdict
    low: float
    high: float
    tally: Tally
    sentence: str

    @property
    def key(self) -> str:
        return self.count.key

    @property
    def name(self) -> str:
        return self.count.name

    @property
    def word(self) -> str:
        return self.verdict.value

    @property
    def words(self) -> str:
        """For those who hear the bars."""
        count = self.count
        return f"Helped {count.helped}, no change {count.no_change}, uncomfortable {count.uncomfortable}"


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one sort. `judged` have enough ratings, `early` have not yet."""

    title: str
    judged: tuple[Finding, ...]
    early: tuple[Finding, ...]

    def __bool__(self) -> bool:
        return bool(self.judged or self.early)


@dataclass(frozen=True, slots=True)
class Helps:
    """All that the section shows. `groups` are those with anything in them."""

    stretches: Group
    groups: tuple[Group, ...]
    beside: str = BESIDE
    rule: str = RULE

    def __bool__(self) -> bool:
        return bool(self.stretches or self.groups)


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


def vote(ratings: Count) -> Count:
    """One session's ratings of a group as one answer, by the rules above: uncomfortable from a third on, helped
    when more than half say so, else no change. Ratings there are none of are no answer."""
    cast = replace(ratings, helped=0, no_change=0, uncomfortable=0)
    if not ratings.of:
        return cast
    if 3 * ratings.uncomfortable >= ratings.of:
        return replace(cast, uncomfortable=1)
    return replace(cast, helped=1) if 2 * ratings.helped > ratings.of else replace(cast, no_change=1)


def by_session(rows: Iterable[Count]) -> tuple[Count, ...]:
    """Counts of sessions, from one row for each session and group: the ratings of that group in it."""
    groups: dict[str, Count] = {}
    for row in rows:
        cast = vote(row)
        held = groups.get(row.key)
        groups[row.key] = cast if held is None else _sum(held, cast)
    return tuple(groups[key] for key in sorted(groups))


def findings(title: str, counts: Iterable[Count], sessions: bool = False) -> Group:
    """The verdicts on each: best news first, then the most answers, then by name.

    `sessions` when the counts are of sessions, from `by_session`. What nobody answered is left out.
    """
    found = [_finding(count, sessions) for count in counts if count.of]
    found.sort(key=lambda f: (ORDER.index(f.verdict), -f.count.of, f.name, f.key))
    return Group(
        title,
        tuple(f for f in found if f.verdict is not Verdict.EARLY),
        tuple(f for f in found if f.verdict is Verdict.EARLY),
    )


def helps(
    stretches: Iterable[Count],
    routines: Iterable[Count],
    kinds: Iterable[Count],
    directions: Iterable[Count],
) -> Helps:
    """The section. `stretches` count ratings, one a session at most; the others count sessions."""
    groups = (
        findings("By routine", routines, sessions=True),
        findings("By kind", kinds, sessions=True),
        findings("By the way the low back moves", directions, sessions=True),
    )
    return Helps(findings("By stretch", stretches), tuple(group for group in groups if group))


def _sum(one: Count, other: Count) -> Count:
    return replace(
        one,
        helped=one.helped + other.helped,
        no_change=one.no_change + other.no_change,
        uncomfortable=one.uncomfortable + other.uncomfortable,
    )


def _finding(count: Count, sessions: bool) -> Finding:
    low, high = share_interval(count.helped, count.of)
    found = verdict(count)
    # Under eight there is no line below the bars: it would span nearly everything.
    drawn = tally(
        (count.helped, count.no_change, count.uncomfortable),
        None if found is Verdict.EARLY else (low, high),
    )
    return Finding(count, found, low, high, drawn, _sentence(count, found, (low, high), sessions))


def _sentence(count: Count, found: Verdict, interval: tuple[float, float], sessions: bool) -> str:
    helped = f"Helped {_of(count.helped, count.of, sessions)}"
    if found is Verdict.EARLY:
        return f"{helped}. From {in_words(FEWEST)} on, this says more."
    if found is Verdict.UNCOMFORTABLE:
        uncomfortable = f"Uncomfortable {_of(count.uncomfortable, count.of, sessions)}"
        return f"{uncomfortable}, helped {count.helped}. You could do without for two weeks and see."
    if found is Verdict.HELPS:
        low, high = (tenths(share) for share in interval)
        if low == high:
            return f"{helped}. The true share is about {low}."
        short = low.removesuffix(" in ten") if high.endswith("in ten") else low
        return f"{helped}. The true share could be anywhere from {short} to {high}."
    if found is Verdict.LEANING:
        above = "Not quite enough" if interval[0] > 0.5 else "Too close to half"
        return f"{helped}. {'Too few' if count.of < FEW else above} to be sure."
    return f"{helped}, no change {count.no_change}, uncomfortable {count.uncomfortable}."


def _of(some: int, of: int, sessions: bool) -> str:
    if sessions:
        return f"in {some} of {of} session{'' if of == 1 else 's'}"
    return f"{some} of {of} time{'' if of == 1 else 's'}"
