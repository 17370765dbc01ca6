"""What holds of every answer: headers, cookies, caches; and that nothing private reaches a log."""

import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from config.log import Json, OneLine
from config.start import PROJECT
from journal.record import record
from tests.factories import make_fact, make_routine, make_session
from tests.world import make_world, routes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

EXPECTED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OPEN = ("sw.js", "manifest.webmanifest", "healthz")
"""Answers that are the same for everyone and tell nothing of anybody."""


def is_sealed(answer: HttpResponse) -> bool:
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["Referrer-Policy"] in ("same-origin", "strict-origin", "no-referrer")
    assert "camera=()" in answer.headers["Permissions-Policy"]
    return True


@pytest.mark.parametrize("name", ["nobody", "owner", "stranger"])
def test_every_answer_of_every_address_is_sealed(name: str):
    world = make_world()
    client = world.client_of(name)
    for route in routes():
        for ask in (client.get, client.put):
            assert is_sealed(ask(world.address(route)))


def test_a_refused_host_and_a_missing_page_are_sealed_too(client):
    assert is_sealed(client.get("/", headers={"Host": "elsewhere.example"}))
    assert is_sealed(client.get("/nowhere/at/all"))
    assert is_sealed(client.get("/stretches"))


def test_a_fault_is_sealed_and_says_nothing_of_the_inside(settings):
    settings.ROOT_URLCONF = "tests.broken_urls"
    client = Client(raise_request_exception=False)
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert is_sealed(answer)
    assert "Tuesday" not in answer.text
    assert "Something gave way on our side" in answer.text


def test_files_and_their_304_are_sealed(settings, tmp_path: Path):
    settings.MIDDLEWARE = [
        "config.middleware.SealMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        *settings.MIDDLEWARE[2:],
    ]
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "limber.css").write_text("p { color: red }")
    client = Client()
    answer = client.get("/static/limber.css")
    assert answer.status_code == 200
    assert is_sealed(answer)
    answer.close()
    again = client.get(
        "/static/limber.css",
        headers={
            "If-None-Match": answer.headers.get("ETag", ""),
            "If-Modified-Since": answer.headers["Last-Modified"],
        },
    )
    assert again.status_code == 304
    assert is_sealed(again)


def test_what_a_person_sees_is_kept_by_no_cache():
    world = make_world()
    client = world.client_of("owner")
    for route in routes():
        answer = client.get(world.address(route))
        if not route.startswith(OPEN) and not route.startswith("admin/"):
            assert "no-store" in answer.headers["Cache-Control"], route


def test_a_page_view_by_a_newcomer_sets_no_cookie_that_tells_who_they_are(client):
    for address in ("/", "/stretches/", "/routines/", "/journal/", "/safety/check/", "/accounts/login/"):
        assert "sessionid" not in client.get(address).cookies, address


SETTINGS = """
import json, django
django.setup()
from django.conf import settings as s
print(json.dumps({name: getattr(s, name) for name in (
    "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_DOMAIN", "SEAL")}))
"""


def test_behind_https_cookies_are_bound_to_the_host_and_hsts_is_said(tmp_path: Path):
    environment = {
        "HTTPS": "1",
        "SECRET_KEY": "k3y-" * 20,
        "LIMBER_HOSTS": "limber.example.org",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LIMBER_DATA": str(tmp_path),
    }
    told = subprocess.run(
        [sys.executable, "-c", SETTINGS],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    chosen = json.loads(told.stdout)
    assert chosen.pop("SEAL")["Strict-Transport-Security"].startswith("max-age=63072000; includeSubDomains")
    assert chosen == {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_DOMAIN": None,
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_DOMAIN": None,
    }


# --- Logs ---------------------------------------------------------------------------------------------------------

PRIVATE = ("canary-note", "canary@example.org", "canary-password-1", "canary-name", "canary-routine")


class Sink(logging.Handler):
    """Writes what our log would, into a list."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(formatter)

    def emit(self, log_record: logging.LogRecord) -> None:
        self.lines.append(self.format(log_record))


@pytest.mark.parametrize("formatter", [OneLine(), Json()], ids=["lines", "json"])
def test_nothing_private_reaches_the_log_even_of_a_fault(settings, formatter):
    settings.ROOT_URLCONF = "tests.broken_urls"
    user = User.objects.create_user("canary@example.org", "canary-password-1", name="canary-name")
    routine = make_routine(user, "sphinx", name="canary-routine")
    routine.share()
    record(make_session(user, before=7), make_fact("note", {"text": "canary-note"}))
    client, sink = Client(raise_request_exception=False), Sink(formatter)
    logging.getLogger().addHandler(sink)
    try:
        client.post("/accounts/login/", {"login": user.email, "password": "canary-password-1"})
        client.post("/accounts/login/", {"login": user.email, "password": "canary-password-1x"})
        client.post("/broken/", {"text": "canary-note", "email": "canary@example.org"})
        client.get("/broken/?q=canary-note")
        client.get(f"/r/{routine.share_token}/nothing/")
        client.get("/", headers={"Host": "canary@example.org"})
    finally:
        logging.getLogger().removeHandler(sink)
    assert any("ValueError at" in line for line in sink.lines)
    secrets = (*PRIVATE, routine.share_token, "Tuesday")
    assert [line for line in sink.lines if any(secret in line for secret in secrets)] == []


def test_a_line_of_json_is_one_object():
    line = Json().format(logging.LogRecord("limber", logging.ERROR, __file__, 1, "said\n%s", ("so",), None))
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("ERROR", "limber", "said so")


# --- The ledger ---------------------------------------------------------------------------------------------------


def test_the_ledger_names_tests_that_exist():
    named = set(re.findall(r"`(test_\w+)`", (PROJECT / "docs" / "security.md").read_text()))
    there = {
        name
        for file in (PROJECT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(), re.MULTILINE)
    }
    assert len(named) > 30
    assert named - there == set()


def test_the_ledger_has_every_row():
    rows = re.findall(r"^\| ([\d, ]+) \|", (PROJECT / "docs" / "security.md").read_text(), re.MULTILINE)
    assert [int(number) for row in rows for number in row.split(",")] == list(range(1, 51))
