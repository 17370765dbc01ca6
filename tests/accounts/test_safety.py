"""The safety check: when it comes, where each answer leads, and that no answer is kept."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from accounts.safety import SIGNS, outcome_of, ticked
from journal.record import record
from routines.models import Routine, Session
from tests.factories import make_fact, make_routine, make_session
from tests.world import digest_of, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def start():
    return f"/routines/{Routine.objects.get(slug='desk-five').pk}/start/"


def test_a_newcomer_is_asked_before_the_first_session_and_not_again(client, start):
    assert client.post(start).headers["Location"].startswith("/safety/check/?next=")
    assert not User.objects.exists()
    page = client.get(f"/safety/check/?next={start}").text
    assert f'action="{start}"' in page
    assert "Do any of these apply to you?" in page
    assert client.post(start, {"safety": "none"}).headers["Location"].endswith("/before/")
    assert User.objects.get().safety_seen_at
    assert client.post(start).headers["Location"].endswith("/before/")


def test_it_comes_again_after_90_days(client_of, ana, start):
    client = client_of(ana)
    with time_machine.travel(timezone.now() + timedelta(days=89)):
        assert client_of(ana).post(start).headers["Location"].endswith("/before/")
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        client = client_of(ana)
        assert client.post(start).headers["Location"].startswith("/safety/check/")
        assert client.post(start, {"safety": "none"}).headers["Location"].endswith("/before/")
        assert client.post(start).headers["Location"].endswith("/before/")


@pytest.mark.parametrize("symptom", ["down_a_leg", "pins_and_needles"])
def test_it_comes_again_after_a_symptom_in_a_leg(client_of, ana, start, symptom):
    record(make_session(ana), make_fact("note", {symptom: True}))
    assert client_of(ana).post(start).headers["Location"].startswith("/safety/check/")


def test_a_symptom_from_before_the_check_was_seen_asks_for_nothing(client_of, ana, start):
    session = make_session(ana)
    record(session, make_fact("note", {"down_a_leg": True}, at=timezone.now() - timedelta(hours=1)))
    record(session, make_fact("note", {"cramp": True}, sequence=2))
    assert client_of(ana).post(start).headers["Location"].endswith("/before/")


def test_a_shared_routine_asks_too(client, ana):
    routine = make_routine(ana, "sphinx")
    routine.share()
    address = f"/r/{routine.share_token}/start/"
    assert client.post(address).headers["Location"].startswith("/safety/check/")
    assert client.post(address, {"safety": "none"}).headers["Location"].endswith("/before/")
    assert Session.objects.get().user.is_guest


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.key)
def test_each_sign_leads_to_its_page_and_nothing_is_kept_of_it(client_of, ana, start, sign):
    client = client_of(ana)
    before = digest_of(ana)
    with written() as changes:
        answer = client.post("/safety/check/", {"sign": sign.key, "next": start})
    said = {
        "emergency": "Please don’t stretch. Get medical help now.",
        "same-day": "See a doctor today, before you start",
        "appointment": "Ask a doctor before you start",
    }
    assert said[sign.outcome] in answer.text
    assert sign.words in answer.text.replace("&#x27;", "'")
    assert changes == []
    assert digest_of(ana) == before
    assert "Set-Cookie" not in answer.headers


def test_the_most_urgent_of_several_counts():
    assert outcome_of(ticked(["stiff", "saddle", "fever"])) == "emergency"
    assert outcome_of(ticked(["stiff", "fever"])) == "same-day"
    assert outcome_of(ticked(["stiff", "nothing-we-know"])) == "appointment"
    assert outcome_of(ticked([])) is None


def test_somebody_whom_a_doctor_has_told_that_it_is_fine_goes_on_from_there(client, start):
    page = client.post("/safety/check/", {"sign": "stiff", "next": start}).text
    assert f'action="{start}"' in page
    assert "A doctor has already said it is fine" in page


def test_an_emergency_offers_no_way_to_the_session(client, start):
    page = client.post("/safety/check/", {"sign": "bladder", "next": start}).text
    assert f'action="{start}"' not in page
    assert "112" in page
    assert "999" in page


def test_nothing_ticked_is_said_and_asked_again(client, start):
    answer = client.post("/safety/check/", {"next": start})
    assert answer.status_code == 422
    assert "Tick what applies to you, or choose “None of these”." in answer.text


def test_the_words_are_the_same_for_everyone(client, client_of, ana, ben, start):
    for score in (9, 10):
        make_session(ben, before=score)
    pages = [each.get("/safety/check/").text for each in (client, client_of(ana), client_of(ben))]
    signs = [page[page.index("<fieldset") : page.index("</fieldset>")] for page in pages]
    assert signs[0] == signs[1] == signs[2]


def test_it_leads_to_no_other_host(client):
    page = client.get("/safety/check/?next=//elsewhere.example/start/").text
    assert "elsewhere" not in page
