"""A routine proposed from a few answers: the rules, and the page."""

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from routines.models import Item, Routine
from routines.models.routine import MOST_ROUTINES
from routines.proposal import (
    MINUTES,
    PARTS,
    PLACES,
    TOLERANCE,
    WALK,
    Answers,
    Candidate,
    Proposal,
    propose,
)
from routines.views.proposals import _candidates
from stretches.models import Equipment, Mark, Stretch
from stretches.words import Direction

pytestmark = pytest.mark.usefixtures("catalogue")

PROPOSE = "/routines/propose/"
PIECES = ("chair", "cushion", "wall", "counter", "ball", "strap")
IN_PLACE = {"HX-Request": "true", "HX-Target": "section#proposal"}
STRONG = {"strength", "activation"}
AT_A_DESK = {"standing", "seated"}


@pytest.fixture
def candidates(catalogue: None) -> list[Candidate]:
    return _candidates(None)[0]


def check(proposal: Proposal, answers: Answers) -> None:
    """Whatever is proposed keeps the rules, or says which one it can't."""
    chosen = [pick.candidate for pick in proposal.picks]
    lacks = " ".join(proposal.lacks)
    assert len({each.slug for each in chosen}) == len(chosen)
    for each in chosen:
        assert each.acute_ok or not answers.sore
        assert each.needs <= answers.have | ({"mat"} if answers.place == "floor" else set())
        assert answers.place == "floor" or each.position in AT_A_DESK
    parts = [PARTS.index(each.part) for each in chosen]
    assert parts == sorted(parts)
    assert all(pick.why.endswith(".") for pick in proposal.picks)
    movements = sum(each.part == "movement" for each in chosen)
    assert movements <= 4
    assert movements >= 2 or "movement fits" in lacks or not chosen
    beside = any(each.kind in STRONG or each.slug == WALK for each in chosen)
    assert beside or "no strength work fits" in lacks or not chosen
    wanted = answers.minutes * 60
    in_time = abs(proposal.total_seconds - wanted) <= TOLERANCE * wanted
    assert in_time or "that fit" in lacks or not chosen
    assert chosen or "no stretch fits" in lacks


def test_every_combination_of_answers_gives_a_routine_in_time(candidates):
    subsets = [frozenset(some) for n in range(len(PIECES) + 1) for some in combinations(PIECES, n)]
    for minutes, place, sore, have in product(MINUTES, PLACES, (False, True), subsets):
        answers = Answers(minutes, place, sore, have)
        proposal = propose(answers, candidates)
        check(proposal, answers)
        assert proposal.lacks == (), answers


pieces = st.frozensets(st.sampled_from(["bed", "foam-roller", "low-step", *PIECES]))
answered = st.builds(
    Answers, st.sampled_from(list(MINUTES)), st.sampled_from(list(PLACES)), st.booleans(), pieces
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answered, st.sets(st.sampled_from(Direction.values)), st.sets(st.integers(0, 60)))
def test_with_things_left_out_it_keeps_the_rules_or_says_which_not(candidates, answers, leave_out, aside):
    left = [
        each
        for number, each in enumerate(candidates)
        if number not in aside and not leave_out.intersection(each.directions)
    ]
    proposal = propose(answers, left)
    check(proposal, answers)
    assert proposal == propose(answers, left[::-1])
    assert {pick.candidate.slug for pick in proposal.picks} <= {each.slug for each in left}


def test_what_can_not_be_is_said(candidates):
    answers = Answers(20, "desk", sore=True)
    without_walk = [each for each in candidates if each.slug != WALK]
    assert propose(answers, without_walk).lacks == (
        "At a desk on a sore day, one movement fits; the articles suggest two to four a day.",
        "At a desk on a sore day, no strength work fits and no walk; "
        "the articles ask for one of them beside stretching.",
    )
    few = [each for each in without_walk if each.slug == "standing-back-extension"]
    assert (
        "At a desk on a sore day there is only one stretch that fits: 7:10 minutes."
        in propose(answers, few).lacks
    )
    assert propose(answers, []).lacks == ("At a desk on a sore day, no stretch fits these answers.",)


def test_of_two_alike_the_first_by_letter_is_proposed(candidates):
    one = next(each for each in candidates if each.slug == "figure-four")
    item = replace(one.scalable.item, slug="a-figure-four")
    twin = replace(one, scalable=replace(one.scalable, item=item))
    proposal = propose(Answers(5), [one, twin])
    assert proposal.picks[0].item.slug == "a-figure-four"


