"""What the service worker makes of a pushed reminder."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import User
from tests.browser.conftest import PHONE, watched_page
from tests.browser.steps import eventually

PUSH = """
  (data) => new Promise((resolve) => {
    registration.showNotification = async (title, { body, data, icon }) => resolve({ title, body, data, icon });
    dispatchEvent(new PushEvent("push", { data }));
  })
"""
"""A browser without a desktop has nowhere to show anything: what it was asked to show is what counts."""


@pytest.fixture
def phone(browser: Browser, live_server, transactional_db: None, catalogue: None) -> Iterator[Page]:
    options = {**PHONE, "service_workers": "allow"}
    with watched_page(browser, live_server.url, **options) as page:
        yield page


def test_a_pushed_reminder_is_shown_and_names_a_page_of_ours(phone: Page, ana: User, sign_in: Callable):
    sign_in(phone, ana)
    phone.goto("/")
    assert eventually(lambda: phone.evaluate("navigator.serviceWorker.controller !== null"), 15)
    (worker,) = phone.context.service_workers
    shown = worker.evaluate(PUSH, json.dumps({"title": "Limber", "body": "Weekdays, 18:30", "url": "/"}))
    assert (shown["title"], shown["body"], shown["data"]) == ("Limber", "Weekdays, 18:30", {"url": "/"})
    assert phone.request.get(shown["icon"]).ok
