"""The calendar: what another program reads in it, who gets it, and what its link can do."""

from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from journal.models import Pause
from reminders.feed import uid
from reminders.models import Feed
from routines.models import Routine
from tests.factories import make_routine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

MONDAY = datetime(2026, 3, 2, 15, tzinfo=UTC)
PAGE = "/accounts/reminders/"


@pytest.fixture(autouse=True)
def on_a_monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


def make_scheduled(owner: User, name: str, *times: str, days: tuple[int, ...] = (0, 3)) -> Routine:
    routine = make_routine(owner, "cat-cow", name=name)
    routine.schedule(days, times)
    return routine


def events(answer) -> list:
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(vobject.readOne(answer.content.decode()).contents.get("vevent", []))


def test_each_time_of_a_routine_is_an_event_every_week_with_an_alarm_and_a_link(client_of, ana, ben):
    routine = make_scheduled(ana, "Get up", "morning", "18:30")
    make_scheduled(ben, "Of ben", "morning")
    make_routine(ana, "sphinx", name="No day")
    make_scheduled(ana, "Put away", "morning").archive(MONDAY)
    first, second = events(client_of(ana).get("/accounts/reminders/limber.ics"))
    assert first.summary.value == second.summary.value == "Get up"
    assert (first.dtstart.value, second.dtstart.value) == (
        datetime.fromisoformat("2026-03-02T07:00"),
        datetime.fromisoformat("2026-03-02T18:30"),
    )
    assert first.dtstart.value.tzinfo is None  # floating: half past six wherever the phone is
    assert first.rrule.value == "FREQ=WEEKLY;BYDAY=MO,TH"
    assert first.url.value == f"http://testserver/routines/{routine.pk}/"
    assert first.valarm.action.value == "DISPLAY"
    assert first.valarm.trigger.value == timedelta()
    weeks = list(first.getrruleset(addRDate=True)[:3])
    assert [f"{at:%d %H:%M}" for at in weeks] == ["02 07:00", "05 07:00", "09 07:00"]


def test_a_routine_without_a_time_takes_the_day(client_of, ana):
    make_scheduled(ana, "Any time", days=(5,))
    (event,) = events(client_of(ana).get("/accounts/reminders/limber.ics"))
    assert event.dtstart.value == date(2026, 3, 7)
    assert event.valarm.trigger.value == timedelta(hours=9)


def test_bringing_it_in_twice_adds_nothing(client_of, ana, time_machine):
    routine = make_scheduled(ana, "Get up", "morning", "evening")
    client = client_of(ana)
    names = [event.uid.value for event in events(client.get("/accounts/reminders/limber.ics"))]
    assert len(set(names)) == 2
    time_machine.move_to(MONDAY + timedelta(days=30))
    routine.rename("Another name")
    routine.schedule([1], ["morning", "midday", "evening"])
    later = [event.uid.value for event in events(client.get("/accounts/reminders/limber.ics"))]
    assert set(names) < set(later)
    assert uid(routine, "morning") in names


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x00"])
def test_a_name_with_line_ends_adds_no_property(client_of, ana, ending):
    if ending == "\x00" and connection.vendor == "postgresql":
        ending = "\x01"  # PostgreSQL keeps no NUL
    name = f"Get{ending}ATTACH:http://evil.example{ending}END:VEVENT,;\\"
    make_scheduled(ana, name, "morning")
    answer = client_of(ana).get("/accounts/reminders/limber.ics")
    (event,) = events(answer)
    assert "attach" not in event.contents
    assert len(answer.content.decode().split("ATTACH:")) == 3  # as text, in the name and in the alarm's
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_days_of_a_pause_are_left_out(client_of, ana):
    make_scheduled(ana, "Get up", "morning")
    Pause.objects.create(user=ana, starts_on=date(2026, 3, 5), ends_on=date(2026, 3, 9))
    (event,) = events(client_of(ana).get("/accounts/reminders/limber.ics"))
    days = [day.day for day in event.getrruleset(addRDate=True)[:2]]
    assert days == [2, 12]


# The link -----------------------------------------------------------------------------------------


def make_link(client: Client) -> str:
    """The path of the calendar's link, which the page shows once."""
    page = client.post("/accounts/reminders/calendar/")
    return page.context["link"].removeprefix("http://testserver")


def test_the_link_is_shown_once_and_works_signed_out(client_of, ana):
    make_scheduled(ana, "Get up", "morning")
    client = client_of(ana)
    link = make_link(client)
    assert link not in client.get(PAGE).text
    (event,) = events(Client().get(link))
    assert event.summary.value == "Get up"


def test_a_renewed_and_a_withdrawn_link_lead_nowhere_as_an_invented_one(client_of, ana):
    make_scheduled(ana, "Get up", "morning")
    client, reader = client_of(ana), Client()
    old = make_link(client)
    new = make_link(client)
    invented = reader.get("/calendar/" + "x" * 43 + ".ics")
    assert invented.status_code == 404
    gone = reader.get(old)
    assert (gone.status_code, gone.content) == (404, invented.content)
    assert reader.get(new).status_code == 200
    client.post("/accounts/reminders/calendar/", {"withdraw": "1"})
    gone = reader.get(new)
    assert (gone.status_code, gone.content) == (404, invented.content)


def test_ben_renews_and_withdraws_his_own_link_alone(client_of, ana, ben):
    link = make_link(client_of(ana))
    make_link(client_of(ben))
    client_of(ben).post("/accounts/reminders/calendar/", {"withdraw": "1"})
    assert Client().get(link).status_code == 200


def test_fetching_sets_no_cookie_and_writes_nothing(client_of, ana):
    make_scheduled(ana, "Get up", "morning")
    link = make_link(client_of(ana))
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(link)
    assert not answer.cookies
    assert all(query["sql"].startswith("SELECT") for query in asked)
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_what_has_not_changed_is_not_sent_again(client_of, ana):
    routine = make_scheduled(ana, "Get up", "morning")
    link = make_link(client_of(ana))
    etag = Client().get(link).headers["ETag"]
    again = Client().get(link, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    routine.schedule([0], ["evening"])
    assert Client().get(link, headers={"If-None-Match": etag}).status_code == 200


def test_a_token_is_long_and_can_not_be_read_in_the_database(client_of, ana):
    token = make_link(client_of(ana)).removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) == 43  # 256 bits
    rows = [value for row in Feed.objects.values_list() for value in row]
    assert token not in map(str, rows)
    assert Feed.objects.open_with(token).exists()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            assert not any(token in str(row) for row in cursor.fetchall())


def test_many_routines_take_as_many_queries_as_one(client_of, ana, django_assert_num_queries):
    make_scheduled(ana, "One", "morning")
    client = client_of(ana)
    with CaptureQueriesContext(connection) as few:
        client.get("/accounts/reminders/limber.ics")
    for number in range(5):
        make_scheduled(ana, f"Number {number}", "morning", "evening")
    with django_assert_num_queries(len(few)):
        client.get("/accounts/reminders/limber.ics")
