"""Weeks in a row, thirteen weeks at a glance, a month."""

import re
from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from journal.calendar import HEIGHT, RING, WIDTH, Done, heat, month
from journal.rhythm import monday, rhythm
from journal.scores import Flare

FRIDAY = date(2026, 5, 15)
MONDAY = date(2026, 5, 11)
DAYS = st.dates(date(2025, 11, 1), date(2026, 5, 31))
FLARES = st.builds(
    lambda start, length: Flare(start, length and start + timedelta(days=length - 1), "Long drive"),
    DAYS,
    st.none() | st.integers(1, 40),
)


def make_weeks(*counts: int) -> list[date]:
    """Days from Monday on in the weeks before this one, so many a week; the last is last week's."""
    first = MONDAY - timedelta(weeks=len(counts))
    return [first + timedelta(weeks=week, days=n) for week, count in enumerate(counts) for n in range(count)]


def make_flare(week: int, days: int = 2) -> Flare:
    start = MONDAY - timedelta(weeks=week)
    return Flare(start, start + timedelta(days=days - 1), "Moved house")


# Weeks in a row -----------------------------------------------------------------------------------


def test_eleven_weeks_running():
    days = [
        day for week in range(1, 12) for n in (0, 1, 3, 5) for day in [MONDAY + timedelta(days=n - 7 * week)]
    ]
    found = rhythm(days, FRIDAY)
    assert found.weeks == 11
    assert found.sentence == (
        "Eleven weeks running with at least three days. A missed Wednesday changes nothing."
    )


def test_the_current_week_breaks_nothing_before_it_is_over_and_counts_once_it_is_reached():
    before = make_weeks(3, 3)
    assert rhythm(before, FRIDAY).weeks == 2
    assert rhythm(before, date(2026, 5, 17)).weeks == 2
    assert rhythm(before, date(2026, 5, 18)).weeks == 0
    assert rhythm([*before, MONDAY, *(MONDAY + timedelta(days=n) for n in (1, 4))], FRIDAY).weeks == 3


def test_a_day_of_the_current_week_is_never_called_missed():
    so_far = [MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)]
    assert rhythm(so_far, FRIDAY).sentence == "One week with at least three days."
    every_day = make_weeks(7)
    assert "missed" not in rhythm(every_day + so_far, FRIDAY).sentence
    assert "A missed Sunday" in rhythm(make_weeks(6) + so_far, FRIDAY).sentence


def test_a_week_with_fewer_days_ends_the_row():
    assert rhythm(make_weeks(3, 2, 4, 3), FRIDAY).weeks == 2


def test_a_flare_up_or_a_pause_is_passed_over():
    days = make_weeks(3, 3, 0, 1, 5)
    assert rhythm(days, FRIDAY).weeks == 1
    found = rhythm(days, FRIDAY, rests=[make_flare(2), make_flare(3, days=1)])
    assert (found.weeks, found.left_out) == (3, 2)
    assert found.sentence.endswith("Two weeks with a flare-up or a pause are left out.")


def test_a_week_that_reached_the_goal_counts_in_a_flare_up_too():
    found = rhythm(make_weeks(3, 3, 3), FRIDAY, rests=[make_flare(2)])
    assert (found.weeks, found.left_out) == (3, 0)


def test_a_flare_up_that_goes_on_keeps_the_row_for_as_long_as_it_lasts():
    later = FRIDAY + timedelta(weeks=30)
    assert rhythm(make_weeks(3, 3), later, rests=[Flare(FRIDAY, None, "")]).weeks == 2


def test_without_a_row_the_week_so_far_is_said_and_nobody_is_scolded():
    assert rhythm([], FRIDAY).sentence == (
        "No days so far this week. A week counts from three on, whichever they are."
    )
    assert rhythm([FRIDAY, FRIDAY], FRIDAY).sentence.startswith("One day so far this week.")


def test_one_week_and_whole_weeks_have_their_own_words():
    assert rhythm(make_weeks(3), FRIDAY).sentence == (
        "One week with at least three days. A missed Thursday changes nothing."
    )
    assert rhythm(make_weeks(7, 7), FRIDAY, goal=7).sentence == "Two weeks running with at least seven days."


@pytest.mark.parametrize("goal", [0, 8])
def test_a_goal_that_no_week_has_is_refused(goal):
    with pytest.raises(ValueError, match="one to seven"):
        rhythm([], FRIDAY, goal=goal)


@given(st.lists(DAYS, max_size=150), DAYS, st.integers(1, 7), st.lists(FLARES, max_size=4), st.randoms())
def test_a_row_has_bounds_and_knows_no_order(days, today, goal, rests, chance):
    found = rhythm(days, today, goal, rests)
    past = {day for day in days if day <= today}
    assert 0 <= found.weeks <= len({monday(day) for day in past})
    assert 0 <= found.this_week <= 7
    assert found.left_out == 0 or (found.weeks and rests)
    chance.shuffle(days)
    chance.shuffle(rests)
    assert rhythm(days, today, goal, rests) == found


