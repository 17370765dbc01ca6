"""Days, times and balance: arithmetic and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routines import schedule
from routines.balance import Part, balance

clock_times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
times = st.lists(st.sampled_from(list(schedule.NAMED)) | clock_times, max_size=8)


@pytest.mark.parametrize(
    ("days", "times", "words"),
    [
        (0b0011111, ["18:30", "morning"], "Weekdays, morning and 18:30"),
        (0b1111111, ["evening"], "Every day, evening"),
        (0b0001001, ["midday"], "Mondays and Thursdays, midday"),
        (0b1100000, [], "Weekends"),
        (0b0111111, [], "Every day but Sunday"),
        (
            0b1010100,
            ["morning", "midday", "evening"],
            "Wednesdays, Fridays and Sundays, morning, midday and evening",
        ),
        (0b0000010, ["06:05", "06:05"], "Tuesdays, 06:05"),
        (0, ["morning"], ""),
    ],
)
def test_days_and_times_are_said_as_people_say_them(days, times, words):
    assert schedule.words(days, times) == words


@given(st.integers(1, 127))
def test_no_two_choices_of_days_sound_the_same(days):
    others = {schedule.day_words(other) for other in range(1, 128) if other != days}
    assert schedule.day_words(days) not in others
    assert sum(1 << day for day in schedule.days_in(days)) == days


def test_names_of_times_stand_among_those_of_the_clock():
    mixed = ["19:01", "evening", "midday", "12:00", "morning", "06:59"]
    assert schedule.in_order(mixed) == ["06:59", "morning", "12:00", "midday", "evening", "19:01"]


@given(times)
def test_times_in_order_are_the_same_times_each_once(some):
    ordered = schedule.in_order(some)
    assert set(ordered) == set(some)
    assert len(ordered) == len(set(some))
    assert ordered == sorted(ordered, key=schedule.minute)
    assert all(0 <= schedule.minute(time) < 24 * 60 for time in some)


@pytest.mark.parametrize(
    ("typed", "time"),
    [("18:30", "18:30"), ("7:30", "07:30"), ("07.30", "07:30"), ("0:00", "00:00"), ("23:59", "23:59")],
)
def test_a_clock_time_is_read_as_people_type_it(typed, time):
    assert schedule.clock_time(typed) == time


@pytest.mark.parametrize(
    "typed", ["24:00", "7", "7:3", "7:60", "noon", "-1:30", "١٨:٣٠", "18:30\n", "", "1830"]
)
def test_what_is_no_clock_time_is_not_guessed(typed):
    assert schedule.clock_time(typed) is None


@given(st.text(max_size=6))
def test_what_passes_as_a_clock_time_can_be_sorted_and_read_again(typed):
    if time := schedule.clock_time(typed):
        assert schedule.clock_time(time) == time
        assert 0 <= schedule.minute(time) < 24 * 60


def test_two_times_a_day_need_two_sessions():
    for done, expected in enumerate([[False, False], [True, False], [True, True], [True, True]]):
        day = schedule.slots([(1, ["evening", "morning"])], {1: done})
        assert [(slot.time, slot.is_done) for slot in day] == [
            *zip(["morning", "evening"], expected, strict=True)
        ]


def test_the_slots_of_several_routines_come_in_the_order_of_the_day():
    day = schedule.slots([(1, ["evening"]), (2, []), (3, ["09:00", "morning"])], {3: 1, 4: 9})
    assert [(slot.routine, slot.words) for slot in day] == [
        (3, "Morning"),
        (3, "09:00"),
        (2, "Any time"),
        (1, "Evening"),
    ]
    assert [slot.is_done for slot in day] == [True, False, False, False]


@given(st.dictionaries(st.integers(1, 5), times), st.dictionaries(st.integers(1, 6), st.integers(0, 9)))
def test_a_session_is_counted_for_one_slot_of_its_own_routine(meant, done):
    day = schedule.slots(meant.items(), done)
    assert [schedule.minute(slot.time) for slot in day] == sorted(schedule.minute(slot.time) for slot in day)
    for routine, some in meant.items():
        own = [slot for slot in day if slot.routine == routine]
        assert len(own) == max(len(set(some)), 1)
        assert sum(slot.is_done for slot in own) == min(done.get(routine, 0), len(own))


@pytest.mark.parametrize(
    ("time", "words", "in_sentence"),
    [
        ("morning", "Morning", "the morning"),
        ("midday", "Midday", "midday"),
        ("18:30", "18:30", "18:30"),
        ("", "Any time", "any time"),
    ],
)
def test_a_slot_is_said_alone_and_in_a_sentence(time, words, in_sentence):
    slot = schedule.Slot(1, time, is_done=False)
    assert (slot.words, slot.in_sentence) == (words, in_sentence)


# --- Balance --------------------------------------------------------------------------------------


def test_a_balance_counts_items_and_says_them_in_one_line():
    both_ways = Part(("flexion", "extension"), ("lower-back",), ("mat",))
    turning = Part(("rotation",), ("buttocks", "lower-back"), ("wall", "mat"))
    sums = balance([both_ways, turning, both_ways])
    said = [words.replace("\N{NO-BREAK SPACE}", " ") for words in (sums.direction_words, sums.area_words)]
    assert said == ["Bending forward 2, bending back 2, turning 1", "Lower back 3, buttocks 1"]
    assert sums.equipment_words == "Mat, wall"


def test_a_direction_named_twice_counts_once():
    assert balance([Part(("flexion", "flexion"))]).directions == [("Bending forward", 1)]


def test_an_empty_routine_has_an_empty_balance():
    sums = balance([])
    assert (sums.direction_words, sums.area_words, sums.equipment_words) == ("", "", "Nothing")
