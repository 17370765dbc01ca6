"""What the player says at each step."""

from hypothesis import given

from routines.cues import cue
from routines.plan import PlanItem, steps
from stretches.dose import Dose
from tests.routines.test_plan import plan_items

FIGURE_FOUR = PlanItem("figure-four", "Figure four", "Breathe out.", Dose(1, 2, 30, "each", 3, 0, 8))
CAT_COW = PlanItem("cat-cow", "Cat and cow", "Round, then hollow.", Dose(1, 3, 0, "both", 0, 0, 10))


def cues(*items):
    plan = steps(items)
    return [(step, cue(items, plan, number)) for number, step in enumerate(plan)]


def test_a_hold_says_which_one_which_side_and_what_comes_next():
    held = [words for step, words in cues(FIGURE_FOUR, CAT_COW) if step.kind == "hold"]
    assert [(w.over, w.side, w.next) for w in held[:4]] == [
        ("Hold 1 of 2", "Left side", "the same once more"),
        ("Hold 2 of 2", "Left side", "switch to the right side"),
        ("Hold 1 of 2", "Right side", "the same once more"),
        ("Hold 2 of 2", "Right side", "Cat and cow"),
    ]
    assert held[-1].next == "that was the last one"


def test_switching_sides_is_said_and_shown_in_ember():
    [words] = [words for step, words in cues(FIGURE_FOUR) if step.kind == "switch"]
    assert (words.side, words.surface) == ("Switch sides", "ember")
    assert words.spoken == "Switch sides. Now your right side."


def test_repetitions_are_counted_in_arcs():
    words = [words for step, words in cues(CAT_COW) if step.kind == "hold"]
    assert [(w.over, w.arcs, w.arcs_done, w.ring) for w in words] == [
        ("Repetition 1 of 3", 3, 0, "reps"),
        ("Repetition 2 of 3", 3, 1, "reps"),
        ("Repetition 3 of 3", 3, 2, "reps"),
    ]


@given(plan_items)
def test_every_step_has_words_and_never_more_arcs_done_than_there_are(item):
    for _, words in cues(item):
        assert words.over
        assert words.side
        assert words.spoken
        assert words.next
        assert 0 <= words.arcs_done < max(words.arcs, 1) or not words.arcs
