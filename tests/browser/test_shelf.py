"""A routine of one's own: when it is meant for, what Today makes of it, putting it away."""

import re

from playwright.sync_api import Page, expect

from accounts.models import User
from routines.models import Routine, Session
from tests.browser.steps import press
from tests.factories import make_routine

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def meant_for_every_day(page: Page, routine: Routine) -> None:
    page.goto(f"/routines/{routine.pk}/")
    page.get_by_role("link", name="When it is meant for").click()
    for day in DAYS:
        page.get_by_role("checkbox", name=day).check(force=True)
    page.get_by_role("checkbox", name="Morning").check(force=True)


def test_a_routine_is_meant_for_every_day_and_stands_on_today_until_it_is_done(
    phone: Page, ana: User, sign_in
):
    routine = make_routine(ana, "cat-cow", name="Get up")
    make_routine(ana, "sphinx", name="Newer")
    sign_in(phone, ana)
    meant_for_every_day(phone, routine)
    phone.get_by_label("At a time of the clock").fill("half six")
    press(phone, "Save")
    expect(phone.get_by_text("“half” is not a time.")).to_be_visible()
    expect(phone.get_by_role("checkbox", name="Friday")).to_be_checked()
    phone.get_by_label("At a time of the clock").fill("18.30")
    press(phone, "Save")
    expect(phone.get_by_text("Every day, morning and 18:30")).to_be_visible()
    for time in ("Morning", "18:30"):
        phone.goto("/")
        expect(phone.get_by_role("heading", level=1)).to_have_text("Get up")
        expect(phone.get_by_role("listitem").filter(has_text=time).get_by_text("next")).to_be_visible()
        session = Session.objects.begin(ana, Routine.objects.with_items().get(pk=routine.pk))
        session.finish(session.started_at, whole=True)
    phone.goto("/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Done for today")
    phone.get_by_role("link", name="Start another one").click()
    expect(phone.get_by_role("link", name="Newer")).to_be_visible()


def test_without_javascript_a_routine_is_managed_all_the_same(no_javascript: Page, ana: User, sign_in):
    routine = make_routine(ana, "cat-cow", name="Get up")
    sign_in(no_javascript, ana)
    meant_for_every_day(no_javascript, routine)
    press(no_javascript, "Save")
    expect(no_javascript.get_by_text("Every day, morning")).to_be_visible()
    press(no_javascript, "Put away")
    expect(no_javascript.get_by_text("You put it away on")).to_be_visible()
    no_javascript.goto("/routines/")
    expect(no_javascript.get_by_role("link", name="Get up")).to_be_hidden()
    no_javascript.get_by_text("Put away, 1").click()
    no_javascript.get_by_role("link", name="Get up").click()
    press(no_javascript, "Bring it back")
    no_javascript.get_by_role("link", name="Delete").click()
    press(no_javascript, "Delete it")
    expect(no_javascript).to_have_url(re.compile(r"/routines/$"))
    assert not Routine.objects.filter(pk=routine.pk).exists()


def test_a_duplicate_is_changed_at_once(phone: Page, ana: User, sign_in):
    routine = make_routine(ana, "cat-cow", name="Get up")
    sign_in(phone, ana)
    phone.goto(f"/routines/{routine.pk}/")
    press(phone, "Duplicate")
    expect(phone.get_by_label("Name of the routine")).to_have_value("Get up, copy")
