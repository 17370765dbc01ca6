"""Signing up, in and out; what a guest did comes along."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from routines.models import Session
from tests.factories import make_routine, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

PASSWORD = "three ordinary words"


@pytest.fixture
def guest():
    return User.objects.create_guest("Europe/Vienna")


def sign_up(client, **changes):
    return client.post("/accounts/signup/", {"email": "cleo@example.org", "password1": PASSWORD} | changes)


def sign_in(client, user, **more):
    return client.post("/accounts/login/", {"login": user.email, "password": "correct horse battery"} | more)


def test_a_newcomer_makes_an_account(client):
    response = sign_up(client, name="Cleo")
    assert response.headers["Location"] == "/"
    user = User.objects.get()
    assert (user.email, user.name, user.is_guest) == ("cleo@example.org", "Cleo", False)
    assert client.get("/").wsgi_request.user == user


def test_a_guest_who_signs_up_stays_the_same_person(client_of, guest):
    session = make_session(guest, before=5, after=4)
    client = client_of(guest)
    key = client.session.session_key
    sign_up(client)
    user = User.objects.get()
    assert (user.pk, user.is_guest, user.email) == (guest.pk, False, "cleo@example.org")
    assert Session.objects.get().pk == session.pk
    assert client.session.session_key != key


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "mara@post"}, "That address is missing something, such as .com"),
        ({"email": ""}, "Give an address to sign in with."),
        ({"password1": ""}, "Choose a password."),
        ({"password1": "short"}, "at least 10 characters"),
    ],
)
def test_a_sign_up_that_makes_no_sense_keeps_what_was_typed(client_of, guest, changes, sentence):
    response = sign_up(client_of(guest), name="Cleo", **changes)
    assert sentence in response.content.decode()
    assert 'value="Cleo"' in response.content.decode()
    guest.refresh_from_db()
    assert guest.is_guest


def test_an_address_that_is_taken_makes_no_second_account(client, ana):
    sign_up(client, email="ANA@example.org")
    assert User.objects.count() == 1


def test_a_guest_who_signs_in_brings_everything_along_if_they_tick_it(client_of, ana, guest):
    session = make_session(guest, before=5)
    make_routine(guest, "sphinx")
    assert (
        "Bring along what I did on this device" in client_of(guest).get("/accounts/login/").content.decode()
    )
    sign_in(client_of(guest), ana, bring_along="1")
    session.refresh_from_db()
    assert session.user == ana
    assert session.pain_scores.get().user == ana
    assert ana.routines.count() == 2
    assert not User.objects.filter(pk=guest.pk).exists()


def test_a_guest_who_signs_in_without_ticking_leaves_it_behind(client_of, ana, guest):
    make_session(guest)
    sign_in(client_of(guest), ana)
    assert not ana.sessions.exists()
    assert guest.sessions.exists()


def test_a_wrong_password_is_said_and_nobody_is_signed_in(client, ana):
    response = client.post("/accounts/login/", {"login": ana.email, "password": "wrong"})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_signing_out_is_a_post_and_ends_the_session(client_of, ana):
    client = client_of(ana)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/").wsgi_request.user == ana
    assert client.post("/accounts/logout/").headers["Location"] == "/"
    assert not client.get("/").wsgi_request.user.is_authenticated


def test_the_account_page_says_who_you_are(client_of, ana, guest, client):
    assert "ana@example.org" in client_of(ana).get("/accounts/").content.decode()
    assert "You are here as a guest" in client_of(guest).get("/accounts/").content.decode()
    assert client.get("/accounts/").headers["Location"].startswith("/accounts/login/")


def test_a_guest_has_no_address_and_an_account_has_one(guest, ana):
    for changes in ({"is_guest": False}, {"email": "x@example.org"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=guest.pk).update(**changes)


@pytest.mark.parametrize(
    "address", ["/safety/", "/about/", "/accounts/login/", "/accounts/signup/", "/healthz"]
)
def test_public_pages_are_open_to_everybody(client, address):
    assert client.get(address).status_code == 200


def test_an_address_that_does_not_exist_is_a_kind_404(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "This page has wandered off" in response.content.decode()


@pytest.mark.parametrize(
    ("headers", "back"),
    [
        ({}, "/"),
        ({"Referer": "http://testserver/routines/7/edit/?q=hip"}, "/routines/7/edit/%3Fq%3Dhip"),
        ({"Referer": "https://elsewhere.example/steal/"}, "/"),
    ],
)
def test_a_form_sent_after_signing_out_leads_to_sign_in_and_back_to_its_page(client, headers, back):
    response = client.post("/routines/7/items/", headers=headers)
    assert response.headers["Location"] == f"/accounts/login/?next={back}"


def test_htmx_is_told_to_go_to_sign_in_and_swaps_nothing(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/routines/7/edit/"}
    response = client.get("/routines/7/edit/", headers=headers)
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=/routines/7/edit/"
    assert response.content == b""


def test_what_htmx_wants_to_save_is_refused_when_signed_out_and_the_page_stays(client):
    response = client.post("/routines/7/items/", headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response.content == b""


def test_a_form_without_its_token_is_refused_in_a_sentence(client_of, ana):
    client = client_of(ana)
    client.handler.enforce_csrf_checks = True
    response = client.post("/routines/new/", {"name": "Mine"})
    assert response.status_code == 403
    assert "This form came too late" in response.content.decode()
    assert not ana.routines.exists()
