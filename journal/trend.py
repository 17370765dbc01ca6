"""What the scores do over time: a smooth average, weeks summed up, and the few words above the chart.

Pure: dataclasses in, dataclasses out; the day is passed in. Nothing here speaks about one session's change:
one rating is noisy (reliability about 0.65, measurement noise about 1.8 points).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, exp, sqrt
from statistics import fmean, median, quantiles

from journal.scores import SessionPoint, pairs
from journal.words import about, length, plural, tenths
from stretches.numbers import in_words

LONGEST_PAUSE = 7
"""Days between two scored days. Anything longer is a gap, and stays one in the trend too."""

FEWEST_DAYS = 3
"""A week with scores on fewer days isn't summed up."""

FEWEST_SESSIONS = 10
"""With fewer, the headline is "Too early to say"."""

TREND_WIDTH = 14
"""The trend's bell curve has a standard deviation of the window's days divided by this, two days at least."""

SAMPLES = 60
"""Points of the trend line across a whole window."""

TAILS = 3
"""Standard deviations beyond which a score counts for nothing in the trend."""

Z_90 = 1.645
"""Standard normal quantile of a two-sided interval of 90 %."""


@dataclass(frozen=True, slots=True)
class Middle:
    """Medians before and after; between `low` and `high` lie the middle 80 % of all these scores."""

    before: float
    after: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bucket:
    """The sessions of a few weeks. `middle` is None when fewer than three days have both scores."""

    first_on: date
    last_on: date
    points: tuple[SessionPoint, ...]
    middle: Middle | None


@dataclass(frozen=True, slots=True)
class Headline:
    """`word` and `sentence` stand above the chart, `caution` beside them, `rule` shows on a tap."""

    word: str
    sentence: str
    caution: str
    rule: str


