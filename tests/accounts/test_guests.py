"""Guests: how long they last, how many may come, and what an account takes over."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User, today
from routines.models import Routine, Session
from stretches.models import Mark, Stretch
from tests.factories import make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def start(client, **more):
    routine = Routine.objects.get(slug="desk-five")
    return client.post(f"/routines/{routine.pk}/start/", {"safety": "none", **more})


def test_guests_whom_nobody_was_for_90_days_go_with_all_that_is_theirs(ana):
    old, young = User.objects.create_guest(), User.objects.create_guest()
    for guest, days in ((old, 91), (young, 90)):
        make_session(guest, "cat-cow", before=5)
        stretch = Stretch.objects.get(slug="cat-cow")
        stretch.copy_for(guest)
        make_session(guest, stretch.slug)
        User.objects.filter(pk=guest.pk).update(last_seen_on=today() - timedelta(days=days))
    User.objects.filter(pk=ana.pk).update(last_seen_on=today() - timedelta(days=900))
    call_command("purge_guests", verbosity=0)
    assert set(User.objects.all()) == {young, ana}
    assert Session.objects.count() == 2


def test_a_guest_who_only_reads_is_kept_and_so_is_their_cookie(client):
    start(client)
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        answer = client.get("/journal/")
        assert answer.cookies["sessionid"]["max-age"] == 90 * 24 * 60 * 60
        assert User.objects.get().last_seen_on == today()
        assert "sessionid" not in client.get("/journal/").cookies


def test_a_guest_signs_out_of_a_cookie_that_was_not_used_for_90_days(client):
    start(client)
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert not client.get("/").wsgi_request.user.is_authenticated


def test_one_address_brings_so_many_newcomers_an_hour_and_no_more(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"new_guest": "3/h/ip"}
    answers = [start(type(client)()).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert User.objects.count() == 3
    refused = start(client)
    assert "A little slower, please" in refused.text
    assert "sessionid" not in refused.cookies


def test_a_limit_is_for_an_hour_and_for_one_address(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"new_guest": "1/h/ip"}
    start(client)
    assert start(type(client)(REMOTE_ADDR="192.0.2.7")).status_code == 302
    assert start(type(client)()).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert start(type(client)()).status_code == 302


def test_a_guest_is_no_newcomer_again(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"new_guest": "1/h/ip"}
    assert [start(client).status_code for _ in range(3)] == [302, 302, 302]


def test_marks_of_the_same_stretch_are_merged_and_the_accounts_own_stands(ana):
    guest = User.objects.create_guest()
    for person, slugs in ((ana, ["cat-cow"]), (guest, ["cat-cow", "sphinx"])):
        for slug in slugs:
            stretch = Stretch.objects.get(slug=slug)
            Mark.objects.create(person=person, stretch=stretch, is_favourite=person == ana)
    guest.hand_over(to=ana)
    assert sorted(ana.marks.values_list("stretch__slug", flat=True)) == ["cat-cow", "sphinx"]
    assert ana.marks.get(stretch__slug="cat-cow").is_favourite
