"""A phone before a network that fails, and a real server behind it."""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser.conftest import PHONE
from tests.browser.faults.phone import Phone
from tests.browser.faults.server import Person, Server, prepare

# What fails on purpose may be said; what our pages do wrong may not.
OURS = re.compile(r"Content Security Policy|Uncaught|Refused to")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of this process alone. What they all start from is made once in a run of the tests."""
    own = tmp_path_factory.getbasetemp()
    prepared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "faults-prepared"
    with prepared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not prepared.exists():
            unfinished = prepared.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            prepare(unfinished)
            unfinished.rename(prepared)
    server = Server(shutil.copytree(prepared, own / "faults"))
    yield server
    server.network.close()
    server.stop()


@pytest.fixture(scope="session")
def people(running: Server) -> Iterator[Person]:
    people = json.loads((running.project.parent / "people.json").read_text())
    return iter([Person(**one) for one in people])


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    """The server, behind a network in order."""
    running.network.mode = "pass"
    running.network.asked.clear()
    yield running
    running.network.mode = "pass"


@pytest.fixture
def ana(people: Iterator[Person]) -> Person:
    """Owns the session that the test is about."""
    return next(people)


@pytest.fixture
def ben(people: Iterator[Person]) -> Person:
    """Uses the same phone."""
    return next(people)


@contextmanager
def page_of(browser: Browser, server: Server, person: Person, **options: Any) -> Iterator[Page]:
    """A page in which this person is signed in."""
    context = browser.new_context(
        base_url=server.network.address, locale="en-GB", reduced_motion="reduce", **PHONE, **options
    )
    context.set_default_timeout(5000)
    wrong: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and OURS.search(message.text):
            wrong.append(message.text)

    context.on("console", hear)
    context.on("weberror", lambda error: wrong.append(f"script error: {error.error}"))
    page = context.new_page()
    Phone(page, server, person).sign_in_as(person)
    yield page
    context.close()
    assert not wrong, "\n".join(["Behind the test's back:", *wrong])


@pytest.fixture
def phone(browser: Browser, server: Server, ana: Person) -> Iterator[Phone]:
    """ana's phone, with her session open. Its clock goes on by itself, and faster when the test says so."""
    with page_of(browser, server, ana) as page:
        page.clock.install()
        phone = Phone(page, server, ana)
        phone.open_session()
        yield phone


@pytest.fixture
def no_javascript(browser: Browser, server: Server, ana: Person) -> Iterator[Page]:
    with page_of(browser, server, ana, java_script_enabled=False) as page:
        yield page
