"""Whatever is sent to whichever form: an answer that says what is wrong, never a fault, and nothing half-written."""

import json
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import Resolver404, resolve
from django.utils import timezone

from accounts.context import person_key
from routines.exchange import file_of
from routines.models import Routine
from tests.hostile import JSON, Form, Forms, Hostile, Request
from tests.world import World, digest_of, make_world, routes, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

IS_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
SHARES = range(1, 5) if IS_SQLITE else [1]
FORMS_EACH = 2_600
BATCHES_EACH = 2_300
FILES_EACH = 150
"""Together 20,200 requests, in shares that two processes can take between them. On PostgreSQL one of them."""


@pytest.fixture
def world(settings) -> Iterator[World]:
    settings.ACCOUNT_RATE_LIMITS = False
    logging.disable()  # each line of a refusal that pytest keeps would keep its whole request with it
    settings.MIDDLEWARE = settings.WITHOUT_ZEAL
    yield make_world()
    logging.disable(logging.NOTSET)


class Sender(RequestFactory):
    """A browser that costs little: it keeps nothing of the answers."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self.cookies.update(client.cookies)
        self.handler = ClientHandler(enforce_csrf_checks=False)

    def request(self, **request) -> HttpResponse:
        return self.handler(self._base_environ(**request))

    def send(self, request: Request) -> HttpResponse:
        if request.method == "GET":
            return self.get(request.address)
        return self.generic("POST", request.address, request.body, request.content_type)


@contextmanager
def faults() -> Iterator[list[str]]:
    """Where exceptions came about that a view let through."""
    found: list[str] = []

    def note(sender, request, **more):
        found.append(traceback.format_exc(limit=-6))

    got_request_exception.connect(note)
    yield found
    got_request_exception.disconnect(note)


def forms_of(world: World, name: str) -> list[Form]:
    """Every form that this person comes upon, and every address of their own as one."""
    client = world.client_of(name)
    found: dict[tuple, Form] = {}
    for route in routes():
        address = world.address(route)
        if route.startswith("admin/"):
            continue
        with transaction.atomic():
            page = client.get(address)
            transaction.set_rollback(True)
        forms = [Form(address, "GET", [("q", ""), ("page", "1"), ("step", "1"), ("range", "30d")])]
        if "text/html" in page.headers.get("Content-Type", "") and page.status_code == 200:
            forms += Forms(page.content.decode(), address).found
        else:
            forms.append(Form(address, "POST", [("name", ""), ("slug", "cat-cow")]))
        for form in forms:
            found.setdefault((form.key, route_of(form.address)), form)
    return list(found.values())


def route_of(address: str) -> str:
    """The same for two addresses of one kind: forty-eight stretches have one form between them."""
    try:
        return resolve(urlsplit(address).path).route
    except Resolver404:
        return address


def check(world: World, name: str, stream: Iterator[Request]) -> int:
    """Send them all, each to the same unchanged world; how many there were."""
    sender, count = Sender(world.client_of(name)), 0
    everybody = (world.owner, world.stranger, world.guest, world.staff)
    kept, others = digest_of(*everybody), digest_of(*world.others(name))
    with faults() as found:
        for count, request in enumerate(stream, start=1):
            said = f"{request.method} {request.address} {request.content_type} {request.body[:2000]!r}"
            with transaction.atomic():
                with written(["django_session"]) as changes:
                    answer = sender.send(request)
                assert answer.status_code < 500, "\n".join([said, *found])
                if answer.status_code >= 400:
                    assert answer.status_code in (401, 405) or answer.content, said
                    assert not changes or digest_of(*everybody) == kept, said
                elif changes and count % 25 == 0:
                    assert digest_of(*world.others(name)) == others, said
                transaction.set_rollback(True)
    return count


def foreign_of(world: World) -> list[str]:
    """Ids of what is others', to be put where one's own belong."""
    theirs = world.stranger.sessions.get()
    routine = world.stranger.routines.first()
    return [str(theirs.pk), str(routine.pk), str(routine.items.first().pk), str(world.owner.pk), "cat-cow"]


@pytest.mark.parametrize("share", SHARES)
def test_no_form_is_broken_by_what_is_sent_to_it(world: World, share: int):
    parts = (
        ("owner", FORMS_EACH * 6 // 10),
        ("nobody", FORMS_EACH // 10),
        ("stranger", FORMS_EACH * 3 // 10),
    )
    forms_by = {name: forms_of(world, name) for name in ("owner", "nobody")}
    forms_by["stranger"] = forms_by["owner"]
    sent = 0
    for name, count in parts:
        forms = forms_by[name]
        assert len(forms) > 40
        sent += check(world, name, Hostile(share, forms, foreign_of(world)).requests(count))
    assert sent == FORMS_EACH


@pytest.mark.parametrize("share", SHARES)
def test_no_batch_of_facts_is_a_fault_or_half_a_record(world: World, share: int):
    hostile = Hostile(share, [Form("/journal/facts/", "POST")], foreign_of(world))
    now = timezone.now().timestamp() * 1000
    values = {
        "hold:1": {"result": "done", "seconds": 30},
        "hurt:1": {"seconds": 5, "slug": ""},
        "pain:after": {"score": 4},
        "rating:figure-four": {"value": "helped"},
        "note": {"text": "Long", "cramp": True},
        "end": {"whole": True},
    }
    batch = {
        "person": person_key(world.owner),
        "now": now,
        "facts": [
            {
                "id": key,
                "session": str(world.session.pk),
                "key": key,
                "value": value,
                "at": now,
                "sequence": 5,
            }
            for key, value in values.items()
        ],
        "begun": [{"id": str(world.session.pk), "begin": "x:y", "at": now}],
    }

    def requests() -> Iterator[Request]:
        for number in range(BATCHES_EACH):
            body = json.dumps(hostile.spoilt(batch)).encode() if number % 10 else hostile.document()
            yield Request("POST", "/journal/facts/", body, JSON)

    assert check(world, "owner", requests()) == BATCHES_EACH


@pytest.mark.parametrize("share", SHARES)
def test_no_file_that_is_brought_in_is_a_fault_or_half_a_routine(world: World, share: int):
    hostile = Hostile(share, [], foreign_of(world))
    document = json.loads(file_of(Routine.objects.with_items().get(pk=world.routine.pk)))

    def requests() -> Iterator[Request]:
        for number in range(FILES_EACH):
            text = json.dumps(hostile.spoilt(document)).encode() if number % 10 else hostile.document()
            body = hostile.urlencoded([("text", text), ("token", "x")])
            yield Request("POST", "/routines/import/", body)

    assert check(world, "owner", requests()) == FILES_EACH
