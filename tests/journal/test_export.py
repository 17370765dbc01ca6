"""Everything a person has, as a file and as tables: nothing is missing, and the way back gives the same bytes."""

import csv
import gc
import io
import json
import tracemalloc
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accounts.models import User
from journal.bringing.bring import bring, understand
from journal.cells import from_nrs, nrs, quoted, unquoted
from journal.export import journal_file
from journal.models import FlareUp, Hold, HurtReport, PainScore, Pause, Rating, SessionNote
from journal.record import record
from journal.tables import TABLES
from routines.models import Item, Routine, Session
from stretches.models import Mark, Stretch
from tests.factories import make_fact, make_routine, make_session

pytestmark = pytest.mark.usefixtures("catalogue")

with_rows = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def exported(person: User) -> str:
    return "".join(journal_file(person))


def somebody(number: int) -> User:
    """An account in which nothing was done or chosen."""
    return User.objects.create_user(f"new-{number}@example.org")


def rows_of(client: Client, name: str) -> list[dict[str, str]]:
    text = b"".join(client.get(f"/journal/export/{name}.csv").streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


# --- The file ---------------------------------------------------------------------------------------


def own_stretch(person: User, name: str = "Towel pull") -> Stretch:
    stretch = Stretch(name=name, steps=["Pull."], kind="stretch", position="supine", sides="each")
    stretch.hold_seconds, stretch.direction = 20, "neutral"
    stretch.keep_for(person)
    return stretch


@pytest.fixture
def full(ana: User) -> User:
    """Somebody with one of everything."""
    ana.time_zone, ana.leave_out = "Europe/Berlin", ["flexion"]
    ana.player = {"volume": 30, "ready_seconds": 7}
    ana.save()
    own = own_stretch(ana)
    routine = make_routine(ana, "kneeling-side-bend-hold", own.slug, name="Täglich")
    routine.schedule([0, 4], ["morning", "18:30"])
    gone = make_routine(ana, "cat-cow", name="Old")
    gone.archive(timezone.now())
    session = Session.objects.begin(ana, Routine.objects.with_items().get(pk=routine.pk))
    holds = [number for number, step in enumerate(session.steps) if step.kind == "hold"]
    easier = session.items[0].easier.slug
    record(
        session,
        make_fact(f"hold:{holds[0]}", {"result": "done", "seconds": 5}),
        make_fact(f"hold:{holds[1]}", {"result": "skipped", "seconds": 0}, sequence=0),
        make_fact(f"hold:{holds[2]}", {"result": "done", "seconds": 0, "slug": easier}),
        make_fact(f"hurt:{holds[-1]}", {"seconds": 3}),
        make_fact("pain:before", {"score": 6}),
        make_fact("pain:before", {"score": 5}, sequence=2),
        make_fact("pain:after", {"score": 3}),
        make_fact(f"rating:{own.slug}", {"value": "helped"}),
        make_fact("note", {"text": "Besser.\n=1+1", "cramp": True}),
    )
    session.finish(timezone.now(), whole=True)
    own.discard()
    Mark.objects.create(person=ana, stretch=own, is_favourite=True)
    aside = Mark.objects.create(person=ana, stretch=Stretch.objects.get(slug="sphinx"))
    aside.set_aside(timezone.now(), "my wrist")
    FlareUp.objects.create(
        user=ana, label="-moving house", starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 9)
    )
    FlareUp.objects.create(user=ana, starts_on=date(2026, 5, 1))
    Pause.objects.create(user=ana, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 9))
    PainScore.objects.create(user=ana, moment="check-in", score=4, first_score=4, time_zone="Asia/Tokyo")
    return ana


def test_everything_is_in_the_file_and_no_id_is(full):
    text = exported(full)
    file = json.loads(text)
    assert {name: len(rows) for name, rows in file.items() if isinstance(rows, list)} == {
        "stretches": 1,
        "marks": 2,
        "routines": 2,
        "sessions": 1,
        "check_ins": 1,
        "flare_ups": 2,
        "pauses": 1,
    }
    assert file["preferences"] == {
        "name": "Ana",
        "time_zone": "Europe/Berlin",
        "leave_out": ["flexion"],
        "player": {"volume": 30, "ready_seconds": 7},
    }
    session = file["sessions"][0]
    assert session["plan"]["items"][1]["slug"] == "own-1"
    before = PainScore.objects.get(moment="before")
    assert session["scores"]["before"] == {
        "score": 5,
        "first_score": 6,
        "given_at": f"{before.given_at:%Y-%m-%dT%H:%M:%S.%fZ}",
        "changed_at": f"{before.changed_at:%Y-%m-%dT%H:%M:%S.%fZ}",
        "sequence": 2,
    }
    assert session["note"]["text"] == "Besser.\n=1+1"
    assert len(session["holds"]) == 3
    for secret in (full.email, str(Session.objects.get().pk), Stretch.objects.get(owner=full).slug):
        assert secret not in text


