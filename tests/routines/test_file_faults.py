"""Routine files that are wrong: refused by line and reason, never an error, never half taken."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from routines.file import LARGEST_BYTES
from routines.lines import Lines
from routines.models import Item, Routine
from routines.models.routine import MOST_ITEMS
from routines.views.files import NOTHING, TOO_LARGE
from stretches.models import Stretch
from tests.broken import database_broken_at
from tests.routines.test_files import FILE, PATH, send, with_item, with_own, with_rows, written
from tests.spoilt import DEEDS, places, spoilt

pytestmark = pytest.mark.usefixtures("catalogue")


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (User, Routine, Item, Stretch))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (with_item(reps=99), 8, "items 1, reps: must be 1 to 50, not 99"),
        (with_item(reps="8"), 8, "items 1, reps: must be a whole number"),
        (with_item(reps=True), 8, "items 1, reps: must be a whole number"),
        (with_item(reps=8.0), 8, "items 1, reps: must be a whole number"),
        (with_item(reps=10**300), 8, "the number is too long"),
        (with_item(reps=1e300), 8, "items 1, reps: must be a whole number"),
        (with_item(reps=float("nan")), 8, "NaN is not a number"),
        (with_item(reps=float("-inf")), 8, "Infinity is not a number"),
        (
            with_item(sides="up"),
            10,
            "items 1, sides: must be one of both, each, alternating, left, right, not up",
        ),
        (with_item(move_seconds=0), 6, "items 1: hold_seconds and move_seconds must not both be 0"),
        (with_item(stretch="no-such"), 7, "items 1, stretch: the catalogue has no no-such"),
        (with_item(stretch="own-2"), 7, "items 1, stretch: own-2 is not among the stretches of the file"),
        (with_item(swap="own-1"), 12, "items 1, swap: the catalogue has no own-1"),
        (with_item(note="x" * 121), 12, "items 1, note: must be 120 characters at most, not 121"),
        (with_item(note="a\0b"), 12, "items 1, note: has a control character in it"),
        (with_item(note="a\x1bb"), 12, "items 1, note: has a control character in it"),
        (with_item(note="a\ud800b"), 12, "items 1, note: has a control character in it"),
        (with_item(pk=7), 12, "items 1, pk: is not a name that this file can have"),
        (with_own(key="mine"), 30, "stretches 1, key: must be own- and then small letters"),
        (with_own(steps=[]), 40, "stretches 1, steps: must not be empty"),
        (with_own(steps=["Lie down.", " "]), 42, "stretches 1, steps 2: must not be empty"),
        (with_own(hold_seconds=0), 38, "stretches 1, hold_seconds: must be 1 to 600, not 0"),
        (with_own(drawn_as="no-such"), 45, "stretches 1, drawn_as: the catalogue has no drawing of no-such"),
        (with_own(key="own-3"), 30, "stretches 1, key: own-3 is in none of the items"),
        (written(stretches=FILE["stretches"] * 2), 48, "stretches 2, key: own-1 stands there twice"),
        (written(version=2), 3, "the file says version 2, and this Limber reads version 1"),
        (written(version="1"), 3, "the file says a version that is no number"),
        (written(limber="journal"), 2, "this is no routine file of Limber"),
        (written(items=[]).replace('"items": []', '"items": {}'), 5, "items: must be a list"),
        (written(items=FILE["items"] * 21), 5, f"items: must be {MOST_ITEMS} at most, not 63"),
        (written(name=" "), 4, "name: must not be empty"),
        ('{\n"limber": "routine",\n"version": 1,\n"version": 1}', 4, "version: stands there twice"),
        ('{\n"limber": "routine",\n"version": 1\n}', 1, "name: is missing"),
        ('{"a": 1,\n"b": }', 2, "this is not JSON: expecting value"),
        ('{"a": "x\ny"}', 1, "this is not JSON: invalid control character at"),
        ('\n"', 2, "this is not JSON"),
        ("[]", 1, "this is no routine file of Limber"),
        ("7", 1, "this is no routine file of Limber"),
        ("[" * 100_000, 1, "there are more than 8 brackets inside each other"),
        ('{"a":' * 30_000, 1, "there are more than 8 brackets inside each other"),
        ("\n" * 5 + "9" * 5000, 6, "the number is too long"),
        ('"\\' * 100_000, 1, "this is not JSON"),
        ("\0", 1, "this is not JSON"),
    ],
)
def test_what_is_wrong_is_refused_by_its_line(client_of, ana, text, line, reason):
    before = rows()
    answer = send(client_of(ana), text)
    assert answer.status_code == 422
    faults = [str(fault) for fault in answer.context["faults"]]
    assert any(fault.startswith(f"Line {line}: {reason}") for fault in faults), faults
    assert len(max(faults, key=len)) < 300
    assert answer.context["text"] == text  # what was pasted is kept
    assert rows() == before


def test_every_fault_is_named_in_order(client_of, ana):
    text = with_item(reps=0, stretch="no-such", sides="up", more=1).replace('"own-1"', '"own-9"', 1)
    faults = send(client_of(ana), text).context["faults"]
    assert len(faults) == 6
    assert faults == sorted(faults)


def test_so_many_faults_are_shown_and_the_others_counted(client_of, ana):
    page = send(client_of(ana), written(items=[{"stretch": "x"}] * MOST_ITEMS))
    assert "And 131 more." in page.text  # three for each of the sixty, and the own stretch that none calls


def test_what_is_too_much_or_nothing_or_no_text_is_refused(client_of, ana):
    client = client_of(ana)
    spaces = " " * LARGEST_BYTES
    assert TOO_LARGE in send(client, written() + spaces).text
    large = SimpleUploadedFile("a.json", (written() + spaces).encode())
    assert TOO_LARGE in client.post(PATH, {"file": large}).text
    assert NOTHING in send(client, " \n").text
    assert NOTHING in client.post(PATH).text
    latin = client.post(PATH, {"file": SimpleUploadedFile("a.json", b"\xff\xfe\x00")})
    assert "not text in UTF-8" in latin.text
    assert latin.status_code == 422
    assert not Routine.objects.filter(owner=ana).exists()


def test_a_fault_of_the_database_at_any_moment_leaves_nothing_half_done(client_of, ana):
    client = client_of(ana)
    client.raise_request_exception = False
    before, statuses = rows(), []
    while 302 not in statuses:
        with database_broken_at(len(statuses)):
            statuses.append(send(client, written()).status_code)
        assert statuses[-1] == 302 or rows() == before
    assert statuses.count(503) > 5


def test_markup_in_a_file_is_text(client_of, ana):
    page = send(client_of(ana), with_item(**{"<b>": 1, "sides": "<i>"}) + "</textarea><script>")
    assert "&lt;/textarea&gt;&lt;script&gt;" in page.text
    page = send(client_of(ana), with_item(**{"<b>": 1, "sides": "<i>"}))
    assert "&lt;b&gt;" in page.text
    assert "<b>" not in page.text
    assert "<i>" not in page.text


@with_rows
@given(st.text(st.sampled_from('{}[]":,0123456789-eE.\\ \n\ttrufalsn'), max_size=60) | st.text(max_size=60))
def test_no_text_is_an_error(client_of, ana, text):
    before = rows()
    assert send(client_of(ana), text).status_code == 422
    assert rows() == before


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["own-1", "sphinx"]),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=4), part, max_size=3),
    max_leaves=6,
)


@with_rows
@given(value=values, chance=st.randoms(), deed=st.sampled_from(DEEDS))
def test_a_good_file_made_bad_is_taken_whole_or_not_at_all(client_of, ana, value, chance, deed):
    text = spoilt(written(), deed, value, chance)
    before = rows()
    answer = send(client_of(ana), text)
    if answer.status_code == 302:
        routine = Routine.objects.with_items().filter(owner=ana).latest("pk")
        assert len(routine.ordered_items) == len(json.loads(text)["items"])
    else:
        assert answer.status_code == 422
        assert rows() == before


@given(
    st.recursive(
        st.integers(0, 9) | st.text(max_size=3),
        lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=3), part, max_size=3),
        max_leaves=12,
    ),
    st.sampled_from([None, 1]),
)
def test_every_value_has_a_line_and_the_line_has_it(value, indent):
    text = json.dumps(value, indent=indent)
    lines = Lines(text)
    rows = text.split("\n")
    for path in places(value):
        inner = value
        for name in path:
            inner = inner[name]
        wanted = json.dumps(path[-1]) if path and isinstance(path[-1], str) else json.dumps(inner)[:1]
        assert wanted in rows[lines.of(path) - 1]
    assert not lines.repeated
