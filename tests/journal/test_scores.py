"""Scores one by one: given late, corrected, taken out; check-ins; the question a day later."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from journal import next_day
from journal.models import PainScore, SessionNote
from routines.models import Session
from tests.factories import make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

NOON = datetime(2026, 5, 15, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def hours_ago(ana, hours: float, **scores) -> Session:
    """A session that ended so many hours ago."""
    session = make_session(ana, started_at=NOON - timedelta(hours=hours, minutes=2), **scores)
    Session.objects.filter(pk=session.pk).update(finished_at=NOON - timedelta(hours=hours))
    session.refresh_from_db()
    return session


def address(session: Session, moment: str) -> str:
    return f"/sessions/{session.pk}/scores/{moment}/"


def test_a_score_is_corrected_and_what_was_said_first_stays_known(client_of, ana):
    session = hours_ago(ana, 3, before=6)
    page = client_of(ana).get(address(session, "before"))
    assert 'value="6" checked' in page.text
    answer = client_of(ana).post(address(session, "before"), {"score": "4"})
    assert answer.headers["Location"] == "/journal/2026-05-15/"
    score = session.pain_scores.get()
    assert (score.score, score.first_score, score.given_at) == (4, 6, session.started_at)
    assert score.changed_at == NOON
    assert "You first said 6" in client_of(ana).get(address(session, "before")).text


def test_a_score_that_was_skipped_can_be_given_later(client_of, ana):
    session = hours_ago(ana, 3)
    page = client_of(ana).get(address(session, "after"))
    assert " checked" not in page.text
    client_of(ana).post(address(session, "after"), {"score": "2"})
    assert session.pain_scores.get(moment="after").score == 2


def test_a_score_taken_out_is_missing(client_of, ana):
    session = hours_ago(ana, 3, before=6, after=4)
    client_of(ana).post(address(session, "after"), {"remove": "1"})
    assert list(session.pain_scores.values_list("moment", flat=True)) == ["before"]


@pytest.mark.parametrize("score", ["", "0", "11", "2.5", "three", "1" * 4000])
def test_no_score_from_1_to_10_is_refused_with_a_sentence(client_of, ana, score):
    session = hours_ago(ana, 3, before=6)
    answer = client_of(ana).post(address(session, "before"), {"score": score})
    assert answer.status_code == 422
    assert "1 to 10" in answer.text
    assert session.pain_scores.get().score == 6


@pytest.mark.parametrize("moment", ["check-in", "during"])
def test_a_session_has_no_other_moments(client_of, ana, moment):
    assert client_of(ana).get(address(hours_ago(ana, 3), moment)).status_code == 404


def test_a_stranger_neither_sees_nor_changes_a_score(client_of, ana, ben):
    session = hours_ago(ana, 20, before=6)
    check_in = PainScore.objects.check_in(ana, 5, NOON)
    places = [address(session, "before"), address(session, "next-day"), f"/journal/check-ins/{check_in.pk}/"]
    for place in places:
        assert client_of(ben).get(place).status_code == 404
        assert client_of(ben).post(place, {"score": "1", "remove": "1"}).status_code == 404
    assert client_of(ben).post(f"/journal/check-ins/{check_in.pk}/remove/").status_code == 404
    assert list(PainScore.objects.order_by("score").values_list("score", flat=True)) == [5, 6]


# --- A day later --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "is_asked"), [(17.99, False), (18, True), (24, True), (36, True), (36.01, False)]
)
def test_the_question_comes_18_to_36_hours_after_the_end(client_of, ana, hours, is_asked):
    session = hours_ago(ana, hours, after=3)
    assert (next_day.asked_of(ana, NOON) == session) is is_asked
    page = client_of(ana).get("/").text
    assert ("A day later, how is your back?" in page) is is_asked


def test_it_is_answered_in_one_tap_on_today_and_asked_no_more(client_of, ana):
    session = hours_ago(ana, 22, after=3)
    page = client_of(ana).get("/").text
    assert "Yesterday you did Before the desk and finished at 3." in page
    assert page.count('<button name="score"') == 10
    answer = client_of(ana).post(address(session, "next-day"), {"score": "4", "next": "/"})
    assert answer.headers["Location"] == "/"
    assert session.pain_scores.get(moment="next-day").score == 4
    assert "A day later" not in client_of(ana).get("/").text


def test_skipping_it_leaves_it_missing_and_asks_no_more(client_of, ana):
    session = hours_ago(ana, 22, after=3)
    client_of(ana).post(address(session, "next-day"), {"skip": "1", "next": "/"})
    assert not session.pain_scores.filter(moment="next-day").exists()
    assert SessionNote.objects.get(session=session).next_day_skipped
    assert "A day later" not in client_of(ana).get("/").text
    assert "skipped" in client_of(ana).get("/journal/").text


def test_of_several_sessions_on_a_day_the_last_is_asked_about(ana):
    hours_ago(ana, 28)
    last = hours_ago(ana, 20)
    assert next_day.asked_of(ana, NOON) == last
    next_day.skip(last)
    assert next_day.asked_of(ana, NOON) is None


def test_too_late_it_is_refused_and_says_what_to_do_instead(client_of, ana):
    session = hours_ago(ana, 40)
    answer = client_of(ana).post(address(session, "next-day"), {"score": "4"})
    assert answer.status_code == 422
    assert "Write a check-in instead." in answer.text
    assert not session.pain_scores.exists()


def test_once_given_it_can_be_corrected_at_any_time(client_of, ana, time_machine):
    session = hours_ago(ana, 22)
    client_of(ana).post(address(session, "next-day"), {"score": "4"})
    time_machine.move_to(NOON + timedelta(days=9), tick=False)
    client_of(ana).post(address(session, "next-day"), {"score": "2"})
    assert session.pain_scores.get().score == 2


def test_the_answer_never_leads_to_another_site(client_of, ana):
    session = hours_ago(ana, 22)
    answer = client_of(ana).post(
        address(session, "next-day"), {"score": "4", "next": "https://evil.example/"}
    )
    assert answer.headers["Location"] == "/journal/2026-05-14/"


# --- Check-ins ----------------------------------------------------------------------------------------


def test_a_check_in_is_of_now_unless_a_day_is_given(client_of, ana):
    answer = client_of(ana).post("/journal/check-in/", {"score": "5"})
    assert answer.headers["Location"] == "/journal/2026-05-15/"
    score = PainScore.objects.get()
    assert (score.moment, score.score, score.given_at, score.session) == ("check-in", 5, NOON, None)


def test_a_past_one_is_added_with_its_day_where_the_person_is(client_of, ana):
    ana.time_zone = "America/New_York"
    ana.save()
    client_of(ana).post("/journal/check-in/", {"score": "5", "on": "2026-03-02", "at": "23:30"})
    score = PainScore.objects.get()
    assert score.given_at == datetime(2026, 3, 3, 4, 30, tzinfo=UTC)
    assert score.day.isoformat() == "2026-03-02"
    ana.time_zone = "Asia/Tokyo"  # travelling doesn't move it
    ana.save()
    assert "<b>5</b>" in client_of(ana).get("/journal/2026-03-02/").text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"on": "2026-05-16"}, "This day is still to come."),
        ({"on": "1949-12-31"}, "Give a day from 1950 on."),
        ({"on": "soon"}, "Give the day as in 14/05/2026."),
        ({"on": "2026-05-01", "at": "25:00"}, "Give the time as in 18:30."),
    ],
)
def test_a_day_that_makes_no_sense_is_refused_beside_its_field(client_of, ana, said, sentence):
    answer = client_of(ana).post("/journal/check-in/", {"score": "5", **said})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="5" checked' in answer.text
    assert not PainScore.objects.exists()


def test_two_oclock_comes_twice_in_october_and_not_at_all_in_march(client_of, ana, time_machine):
    time_machine.move_to(datetime(2026, 12, 1, tzinfo=UTC), tick=False)
    ana.time_zone = "Europe/Berlin"
    ana.save()
    for day, clock in (("2026-10-25", "02:30"), ("2026-03-29", "02:30")):
        answer = client_of(ana).post("/journal/check-in/", {"score": "5", "on": day, "at": clock})
        assert answer.headers["Location"] == f"/journal/{day}/"
    march, october = PainScore.objects.order_by("given_at")
    assert october.there.strftime("%H:%M") == "02:30"
    assert october.given_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert march.there.strftime("%H:%M") == "03:30"


def test_a_second_check_in_the_same_day_is_normal_and_one_of_the_same_instant_corrects_it(ana):
    PainScore.objects.check_in(ana, 5, NOON - timedelta(hours=2))
    PainScore.objects.check_in(ana, 6, NOON)
    PainScore.objects.check_in(ana, 3, NOON)
    assert list(PainScore.objects.order_by("given_at").values_list("score", "first_score")) == [
        (5, 5),
        (3, 6),
    ]


def test_a_check_in_is_moved_corrected_and_taken_out(client_of, ana):
    score = PainScore.objects.check_in(ana, 5, NOON)
    place = f"/journal/check-ins/{score.pk}/"
    assert 'value="2026-05-15"' in client_of(ana).get(place).text
    client_of(ana).post(place, {"score": "4", "on": "2026-05-10", "at": "08:00"})
    score.refresh_from_db()
    assert (score.score, score.first_score) == (4, 5)
    assert score.given_at == datetime(2026, 5, 10, 8, tzinfo=ZoneInfo(ana.time_zone))
    assert client_of(ana).post(f"{place}remove/").headers["Location"] == "/journal/2026-05-10/"
    assert not PainScore.objects.exists()


def test_correcting_the_score_alone_leaves_the_instant_to_the_second(client_of, ana):
    score = PainScore.objects.check_in(ana, 5, NOON - timedelta(seconds=42, microseconds=7))
    client_of(ana).post(f"/journal/check-ins/{score.pk}/", {"score": "4", "on": "2026-05-15", "at": "11:59"})
    score.refresh_from_db()
    assert score.given_at == NOON - timedelta(seconds=42, microseconds=7)


def test_a_newcomer_is_asked_to_sign_in(client):
    for place in ("/journal/check-in/", "/journal/flares/", "/journal/report/", "/journal/2026-05-15/"):
        assert client.get(place).status_code == 302
    assert timezone.now() == NOON
