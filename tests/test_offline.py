"""What the server gives a browser so that it can do without the server."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from accounts.context import person_key
from accounts.models import User
from config import offline
from routines.models import Routine, Session
from tests.factories import make_routine

KIT = ["", "before/", "finish/"]


def test_the_worker_is_asked_for_anew_each_time_and_names_files_that_exist(client: Client):
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    files = json.loads(re.search(r"const FILES = (.*);", answer.text)[1])
    names = [file.removeprefix("/static/") for file in files]
    assert {"js/limber.js", "js/outbox.js", "js/player/player.js", "js/player/ring.js"} <= set(names)
    assert [name for name in names if not finders.find(name) and not name.startswith("figures/")] == []
    assert len(set(names)) == len(names)


@pytest.mark.django_db
def test_every_style_and_script_of_the_kept_pages_is_in_the_list(ana: User, client_of, catalogue):
    client, routine = client_of(ana), make_routine(ana, "figure-four")
    for address in [*(f"/routines/{routine.pk}/offline/{part}" for part in KIT), "/offline/", "/safety/"]:
        named = re.findall(r'"(/static/(?:css|js|vendor|fonts)/[^"#]+)', client.get(address).text)
        assert set(named) <= set(offline.addresses()), address


def test_another_template_is_another_version(tmp_path: Path, monkeypatch):
    (tmp_path / "page.html").write_text("one")
    monkeypatch.setattr(offline, "TEMPLATES", tmp_path)
    offline.version.cache_clear()
    first = offline.version()
    (tmp_path / "page.html").write_text("another")
    offline.version.cache_clear()
    assert offline.version() != first
    monkeypatch.undo()
    offline.version.cache_clear()


def test_while_developing_the_worker_takes_itself_away(client: Client, settings):
    settings.DEBUG = True
    assert "const IS_OFF = true;" in client.get("/sw.js").text


@pytest.mark.django_db
def test_the_offline_page_names_nobody(ana: User, client_of, client: Client):
    answer = client_of(ana).get("/offline/")
    assert answer.text == client.get("/offline/").text
    assert "Ana" not in answer.text


def test_the_manifest_names_what_a_home_screen_shows(client: Client):
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert answer.headers["Cache-Control"] == "no-cache"
    told = answer.json()
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    for icon in told["icons"]:
        path = Path(finders.find(icon["src"].removeprefix("/static/")))
        width = int.from_bytes(path.read_bytes()[16:20], "big")
        assert icon["sizes"] == f"{width}x{width}"
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}


@pytest.mark.django_db
@pytest.mark.parametrize("part", KIT)
def test_a_kit_is_for_those_who_may_follow_the_routine(part: str, ana: User, ben: User, client_of, catalogue):
    routine = make_routine(ana, "figure-four")
    address = f"/routines/{routine.pk}/offline/{part}"
    answer = client_of(ana).get(address)
    assert f'<body data-person="{person_key(ana)}" data-begin="' in answer.text
    assert 'data-routine="Before the desk, 2 min"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert client_of(ben).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert not Session.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("part", KIT)
def test_an_empty_routine_has_no_kit(part: str, ana: User, client_of, catalogue):
    routine = make_routine(ana)
    assert client_of(ana).get(f"/routines/{routine.pk}/offline/{part}").status_code == 404


@pytest.mark.django_db
def test_a_kit_says_the_same_until_the_routine_changes(ana: User, client_of, catalogue):
    routine, client = make_routine(ana, "figure-four"), client_of(ana)

    def begin() -> str:
        page = client.get(f"/routines/{routine.pk}/offline/").text
        return re.search(r'data-begin="([^"]+)"', page)[1]

    first = begin()
    assert begin() == first
    Routine.objects.get(pk=routine.pk).rename("After the desk")
    assert begin() != first
