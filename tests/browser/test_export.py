"""What a person does to take their data with them, and to bring it back."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import PainScore
from routines.models import Session
from tests.browser.axe import violations_by_day_and_night
from tests.browser.test_pages import NARROW
from tests.factories import make_session

DIARY = b"Date;Mood;Pain;What I did on that day, in many words\n13/05/2026 07:30;fine;4;-\n14/05/2026;;60;-\n"


def check(page: Page) -> None:
    assert violations_by_day_and_night(page) == []
    size = page.viewport_size
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= NARROW["width"]
    page.set_viewport_size(size)


def choose(page: Page, name: str, data: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="See what it would add").click()


@pytest.fixture(params=["phone", "no_javascript"])
def page(request: pytest.FixtureRequest) -> Page:
    return request.getfixturevalue(request.param)


def taken(page: Page) -> bytes:
    page.goto("/journal/export/")
    with page.expect_download() as download:
        page.get_by_role("link", name="limber.json").click()
    assert download.value.suggested_filename == f"limber-{timezone.localdate()}.json"
    return Path(download.value.path()).read_bytes()


def test_what_was_taken_is_here_already(page: Page, ana: User, sign_in):
    make_session(ana, before=5, after=3, started_at=timezone.now() - timedelta(days=2))
    sign_in(page, ana)
    file = taken(page)
    page.get_by_role("link", name="Bring in a file").click()
    choose(page, "limber.json", file)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing new in it")
    expect(page.get_by_text("1 session, 2 pain scores, 1 routine")).to_be_visible()
    assert Session.objects.count() == 1


def test_a_new_account_takes_everything_over(page: Page, ana: User, ben: User, sign_in):
    make_session(ana, before=5, after=3, started_at=timezone.now() - timedelta(days=2))
    sign_in(page, ana)
    file = taken(page)
    sign_in(page, ben)
    page.goto("/journal/import/")
    choose(page, "limber.json", file)
    expect(page.get_by_role("heading", level=1)).to_have_text("This would add")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Added: 1 session, 2 pain scores")).to_be_visible()
    assert Session.objects.filter(user=ben).count() == 1


def test_a_diary_of_another_program_is_brought_in(page: Page, ana: User, sign_in):
    sign_in(page, ana)
    page.goto("/journal/import/")
    choose(page, "diary.csv", DIARY)
    page.get_by_role("button", name="See what it would add").click()
    expect(page.get_by_text("Choose how pain is counted.")).to_be_visible()
    page.get_by_role("radio", name="0 to 10,").check()
    page.get_by_role("button", name="See what it would add").click()
    expect(page.get_by_text("Line 3: the score must be a number from 0 to 10, not 60.")).to_be_visible()
    page.get_by_role("radio", name="0 to 100").check()
    page.get_by_role("button", name="See what it would add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This would add 2 check-ins")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_text("Added: 2 check-ins.")).to_be_visible()
    assert sorted(PainScore.objects.of(ana).values_list("score", flat=True)) == [1, 6]


def test_each_of_these_pages_is_accessible_and_fits(phone: Page, ana: User, sign_in):
    make_session(ana, before=5, after=3)
    sign_in(phone, ana)
    file = taken(phone)
    check(phone)
    phone.goto("/journal/import/")
    check(phone)
    choose(phone, "limber.json", file.replace(b'"score":5', b'"score":50'))
    expect(phone.get_by_text("must be 1 to 10, not 50")).to_be_visible()
    check(phone)
    choose(phone, "limber.json", file.replace(b'"cat-cow"', b'"sphinx"'))
    expect(phone.get_by_role("heading", level=1)).to_have_text("This would add")
    check(phone)
    phone.goto("/journal/import/")
    choose(phone, "diary.csv", DIARY)
    check(phone)
    phone.get_by_role("radio", name="0 to 100").check()
    phone.get_by_role("button", name="See what it would add").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("2 check-ins")
    check(phone)
