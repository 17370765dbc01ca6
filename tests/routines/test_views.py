"""Routines as pages and forms."""

import pytest
from django.urls import reverse

from accounts.models import User
from routines.models import Item, Routine, Session
from tests.factories import make_routine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

HTMX = {"HX-Request": "true", "HX-Target": "section#builder"}


def url(name, *args):
    return reverse(f"routines:{name}", args=args)


def test_a_newcomer_sees_the_nine_ready_made_routines_and_no_cookie(client):
    response = client.get("/routines/")
    assert len(response.context["ready_made"]) == 9
    assert not response.cookies.get("sessionid")
    assert User.objects.count() == 0


def test_the_list_asks_as_many_questions_for_many_routines_as_for_one(
    client_of, ana, django_assert_num_queries, django_assert_max_num_queries
):
    make_routine(ana, "cat-cow")
    client = client_of(ana)
    with django_assert_max_num_queries(10) as one:
        client.get("/routines/")
    for number in range(5):
        make_routine(ana, "cat-cow", "figure-four", name=f"Number {number}")
    with django_assert_num_queries(len(one)):
        client.get("/routines/")


def test_a_routine_page_shows_its_stretches_and_their_total(client, catalogue):
    routine = Routine.objects.get(slug="soothe-three")
    response = client.get(url("routine-detail", routine.pk))
    assert "5:07 minutes" in response.content.decode()
    assert "Zombie crawl" in response.content.decode()


def test_a_stranger_cannot_see_a_routine(client_of, ana, ben):
    routine = make_routine(ana, "cat-cow")
    assert client_of(ben).get(url("routine-detail", routine.pk)).status_code == 404
    assert client_of(ben).get(url("routine-edit", routine.pk)).status_code == 404


def test_nobody_is_written_to_by_looking(client):
    client.get("/routines/new/")
    assert not Routine.objects.filter(owner__isnull=False).exists()
    assert not User.objects.exists()


def test_a_newcomer_who_makes_a_routine_becomes_a_guest(client):
    response = client.post("/routines/new/", {"name": "Mornings", "time_zone": "Europe/Vienna"})
    routine = Routine.objects.get(name="Mornings")
    assert response.headers["Location"] == url("routine-edit", routine.pk)
    assert routine.owner.is_guest
    assert routine.owner.time_zone == "Europe/Vienna"


def test_a_new_routine_needs_a_name_and_keeps_what_was_typed(client):
    response = client.post("/routines/new/", {"name": "x" * 81})
    assert response.status_code == 422
    assert "Keep the name to 80 characters; this one has 81." in response.content.decode()
    assert "x" * 81 in response.content.decode()
    assert client.post("/routines/new/", {"name": "  "}).status_code == 422
    assert not User.objects.exists()


def test_a_routine_can_begin_with_its_first_stretch(client_of, ana):
    client_of(ana).post("/routines/new/", {"stretch": "cat-cow"})
    routine = ana.routines.get()
    assert [item.stretch.slug for item in routine.items.all()] == ["cat-cow"]


def test_a_ready_made_routine_is_copied_to_be_changed(client_of, ana):
    original = Routine.objects.get(slug="core-and-stretch")
    client_of(ana).post(url("routine-copy", original.pk))
    copy = ana.routines.get()
    assert copy.seconds == original.seconds
    assert [item.dose for item in copy.items.all()] == [item.dose for item in original.items.all()]
    assert original.items.count() == 11


def test_a_stretch_is_added_with_the_dose_of_the_catalogue(client_of, ana):
    routine = make_routine(ana)
    response = client_of(ana).post(url("item-add", routine.pk), {"stretch": "childs-pose"}, headers=HTMX)
    item = routine.items.get()
    assert item.dose == item.stretch.dose
    assert response.templates[0].name == "routines/_builder.html"
    assert "HX-Target" in response.headers["Vary"]


def test_without_htmx_a_change_leads_back_to_the_builder(client_of, ana):
    routine = make_routine(ana)
    response = client_of(ana).post(url("item-add", routine.pk), {"stretch": "childs-pose"})
    assert response.headers["Location"] == url("routine-edit", routine.pk)


def test_a_full_routine_says_so(client_of, ana):
    routine = make_routine(ana, *["cat-cow"] * 60)
    response = client_of(ana).post(url("item-add", routine.pk), {"stretch": "sphinx"}, headers=HTMX)
    assert response.status_code == 422
    assert "A routine can hold 60 stretches" in response.content.decode()
    assert routine.items.count() == 60


def change(client, item, **dose):
    values = {name: getattr(item, name) for name in ("hold_seconds", "reps", "sets", "sides", "rest_seconds")}
    return client.post(url("item-change", item.routine_id, item.pk), values | dose, headers=HTMX)


