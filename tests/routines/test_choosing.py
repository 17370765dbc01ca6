"""Putting a stretch into a routine from the catalogue, without leaving it."""

import pytest

from accounts.models import User
from routines.models import Routine
from routines.models.routine import MOST_ITEMS, MOST_ROUTINES
from tests.factories import make_routine

pytestmark = pytest.mark.usefixtures("catalogue")

ADD = "/routines/add/"
IN_SHEET = {"HX-Request": "true", "HX-Target": "div#choose"}


def slugs(routine: Routine) -> list[str]:
    return list(routine.items.values_list("stretch__slug", flat=True))


def test_the_sheet_offers_the_persons_routines(client_of, ana):
    make_routine(ana, "cat-cow", name="Evening")
    part = client_of(ana).get(ADD, {"stretch": "sphinx"}, headers=IN_SHEET)
    assert "Evening" in part.text
    assert "<html" not in part.text
    assert "<h1" not in part.text
    assert "HX-Target" in part.headers["Vary"]


def test_it_is_added_and_taken_out_again(client_of, ana):
    routine = make_routine(ana, "cat-cow")
    client = client_of(ana)
    part = client.post(ADD, {"stretch": "sphinx", "routine": routine.pk}, headers=IN_SHEET)
    assert "Sphinx is in Before the desk" in part.text
    assert slugs(routine) == ["cat-cow", "sphinx"]
    item = routine.items.last()
    part = client.post(f"/routines/{routine.pk}/items/{item.pk}/remove/", headers=IN_SHEET)
    assert "Taken out of Before the desk." in part.text
    assert slugs(routine) == ["cat-cow"]


def test_a_newcomer_makes_a_first_routine_from_the_catalogue(client):
    part = client.post(
        ADD, {"stretch": "sphinx", "name": "Mornings", "time_zone": "Asia/Tokyo"}, headers=IN_SHEET
    )
    assert "Sphinx is in Mornings" in part.text
    routine = Routine.objects.get(owner=User.objects.get(is_guest=True))
    assert slugs(routine) == ["sphinx"]


def test_a_new_routine_needs_a_name(client_of, ana):
    page = client_of(ana).post(ADD, {"stretch": "sphinx", "name": " "})
    assert page.status_code == 422
    assert "Give the routine a name." in page.text
    page = client_of(ana).post(ADD, {"stretch": "sphinx", "name": "n" * 81})
    assert "Keep the name to 80 characters; this one has 81." in page.text
    assert "n" * 81 in page.text
    assert not Routine.objects.of(ana).exists()


def test_limits_are_said(client_of, ana):
    full = make_routine(ana, *["cat-cow"] * MOST_ITEMS)
    page = client_of(ana).post(ADD, {"stretch": "sphinx", "routine": full.pk})
    assert page.status_code == 422
    assert "This one is full." in page.text
    Routine.objects.bulk_create(Routine(owner=ana, name=str(n)) for n in range(MOST_ROUTINES))
    page = client_of(ana).post(ADD, {"stretch": "sphinx", "name": "One more"})
    assert page.status_code == 422
    assert f"You have {MOST_ROUTINES} routines" in page.text
    assert not Routine.objects.filter(name="One more").exists()


def test_routines_that_contain_a_stretch_are_listed(client_of, ana, ben):
    make_routine(ana, "sphinx", name="Ana with sphinx")
    make_routine(ana, "cat-cow", name="Ana without")
    make_routine(ben, "sphinx", name="Ben with sphinx")
    for headers in ({}, {"HX-Request": "true", "HX-Target": "section#used-in"}):
        page = client_of(ana).get("/routines/", {"with": "sphinx"}, headers=headers)
        assert "Ana with sphinx" in page.text
        assert "Ana without" not in page.text
        assert "Ben with sphinx" not in page.text
        ready_made = Routine.objects.ready_made().filter(items__stretch__slug="sphinx").distinct()
        assert ready_made
        assert all(routine.name in page.text for routine in ready_made)
    assert client_of(ana).get("/routines/", {"with": "no-such"}).status_code == 404


def test_what_a_person_set_aside_or_leaves_out_is_shown_in_routines(client_of, ana):
    client = client_of(ana)
    client.post("/stretches/cat-cow/mark/", {"aside": "1", "reason": "my wrist"})
    client.post("/stretches/leave-out/", {"leave_out": ["extension"]})
    routine = make_routine(ana, "cat-cow", "sphinx", "figure-four")
    page = client.get(f"/routines/{routine.pk}/")
    assert "Two of its three stretches are ones that you set aside or leave out." in page.text
    assert "You set it aside: my wrist." in page.text
    assert "Bending back, which you leave out." in page.text
    builder = client.get(f"/routines/{routine.pk}/edit/")
    assert "You set it aside: my wrist" in builder.text
    picks = {stretch.slug for stretch in builder.context["picks"]}
    assert not {"cat-cow", "sphinx"} & picks
    assert "more are not shown" in builder.text
    picks = {
        stretch.slug
        for stretch in client.get(f"/routines/{routine.pk}/edit/?yours=aside&yours=left-out").context["picks"]
    }
    assert {"cat-cow", "sphinx"} <= picks
