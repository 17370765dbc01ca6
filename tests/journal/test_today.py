"""Today: what is meant for this day, what comes next, and when all of it is done."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from routines.models import Routine, Session
from tests.factories import make_routine, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

MONDAY = datetime(2026, 3, 2, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


def make_scheduled(owner: User, name: str, *times: str, days: tuple[int, ...] = (0,)) -> Routine:
    routine = make_routine(owner, "cat-cow", name=name)
    routine.schedule(days, times)
    return routine


def do(routine: Routine, at: datetime = MONDAY, *, finished: bool = True) -> Session:
    session = Session.objects.begin(routine.owner, routine)
    Session.objects.filter(pk=session.pk).update(started_at=at)
    session.refresh_from_db()
    if finished:
        session.finish(at + timedelta(minutes=3), whole=True)
    return session


def seen(response) -> list[tuple[str, str, bool]]:
    return [(routine.name, slot.words, slot.is_done) for routine, slot in response.context["scheduled"]]


def test_what_is_meant_for_today_is_listed_in_the_order_of_the_day(client_of, ana, ben):
    make_scheduled(ana, "Wind down", "evening")
    make_scheduled(ana, "Get up", "morning")
    make_scheduled(ana, "At work", "16:00", "10:30")
    make_scheduled(ana, "Tuesdays", "morning", days=(1,))
    make_scheduled(ben, "Of ben", "morning")
    make_routine(ana, "cat-cow", name="No day")
    page = client_of(ana).get("/")
    assert seen(page) == [
        ("Get up", "Morning", False),
        ("At work", "10:30", False),
        ("At work", "16:00", False),
        ("Wind down", "Evening", False),
    ]
    assert page.context["routine"].name == "Get up"
    assert "Meant for today" in page.text
    assert page.text.count("btn--start") == 1


def test_what_is_done_gives_way_to_the_next(client_of, ana):
    twice = make_scheduled(ana, "Twice", "morning", "evening")
    make_scheduled(ana, "At noon", "midday")
    client = client_of(ana)
    assert client.get("/").context["routine"].name == "Twice"
    do(twice)
    page = client.get("/")
    assert seen(page) == [
        ("Twice", "Morning", True),
        ("At noon", "Midday", False),
        ("Twice", "Evening", False),
    ]
    assert page.context["routine"].name == "At noon"


def test_when_all_is_done_today_says_so_and_leads_to_others(client_of, ana):
    one, two = make_scheduled(ana, "One", "morning"), make_scheduled(ana, "Two", "evening")
    do(one)
    do(two)
    page = client_of(ana).get("/")
    assert "Done for today" in page.text
    assert "Two sessions, " in page.text
    assert "btn--start" not in page.text
    assert "Start another one" in page.text
    for routine in (one, two):
        assert f"/routines/{routine.pk}/" in page.text


def test_one_routine_alone_is_the_page_and_no_list(client_of, ana):
    make_scheduled(ana, "Wind down", "evening")
    page = client_of(ana).get("/")
    assert "Monday 2 March, meant for the evening" in page.text
    assert "Meant for today" not in page.text


def test_a_session_of_yesterday_or_broken_off_does_not_count(client_of, ana):
    routine = make_scheduled(ana, "Wind down", "evening")
    do(routine, MONDAY - timedelta(days=1))
    do(routine, finished=False)
    assert seen(client_of(ana).get("/")) == [("Wind down", "Evening", False)]


def test_today_is_the_persons_own_day(client_of, ana):
    """At 15:00 in Greenwich it is Tuesday in Auckland, and Monday began there 17 hours earlier."""
    ana.time_zone = "Pacific/Auckland"
    ana.save()
    monday = make_scheduled(ana, "Mondays", days=(0,))
    tuesday = make_scheduled(ana, "Tuesdays", days=(1,))
    do(monday, MONDAY - timedelta(hours=5))
    assert seen(client_of(ana).get("/")) == [("Tuesdays", "Any time", False)]
    do(tuesday, MONDAY - timedelta(hours=5))
    assert seen(client_of(ana).get("/")) == [("Tuesdays", "Any time", False)]
    do(tuesday, MONDAY - timedelta(hours=3))
    assert seen(client_of(ana).get("/")) == [("Tuesdays", "Any time", True)]


def test_a_routine_put_away_is_not_offered(client_of, ana):
    away = make_scheduled(ana, "Put away", "morning")
    do(away)
    away.archive(timezone.now())
    page = client_of(ana).get("/")
    assert seen(page) == []
    assert page.context["routine"].slug == "desk-five"


def test_somebody_elses_routine_followed_by_its_link_is_not_offered_again(client_of, ana, ben):
    """Its page is not open to them: Start would lead nowhere."""
    session = make_session(ana)
    Session.objects.filter(pk=session.pk).update(user=ben)
    assert client_of(ben).get("/").context["routine"].slug == "desk-five"


def test_an_unfinished_session_comes_first(client_of, ana):
    make_scheduled(ana, "Get up", "morning")
    do(make_routine(ana, "sphinx", "cat-cow", name="In between"), finished=False)
    page = client_of(ana).get("/")
    assert "In between</h1>" in page.text
    assert "begun at 15:00" in page.text
    assert "Go on where you were" in page.text
    assert "Get up" in page.text


def test_an_unfinished_session_is_shown_as_it_was_begun(client_of, ana):
    session = do(make_routine(ana, "sphinx", "cat-cow", name="In between"), finished=False)
    session.routine.delete()
    page = client_of(ana).get("/")
    assert "In between</h1>" in page.text
    assert "two stretches" in page.text
    assert page.context["drawn"].slug == "sphinx"


def test_a_scheduled_routine_without_a_stretch_asks_for_one(client_of, ana):
    make_routine(ana, name="Empty").schedule([0], [])
    page = client_of(ana).get("/")
    assert "Nothing in it yet" in page.text
    assert "Add a stretch" in page.text


def test_today_asks_as_many_questions_for_many_routines_as_for_one(
    client_of, ana, django_assert_num_queries, django_assert_max_num_queries
):
    do(make_scheduled(ana, "First", "morning", "evening"))
    client = client_of(ana)
    with django_assert_max_num_queries(12) as few:
        client.get("/")
    for number in range(5):
        do(make_scheduled(ana, f"Number {number}", "morning", "18:00"))
    with django_assert_num_queries(len(few)):
        client.get("/")