def test_a_changed_dose_changes_the_total(client_of, ana):
    routine = make_routine(ana, "childs-pose")
    before = routine.seconds
    response = change(client_of(ana), routine.items.get(), hold_seconds=60)
    assert Routine.objects.get(pk=routine.pk).seconds == before + 30
    assert f">{Routine.objects.get(pk=routine.pk).clock}</output>" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("hold_seconds", "0", "Hold: a whole number from 1 to 600 seconds."),
        ("hold_seconds", "601", "Hold: a whole number from 1 to 600 seconds."),
        ("reps", "51", "Times: a whole number from 1 to 50."),
        ("reps", "", "Times: a whole number from 1 to 50."),
        ("sets", "11", "Sets: a whole number from 1 to 10."),
        ("rest_seconds", "301", "Rest: a whole number from 0 to 300 seconds."),
        ("rest_seconds", "soon", "Rest: a whole number from 0 to 300 seconds."),
    ],
)
def test_a_dose_that_makes_no_sense_is_refused_and_kept_as_typed(client_of, ana, field, value, sentence):
    item = make_routine(ana, "childs-pose").items.get()
    response = change(client_of(ana), item, **{field: value})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert value in response.content.decode()
    assert Item.objects.get(pk=item.pk).dose == item.dose


def test_sides_that_do_not_exist_are_refused(client_of, ana):
    item = make_routine(ana, "childs-pose").items.get()
    response = change(client_of(ana), item, sides="three")
    assert response.status_code == 422
    assert "Sides: both, each side, in turns, or one side only." in response.content.decode()


def test_a_flowing_movement_may_hold_for_nothing(client_of, ana):
    item = make_routine(ana, "cat-cow").items.get()
    assert change(client_of(ana), item, hold_seconds=0, reps=8).status_code == 200
    assert Item.objects.get(pk=item.pk).reps == 8


def slugs(routine):
    return list(routine.items.values_list("stretch__slug", flat=True))


@pytest.mark.parametrize(
    ("which", "to", "order"),
    [
        (1, "up", ["sphinx", "cat-cow", "bird-dog"]),
        (1, "down", ["cat-cow", "bird-dog", "sphinx"]),
        (0, "up", ["cat-cow", "sphinx", "bird-dog"]),
        (2, "down", ["cat-cow", "sphinx", "bird-dog"]),
        (0, "down", ["sphinx", "cat-cow", "bird-dog"]),
        (1, "sideways", ["cat-cow", "sphinx", "bird-dog"]),
    ],
)
def test_an_item_moves_up_and_down_and_stays_at_the_ends(client_of, ana, which, to, order):
    routine = make_routine(ana, "cat-cow", "sphinx", "bird-dog")
    item = routine.items.all()[which]
    response = client_of(ana).post(url("item-move", routine.pk, item.pk), {"to": to}, headers=HTMX)
    assert response.status_code == 200
    assert slugs(routine) == order


def test_a_removed_item_is_gone_and_the_rest_close_up(client_of, ana):
    routine = make_routine(ana, "cat-cow", "sphinx", "bird-dog")
    client_of(ana).post(url("item-remove", routine.pk, routine.items.all()[0].pk), headers=HTMX)
    assert list(routine.items.values_list("position", "stretch__slug")) == [(1, "sphinx"), (2, "bird-dog")]


def test_a_changed_dose_does_not_undo_a_move_that_came_between(ana):
    routine = make_routine(ana, "cat-cow", "sphinx")
    stale = routine.items.all()[0]
    routine.move(routine.items.all()[0], before=None)
    stale.reps = 7
    routine.change_item(stale, ["reps"])
    assert slugs(routine) == ["sphinx", "cat-cow"]
    assert routine.items.all()[1].reps == 7


def test_the_name_is_changed(client_of, ana):
    routine = make_routine(ana, "cat-cow")
    client_of(ana).post(url("routine-rename", routine.pk), {"name": "Evenings"}, headers=HTMX)
    assert ana.routines.get().name == "Evenings"
    response = client_of(ana).post(url("routine-rename", routine.pk), {"name": ""}, headers=HTMX)
    assert response.status_code == 422
    assert "Give the routine a name." in response.content.decode()
    assert ana.routines.get().name == "Evenings"


@pytest.mark.parametrize("name", ["item-change", "item-move", "item-remove"])
def test_a_stranger_cannot_change_an_item(client_of, ana, ben, name):
    routine = make_routine(ana, "cat-cow", "sphinx")
    item = routine.items.all()[1]
    response = client_of(ben).post(url(name, routine.pk, item.pk), {"to": "up"}, headers=HTMX)
    assert response.status_code == 404
    assert slugs(routine) == ["cat-cow", "sphinx"]


@pytest.mark.parametrize("name", ["routine-rename", "item-add"])
def test_a_stranger_cannot_change_a_routine(client_of, ana, ben, name):
    routine = make_routine(ana, "cat-cow")
    response = client_of(ben).post(url(name, routine.pk), {"name": "Mine", "stretch": "sphinx"})
    assert response.status_code == 404
    assert ana.routines.get().name == "Before the desk"


