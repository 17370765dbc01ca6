"""What a person prefers, and leaving for good."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.test import Client

from accounts.models import User
from journal.record import record
from stretches.models import Stretch
from tests.factories import make_fact, make_routine, make_session
from tests.world import digest_of, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

PASSWORD = "correct horse battery"
GIVEN = {"name": "Mara", "time_zone": "Europe/Vienna", "theme": "dark", "week_goal": "4"}


def test_preferences_are_kept_and_hold_from_the_next_page(client_of, ana):
    client = client_of(ana)
    assert client.post("/accounts/preferences/", GIVEN).status_code == 302
    ana.refresh_from_db()
    assert (ana.name, ana.time_zone, ana.theme, ana.week_goal) == ("Mara", "Europe/Vienna", "dark", 4)
    page = client.get("/accounts/preferences/").text
    assert '<html lang="en-GB" data-theme="dark">' in page
    assert "prefers-color-scheme" not in page


def test_a_newcomer_who_signs_up_is_in_the_time_zone_of_their_device(client):
    given = {"email": "cleo@example.org", "password1": PASSWORD, "time_zone": "Asia/Tokyo"}
    client.post("/accounts/signup/", given)
    assert User.objects.get().time_zone == "Asia/Tokyo"


def test_without_a_choice_the_device_decides(client_of, ana):
    page = client_of(ana).get("/").text
    assert '<html lang="en-GB">' in page
    assert "(prefers-color-scheme: dark)" in page


def test_a_guest_has_preferences_too(client_of):
    guest = User.objects.create_guest()
    client_of(guest).post("/accounts/preferences/", GIVEN)
    guest.refresh_from_db()
    assert guest.theme == "dark"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"time_zone": "Mars/Base"}, "That is not the name of a time zone."),
        ({"week_goal": "8"}, "Days a week: a whole number from 1 to 7."),
        ({"week_goal": ""}, "Days a week: a whole number from 1 to 7."),
        ({"theme": "neon"}, "Choose one of the three."),
        ({"name": "x" * 81}, "A name has 80 characters at most."),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field_and_nothing_is_kept(client_of, ana, wrong, sentence):
    before = digest_of(ana)
    answer = client_of(ana).post("/accounts/preferences/", GIVEN | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert digest_of(ana) == before


# --- Leaving for good -------------------------------------------------------------------------------------------


def signed_in(user: User) -> Client:
    """A browser in which they have just said their password."""
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/accounts/again/", {"password": PASSWORD})
    return client


def every_row() -> str:
    """All that the database holds, session data decoded, as one text."""
    rows = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.all():
            rows.append(
                json.dumps({f.attname: str(getattr(row, f.attname)) for f in model._meta.concrete_fields})
            )
            if hasattr(row, "get_decoded"):
                rows.append(json.dumps(row.get_decoded()))
    return "\n".join(rows)


CANARIES = (
    "canary-name",
    "canary-note",
    "canary-routine",
    "canary-stretch",
    "canary@example.org",
    "canary-mark",
)


def make_canary() -> User:
    user = User.objects.create_user("canary@example.org", PASSWORD, name="canary-name")
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    stretch = Stretch.objects.get(slug="cat-cow")
    stretch.name = "canary-stretch"
    stretch.copy_for(user)
    make_routine(user, stretch.slug, "sphinx", name="canary-routine").share()
    session = make_session(user, stretch.slug, before=7, after=3)
    record(session, make_fact("note", {"text": "canary-note"}), make_fact("hurt:1", {"seconds": 5}))
    user.marks.create(stretch=stretch, reason="canary-mark")
    return user


def test_deleting_leaves_nothing_of_a_person_in_any_table(ana):
    make_session(ana, before=5)
    kept = digest_of(ana)
    canary = make_canary()
    client, other = signed_in(canary), signed_in(canary)
    client.post("/routines/new/", {"name": "canary-routine again"})
    assert all(name in every_row() for name in CANARIES)
    answer = client.post("/accounts/delete/")
    assert answer.headers["Location"] == "/"
    assert [name for name in CANARIES if name in every_row()] == []
    assert not User.objects.filter(pk=canary.pk).exists()
    assert not other.get("/").wsgi_request.user.is_authenticated
    assert digest_of(ana) == kept
    assert "Everything is deleted." in client.get("/").text


def test_deleting_an_account_asks_for_the_password_unless_it_was_just_given(client_of, ana):
    client = client_of(ana)
    assert client.post("/accounts/delete/").headers["Location"].startswith("/accounts/again/?next=")
    assert User.objects.filter(pk=ana.pk).exists()
    assert client.post("/accounts/again/?next=/accounts/delete/", {"password": "wrong"}).status_code == 422
    assert User.objects.filter(pk=ana.pk).exists()
    client.post(
        "/accounts/again/?next=/accounts/delete/", {"password": PASSWORD}
    )  # what was asked goes on by itself
    assert not User.objects.filter(pk=ana.pk).exists()


def test_a_guest_deletes_what_they_did_with_one_confirmation(client_of):
    guest = User.objects.create_guest()
    make_session(guest, before=5)
    client = client_of(guest)
    assert "Delete what you did here?" in client.get("/accounts/delete/").text
    client.post("/accounts/delete/")
    assert not User.objects.exists()


def test_everybody_in_the_world_can_go(client):
    world = make_world()
    for person in (world.owner, world.stranger, world.guest, world.staff):
        person.erase()
    assert not User.objects.exists()