def test_a_link_that_was_shared_is_not_in_the_file(full):
    routine = full.routines.first()
    routine.share()
    assert routine.share_token not in exported(full)


def test_a_preference_that_is_as_it_was_is_not_in_the_file(ben):
    assert json.loads(exported(ben))["preferences"] == {"name": "Ben"}


def test_an_empty_account_takes_all_of_it_over_to_the_byte(full):
    text = exported(full)
    other = somebody(1)
    bring(understand(text), other)
    other.refresh_from_db()
    assert exported(other) == text
    assert Stretch.objects.get(owner=other).was_begun  # a session holds on to it
    assert not Stretch.objects.of(other).exists()
    session = Session.objects.get(user=other)
    assert session.stretches[session.items[1].slug].owner == other
    assert session.total_seconds == Session.objects.get(user=full).total_seconds
    assert [hold.side for hold in session.holds.order_by("step")] == [
        hold.side for hold in Hold.objects.filter(session__user=full).order_by("step")
    ]


def test_a_plan_stands_in_the_file_once(ana, ben):
    for days in (3, 2, 1):
        make_session(ana, started_at=timezone.now() - timedelta(days=days))
    make_session(ana, "sphinx")
    text = exported(ana)
    plans = [row.get("plan_of") for row in json.loads(text)["sessions"]]
    assert plans == [None, 1, 1, None]
    other = somebody(1)
    bring(understand(text), other)
    assert len({str(session.plan) for session in Session.objects.filter(user=other)}) == 2


def test_a_stretch_that_is_gone_does_not_spoil_the_file(ana):
    own = own_stretch(ana)
    routine = make_routine(ana, own.slug, "cat-cow")
    session = Session.objects.planned(ana, Routine.objects.with_items().get(pk=routine.pk))
    routine.delete()
    own.discard()  # a phone had kept the page, and tells of the session afterwards
    session.routine = None
    session.save(force_insert=True)
    other = somebody(1)
    bring(understand(exported(ana)), other)
    assert [item.slug for item in Session.objects.get(user=other).items] == ["own-0", "cat-cow"]
    other.refresh_from_db()
    assert exported(other) == exported(ana)


def test_ten_times_as_many_sessions_take_no_more_questions(ana, django_assert_num_queries):
    for _ in range(2):
        make_session(ana, before=3, after=2)
    with django_assert_num_queries(15) as few:
        exported(ana)
    for _ in range(18):
        make_session(ana, before=3, after=2)
    with django_assert_num_queries(len(few)):
        exported(ana)


def peak_bytes(person: User) -> int:
    tracemalloc.start()
    for number, _ in enumerate(journal_file(person)):
        if number % 200 == 0:
            gc.collect()  # rows that point at each other wait for it
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_a_long_journal_takes_no_more_memory_than_a_short_one(ana):
    first = make_session(ana, "cat-cow", "sphinx", "figure-four", before=5, after=3)

    def go_on(sessions: int) -> None:
        rows = [
            Session(user=ana, name=first.name, plan=first.plan, total_seconds=60, time_zone="UTC")
            for _ in range(sessions)
        ]
        Session.objects.bulk_create(rows)
        cat_cow = first.stretches["cat-cow"]
        Hold.objects.bulk_create(
            Hold(session=row, step=step, stretch=cat_cow, result="done", seconds=6)
            for row in rows
            for step in range(1, 9)
        )

    go_on(400)
    short = peak_bytes(ana)
    go_on(600)
    assert peak_bytes(ana) < 1.3 * short < 60_000_000


# --- The way there and back, for any journal --------------------------------------------------------

START = datetime(1990, 1, 1, tzinfo=UTC)
instants = st.timedeltas(timedelta(0), timedelta(days=13_000)).map(START.__add__)
days = st.dates(date(1990, 1, 1), date(2026, 1, 1))
zones = st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"])
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
scores = st.integers(1, 10)
sequences = st.sampled_from([0, 1, 1_747_293_153_123, 2**53 - 1])
flags = st.booleans()
CATALOGUE = ["cat-cow", "sphinx", "kneeling-side-bend-hold", "figure-four", "bird-dog"]


