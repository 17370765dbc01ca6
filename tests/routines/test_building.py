"""Changing a routine: what each change does, taking it back, and two who change the same one at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import cycle

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from routines.models import Change, Item, Routine
from routines.models.routine import MOST_CHANGES, MOST_ITEMS
from stretches.models import Stretch
from tests.factories import make_routine

pytestmark = pytest.mark.usefixtures("catalogue")

HTMX = {"HX-Request": "true", "HX-Target": "section#builder"}


def state(routine: Routine) -> list[dict]:
    """Everything that is said of its items, in order, and its name."""
    items = routine.items.order_by("position", "pk")
    return [{"name": Routine.objects.get(pk=routine.pk).name}, *(item.as_was() for item in items)]


def slugs(routine: Routine) -> list[str]:
    return list(routine.items.order_by("position").values_list("stretch__slug", flat=True))


def at(routine: Routine, name: str, item: Item) -> str:
    return f"/routines/{routine.pk}/items/{item.pk}/{name}"


# --- Undo ---------------------------------------------------------------------------------------------

SLUGS = ("cat-cow", "sphinx", "figure-four", "bird-dog")
operations = st.lists(
    st.tuples(
        st.sampled_from(["add", "move", "remove", "duplicate", "swap", "dose", "note", "rename", "undo"]),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=18,
)


def do(routine: Routine, what: str, first: int, second: int) -> None:
    items = list(routine.items.select_related("stretch").order_by("position"))
    stretch = Stretch.objects.get(slug=SLUGS[first % len(SLUGS)])
    item = items[first % len(items)] if items else None
    match what:
        case "add":
            routine.add(stretch)
        case "rename":
            routine.rename(f"Name {first}")
        case "undo":
            routine.undo()
        case _ if item is None:
            return
        case "move":
            routine.move(item, before=[*items, None][second % (len(items) + 1)])
        case "remove":
            routine.remove(item)
        case "duplicate":
            routine.duplicate(item)
        case "swap":
            routine.swap(item, stretch)
        case "dose":
            routine.change_doses({item: replace(item.dose, reps=second + 1, sides="left")}, "Fitted")
        case "note":
            item.note = f"Note {second}"
            routine.change_item(item, ["note"])


@given(operations)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_changes_undone_to_the_start_give_the_first_state(ana: User, steps):
    routine = make_routine(ana, "cat-cow", "sphinx")
    routine.changes.all().delete()
    first = state(routine)
    for what, one, other in steps:
        do(routine, what, one, other)
        positions = list(routine.items.order_by("position").values_list("position", flat=True))
        assert positions == list(range(1, len(positions) + 1))
    while routine.undo():
        pass
    assert state(routine) == first


def test_undo_is_offered_by_name_and_said(client_of, ana):
    routine = make_routine(ana, "cat-cow", "sphinx")
    client = client_of(ana)
    item = routine.items.get(stretch__slug="sphinx")
    client.post(at(routine, "remove/", item), headers=HTMX)
    assert 'aria-label="Undo: Sphinx removed"' in client.get(f"/routines/{routine.pk}/edit/").text
    page = client.post(f"/routines/{routine.pk}/undo/", headers=HTMX)
    assert "Undone: Sphinx removed." in page.text
    assert slugs(routine) == ["cat-cow", "sphinx"]
    assert routine.items.get(stretch__slug="sphinx").pk == item.pk  # forms in other tabs still know it


def test_at_least_the_last_twenty_changes_can_be_undone_and_old_ones_are_not_kept_for_ever(ana):
    routine = make_routine(ana, "cat-cow")
    for number in range(MOST_CHANGES + 10):
        routine.rename(f"Name {number}")
    assert routine.changes.count() == MOST_CHANGES >= 20
    for _ in range(20):
        assert routine.undo()
    assert Routine.objects.get(pk=routine.pk).name == f"Name {MOST_CHANGES - 11}"


def test_with_nothing_left_to_undo_it_says_so(client_of, ana):
    routine = make_routine(ana, "cat-cow")
    routine.changes.all().delete()
    assert "Nothing to undo." in client_of(ana).post(f"/routines/{routine.pk}/undo/", headers=HTMX).text


def test_a_stretch_of_ones_own_deleted_since_does_not_come_back_with_undo(ana):
    own = Stretch(
        name="Pull", kind="stretch", position="seated", sides="both", hold_seconds=9, direction="neutral"
    )
    own.keep_for(ana)
    routine = make_routine(ana, "cat-cow", own.slug)
    routine.remove(routine.items.get(stretch=own))
    own.discard()
    routine.undo()
    assert slugs(routine) == ["cat-cow"]


# --- One thing at a time ------------------------------------------------------------------------------


def test_two_tabs_that_change_one_item_do_not_undo_each_other(client_of, ana):
    routine = make_routine(ana, "figure-four")
    item = routine.items.get()
    page = client_of(ana).get(f"/routines/{routine.pk}/edit/").text
    form = dict(
        re.findall(
            r'name="((?:initial-)?(?:hold_seconds|reps|sets|rest_seconds|set_rest_seconds))"[^>]*value="(\d+)"',
            page,
        )
    )
    assert form["hold_seconds"] == form["initial-hold_seconds"] == "30"
    client_of(ana).post(at(routine, "", item), {**form, "hold_seconds": "40"}, headers=HTMX)
    client_of(ana).post(at(routine, "", item), {**form, "reps": "3"}, headers=HTMX)  # still says 30
    item.refresh_from_db()
    assert (item.hold_seconds, item.reps) == (40, 3)


def test_a_request_may_say_one_thing(client_of, ana):
    routine = make_routine(ana, "figure-four")
    item = routine.items.get()
    client_of(ana).post(at(routine, "", item), {"note": "Cushion under the knee"}, headers=HTMX)
    item.refresh_from_db()
    assert (item.note, item.hold_seconds) == ("Cushion under the knee", 30)
    page = client_of(ana).post(at(routine, "", item), {"right_hold_seconds": "45"}, headers=HTMX)
    assert "30 s left and 45 s right each side" in page.text
    client_of(ana).post(at(routine, "", item), {"right_hold_seconds": ""}, headers=HTMX)
    item.refresh_from_db()
    assert item.right_hold_seconds is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("note", "n" * 121, "Keep the note to 120 characters; this one has 121."),
        ("right_hold_seconds", "0", "Hold on the right: a whole number from 1 to 600 seconds, or nothing."),
        ("set_rest_seconds", "400", "Rest between sets: a whole number from 0 to 300 seconds."),
    ],
)
def test_more_that_is_wrong_is_said_and_stays(client_of, ana, field, value, sentence):
    routine = make_routine(ana, "figure-four")
    page = client_of(ana).post(at(routine, "", routine.items.get()), {field: value}, headers=HTMX)
    assert page.status_code == 422
    assert sentence in page.text
    assert f'value="{value}"' in page.text
    assert "<details" in page.text
    assert " open>" in page.text


def test_an_item_is_moved_before_another_one(client_of, ana):
    routine = make_routine(ana, "cat-cow", "sphinx", "bird-dog")
    first, second, third = routine.items.all()
    client = client_of(ana)
    page = client.post(at(routine, "move/", third), {"before": second.pk}, headers=HTMX)
    assert "Bird-dog is now number 2." in page.text
    assert slugs(routine) == ["cat-cow", "bird-dog", "sphinx"]
    client.post(at(routine, "move/", first), {"before": ""}, headers=HTMX)
    assert slugs(routine) == ["bird-dog", "sphinx", "cat-cow"]
    gone = second.pk
    routine.remove(second)
    client.post(at(routine, "move/", first), {"before": gone}, headers=HTMX)
    assert slugs(routine) == ["bird-dog", "cat-cow"]


def test_the_same_may_be_there_several_times_each_with_its_own_dose(client_of, ana):
    routine = make_routine(ana, "cat-cow", "sphinx")
    item = routine.items.first()
    client_of(ana).post(at(routine, "", item), {"reps": "7"}, headers=HTMX)
    client_of(ana).post(at(routine, "duplicate/", item), headers=HTMX)
    assert slugs(routine) == ["cat-cow", "cat-cow", "sphinx"]
    copy = routine.items.order_by("position")[1]
    assert copy.reps == 7
    client_of(ana).post(at(routine, "", copy), {"reps": "2"}, headers=HTMX)
    item.refresh_from_db()
    assert item.reps == 7


def test_a_full_routine_takes_no_duplicate(client_of, ana):
    routine = make_routine(ana, *["cat-cow"] * MOST_ITEMS)
    page = client_of(ana).post(at(routine, "duplicate/", routine.items.first()), headers=HTMX)
    assert page.status_code == 422
    assert "This one is full." in page.text
    assert routine.items.count() == MOST_ITEMS
    assert routine.last_change.words == "Cat-cow added"  # what was refused is no change


def test_what_is_set_aside_is_swapped_with_one_tap_for_the_easier_one(client_of, ana):
    routine = make_routine(ana, "cat-cow")
    client = client_of(ana)
    assert "Swap for" not in client.get(f"/routines/{routine.pk}/edit/").text
    client.post("/stretches/cat-cow/mark/", {"aside": "1"})
    page = client.get(f"/routines/{routine.pk}/edit/").text
    assert "Swap for Seated cat-cow" in page
    client.post(at(routine, "swap/", routine.items.get()), {"stretch": "seated-cat-cow"}, headers=HTMX)
    assert slugs(routine) == ["seated-cat-cow"]
    client.post("/stretches/leave-out/", {"leave_out": ["flexion", "extension"]})
    page = client.get(f"/routines/{routine.pk}/edit/").text
    offered = re.search(r'name="stretch" value="([^"]+)">Swap for', page)[1]
    assert not {"flexion", "extension"} & set(Stretch.objects.get(slug=offered).directions)


def test_a_stranger_changes_nothing(client_of, ana, ben):
    routine = make_routine(ana, "cat-cow", "sphinx")
    item = routine.items.first()
    before = state(routine)
    stranger = client_of(ben)
    for name in ("", "move/", "duplicate/", "swap/", "remove/"):
        assert stranger.post(at(routine, name, item), {"stretch": "sphinx", "to": "down"}).status_code == 404
    assert stranger.post(f"/routines/{routine.pk}/undo/").status_code == 404
    assert state(routine) == before


def test_the_builder_needs_no_more_queries_with_more_items(client_of, ana, django_assert_num_queries):
    client = client_of(ana)
    routine = make_routine(ana, "cat-cow")
    client.post("/stretches/cat-cow/mark/", {"aside": "1"})
    client.get(f"/routines/{routine.pk}/edit/")
    with django_assert_num_queries(13):
        client.get(f"/routines/{routine.pk}/edit/")
    for slug in ("cat-cow", "sphinx", "bird-dog"):
        routine.add(Stretch.objects.get(slug=slug))
    with django_assert_num_queries(13):
        client.get(f"/routines/{routine.pk}/edit/")


# --- Many at once -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_hundred_moves_by_eight_clients_leave_an_order_and_no_error(catalogue, live_server):
    ana = User.objects.create_user("ana@example.org", "correct horse battery")
    routine = make_routine(ana, *SLUGS, *SLUGS)
    items = list(routine.items.values_list("pk", flat=True))
    routine.changes.all().delete()
    clients = [Client() for _ in range(8)]
    for client in clients:
        client.force_login(ana)

    def work(number: int) -> set[int]:
        answers = set()
        for turn, other in zip(range(25), cycle(items[number:] + items[:number]), strict=False):
            moved = items[(number * 7 + turn) % len(items)]
            data = {"before": other} if turn % 3 else {"to": "down"}
            address = f"/routines/{routine.pk}/items/{moved}/move/"
            answers.add(clients[number].post(address, data, headers=HTMX).status_code)
        connection.close()
        return answers

    with ThreadPoolExecutor(8) as pool:
        answers = set().union(*pool.map(work, range(8)))
    assert answers == {200}
    order = list(routine.items.order_by("position").values_list("pk", "position"))
    assert sorted(pk for pk, _ in order) == sorted(items)
    assert [position for _, position in order] == list(range(1, len(items) + 1))
    assert Change.objects.filter(routine=routine).count() == MOST_CHANGES
