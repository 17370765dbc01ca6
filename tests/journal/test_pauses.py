"""Pauses, sore days, two minutes, and a year at a glance."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.calendar import LEFT, Done
from journal.models import FlareUp, Pause
from journal.practice import practice
from journal.scores import Flare
from journal.year import year
from routines.fit import Scalable
from routines.models import Routine, Session
from routines.plan import PlanItem, total_seconds
from routines.short import ROOM, SHORT_SECONDS, shortened
from stretches.dose import Dose
from tests.factories import make_routine, make_session

MONDAY = datetime(2026, 3, 2, 15, tzinfo=UTC)
TODAY = MONDAY.date()

pytestmark = pytest.mark.usefixtures("on_a_monday")


@pytest.fixture
def on_a_monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


def form(first: date, last: date) -> dict[str, str]:
    return {"starts_on": first.isoformat(), "ends_on": last.isoformat()}


# Pauses -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_week_with_a_pause_breaks_no_rhythm(client_of, ana, catalogue):
    for week in (1, 3):
        for day in range(3):
            make_session(ana, started_at=MONDAY - timedelta(weeks=week, days=-day))
    client = client_of(ana)
    assert client.get("/").context["rhythm"].weeks == 1
    last_but_one = TODAY - timedelta(weeks=2)
    client.post("/journal/pauses/", form(last_but_one, last_but_one + timedelta(days=6)))
    for page in ("/", "/journal/"):
        assert client.get(page).context["rhythm"].weeks == 2


@pytest.mark.django_db
def test_on_holiday_until_a_day_to_come_and_back_earlier(client_of, ana):
    client = client_of(ana)
    answer = client.post("/journal/pauses/", form(TODAY - timedelta(days=2), TODAY + timedelta(days=10)))
    assert answer.status_code == 302
    assert "I am back" in client.get("/journal/pauses/").text
    client.post(f"/journal/pauses/{Pause.objects.get().pk}/end/")
    assert Pause.objects.get().ends_on == TODAY - timedelta(days=1)


@pytest.mark.django_db
def test_a_pause_that_has_not_begun_is_called_off(client_of, ana):
    pause = Pause.objects.create(user=ana, starts_on=TODAY, ends_on=TODAY + timedelta(days=5))
    client_of(ana).post(f"/journal/pauses/{pause.pk}/end/")
    assert not Pause.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (0, -1, "The last day is before the first."),
        (0, 400, "That is more than a year ahead."),
        (-300, 300, "A year is the longest pause."),
        (12, 20, "There is a pause on these days already, Thu 12 Mar to Mon 16 Mar"),
    ],
)
def test_days_that_make_no_pause_are_refused_in_a_sentence(client_of, ana, first, last, words):
    Pause.objects.create(user=ana, starts_on=TODAY + timedelta(days=10), ends_on=TODAY + timedelta(days=14))
    page = client_of(ana).post(
        "/journal/pauses/", form(TODAY + timedelta(days=first), TODAY + timedelta(days=last))
    )
    assert page.status_code == 422
    assert words in page.text
    assert Pause.objects.count() == 1


@pytest.mark.django_db
def test_a_stranger_ends_no_pause(client_of, ana, ben):
    pause = Pause.objects.create(user=ana, starts_on=TODAY, ends_on=TODAY)
    assert client_of(ben).post(f"/journal/pauses/{pause.pk}/end/").status_code == 404
    assert client_of(ben).get(f"/journal/pauses/{pause.pk}/end/").status_code == 405
    assert Pause.objects.exists()


# A sore day ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_sore_day_is_one_tap_offers_the_gentle_routine_and_is_over_in_one(client_of, ana, catalogue):
    client = client_of(ana)
    assert "It is a sore day" in client.get("/").text
    client.post("/journal/sore-day/")
    (flare,) = ana.flare_ups.all()
    assert (flare.starts_on, flare.ends_on) == (TODAY, None)
    page = client.get("/")
    assert page.context["gentle"].slug == "acute-gentle"
    assert "A sore day</h2>" in page.text
    client.post("/journal/sore-day/", {"over": "1"})
    flare.refresh_from_db()
    assert flare.ends_on == TODAY
    assert "It is a sore day" in client.get("/").text


@pytest.mark.django_db
def test_a_second_tap_marks_no_second_flare_up_and_ben_ends_none_of_anas(client_of, ana, ben):
    for _ in range(2):
        client_of(ana).post("/journal/sore-day/")
    client_of(ben).post("/journal/sore-day/", {"over": "1"})
    assert FlareUp.objects.going_on().get().user == ana
    assert client_of(ana).get("/journal/sore-day/").status_code == 405


# Only two minutes ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_two_minutes_of_a_routine_count_as_the_routine(client_of, ana, catalogue):
    routine = make_routine(ana, "pelvic-tilt", "cat-cow", "sphinx", "figure-four", name="Get up")
    routine.schedule([0], ["morning"])
    client = client_of(ana)
    assert "Only two minutes?" in client.get("/").text
    client.post(f"/routines/{routine.pk}/start/?short=1")
    session = Session.objects.get()
    assert session.total_seconds <= SHORT_SECONDS * ROOM
    assert session.slugs == ["pelvic-tilt", "cat-cow"][: len(session.slugs)]
    session.finish(MONDAY + timedelta(minutes=2), whole=True)
    page = client.get("/")
    assert "Done for today" in page.text
    (done,) = practice(ana, TODAY, TODAY)
    assert done.routine == routine.pk
    assert Routine.objects.with_items().get(pk=routine.pk).seconds > session.total_seconds


@pytest.mark.django_db
def test_a_routine_of_two_minutes_is_not_offered_shorter(client_of, ana, catalogue):
    make_routine(ana, "pelvic-tilt").schedule([0], [])
    assert "Only two minutes?" not in client_of(ana).get("/").text


def items(*holds: int) -> list[Scalable]:
    return [
        Scalable(PlanItem(f"s{n}", "S", "", Dose(1, 1, seconds, "both")), 10, 60, 1)
        for n, seconds in enumerate(holds)
    ]


@given(st.lists(st.integers(5, 600), max_size=12))
def test_the_short_one_is_the_beginning_and_is_short(holds):
    of = items(*holds)
    found = shortened(of)
    assert len(found) == 0 if not holds else len(found) >= 1
    assert [item.slug for item in found] == [each.item.slug for each in of[: len(found)]]
    whole = tuple(each.item for each in of[: len(found)])
    assert total_seconds(found) <= SHORT_SECONDS * ROOM or found != whole


# A year -------------------------------------------------------------------------------------------

DAYS = st.dates(date(2023, 11, 1), date(2027, 2, 1))


def made(days: list[date]) -> list[Done]:
    return [Done(day, 9) for day in days]


@given(st.integers(1990, 2100))
def test_every_day_of_a_year_is_in_it_once_and_none_over_another(number):
    found = year([], [], number, date(number, 12, 31))
    cells = [cell for half in found.halves for cell in half.cells]
    days = [cell.on for cell in cells]
    assert days == sorted(set(days))
    assert len(days) == (date(number + 1, 1, 1) - date(number, 1, 1)).days
    for half in found.halves:
        assert len({(cell.x, cell.y) for cell in half.cells}) == len(half.cells)
        assert all(LEFT <= cell.x <= 364 - 9 and cell.y <= 123 - 9 for cell in half.cells)
        assert [name for name, _ in half.months] == [f"{date(number, m, 1):%b}" for m in half_months(half)]


def half_months(half) -> list[int]:
    return sorted({cell.on.month for cell in half.cells})


@given(st.lists(DAYS), DAYS)
def test_a_year_counts_its_own_days_up_to_today(days, today):
    found = year(made(days), [], today.year, today)
    assert found.days == len({day for day in days if day.year == today.year and day <= today})
    cells = [cell for half in found.halves for cell in half.cells]
    assert cells[-1].on == today
    assert [cell.on for cell in cells if cell.is_today] == [today]


def test_flare_ups_are_ringed_and_pauses_thin():
    flare = Flare(date(2026, 1, 5), date(2026, 1, 6), "Moved")
    pause = Flare(date(2026, 1, 7), date(2026, 1, 8), "")
    found = year(made([date(2026, 1, 8)]), [flare], 2026, TODAY, [pause])
    cells = {cell.on.day: cell for cell in found.halves[0].cells if cell.on.month == 1}
    assert [day for day in cells if cells[day].in_flare] == [5, 6]
    assert [day for day in cells if cells[day].is_off] == [7]
    assert found.sentence == (
        "1 day with a session, 9 minutes in all. Ringed days were a flare-up. Thin ones were a pause."
    )


@pytest.mark.django_db
def test_the_page_of_a_year_shows_it_and_a_year_to_come_is_not_there(client_of, ana, catalogue):
    make_session(ana, started_at=MONDAY - timedelta(days=3))
    client = client_of(ana)
    page = client.get("/journal/years/2026/")
    assert "Sessions on 1 day from 1 January to 2 March 2026" in page.text
    assert "/journal/years/2025/" in page.text
    assert "/journal/years/2027/" not in page.text
    for missing in ("2027", "1900", "0000"):
        assert client.get(f"/journal/years/{missing}/").status_code == 404
    assert client.get("/journal/years/2025/").status_code == 200
