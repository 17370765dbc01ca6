"""Simulated people who rate stretches: how often "Probably helps you" is said wrongly, and rightly.

    python -m tests.journal.simulations

prints the tables. Everything is seeded. A simulated person has some stretches in a few routines, does one routine
a session for a year, says something of some stretches, and looks at the page once a month.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from journal.trend import Z_90
from journal.verdicts import FEWEST, Count, Verdict, verdict, vote
from tests.journal import simulated_hours

PEOPLE = 1000
LOOKS = 12
MOST_RATINGS = 100
UNCOMFORTABLE = 0.1
"""The share of what did not help that was uncomfortable: low, so that it never hides a false "helps"."""


@dataclass(frozen=True)
class Kind:
    """A sort of people. `helped` is from where to where their share helped lies, whatever they do.

    On good days it is higher by `swing`, on bad ones lower; a good or a bad spell lasts `spell` sessions on
    average (2 is no spells: each day for itself).
    """

    helped: tuple[float, float] = (0.5, 0.5)
    swing: float = 0.0
    spell: float = 2.0
    stretches: tuple[int, int] = (5, 12)
    sessions: tuple[int, int] = (60, 300)
    routines: int = 2


NOTHING_HELPS = {
    "every answer a coin toss": Kind(),
    "agreeable or not, good and bad days": Kind(helped=(0.25, 0.5), swing=0.2),
    "coin tosses, good and bad days": Kind(swing=0.2),
    "coin tosses, good and bad weeks": Kind(swing=0.2, spell=5),
    "coin tosses, all 48 stretches, 8 routines": Kind(stretches=(48, 48), sessions=(300, 300), routines=8),
}
YES_SAYERS = {
    f"says “helped” to {share:.0%} of everything": Kind(helped=(share, share)) for share in (0.55, 0.6, 0.7)
}

Counts = dict[str, list[int]]
Rule = Callable[[Count], bool]


def helps(count: Count) -> bool:
    """The rule of the page."""
    return verdict(count) is Verdict.HELPS


def helps_uncorrected(count: Count) -> bool:
    """The lower bound of the 90 % interval alone."""
    return verdict(count, Z_90) is Verdict.HELPS


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - nobody's secret


def year(kind: Kind, rng: random.Random, by_ratings: bool = False) -> Iterator[Counts]:
    """The counts behind the page, a look at a time. Groups are counted by session, or `by_ratings` one by one."""
    stretches = rng.randint(*kind.stretches)
    groups = [(f"kind:{rng.randrange(6)}", f"direction:{rng.randrange(6)}") for _ in range(stretches)]
    routines = [rng.sample(range(stretches), max(4, stretches // 2)) for _ in range(kind.routines)]
    sessions = rng.randint(*kind.sessions)
    helped, notices, good = rng.uniform(*kind.helped), rng.uniform(0.3, 1), 1
    counts: Counts = defaultdict(lambda: [0, 0, 0])
    for session in range(sessions):
        good = -good if rng.random() < 1 / kind.spell else good
        chance = helped + good * kind.swing
        routine = rng.randrange(kind.routines)
        tonight: Counts = defaultdict(lambda: [0, 0, 0])
        for stretch in routines[routine]:
            own = counts[f"stretch:{stretch}"]
            if rng.random() < notices and sum(own) < MOST_RATINGS:
                answer = 0 if rng.random() < chance else 1 if rng.random() > UNCOMFORTABLE else 2
                own[answer] += 1
                for group in (*groups[stretch], f"routine:{routine}"):
                    tonight[group][answer] += 1
        for group, answers in tonight.items():
            for answer, said in enumerate(answers if by_ratings else vote(*answers)):
                counts[group][answer] += said
        if (session + 1) * LOOKS // sessions > session * LOOKS // sessions:
            yield counts


def saw(
    kind: Kind, rule: Rule = helps, people: int = PEOPLE, seed: int = 1, by_ratings: bool = False
) -> float:
    """The share of people who saw "Probably helps you" about anything in a year of looks."""
    return (
        sum(
            any(
                rule(Count("", "", *answers))
                for counts in year(kind, seeded(seed * 100_003 + person), by_ratings)
                for answers in counts.values()
                if sum(answers) >= FEWEST
            )
            for person in range(people)
        )
        / people
    )


def found(
    helped: float, uncomfortable: float, ratings: int, people: int = PEOPLE, seed: int = 2
) -> dict[Verdict, float]:
    """How often each verdict is given on one stretch with these chances of an answer."""
    rng, given = seeded(seed), dict.fromkeys(Verdict, 0)
    for _ in range(people):
        answers = [0, 0, 0]
        for _ in range(ratings):
            said = rng.random()
            answers[0 if said < helped else 2 if said > 1 - uncomfortable else 1] += 1
        given[verdict(Count("", "", *answers))] += 1
    return {word: n / people for word, n in given.items()}


def tables() -> Iterator[str]:
    yield f"Share of {PEOPLE} people who see any “Probably helps you” within a year\n"
    yield f"{'':52}{'the rule':>10}{'90 % only':>11}{'by ratings':>12}"
    for name, kind in {**NOTHING_HELPS, **YES_SAYERS}.items():
        rule, uncorrected, by_ratings = saw(kind), saw(kind, helps_uncorrected), saw(kind, by_ratings=True)
        yield f"{name:52}{rule:>10.1%}{uncorrected:>11.1%}{by_ratings:>12.1%}"
    for title, word, chances in (
        (
            "“Probably helps you”, by the chance of “helped”",
            Verdict.HELPS,
            [(p, 0.05) for p in (0.7, 0.8, 0.9)],
        ),
        (
            "At least “Leaning towards helpful”, by the chance of “helped”",
            None,
            [(p, 0.05) for p in (0.7, 0.8, 0.9)],
        ),
        (
            "“Often uncomfortable”, by the chance of it",
            Verdict.UNCOMFORTABLE,
            [(0.3, p) for p in (0.1, 0.2, 0.5, 0.7)],
        ),
    ):
        yield f"\n{title}\n{'ratings':>9}{'10':>9}{'30':>9}{'100':>9}"
        for helped, uncomfortable in chances:
            shares = [found(helped, uncomfortable, n) for n in (10, 30, 100)]
            told = [s[word] if word else s[Verdict.HELPS] + s[Verdict.LEANING] for s in shares]
            of = uncomfortable if word is Verdict.UNCOMFORTABLE else helped
            yield f"{of:>9.1f}" + "".join(f"{share:>9.1%}" for share in told)
    yield from simulated_hours.table()


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in tables())
