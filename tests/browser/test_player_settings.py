"""The settings of the player, with and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.axe import violations
from tests.browser.steps import press


def set_a_few_things(page: Page) -> None:
    page.goto("/player/settings/")
    page.get_by_text("Wood").click()
    page.get_by_label("Volume").fill("40")
    page.get_by_label("Say each step aloud").check()
    page.get_by_label("Vibration").uncheck()
    page.get_by_label("Get ready").fill("500")
    press(page, "Save")
    expect(page.get_by_text("Get ready: a whole number from 0 to 60 seconds.")).to_be_visible()
    expect(page.get_by_label("Get ready")).to_have_value("500")
    expect(page.get_by_label("Vibration")).not_to_be_checked()
    page.get_by_label("Get ready").fill("20")
    press(page, "Save")
    expect(page.get_by_text("Saved")).to_be_visible()
    expect(page.get_by_label("Wood")).to_be_checked()
    expect(page.get_by_label("Say each step aloud")).to_be_checked()
    kept = {"sounds": "wood", "volume": 40, "voice": True, "vibration": False, "ready_seconds": 20}
    assert User.objects.get().player == kept


def test_settings_are_remembered(phone: Page):
    set_a_few_things(phone)


def test_settings_are_remembered_without_javascript(no_javascript: Page):
    set_a_few_things(no_javascript)


def test_the_account_page_leads_there_and_back(phone: Page, ana: User, sign_in):
    sign_in(phone, ana)
    phone.goto("/accounts/")
    phone.get_by_role("link", name="Sounds and waiting in the player").click()
    phone.get_by_label("Wait for me between stretches").check()
    press(phone, "Save")
    expect(phone.get_by_role("heading", name="Account")).to_be_visible()
    assert User.objects.get().player == {"wait": True}


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_page_is_accessible_and_fits_the_smallest_phone(phone: Page, colours):
    phone.emulate_media(color_scheme=colours, reduced_motion="reduce")
    phone.set_viewport_size({"width": 320, "height": 640})
    for wrong in (False, True):
        phone.goto("/player/settings/")
        if wrong:
            phone.get_by_label("Volume").fill("500")
            press(phone, "Save")
            expect(phone.get_by_text("Volume: a whole number from 0 to 100.")).to_be_visible()
        assert violations(phone) == []
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320
