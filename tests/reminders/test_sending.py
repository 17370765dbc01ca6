"""Mails that are due: who gets them, when, how often, and what happens when something goes wrong."""

import logging
import smtplib
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend

from accounts.models import User
from journal.models import Pause
from reminders.models import MOST_REFUSALS, MailWishes, Notice
from reminders.sending import send_due
from routines.models import Session
from tests.factories import make_routine, make_session
from tests.reminders.conftest import make_reminder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

MONDAY = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def on_a_monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


def states() -> list[tuple[str, str]]:
    return sorted(Notice.objects.values_list("kind", "state"))


def test_a_reminder_comes_when_it_is_due_and_once(mail_server, ana, wanting):
    wanting(ana, "reminders")
    make_reminder(ana)
    send_due(MONDAY - timedelta(seconds=1))
    assert [mail["To"] for mail in mail_server.mails] == []
    for minutes in range(0, 60, 5):
        send_due(MONDAY + timedelta(minutes=minutes))
    (mail,) = mail_server.to(ana)
    assert "Every day, 18:30" in mail.get_content()
    assert "https://limber.example.org/" in mail.get_content()
    send_due(MONDAY + timedelta(days=1))
    assert len(mail_server.to(ana)) == 2


def test_only_who_wants_mail_and_has_a_confirmed_address_gets_any(mail_server, ana, ben, wanting):
    make_reminder(ana)
    make_reminder(ben)
    MailWishes.objects.create(user=ben, reminders=True, made_at=MONDAY - timedelta(days=9))
    wanting(ana, "weekly")
    send_due(MONDAY)
    assert mail_server.mails == []


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("Europe/Berlin", (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25))),
        ("America/New_York", (date(2026, 3, 8), date(2026, 11, 1))),
        ("Australia/Lord_Howe", (date(2026, 4, 5), date(2026, 10, 4))),
    ],
)
def test_a_run_every_five_minutes_over_a_change_of_clocks_sends_one_mail_a_day_at_its_time(
    mail_server, ana, wanting, time_machine, zone, days
):
    wanting(ana, "reminders", time_zone=zone)
    make_reminder(ana, "00:00")
    for day in days:
        mail_server.mails.clear()
        start = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
        sent_at = []
        for number in (*range(-12, 36), *range(36, 240, 10)):
            now = start + number * FIVE_MINUTES
            time_machine.move_to(now, tick=False)
            sent_at += [now] * send_due(now)["sent"]
        assert [f"{at.astimezone(ZoneInfo(zone)):%d %H:%M}" for at in sent_at] == [f"{day:%d} 00:00"]


def test_what_is_done_already_today_is_not_asked_for(mail_server, ana, wanting):
    wanting(ana, "reminders")
    make_reminder(ana)
    make_session(ana, started_at=MONDAY - timedelta(hours=6))
    send_due(MONDAY)
    assert mail_server.mails == []
    assert states() == [("reminder", "not-needed")]


def test_a_session_of_yesterday_evening_there_does_not_count_for_today(mail_server, ana, wanting):
    """At midnight in Auckland it is 11:00 in Greenwich: the session an hour before is another day's."""
    wanting(ana, "reminders", time_zone="Pacific/Auckland")
    make_reminder(ana, "00:30")
    midnight = datetime(2026, 3, 2, 11, tzinfo=UTC)
    make_session(ana, started_at=midnight - timedelta(hours=2))
    send_due(midnight + timedelta(minutes=30))
    assert len(mail_server.to(ana)) == 1


def test_in_the_evening_the_evening_routine_decides(mail_server, ana, wanting):
    wanting(ana, "reminders")
    make_reminder(ana)
    routine = make_routine(ana, "cat-cow")
    routine.schedule(range(7), ["morning", "18:00"])
    first = Session.objects.begin(ana, routine)
    Session.objects.filter(pk=first.pk).update(started_at=MONDAY - timedelta(hours=11))
    first.refresh_from_db()
    first.finish(first.started_at + timedelta(minutes=3), whole=True)
    send_due(MONDAY)
    assert len(mail_server.to(ana)) == 1


