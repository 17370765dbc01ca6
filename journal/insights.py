"""What seems to help: each stretch, routine, kind and direction with its verdict, from a person's own ratings.

Pure: counts in, findings out. Nothing here looks at a pain score, and nothing changes a routine. The rules, and
why they are so strict, are in journal/verdicts.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from journal.tally import Tally, tally
from journal.trend import share_interval
from journal.verdicts import FEWEST, Count, Verdict, verdict
from journal.words import tenths
from stretches.numbers import in_words

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


ORDER = list(Verdict)


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
