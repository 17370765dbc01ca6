"""Routines of one's own: put away, brought back, deleted, duplicated, meant for some days."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from routines.models import Routine, Session
from routines.views.balance_of import balance_of
from tests.factories import make_routine, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def url(name, *args):
    return reverse(f"routines:{name}", args=args)


@pytest.fixture
def routine(ana) -> Routine:
    return make_routine(ana, "cat-cow", "sphinx", "figure-four")


# --- Putting away and bringing back ---------------------------------------------------------------


def test_a_routine_put_away_leaves_the_shelf_and_can_be_brought_back(client_of, ana, routine):
    client = client_of(ana)
    response = client.post(url("routine-archive", routine.pk), {"away": "1"})
    assert response.headers["Location"] == url("routine-detail", routine.pk)
    shelf = client.get("/routines/")
    assert list(shelf.context["own"]) == []
    assert list(shelf.context["away"]) == [routine]
    assert "Put away, 1" in shelf.text
    page = client.get(url("routine-detail", routine.pk))
    assert "You put it away on" in page.text
    assert "Bring it back" in page.text
    client.post(url("routine-archive", routine.pk), {"away": "0"})
    shelf = client.get("/routines/")
    assert list(shelf.context["own"]) == [routine]
    assert "Put away" not in shelf.text


def test_the_shelf_asks_as_many_questions_for_many_put_away_as_for_one(
    client_of, ana, django_assert_num_queries, django_assert_max_num_queries
):
    make_routine(ana, "cat-cow").archive(timezone.now())
    client = client_of(ana)
    with django_assert_max_num_queries(12) as one:
        client.get("/routines/")
    for number in range(5):
        make_routine(ana, "cat-cow", "figure-four", name=f"Number {number}").archive(timezone.now())
    with django_assert_num_queries(len(one)):
        client.get("/routines/")


# --- Deleting -------------------------------------------------------------------------------------


def test_deleting_asks_first_and_says_what_becomes_of_the_history(client_of, ana, routine):
    page = client_of(ana).get(url("routine-delete", routine.pk))
    assert "Delete Before the desk?" in page.text
    assert "Nothing happens to your history" in page.text
    assert "the link you shared" not in page.text
    assert Routine.objects.filter(pk=routine.pk).exists()
    routine.share()
    assert "the link you shared stops working" in client_of(ana).get(url("routine-delete", routine.pk)).text


def test_sessions_keep_their_name_and_scores_when_their_routine_is_deleted(client_of, ana):
    session = make_session(ana, before=5, after=3)
    response = client_of(ana).post(url("routine-delete", session.routine_id))
    assert response.headers["Location"] == "/routines/"
    session = Session.objects.get(pk=session.pk)
    assert session.routine is None
    assert session.name == "Before the desk"
    assert session.pain_scores.count() == 2
    assert "Before the desk" in client_of(ana).get("/journal/").text


# --- Duplicating ----------------------------------------------------------------------------------


def test_a_duplicate_is_named_as_one_and_is_meant_for_no_day(client_of, ana, routine):
    routine.schedule([0], ["morning"])
    client_of(ana).post(url("routine-copy", routine.pk))
    copy = Routine.objects.get(name="Before the desk, copy")
    assert copy.seconds == routine.seconds
    assert (copy.owner, copy.days, copy.times) == (ana, 0, [])


def test_a_duplicate_of_a_long_name_keeps_to_its_length(client_of, ana, routine):
    routine.rename("n" * 80)
    client_of(ana).post(url("routine-copy", routine.pk))
    assert ana.routines.get(name__endswith=", copy").name == "n" * 74 + ", copy"


# --- Days and times -------------------------------------------------------------------------------


def test_days_and_times_are_chosen_and_shown_again(client_of, ana, routine):
    client = client_of(ana)
    sent = {"days": ["0", "1", "2", "3", "4"], "times": ["morning"], "clock_times": "18.30, 6:05"}
    response = client.post(url("routine-schedule", routine.pk), sent)
    assert response.headers["Location"] == url("routine-detail", routine.pk)
    routine.refresh_from_db()
    assert (routine.days, routine.times) == (0b11111, ["06:05", "morning", "18:30"])
    said = "Weekdays, 06:05, morning and 18:30"
    assert said in client.get(url("routine-detail", routine.pk)).text
    assert said in client.get("/routines/").text
    form = client.get(url("routine-schedule", routine.pk))
    assert form.text.count(" checked") == 6
    assert 'value="06:05, 18:30"' in form.text


def test_clearing_all_days_takes_it_off(client_of, ana, routine):
    routine.schedule([0, 6], ["morning"])
    client_of(ana).post(url("routine-schedule", routine.pk), {"times": ["morning"]})
    routine.refresh_from_db()
    assert (routine.days, routine.times) == (0, [])
    assert "No day yet" in client_of(ana).get(url("routine-detail", routine.pk)).text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"clock_times": "7:30, half <past> six"}, "“half” is not a time."),
        ({"clock_times": "25:00"}, "“25:00” is not a time. Write hours and minutes, such as 18:30."),
        ({"clock_times": " ".join(f"{hour}:00" for hour in range(9))}, "8 times a day is the most."),
        ({"clock_times": "7:30 " * 40}, "8 times a day is the most."),
        ({"days": ["7"]}, "Tick days from Monday to Sunday."),
        ({"times": ["teatime"]}, "Tick morning, midday or evening."),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence_and_kept_as_typed(
    client_of, ana, routine, sent, sentence
):
    page = client_of(ana).post(url("routine-schedule", routine.pk), {"days": ["2"], **sent})
    assert page.status_code == 422
    assert sentence in page.text
    assert page.context["form"]["clock_times"].value() == sent.get("clock_times")
    routine.refresh_from_db()
    assert (routine.days, routine.times) == (0, [])


def test_times_without_a_day_are_asked_about(client_of, ana, routine):
    page = client_of(ana).post(url("routine-schedule", routine.pk), {"times": ["evening"]})
    assert page.status_code == 422
    assert "Tick the days, too." in page.text
    assert page.text.count(" checked") == 1


# --- Whose it is ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["routine-archive", "routine-delete", "routine-schedule"])
def test_a_stranger_gets_404_and_changes_nothing(client_of, ana, ben, routine, name):
    sent = {"away": "1", "days": ["0"]}
    for person in (ben, User.objects.create_guest()):
        assert client_of(person).post(url(name, routine.pk), sent).status_code == 404
    assert client_of(ben).get(url(name, routine.pk)).status_code in (404, 405)
    routine.refresh_from_db()
    assert (routine.archived_at, routine.days) == (None, 0)


@pytest.mark.parametrize("name", ["routine-archive", "routine-delete", "routine-schedule"])
def test_nobody_manages_a_ready_made_routine(client_of, ana, name):
    ready_made = Routine.objects.get(slug="desk-five")
    assert client_of(ana).post(url(name, ready_made.pk), {"away": "1"}).status_code == 404
    page = client_of(ana).get(url("routine-detail", ready_made.pk))
    assert url(name, ready_made.pk) not in page.text
    assert url("routine-sheet", ready_made.pk) in page.text


def test_a_guest_manages_a_routine_of_their_own(client_of):
    guest = User.objects.create_guest()
    own = make_routine(guest, "cat-cow")
    page = client_of(guest).get(url("routine-detail", own.pk))
    manage = ["edit", "schedule", "fit", "sheet", "export", "copy", "archive", "delete"]
    assert [name for name in manage if url(f"routine-{name}", own.pk) not in page.text] == []
    client_of(guest).post(url("routine-schedule", own.pk), {"days": ["0"]})
    assert guest.routines.get().days == 1


def test_putting_away_is_never_a_get(client_of, ana, routine):
    assert client_of(ana).get(url("routine-archive", routine.pk)).status_code == 405


# --- Balance --------------------------------------------------------------------------------------


def test_the_page_shows_the_balance_at_a_glance(client_of, ana, routine):
    page = client_of(ana).get(url("routine-detail", routine.pk))
    sums = balance_of(Routine.objects.with_items().get(pk=routine.pk))
    assert dict(sums.directions)["Bending back"] == 2
    for words in (sums.direction_words, sums.area_words, sums.equipment_words):
        assert words in page.text


def test_a_balance_costs_two_questions_however_many_stretches(ana, django_assert_num_queries):
    for slugs in (["cat-cow"], ["cat-cow", "sphinx", "figure-four", "bird-dog", "cat-cow"]):
        routine = Routine.objects.with_items().get(pk=make_routine(ana, *slugs).pk)
        with django_assert_num_queries(2):
            balance_of(routine)
