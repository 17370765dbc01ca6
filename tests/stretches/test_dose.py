from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from stretches.dose import SWITCH_SECONDS, Dose
from stretches.numbers import clock

doses = st.builds(
    Dose,
    sets=st.integers(1, 10),
    reps=st.integers(1, 50),
    hold_seconds=st.integers(0, 600),
    sides=st.sampled_from(["both", "each", "alternating", "left", "right"]),
    rest_seconds=st.integers(0, 300),
    set_rest_seconds=st.integers(0, 300),
    move_seconds=st.integers(1, 60),
    right_hold_seconds=st.none() | st.integers(1, 600),
)


@given(doses)
def test_a_dose_lasts_as_long_as_its_parts_one_after_the_other(dose: Dose):
    total = 0
    for side in range(2 if dose.sides == "each" else 1):
        total += SWITCH_SECONDS if side else 0
        for number in range(dose.sets):
            total += dose.set_rest_seconds if number else 0
            for rep in range(dose.reps * 2 if dose.sides == "alternating" else dose.reps):
                total += dose.rest_seconds if rep else 0
                is_right = side == 1 or (dose.sides == "alternating" and rep % 2)
                total += dose.hold_on("right" if is_right else "left") + dose.move_seconds
    assert dose.seconds == total


@given(doses)
def test_each_side_takes_twice_as_long_as_both_at_once_and_the_switch(dose: Dose):
    dose = replace(dose, right_hold_seconds=None)
    both, each = replace(dose, sides="both"), replace(dose, sides="each")
    assert each.seconds == 2 * both.seconds + SWITCH_SECONDS


@given(doses)
def test_one_more_second_of_holding_counts_once_for_every_hold(dose: Dose):
    dose = replace(dose, right_hold_seconds=None)
    holds = dose.sets * dose.reps * (2 if dose.has_two_sides else 1)
    longer = replace(dose, hold_seconds=dose.hold_seconds + 1)
    assert longer.seconds - dose.seconds == holds


@given(doses)
def test_the_words_tell_sides_and_sets_only_where_there_are_any(dose: Dose):
    assert ("each side" in dose.words.lower()) == dose.has_two_sides
    assert ("side only" in dose.words.lower()) == (dose.sides in ("left", "right"))
    assert ("sets of" in dose.words) == (dose.sets > 1)
    assert dose.words[0] == dose.words[0].upper()


def test_doses_read_as_a_person_would_say_them():
    assert Dose(1, 2, 30, "each").words == "30 s, twice each side"
    assert Dose(1, 1, 30, "each").words == "30 s each side"
    assert Dose(1, 8, 4, "alternating").words == "8 times each side, 4 s"
    assert Dose(1, 1, 300).words == "5:00 min"
    assert Dose(1, 2, 30, "left").words == "30 s, twice left side only"
    assert Dose(1, 1, 30, "right").words == "30 s right side only"
    assert Dose(1, 2, 30, "each", right_hold_seconds=45).words == "30 s left and 45 s right, twice each side"
    assert Dose(1, 5, 0, move_seconds=10).words == "5 times"
    assert Dose(2, 6, 1, "alternating").words == "2 sets of 6 times each side, 1 s"


@given(st.integers(0, 100_000))
def test_a_clock_can_be_read_back(seconds: int):
    minutes, rest = clock(seconds).split(":")
    assert len(rest) == 2
    assert int(minutes) * 60 + int(rest) == seconds
