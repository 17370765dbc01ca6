"""Who may do what: every address, by every method, as everybody, against the table in matrix.txt.

The address is always that of ana's own thing. Where a person's code is not what the table says, or an address has
no row, the test shows the difference. After reading it:

    LIMBER_WRITE_MATRIX=1 ./limber test -n0 tests/test_matrix.py
"""

import difflib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.world import World, digest_of, make_world, routes, written

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
SAFE = ("GET", "HEAD", "OPTIONS")
PEOPLE = ("nobody", "guest", "owner", "stranger", "staff")
TABLE = Path(__file__).with_name("matrix.txt")
INTRODUCTION = f"""\
# Every address x person x method, by test_matrix.py: {" ".join(METHODS)}.
# "in" leads to signing in; 302 leads elsewhere. A "*" says that a safe method wrote something.
"""

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def world(settings) -> World:
    settings.ACCOUNT_RATE_LIMITS = False
    settings.MIDDLEWARE = settings.WITHOUT_ZEAL
    return make_world()


def ask(client: Client, method: str, address: str, **headers: str) -> HttpResponse:
    """Ask, and take back whatever it did."""
    with transaction.atomic():
        answer = client.generic(method, address, headers=headers)
        transaction.set_rollback(True)
    return answer


def leads_to_sign_in(answer: HttpResponse) -> bool:
    places = answer.headers.get("Location", "") + answer.headers.get("HX-Redirect", "")
    return places.startswith(("/accounts/login/?", "/admin/login/?"))


def cells(world: World) -> Iterator[tuple[str, str, str, HttpResponse, list[str]]]:
    """Route, person, method, the answer and what was written for it."""
    apart = ("django_session",)
    for name in PEOPLE:
        client = world.client_of(name)
        cookies = client.cookies.output()
        for route in routes():
            for method in METHODS:
                with written(apart) as changes:
                    answer = ask(client, method, world.address(route))
                yield route, name, method, answer, changes
                if client.cookies.output() != cookies:  # signed out, or a newcomer no more
                    client = world.client_of(name)
                    cookies = client.cookies.output()


def table_of(codes: dict[str, dict[str, str]]) -> str:
    """One block an address; people who are answered alike share a line."""
    lines = [INTRODUCTION]
    for route in sorted(codes):
        lines.append(f"/{route}")
        alike: dict[str, list[str]] = {}
        for name in PEOPLE:
            alike.setdefault(codes[route][name], []).append(name)
        lines += [f"    {' '.join(names):<36}{row}" for row, names in alike.items()]
    return "\n".join(lines) + "\n"


def test_everybody_is_answered_as_the_table_says_and_nobody_else_is_touched(world: World):
    codes: dict[str, dict[str, list[str]]] = {}
    untouched = {name: digest_of(*world.others(name)) for name in PEOPLE}
    for route, name, method, answer, changes in cells(world):
        code = "in" if leads_to_sign_in(answer) else str(answer.status_code)
        wrote = "*" if method in SAFE and changes else ""
        codes.setdefault(route, {}).setdefault(name, []).append(code + wrote)
        assert answer.status_code < 500, (route, name, method)
        if changes and name != "staff":
            with transaction.atomic():
                world.client_of(name).generic(method, world.address(route))
                assert digest_of(*world.others(name)) == untouched[name], (route, name, method)
                transaction.set_rollback(True)
    rows = {
        route: {name: " ".join(f"{c:<4}" for c in row).rstrip() for name, row in people.items()}
        for route, people in codes.items()
    }
    now, said = table_of(rows), TABLE.read_text() if TABLE.exists() else ""
    if os.environ.get("LIMBER_WRITE_MATRIX") == "1":
        TABLE.write_text(now)
    difference = difflib.unified_diff(said.splitlines(), now.splitlines(), "matrix.txt", "now", lineterm="")
    assert now == said, "\n".join(difference)


def test_htmx_and_json_open_nothing_that_a_plain_request_does_not(world: World):
    targets = ("items", "marks", "share", "stretches", "build", "player", "step")
    for name in ("nobody", "stranger"):
        client = world.client_of(name)
        for route in routes():
            address = world.address(route)
            plain = ask(client, "GET", address)
            if plain.status_code == 200 and not leads_to_sign_in(plain):
                continue
            for headers in [{"HX-Request": "true", "HX-Target": f"div#{target}"} for target in targets]:
                answer = ask(client, "GET", address, **headers, Accept="application/json")
                assert leads_to_sign_in(answer) or answer.status_code == plain.status_code, address
                assert b"Long drive" not in answer.content


def test_a_stranger_reads_the_same_of_what_is_hers_as_of_what_never_was(world: World):
    client = world.client_of("stranger")
    never = ask(client, "GET", "/routines/987654/")
    assert never.status_code == 404
    for route in routes():
        answer = ask(client, "GET", world.address(route))
        if answer.status_code == 404 and not route.startswith("admin/"):
            assert answer.content == never.content, route


def test_no_form_is_taken_without_its_token(world: World):
    client = world.client_of("owner")
    client.handler.enforce_csrf_checks = True
    for route in routes():
        with written() as changes:
            answer = ask(client, "POST", world.address(route))
        assert answer.status_code in (403, 405) or not changes, route
        assert not changes, route


def test_a_wrong_method_is_refused_and_a_form_from_elsewhere_too(world: World):
    client = world.client_of("owner")
    client.handler.enforce_csrf_checks = True
    client.get("/accounts/login/")
    token = client.cookies["csrftoken"].value
    for route in routes():
        with written() as changes:
            ask(client, "POST", world.address(route), Origin="https://elsewhere.example", X_CSRFToken=token)
            ask(client, "PUT", world.address(route))
            ask(client, "DELETE", world.address(route))
        assert not changes, route
