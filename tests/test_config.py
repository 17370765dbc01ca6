"""What every page and every log line keeps to."""

import logging
import sys

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from config.htmx import render_page, target_of
from config.log import OneLine

FRAGMENTS = {"brand": "components/_brand.html"}


def asked(**headers: str):
    request = RequestFactory().get("/", headers=headers)
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize(
    ("header", "target"), [("ol#items", "items"), ("items", "items"), ("body", "body"), ("", "")]
)
def test_the_target_is_the_id_of_an_element(header: str, target: str):
    assert target_of(asked(**{"HX-Target": header})) == target


def test_htmx_gets_the_fragment_that_it_names_and_others_the_page():
    fragment = render_page(asked(**{"HX-Target": "a#brand"}), "500.html", fragments=FRAGMENTS)
    page = render_page(asked(), "500.html", fragments=FRAGMENTS)
    other = render_page(asked(**{"HX-Target": "main#main"}), "500.html", fragments=FRAGMENTS)
    assert b"<html" not in fragment.content
    assert b"<html" in page.content
    assert page.content == other.content
    assert fragment.headers["Vary"] == page.headers["Vary"] == "HX-Target"


@pytest.mark.django_db
def test_a_page_lets_nothing_in_from_elsewhere(client, catalogue):
    headers = client.get("/").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert {name: value for name, value in policy.items() if value not in ("'self'", "'none'")} == {
        "img-src": "'self' data:"
    }
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def logged(message: str, *values: object, error: Exception | None = None) -> str:
    information = None
    if error:
        try:
            raise error
        except ValueError:
            information = sys.exc_info()
    return OneLine().format(
        logging.LogRecord("limber", logging.ERROR, __file__, 1, message, values, information)
    )


def test_a_fault_is_logged_in_one_line_that_says_where_but_not_what():
    line = logged("Internal Server Error: %s", "/journal/", error=ValueError("sore since Tuesday"))
    assert "ERROR limber Internal Server Error: /journal/ ValueError at tests/test_config.py:" in line
    assert "Tuesday" not in line


def test_a_log_line_hides_the_secret_of_a_link_and_cannot_be_broken():
    line = logged("Internal Server Error: %s", "/r/q7-secret_q7/\r\n2026-01-01T00:00:00Z all is well")
    assert "q7-secret_q7" not in line
    assert "/r/…" in line
    assert len(line.splitlines()) == 1
