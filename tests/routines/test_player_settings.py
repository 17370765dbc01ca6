"""Settings of the player: what is kept of them, what is refused, and who becomes a guest by it."""

import json

import pytest

from accounts.models import User
from routines.models import Session
from routines.plan import USUAL, pace_of
from routines.player_settings import DEFAULTS, keep, settings_of
from tests.factories import make_routine, make_session

pytestmark = pytest.mark.django_db

URL = "/player/settings/"
EVERYTHING = {
    "sound": "off",
    "sounds": "wood",
    "volume": "0",
    "voice": "on",
    "vibration": "off",
    "awake": "off",
    "ready_seconds": "0",
    "switch_seconds": "60",
    "rest_percent": "300",
    "wait": "on",
    "keys": "off",
}
KEPT = {
    "sound": False,
    "sounds": "wood",
    "volume": 0,
    "voice": True,
    "vibration": False,
    "awake": False,
    "ready_seconds": 0,
    "switch_seconds": 60,
    "rest_percent": 300,
    "wait": True,
    "keys": False,
}


def player_of(user: User) -> dict:
    return User.objects.get(pk=user.pk).player


def test_everything_can_be_set_and_is_kept(client_of, ana):
    client = client_of(ana)
    assert client.post(URL, EVERYTHING).headers["Location"] == URL
    assert player_of(ana) == KEPT == settings_of(User.objects.get(pk=ana.pk))
    page = client.get(URL)
    assert "Saved" in page.text
    assert {name: page.context["form"][name].value() for name in KEPT} == KEPT


def test_only_what_differs_from_the_defaults_is_kept(client_of, ana):
    client = client_of(ana)
    client.post(URL, {"volume": "20", "sounds": "tones", "voice": "off"})
    assert player_of(ana) == {"volume": 20}
    client.post(URL, {"volume": str(DEFAULTS["volume"])})
    assert player_of(ana) == {}


def test_what_is_not_sent_stays_as_it_is(client_of, ana):
    client = client_of(ana)
    client.post(URL, EVERYTHING)
    client.post(URL, {"sound": "on"})
    assert player_of(ana) == {key: value for key, value in KEPT.items() if key != "sound"}


def test_a_box_that_is_not_ticked_says_off(client_of, ana):
    page = client_of(ana).get(URL).text
    for name in ("sound", "voice", "vibration", "wait", "awake", "keys"):
        assert page.index(f'type="hidden" name="{name}" value="off"') < page.index(
            f'type="checkbox" name="{name}" value="on"'
        )
    client_of(ana).post(URL, "keys=off&voice=off&voice=on", content_type="application/x-www-form-urlencoded")
    assert player_of(ana) == {"keys": False, "voice": True}


@pytest.mark.parametrize(("said", "kept"), [("true", True), ("1", True), ("false", False), ("0", False)])
def test_a_script_may_say_on_and_off_its_own_way(client_of, ana, said, kept):
    client_of(ana).post(URL, {"voice": said, "sound": said})
    assert (settings_of(User.objects.get())["voice"], settings_of(User.objects.get())["sound"]) == (
        kept,
        kept,
    )


