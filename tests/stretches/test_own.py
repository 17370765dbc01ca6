"""A stretch of one's own: written, private, used in routines, changed and deleted."""

import pytest
from django.test import Client

from accounts.models import User
from journal.models import Hold, Rating
from journal.record import record
from routines.models import Item, Routine, Session
from stretches import catalogue
from stretches.forms import FULL
from stretches.models import Stretch
from tests.factories import fill_with_stretches, make_fact, make_routine

pytestmark = pytest.mark.usefixtures("catalogue")

WRITTEN = {
    "name": "Towel pull",
    "kind": "stretch",
    "position": "supine",
    "directions": ["rotation", "flexion"],
    "sides": "each",
    "hold_seconds": "25",
    "reps": "2",
    "sets": "1",
    "rest_seconds": "5",
    "steps": "Lie down.\n\n  Pull the towel. \r\nLet go.",
    "breath": "Out as you pull.",
    "drawn_as": "strap-hamstring-stretch",
}


def write(client: Client, **changes: object):
    return client.post("/stretches/new/", {**WRITTEN, **changes})


def own(user: User) -> Stretch:
    return Stretch.objects.get(owner=user)


def test_one_is_written_shown_and_found(client_of, ana):
    client = client_of(ana)
    answer = write(client)
    stretch = own(ana)
    assert answer.headers["Location"] == stretch.get_absolute_url()
    assert stretch.steps == ["Lie down.", "Pull the towel.", "Let go."]
    assert stretch.directions == ["flexion", "rotation"]
    page = client.get(stretch.get_absolute_url())
    assert "Pull the towel." in page.text
    assert "25 s, twice each side" in client.get("/stretches/").text
    assert Stretch.objects.get(slug="strap-hamstring-stretch").figure in page.text
    assert client.get("/stretches/", {"q": "towl pul"}).context["stretches"][0] == stretch
    assert client.get("/stretches/", {"yours": "own"}).context["stretches"] == [stretch]
    assert client.get("/stretches/").context["stretches"][0] == stretch  # before the catalogue's


def test_a_guest_comes_into_being_by_writing_one(client):
    write(client, time_zone="Asia/Tokyo")
    assert own(User.objects.get()).name == "Towel pull"
    assert User.objects.get().is_guest


def test_nobody_else_sees_uses_or_changes_it(client_of, ana, ben):
    write(client_of(ana))
    stretch = own(ana)
    routine = make_routine(ben, "cat-cow")
    stranger = client_of(ben)
    address = stretch.get_absolute_url()
    for path in (address, f"{address}edit/", f"{address}delete/", f"/routines/add/?stretch={stretch.slug}"):
        assert stranger.get(path).status_code == 404
        assert Client().get(path).status_code in (302, 404)
    for path in (f"{address}mark/", f"{address}edit/", f"{address}delete/"):
        assert stranger.post(path, WRITTEN).status_code == 404
    assert stranger.post(f"/routines/{routine.pk}/items/", {"stretch": stretch.slug}).status_code == 404
    assert stranger.get(f"/routines/?with={stretch.slug}").status_code == 404
    assert "Towel pull" not in stranger.get("/stretches/?q=towel").text
    assert "Towel pull" not in stranger.get(f"/routines/{routine.pk}/edit/?q=towel").text
    assert own(ana).name == "Towel pull"


def test_staff_do_not_read_it_in_the_admin(client_of, ana, ben):
    write(client_of(ana))
    ben.is_staff = ben.is_superuser = True
    ben.save()
    assert "Towel pull" not in client_of(ben).get("/admin/stretches/stretch/?q=towel").text
    assert client_of(ben).get(f"/admin/stretches/stretch/{own(ana).pk}/change/").status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Give it a name."),
        ("name", "x" * 81, "Keep the name to 80 characters; this one has 81."),
        ("position", "", "Choose a position."),
        ("position", "flying", "Select a valid choice."),
        ("steps", "", "Write at least one step."),
        ("steps", "ok\n" + "y" * 201, "Keep each step to 200 characters; line 2 has 201."),
        ("steps", "a\n" * 13, "Keep it to 12 steps; there are 13 lines."),
        ("steps", "a\0b", "Null characters are not allowed."),
        ("hold_seconds", "0", "Hold: a whole number from 1 to 600 seconds."),
        ("reps", "many", "Times: a whole number from 1 to 50."),
        ("sets", "11", "Sets: a whole number from 1 to 10."),
        ("rest_seconds", "", "Rest: a whole number from 0 to 300 seconds."),
        ("breath", "z" * 201, "Keep it to 200 characters; this has 201."),
        ("drawn_as", "no-such", "Choose one of the drawings."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client_of, ana, field, value, sentence):
    page = write(client_of(ana), **{field: value})
    assert page.status_code == 422
    assert sentence in page.text
    assert "Pull the towel." in page.text or field == "steps"
    assert 'value="Towel pull"' in page.text or field == "name"
    assert not Stretch.objects.of(ana).exists()


