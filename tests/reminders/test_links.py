"""Links in mails: what they do signed out, once, and in the hands of a program that opens them all."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.test import Client

from journal.models import Moment, PainScore
from reminders.addresses import is_confirmed
from reminders.models import MailWishes, Notice
from reminders.sending import send_due
from routines.models import Session
from tests.factories import make_session
from tests.reminders.conftest import make_reminder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

MONDAY = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
TUESDAY_NOON = datetime(2026, 3, 3, 12, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def signed_out() -> Client:
    return Client(enforce_csrf_checks=True)


def link_in(text: str) -> str:
    return re.search(r"https://limber\.example\.org(/reminders/[^ \n>]+)", text)[1]


def all_rows() -> list[tuple]:
    return [
        row for kind in apps.get_models() if kind._meta.managed for row in kind._base_manager.values_list()
    ]


# Stop ---------------------------------------------------------------------------------------------


@pytest.fixture
def stop_link(mail_server, ana, wanting) -> str:
    wanting(ana, "reminders", "weekly")
    make_reminder(ana)
    send_due(MONDAY)
    return link_in(mail_server.to(ana)[0]["List-Unsubscribe"])


def test_one_click_of_a_mail_program_stops_that_kind_of_mail_signed_out(
    signed_out, stop_link, mail_server, ana
):
    """As RFC 8058 has it: a POST without a cookie and without a page before it."""
    answer = signed_out.post(stop_link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    wishes = MailWishes.objects.get(user=ana)
    assert (wishes.reminders, wishes.weekly) == (False, True)
    send_due(MONDAY + timedelta(days=1))
    assert len(mail_server.to(ana)) == 1


def test_a_program_that_looks_at_every_link_stops_nothing(signed_out, stop_link):
    rows = all_rows()
    for method in ("get", "head", "options"):
        answer = getattr(signed_out, method)(stop_link)
        assert not answer.cookies
        assert answer.headers.get("Referrer-Policy", "same-origin") in ("no-referrer", "same-origin")
    assert all_rows() == rows


def test_the_stop_link_of_an_old_mail_works_and_that_of_nobody_does_not(
    signed_out, stop_link, time_machine, ana
):
    time_machine.move_to(MONDAY + timedelta(days=1000))
    assert signed_out.post(stop_link).status_code == 200
    assert not MailWishes.objects.get(user=ana).reminders
    assert signed_out.post(stop_link[:-2] + "x/").status_code == 404
    ana.delete()
    assert signed_out.post(stop_link).status_code == 200


# Confirm ------------------------------------------------------------------------------------------


def test_nothing_is_sent_before_the_address_is_confirmed(mail_server, ana, client_of):
    page = client_of(ana).post("/accounts/reminders/mails/", {"reminders": "on"})
    assert "A link is on its way to ana@example.org" in page.text
    confirmation = mail_server.only()
    make_reminder(ana)
    MailWishes.objects.filter(user=ana).update(made_at=MONDAY - timedelta(hours=2))
    send_due(MONDAY)
    assert mail_server.to(ana) == [confirmation]
    link = re.search(r"http://testserver(/\S+)", confirmation.get_body().get_content())[1]
    Client().get(link)
    assert not is_confirmed(ana)
    Client().post(link)
    assert is_confirmed(ana)
    send_due(MONDAY)
    assert len(mail_server.to(ana)) == 2


def test_another_link_is_sent_after_a_while(mail_server, ana, client_of, time_machine):
    client = client_of(ana)
    answers = [client.post("/accounts/reminders/confirm/") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert "A link is on its way already" in answers[1].text
    assert mail_server.only()["To"] == ana.email
    time_machine.shift(timedelta(minutes=4))
    assert client.post("/accounts/reminders/confirm/").status_code == 200


# A day later --------------------------------------------------------------------------------------


@pytest.fixture
def session(ana) -> Session:
    return make_session(ana, before=5, after=3, started_at=MONDAY)


@pytest.fixture
def answer_link(mail_server, ana, wanting, session, time_machine) -> str:
    wanting(ana, "next_day")
    due = session.finished_at + timedelta(hours=18)
    time_machine.move_to(due, tick=False)
    send_due(due)
    return link_in(mail_server.to(ana)[0].get_content())


def next_day_scores() -> list[int]:
    return list(PainScore.objects.filter(moment=Moment.NEXT_DAY).values_list("score", flat=True))


def test_the_question_is_answered_from_the_mail_signed_out_and_once(signed_out, answer_link, session):
    page = signed_out.get(answer_link)
    assert page.text.count('name="score"') == 10
    assert signed_out.post(answer_link, {"score": "4"}).status_code == 200
    assert next_day_scores() == [4]
    assert session.pain_scores.get(moment=Moment.NEXT_DAY).user == session.user
    again = signed_out.post(answer_link, {"score": "9"})
    assert again.status_code == 410
    assert signed_out.get(answer_link).status_code == 410
    assert next_day_scores() == [4]
    PainScore.objects.filter(moment=Moment.NEXT_DAY).delete()
    assert signed_out.post(answer_link, {"score": "9"}).status_code == 410


def test_looking_at_the_question_writes_nothing_and_tells_nothing(signed_out, answer_link):
    rows = all_rows()
    for method in ("get", "head", "options"):
        answer = getattr(signed_out, method)(answer_link)
        assert not answer.cookies
        assert "Before the desk" not in answer.content.decode()
        assert "ana" not in re.sub(r"<[^>]+>", " ", answer.content.decode()).lower().split()
    assert all_rows() == rows


def test_the_link_runs_out_36_hours_after_the_session(signed_out, answer_link, session, time_machine):
    time_machine.move_to(session.finished_at + timedelta(hours=36, seconds=1), tick=False)
    assert signed_out.get(answer_link).status_code == 410
    assert signed_out.post(answer_link, {"score": "4"}).status_code == 410
    assert next_day_scores() == []


def test_what_was_said_on_the_page_meanwhile_stands(signed_out, answer_link, client_of, session):
    client_of(session.user).post(f"/sessions/{session.pk}/scores/next-day/", {"score": "2"})
    assert signed_out.post(answer_link, {"score": "9"}).status_code == 410
    assert next_day_scores() == [2]


@pytest.mark.parametrize("said", [{}, {"score": "0"}, {"score": "11"}, {"score": "x"}, {"score": ""}])
def test_what_is_no_score_is_refused_and_the_link_still_works(signed_out, answer_link, said):
    assert signed_out.post(answer_link, said).status_code == 422
    assert next_day_scores() == []
    assert signed_out.post(answer_link, {"score": "1"}).status_code == 200


def test_skipping_is_an_answer_too(signed_out, answer_link, mail_server, ana):
    signed_out.post(answer_link, {"skip": "1"})
    assert next_day_scores() == []
    assert signed_out.get(answer_link).status_code == 410


def test_a_made_up_link_leads_nowhere(signed_out, answer_link):
    other = answer_link.replace("/next-day/", "/next-day/x")
    for link in (other, answer_link[:-3] + "/", "/reminders/next-day/1/"):
        assert signed_out.post(link, {"score": "4"}).status_code == 410
    assert next_day_scores() == []


def test_the_question_comes_by_day_and_not_when_it_is_answered(mail_server, ana, ben, wanting, time_machine):
    """A session at half past six in the evening is asked about at half past twelve, one at six in the morning not
    in the middle of the night."""
    for user in (ana, ben):
        wanting(user, "next_day")
    evening = make_session(ana, started_at=MONDAY)
    early = make_session(ben, started_at=datetime(2026, 3, 2, 6, tzinfo=UTC))
    sent = {}
    for number in range(2 * 48):
        now = MONDAY + number * timedelta(minutes=30)
        time_machine.move_to(now, tick=False)
        send_due(now)
        for user in (ana, ben):
            if mail_server.to(user):
                sent.setdefault(user, now)
    assert sent[ana] - evening.finished_at < timedelta(hours=18, minutes=30)
    assert sent[ben] == datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert sent[ben] - early.finished_at > timedelta(hours=18)
    assert len(mail_server.mails) == 2
    assert Notice.objects.filter(state="sent").count() == 2
