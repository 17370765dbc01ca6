"""What is due when: arithmetic of clocks, in zones that change them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminders.due import WINDOW, asked_at, instant, is_late, is_wanted, moments
from routines.schedule import EVERY_DAY, WEEKDAYS, Slot, minute

BERLIN, NEW_YORK, LORD_HOWE = map(ZoneInfo, ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"))
ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Pacific/Apia",
        "America/Sao_Paulo",
        "Pacific/Kiritimati",
    ]
).map(ZoneInfo)
TIMES = st.sampled_from(["morning", "midday", "evening"]) | st.builds(
    "{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59)
)
INSTANTS = st.datetimes(
    datetime.fromisoformat("2010-01-01"), datetime.fromisoformat("2030-01-01"), timezones=st.just(UTC)
)
DAYS = st.integers(1, 127)
SPANS = st.timedeltas(timedelta(0), timedelta(days=20))


@pytest.mark.parametrize(
    ("zone", "day", "utc"),
    [
        (BERLIN, date(2026, 3, 28), "17:30"),
        (BERLIN, date(2026, 3, 29), "16:30"),  # the night before, the clocks went forward
        (BERLIN, date(2026, 10, 24), "16:30"),
        (BERLIN, date(2026, 10, 25), "17:30"),
        (NEW_YORK, date(2026, 3, 7), "23:30"),
        (NEW_YORK, date(2026, 3, 8), "22:30"),
        (NEW_YORK, date(2026, 10, 31), "22:30"),
        (NEW_YORK, date(2026, 11, 1), "23:30"),
        (LORD_HOWE, date(2026, 4, 4), "07:30"),  # by half an hour
        (LORD_HOWE, date(2026, 4, 5), "08:00"),
        (LORD_HOWE, date(2026, 10, 3), "08:00"),
        (LORD_HOWE, date(2026, 10, 4), "07:30"),
    ],
)
def test_half_past_six_stays_half_past_six_when_the_clocks_change(zone, day, utc):
    found = instant(day, "18:30", zone)
    assert f"{found:%H:%M}" == utc
    assert found.astimezone(zone).time() == time(18, 30)


def test_a_time_that_the_clock_leaves_out_is_an_hour_later_and_one_it_has_twice_is_the_first():
    skipped = instant(date(2026, 3, 29), "02:30", BERLIN)
    assert skipped.astimezone(BERLIN).time() == time(3, 30)
    twice = instant(date(2026, 10, 25), "02:30", BERLIN)
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_day_that_a_place_never_had_has_no_reminder():
    apia = ZoneInfo("Pacific/Apia")
    assert instant(date(2011, 12, 30), "morning", apia) is None
    around = moments(EVERY_DAY, "morning", apia, *(datetime(2011, 12, day, tzinfo=UTC) for day in (28, 31)))
    assert [moment.astimezone(apia).day for moment in around] == [28, 29, 31]


def test_midnight_belongs_to_the_day_that_begins():
    sunday_to_monday = datetime(2026, 3, 1, 22, tzinfo=UTC), datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert moments(0b1, "00:00", BERLIN, *sunday_to_monday) == [datetime(2026, 3, 1, 23, tzinfo=UTC)]
    assert moments(0b1000000, "00:00", BERLIN, *sunday_to_monday) == []
    assert moments(0b1000000, "23:59", BERLIN, *sunday_to_monday) == [
        datetime(2026, 3, 1, 22, 59, tzinfo=UTC)
    ]


@given(DAYS, TIMES, ZONES, INSTANTS, st.lists(SPANS, max_size=8))
def test_however_often_it_is_looked_each_moment_comes_once_and_none_is_lost(days, at, zone, start, spans):
    """Runs one after the other, at whatever distance, find together what one run over all of it finds."""
    found, last = [], start
    for span in spans:
        found += moments(days, at, zone, last, last + span)
        last += span
    assert found == moments(days, at, zone, start, last)
    assert len(set(found)) == len(found)


@given(DAYS, TIMES, ZONES, INSTANTS, SPANS)
def test_each_moment_is_at_its_time_of_the_clock_on_one_of_its_days(days, at, zone, start, span):
    for moment in moments(days, at, zone, start, start + span):
        there = moment.astimezone(zone)
        assert days >> there.weekday() & 1
        hours, minutes = divmod(minute(at), 60)
        wanted = datetime.combine(there.date(), time(hours, minutes))
        is_left_out = (
            wanted.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wanted
        )
        assert is_left_out or there.replace(tzinfo=None) == wanted


@given(TIMES, ZONES, INSTANTS, SPANS)
def test_every_day_of_the_clock_has_its_moment(at, zone, start, span):
    found = {moment.astimezone(zone).date() for moment in moments(EVERY_DAY, at, zone, start, start + span)}
    first, last = start.astimezone(zone).date(), (start + span).astimezone(zone).date()
    between = (first + timedelta(days=n) for n in range(1, (last - first).days))
    assert all(day in found or day == date(2011, 12, 30) for day in between)


@given(INSTANTS, ZONES)
def test_the_question_comes_by_day_and_while_it_may_be_answered(end, zone):
    at = asked_at(end, zone)
    assert timedelta(hours=18) <= at - end <= timedelta(hours=33)
    if zone.key != "Pacific/Apia":
        assert at - end <= timedelta(hours=30)
    assert time(8) <= at.astimezone(zone).time() < time(21)


def test_after_an_hour_it_is_too_late():
    due = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
    assert not is_late(due, due + WINDOW)
    assert is_late(due, due + WINDOW + timedelta(seconds=1))


def slot(at: str, *, done: bool) -> Slot:
    return Slot(1, at, is_done=done)


@pytest.mark.parametrize(
    ("slots", "any_done", "wanted"),
    [
        ([], False, True),
        ([], True, False),
        ([slot("morning", done=True)], True, False),
        ([slot("morning", done=False)], True, True),
        ([slot("morning", done=True), slot("18:30", done=False)], True, False),  # that is for later
        ([slot("18:30", done=False)], True, False),
        ([slot("18:30", done=False)], False, True),
        ([slot("", done=False)], True, True),
    ],
)
def test_at_midday_a_reminder_is_wanted_while_what_is_meant_for_the_day_so_far_is_not_done(
    slots, any_done, wanted
):
    assert is_wanted(slots, any_done, minute("midday")) is wanted


def test_weekdays_leave_out_the_weekend():
    week = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)
    assert [moment.day for moment in moments(WEEKDAYS, "morning", ZoneInfo("UTC"), *week)] == [2, 3, 4, 5, 6]