def make_any_journal(person: User, draw) -> None:
    """A small journal of anything that the program can keep."""
    person.name, person.time_zone = draw(texts), draw(zones)
    person.leave_out = sorted(draw(st.sets(st.sampled_from(["flexion", "rotation"]))))
    person.player = draw(st.sampled_from([{}, {"volume": 3}, {"wait": True, "rest_percent": 0}, {"no": 1}]))
    person.save()
    own = [own_stretch(person, draw(texts) or "x") for _ in range(draw(st.integers(0, 3)))]
    there = [*own, *(Stretch.objects.get(slug=slug) for slug in CATALOGUE)]
    some = st.sampled_from(there)
    for stretch in draw(st.sets(some, max_size=3)):
        Mark.objects.create(
            person=person, stretch=stretch, is_favourite=draw(flags), reason=draw(texts),
            set_aside_at=draw(st.none() | instants), brought_back_at=draw(st.none() | instants),
        )  # fmt: skip
    routines: list[Routine | None] = [None, Routine.objects.ready_made().with_items().first()]
    for _ in range(draw(st.integers(0, 3))):
        routine = Routine.objects.create(
            owner=person, name=draw(texts) or "y", summary=draw(texts), note=draw(texts),
            days=draw(st.integers(0, 127)), times=draw(st.sampled_from([[], ["evening", "07:05"]])),
            created_at=draw(instants), changed_at=draw(instants), archived_at=draw(st.none() | instants),
        )  # fmt: skip
        for _ in range(draw(st.integers(0, 4))):
            routine.add(draw(some))
        Item.objects.filter(routine=routine).update(
            note=draw(texts), skip_if=draw(texts), is_optional=draw(flags), swap=draw(st.none() | some)
        )
        Routine.objects.filter(pk=routine.pk).update(changed_at=draw(instants))
        routines.append(Routine.objects.with_items().get(pk=routine.pk))
    with_items = [routine for routine in routines if routine and routine.ordered_items]
    for _ in range(draw(st.integers(0, 4))):
        make_any_session(person, draw, draw(st.sampled_from(with_items)), draw(flags))
    for stretch in own:
        if draw(flags):
            stretch.refresh_from_db()
            stretch.discard()
    for at in draw(st.sets(instants, max_size=3)):
        PainScore.objects.create(
            user=person, moment="check-in", score=draw(scores), first_score=draw(scores), given_at=at,
            changed_at=draw(st.none() | instants), time_zone=draw(zones), sequence=draw(sequences),
        )  # fmt: skip
    for _ in range(draw(st.integers(0, 3))):
        start = draw(days)
        end = start + timedelta(days=draw(st.integers(0, 20)))
        FlareUp.objects.create(user=person, label=draw(texts), starts_on=start, ends_on=end)
    if draw(flags):
        FlareUp.objects.create(user=person, label=draw(texts), starts_on=draw(days))
    if draw(flags):
        start = draw(days)
        Pause.objects.create(
            user=person, starts_on=start, ends_on=start + timedelta(days=draw(st.integers(0, 366)))
        )


def make_any_session(person: User, draw, routine: Routine, is_linked: bool) -> None:
    session = Session.objects.begin(person, routine)
    session.name, session.time_zone, session.started_at = draw(texts), draw(zones), draw(instants)
    session.routine = routine if is_linked else None
    session.finished_at = draw(st.none() | st.just(session.started_at + timedelta(microseconds=7)))
    session.is_whole = draw(flags)
    session.save()
    when = lambda: {"at": draw(instants), "sequence": draw(sequences)}  # noqa: E731
    for moment in draw(st.sets(st.sampled_from(["before", "after", "next-day"]))):
        PainScore.objects.create(
            user=person, session=session, moment=moment, score=draw(scores), first_score=draw(scores),
            given_at=draw(instants), time_zone=draw(zones), sequence=draw(sequences),
        )  # fmt: skip
    for number in draw(st.sets(st.integers(0, len(session.steps) - 1), max_size=4)):
        step = session.steps[number]
        stretch = session.stretches[session.items[step.item].slug]
        seconds = draw(st.integers(0, 4200))
        common = {
            "session": session,
            "step": number,
            "stretch": stretch,
            "side": step.side,
            "seconds": seconds,
        }
        if step.kind == "hold":
            Hold.objects.create(**common, result=draw(st.sampled_from(["done", "skipped"])), **when())
        HurtReport.objects.create(**common, **when())
    for stretch in draw(st.sets(st.sampled_from(list(session.stretches.values())), max_size=3)):
        Rating.objects.create(session=session, stretch=stretch, value="no-change", **when())
    if draw(flags):
        SessionNote.objects.create(
            session=session, text=draw(texts), dizzy=draw(flags), next_day_skipped=draw(flags), **when()
        )


