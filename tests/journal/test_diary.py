"""A day, a month, flare-ups and the report: what is shown, and what can be changed there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from journal import report as reports
from journal.models import FlareUp, HurtReport, PainScore, SessionNote
from journal.practice import practice
from journal.record import record
from routines.models import Session
from stretches.models import Mark
from tests.factories import make_fact, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

FRIDAY = datetime(2026, 5, 15, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_friday(time_machine):
    time_machine.move_to(FRIDAY, tick=False)


def make_full(user: User, at: datetime) -> Session:
    """A session in which much happened, begun then."""
    session = make_session(user, "figure-four", "sphinx", before=6, after=3, started_at=at, finished=False)
    hold = next(n for n, step in enumerate(session.steps) if step.kind == "hold")
    last = len(session.steps) - 1
    record(
        session,
        make_fact(f"hold:{hold}", {"result": "done", "seconds": 30}, at=at),
        make_fact(f"hurt:{last}", {"seconds": 7}, at=at),
        make_fact("rating:figure-four", {"value": "helped"}, at=at),
        make_fact("rating:sphinx", {"value": "uncomfortable"}, at=at),
        make_fact("note", {"text": "Long drive\nbad seat", "cramp": True}, at=at),
        make_fact("end", {"whole": False}, at=at + timedelta(minutes=4)),
    )
    session.refresh_from_db()
    return session


# --- A day --------------------------------------------------------------------------------------------


def test_a_day_shows_all_that_happened_on_it(client_of, ana):
    make_full(ana, FRIDAY - timedelta(hours=4))
    PainScore.objects.check_in(ana, 4, FRIDAY - timedelta(hours=1))
    FlareUp.objects.create(user=ana, label="Moved house", starts_on=date(2026, 5, 12))
    page = client_of(ana).get("/journal/2026-05-15/").text
    for words in (
        "Friday 15 May",
        "Before the desk",
        "08:00",
        "One of two stretches",
        "<b>6</b> Strong; I cut some things short",
        "<b>3</b> Mild; easy to forget",
        "Cramp",
        "Long drive<br>bad seat",
        "Helped",
        "Uncomfortable",
        "You left it because it hurt, after 7 s.",
        "<b>4</b> Noticeable",
        "In a flare-up: Moved house",
    ):
        assert words in page, words


def test_a_score_at_half_past_eleven_belongs_to_that_day_where_the_person_was(client_of, ana):
    ana.time_zone = "Pacific/Auckland"
    ana.save()
    make_session(ana, before=7, started_at=datetime(2026, 5, 13, 11, 30, tzinfo=UTC))  # 23:30 in Auckland
    ana.time_zone = "America/Los_Angeles"
    ana.save()
    assert "<b>7</b>" in client_of(ana).get("/journal/2026-05-13/").text
    assert "23:30" in client_of(ana).get("/journal/2026-05-13/").text
    assert "<b>7</b>" not in client_of(ana).get("/journal/2026-05-12/").text


def test_a_day_without_anything_says_so_and_days_to_come_are_not_there(client_of, ana):
    assert "Nothing was done or written down on this day." in client_of(ana).get("/journal/2026-05-14/").text
    for day in ("2026-05-16", "1949-01-01", "2026-02-30", "0000-01-01", "9999-12-31"):
        assert client_of(ana).get(f"/journal/{day}/").status_code == 404


def test_nobody_sees_the_day_of_another(client_of, ana, ben):
    make_full(ana, FRIDAY - timedelta(hours=4))
    assert "Nothing was done" in client_of(ben).get("/journal/2026-05-15/").text


def test_a_day_asks_as_many_questions_for_five_sessions_as_for_one(
    client_of, ana, django_assert_max_num_queries, django_assert_num_queries
):
    make_full(ana, FRIDAY - timedelta(hours=4))
    client = client_of(ana)
    client.get("/journal/2026-05-15/")
    with django_assert_max_num_queries(12) as few:
        client.get("/journal/2026-05-15/")
    for hours in (5, 6, 7, 8):
        make_full(ana, FRIDAY - timedelta(hours=hours))
    with django_assert_num_queries(len(few)):
        client.get("/journal/2026-05-15/")


def test_a_hurt_report_is_taken_out_and_what_is_set_aside_stays_so(client_of, ana, ben):
    first, second = (make_full(ana, FRIDAY - timedelta(hours=hours)) for hours in (6, 3))
    assert Mark.objects.get(person=ana).set_aside_at
    step = HurtReport.objects.get(session=second).step
    place = f"/sessions/{second.pk}/hurts/{step}/remove/"
    assert client_of(ben).post(place).status_code == 404
    assert client_of(ana).post(place).headers["Location"] == "/journal/2026-05-15/"
    assert HurtReport.objects.get().session == first
    assert Mark.objects.get(person=ana).set_aside_at


def test_a_rating_and_a_note_are_taken_back(client_of, ana):
    session = make_full(ana, FRIDAY - timedelta(hours=4))
    place = f"/sessions/{session.pk}/finish/?next=/journal/2026-05-15/"
    page = client_of(ana).get(place).text
    assert page.count("Not noticed") == 2
    answer = client_of(ana).post(place, {"rating-figure-four": "", "rating-sphinx": "helped", "text": ""})
    assert answer.headers["Location"] == "/journal/2026-05-15/"
    assert {r.stretch.slug: r.value for r in session.ratings.all()} == {"sphinx": "helped"}
    note = SessionNote.objects.get(session=session)
    assert (note.text, note.cramp) == ("", False)
    assert session.pain_scores.get(moment="after").score == 3


def test_a_session_is_removed_with_all_of_it_after_a_question(client_of, ana, ben):
    session = make_full(ana, FRIDAY - timedelta(hours=4))
    place = f"/sessions/{session.pk}/remove/"
    assert client_of(ben).post(place).status_code == 404
    assert "Remove this session?" in client_of(ana).get(place).text
    assert Session.objects.exists()
    client_of(ana).post(place)
    assert not Session.objects.exists()
    assert not PainScore.objects.exists()


# --- How long it was ------------------------------------------------------------------------------------


def test_of_a_session_that_ended_early_only_the_holds_count(ana):
    session = make_full(ana, FRIDAY - timedelta(hours=4))
    whole = make_session(ana, started_at=FRIDAY - timedelta(hours=2))
    assert [each.seconds for each in practice(ana, FRIDAY.date(), FRIDAY.date())] == [30, whole.total_seconds]
    assert session.total_seconds > 30


def test_what_was_skipped_does_not_count_though_the_end_was_reached(ana):
    session = make_session(ana, started_at=FRIDAY - timedelta(hours=2))
    holds = [n for n, step in enumerate(session.steps) if step.kind == "hold"]
    record(session, make_fact(f"hold:{holds[0]}", {"result": "skipped", "seconds": 4}))
    record(session, make_fact(f"hold:{holds[1]}", {"result": "done", "seconds": 10}))
    assert [each.seconds for each in practice(ana, FRIDAY.date(), FRIDAY.date())] == [14]


def test_days_of_long_ago_come_without_their_seconds(ana):
    for days in (40, 39, 0):
        make_session(ana, started_at=FRIDAY - timedelta(days=days))
    today = FRIDAY.date()
    found = list(practice(ana, today - timedelta(days=90), today, timed_since=today - timedelta(days=30)))
    assert [each.day for each in found] == [today - timedelta(days=days) for days in (40, 39, 0)]
    assert [bool(each.seconds) for each in found] == [False, False, True]


# --- A month --------------------------------------------------------------------------------------------


def test_a_month_leads_to_its_days_and_to_the_months_beside_it(client_of, ana):
    make_full(ana, FRIDAY - timedelta(days=3))
    page = client_of(ana).get("/journal/2026-05/").text
    assert "May 2026" in page
    assert "12 May, 1 minute: Before the desk" in page
    assert 'href="/journal/2026-05-12/"' in page
    assert 'href="/journal/2026-05-16/"' not in page
    assert 'href="/journal/2026-04/"' in page
    assert 'href="/journal/2026-06/"' not in page
    for month in ("2026-06", "2026-13", "1949-12"):
        assert client_of(ana).get(f"/journal/{month}/").status_code == 404
    part = client_of(ana).get("/journal/2026-05/", headers={"HX-Target": "section#month"})
    assert part.templates[0].name == "journal/_month.html"


# --- Flare-ups ------------------------------------------------------------------------------------------


def mark(client: Client, **said: str):
    return client.post("/journal/flares/", {"label": "", "starts_on": "2026-05-15", "ends_on": "", **said})


def test_a_flare_up_is_marked_seen_on_the_chart_and_ended(client_of, ana):
    make_session(ana, before=5, after=4, started_at=FRIDAY - timedelta(days=6))
    client = client_of(ana)
    mark(client, label="Long drive", starts_on="2026-05-10")
    flare = FlareUp.objects.get()
    page = client.get("/journal/").text
    assert 'class="flare"' in page
    assert "Long drive" in page
    assert "Sore since Sunday 10 May" in client.get("/").text
    client.post(f"/journal/flares/{flare.pk}/end/")
    flare.refresh_from_db()
    assert flare.ends_on == date(2026, 5, 14)
    assert "Sore since" not in client.get("/").text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"starts_on": ""}, "Give the day it began."),
        ({"starts_on": "2026-05-16"}, "This day is still to come."),
        ({"starts_on": "1949-01-01"}, "That is too long ago."),
        ({"starts_on": "2026-05-14", "ends_on": "2026-05-13"}, "The last day is before the first."),
        ({"starts_on": "2026-02-30"}, "Give the day as in 14/05/2026."),
        ({"label": "x" * 81}, "Keep it to 80 characters."),
    ],
)
def test_a_flare_up_that_makes_no_sense_is_refused_beside_its_field(client_of, ana, said, sentence):
    answer = mark(client_of(ana), **said)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not FlareUp.objects.exists()


def test_only_one_goes_on_at_a_time(client_of, ana):
    mark(client_of(ana), starts_on="2026-05-10")
    answer = mark(client_of(ana))
    assert answer.status_code == 422
    assert "One that began on Sun 10 May goes on. End that first." in answer.text
    assert mark(client_of(ana), starts_on="2026-05-01", ends_on="2026-05-02").status_code == 302
    assert FlareUp.objects.count() == 2


def test_a_flare_up_is_changed_and_taken_out_by_its_person_alone(client_of, ana, ben):
    flare = FlareUp.objects.create(user=ana, starts_on=date(2026, 5, 10))
    place = f"/journal/flares/{flare.pk}/"
    for address in (place, f"{place}end/", f"{place}remove/"):
        assert client_of(ben).post(address, {"starts_on": "2026-05-01"}).status_code == 404
    client_of(ana).post(place, {"label": "Cold", "starts_on": "2026-05-09", "ends_on": "2026-05-11"})
    flare.refresh_from_db()
    assert (flare.label, flare.starts_on, flare.ends_on) == ("Cold", date(2026, 5, 9), date(2026, 5, 11))
    client_of(ana).post(f"{place}remove/")
    assert not FlareUp.objects.exists()


# --- The report -----------------------------------------------------------------------------------------


def test_the_report_counts_what_was_done_and_said(client_of, ana):
    make_full(ana, FRIDAY - timedelta(days=3))
    make_session(ana, before=4, after=2, started_at=FRIDAY - timedelta(days=1))
    PainScore.objects.check_in(ana, 8, FRIDAY - timedelta(days=9))
    found = reports.report(ana, date(2026, 5, 1), date(2026, 5, 15), with_notes=False)
    assert (found.sessions, found.days) == (2, 2)
    assert [row.when for row in found.rows] == ["1 May to 3 May", "4 May to 10 May", "11 May to 15 May"]
    assert [(row.before, row.after, row.check_ins) for row in found.rows] == [
        ("–", "–", "–"),
        ("–", "–", "8"),
        ("5 (4–6)", "2½ (2–3)", "–"),
    ]
    by_name = {row.name: row for row in found.stretches}
    assert (by_name["Figure four"].holds, by_name["Figure four"].seconds, by_name["Figure four"].helped) == (
        1,
        30,
        1,
    )
    assert (by_name["Sphinx"].uncomfortable, by_name["Sphinx"].hurt) == (1, 1)
    assert found.symptoms == [("Cramp", 1)]
    page = client_of(ana).get("/journal/report/").text
    assert "2 sessions on 2 days" in page
    assert "Cramp: in 1 session" in page


def test_own_notes_are_on_it_only_if_they_are_asked_for(client_of, ana):
    make_full(ana, FRIDAY - timedelta(days=3))
    period = {"first": "2026-05-01", "last": "2026-05-15"}
    assert "Long drive" not in client_of(ana).get("/journal/report/", period).text
    assert "Long drive<br>bad seat" in client_of(ana).get("/journal/report/", {**period, "notes": "on"}).text


def test_a_long_period_is_summed_up_by_four_weeks(ana):
    found = reports.report(ana, date(2025, 5, 16), date(2026, 5, 15), with_notes=False)
    assert not found.by_week
    assert len(found.rows) == 14
    assert (found.rows[0].when, found.rows[-1].when) == ("16 May to 8 Jun", "11 May to 15 May")


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ({"first": "2026-05-15", "last": "2026-05-01"}, "The last day is before the first."),
        ({"first": "2026-05-01", "last": "2026-06-01"}, "This day is still to come."),
        ({"first": "", "last": "2026-05-15"}, "Give the first day."),
        ({"first": "x", "last": "0001-01-01"}, "Give the day as in 14/05/2026."),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(client_of, ana, period, sentence):
    answer = client_of(ana).get("/journal/report/", period)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_report_asks_as_many_questions_for_many_sessions_as_for_one(
    client_of, ana, django_assert_max_num_queries, django_assert_num_queries
):
    make_full(ana, FRIDAY - timedelta(days=1))
    client = client_of(ana)
    with django_assert_max_num_queries(12) as few:
        client.get("/journal/report/?first=2026-01-01&last=2026-05-15&notes=on")
    for days in range(2, 9):
        make_full(ana, FRIDAY - timedelta(days=days))
    with django_assert_num_queries(len(few)):
        client.get("/journal/report/?first=2026-01-01&last=2026-05-15&notes=on")
