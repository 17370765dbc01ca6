"""Pages that newcomers share are rendered once; what is somebody's own is never shared."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from routines.models import Routine
from stretches.models import Stretch

pytestmark = pytest.mark.usefixtures("catalogue", "shared_pages")
PAGES = ["/", "/stretches/", "/stretches/?q=cow", "/stretches/cat-cow/", "/routines/"]


@pytest.fixture
def shared_pages(settings):
    settings.CACHES = {
        **settings.CACHES,
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test-newcomers"},
    }
    from django.core.cache import caches

    yield
    caches["pages"].clear()


def without_tokens(page) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page.content)


@pytest.mark.parametrize("address", PAGES)
def test_a_newcomers_page_is_rendered_once_and_is_the_same_for_the_next(address):
    first = Client().get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        second = Client().get(address)
    assert len(asked) <= 2
    assert without_tokens(first) == without_tokens(second)
    assert first.headers.get("Vary") == second.headers.get("Vary")
    assert first.cookies.keys() == second.cookies.keys()


def test_each_newcomer_gets_a_token_of_their_own_that_works():
    start = re.compile(r'action="(/routines/\d+/start/)"')
    token = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
    tokens = set()
    for _ in range(3):
        browser = Client(enforce_csrf_checks=True)
        page = browser.get("/").text
        tokens |= set(token.findall(page))
        sent = {"csrfmiddlewaretoken": token.search(page)[1]}
        assert browser.post(start.search(page)[1], sent).status_code == 302
    assert len(tokens) == 3


def test_a_change_of_the_catalogue_shows_at_once():
    Client().get("/stretches/cat-cow/")
    Stretch.objects.filter(slug="cat-cow").update(name="Cow and cat", changed_at=timezone.now())
    assert "Cow and cat" in Client().get("/stretches/cat-cow/").text
    Client().get("/routines/")
    Routine.objects.filter(slug="desk-five").update(name="At the desk now", changed_at=timezone.now())
    assert "At the desk now" in Client().get("/routines/").text


@pytest.mark.parametrize("address", PAGES)
def test_what_a_person_sees_is_never_kept_for_newcomers_nor_theirs_shown_to_a_person(address, client_of, ana):
    newcomers = Client().get(address).text
    hers = client_of(ana).get(address).text
    assert "Sign in" in newcomers
    assert ana.name in hers
    assert ana.name not in Client().get(address).text


def test_a_part_of_a_page_is_not_the_page():
    whole = Client().get("/stretches/")
    part = Client().get("/stretches/", headers={"HX-Request": "true", "HX-Target": "ol#stretches"})
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert b"<html" in Client().get("/stretches/").content
