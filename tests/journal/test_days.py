"""The picture of the week."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from journal.days import TALLEST, week

FRIDAY = date(2026, 5, 15)


def test_a_week_runs_from_monday_and_adds_up_the_minutes_of_a_day():
    days = week([(date(2026, 5, 11), 9), (date(2026, 5, 11), 5), (date(2026, 5, 10), 30)], FRIDAY)
    assert [day.minutes for day in days] == [14, 0, 0, 0, 0, 0, 0]
    assert [day.words for day in days] == [
        "Monday, 14 minutes",
        "Tuesday, nothing",
        "Wednesday, nothing",
        "Thursday, nothing",
        "Friday, today",
        "Saturday",
        "Sunday",
    ]


@given(
    st.lists(st.tuples(st.dates(date(2026, 5, 4), date(2026, 5, 24)), st.integers(1, 600))),
    st.dates(date(2026, 5, 4), date(2026, 5, 24)),
)
def test_bars_stay_inside_the_picture_and_a_longer_day_is_never_shorter(done, today):
    days = week(done, today)
    assert all(0 < day.height <= TALLEST and day.y >= 0 for day in days)
    by_minutes = sorted((day for day in days if day.minutes), key=lambda day: day.minutes)
    assert [day.height for day in by_minutes] == sorted(day.height for day in by_minutes)
