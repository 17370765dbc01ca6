"""The plan of a routine: every step of it, in order, to the second."""

import json
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from routines.plan import Easier, Pace, PlanItem, freeze, pace_of, steps, thaw, total_seconds
from stretches.dose import READY_SECONDS, SWITCH_SECONDS, Dose

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
easier = st.builds(Easier, slug=st.just("seated-cat-cow"), name=st.text(), cue=st.text())
plan_items = st.builds(
    PlanItem,
    slug=st.just("cat-cow"),
    name=st.text(),
    cue=st.text(),
    dose=doses,
    note=st.text(),
    easier=st.none() | easier,
)
paces = st.builds(
    Pace,
    ready_seconds=st.integers(0, 60),
    switch_seconds=st.integers(0, 60),
    rest_percent=st.integers(0, 300),
)
routines = st.lists(plan_items, max_size=3)


@given(routines, paces)
def test_the_steps_add_up_to_the_shown_time(items, pace):
    assert sum(step.seconds for step in steps(items)) == total_seconds(items)
    assert sum(step.seconds for step in steps(items, pace)) == total_seconds(items, pace)


@given(routines, paces)
def test_no_step_takes_no_time(items, pace):
    assert all(step.seconds > 0 for step in steps(items, pace))


@given(routines, paces)
def test_a_persons_pace_changes_no_hold(items, pace):
    def holds(of):
        return [
            (step.item, step.side, step.rep, step.set, step.seconds) for step in of if step.kind == "hold"
        ]

    assert holds(steps(items, pace)) == holds(steps(items))


@given(routines)
def test_somebody_who_wants_no_waiting_gets_none(items):
    at_once = Pace(ready_seconds=0, switch_seconds=0, rest_percent=0)
    assert {step.kind for step in steps(items, at_once)} <= {"hold", "move"}


@given(plan_items)
def test_both_sides_get_the_same_unless_one_is_to_be_held_longer(item):
    dose, held = item.dose, {"left": 0, "right": 0, "": 0}
    for step in steps([item]):
        if step.kind == "hold":
            held[step.side] += step.seconds
    times = dose.sets * dose.reps
    for side in ("left", "right"):
        works = dose.sides in ("each", "alternating", side)
        one = dose.move_seconds if dose.flows else dose.hold_on(side)
        assert held[side] == (times * one if works else 0)
    assert bool(held[""]) == (dose.sides == "both")


@given(plan_items)
def test_every_repetition_is_held_once_a_side(item):
    holds = [(step.set, step.rep, step.side) for step in steps([item]) if step.kind == "hold"]
    sides = 2 if item.dose.has_two_sides else 1
    assert len(holds) == len(set(holds)) == item.dose.sets * item.dose.reps * sides


@given(plan_items)
def test_sides_change_once_when_each_side_is_done_in_full(item):
    runs = [side for side, _ in groupby(step.side for step in steps([item]))]
    expected = {"both": [""], "each": ["left", "right"]}.get(item.dose.sides)
    assert expected is None or runs == expected


@given(routines, plan_items)
def test_an_item_takes_as_long_wherever_it_stands(items, item):
    assert total_seconds([*items, item]) - total_seconds(items) == READY_SECONDS + item.dose.seconds


@given(routines, plan_items)
def test_changing_one_item_leaves_the_steps_of_the_others(items, item):
    before = steps(items)
    after = steps([*items, item])
    assert after[: len(before)] == before


@given(routines, paces)
def test_a_frozen_plan_thaws_to_the_same_items_and_pace(items, pace):
    frozen = json.loads(json.dumps(freeze(items, pace)))
    assert thaw(frozen) == tuple(items)
    assert pace_of(frozen) == pace


def test_a_hold_on_each_side_is_ready_move_hold_switch_move_hold():
    item = PlanItem("figure-four", "Figure four", "", Dose(1, 1, 30, "each", 3, 0, 8))
    assert [(step.kind, step.side, step.seconds) for step in steps([item])] == [
        ("ready", "left", READY_SECONDS),
        ("move", "left", 8),
        ("hold", "left", 30),
        ("switch", "right", SWITCH_SECONDS),
        ("move", "right", 8),
        ("hold", "right", 30),
    ]


def test_a_flowing_movement_is_all_holds_of_its_own_pace():
    item = PlanItem("cat-cow", "Cat and cow", "", Dose(1, 2, 0, "both", 0, 0, 10))
    assert [(step.kind, step.rep, step.seconds) for step in steps([item])] == [
        ("ready", 0, 10),
        ("hold", 1, 10),
        ("hold", 2, 10),
    ]


def test_sides_that_alternate_change_at_every_repetition_and_sets_rest_between():
    item = PlanItem("dead-bug", "Dead bug", "", Dose(2, 1, 1, "alternating", 0, 30, 4))
    assert [(step.kind, step.set, step.side) for step in steps([item])][1:] == [
        ("move", 1, "left"),
        ("hold", 1, "left"),
        ("move", 1, "right"),
        ("hold", 1, "right"),
        ("rest", 2, "left"),
        ("move", 2, "left"),
        ("hold", 2, "left"),
        ("move", 2, "right"),
        ("hold", 2, "right"),
    ]
