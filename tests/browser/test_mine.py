"""What a person does with a stretch they like, one that is not for them, and one of their own."""

import re

from playwright.sync_api import Page, expect

from routines.models import Routine
from stretches.models import Mark, Stretch


def test_a_newcomer_adds_two_stretches_to_a_routine_without_leaving_the_list(phone: Page):
    phone.goto("/stretches/?position=standing")
    phone.get_by_role("link", name="Add Standing side reach to a routine").click()
    sheet = phone.get_by_role("dialog", name="Add to a routine")
    expect(sheet.get_by_role("heading")).to_be_focused()
    sheet.get_by_label("Your first routine, called").fill("At the kettle")
    sheet.get_by_role("button", name="Make it and add Standing side reach").click()
    expect(sheet.get_by_role("heading")).to_have_text("Standing side reach is in At the kettle")
    sheet.get_by_role("button", name="Go on looking").click()
    expect(sheet).to_be_hidden()
    phone.get_by_role("link", name="Add Standing psoas lunge to a routine").click()
    sheet.get_by_role("button", name="Add to At the kettle").click()
    expect(sheet.get_by_role("heading")).to_have_text("Standing psoas lunge is in At the kettle")
    phone.keyboard.press("Escape")
    expect(phone).to_have_url(re.compile(r"\?position=standing$"))
    routine = Routine.objects.get(owner__is_guest=True)
    assert [item.stretch.slug for item in routine.ordered_items] == [
        "standing-side-reach",
        "standing-psoas-lunge",
    ]


def test_hearts_are_pressed_one_after_the_other_by_a_newcomer(phone: Page):
    """The first makes a guest, and with it another token for all forms of the page."""
    phone.goto("/stretches/")
    for name in ("Bird-dog", "Bridge hold"):
        heart = phone.get_by_role("button", name=f"Favourite: {name}", exact=True)
        heart.click()
        expect(heart).to_have_attribute("aria-pressed", "true")
    assert Mark.objects.filter(is_favourite=True).count() == 2
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "false")
    assert Mark.objects.first().person.time_zone == phone.evaluate(
        "Intl.DateTimeFormat().resolvedOptions().timeZone"
    )


def test_setting_aside_is_undone_with_one_tap(phone: Page):
    phone.goto("/stretches/cat-cow/")
    phone.get_by_text("Not for me").click()
    phone.get_by_label("Why not?").fill("my wrist")
    phone.get_by_role("button", name="Set it aside").click()
    expect(phone.locator("#marks")).to_contain_text("my wrist")
    phone.get_by_role("button", name="Bring it back").click()
    expect(phone.get_by_text("Not for me")).to_be_visible()
    assert Mark.objects.get().set_aside_at is None


def test_one_of_ones_own_is_written_on_a_phone(phone: Page):
    phone.goto("/stretches/")
    phone.get_by_role("link", name="Write your own").click()
    phone.get_by_role("textbox", name="Name").fill("Towel pull")
    phone.get_by_role("button", name="Keep it").click()
    expect(phone.get_by_text("Write at least one step.")).to_be_visible()
    expect(phone.get_by_role("textbox", name="Name")).to_have_value("Towel pull")
    phone.get_by_label("How to do it").fill("Lie down.\nPull.")
    phone.get_by_label("Position").select_option("Lying on your back")
    phone.get_by_role("spinbutton", name="Hold").fill("20")
    phone.get_by_text("Figure four", exact=True).click()
    phone.get_by_role("button", name="Keep it").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Towel pull")
    assert Stretch.objects.get(name="Towel pull").drawn_as == "figure-four"


def test_the_stretch_page_tells_which_routines_use_it(desktop: Page):
    desktop.goto("/stretches/cat-cow/")
    used = desktop.locator("#used-in")
    used.scroll_into_view_if_needed()
    names = Routine.objects.ready_made().filter(items__stretch__slug="cat-cow").distinct()
    for routine in names:
        expect(used.get_by_role("link", name=routine.name)).to_be_visible()
    assert names


def test_without_javascript_it_is_chosen_on_a_page_of_its_own(no_javascript: Page):
    no_javascript.goto("/stretches/cat-cow/")
    no_javascript.get_by_role("link", name="Add to a routine").first.click()
    no_javascript.get_by_role("button", name="Make it and add Cat-cow").click()
    expect(no_javascript).to_have_url(re.compile(r"/routines/\d+/edit/$"))
    no_javascript.goto("/stretches/cat-cow/")
    no_javascript.get_by_role("button", name="Favourite").click()
    expect(no_javascript.get_by_role("button", name="Favourite")).to_have_attribute("aria-pressed", "true")
    no_javascript.goto("/stretches/cat-cow/")
    no_javascript.get_by_role("link", name="Routines with it").click()
    expect(no_javascript.get_by_role("heading", level=1)).to_have_text("Routines with Cat-cow")
