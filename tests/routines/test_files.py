"""A routine as a file: what is written is read again, and what is wrong is refused by its line."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from routines.exchange import bring, file_of, understand
from routines.lines import FileError
from routines.models import Item, Routine
from routines.models.routine import FULL, MOST_ROUTINES
from stretches.forms import FULL as FULL_OF_STRETCHES
from stretches.models import Stretch
from tests.factories import fill_with_stretches, make_routine

pytestmark = pytest.mark.usefixtures("catalogue")

PATH = "/routines/import/"
with_rows = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])

FILE: dict[str, Any] = {
    "limber": "routine",
    "version": 1,
    "name": "Before the desk",
    "items": [
        {"stretch": "cat-cow", "reps": 8, "hold_seconds": 0, "sides": "both", "move_seconds": 6},
        {"stretch": "own-1", "reps": 2, "hold_seconds": 25, "sides": "each", "note": "Slowly."},
        {"stretch": "sphinx", "hold_seconds": 30, "sides": "both", "swap": "prone-lying", "optional": True},
    ],
    "stretches": [
        {
            "key": "own-1",
            "name": "Towel pull",
            "kind": "stretch",
            "position": "supine",
            "directions": ["flexion", "rotation"],
            "hold_seconds": 25,
            "sides": "each",
            "steps": ["Lie down.", "Pull the towel."],
            "breath": "Out as you pull.",
            "drawn_as": "strap-hamstring-stretch",
        }
    ],
}


def written(**changes: Any) -> str:
    return json.dumps({**FILE, **changes}, indent=1)


def with_item(**changes: Any) -> str:
    return written(items=[{**FILE["items"][0], **changes}, *FILE["items"][1:]])


def with_own(**changes: Any) -> str:
    return written(stretches=[{**FILE["stretches"][0], **changes}])


def send(client: Client, text: str):
    return client.post(PATH, {"text": text})


def exported(client: Client, routine: Routine) -> bytes:
    return client.get(f"/routines/{routine.pk}/export/").content


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (User, Routine, Item, Stretch))


def test_a_file_becomes_a_routine_of_ones_own(client_of, ana):
    answer = send(client_of(ana), written())
    routine = Routine.objects.get(owner=ana)
    assert answer.headers["Location"] == f"/routines/{routine.pk}/"
    first, second, third = routine.ordered_items
    assert (first.stretch.slug, first.reps, first.move_seconds) == ("cat-cow", 8, 6)
    own = second.stretch
    assert (own.owner, own.name, own.directions) == (ana, "Towel pull", ["flexion", "rotation"])
    assert own.figure == Stretch.objects.get(slug="strap-hamstring-stretch").figure
    assert second.note == "Slowly."
    assert third.swap.slug == "prone-lying"
    assert third.is_optional


def test_a_guest_comes_into_being_with_a_good_file_and_not_with_a_bad_one(client):
    send(client, written(version=2))
    assert not User.objects.exists()
    send(client, written())
    assert User.objects.get().is_guest


def test_it_is_uploaded_too_with_any_ends_of_lines_and_a_byte_order_mark(client_of, ana):
    client = client_of(ana)
    data = b"\xef\xbb\xbf" + written().replace("\n", "\r\n").encode()
    answer = client.post(PATH, {"file": SimpleUploadedFile("a.json", data), "text": ""})
    assert answer.status_code == 302
    bad = client.post(PATH, {"file": SimpleUploadedFile("a.json", with_item(reps=0).encode()), "text": ""})
    assert bad.status_code == 422
    assert "&quot;reps&quot;: 0" in bad.text  # the text of the file is there to be put right


def test_export_is_a_download_by_its_name(client_of, ana):
    routine = make_routine(ana, "cat-cow", name='Früh "am" Morgen\r\nX: y')
    answer = client_of(ana).get(f"/routines/{routine.pk}/export/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="fruh-am-morgen-x-y.json"'
    assert answer.headers["Content-Type"] == "application/json"
    assert json.loads(answer.content)["version"] == 1


def test_everybody_exports_what_they_may_look_at(client_of, ana, ben):
    routine = make_routine(ana, "cat-cow", name="日本")
    assert client_of(ana).get(f"/routines/{routine.pk}/export/").status_code == 200
    for client in (Client(), client_of(ben)):
        assert client.get(f"/routines/{routine.pk}/export/").status_code == 404


def test_every_ready_made_routine_survives_the_journey(client_of, ana):
    client = client_of(ana)
    for routine in Routine.objects.ready_made():
        before = exported(client, routine)
        assert send(client, before.decode()).status_code == 302
        assert exported(client, Routine.objects.of(ana)[0]) == before


def test_the_journey_to_another_person_and_back_gives_the_same_bytes(client_of, ana, ben):
    send(client_of(ana), written())
    before = exported(client_of(ana), Routine.objects.get(owner=ana))
    send(client_of(ben), before.decode())
    assert exported(client_of(ben), Routine.objects.get(owner=ben)) == before
    send(client_of(ana), before.decode())
    assert Stretch.objects.filter(owner=ana).count() == 1  # the same to the letter, so taken again
    assert Stretch.objects.get(owner=ana) != Stretch.objects.get(owner=ben)


def test_an_own_stretch_that_differs_by_a_letter_is_another(client_of, ana):
    client = client_of(ana)
    send(client, written())
    send(client, with_own(breath="Out as you pull"))
    assert Stretch.objects.filter(owner=ana).count() == 2


def test_what_was_deleted_comes_back_with_its_file(client_of, ana):
    client = client_of(ana)
    send(client, written())
    Stretch.objects.get(owner=ana).discard()
    assert not Stretch.objects.of(ana).exists()
    send(client, written())
    assert Stretch.objects.of(ana).count() == Stretch.objects.filter(owner=ana).count() == 1


def test_a_drawing_that_is_gone_does_not_spoil_an_export(client_of, ana):
    client = client_of(ana)
    send(client, written())
    Stretch.objects.filter(slug="strap-hamstring-stretch").update(listed=False)
    text = exported(client, Routine.objects.get(owner=ana)).decode()
    assert "drawn_as" not in text
    assert send(client, text).status_code == 302


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40)
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40)
doses = st.fixed_dictionaries(
    {
        "sets": st.integers(1, 10),
        "reps": st.integers(1, 50),
        "hold_seconds": st.integers(0, 600),
        "sides": st.sampled_from(["both", "each", "alternating", "left", "right"]),
        "rest_seconds": st.integers(0, 300),
        "set_rest_seconds": st.integers(0, 300),
        "move_seconds": st.integers(1, 60),
        "right_hold_seconds": st.none() | st.integers(1, 600),
        "note": texts,
    }
)
owns = st.builds(
    Stretch,
    name=words,
    kind=st.just("stretch"),
    position=st.just("prone"),
    direction=st.sampled_from(["flexion", "neutral"]),
    sides=st.sampled_from(["both", "each", "alternating"]),
    hold_seconds=st.integers(1, 600),
    reps=st.integers(1, 50),
    steps=st.lists(words.filter(str.isalpha), min_size=1, max_size=3),
    breath=texts,
    drawn_as=st.sampled_from(["", "cat-cow"]),
)


@with_rows
@given(
    name=words,
    items=st.lists(st.tuples(st.integers(0, 3), doses), max_size=8),
    own=st.lists(owns, max_size=2),
)
def test_export_import_export_gives_the_same_bytes(ana, ben, name, items, own):
    for stretch in own:
        stretch.pk, stretch.slug = None, ""
        stretch.keep_for(ana)
    there = [*own, *Stretch.objects.filter(owner=None)[:4]]
    routine = Routine.objects.create(owner=ana, name=name)
    Item.objects.bulk_create(
        Item(routine=routine, position=position, stretch=there[which], **dose)
        for position, (which, dose) in enumerate(items)
    )
    text = file_of(Routine.objects.with_items().get(pk=routine.pk))
    brought = bring(understand(text), ben)
    assert file_of(Routine.objects.with_items().get(pk=brought.pk)) == text


def test_there_is_an_end_to_routines_and_to_own_stretches(client_of, ana, ben):
    Routine.objects.bulk_create(Routine(owner=ana, name=f"{n}") for n in range(MOST_ROUTINES))
    page = send(client_of(ana), written())
    assert page.status_code == 422
    assert FULL in page.text
    fill_with_stretches(ben)
    before = rows()
    page = send(client_of(ben), written())
    assert page.status_code == 422
    assert FULL_OF_STRETCHES in page.text
    assert rows() == before


def test_a_file_reaches_nobody_elses_stretches(client_of, ana, ben):
    send(client_of(ana), written())
    own = Stretch.objects.get(owner=ana)
    page = send(client_of(ben), with_item(stretch=own.slug))
    assert page.status_code == 422
    assert own.slug in page.text
    assert not Routine.objects.filter(owner=ben).exists()


def test_the_file_of_the_documentation_is_right(settings):
    text = (settings.BASE_DIR / "docs" / "routine-file.md").read_text()
    example = text.split("```json\n")[1].split("```")[0]
    assert len(understand(example).items) == 2
    with pytest.raises(FileError) as refused:
        understand(example.replace('"reps": 8', '"reps": 99').replace('"own-1"', '"towel-pull"', 1))
    shown = [line.strip() for line in text.splitlines() if line.startswith("    Line ")]
    assert [str(fault) for fault in refused.value.faults if "none of" not in fault.reason] == shown
