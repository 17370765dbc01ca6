"""What the service worker makes of a pushed reminder."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import User
from tests.browser.conftest import PHONE, watched_page
from tests.browser.steps import eventually

SHOWN = """async () => {
  const worker = await navigator.serviceWorker.ready;
  return (await worker.getNotifications()).map(({ title, body, data, icon }) => ({ title, body, data, icon }));
}"""


@pytest.fixture
def phone(browser: Browser, live_server, transactional_db: None, catalogue: None) -> Iterator[Page]:
    options = {**PHONE, "service_workers": "allow", "permissions": ["notifications"]}
    with watched_page(browser, live_server.url, **options) as page:
        yield page


def test_a_pushed_reminder_is_shown_and_names_a_page_of_ours(
    phone: Page, ana: User, sign_in: Callable, live_server
):
    sign_in(phone, ana)
    workers = phone.context.new_cdp_session(phone)
    found: list[dict] = []
    workers.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    workers.send("ServiceWorker.enable")
    phone.goto("/")
    assert eventually(lambda: phone.evaluate("navigator.serviceWorker.controller !== null"), 15)
    payload = {"title": "Limber", "body": "Weekdays, 18:30", "url": "/"}
    workers.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": live_server.url,
            "registrationId": found[-1]["registrationId"],
            "data": json.dumps(payload),
        },
    )
    assert eventually(lambda: phone.evaluate(SHOWN) != [], 10)
    (shown,) = phone.evaluate(SHOWN)
    assert (shown["title"], shown["body"], shown["data"]) == ("Limber", "Weekdays, 18:30", {"url": "/"})
    assert phone.request.get(shown["icon"]).ok