@pytest.mark.parametrize("header", ["HX-Request", "X-Requested-With"])
def test_the_player_hears_that_it_is_kept_and_gets_no_page(client_of, ana, header):
    answer = client_of(ana).post(URL, {"volume": "55"}, headers={header: "fetch"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert player_of(ana) == {"volume": 55}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("volume", "101", "Volume: a whole number from 0 to 100."),
        ("volume", "-1", "Volume: a whole number from 0 to 100."),
        ("volume", "", "Volume: a whole number from 0 to 100."),
        ("ready_seconds", "61", "Get ready: a whole number from 0 to 60 seconds."),
        ("ready_seconds", "soon", "Get ready: a whole number from 0 to 60 seconds."),
        ("switch_seconds", "2.5", "Change of sides: a whole number from 0 to 60 seconds."),
        ("switch_seconds", "9" * 5000, "Change of sides: a whole number from 0 to 60 seconds."),
        ("rest_percent", "301", "Rests: a whole number from 0 to 300 percent."),
        ("sounds", "gong", "Which sounds: tones, soft or wood."),
        ("sounds", "", "Which sounds: tones, soft or wood."),
        ("voice", "maybe", "Say each step aloud: on or off."),
        ("keys", "", "Keyboard shortcuts: on or off."),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field_and_stays_as_typed(
    client_of, ana, field, value, sentence
):
    answer = client_of(ana).post(URL, EVERYTHING | {field: value})
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 1
    if value and field not in ("sounds", "voice", "keys"):
        assert f'value="{value}"' in answer.text
    assert answer.context["form"]["vibration"].value() is False  # so does all the rest
    assert player_of(ana) == {}


def test_one_wrong_value_of_the_player_is_refused_alone(client_of, ana):
    answer = client_of(ana).post(URL, {"volume": "loud"}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 422
    assert "Volume: a whole number" in answer.text
    assert player_of(ana) == {}


def test_what_nobody_knows_is_ignored(client_of, ana):
    client_of(ana).post(URL, {"volume": "10", "is_staff": "on", "player": "{}", "email": "x@example.org"})
    ana.refresh_from_db()
    assert (ana.player, ana.is_staff, ana.email) == ({"volume": 10}, False, "ana@example.org")


@pytest.mark.parametrize(
    ("next_", "leads_to"),
    [
        ("/accounts/", "/accounts/"),
        ("/sessions/1/?step=3", "/sessions/1/?step=3"),
        ("https://example.org/", URL),
        ("//example.org/", URL),
        ("/\\example.org", URL),
        ("javascript:alert(1)", URL),
        ("", URL),
    ],
)
def test_it_leads_back_to_a_page_of_ours_only(client_of, ana, next_, leads_to):
    client = client_of(ana)
    assert client.post(URL, {"volume": "10", "next": next_}).headers["Location"] == leads_to
    page = client.get(URL, {"next": next_}).text
    assert ('name="next"' in page) is (leads_to != URL)


def test_a_newcomer_sees_the_defaults_and_becomes_nobody_by_looking(client):
    page = client.get(URL)
    assert {name: page.context["form"][name].value() for name in DEFAULTS} == DEFAULTS
    assert not User.objects.exists()
    assert "sessionid" not in page.cookies


def test_a_newcomer_who_sets_something_becomes_a_guest_and_not_by_a_mistake(client):
    assert client.post(URL, {"volume": "loud"}).status_code == 422
    assert not User.objects.exists()
    client.post(URL, {"volume": "30", "time_zone": "Europe/Vienna"})
    guest = User.objects.get()
    assert (guest.is_guest, guest.player, guest.time_zone) == (True, {"volume": 30}, "Europe/Vienna")


def test_each_person_has_their_own(client_of, ana, ben):
    client_of(ana).post(URL, {"volume": "10"})
    assert player_of(ben) == {}
    assert client_of(ben).get(URL).context["form"]["volume"].value() == DEFAULTS["volume"]


def test_only_looking_and_sending_are_answered(client_of, ana):
    assert client_of(ana).delete(URL).status_code == 405


@pytest.mark.parametrize(
    "stored",
    [
        {"volume": "loud"},
        {"volume": 101},
        {"volume": True},
        {"sounds": "gong"},
        {"sounds": []},
        {"sound": 1},
        {"ready_seconds": -1},
        {"rest_percent": None},
        {"colour": "red"},
    ],
)
def test_what_the_form_would_refuse_is_not_believed_when_it_is_stored(ana, stored):
    ana.player = stored
    ana.save()
    assert settings_of(ana) == DEFAULTS
    keep(ana, {"wait": True})
    assert player_of(ana) == {"wait": True}


def test_settings_are_ready_to_be_handed_to_the_page(ana):
    ana.player = {"volume": 20}
    assert list(settings_of(ana)) == list(DEFAULTS)
    assert json.loads(json.dumps(settings_of(ana))) == {**DEFAULTS, "volume": 20}
    assert settings_of(None) == DEFAULTS


def test_two_changes_at_once_are_both_kept(ana):
    """The page was opened, then the player changed something, then the page is sent."""
    stale = User.objects.get(pk=ana.pk)
    keep(ana, {"volume": 20})
    keep(stale, {"wait": True})
    assert player_of(ana) == stale.player == {"volume": 20, "wait": True}


def test_times_that_are_set_are_those_of_the_next_session_and_not_of_this_one(client_of, ana, catalogue):
    begun = make_session(ana, "figure-four", finished=False)
    client = client_of(ana)
    client.post(URL, {"ready_seconds": "0", "switch_seconds": "20", "rest_percent": "150"})
    routine = make_routine(ana, "figure-four")
    client.post(f"/routines/{routine.pk}/start/")
    session = Session.objects.get(routine=routine)
    pace = pace_of(session.plan)
    assert (pace.ready_seconds, pace.switch_seconds, pace.rest_percent) == (0, 20, 150)
    assert session.steps[0].kind == "move"
    assert pace_of(Session.objects.get(pk=begun.pk).plan) == USUAL


def test_the_player_knows_the_settings(client_of, ana, catalogue):
    session = make_session(ana, finished=False)
    keep(ana, {"volume": 20})
    page = client_of(ana).get(f"/sessions/{session.pk}/")
    assert page.context["settings"] == {**DEFAULTS, "volume": 20}


@pytest.mark.parametrize("guest", [True, False])
def test_the_account_page_leads_there(client_of, ana, guest):
    person = User.objects.create_guest() if guest else ana
    assert f'href="{URL}?next=/accounts/"' in client_of(person).get("/accounts/").text
