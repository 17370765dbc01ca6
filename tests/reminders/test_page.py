"""The reminders page: what it offers to whom, and what it refuses."""

import pytest

from accounts.models import User
from reminders.models import MOST_REMINDERS, MailWishes, Reminder
from tests.factories import confirm_address, make_routine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

PAGE = "/accounts/reminders/"


def test_a_reminder_is_added_and_taken_out(client_of, ana):
    client = client_of(ana)
    assert client.post(PAGE, {"days": [0, 3], "part": "clock", "at": "7.30"}).status_code == 302
    (reminder,) = ana.reminders.all()
    assert reminder.words == "Mondays and Thursdays, 07:30"
    assert "Mondays and Thursdays, 07:30" in client.get(PAGE).text
    client.post(PAGE, {"days": [0, 3], "at": "07:30"})
    assert ana.reminders.count() == 1
    client.post(f"{PAGE}{reminder.pk}/remove/")
    assert not ana.reminders.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"part": "morning"}, "Tick at least one day."),
        ({"days": [1]}, "Choose a time, or write one."),
        ({"days": [1], "part": "clock"}, "Give the time, such as 18:30."),
        ({"days": [1], "part": "clock", "at": "half six"}, "“half six” is not a time."),
        ({"days": [1], "part": "night"}, "Choose morning, midday, evening or a time of the clock."),
        ({"days": [8], "part": "morning"}, "Tick days from Monday to Sunday."),
    ],
)
def test_what_makes_no_reminder_is_refused_in_a_sentence(client_of, ana, sent, words):
    page = client_of(ana).post(PAGE, sent)
    assert page.status_code == 422
    assert words in page.text
    if sent.get("at"):
        assert 'value="half six"' in page.text
    assert not Reminder.objects.exists()


def test_fourteen_reminders_are_the_most(client_of, ana):
    for number in range(MOST_REMINDERS):
        Reminder.objects.create(user=ana, days=1, time=f"{number:02}:00")
    page = client_of(ana).post(PAGE, {"days": [0], "part": "morning"})
    assert page.status_code == 422
    assert "14 reminders are the most" in page.text


def test_a_stranger_takes_out_no_reminder(client_of, ana, ben):
    reminder = Reminder.objects.create(user=ana, days=1, time="07:00")
    assert client_of(ben).post(f"{PAGE}{reminder.pk}/remove/").status_code == 404
    assert client_of(ben).get(f"{PAGE}{reminder.pk}/remove/").status_code == 405
    assert Reminder.objects.exists()


def test_without_a_mail_server_the_page_says_so(client_of, ana, settings):
    settings.HAS_MAIL = False
    page = client_of(ana).get(PAGE)
    assert "sends no mail" in page.text
    assert 'name="weekly"' not in page.text


def test_a_guest_is_told_that_mail_needs_an_account(client_of, settings):
    settings.HAS_MAIL = True
    guest = User.objects.create_guest("Europe/Berlin")
    page = client_of(guest).get(PAGE)
    assert "Make an account" in page.text
    assert client_of(guest).post(f"{PAGE}mails/", {"weekly": "on"}).status_code == 422
    assert not MailWishes.objects.exists()


def test_no_mail_is_wanted_until_it_is_ticked_and_the_weekly_one_says_that_it_has_scores(
    client_of, ana, settings
):
    settings.HAS_MAIL = True
    confirm_address(ana)
    client = client_of(ana)
    page = client.get(PAGE).text
    assert "This one has scores in it" in page
    assert "checked" not in page.split('id="mail"')[1]
    client.post(f"{PAGE}mails/", {"weekly": "on"})
    wishes = MailWishes.objects.get(user=ana)
    assert (wishes.reminders, wishes.next_day, wishes.weekly) == (False, False, True)


def test_a_guest_brings_reminders_and_calendar_along(client_of, ana):
    guest = User.objects.create_guest("Europe/Berlin")
    make_routine(guest, "cat-cow").schedule([0], ["morning"])
    Reminder.objects.create(user=guest, days=1, time="07:00")
    link = client_of(guest).post(f"{PAGE}calendar/").context["link"]
    guest.hand_over(to=ana)
    assert ana.reminders.count() == 1
    assert client_of(ana).get(link).status_code == 200


def test_signed_out_the_page_asks_who_it_is(client):
    for path in (PAGE, f"{PAGE}limber.ics"):
        assert client.get(path).status_code == 302


def test_the_page_asks_as_many_questions_for_many_reminders_as_for_one(
    client_of, ana, django_assert_num_queries, django_assert_max_num_queries
):
    Reminder.objects.create(user=ana, days=1, time="07:00")
    client = client_of(ana)
    with django_assert_max_num_queries(12) as few:
        client.get(PAGE)
    for number in range(8, 18):
        Reminder.objects.create(user=ana, days=1, time=f"{number:02}:00")
    with django_assert_num_queries(len(few)):
        client.get(PAGE)