@given(st.lists(DAYS, max_size=150), DAYS, DAYS, st.integers(1, 6), st.lists(FLARES, max_size=3), FLARES)
def test_another_day_a_lower_goal_or_a_flare_up_never_shortens_a_row(days, more, today, goal, rests, flare):
    weeks = rhythm(days, today, goal + 1, rests).weeks
    assert rhythm(days, today, goal, rests).weeks >= weeks
    assert rhythm([*days, more], today, goal + 1, rests).weeks >= weeks
    assert rhythm(days, today, goal + 1, [*rests, flare]).weeks >= weeks


# Thirteen weeks -----------------------------------------------------------------------------------


def test_thirteen_weeks_end_today_and_say_what_they_show():
    done = [
        Done(FRIDAY, 5),
        Done(MONDAY, 5),
        Done(MONDAY, 4),
        Done(date(2026, 5, 12), 15),
        Done(date(2025, 1, 1), 9),
    ]
    found = heat(done, [make_flare(1)], FRIDAY)
    assert found.label == "Sessions on 3 of the last 89 days"
    assert found.sentence == (
        "3 days out of 89. Stronger colour, longer session. Ringed days were a flare-up."
    )
    assert [cell.level for cell in found.cells[-5:]] == [2, 3, 0, 0, 1]
    assert [cell.on for cell in found.cells if cell.in_flare] == [date(2026, 5, 4), date(2026, 5, 5)]
    assert [cell.on for cell in found.cells if cell.is_today] == [FRIDAY]
    assert found.months == (("Mar", 52), ("Apr", 182), ("May", 286))


def test_a_session_of_no_minutes_is_still_a_session():
    found = heat([Done(FRIDAY, 0)], [], FRIDAY)
    assert (found.days, found.cells[-1].level) == (1, 1)
    assert "Ringed" not in found.sentence


@given(st.lists(st.builds(Done, DAYS, st.integers(0, 90)), max_size=60), st.lists(FLARES, max_size=3), DAYS)
def test_every_day_has_a_place_of_its_own_inside_the_picture(done, flares, today):
    found = heat(done, flares, today)
    assert 85 <= len(found.cells) == found.of <= 91
    assert len({(cell.x, cell.y) for cell in found.cells}) == found.of
    assert all(cell.x >= RING and cell.x + WIDTH + RING <= 364 for cell in found.cells)
    assert all(cell.y >= RING and cell.y + HEIGHT + RING <= 123 for cell in found.cells)
    drawn = {name: path.count("M") for name, path in found.paths}
    assert sum(drawn.get(f"h{level}", 0) for level in range(4)) == found.of - (found.cells[-1].level == 0)
    assert drawn.get("flag", 0) == sum(cell.in_flare for cell in found.cells)
    assert drawn["now"] == 1
    assert found.days == sum(cell.level > 0 for cell in found.cells)
    assert 2 <= len(found.months) <= 4
    assert heat(reversed(done), flares, today) == found


# A month ------------------------------------------------------------------------------------------


def test_a_month_says_what_was_done_on_each_day():
    done = [Done(FRIDAY, 9, "Before the desk"), Done(FRIDAY, 12, "Evening unwind")]
    found = month(done, [make_flare(1)], FRIDAY, FRIDAY)
    (day,) = found.done
    assert (day.on, day.minutes, day.level, day.is_today) == (FRIDAY, 21, 3, True)
    assert day.words == "15 May, 21 minutes: Before the desk, Evening unwind, today"
    assert (found.earlier, found.later) == (date(2026, 4, 1), None)
    assert [d.words for week in found.weeks for d in week if d and d.in_flare] == [
        "4 May, flare-up",
        "5 May, flare-up",
    ]


@given(
    st.lists(st.builds(Done, DAYS, st.integers(0, 90)), max_size=60), st.lists(FLARES, max_size=3), DAYS, DAYS
)
def test_a_month_has_each_of_its_days_once_in_whole_weeks(done, flares, on, today):
    found = month(done, flares, on, today)
    days = [day for week in found.weeks for day in week if day]
    assert all(len(week) == 7 for week in found.weeks)
    assert [day.on.day for day in days] == list(range(1, len(days) + 1))
    assert (days[-1].on + timedelta(days=1)).day == 1
    assert all(day.on.weekday() == n for week in found.weeks for n, day in enumerate(week) if day)
    assert sum(len(day.done) for day in days) == sum(d.on.replace(day=1) == found.first for d in done)
    assert found.later is None or found.later <= today


def test_the_fragments_show_the_weeks_and_the_month():
    done = [Done(FRIDAY, 9, "Before the desk")]
    weeks = {"heat": heat(done, [make_flare(1)], FRIDAY), "rhythm": rhythm([FRIDAY], FRIDAY), "today": FRIDAY}
    page = render_to_string("journal/_rhythm.html", weeks)
    assert 'aria-label="Sessions on 1 of the last 89 days"' in page
    assert re.search(r'<path class="flag" d="([^"]+)"', page)[1].count("M") == 2
    assert "One day so far this week." in page
    page = render_to_string(
        "journal/_month.html", {"month": month(done, [], FRIDAY, FRIDAY), "first": date(1950, 1, 1)}
    )
    assert "15 May, 9 minutes: Before the desk, today" in page
    assert 'href="/journal/2026-04/"' in page