# --- the page -----------------------------------------------------------------------------------------


def test_the_answers_are_in_the_address(client):
    page = client.get(PROPOSE, {"minutes": "15", "place": "desk", "day": "sore", "have": ["chair", "wall"]})
    assert page.context["proposal"].answers == Answers(15, "desk", True, frozenset({"chair", "wall"}))
    assert page.text.count("<h1") == 1
    assert page.text.count(" checked>") == 5
    assert "Fifteen minutes at a desk, sore day: five stretches" in page.text
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "query", ["", "minutes=7&place=moon&day=great&have=sword", "minutes=10\0&have=%00", "have=mat"]
)
def test_words_that_are_no_answer_count_as_none(client, query):
    assert client.get(f"{PROPOSE}?{query}").context["proposal"].answers == Answers()


def test_only_the_proposal_is_sent_to_its_place(client):
    part = client.get(PROPOSE, {"minutes": "5"}, headers=IN_PLACE)
    assert "<html" not in part.text
    assert "Five minutes on the floor" in part.text
    assert "HX-Target" in part.headers["Vary"]


def test_a_newcomer_opens_it_in_the_builder(client):
    answers = {"minutes": "10", "place": "floor", "have": ["cushion"], "time_zone": "Asia/Tokyo"}
    proposal = client.get(PROPOSE, answers).context["proposal"]
    answer = client.post(PROPOSE, answers)
    routine = Routine.objects.get(owner__is_guest=True)
    assert (answer.status_code, answer.url) == (302, f"/routines/{routine.pk}/edit/")
    assert routine.name == "Ten minutes on the floor"
    items = Item.objects.filter(routine=routine).select_related("stretch")
    assert tuple(item.plan_item for item in items) == proposal.items
    assert [item.position for item in items] == list(range(1, len(items) + 1))
    assert routine.seconds == proposal.total_seconds


def test_what_a_person_set_aside_or_leaves_out_is_never_proposed(client_of, ana):
    client = client_of(ana)
    seen = {pick.item.slug for pick in client.get(PROPOSE, {"minutes": "20"}).context["proposal"].picks}
    assert {"pelvic-tilt", "sphinx"} <= seen
    Mark.objects.create(
        person=ana, stretch=Stretch.objects.get(slug="pelvic-tilt"), set_aside_at="2026-01-01T00:00Z"
    )
    client.post("/stretches/leave-out/", {"leave_out": ["extension"]})
    page = client.get(PROPOSE, {"minutes": "20"})
    chosen = page.context["proposal"].picks
    assert not {"pelvic-tilt", "sphinx"} & {pick.item.slug for pick in chosen}
    assert not any("extension" in pick.candidate.directions for pick in chosen)
    assert "that you set aside or leave out." in page.text


def test_of_a_persons_own_stretches_none_is_proposed(client_of, ana):
    own = Stretch(name="A", steps=["Pull."], kind="release", position="supine", sides="both")
    own.hold_seconds, own.direction = 20, "neutral"
    own.keep_for(ana)
    page = client_of(ana).get(PROPOSE, {"minutes": "10"})
    assert own.slug not in {pick.item.slug for pick in page.context["proposal"].picks}


def test_a_full_shelf_is_said_and_nothing_is_made(client_of, ana):
    Routine.objects.bulk_create(Routine(owner=ana, name=str(n)) for n in range(MOST_ROUTINES))
    page = client_of(ana).post(PROPOSE, {"minutes": "10"})
    assert page.status_code == 422
    assert f"You have {MOST_ROUTINES} routines, which is as many as Limber keeps." in page.text
    assert ana.routines.count() == MOST_ROUTINES


def test_where_nothing_fits_nothing_is_made(client_of, ana):
    ana.leave_out = list(Direction.values)
    ana.save()
    page = client_of(ana).post(PROPOSE, {"minutes": "10"})
    assert page.status_code == 422
    assert "no stretch fits these answers" in page.text
    assert "Open it in the builder" not in page.text
    assert not ana.routines.exists()


def test_a_longer_proposal_takes_no_more_queries(
    client_of, ana, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(ana)
    everything = list(Equipment.objects.values_list("slug", flat=True))
    with django_assert_max_num_queries(8) as few:
        client.get(PROPOSE, {"minutes": "5"})
    with django_assert_num_queries(len(few)):
        client.get(PROPOSE, {"minutes": "20", "have": everything})