def test_nobody_can_change_a_ready_made_routine(client_of, ana):
    routine = Routine.objects.get(slug="soothe-three")
    assert client_of(ana).get(url("routine-edit", routine.pk)).status_code == 404
    assert client_of(ana).post(url("item-add", routine.pk), {"stretch": "sphinx"}).status_code == 404


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("routine-rename", 1),
        ("routine-copy", 1),
        ("session-start", 1),
        ("item-add", 1),
        ("item-change", 2),
        ("item-move", 2),
        ("item-remove", 2),
    ],
)
def test_a_change_is_never_a_get(client_of, ana, name, count):
    routine = make_routine(ana, "cat-cow")
    args = (routine.pk, routine.items.get().pk)[:count]
    assert client_of(ana).get(url(name, *args)).status_code == 405


def test_the_picker_searches_by_name(client_of, ana):
    routine = make_routine(ana)
    headers = {"HX-Target": "ul#picks"}
    response = client_of(ana).get(url("routine-edit", routine.pk), {"q": "figure four"}, headers=headers)
    assert response.templates[0].name == "routines/_picks.html"
    assert "Figure four" in response.content.decode()
    assert "Sphinx" not in response.content.decode()


def test_a_stretch_is_added_from_its_page_to_a_chosen_routine(client_of, ana, ben):
    routine = make_routine(ana)
    others = make_routine(ben)
    page = client_of(ana).get("/routines/add/", {"stretch": "sphinx"})
    assert "Before the desk" in page.content.decode()
    client_of(ana).post("/routines/add/", {"stretch": "sphinx", "routine": routine.pk})
    assert slugs(routine) == ["sphinx"]
    refused = client_of(ana).post("/routines/add/", {"stretch": "sphinx", "routine": others.pk})
    assert refused.status_code == 422
    assert "not there any more" in refused.text
    assert slugs(others) == []
    assert client_of(ana).post("/routines/add/", {"stretch": "sphinx", "routine": "²"}).status_code == 422
    assert client_of(ana).get("/routines/add/", {"stretch": "no-such"}).status_code == 404


# --- Sessions -------------------------------------------------------------------------------------


def test_a_newcomer_starts_at_once_and_becomes_a_guest(client):
    routine = Routine.objects.get(slug="desk-five")
    response = client.post(
        url("session-start", routine.pk), {"time_zone": "Pacific/Auckland", "safety": "none"}
    )
    session = Session.objects.get()
    assert response.headers["Location"] == f"/sessions/{session.pk}/before/"
    assert session.user.is_guest
    assert session.time_zone == "Pacific/Auckland"


def test_an_invented_time_zone_turns_nobody_away(client):
    client.post(
        url("session-start", Routine.objects.get(slug="desk-five").pk),
        {"time_zone": "Mars/Base", "safety": "none"},
    )
    assert Session.objects.get().time_zone == "UTC"


def test_an_empty_routine_cannot_be_started(client_of, ana):
    response = client_of(ana).post(url("session-start", make_routine(ana).pk))
    assert response.status_code == 422
    assert "There is nothing in it yet." in response.content.decode()


def test_a_session_keeps_its_plan_when_the_routine_changes_or_goes(client_of, ana):
    routine = make_routine(ana, "cat-cow", "sphinx")
    client_of(ana).post(url("session-start", routine.pk))
    session = Session.objects.get()
    routine.items.all()[0].delete()
    routine.delete()
    session = Session.objects.get()
    assert session.slugs == ["cat-cow", "sphinx"]
    assert client_of(ana).get(url("session-play", session.pk)).status_code == 200


def test_the_player_answers_a_step_as_a_page_or_as_a_fragment(client_of, ana):
    routine = make_routine(ana, "figure-four")
    session = Session.objects.begin(ana, Routine.objects.with_items().get(pk=routine.pk))
    page = client_of(ana).get(url("session-play", session.pk), {"step": 2})
    assert page.context["row"].step.kind == "hold"
    assert page.content.decode().count('<template id="step-') == len(session.steps)
    headers = {"HX-Target": "section#step"}
    part = client_of(ana).get(url("session-play", session.pk), {"step": 2}, headers=headers)
    assert part.templates[0].name == "sessions/_step.html"
    past = client_of(ana).get(url("session-play", session.pk), {"step": 99})
    assert past.headers["Location"] == f"/sessions/{session.pk}/finish/"
    assert client_of(ana).get(url("session-play", session.pk), {"step": "-1"}).status_code == 200


def test_a_stranger_cannot_see_a_session(client_of, ana, ben, client):
    session = Session.objects.begin(ana, Routine.objects.with_items().get(slug="desk-five"))
    assert client_of(ben).get(url("session-play", session.pk)).status_code == 404
    assert client.get(url("session-play", session.pk)).status_code == 302


def test_the_figure_is_mirrored_for_the_side_that_it_does_not_show(client_of, ana):
    routine = make_routine(ana, "figure-four")
    session = Session.objects.begin(ana, Routine.objects.with_items().get(pk=routine.pk))
    rows = client_of(ana).get(url("session-play", session.pk)).context["rows"]
    assert {(row.step.side, row.flips) for row in rows} == {("left", True), ("right", False)}
