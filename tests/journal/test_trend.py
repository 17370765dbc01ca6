"""The trend, weeks summed up, and what the headline may say."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.scores import SessionPoint
from journal.trend import (
    buckets,
    caution,
    converted,
    headline,
    is_meaningful,
    reach,
    share_interval,
    smooth,
    weekly_means,
)

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = date(2026, 5, 15)
SCORES = st.integers(1, 10)


def make_point(day: date, before: int | None, after: int | None = None, hour: int = 8) -> SessionPoint:
    at = datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN)
    return SessionPoint(at, before, after, None, "Before the desk")


def ago(days: int) -> date:
    return FRIDAY - timedelta(days=days)


def make_week(weeks_ago: int, *befores: int, lower: bool = True) -> list[SessionPoint]:
    """A session a day, the newest on the last day of that week."""
    days = range(7 * weeks_ago + len(befores) - 1, 7 * weeks_ago - 1, -1)
    return [
        make_point(ago(n), before, before - 1 if lower else before)
        for n, before in zip(days, befores, strict=True)
    ]


# The smooth line ----------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.dates(ago(120), FRIDAY), SCORES), max_size=80), st.integers(1, 120))
def test_the_trend_stays_inside_its_window_and_among_its_scores(scores, days):
    for line in smooth(scores, ago(days - 1), FRIDAY):
        assert len(line) > 1
        assert all(0 <= x <= days - 1 for x, _ in line)
        assert [x for x, _ in line] == sorted({x for x, _ in line})
        assert all(min(s for _, s in scores) - 1e-9 <= y <= max(s for _, s in scores) + 1e-9 for _, y in line)


@given(st.lists(st.tuples(st.dates(ago(4000), FRIDAY), SCORES), min_size=2, max_size=60))
def test_the_trend_never_bridges_more_than_seven_days_without_a_score(scores):
    first = min(day for day, _ in scores)
    scored = sorted({(day - first).days for day, _ in scores})
    gaps = [(a, b) for a, b in pairwise(scored) if b - a > 7]
    for line in smooth(scores, first, FRIDAY):
        for a, b in gaps:
            assert not (line[0][0] < b and line[-1][0] > a)


@given(st.lists(st.tuples(st.dates(ago(900), FRIDAY), SCORES), max_size=80), st.integers(1, 400))
def test_the_trend_depends_on_nothing_beyond_its_reach(scores, days):
    first = ago(days - 1)
    near = [(day, score) for day, score in scores if day >= first - timedelta(days=reach(days))]
    assert smooth(near, first, FRIDAY) == smooth(scores, first, FRIDAY)


def test_a_pause_of_seven_days_is_not_yet_a_gap():
    scores = [(ago(n), 4) for n in (20, 13, 6)]
    assert len(smooth(scores, ago(29), FRIDAY)) == 1
    apart = [(ago(n), 4) for n in (20, 19, 11, 10)]
    assert len(smooth(apart, ago(29), FRIDAY)) == 2


def test_the_trend_of_equal_scores_is_flat_and_one_day_makes_no_line():
    line = smooth([(ago(n), 6) for n in range(30)], ago(29), FRIDAY)[0]
    assert {round(score, 6) for _, score in line} == {6}
    assert smooth([(FRIDAY, 6), (FRIDAY, 2)], ago(29), FRIDAY) == ()
    assert smooth([], ago(29), FRIDAY) == ()


def test_the_trend_reaches_the_edge_of_the_window_when_the_record_goes_on_beyond():
    line = smooth([(ago(n), 5) for n in range(60)], ago(29), FRIDAY)[0]
    assert (line[0][0], line[-1][0]) == (0, 29)


# Weeks --------------------------------------------------------------------------------------------


def test_a_week_runs_from_monday_and_gives_medians_and_the_middle_eighty_per_cent():
    monday = date(2026, 5, 4)
    points = [
        make_point(monday + timedelta(days=n), b, a)
        for n, (b, a) in enumerate([(6, 4), (4, 3), (5, 5), (7, 1)])
    ]
    (week,) = buckets(points, 1)
    assert (week.first_on, week.last_on) == (monday, date(2026, 5, 10))
    assert (week.middle.before, week.middle.after) == (5.5, 3.5)
    assert 1 <= week.middle.low <= week.middle.high <= 7


def test_a_week_with_both_scores_on_two_days_is_not_summed_up():
    monday = date(2026, 5, 4)
    twice_a_day = [make_point(monday + timedelta(days=n), 5, 3, hour) for n in (0, 1) for hour in (8, 20)]
    one_score_only = [make_point(monday + timedelta(days=2), 5, None)]
    (week,) = buckets(twice_a_day + one_score_only, 1)
    assert week.middle is None
    assert len(week.points) == 5


@given(st.lists(st.dates(ago(3000), FRIDAY), max_size=60), st.sampled_from([1, 4]))
def test_every_session_is_in_exactly_one_bucket_and_buckets_are_in_order(days, weeks):
    points = [make_point(day, 5, 4) for day in sorted(days)]
    found = buckets(points, weeks)
    assert [point for bucket in found for point in bucket.points] == points
    assert all(bucket.first_on <= point.day <= bucket.last_on for bucket in found for point in bucket.points)
    assert all((bucket.last_on - bucket.first_on).days == 7 * weeks - 1 for bucket in found)


def test_weekly_means_leave_out_weeks_under_three_days_and_sessions_without_a_score_before():
    points = [
        *make_week(2, 6, 6, 3),
        *make_week(1, 4, 4),
        make_point(ago(8), None, 2),
        *make_week(0, 2, 3, 4),
    ]
    assert weekly_means(points, FRIDAY) == (5, 3)


# What counts as a change --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "counts"),
    [
        (9, 7, True),  # 2 points, though under 30 %
        (9, 7.1, False),
        (5, 3.8, True),  # 1.2 points are 30 % of where it started
        (5, 3.81, False),
        (5, 6.2, True),  # up as down
        (5, 6.19, False),
        (2, 1.5, False),  # half of it, yet under one point
        (2, 1, True),
        (1, 2, True),  # from no pain every per cent is endless; a point is a point
        (1, 1.9, False),
        (4, 4, False),
        (1, 1, False),
    ],
)
def test_a_change_counts_from_two_points_or_thirty_per_cent_and_at_least_one_point(was, now, counts):
    assert is_meaningful(was, now) is counts


def test_the_scale_is_converted_to_nought_to_ten():
    assert [round(converted(score), 1) for score in range(1, 11)] == [
        0, 1.1, 2.2, 3.3, 4.4, 5.6, 6.7, 7.8, 8.9, 10,
    ]  # fmt: skip


# The headline -------------------------------------------------------------------------------------


def test_under_ten_sessions_it_is_too_early_to_say():
    nine = [*make_week(4, 8, 8, 8, 8), *make_week(0, 2, 2, 2, 2, 2)]
    assert headline(nine, FRIDAY).word == "Too early to say"
    assert headline(nine, FRIDAY).sentence.startswith("Nine sessions with a score beforehand")
    assert headline([*make_week(5, 8), *nine], FRIDAY).word == "Slowly easing"


def test_ten_sessions_without_two_whole_weeks_are_too_early_too():
    twice_a_week = [make_point(ago(7 * week + n), 5, 4) for week in range(9, -1, -1) for n in (3, 0)]
    told = headline(twice_a_week, FRIDAY)
    assert told.word == "Too early to say"
    assert "there are none" in told.sentence


@pytest.mark.parametrize(
    ("first", "latest", "word"),
    [
        ((5, 5, 5, 5, 5), (4, 4, 4, 4, 3), "Slowly easing"),
        ((5, 5, 5, 5, 5), (4, 4, 4, 4, 4), "Holding steady"),
        ((5, 5, 5, 5, 5), (6, 6, 6, 6, 7), "A rough patch"),
        ((5, 5, 5, 5, 5), (6, 6, 6, 6, 6), "Holding steady"),
        ((9, 9, 9, 9, 9), (7, 7, 7, 7, 7), "Slowly easing"),
        ((1, 1, 1, 1, 1), (1, 1, 1, 1, 1), "Holding steady"),
    ],
)
def test_the_headline_compares_the_latest_week_with_the_first(first, latest, word):
    assert headline([*make_week(8, *first), *make_week(0, *latest)], FRIDAY).word == word


def test_the_sentence_is_written_from_the_data():
    points = [
        *make_week(12, 5, 6, 6, 5),
        *make_week(6, 5, 5, 5, 5, lower=False),
        *make_week(0, 4, 4, 4, 4),
    ]
    told = headline(points, FRIDAY)
    assert told.word == "Slowly easing"
    assert told.sentence == (
        "Over 90 days your pain before a session went from about 5½ to about 4. "
        "It was lower afterwards in 8 of 12 sessions."
    )
    assert "People start when it hurts" in told.caution
    assert "from four to eight in ten" in told.caution
    assert "Ostelo" in told.rule


def test_the_sentence_speaks_of_no_more_days_than_there_are():
    told = headline([*make_week(2, 5, 5, 5, 5, 5, 5), *make_week(0, 5, 5, 5, 5)], FRIDAY)
    assert told.sentence.startswith("Over 20 days your pain before a session stayed at about 5.")


def test_days_to_come_and_days_long_ago_do_not_count():
    old = make_week(30, 9, 9, 9, 9)
    ahead = [make_point(FRIDAY + timedelta(days=3), 9, 1)]
    steady = [*make_week(3, 4, 4, 4, 4, 4), *make_week(0, 4, 4, 4, 4, 4)]
    assert headline([*old, *steady, *ahead], FRIDAY) == headline(steady, FRIDAY)


@given(st.lists(st.tuples(st.dates(ago(100), FRIDAY), SCORES | st.none(), SCORES | st.none()), max_size=60))
def test_the_headline_has_an_answer_to_everything(sessions):
    points = [make_point(day, before, after) for day, before, after in sorted(sessions, key=lambda s: s[0])]
    told = headline(points, FRIDAY)
    assert told.word in ("Slowly easing", "Holding steady", "A rough patch", "Too early to say")
    assert told.sentence.endswith(".")


@given(st.integers(1, 300).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_of_a_share_holds_the_share(found):
    hits, of = found
    low, high = share_interval(hits, of)
    assert 0 <= low <= hits / of + 1e-9
    assert hits / of - 1e-9 <= high <= 1


def test_the_interval_of_a_known_share():
    assert share_interval(11, 14) == pytest.approx((0.568, 0.911), abs=0.001)
    assert caution(0, 0) == ""
