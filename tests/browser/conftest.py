"""A phone, a desktop and a browser without JavaScript, before a real server under the real security policy.

Each fails its test, at the end, on anything that went wrong behind its back: an error or warning in the console
(a violation of the content security policy is one), an exception in a script, an answer of 500 or more, a file
that is missing, or a request to another host.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, Response
from pytest_django.live_server_helper import LiveServer

from accounts.models import User

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
NO_BROWSER = "There is no browser for these tests. ./limber test installs one; or set CHROME_PATH to one."
# The console repeats what the answers say already, and that there is no network when a test has cut it.
REPETITION = re.compile(
    r"Failed to load resource: (the server responded|net::ERR_INTERNET_DISCONNECTED)|htmx: htmx:error: Failed to fetch"
    r"|Service Worker registration blocked by Playwright"
)
ARGUMENTS = (
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], playwright: Playwright
) -> dict[str, Any]:
    own = playwright.chromium.executable_path
    shell = "chromium-headless-shell"  # draws no window around the pages, which is half of the work
    named = (os.environ.get("CHROME_PATH"), shell, "chromium", "chromium-browser", "google-chrome", own)
    found = next((path for path in map(shutil.which, filter(None, named)) if path), None)
    if not found:
        pytest.fail(NO_BROWSER, pytrace=False)
    return {
        **browser_type_launch_args,
        "executable_path": found,
        "args": list(ARGUMENTS),
        "chromium_sandbox": os.geteuid() != 0,  # Chromium's sandbox refuses to run as root
    }


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """As in service."""
    with override_settings(MIDDLEWARE=settings.WITHOUT_ZEAL):
        server = LiveServer("localhost")  # its middleware is loaded now, once
    yield server
    server.stop()


@contextmanager
def watched_page(browser: Browser, base_url: str, **options: Any) -> Iterator[Page]:
    # Without motion: a transition between pages that is cut short by the next click is an error to the browser.
    # Without a service worker, unless a test is about it: it would answer in place of the server.
    options.setdefault("service_workers", "block")
    context = browser.new_context(base_url=base_url, locale="en-GB", reduced_motion="reduce", **options)
    context.set_default_timeout(5000)
    faults: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not REPETITION.match(message.text):
            faults.append(f"console {message.type}: {message.text}")

    def see_question(request: Request) -> None:
        if not request.url.startswith((base_url, "data:", "blob:")):
            faults.append(f"a request to another host: {request.url}")

    def see_answer(response: Response) -> None:
        is_file = Path(response.url).suffix != "" or "/static/" in response.url
        if response.status >= 500 or (response.status >= 400 and is_file):
            faults.append(f"{response.status} {response.url}")

    context.on("console", hear)
    context.on("weberror", lambda error: faults.append(f"script error: {error.error}"))
    context.on("request", see_question)
    context.on("response", see_answer)
    yield context.new_page()
    context.close()
    assert not faults, "\n".join(["Behind the test's back:", *faults])


@pytest.fixture
def phone(browser: Browser, live_server, transactional_db: None, catalogue: None) -> Iterator[Page]:
    with watched_page(browser, live_server.url, **PHONE) as page:
        yield page


@pytest.fixture
def desktop(browser: Browser, live_server, transactional_db: None, catalogue: None) -> Iterator[Page]:
    with watched_page(browser, live_server.url, **DESKTOP) as page:
        yield page


@pytest.fixture
def no_javascript(browser: Browser, live_server, transactional_db: None, catalogue: None) -> Iterator[Page]:
    with watched_page(browser, live_server.url, java_script_enabled=False, **PHONE) as page:
        yield page


@pytest.fixture
def sign_in(client_of, live_server) -> Callable[[Page, User], None]:
    """Sign a person in to a page's browser, without going through the form."""

    def give_cookie(page: Page, user: User) -> None:
        cookie = client_of(user).cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return give_cookie
