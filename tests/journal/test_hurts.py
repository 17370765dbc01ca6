"""A stretch that hurt: what is kept of it, when it is set aside, and what is asked at the end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journal.models import Hold, HurtReport
from journal.record import FactError, record, record_all
from routines.models import Session
from stretches.models import Mark, Stretch
from tests.factories import make_fact, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

HURT = {"seconds": 12}
DONE = {"result": "done", "seconds": 30}


@pytest.fixture
def session(ana):
    """Figure four: ready 0, move 1, hold 2 (left), switch 3, move 4, hold 5 (right). Cat-cow: from 6 on."""
    return make_session(ana, "figure-four", "cat-cow", finished=False)


@pytest.fixture
def easier(session) -> str:
    """The slug of what may be done instead of figure four."""
    return session.items[0].easier.slug


def mark_of(person, slug: str) -> Mark | None:
    return Mark.objects.of(person).filter(stretch__slug=slug).first()


def hurts(person, *keys: str, at=None, sequence: int = 1) -> Session:
    """Another session with figure four, in which it hurt."""
    session = make_session(person, "figure-four", finished=False)
    record(session, *(make_fact(key, HURT, sequence, at=at) for key in keys or ["hurt:2"]))
    return session


# --- What is kept -------------------------------------------------------------------------------------


def test_a_report_keeps_stretch_side_and_second(session):
    record(session, make_fact("hurt:5", HURT))
    report = session.hurt_reports.get()
    kept = (report.step, report.stretch.slug, report.side, report.seconds)
    assert kept == (5, "figure-four", "right", 12)


@pytest.mark.parametrize("step", [0, 1, 2, 3, 4, 5])
def test_it_may_hurt_at_any_step(session, step):
    record(session, make_fact(f"hurt:{step}", HURT))
    assert session.hurt_reports.get().side == session.steps[step].side


def test_a_report_sent_twice_is_kept_once(session):
    fact = make_fact("hurt:2", HURT)
    record(session, fact)
    record(session, fact, fact)
    assert HurtReport.objects.count() == 1


def test_a_correction_wins_by_its_sequence_and_an_older_one_loses(session):
    for sequence, seconds in ((5, 10), (9, 20), (7, 30)):
        record(session, make_fact("hurt:2", {"seconds": seconds}, sequence))
    assert session.hurt_reports.get().seconds == 20


def test_the_easier_one_may_hurt_too(session, easier):
    record(session, make_fact("hurt:2", HURT | {"slug": easier}))
    assert session.hurt_reports.get().stretch.slug == easier


def test_a_hold_done_as_the_easier_one_counts_for_that_stretch(session, easier):
    record(session, make_fact("hold:2", DONE | {"slug": easier}), make_fact("hold:5", DONE))
    assert list(session.holds.order_by("step").values_list("stretch__slug", "side")) == [
        (easier, "left"),
        ("figure-four", "right"),
    ]


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("hurt:99", HURT, "this session has no such step"),
        ("hurt:-1", HURT, "this session has no such step"),
        ("hurt:", HURT, "this session has no such step"),
        ("hurt:²", HURT, "this session has no such step"),
        ("hurt:2", HURT | {"slug": "cat-cow"}, "this step has no such stretch"),
        ("hurt:2", HURT | {"slug": "no-such"}, "this step has no such stretch"),
        ("hold:2", DONE | {"slug": "cat-cow"}, "this step has no such stretch"),
        ("hurt:2", {}, "hurt: seconds: missing"),
        ("hurt:2", {"seconds": -1}, "hurt: seconds: greater_than_equal"),
        ("hurt:2", {"seconds": 4201}, "hurt: seconds: less_than_equal"),
        ("hurt:2", {"seconds": 1.5}, "hurt: seconds: int_type"),
        ("hurt:2", HURT | {"slug": None}, "hurt: slug: string_type"),
        ("hurt:2", HURT | {"why": "x"}, "hurt: why: extra_forbidden"),
    ],
)
def test_a_report_that_makes_no_sense_is_refused_in_a_sentence(session, key, value, sentence):
    with pytest.raises(FactError) as refused:
        record(session, make_fact(key, value))
    assert str(refused.value) == sentence
    assert not HurtReport.objects.exists()


def test_an_easier_one_that_has_left_the_database_is_refused(session, easier):
    Stretch.objects.filter(slug=easier).update(slug="renamed")
    with pytest.raises(FactError, match="no such stretch"):
        record(session, make_fact("hurt:2", HURT | {"slug": easier}))


# --- Setting aside ------------------------------------------------------------------------------------


def test_one_report_sets_nothing_aside(ana):
    hurts(ana)
    assert mark_of(ana, "figure-four") is None


def test_two_reports_in_any_sessions_set_a_stretch_aside(ana, ben):
    hurts(ben)
    hurts(ana)
    assert mark_of(ana, "figure-four") is None
    hurts(ana)
    mark = mark_of(ana, "figure-four")
    assert mark.set_aside_at
    assert mark.reason == "it hurt twice"
    assert mark_of(ben, "figure-four") is None


def test_two_reports_in_one_session_are_two(ana):
    hurts(ana, "hurt:2", "hurt:5")
    assert mark_of(ana, "figure-four").set_aside_at


def test_the_same_report_sent_again_is_no_second_one(ana):
    session = make_session(ana, "figure-four", finished=False)
    for sequence in (1, 1, 2, 3):
        record(session, make_fact("hurt:2", HURT, sequence))
    assert mark_of(ana, "figure-four") is None


def test_a_report_corrected_to_another_stretch_counts_for_that_one(ana, session, easier):
    record(session, make_fact("hurt:5", HURT | {"slug": easier}))
    record(session, make_fact("hurt:2", HURT))
    assert mark_of(ana, easier) is None
    record(session, make_fact("hurt:2", HURT | {"slug": easier}, sequence=2))
    assert mark_of(ana, easier).reason == "it hurt twice"
    assert mark_of(ana, "figure-four") is None


def test_the_plans_and_the_easier_one_count_apart(ana, session, easier):
    record(session, make_fact("hurt:2", HURT), make_fact("hurt:5", HURT | {"slug": easier}))
    assert not Mark.objects.filter(set_aside_at__isnull=False).exists()


def test_a_refused_report_counts_for_nothing(ana, session):
    problems = record_all(session, [make_fact("hurt:2", HURT), make_fact("hurt:5", {"seconds": -1})])
    assert [bool(problem) for problem in problems] == [False, True]
    assert mark_of(ana, "figure-four") is None


def test_a_favourite_that_hurt_twice_stays_a_favourite(ana):
    stretch = Stretch.objects.get(slug="figure-four")
    Mark.objects.create(person=ana, stretch=stretch, is_favourite=True)
    hurts(ana, "hurt:2", "hurt:5")
    mark = mark_of(ana, "figure-four")
    assert (mark.is_favourite, mark.reason) == (True, "it hurt twice")


def test_what_is_set_aside_already_keeps_its_reason_and_its_day(ana):
    long_ago = timezone.now() - timedelta(days=90)
    Mark.objects.create(person=ana, stretch=Stretch.objects.get(slug="figure-four")).set_aside(
        long_ago, "my knee"
    )
    hurts(ana, "hurt:2", "hurt:5")
    mark = mark_of(ana, "figure-four")
    assert (mark.set_aside_at, mark.reason) == (long_ago, "my knee")


def test_a_stretch_is_never_set_aside_twice_nor_brought_back_by_itself(ana):
    hurts(ana, "hurt:2", "hurt:5")
    first = mark_of(ana, "figure-four").set_aside_at
    hurts(ana, "hurt:2", "hurt:5")
    session = make_session(ana, "figure-four", finished=False)
    record(session, make_fact("hold:2", DONE), make_fact("rating:figure-four", {"value": "helped"}))
    assert mark_of(ana, "figure-four").set_aside_at == first


def test_brought_back_it_takes_two_new_reports(ana, client_of):
    old = hurts(ana, "hurt:2", "hurt:5")
    client_of(ana).post("/stretches/figure-four/mark/", {"aside": "0"})
    for step in (2, 5):
        record(old, make_fact(f"hurt:{step}", HURT))  # the same again
    assert mark_of(ana, "figure-four").set_aside_at is None
    hurts(ana, "hurt:0", at=timezone.now() - timedelta(days=1))  # late, from before
    hurts(ana)
    assert mark_of(ana, "figure-four").set_aside_at is None
    hurts(ana)
    assert mark_of(ana, "figure-four").set_aside_at


def test_the_page_of_the_stretch_says_why(ana, client_of):
    hurts(ana, "hurt:2", "hurt:5")
    assert "it hurt twice" in client_of(ana).get("/stretches/figure-four/").text


def test_a_report_costs_as_many_queries_whatever_was_reported_before(
    ana, django_assert_num_queries, django_assert_max_num_queries
):
    hurts(ana)
    session = make_session(ana, "figure-four", "cat-cow", finished=False)
    with django_assert_max_num_queries(16) as few:
        record(session, make_fact("hold:2", DONE), make_fact("hurt:7", HURT))
    for _ in range(4):
        hurts(ana, "hurt:5")
    session = make_session(ana, "figure-four", "cat-cow", finished=False)
    with django_assert_num_queries(len(few)):
        record(session, make_fact("hold:2", DONE), make_fact("hurt:3", HURT))


# --- Without JavaScript -------------------------------------------------------------------------------


def test_without_javascript_it_is_reported_and_the_next_stretch_follows(client_of, ana, session):
    client = client_of(ana)
    client.post(f"/sessions/{session.pk}/steps/2/")
    answer = client.post(f"/sessions/{session.pk}/steps/3/", {"result": "hurt"})
    assert answer.headers["Location"] == f"/sessions/{session.pk}/?step=6"
    report = session.hurt_reports.get()
    assert (report.step, report.side, report.seconds) == (3, "right", 0)
    assert list(session.holds.values_list("step", flat=True)) == [2]


def test_without_javascript_the_last_stretch_left_is_the_end(client_of, ana, session):
    answer = client_of(ana).post(f"/sessions/{session.pk}/steps/6/", {"result": "hurt"})
    assert answer.headers["Location"] == f"/sessions/{session.pk}/finish/"
    assert Session.objects.get().is_whole
    assert not Hold.objects.exists()


def test_a_stranger_reports_nothing(client_of, ben, session):
    answer = client_of(ben).post(f"/sessions/{session.pk}/steps/2/", {"result": "hurt"})
    assert answer.status_code == 404
    assert not HurtReport.objects.exists()


# --- The finish page ----------------------------------------------------------------------------------


def asked(page) -> list[str]:
    return [row["item"].slug for row in page.context["ratings"]]


def test_the_finish_page_says_beside_a_stretch_that_it_hurt_and_chooses_nothing(client_of, ana, session):
    record(session, make_fact("hurt:2", HURT))
    page = client_of(ana).get(f"/sessions/{session.pk}/finish/")
    assert page.text.count("You left this one because it hurt.") == 1
    assert [row["hurt"] for row in page.context["ratings"]] == [True, False]
    assert " checked" not in page.text


def test_what_was_done_as_the_easier_one_is_asked_about_as_that(client_of, ana, session, easier):
    name = session.items[0].easier.name
    record(session, make_fact("hurt:2", HURT))
    record(session, *(make_fact(f"hold:{step}", DONE | {"slug": easier}) for step in (2, 5)))
    client = client_of(ana)
    page = client.get(f"/sessions/{session.pk}/finish/")
    assert asked(page) == [easier, "cat-cow"]
    assert page.context["ratings"][0]["field"].label == name
    assert page.context["ratings"][0]["stretch"].slug == easier
    assert "In place of Figure four" in page.text
    assert "You left this one" not in page.text  # it is figure four that was left
    client.post(f"/sessions/{session.pk}/finish/", {f"rating-{easier}": "helped"})
    assert session.ratings.get().stretch.slug == easier
    page = client.get(f"/sessions/{session.pk}/finish/")
    assert page.context["ratings"][0]["field"].value() == "helped"


def test_with_a_hold_of_the_plan_the_plans_stretch_is_asked_about(client_of, ana, session, easier):
    record(session, make_fact("hold:2", DONE), make_fact("hold:5", DONE | {"slug": easier}))
    page = client_of(ana).get(f"/sessions/{session.pk}/finish/")
    assert asked(page) == ["figure-four", "cat-cow"]
    assert "In place of" not in page.text


def test_a_rating_of_something_else_is_not_taken(client_of, ana, session, easier):
    said = {"score": "3", f"rating-{easier}": "helped", "rating-sphinx": "helped"}
    client_of(ana).post(f"/sessions/{session.pk}/finish/", said)
    assert not session.ratings.exists()


def test_the_finish_page_asks_as_many_questions_for_many_holds_as_for_one(
    client_of, ana, easier, session, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(ana)
    record(session, make_fact("hold:2", DONE), make_fact("hurt:2", HURT))
    client.get(f"/sessions/{session.pk}/finish/")
    with django_assert_max_num_queries(12) as few:
        client.get(f"/sessions/{session.pk}/finish/")
    record(session, make_fact("hold:5", DONE | {"slug": easier}), make_fact("hurt:7", HURT))
    with django_assert_num_queries(len(few)):
        client.get(f"/sessions/{session.pk}/finish/")