def test_markup_is_text(client_of, ana):
    client = client_of(ana)
    write(client, name="<b>Pull</b>", steps="<script>alert(1)</script>", breath="<i>out</i>")
    text = client.get(own(ana).get_absolute_url()).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<b>Pull" not in text
    assert "<i>out" not in text


def test_without_a_drawing_there_is_none(client_of, ana):
    client = client_of(ana)
    write(client, drawn_as="")
    stretch = own(ana)
    assert stretch.figure == ""
    assert client.get(stretch.get_absolute_url()).status_code == 200
    assert client.get("/stretches/").status_code == 200


def test_it_is_used_in_a_routine_and_played_like_any_other(client_of, ana):
    client = client_of(ana)
    write(client)
    stretch = own(ana)
    routine = make_routine(ana, "cat-cow")
    client.post(f"/routines/{routine.pk}/items/", {"stretch": stretch.slug})
    client.post(f"/routines/{routine.pk}/start/")
    session = Session.objects.get()
    assert [item.slug for item in session.items] == ["cat-cow", stretch.slug]
    assert "Towel pull" in client.get(f"/sessions/{session.pk}/").text


def test_deleted_after_a_session_the_history_keeps_it(client_of, ana):
    client = client_of(ana)
    write(client)
    stretch = own(ana)
    session = Session.objects.begin(ana, make_routine(ana, stretch.slug))
    Item.objects.all().delete()
    client.post(f"{stretch.get_absolute_url()}delete/")
    session = Session.objects.get(pk=session.pk)  # and only now the phone is back in the network
    number = next(number for number, step in enumerate(session.steps) if step.kind == "hold")
    record(session, make_fact(f"hold:{number}", {"result": "done", "seconds": 25}))
    record(session, make_fact(f"rating:{stretch.slug}", {"value": "helped"}))
    assert Hold.objects.get().stretch.name == "Towel pull"
    assert Rating.objects.get().stretch == stretch
    assert not Stretch.objects.of(ana).exists()


def test_changing_it_never_changes_a_session(client_of, ana):
    client = client_of(ana)
    write(client)
    stretch = own(ana)
    session = Session.objects.begin(ana, make_routine(ana, stretch.slug))
    client.post(f"{stretch.get_absolute_url()}edit/", {**WRITTEN, "name": "Rope pull", "hold_seconds": "60"})
    stretch.refresh_from_db()
    assert (stretch.name, stretch.hold_seconds) == ("Rope pull", 60)
    session = Session.objects.get(pk=session.pk)
    assert (session.items[0].name, session.items[0].dose.hold_seconds) == ("Towel pull", 25)
    assert Item.objects.get(stretch=stretch).hold_seconds == 25  # nor the dose in a routine


def test_deleted_it_is_gone(client_of, ana):
    client = client_of(ana)
    write(client)
    stretch = own(ana)
    assert "Delete Towel pull?" in client.get(f"{stretch.get_absolute_url()}delete/").text
    client.post(f"{stretch.get_absolute_url()}delete/")
    assert not Stretch.objects.filter(pk=stretch.pk).exists()


def test_deleted_while_a_routine_holds_on_to_it_the_routine_keeps_it(client_of, ana):
    client = client_of(ana)
    write(client)
    stretch = own(ana)
    routine = make_routine(ana, stretch.slug)
    client.post(f"{stretch.get_absolute_url()}delete/")
    assert stretch.name not in client.get("/stretches/").text
    assert client.get("/routines/add/", {"stretch": stretch.slug}).status_code == 404
    assert "Towel pull" in client.get(f"/routines/{routine.pk}/").text
    assert "You deleted this stretch." in client.get(stretch.get_absolute_url()).text
    session = Session.objects.begin(ana, Routine.objects.with_items().get(pk=routine.pk))
    assert client.get(f"/sessions/{session.pk}/").status_code == 200


def test_there_is_an_end_to_them(client_of, ana):
    fill_with_stretches(ana)
    page = write(client_of(ana))
    assert page.status_code == 422
    assert FULL in page.text
    assert "Pull the towel." in page.text


def test_a_drawing_corrected_in_the_files_is_corrected_there_too(client_of, ana):
    write(client_of(ana))
    Stretch.objects.filter(slug="strap-hamstring-stretch").update(digest="old")
    Stretch.objects.filter(owner=ana).update(figure="<path d='M0 0'/>")
    catalogue.load()
    assert own(ana).figure == Stretch.objects.get(slug="strap-hamstring-stretch").figure