@with_rows
@given(data=st.data())
def test_any_journal_survives_the_journey_to_the_byte(db, data):
    first, second = somebody(User.objects.count()), somebody(User.objects.count() + 1000)
    make_any_journal(first, data.draw)
    text = exported(first)
    bring(understand(text), second)
    assert exported(User.objects.get(pk=second.pk)) == text
    # and once more: nothing is new
    starts = [(row.started_at, str(row.plan)) for row in Session.objects.filter(user=second)]
    assume(len(starts) == len(set(starts)))
    again = bring(understand(text), second)
    assert not again.adds_something
    assert exported(User.objects.get(pk=second.pk)) == text


# --- The tables and the pages -----------------------------------------------------------------------


def test_each_table_has_a_row_for_each(full, client_of):
    client = client_of(full)
    assert [row["pain_1_10"] for row in rows_of(client, "scores")] == ["5", "3", "4"]
    assert [row["nrs_0_10_converted"] for row in rows_of(client, "scores")] == ["4.4", "2.2", "3.3"]
    check_in = rows_of(client, "scores")[-1]
    at = PainScore.objects.get(moment="check-in").given_at
    assert check_in["time_zone"] == "Asia/Tokyo"
    assert check_in["utc"] == f"{at:%Y-%m-%dT%H:%M:%SZ}"
    assert check_in["time_local"] == f"{at + timedelta(hours=9):%H:%M:%S}"
    (session,) = rows_of(client, "sessions")
    assert (session["pain_1_10_before"], session["nrs_0_10_converted_after"]) == ("5", "2.2")
    assert (session["cramp"], session["dizzy"], session["pain_1_10_next_day"]) == ("yes", "no", "")
    assert [row["result"] for row in rows_of(client, "holds")] == ["done", "skipped", "done"]
    assert rows_of(client, "holds")[2]["stretch"] == "Standing side reach"
    assert [row["said"] for row in rows_of(client, "ratings")] == ["it hurt after 3 s", "helped"]
    assert [row["ends_on"] for row in rows_of(client, "flare-ups")] == ["2026-03-09", ""]
    assert rows_of(client, "pauses") == [{"starts_on": "2026-04-01", "ends_on": "2026-04-09"}]


def test_a_text_that_looks_like_a_formula_is_quoted_and_a_number_is_not(full, client_of):
    assert rows_of(client_of(full), "flare-ups")[0]["label"] == "'-moving house"
    assert quoted(-3) == -3


@given(st.text(st.sampled_from("'=+-@\t\r\n\0a"), max_size=6))
def test_no_cell_starts_a_formula_and_the_quote_comes_off_again(text):
    cell = quoted(text)
    assert cell[:1] not in tuple("=+-@\t\r\n\0")
    assert unquoted(cell) == text


def test_the_scales_are_each_others_inverse():
    assert [str(nrs(score)) for score in range(1, 11)] == [
        *("0.0", "1.1", "2.2", "3.3", "4.4", "5.6", "6.7", "7.8", "8.9", "10.0")
    ]
    assert [from_nrs(nrs(score)) for score in range(1, 11)] == list(range(1, 11))


@pytest.mark.parametrize("name", ["limber.json", "scores.csv", "sessions.csv", "holds.csv", "flare-ups.csv"])
def test_a_download_has_our_name_and_is_kept_nowhere(client_of, ana, name):
    answer = client_of(ana).get(f"/journal/export/{name}")
    stem, ending = name.split(".")
    stem = "limber" if stem == "limber" else f"limber-{stem}"
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="{stem}-{timezone.localdate()}.{ending}"'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.streaming


def test_a_table_says_to_excel_that_it_is_utf_8(client_of, ana):
    assert b"".join(client_of(ana).get("/journal/export/scores.csv").streaming_content).startswith(
        b"\xef\xbb\xbf"
    )


def test_a_stranger_gets_their_own_and_a_newcomer_is_asked_who_they_are(full, client_of, ben, client):
    text = b"".join(client_of(ben).get("/journal/export/limber.json").streaming_content).decode()
    assert json.loads(text)["sessions"] == []
    assert rows_of(client_of(ben), "scores") == []
    for name in ("", "limber.json", "scores.csv"):
        assert client.get(f"/journal/export/{name}").status_code == 302


def test_there_is_no_other_table(client_of, ana):
    assert client_of(ana).get("/journal/export/users.csv").status_code == 404


def test_the_page_links_to_every_file(client_of, ana):
    page = client_of(ana).get("/journal/export/").text
    for name in ("limber.json", *(f"{name}.csv" for name in TABLES)):
        assert f'href="/journal/export/{name}"' in page
