"""Before, during and after a session without JavaScript; Today; the history."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from journal.models import Hold, PainScore
from routines.models import Session
from tests.factories import make_routine, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def session(ana):
    return make_session(ana, "figure-four", finished=False)


def test_the_score_before_leads_to_the_player(client_of, ana, session):
    response = client_of(ana).post(f"/sessions/{session.pk}/before/", {"score": "6"})
    assert response.headers["Location"] == f"/sessions/{session.pk}/"
    assert session.pain_scores.get(moment="before").score == 6


def test_nothing_is_chosen_beforehand_and_an_untouched_form_is_refused(client_of, ana, session):
    page = client_of(ana).get(f"/sessions/{session.pk}/before/")
    assert " checked" not in page.content.decode()
    for data in ({}, {"score": ""}, {"score": "0"}, {"score": "11"}, {"score": "soon"}):
        response = client_of(ana).post(f"/sessions/{session.pk}/before/", data)
        assert response.status_code == 422
        assert "1 to 10" in response.content.decode()
    assert not PainScore.objects.exists()


def test_the_words_of_the_scale_say_no_pain_at_one(client_of, ana, session):
    page = client_of(ana).get(f"/sessions/{session.pk}/before/").content.decode()
    assert "No pain" in page
    assert "The worst pain I can imagine" in page


def test_a_step_done_by_a_plain_form_records_a_hold_and_goes_on(client_of, ana, session):
    answers = [
        client_of(ana).post(f"/sessions/{session.pk}/steps/{number}/", {"result": result}).headers["Location"]
        for number, result in enumerate(["", "", "", "", "", "skipped"])
    ]
    assert answers[0] == f"/sessions/{session.pk}/?step=1"
    assert answers[-1] == f"/sessions/{session.pk}/finish/"
    assert list(Hold.objects.values_list("step", "result", "seconds")) == [(2, "done", 30), (5, "skipped", 0)]
    session.refresh_from_db()
    assert session.is_whole


def test_a_step_that_the_session_does_not_have_is_404(client_of, ana, session):
    assert client_of(ana).post(f"/sessions/{session.pk}/steps/6/").status_code == 404


def test_the_finish_form_records_everything_said(client_of, ana, session):
    said = {"score": "3", "rating-figure-four": "helped", "cramp": "on", "text": "Long drive yesterday"}
    response = client_of(ana).post(f"/sessions/{session.pk}/finish/", said)
    assert response.headers["Location"] == "/"
    assert session.pain_scores.get(moment="after").score == 3
    assert session.ratings.get().value == "helped"
    session.refresh_from_db()
    assert (session.note.cramp, session.note.dizzy, session.note.text) == (
        True,
        False,
        "Long drive yesterday",
    )
    assert session.finished_at
    assert not session.is_whole


def test_coming_back_to_the_finish_form_shows_what_was_said_and_corrects_it(client_of, ana, session):
    client = client_of(ana)
    client.post(
        f"/sessions/{session.pk}/finish/", {"score": "3", "rating-figure-four": "helped", "text": "Hm"}
    )
    page = client.get(f"/sessions/{session.pk}/finish/").content.decode()
    assert 'value="3" checked' in page
    assert 'value="helped" checked' in page
    client.post(f"/sessions/{session.pk}/finish/", {"score": "4"})
    score = session.pain_scores.get(moment="after")
    assert (score.score, score.first_score) == (4, 3)


def test_a_note_or_a_rating_alone_may_be_sent_but_not_nothing(client_of, ana, session):
    assert client_of(ana).post(f"/sessions/{session.pk}/finish/", {}).status_code == 422
    assert not Session.objects.get(pk=session.pk).finished_at
    client_of(ana).post(f"/sessions/{session.pk}/finish/", {"text": "Stopped, the phone rang"})
    assert not PainScore.objects.exists()
    assert Session.objects.get(pk=session.pk).note.text == "Stopped, the phone rang"


def test_all_of_it_can_be_skipped_and_stays_missing(client_of, ana, session):
    client_of(ana).post(f"/sessions/{session.pk}/finish/", {"skip": "1"})
    assert not PainScore.objects.exists()
    assert Session.objects.get(pk=session.pk).finished_at


@pytest.mark.parametrize(
    "said",
    [{"score": "12"}, {"rating-figure-four": "great"}, {"score": "3", "text": "x" * 2001}, {"text": "a\0b"}],
)
def test_a_finish_form_that_makes_no_sense_is_refused_whole(client_of, ana, session, said):
    response = client_of(ana).post(f"/sessions/{session.pk}/finish/", said)
    assert response.status_code == 422
    assert not PainScore.objects.exists()
    assert not Session.objects.get(pk=session.pk).finished_at


@pytest.mark.parametrize("symptom", ["down_a_leg", "pins_and_needles"])
def test_a_leg_symptom_shows_the_stop_text(client_of, ana, session, symptom):
    response = client_of(ana).post(f"/sessions/{session.pk}/finish/", {symptom: "on"}, follow=True)
    assert response.redirect_chain[-1][0] == "/safety/#leg"
    assert "speak to a doctor or physiotherapist soon" in response.content.decode()


@pytest.mark.parametrize("page", ["before", "finish"])
def test_a_stranger_cannot_see_or_answer_for_a_session(client_of, ana, ben, session, page):
    assert client_of(ben).get(f"/sessions/{session.pk}/{page}/").status_code == 404
    assert client_of(ben).post(f"/sessions/{session.pk}/{page}/", {"score": "3"}).status_code == 404
    assert client_of(ben).post(f"/sessions/{session.pk}/steps/2/").status_code == 404
    assert not PainScore.objects.exists()


@pytest.mark.parametrize("page", ["before", "finish"])
def test_a_session_is_not_deleted_by_a_browser(client_of, ana, session, page):
    assert client_of(ana).delete(f"/sessions/{session.pk}/{page}/").status_code == 405
    assert client_of(ana).get(f"/sessions/{session.pk}/steps/2/").status_code == 405


# --- Today ----------------------------------------------------------------------------------------


def test_a_newcomer_sees_the_landing_page_without_becoming_anybody(client):
    response = client.get("/")
    assert "Five quiet minutes for a sore lower back" in response.content.decode()
    assert not User.objects.exists()
    assert "sessionid" not in response.cookies


def test_today_offers_what_was_done_last(client_of, ana):
    make_routine(ana, "sphinx", name="Newer")
    session = make_session(ana, "cat-cow")
    session.routine.rename("Older")
    assert client_of(ana).get("/").context["routine"].name == "Older"


def test_today_offers_the_own_routine_and_then_the_five_minutes(client_of, ana, ben):
    make_routine(ana, "sphinx", name="Mine")
    assert client_of(ana).get("/").context["routine"].name == "Mine"
    assert client_of(ben).get("/").context["routine"].slug == "desk-five"


def test_today_works_when_the_last_routine_was_deleted(client_of, ana):
    make_session(ana).routine.delete()
    assert client_of(ana).get("/").status_code == 200


def test_today_leads_back_into_an_unfinished_session_for_a_day(client_of, ana, session):
    assert "Go on where you were" in client_of(ana).get("/").content.decode()
    Session.objects.update(started_at=timezone.now() - timedelta(hours=25))
    assert "Go on where you were" not in client_of(ana).get("/").content.decode()


def test_personal_pages_are_kept_by_no_cache(client_of, ana):
    assert client_of(ana).get("/").headers["Cache-Control"] == "no-store, private"
    assert client_of(ana).get("/journal/").headers["Cache-Control"] == "no-store, private"


# --- History --------------------------------------------------------------------------------------


def test_a_history_without_sessions_says_what_it_will_show(client_of, ana, client):
    assert "Nothing here yet" in client_of(ana).get("/journal/").content.decode()
    assert "Nothing here yet" in client.get("/journal/").content.decode()


@pytest.mark.parametrize("name", ["30d", "90d", "1y", "all"])
def test_the_history_shows_the_sessions_of_its_range_as_bars_and_as_a_table(client_of, ana, name):
    for days, before, after in ((1, 6, 4), (10, 5, 5), (50, 4, 6), (300, 8, 3)):
        make_session(ana, before=before, after=after, started_at=timezone.now() - timedelta(days=days))
    response = client_of(ana).get("/journal/", {"range": name})
    inside = {"30d": 2, "90d": 3, "1y": 4, "all": 4}[name]
    assert len(response.context["rows"]) == inside
    assert response.context["range_name"] == name


def test_an_unknown_range_is_the_usual_one(client_of, ana):
    make_session(ana, before=5, after=3)
    assert client_of(ana).get("/journal/", {"range": "tomorrow"}).context["range_name"] == "90d"


def test_the_history_answers_with_its_fragment(client_of, ana):
    make_session(ana, before=5, after=3)
    response = client_of(ana).get("/journal/", {"range": "30d"}, headers={"HX-Target": "section#history"})
    assert response.templates[0].name == "journal/_history.html"
    assert "HX-Target" in response.headers["Vary"]


def test_nobody_sees_anybody_elses_history(client_of, ana, ben):
    make_session(ana, before=9, after=8)
    assert "Nothing here yet" in client_of(ben).get("/journal/").content.decode()


@pytest.mark.parametrize("address", ["/", "/journal/?range=all"])
def test_a_page_asks_as_many_questions_for_many_sessions_as_for_one(
    client_of, ana, address, django_assert_max_num_queries, django_assert_num_queries
):
    make_session(ana, before=5, after=3)
    client = client_of(ana)
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    for days in range(1, 12):
        make_session(ana, before=5, after=3, started_at=timezone.now() - timedelta(days=days))
    with django_assert_num_queries(len(few)):
        client.get(address)


@pytest.mark.parametrize("days", [40, 200])
def test_earlier_leads_on_as_long_as_there_is_more_however_far_back_it_is(client_of, ana, days):
    """One session now and one that the page of 30 days has no reason to fetch, or has."""
    make_session(ana, before=5, after=3)
    make_session(ana, before=6, after=4, started_at=timezone.now() - timedelta(days=days))
    client = client_of(ana)
    chart = client.get("/journal/", {"range": "30d"}).context["chart"]
    while chart.earlier:
        chart = client.get(f"/journal/{chart.earlier}").context["chart"]
    assert chart.lower == 1
    assert chart.first_on <= timezone.localdate() - timedelta(days=days) <= chart.last_on