def test_during_a_pause_and_in_the_middle_of_a_session_nothing_comes(mail_server, ana, ben, wanting):
    for user in (ana, ben):
        wanting(user, "reminders")
        make_reminder(user)
    Pause.objects.create(user=ana, starts_on=MONDAY.date(), ends_on=MONDAY.date())
    session = make_session(ben, finished=False)
    Session.objects.filter(pk=session.pk).update(started_at=MONDAY - FIVE_MINUTES)
    send_due(MONDAY)
    assert mail_server.mails == []


def test_after_a_day_without_a_run_only_the_last_hour_is_sent_and_the_rest_is_given_up_and_logged(
    mail_server, ana, wanting, caplog
):
    wanting(ana, "reminders")
    for at in ("20:00", "23:00", "07:00", "12:30", "18:00"):
        make_reminder(ana, at)
    with caplog.at_level(logging.WARNING):
        tally = send_due(MONDAY)
    assert dict(tally) == {"late": 3, "sent": 1}
    assert "18:00" in mail_server.to(ana)[0].get_content()
    assert "3 reminders were due more than an hour ago" in caplog.text
    assert dict(send_due(MONDAY + FIVE_MINUTES)) == {}


def test_a_wish_of_now_sends_nothing_of_before(mail_server, ana, wanting):
    wanting(ana, "reminders").wish({"reminders"})
    make_reminder(ana, "18:00")
    assert dict(send_due(MONDAY)) == {}


# When something goes wrong ------------------------------------------------------------------------


def test_one_killed_between_claim_and_sending_is_not_sent_again(mail_server, ana, wanting):
    wanting(ana, "reminders")
    make_reminder(ana)
    assert Notice.objects.claim(ana.pk, "reminder", MONDAY)
    send_due(MONDAY + FIVE_MINUTES)
    assert mail_server.mails == []
    assert states() == [("reminder", "claimed")]


def test_who_does_not_look_at_claims_sends_twice(mail_server, ana, wanting):
    """The control of the tests above and below: without the claim's row there is a second mail."""
    wanting(ana, "reminders")
    make_reminder(ana)
    send_due(MONDAY)
    Notice.objects.all().delete()
    send_due(MONDAY + FIVE_MINUTES)
    assert len(mail_server.to(ana)) == 2


def test_a_server_that_says_not_now_is_asked_again_and_then_it_is_given_up(mail_server, ana, wanting):
    wanting(ana, "reminders")
    make_reminder(ana)
    mail_server.answers[ana.email] = "450 Try again later"
    assert dict(send_due(MONDAY)) == {"given-back": 1}
    mail_server.answers.clear()
    assert dict(send_due(MONDAY + FIVE_MINUTES)) == {"sent": 1}
    tomorrow = MONDAY + timedelta(days=1)
    mail_server.data = "451 Not now"
    assert dict(send_due(tomorrow)) == {"given-back": 1}
    assert dict(send_due(tomorrow + timedelta(minutes=61))) == {"late": 1}
    assert len(mail_server.to(ana)) == 1


def test_a_server_that_is_away_loses_nothing(mail_server, ana, wanting, settings):
    wanting(ana, "reminders")
    make_reminder(ana)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert dict(send_due(MONDAY)) == {}
    settings.EMAIL_PORT = port
    assert dict(send_due(MONDAY + FIVE_MINUTES)) == {"sent": 1}


class BreakingBackend(EmailBackend):
    """The connection breaks when a mail is on its way."""

    def send_messages(self, email_messages):
        super().send_messages(email_messages)
        raise smtplib.SMTPServerDisconnected


