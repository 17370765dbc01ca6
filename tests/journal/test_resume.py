"""Going on with a session: where, until when, and what becomes of one that nobody ended."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from journal.models import Hold
from journal.record import UnreadableError, record
from routines.models import Routine, Session
from tests.factories import make_fact, make_routine, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

DONE = {"result": "done", "seconds": 30}
DAY = timedelta(hours=24)


@pytest.fixture
def session(ana):
    """Figure four: ready 0, move 1, hold 2 (left), switch 3, move 4, hold 5 (right). Sphinx: from 6 on."""
    return make_session(ana, "figure-four", "sphinx", finished=False)


def days_ago(session: Session, days: float) -> Session:
    Session.objects.filter(pk=session.pk).update(started_at=timezone.now() - timedelta(days=days))
    return Session.objects.get(pk=session.pk)


def after(session: Session, minutes: float) -> datetime:
    return session.started_at + timedelta(minutes=minutes)


def held(session: Session, step: int, minutes: float = 1, **more) -> None:
    record(session, make_fact(f"hold:{step}", DONE | more, at=after(session, minutes)))


def fresh(session: Session) -> Session:
    return Session.objects.get(pk=session.pk)


def opens_at(client: Client, session: Session) -> int:
    return client.get(f"/sessions/{session.pk}/").context["row"].number


# --- Where to go on -----------------------------------------------------------------------------------


def test_a_session_goes_on_behind_the_last_hold_that_arrived(client_of, ana, session):
    client = client_of(ana)
    assert opens_at(client, session) == 0
    held(session, 2)
    assert opens_at(client, session) == 3
    held(session, 5)
    assert opens_at(client, session) == 6


def test_a_hold_that_was_skipped_lies_behind_too(session):
    held(session, 5, result="skipped", seconds=0)
    assert fresh(session).place == 6


def test_the_step_that_is_asked_for_counts_for_more_than_the_place(client_of, ana, session):
    held(session, 5)
    page = client_of(ana).get(f"/sessions/{session.pk}/", {"step": "1"})
    assert page.context["row"].number == 1
    page = client_of(ana).get(f"/sessions/{session.pk}/", {"step": "soon"})
    assert page.context["row"].number == 0


def test_a_session_goes_on_behind_a_stretch_that_was_left_because_it_hurt(session):
    record(session, make_fact("hurt:1", {"seconds": 3}))
    assert fresh(session).place == 6


def test_a_session_goes_on_within_the_easier_one(ana):
    session = make_session(ana, "figure-four", "sphinx", finished=False)
    easier = session.items[0].easier.slug
    record(session, make_fact("hurt:5", {"seconds": 3}), make_fact("hold:2", DONE | {"slug": easier}))
    assert fresh(session).place == 3


def test_today_says_where_to_go_on_and_draws_it(client_of, ana, session):
    page = client_of(ana).get("/")
    assert "Go on where you were: stretch 1 of 2" in page.text
    held(session, 5)
    page = client_of(ana).get("/")
    assert "Go on where you were: stretch 2 of 2" in page.text
    assert page.context["drawn"].slug == "sphinx"
    assert page.context["unfinished_done"] == {1}


def test_with_every_hold_there_only_the_end_is_missing(client_of, ana, session):
    held(session, len(session.steps) - 1)
    page = client_of(ana).get("/")
    assert "Go on where you were<" in page.text
    page = client_of(ana).get(f"/sessions/{session.pk}/")
    assert page.headers["Location"] == f"/sessions/{session.pk}/finish/"


def test_today_asks_no_more_the_further_a_session_came(
    client_of, ana, session, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(ana)
    held(session, 2)
    record(session, make_fact("hurt:4", {"seconds": 3}))
    client.get("/")
    with django_assert_max_num_queries(12) as few:
        client.get("/")
    held(session, 5)
    record(session, make_fact("hurt:3", {"seconds": 3}))
    with django_assert_num_queries(len(few)):
        client.get("/")


# --- A day later --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "open_"), [(0, True), (23.99, True), (24, False), (100, False)])
def test_a_session_can_be_gone_on_with_for_a_day(session, hours, open_):
    at = after(session, hours * 60)
    assert session.is_open(at) is open_
    assert Session.objects.open(at).exists() is open_
    assert Session.objects.lapsed(at).exists() is not open_


def test_after_a_day_the_player_leads_to_the_end(client_of, ana, session):
    held(session, 2)
    session = days_ago(session, 1.1)
    client = client_of(ana)
    assert "Go on where you were" not in client.get("/").text
    for address in (f"/sessions/{session.pk}/", f"/sessions/{session.pk}/before/"):
        assert client.get(address).headers["Location"] == f"/sessions/{session.pk}/finish/"


def test_looking_writes_nothing(client_of, ana, session):
    session = days_ago(session, 3)
    held_before = Session.objects.values_list("finished_at", "is_whole").get()
    for address in ("/", "/journal/", f"/sessions/{session.pk}/", f"/sessions/{session.pk}/finish/"):
        client_of(ana).get(address)
    assert Session.objects.values_list("finished_at", "is_whole").get() == held_before == (None, False)


def test_a_session_that_nobody_ended_counts_as_ended_early_before_that_is_written(client_of, ana, session):
    Hold.objects.create(
        session=session, step=2, stretch=session.stretches["figure-four"], seconds=30, result="done"
    )
    assert not Session.objects.finished().exists()
    session = days_ago(session, 2)
    assert session.finished_at is None
    assert Session.objects.finished().get() == session
    assert len(client_of(ana).get("/journal/").context["rows"]) == 1


def test_a_session_in_which_nothing_happened_is_never_shown_as_done(client_of, ana, session):
    session = days_ago(session, 2)
    assert not Session.objects.finished().exists()
    call_command("close_sessions", verbosity=0)
    session = fresh(session)
    assert (session.finished_at, session.is_whole) == (session.started_at, False)
    assert not Session.objects.finished().exists()
    assert "Nothing here yet" in client_of(ana).get("/journal/").text
    assert not any(day.minutes for day in client_of(ana).get("/").context["week"])


def test_the_command_closes_every_session_that_is_over_with_what_was_done(ana, ben, capsys):
    ended = make_session(ana, started_at=timezone.now() - timedelta(days=3))
    going_on = make_session(ben, finished=False)
    far, near = (days_ago(make_session(who, "figure-four", finished=False), 2) for who in (ana, ben))
    for step, minutes in ((2, 1), (5, 3)):
        Hold.objects.create(
            session=far,
            step=step,
            stretch=far.stretches["figure-four"],
            seconds=30,
            result="done",
            at=after(far, minutes),
        )
    call_command("close_sessions")
    assert capsys.readouterr().out == "Sessions closed: 2.\n"
    assert (fresh(far).finished_at, fresh(far).is_whole) == (after(far, 3), False)
    assert fresh(near).finished_at == near.started_at
    assert fresh(ended).finished_at == ended.finished_at
    assert fresh(going_on).finished_at is None
    call_command("close_sessions")
    assert capsys.readouterr().out == "Sessions closed: 0.\n"


def test_what_hurt_was_done_too(session):
    record(session, make_fact("hurt:1", {"seconds": 3}, at=after(session, 2)))
    late = after(session, 2)
    call_command("close_sessions", verbosity=0)
    assert fresh(session).finished_at is None
    Session.objects.update(started_at=session.started_at - DAY)
    call_command("close_sessions", verbosity=0)
    assert fresh(session).finished_at == late


def test_starting_a_session_closes_the_persons_own_that_are_over(client_of, ana, ben, session):
    session = days_ago(session, 2)
    others = days_ago(make_session(ben, finished=False), 2)
    routine = make_routine(ana, "cat-cow")
    client_of(ana).post(f"/routines/{routine.pk}/start/")
    assert fresh(session).finished_at == session.started_at
    assert fresh(others).finished_at is None


def test_a_report_on_one_session_closes_another_that_is_over(ana, session):
    going_on = make_session(ana, finished=False)
    session = days_ago(session, 2)
    record(going_on, make_fact("pain:before", {"score": 4}))
    assert fresh(session).finished_at == session.started_at
    assert fresh(going_on).finished_at is None


# --- Facts that come late -----------------------------------------------------------------------------


def test_a_hold_that_comes_late_moves_the_end_of_a_session_that_nobody_ended(session):
    held(session, 2, minutes=1)
    session = days_ago(session, 3)
    Hold.objects.update(at=after(session, 1))
    call_command("close_sessions", verbosity=0)
    assert fresh(session).finished_at == after(session, 1)
    held(session, 5, minutes=3)
    assert (fresh(session).finished_at, fresh(session).is_whole) == (after(session, 3), False)
    record(session, make_fact("hold:2", DONE, at=after(session, 2), sequence=2))
    assert fresh(session).finished_at == after(session, 3)


def test_an_end_that_comes_late_stands_instead_of_the_one_that_nobody_said(session):
    session = days_ago(session, 3)
    call_command("close_sessions", verbosity=0)
    held(session, 2)
    record(session, make_fact("end", {"whole": True}, at=after(session, 4)))
    assert (fresh(session).finished_at, fresh(session).is_whole) == (after(session, 4), True)
    record(session, make_fact("end", {"whole": True}, at=after(session, 9), sequence=2))
    assert fresh(session).finished_at == after(session, 4)


def test_everything_late_at_once_gives_the_same(session):
    session = days_ago(session, 3)
    record(
        session,
        make_fact("end", {"whole": True}, at=after(session, 4)),
        make_fact("hold:2", DONE, at=after(session, 1)),
        make_fact("hold:5", DONE, at=after(session, 3)),
    )
    assert (fresh(session).finished_at, fresh(session).is_whole) == (after(session, 4), True)
    assert session.holds.count() == 2


def test_a_form_of_an_old_tab_is_recorded_and_makes_no_session_last_for_days(client_of, ana, session):
    session = days_ago(session, 3)
    answer = client_of(ana).post(f"/sessions/{session.pk}/steps/2/")
    assert answer.status_code == 302
    assert session.holds.count() == 1
    client_of(ana).post(f"/sessions/{session.pk}/steps/{len(session.steps) - 1}/")
    assert fresh(session).is_whole
    assert fresh(session).finished_at - session.started_at <= DAY


def test_saying_how_it_was_days_later_does_not_move_the_end(client_of, ana, session):
    session = days_ago(session, 3)
    client_of(ana).post(f"/sessions/{session.pk}/finish/", {"score": "3"})
    assert fresh(session).finished_at == session.started_at
    assert Session.objects.finished().get() == session  # with a score it is no session of nothing


# --- Two taps on Start --------------------------------------------------------------------------------


def start(client: Client, routine: Routine) -> str:
    return client.post(f"/routines/{routine.pk}/start/").headers["Location"]


def test_a_second_tap_on_start_leads_to_the_same_session(client_of, ana):
    routine = make_routine(ana, "cat-cow")
    client = client_of(ana)
    assert start(client, routine) == start(client, routine)
    assert Session.objects.count() == 1


def test_a_start_that_is_meant_begins_another_one(client_of, ana, ben):
    routine = make_routine(ana, "cat-cow")
    ready_made = Routine.objects.get(slug="desk-five")
    client = client_of(ana)
    first = start(client, routine)
    Session.objects.update(started_at=timezone.now() - timedelta(seconds=61))
    second = start(client, routine)  # a minute later
    record(Session.objects.first(), make_fact("pain:before", {"score": 4}))
    third = start(client, routine)  # something was said of the second
    assert len({first, second, third, start(client, ready_made), start(client_of(ben), ready_made)}) == 5


def test_a_routine_changed_between_two_taps_is_begun_as_it_is_now(client_of, ana):
    routine = make_routine(ana, "cat-cow")
    client = client_of(ana)
    first = start(client, routine)
    item = routine.items.get()
    item.reps = 3
    routine.change_item(item, ["reps"])
    assert start(client, routine) != first


def test_a_session_ended_at_once_is_not_begun_again(client_of, ana):
    routine = make_routine(ana, "cat-cow")
    client = client_of(ana)
    first = start(client, routine)
    client.post(first.replace("before", "finish"), {"skip": "1"})
    assert start(client, routine) != first


@pytest.mark.django_db(transaction=True)
def test_taps_at_the_same_moment_begin_one_session(catalogue, live_server):
    ana = User.objects.create_user("ana@example.org", safety_seen_at=timezone.now())
    routine = make_routine(ana, "cat-cow")
    clients = [Client() for _ in range(4)]
    for client in clients:
        client.force_login(ana)
    together = Barrier(len(clients))

    def tap(client: Client) -> str:
        together.wait()
        answer = start(client, routine)
        connection.close()
        return answer

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = set(pool.map(tap, clients))
    assert len(answers) == 1
    assert Session.objects.count() == 1


# --- A plan of a newer Limber -------------------------------------------------------------------------


@pytest.fixture
def newer(session):
    session.plan = {"version": 99, "sections": []}
    session.save()
    return fresh(session)


@pytest.mark.parametrize("page", ["", "?step=3", "before/", "finish/"])
def test_a_session_begun_by_a_newer_limber_is_named_so(client_of, ana, ben, newer, page):
    answer = client_of(ana).get(f"/sessions/{newer.pk}/{page}")
    assert answer.status_code == 409
    assert "begun by a newer Limber" in answer.text
    assert client_of(ben).get(f"/sessions/{newer.pk}/{page}").status_code == 404


def test_a_plain_form_of_such_a_session_records_nothing(client_of, ana, newer):
    for page in ("before/", "finish/", "steps/2/"):
        assert client_of(ana).post(f"/sessions/{newer.pk}/{page}", {"score": "3"}).status_code == 409
    assert not newer.pain_scores.exists()


def test_today_and_history_do_without_it(client_of, ana, newer):
    record(newer, make_fact("pain:before", {"score": 5}))  # this needs no plan
    page = client_of(ana).get("/")
    assert "Go on where you were" not in page.text
    days_ago(newer, 2)
    assert len(client_of(ana).get("/journal/").context["rows"]) == 1


@pytest.mark.parametrize(
    ("key", "value"), [("hold:2", DONE), ("hurt:2", {"seconds": 3}), ("rating:sphinx", {"value": "helped"})]
)
def test_nobody_can_tell_whether_a_fact_is_of_such_a_session(newer, key, value):
    with pytest.raises(UnreadableError, match="newer Limber"):
        record(newer, make_fact(key, value))
