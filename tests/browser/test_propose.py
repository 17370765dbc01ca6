"""Starting a routine from a few answers, and making it last as long as one has."""

import re

from playwright.sync_api import Page, expect

from accounts.models import User
from routines.models import Routine
from tests.factories import make_routine


def test_the_proposal_follows_the_answers(phone: Page):
    phone.goto("/routines/propose/")
    heading = phone.locator("#proposed")
    expect(heading).to_contain_text("Ten minutes on the floor")
    phone.get_by_text("At a desk", exact=True).click()
    expect(heading).to_contain_text("Ten minutes at a desk")
    phone.get_by_text("A sore day", exact=True).click()
    expect(heading).to_contain_text("sore day")
    phone.get_by_text("Chair", exact=True).click()
    expect(phone.locator("#proposal")).to_contain_text("Seated cat-cow")
    expect(phone).to_have_url(re.compile(r"\?minutes=10&place=desk&day=sore&have=chair$"))
    phone.reload()
    expect(heading).to_contain_text("Ten minutes at a desk, sore day")
    phone.get_by_role("button", name="Open it in the builder").click()
    expect(phone).to_have_url(re.compile(r"/routines/\d+/edit/$"))
    assert Routine.objects.get(owner__is_guest=True).name == "Ten minutes at a desk, sore day"


def test_without_javascript_it_is_a_form(no_javascript: Page):
    no_javascript.goto("/routines/propose/")
    no_javascript.get_by_text("5 min", exact=True).click()
    no_javascript.get_by_role("button", name="Propose a routine").click()
    expect(no_javascript.locator("#proposed")).to_contain_text("Five minutes on the floor")
    no_javascript.get_by_role("button", name="Open it in the builder").click()
    expect(no_javascript).to_have_url(re.compile(r"/routines/\d+/edit/$"))


def test_a_routine_is_fitted_to_a_time(phone: Page, ana: User, sign_in):
    routine = make_routine(ana, "knee-to-chest", "cat-cow", "sphinx", "gentle-walk")
    sign_in(phone, ana)
    phone.goto(f"/routines/{routine.pk}/fit/")
    phone.get_by_label("Minutes").fill("a few")
    phone.get_by_role("button", name="Show what changes").click()
    expect(phone.get_by_text("Minutes: a whole number from 1 to 120.")).to_be_visible()
    expect(phone.get_by_label("Minutes")).to_have_value("a few")
    phone.get_by_label("Minutes").fill("15")
    phone.get_by_role("button", name="Show what changes").click()
    expect(phone.get_by_role("table")).to_contain_text("In all")
    phone.get_by_role("button", name="Make it 15 minutes").click()
    expect(phone).to_have_url(re.compile(rf"/routines/{routine.pk}/edit/$"))
    assert 855 <= Routine.objects.with_items().get(pk=routine.pk).seconds <= 945