def test_a_mail_whose_fate_is_unknown_is_not_sent_again(mail_server, ana, ben, wanting, settings):
    for user in (ana, ben):
        wanting(user, "reminders")
        make_reminder(user)
    settings.EMAIL_BACKEND = f"{__name__}.BreakingBackend"
    assert isinstance(get_connection(), BreakingBackend)
    assert dict(send_due(MONDAY)) == {"failed": 2}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert dict(send_due(MONDAY + FIVE_MINUTES)) == {}
    assert len(mail_server.to(ana)) == 1


def test_an_address_that_is_refused_three_times_gets_no_more_and_the_page_says_so(
    mail_server, ana, ben, wanting, client_of
):
    for user in (ana, ben):
        wanting(user, "reminders")
        make_reminder(user)
    mail_server.answers[ana.email] = "550 No such user here"
    for day in range(MOST_REFUSALS + 2):
        send_due(MONDAY + timedelta(days=day))
    assert MailWishes.objects.get(user=ana).refusals == MOST_REFUSALS
    assert Notice.objects.filter(user=ana).count() == MOST_REFUSALS
    assert len(mail_server.to(ben)) == MOST_REFUSALS + 2
    assert "came back three times" in client_of(ana).get("/accounts/reminders/").text
    client_of(ana).post("/accounts/reminders/mails/", {"reminders": "on"})
    assert "came back three times" not in client_of(ana).get("/accounts/reminders/").text


def test_a_refusal_now_and_then_is_forgotten(mail_server, ana, wanting):
    wanting(ana, "reminders")
    make_reminder(ana)
    for day in range(8):
        mail_server.answers[ana.email] = "550 Full" if day % 3 < 2 else "250 OK"
        send_due(MONDAY + timedelta(days=day))
    assert MailWishes.objects.get(user=ana).stopped_at is None
    assert len(mail_server.to(ana)) == 2


# A summary of the week ----------------------------------------------------------------------------


def week_of(user: User, *scores: tuple[int, int]) -> None:
    for number, (before, after) in enumerate(scores):
        at = datetime(2026, 2, 23 + number, 9, tzinfo=UTC)
        make_session(user, before=before, after=after, started_at=at)


def test_the_week_comes_on_monday_morning_with_its_medians(mail_server, ana, wanting):
    wanting(ana, "weekly")
    week_of(ana, (6, 4), (5, 3), (7, 6), (5, 4))
    send_due(datetime(2026, 3, 2, 7, 59, tzinfo=UTC))
    assert mail_server.mails == []
    send_due(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    (mail,) = mail_server.to(ana)
    text = mail.get_content()
    assert "23 Feb to 1 Mar 2026" in text
    assert "4 sessions on 4 days." in text
    assert "5.5 before, 4 after" in text
    assert "Too early to say" in text


def test_nothing_is_said_of_a_week_with_scores_on_two_days(mail_server, ana, wanting):
    wanting(ana, "weekly")
    week_of(ana, (6, 4), (5, 3))
    assert dict(send_due(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))) == {"not-needed": 1}


# What is in a mail --------------------------------------------------------------------------------


def test_a_mail_is_plain_text_stops_in_one_click_and_says_nothing_of_health(mail_server, ana, wanting):
    ana.name = "Ana\r\nBcc: everyone@example.org"
    ana.save()
    wanting(ana, "reminders")
    make_reminder(ana)
    routine = make_routine(ana, "cat-cow", name="Sciatica\r\nBcc: everyone@example.org")
    routine.schedule(range(7), [])
    make_session(ana, before=7, after=5, started_at=MONDAY - timedelta(days=1))
    send_due(MONDAY)
    (mail,) = mail_server.to(ana)
    assert mail.get_content_type() == "text/plain"
    assert not mail.is_multipart()
    assert mail["Bcc"] is None
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip().startswith("<https://limber.example.org/reminders/stop/")
    assert mail["Auto-Submitted"] == "auto-generated"
    words = (mail["Subject"] + mail.get_content()).lower()
    for word in ("sciatica", "pain", "back", "score", "ana", "7", "5"):
        assert word not in words.split("stop these reminders")[0].replace("limber.example.org", "")
