"""Being reminded, a sore day, two minutes, and the shortcut of the installed app."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import User
from reminders.models import MailWishes
from routines.models import Session
from tests.browser.steps import press
from tests.factories import confirm_address, make_routine


def test_a_reminder_is_set_and_a_calendar_is_subscribed_to(
    phone: Page, ana: User, sign_in: Callable, settings
):
    settings.HAS_MAIL = True
    confirm_address(ana)
    make_routine(ana, "cat-cow", name="Get up").schedule([0], ["morning"])
    sign_in(phone, ana)
    phone.goto("/accounts/")
    phone.get_by_role("link", name="Reminders and calendar").click()
    phone.get_by_role("checkbox", name="Saturday").check(force=True)
    phone.get_by_label("Time of the clock").fill("half six")
    press(phone, "Add this reminder")
    expect(phone.get_by_text("“half six” is not a time.")).to_be_visible()
    expect(phone.get_by_role("checkbox", name="Saturday")).to_be_checked()
    phone.get_by_label("Time of the clock").fill("18.30")
    press(phone, "Add this reminder")
    expect(phone.get_by_text("Every day but Sunday, 18:30", exact=True)).to_be_visible()
    phone.get_by_role("checkbox", name="Reminders at my times").check(force=True)
    press(phone, "Save")
    expect(phone.get_by_role("checkbox", name="Reminders at my times")).to_be_checked()
    assert MailWishes.objects.get(user=ana).reminders
    press(phone, "Make a link to subscribe to")
    link = phone.get_by_label("The link to subscribe to")
    expect(link).to_be_focused()
    assert "BEGIN:VEVENT" in phone.request.get(link.input_value()).text()
    phone.goto("/accounts/reminders/")
    expect(link).to_be_hidden()


def test_without_javascript_a_reminder_is_set_all_the_same(no_javascript: Page, ana: User, sign_in: Callable):
    sign_in(no_javascript, ana)
    no_javascript.goto("/accounts/reminders/")
    no_javascript.get_by_text("Evening, 19:00").click()
    press(no_javascript, "Add this reminder")
    expect(no_javascript.get_by_text("Weekdays, evening", exact=True)).to_be_visible()
    no_javascript.get_by_role("button", name="Take it out").click()
    expect(no_javascript.get_by_text("No time yet.")).to_be_visible()


def test_a_sore_day_is_one_tap_and_over_in_one(phone: Page, ana: User, sign_in: Callable):
    sign_in(phone, ana)
    phone.goto("/")
    press(phone, "It is a sore day")
    expect(phone.get_by_role("heading", name="A sore day")).to_be_visible()
    press(phone, "It is over")
    expect(phone.get_by_role("heading", name="Worse than usual?")).to_be_visible()
    press(phone, "It is a sore day")
    phone.get_by_role("button", name=re.compile("Sore-day gentle")).click()
    expect(phone).to_have_url(re.compile(r"/sessions/.+/before/"))
    assert Session.objects.get().name == "Sore-day gentle"


def test_only_two_minutes(desktop: Page, ana: User, sign_in: Callable):
    make_routine(ana, "pelvic-tilt", "cat-cow", "sphinx", "figure-four", name="Get up")
    sign_in(desktop, ana)
    desktop.goto("/")
    press(desktop, "Only two minutes?")
    expect(desktop).to_have_url(re.compile(r"/sessions/.+/before/"))
    assert Session.objects.get().total_seconds <= 150


def test_the_shortcut_starts_in_the_installed_app_alone(phone: Page, ana: User, sign_in: Callable):
    sign_in(phone, ana)
    phone.goto("/?start")
    expect(phone.get_by_role("button", name="Start", exact=True)).to_be_focused()
    assert phone.url.endswith("/")
    assert not Session.objects.exists()
    phone.add_init_script(
        "window.matchMedia = (asked) => ({ matches: asked.includes('standalone'), addEventListener() {} })"
    )
    phone.goto("about:blank")
    phone.goto("/?start")
    expect(phone).to_have_url(re.compile(r"/sessions/.+/before/"))
    phone.go_back()
    phone.goto("/")
    expect(phone.get_by_role("link", name="Go on where you were")).to_be_visible()
    assert Session.objects.count() == 1
