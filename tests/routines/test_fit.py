"""A routine made to last as long as somebody has: the arithmetic, and the page."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routines.fit import LONGEST_HOLD_SECONDS, MOST_SETS, TOLERANCE, Scalable, fit
from routines.models import Item, Routine
from routines.plan import PlanItem, steps, total_seconds
from stretches.dose import READY_SECONDS, Dose
from tests.factories import make_routine

holds = st.integers(0, 600)
doses = st.builds(
    Dose,
    sets=st.integers(1, 4),
    reps=st.integers(1, 12),
    hold_seconds=holds,
    sides=st.sampled_from(["both", "each", "alternating", "left", "right"]),
    rest_seconds=st.integers(0, 60),
    set_rest_seconds=st.integers(0, 60),
    move_seconds=st.integers(1, 20),
    right_hold_seconds=st.none() | st.integers(1, 600),
)


def scalable(dose: Dose, low: int = 10, high: int = 60, reps: int = 3) -> Scalable:
    return Scalable(PlanItem("x", "X", "", dose), low, high, reps)


scalables = st.builds(scalable, doses, st.integers(0, 100), st.integers(0, 1200), st.integers(1, 20))
routines = st.lists(scalables, max_size=5)
minutes = st.integers(1, 120)


@settings(max_examples=150)
@given(routines, minutes)
def test_it_fits_or_says_why_not_and_stays_within_the_ranges(items, wanted):
    result = fit(items, 60 * wanted)
    after = [each.now for each in result.items]
    assert result.total_seconds == total_seconds(after) == sum(step.seconds for step in steps(after))
    assert result.shortest_seconds <= result.total_seconds <= result.longest_seconds
    assert result.fits == (abs(result.total_seconds - 60 * wanted) <= TOLERANCE * 60 * wanted)
    assert bool(result.why_not) == (not result.fits)
    for each, done in zip(items, result.items, strict=True):
        was, now = each.item.dose, done.now.dose
        assert done.was == each.item
        assert 1 <= now.sets <= max(MOST_SETS, was.sets)
        assert 1 <= now.reps <= max(2 * each.reps, was.reps)
        assert now.flows == was.flows
        if not was.flows:
            ends = {was.hold_seconds, was.hold_on("right")}
            low = max(1, min(each.hold_min_seconds, *ends))
            high = min(max(each.hold_max_seconds, *ends), LONGEST_HOLD_SECONDS)
            assert low <= now.hold_seconds <= high
            assert low <= now.hold_on("right") <= high
        fixed = ("sides", "rest_seconds", "set_rest_seconds", "move_seconds")
        assert all(getattr(was, name) == getattr(now, name) for name in fixed)
        assert (was.right_hold_seconds is None) == (now.right_hold_seconds is None)


@settings(max_examples=40)
@given(routines, minutes)
def test_the_same_routine_is_always_fitted_alike(items, wanted):
    assert fit(items, 60 * wanted) == fit(list(items), 60 * wanted)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 40), st.integers(1, 3)), min_size=1, max_size=3),
    minutes,
)
def test_it_fits_whenever_some_choice_of_repetitions_does(flowing, wanted):
    """Against trying everything: of flowing movements, repetitions and sets are all there is to choose."""
    items = [scalable(Dose(1, reps, 0, move_seconds=seconds), reps=most) for reps, seconds, most in flowing]
    possible = [
        {
            sets * times * seconds
            for sets in range(1, MOST_SETS + 1)
            for times in range(1, max(2 * most, reps) + 1)
        }
        for reps, seconds, most in flowing
    ]
    target = 60 * wanted
    best = min(abs(sum(times) + READY_SECONDS * len(items) - target) for times in product(*possible))
    result = fit(items, target)
    assert result.fits == (best <= TOLERANCE * target)
    if not result.fits:
        assert abs(result.total_seconds - target) == best


@settings(max_examples=60)
@given(st.lists(st.integers(30, 60), min_size=2, max_size=8), st.floats(0.6, 1.8))
def test_all_are_scaled_alike(seconds, factor):
    """Where every second of a hold is possible, none is scaled much more than another."""
    items = [scalable(Dose(1, 1, hold), 10, 120, 1) for hold in seconds]
    wanted = round(sum(seconds) * factor) + READY_SECONDS * len(items)
    result = fit(items, wanted)
    scales = [each.now.dose.seconds / each.was.dose.seconds for each in result.items]
    assert result.fits
    assert max(scales) - min(scales) <= 0.25


def test_what_already_fits_is_left_as_it_is():
    items = [scalable(Dose(1, 2, 30, "each", 5, 0, 5)), scalable(Dose(1, 10, 0, move_seconds=5))]
    now = total_seconds([each.item for each in items])
    result = fit(items, now)
    assert result.fits
    assert result.changed == ()


def test_a_hold_outside_the_range_widens_it():
    result = fit([scalable(Dose(1, 1, 5), 20, 30, 1)], 15)
    assert result.items[0].now.dose.hold_seconds == 5
    assert fit([scalable(Dose(1, 1, 90), 20, 30, 1)], 30).items[0].now.dose.hold_seconds == 20


def test_the_hold_on_the_right_is_scaled_along():
    dose = Dose(1, 1, 20, "each", right_hold_seconds=40)
    result = fit([scalable(dose, 10, 60, 1)], 10 + 5 + 30)
    assert (result.items[0].now.dose.hold_seconds, result.items[0].now.dose.right_hold_seconds) == (10, 20)
    assert [(each.what, each.was, each.now) for each in result.items[0].changes] == [
        ("Hold on the left", "20 s", "10 s"),
        ("Hold on the right", "40 s", "20 s"),
    ]


def test_why_it_can_not_be_is_said():
    items = [scalable(Dose(1, 1, 60), 30, 60, 1)]
    assert (
        fit(items, 20).why_not
        == "The shortest it can be is 0:40 minutes, with every dose at the low end of its range."
    )
    assert "The longest it can be is 6:10 minutes" in fit(items, 3600).why_not
    assert fit(items, 3600).nearest_minutes == 6
    coarse = [scalable(Dose(1, 1, 0, move_seconds=60), reps=1)]
    assert fit(coarse, 100).why_not == "In whole repetitions, the nearest that it comes to is 1:10 minutes."
    assert fit([], 60).why_not == "There is nothing in it yet."


# --- the page -----------------------------------------------------------------------------------------

with_catalogue = pytest.mark.usefixtures("catalogue")
SLUGS = ("knee-to-chest", "cat-cow", "sphinx", "gentle-walk")


def doses_of(routine: Routine) -> list[Dose]:
    return [item.dose for item in Item.objects.filter(routine=routine)]


@with_catalogue
def test_the_page_shows_what_would_change_and_changes_nothing(client_of, ana):
    routine = make_routine(ana, *SLUGS)
    was = doses_of(routine)
    page = client_of(ana).get(f"/routines/{routine.pk}/fit/", {"minutes": "12"})
    assert "9:01 becomes 1" in page.text
    assert "5:00 min → " in page.text
    assert "Make it 12 minutes" in page.text
    assert doses_of(routine) == was
    assert routine.changes.count() == len(SLUGS)  # of adding them


@with_catalogue
def test_it_is_applied_and_undone_at_once(client_of, ana):
    routine = make_routine(ana, *SLUGS)
    was, client = doses_of(routine), client_of(ana)
    answer = client.post(f"/routines/{routine.pk}/fit/", {"minutes": "12"})
    assert (answer.status_code, answer.url) == (302, f"/routines/{routine.pk}/edit/")
    assert abs(Routine.objects.with_items().get(pk=routine.pk).seconds - 720) <= 36
    assert routine.last_change.words == "Fitted to 12 minutes"
    assert [item.stretch.slug for item in routine.items.select_related("stretch")] == list(SLUGS)
    routine.undo()
    assert doses_of(routine) == was


@with_catalogue
@pytest.mark.parametrize("minutes", ["", "0", "-3", "121", "7.5", "ten", "10\0", "9" * 400])
def test_a_number_that_is_none_is_explained_beside_the_field(client_of, ana, minutes):
    routine = make_routine(ana, *SLUGS)
    page = client_of(ana).get(f"/routines/{routine.pk}/fit/", {"minutes": minutes})
    assert page.status_code == 200
    assert "Minutes: a whole number from 1 to 120." in page.text
    assert client_of(ana).post(f"/routines/{routine.pk}/fit/", {"minutes": minutes}).status_code == 422


@with_catalogue
def test_what_can_not_be_is_not_applied(client_of, ana):
    routine = make_routine(ana, *SLUGS)
    was, client = doses_of(routine), client_of(ana)
    page = client.get(f"/routines/{routine.pk}/fit/", {"minutes": "1"})
    assert "The shortest it can be is" in page.text
    assert "?minutes=3" in page.text
    assert "Make it" not in page.text
    assert client.post(f"/routines/{routine.pk}/fit/", {"minutes": "1"}).status_code == 422
    assert doses_of(routine) == was


@with_catalogue
def test_an_empty_one_and_one_that_fits_have_nothing_to_change(client_of, ana):
    client = client_of(ana)
    page = client.get(f"/routines/{make_routine(ana).pk}/fit/", {"minutes": "10"})
    assert "There is nothing in it yet." in page.text
    routine = make_routine(ana, *SLUGS)
    page = client.get(f"/routines/{routine.pk}/fit/", {"minutes": "9"})
    assert "It already fits 9 minutes" in page.text
    client.post(f"/routines/{routine.pk}/fit/", {"minutes": "9"})
    assert routine.changes.count() == len(SLUGS)


@with_catalogue
def test_a_stranger_can_not_fit_a_routine(client_of, client, ana, ben):
    routine = make_routine(ana, *SLUGS)
    for method in ("get", "post"):
        ask = getattr(client_of(ben), method)
        assert ask(f"/routines/{routine.pk}/fit/", {"minutes": "12"}).status_code == 404
    assert client.get(f"/routines/{routine.pk}/fit/").status_code == 302
    ready_made = Routine.objects.ready_made().first()
    assert client_of(ana).get(f"/routines/{ready_made.pk}/fit/").status_code == 404


@with_catalogue
def test_a_longer_routine_takes_no_more_queries(
    client_of, ana, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(ana)
    short, long = make_routine(ana, *SLUGS), make_routine(ana, *SLUGS * 5)
    with django_assert_max_num_queries(8) as few:
        client.get(f"/routines/{short.pk}/fit/", {"minutes": "20"})
    with django_assert_num_queries(len(few)):
        client.get(f"/routines/{long.pk}/fit/", {"minutes": "20"})
