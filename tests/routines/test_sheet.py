"""The pose chart: who gets it, and what is on it. tests/browser/test_sheet.py prints it."""

import pytest
from django.test import Client

from routines.models import Routine
from routines.qr import code_of
from stretches.models import Stretch
from stretches.numbers import minutes
from tests.factories import make_routine

pytestmark = pytest.mark.usefixtures("catalogue")

SLUGS = ["figure-four", "cat-cow", "sphinx", "standing-side-reach", "bird-dog", "pelvic-tilt"]


def test_it_has_figures_doses_order_notes_time_and_a_table(client_of, ana):
    routine = make_routine(ana, *SLUGS)
    item = routine.ordered_items[0]
    item.note = "Left one first"
    item.save()
    text = client_of(ana).get(f"/routines/{routine.pk}/sheet/").text
    for number, item in enumerate(routine.ordered_items, start=1):
        assert f"{number}. {item.stretch.name}" in text
        assert item.dose.words in text
    assert text.count('class="figure"') == 6
    assert "Left one first" in text
    assert f"Six stretches, {minutes(routine.seconds)}, on the floor and standing." in text
    assert text.count("<td>/</td>") == 28
    assert "Stop and get help the same day" in text


def test_its_code_leads_to_the_routine_and_to_the_link_once_there_is_one(client_of, ana):
    routine = make_routine(ana, "cat-cow")
    client = client_of(ana)
    page = f"/routines/{routine.pk}/"
    assert code_of(f"http://testserver{page}").path in client.get(f"{page}sheet/").text
    routine.share()
    text = client.get(f"{page}sheet/").text
    assert code_of(f"http://testserver/r/{routine.share_token}/").path in text


def test_everybody_gets_those_that_are_ready_made_and_only_the_owner_their_own(client_of, ana, ben):
    for routine in Routine.objects.ready_made():
        assert Client().get(f"/routines/{routine.pk}/sheet/").status_code == 200
    routine = make_routine(ana, "cat-cow")
    routine.share()
    for client in (Client(), client_of(ben)):
        assert client.get(f"/routines/{routine.pk}/sheet/").status_code == 404


def test_an_empty_routine_and_a_stretch_without_a_drawing_print_too(client_of, ana):
    routine = make_routine(ana)
    assert client_of(ana).get(f"/routines/{routine.pk}/sheet/").status_code == 200
    own = Stretch(name="<b>Pull</b>", steps=["Pull."], kind="stretch", position="supine", sides="both")
    own.hold_seconds, own.direction = 20, "neutral"
    own.keep_for(ana)
    routine.add(own)
    text = client_of(ana).get(f"/routines/{routine.pk}/sheet/").text
    assert "1. &lt;b&gt;Pull&lt;/b&gt;" in text


def test_a_longer_routine_takes_no_more_queries(client_of, ana, django_assert_num_queries):
    client = client_of(ana)
    for slugs in (SLUGS[:1], SLUGS * 5):
        routine = make_routine(ana, *slugs)
        with django_assert_num_queries(4):  # the session, the person, the routine, its items
            client.get(f"/routines/{routine.pk}/sheet/")
