"""Journal files that are wrong: refused by line and reason, never an error, never half taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from journal.bringing.bring import bring, understand
from journal.file.parsing import MOST_VALUES
from routines.lines import FileError
from routines.models import Routine
from routines.models.routine import MOST_ROUTINES
from tests.broken import database_broken_at
from tests.factories import fill_with_stretches
from tests.journal.test_export import exported, somebody, with_rows
from tests.journal.test_import import FILE, confirm, rows, send, with_plan, with_row, written
from tests.spoilt import DEEDS, spoilt

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[]", "Line 1: this is no journal file of Limber"),
        ("{}", "Line 1: this is no journal file of Limber"),
        ('{"limber": "routine"}', "Line 1: limber: this is a routine file of Limber"),
        (written({**FILE, "version": 2}), "Line 3: version: the file says version 2"),
        (written({**FILE, "users": []}), "users: is not a name that this file can have"),
        (written({**FILE, "sessions": {}}), "sessions: must be a list"),
        (written({**FILE, "preferences": []}), "preferences: must be an object"),
        (with_row("check_ins", score=0), "check_ins 1, score: must be 1 to 10, not 0"),
        (with_row("check_ins", score=11), "check_ins 1, score: must be 1 to 10, not 11"),
        (with_row("check_ins", score=4.5), "check_ins 1, score: must be a whole number"),
        (with_row("check_ins", score=True), "check_ins 1, score: must be a whole number"),
        (with_row("check_ins", score=float("nan")), "NaN is not a number"),
        (with_row("check_ins", score=10**40), "the number is too long"),
        (with_row("check_ins", sequence=2**53), "check_ins 1, sequence: "),
        (with_row("check_ins", sequence=-1), "check_ins 1, sequence: "),
        (with_row("check_ins", time_zone="Mars/Base"), "time_zone: must be the name of a time zone"),
        (with_row("check_ins", given_at="yesterday"), "given_at: must be an instant such as"),
        (with_row("check_ins", given_at="2026-05-15T10:00:00"), "given_at: must be an instant such as"),
        (with_row("check_ins", given_at="2026-02-30T10:00:00Z"), "given_at: must be an instant such as"),
        (with_row("check_ins", given_at="0001-01-01T00:00:00+14:00"), "given_at: must be an instant such as"),
        (with_row("check_ins", given_at="1899-12-31T23:59:59Z"), "given_at: must be from 1900 until now"),
        (with_row("check_ins", given_at="9999-12-31T23:59:59Z"), "given_at: must be from 1900 until now"),
        (with_row("check_ins", given_at=None), "given_at: must be an instant such as"),
        (with_row("flare_ups", ends_on="2026-04-30"), "flare_ups 1: ends_on must not be before starts_on"),
        (with_row("flare_ups", starts_on="1.5.2026"), "starts_on: must be a day such as 2026-05-15"),
        (with_row("flare_ups", label="x" * 81), "label: must be 80 characters at most, not 81"),
        (with_row("flare_ups", label="a\tb"), "label: has a control character in it"),
        (with_row("flare_ups", label="a\0b"), "label: has a character in it that is none"),
        (with_row("flare_ups", label="a\ud800b"), "label: has a character in it that is none"),
        (with_row("pauses", ends_on="2026-05-01"), "pauses 1: ends_on must not be before starts_on"),
        (with_row("pauses", ends_on="2029-05-01"), "ends_on: must be from 1900 until a year from now"),
        (written({**FILE, "pauses": FILE["pauses"] * 2}), "pauses 2: has a day of another pause in it"),
        (written({**FILE, "flare_ups": [{"starts_on": "2026-05-01"}] * 2}), "only one flare-up can be going on"),
        (written({**FILE, "check_ins": FILE["check_ins"] * 2}), "check_ins 2, given_at: stands there twice"),
        (with_row("marks", stretch="no-such"), "marks 1, stretch: the catalogue has no no-such"),
        (with_row("marks", stretch="own-0"), "marks 1, stretch: own-0 is not among the stretches"),
        (with_row("stretches", key="own-0"), "stretches 1, key: own-0 is for a stretch that is gone"),
        (with_row("stretches", key="own-7"), "items 1, stretch: own-1 is not among the stretches"),
        (with_row("stretches", hold_seconds=0), "stretches 1, hold_seconds: must be 1 to 600, not 0"),
        (with_row("stretches", name="a\nb"), "stretches 1, name: has a control character in it"),
        (with_row("stretches", drawn_as="no-such"), "the catalogue has no drawing of no-such"),
        (with_row("routines", days=[7]), "routines 1, days 1: must be 0 to 6, not 7"),
        (with_row("routines", times=["noon"]), "routines 1, times 1: must be morning, midday, evening"),
        (with_row("routines", key="routine-2"), "routine: routine-1 is not among the routines of the file"),
        (with_row("sessions", finished_at="2026-05-14T05:29:59Z"), "finished_at must not be before started_at"),
        (with_row("sessions", plan_of=1), "must have plan or plan_of, and not both"),
        (with_row("sessions", plan={"version": 2, "items": []}), "plan, version: "),
        (with_row("sessions", plan={"version": 1, "items": []}), "plan, items: must not be empty"),
        (with_plan(slug="no-such"), "plan, items 1, slug: the catalogue has no no-such"),
        (with_plan(dose={"hold_seconds": 601}), "hold_seconds: must be 0 to 600, not 601"),
        (with_plan(dose={"hold_seconds": 0}), "hold_seconds and move_seconds must not both be 0"),
        (with_plan(dose={"reps": 51}), "reps: must be 1 to 50, not 51"),
        (with_plan(dose={"sides": "up"}), "sides: must be one of both, each"),
        (with_plan(dose={"right_hold_seconds": None}), "must leave out what is null"),
        (with_plan(easier={"slug": "sphinx"}), "easier, name: is missing"),
        (with_plan(colour="red"), "colour: is not a name that this file can have"),
        (with_row("sessions", holds=[{"step": 0, "seconds": 1, "at": "2026-05-14T05:31:00Z"}]), "no such hold"),
        (with_row("sessions", holds=[{"step": 99, "seconds": 1, "at": "2026-05-14T05:31:00Z"}]), "no such hold"),
        (with_row("sessions", hurts=[{"step": 99, "seconds": 1, "at": "2026-05-14T05:31:00Z"}]), "no such step"),
        (with_row("sessions", holds=FILE["sessions"][0]["holds"] * 2), "holds 2, step: stands there twice"),
        (with_row("sessions", holds=[{"step": 1, "seconds": 4201, "at": "2026-05-14T05:31:00Z"}]), "0 to 4200"),
        (
            with_row("sessions", holds=[
                {"step": 1, "seconds": 1, "at": "2026-05-14T05:31:00Z", "stretch": "sphinx"}
            ]),
            "holds 1, stretch: this step has no such stretch",
        ),
        (
            with_row("sessions", ratings=[{"stretch": "sphinx", "value": "helped", "at": "2026-05-14T05:31:00Z"}]),
            "ratings 1, stretch: this session has no such stretch",
        ),
        (with_row("sessions", ratings=FILE["sessions"][0]["ratings"] * 2), "ratings 2, stretch: stands there twice"),
        (with_row("sessions", scores={"check_in": {}}), "check_in: is not a name that this file can have"),
        (written({**FILE, "preferences": {"player": {"volume": 101}}}), "player: volume is not right"),
        (written({**FILE, "preferences": {"player": {"x": 1}}}), "player: one of them is not right"),
        (written({**FILE, "preferences": {"email": "a@b.c"}}), "email: is not a name that this file can have"),
        (written({**FILE, "preferences": {"leave_out": ["up"]}}), "leave_out 1: must be one of flexion"),
        ('{"limber": "journal", "version": 1,\n"version": 1}', "Line 2: version: stands there twice"),
        ("{" + '"a":' * 2 + "}", "Line 1: this is not JSON"),
        ('{"limber":' + "[" * 100_000, "Line 1: there are more than 8 brackets inside each other"),
        ('{"a":' * 30_000, "Line 1: there are more than 8 brackets inside each other"),
        ("{" + "," * (MOST_VALUES + 1), "Line 1: there is more in this file"),
        ('{"' + "\\" * 100_001, "Line 1: this is not JSON"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_by_its_line(client_of, ana, text, reason):
    before = rows()
    page = send(client_of(ana), text)
    assert page.status_code == 422
    faults = [str(fault) for fault in page.context["faults"]]
    assert any(reason in fault for fault in faults), faults
    assert all(fault.startswith("Line ") and len(fault) < 300 for fault in faults)
    assert rows() == before


def test_the_line_is_the_one_where_it_stands():
    text = with_row("check_ins", score=0)
    with pytest.raises(FileError) as refused:
        understand(text)
    assert '"score": 0' in text.splitlines()[refused.value.faults[0].line - 1]


def test_a_later_session_cannot_lend_its_plan():
    first = {key: value for key, value in FILE["sessions"][0].items() if key != "plan"}
    with pytest.raises(FileError, match="1 faults") as refused:
        understand(written({**FILE, "sessions": [{**first, "plan_of": 2}, FILE["sessions"][0]]}))
    assert "must be the number of a session before this one" in str(refused.value.faults[0])


def test_there_is_an_end_to_routines_and_to_own_stretches(ana, ben):
    Routine.objects.bulk_create(Routine(owner=ana, name=f"{n}") for n in range(MOST_ROUTINES))
    with pytest.raises(FileError) as refused:
        bring(understand(written()), ana)
    assert "you would have 201 routines" in str(refused.value.faults[0])
    fill_with_stretches(ben)
    with pytest.raises(FileError) as refused:
        bring(understand(written()), ben)
    assert "you would have 101 stretches of your own" in str(refused.value.faults[0])


def test_so_many_faults_are_shown_and_the_others_counted(client_of, ana):
    file = {**FILE, "check_ins": [{"score": 0}] * 1000}
    page = send(client_of(ana), written(file))
    assert len(page.context["faults"]) == 50
    assert "And 150 more." in page.text  # then nothing more is looked at


def test_a_fault_of_the_database_at_any_moment_leaves_nothing_half_done(client_of, ana):
    client = client_of(ana)
    page = send(client, written())
    client.raise_request_exception = False
    before, statuses, states = rows(), [], []
    while 302 not in statuses:
        with database_broken_at(len(statuses)):
            statuses.append(confirm(client, page).status_code)
        states.append(rows())
    assert all(state in (before, states[-1]) for state in states)
    assert states.count(before) > 20
    assert statuses.count(503) > 20
    assert set(statuses) <= {503, 400, 302}  # 400: the browser's session could not be saved


def test_markup_in_a_file_is_text(client_of, ana):
    page = send(client_of(ana), with_row("check_ins", **{"<b>": 1, "time_zone": "<i>"}))
    assert "&lt;b&gt;" in page.text
    assert "<b>" not in page.text


@with_rows
@given(st.text(st.sampled_from('{}[]":,0123456789-eE.\\ \n\ttrufalsn'), max_size=60).map("{".__add__))
def test_no_text_is_an_error(client_of, ana, text):
    before = rows()
    assert send(client_of(ana), text).status_code == 422
    assert rows() == before


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["own-1", "sphinx", "2026-05-14T05:30:00Z", "2026-05-14"]),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=4), part, max_size=3),
    max_leaves=6,
)  # fmt: skip


@with_rows
@given(value=values, chance=st.randoms(), deed=st.sampled_from(DEEDS))
def test_a_good_file_made_bad_is_taken_whole_or_not_at_all(ana, client_of, value, chance, deed):
    text = spoilt(written(), deed, value, chance, least=1)  # nothing at all is no file
    client, before = client_of(ana), rows()
    page = send(client, text)
    assert page.status_code in (200, 422)
    assert rows() == before
    if page.status_code == 200:
        new = somebody(User.objects.count())
        bring(understand(text), new)
        again = exported(User.objects.get(pk=new.pk))
        assert not bring(understand(again), new).adds_something