def smooth(
    scores: Iterable[tuple[date, int]], first_on: date, last_on: date
) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The local average of `scores` in the window, in pieces of (days after `first_on`, score).

    A Gaussian average with a standard deviation of the window's days / 14 (a choice of the design: about a
    week in a window of 90 days). Scores outside the window count at its edges. A pause of more than seven
    days ends a piece; a piece of a single day draws no line and is left out. Days are put into cells of
    1/60 of the window, weighed at their centre of mass, which keeps ten years as cheap as a month.
    """
    window = (last_on - first_on).days + 1
    sigma, step, cell = _sigma(window), window / SAMPLES, _cell(window)
    # Of each cell: number of scores, sum of scores, sum of days.
    cells: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    scored = set()
    for day, score in scores:
        n = day.toordinal()
        scored.add(n)
        of_cell = cells[n // cell]
        of_cell[0] += 1
        of_cell[1] += score
        of_cell[2] += n
    centres = {index: (when / count, count, total) for index, (count, total, when) in cells.items()}

    def average(at: float) -> float:
        weight = weighted = 0.0
        for index in range(int(at - TAILS * sigma) // cell, int(at + TAILS * sigma) // cell + 1):
            if index in centres:
                when, count, total = centres[index]
                bell = exp(-(((when - at) / sigma) ** 2) / 2)
                weight, weighted = weight + bell * count, weighted + bell * total
        return weighted / weight

    start, end = first_on.toordinal(), last_on.toordinal()
    lines = []
    for first, last in _pieces(sorted(scored)):
        first, last = max(first, start), min(last, end)
        if first < last:
            spots = [first + i * step for i in range(int((last - first) / step) + 1)]
            if last - spots[-1] > step / 4:
                spots.append(last)
            lines.append(tuple((spot - start, average(spot)) for spot in spots))
    return tuple(lines)


def reach(window: int) -> int:
    """So many days before a window of so many days its trend depends on: the bell's tail and the cell that it ends
    in, or a pause."""
    return max(ceil(TAILS * _sigma(window)) + _cell(window), LONGEST_PAUSE)


def _sigma(window: int) -> float:
    return max(2.0, window / TREND_WIDTH)


def _cell(window: int) -> int:
    return max(1, window // SAMPLES)


def _pieces(days: Sequence[int]) -> list[tuple[int, int]]:
    """First and last day of each run without a pause of more than seven days."""
    pieces: list[tuple[int, int]] = []
    for day in days:
        if pieces and day - pieces[-1][1] <= LONGEST_PAUSE:
            pieces[-1] = (pieces[-1][0], day)
        else:
            pieces.append((day, day))
    return pieces


def buckets(points: Iterable[SessionPoint], weeks: int) -> tuple[Bucket, ...]:
    """Sessions by calendar weeks from Monday, or by so many weeks at a time, oldest first.

    Weeks are counted from 1 January of the year 1, a Monday, so that a bucket is the same whatever the
    window. Buckets without a session are left out.
    """
    size = 7 * weeks
    groups: dict[int, list[SessionPoint]] = {}
    for point in points:
        groups.setdefault((point.day.toordinal() - 1) // size, []).append(point)
    return tuple(_bucket(date.fromordinal(n * size + 1), size, groups[n]) for n in sorted(groups))


def _bucket(first_on: date, size: int, points: Sequence[SessionPoint]) -> Bucket:
    return Bucket(first_on, first_on + timedelta(days=size - 1), tuple(points), _middle(points))


def _middle(points: Sequence[SessionPoint]) -> Middle | None:
    if len({point.day for point in points if point.before and point.after}) < FEWEST_DAYS:
        return None
    befores, afters = zip(*pairs(points), strict=True)
    tenths_of_all = quantiles(befores + afters, n=10, method="inclusive")
    return Middle(median(befores), median(afters), tenths_of_all[0], tenths_of_all[-1])


def weekly_means(points: Iterable[SessionPoint], today: date, days: int = 90) -> tuple[float, ...]:
    """The average score before a session for each seven days back from `today`, oldest first.

    Only within the last `days`, and only weeks with scores on at least three days.
    """
    weeks: dict[int, list[SessionPoint]] = {}
    for point in points:
        age = (today - point.day).days
        if 0 <= age < days and point.before is not None:
            weeks.setdefault(age // 7, []).append(point)
    return tuple(
        fmean(point.before for point in weeks[n] if point.before is not None)
        for n in sorted(weeks, reverse=True)
        if len({point.day for point in weeks[n]}) >= FEWEST_DAYS
    )


def converted(score: float) -> float:
    """A score of 1-10 on the 0-10 scale of the literature: (x - 1) x 10 / 9."""
    return (score - 1) * 10 / 9


def is_meaningful(was: float, now: float) -> bool:
    """Whether two weekly averages differ by more than chance and habit would explain.

    2 points, or 30 % of where it started: Ostelo et al. 2008, "Interpreting change scores for pain and
    functional status in low back pain" (Spine 33:90-94). Per cent are of the converted score. 30 % of very
    little is nothing, so it also takes a whole point: about the smallest change that people starting
    low (1 to 4) noticed in a German inpatient study (doi 10.1055/a-1304-3677).
    """
    change = round(abs(now - was), 6)
    share = round(converted(was) * 0.3, 6)
    return change >= 2 or (change >= 1 and change * 10 / 9 >= share)


def share_interval(hits: int, of: int) -> tuple[float, float]:
    """The 90 % interval of a share (Wilson 1927, JASA 22:209): from, to. `of` is at least 1."""
    share, z2 = hits / of, Z_90**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z_90 * sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def headline(points: Sequence[SessionPoint], today: date, days: int = 90) -> Headline:
    """The line above the chart, from the scores before sessions in the last `days`.

    "Too early to say" with fewer than ten such scores, or without two weeks of scores on at least three
    days each. Otherwise the latest of these weeks against the first: a meaningful fall (see
    `is_meaningful`) is "Slowly easing", a meaningful rise "A rough patch", anything else "Holding
    steady". The words claim what happened, never why.
    """
    recent = [p for p in points if p.before is not None and 0 <= (today - p.day).days < days]
    means = weekly_means(recent, today, days)
    if len(recent) < FEWEST_SESSIONS or len(means) < 2:
        return Headline("Too early to say", _too_few(len(recent), len(means), days), "", _rule(days))
    was, now = means[0], means[-1]
    if not is_meaningful(was, now):
        word = "Holding steady"
    else:
        word = "Slowly easing" if now < was else "A rough patch"
    lower, scored = count_lower(recent)
    sentence = f"Over {_span(recent, today, days)} {_course(was, now)}."
    if scored:
        sentence += f" It was lower afterwards in {lower} of {plural(scored, 'session')}."
    return Headline(word, sentence, caution(lower, scored), _rule(days))


def count_lower(points: Iterable[SessionPoint]) -> tuple[int, int]:
    """After how many sessions the score was lower, and how many have both scores."""
    both = pairs(points)
    return sum(after < before for before, after in both), len(both)


def caution(lower: int, of: int) -> str:
    """What has to stand beside every "lower afterwards": why it flatters, and how sure it is."""
    if not of:
        return ""
    low, high = (tenths(share) for share in share_interval(lower, of))
    short = low.removesuffix(" in ten") if high.endswith("in ten") else low
    sure = f"about {low}" if low == high else f"anywhere from {short} to {high}"
    return (
        "People start when it hurts, so most sessions look helpful. "
        f"With {plural(of, 'session')} the true share could be {sure}."
    )


def _course(was: float, now: float) -> str:
    first, latest = about(was), about(now)
    if first == latest:
        return f"your pain before a session stayed at about {latest}"
    return f"your pain before a session went from about {first} to about {latest}"


def _span(recent: Sequence[SessionPoint], today: date, days: int) -> str:
    """The window's length, or the record's when that is clearly shorter."""
    covered = (today - min(p.day for p in recent)).days + 1
    return length(days if covered > days - 7 else covered)


def _too_few(sessions: int, weeks: int, days: int) -> str:
    if sessions < FEWEST_SESSIONS:
        had = f"{in_words(sessions)} session{'' if sessions == 1 else 's'}"
        return (
            f"{had[0].upper()}{had[1:]} with a score beforehand in the last {length(days)}. "
            "From ten on, this line says how it is going."
        )
    return (
        "Comparing takes two weeks with scores on at least three days each; "
        f"in the last {length(days)} there {'is one' if weeks else 'are none'}."
    )


def _rule(days: int) -> str:
    return (
        "These words compare your average pain before sessions in two weeks: the first and the latest in the "
        f"last {length(days)} that have scores on at least three days. A difference counts from 2 points on, "
        "or from 30 % of where it started if that is at least 1 point (per cent on a scale from 0 to 10). "
        "Lower is “Slowly easing”, higher “A rough patch”, anything between “Holding steady”. "
        "With fewer than ten sessions it is too early to say. "
        "The figures are those researchers agreed on for back pain (Ostelo and others, Spine, 2008)."
    )
