"""Simulated people show that chance hardly ever passes for help, and how much help it takes to be found."""

import pytest

from journal.verdicts import Verdict
from tests.journal.simulated_hours import HELPED, told
from tests.journal.simulated_hours import PEOPLE as HABITS
from tests.journal.simulations import (
    NOTHING_HELPS,
    Kind,
    found,
    helps_uncorrected,
    saw,
)


@pytest.mark.parametrize("people", NOTHING_HELPS.values(), ids=NOTHING_HELPS)
def test_of_a_thousand_people_for_whom_nothing_helps_one_in_twenty_at_most_reads_that_something_does(people):
    assert saw(people) <= 0.05


def test_the_interval_of_90_per_cent_alone_would_tell_most_of_them():
    assert saw(Kind(), helps_uncorrected, people=100) > 0.5


def test_counting_the_ratings_of_a_group_one_by_one_would_tell_too_many():
    uneven = Kind(swing=0.3, spell=5)
    by_session, by_ratings = (saw(uneven, people=300, by_ratings=ratings) for ratings in (False, True))
    assert by_ratings > 0.05
    assert by_ratings > 2 * by_session


@pytest.mark.parametrize(
    ("helped", "ratings", "at_least"), [(0.9, 30, 0.85), (0.8, 30, 0.35), (0.8, 100, 0.97), (0.7, 100, 0.5)]
)
def test_what_does_help_is_found(helped, ratings, at_least):
    assert found(helped, 0.05, ratings)[Verdict.HELPS] >= at_least


def test_ten_ratings_never_do():
    at_ten = found(0.9, 0.05, 10)
    assert at_ten[Verdict.HELPS] == 0
    assert at_ten[Verdict.LEANING] > 0.95


def test_what_is_often_uncomfortable_is_found_early():
    assert found(0.3, 0.5, 10)[Verdict.UNCOMFORTABLE] > 0.75
    assert found(0.3, 0.1, 30)[Verdict.UNCOMFORTABLE] < 0.02


def test_no_comparison_of_times_of_day_tells_help_from_when_a_person_is_sore_and_when_they_begin():
    chance = told(HABITS["nothing but chance"], people=60)
    assert max(chance) <= 0.05
    plain, same_start, both = told(HABITS["both"], people=60)
    assert min(plain, same_start, both) > 0.25
    assert told(HELPED["mornings help by two points more"], people=30)[2] > 0.9
