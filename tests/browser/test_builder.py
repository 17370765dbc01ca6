"""Building a routine: by typing, by finger, by mouse, by keys, without a script, in two tabs, and signed out midway."""

import re

from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from routines.models import Routine
from tests.browser.steps import eventually, press
from tests.factories import make_routine

FOUR = ("cat-cow", "sphinx", "figure-four", "bird-dog")


def names(page: Page) -> Locator:
    return page.locator(".build h2")


def slugs(routine: Routine) -> list[str]:
    return list(routine.items.order_by("position").values_list("stretch__slug", flat=True))


def settled(page: Page) -> None:
    """Nothing is on its way to the server any more."""
    expect(page.locator(".htmx-request")).to_have_count(0)


def middle(of: Locator) -> tuple[float, float]:
    box = of.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def grip(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(f"^Drag {name},"))


def drag_by_finger(page: Page, start: tuple[float, float], to_y: float) -> None:
    """Put a finger down, draw it straight up or down, and lift it."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *ys: float) -> None:
        points = [{"x": start[0], "y": y} for y in ys]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", start[1])
    for step in range(1, 9):
        touch("touchMove", start[1] + (to_y - start[1]) * step / 8)
    touch("touchEnd")
    session.detach()


def open_builder(page: Page, routine: Routine, sign_in) -> None:
    sign_in(page, routine.owner)
    page.goto(f"/routines/{routine.pk}/edit/")


def test_ten_stretches_by_typing_on_a_phone(phone: Page):
    phone.goto("/routines/new/")
    phone.get_by_label("Name of the routine").fill("The long one")
    press(phone, "Add a stretch")
    wanted = [
        "Cat-cow", "Sphinx", "Figure four", "Bird-dog", "Bridge hold",
        "Dead bug", "Side-lying open book", "Gentle walk", "Cat-cow", "Pelvic tilt",
    ]  # fmt: skip
    for number, name in enumerate(wanted, start=1):
        phone.get_by_role("searchbox").fill(name)
        expect(phone.locator(".pick b").first).to_have_text(name)
        phone.get_by_role("button", name=f"Add {name}", exact=True).click()
        expect(names(phone)).to_have_count(number)
    phone.locator("#picker").get_by_role("button", name="Done").click()
    expect(names(phone)).to_have_text(wanted)
    routine = Routine.objects.get(owner__is_guest=True)
    assert routine.name == "The long one"
    expect(phone.locator("#total")).to_have_text(routine.clock)
    phone.locator(".thumb").get_by_role("link", name="Done").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("The long one")


def test_a_finger_drags_an_item_by_its_grip_and_still_scrolls_the_list(phone: Page, ana: User, sign_in):
    routine = make_routine(ana, *FOUR)
    open_builder(phone, routine, sign_in)
    drag_by_finger(phone, middle(grip(phone, "Cat-cow")), middle(grip(phone, "Figure four"))[1] + 10)
    expect(names(phone)).to_have_text(["Sphinx", "Figure four", "Cat-cow", "Bird-dog"])
    expect(phone.locator("#builder [role=status]")).to_have_text("Cat-cow is now number 3.")
    assert slugs(routine) == ["sphinx", "figure-four", "cat-cow", "bird-dog"]

    before = phone.evaluate("scrollY")
    x, y = middle(names(phone).nth(1))
    drag_by_finger(phone, (x, y), y - 160)
    assert eventually(lambda: phone.evaluate("scrollY") > before + 40)


def test_a_mouse_drags_up_and_escape_puts_it_back(desktop: Page, ana: User, sign_in):
    routine = make_routine(ana, *FOUR)
    open_builder(desktop, routine, sign_in)
    desktop.mouse.move(*middle(grip(desktop, "Bird-dog")))
    desktop.mouse.down()
    desktop.mouse.move(*middle(grip(desktop, "Cat-cow")), steps=6)
    expect(desktop.locator(".dragged h2")).to_have_text("Bird-dog")
    desktop.keyboard.press("Escape")
    desktop.mouse.up()
    expect(desktop.locator(".dragged")).to_have_count(0)
    settled(desktop)
    assert slugs(routine) == list(FOUR)

    desktop.mouse.move(*middle(grip(desktop, "Bird-dog")))
    desktop.mouse.down()
    x, y = middle(grip(desktop, "Cat-cow"))
    desktop.mouse.move(x, y - 10, steps=6)
    desktop.mouse.up()
    expect(desktop.locator("#builder [role=status]")).to_have_text("Bird-dog is now number 1.")
    assert slugs(routine) == ["bird-dog", "cat-cow", "sphinx", "figure-four"]
    desktop.get_by_role("button", name="Undo").click()
    expect(names(desktop).first).to_have_text("Cat-cow")
    assert slugs(routine) == list(FOUR)


def test_keys_alone_move_change_and_undo_and_the_focus_stays(desktop: Page, ana: User, sign_in):
    routine = make_routine(ana, *FOUR)
    open_builder(desktop, routine, sign_in)
    up = desktop.get_by_role("button", name="Move Sphinx up")
    up.focus()
    desktop.keyboard.press("Enter")
    expect(names(desktop).first).to_have_text("Sphinx")
    expect(up).to_be_focused()
    grip(desktop, "Sphinx").focus()
    desktop.keyboard.press("ArrowDown")
    expect(names(desktop).first).to_have_text("Cat-cow")
    expect(grip(desktop, "Sphinx")).to_be_focused()
    hold = desktop.locator("#items li").nth(1).get_by_label("Hold")
    hold.focus()
    desktop.keyboard.press("ControlOrMeta+A")
    desktop.keyboard.type("55")
    desktop.keyboard.press("Tab")
    expect(desktop.locator("#builder [role=status]")).to_have_text("Sphinx: 55 s, twice.")
    assert routine.items.get(stretch__slug="sphinx").hold_seconds == 55
    desktop.locator("#undo").focus()
    desktop.keyboard.press("Enter")
    expect(hold).to_have_value("30")
    desktop.reload()
    desktop.locator("#undo").press("Enter")  # across a reload
    expect(names(desktop).first).to_have_text("Sphinx")


def test_without_javascript_it_is_built_form_by_form(no_javascript: Page):
    page = no_javascript
    page.goto("/routines/new/?q=sphinx")
    page.get_by_role("button", name="Add Sphinx").click()
    expect(page).to_have_url(re.compile(r"/routines/\d+/edit/"))
    page.goto(page.url.partition("#")[0] + "?q=cat-cow")
    page.get_by_role("button", name="Add Cat-cow", exact=True).click()
    expect(names(page)).to_have_text(["Sphinx", "Cat-cow"])
    page.get_by_role("button", name="Move Cat-cow up").click()
    expect(names(page)).to_have_text(["Cat-cow", "Sphinx"])
    page.locator("#items li").first.get_by_label("Times").fill("9")
    page.get_by_role("button", name="Save the dose of Cat-cow").click()
    expect(page.locator("#items li").first.get_by_label("Times")).to_have_value("9")
    page.get_by_role("button", name="Undo: Cat-cow changed").click()
    expect(page.locator("#items li").first.get_by_label("Times")).to_have_value("5")
    page.get_by_role("button", name="Remove Sphinx").click()
    expect(names(page)).to_have_text(["Cat-cow"])


def test_two_tabs_keep_each_others_changes(desktop: Page, ana: User, sign_in):
    routine = make_routine(ana, *FOUR)
    open_builder(desktop, routine, sign_in)
    other = desktop.context.new_page()
    other.goto(f"/routines/{routine.pk}/edit/")
    desktop.locator("#items li").first.get_by_label("Times").fill("8")
    desktop.keyboard.press("Tab")
    expect(desktop.locator("#builder [role=status]")).to_have_text("Cat-cow: 8 times.")
    other.locator("#items li").first.get_by_label("Sets", exact=True).fill("3")
    other.keyboard.press("Tab")
    expect(other.locator("#builder [role=status]")).to_have_text("Cat-cow: 3 sets of 8 times.")
    press(other, "Remove Sphinx")
    expect(names(other)).to_have_count(3)
    desktop.get_by_role("button", name="Move Sphinx down").click()
    expect(desktop.locator("#trouble")).to_contain_text("not there any more")
    assert slugs(routine) == ["cat-cow", "figure-four", "bird-dog"]


def test_back_leaves_the_builder_and_comes_back_to_what_was_built(phone: Page, ana: User, sign_in):
    routine = make_routine(ana, *FOUR)
    sign_in(phone, ana)
    phone.goto(f"/routines/{routine.pk}/")
    phone.get_by_role("link", name="Edit").first.click()
    press(phone, "Remove Sphinx")
    expect(names(phone)).to_have_count(3)
    phone.go_back()
    expect(phone.get_by_role("heading", name="Three stretches")).to_be_visible()
    phone.go_forward()
    expect(names(phone)).to_have_text(["Cat-cow", "Figure four", "Bird-dog"])


def test_signed_out_in_the_middle_of_an_edit_nothing_typed_is_lost(desktop: Page, ana: User, sign_in):
    routine = make_routine(ana, "figure-four")
    open_builder(desktop, routine, sign_in)
    desktop.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    hold = desktop.locator("#items li").first.get_by_label("Hold")
    hold.fill("45")
    desktop.keyboard.press("Tab")
    expect(desktop.locator("#trouble")).to_contain_text("you are signed out")
    expect(hold).to_have_value("45")
    sign_in(desktop, ana)  # as on another page
    hold.fill("46")
    desktop.keyboard.press("Tab")
    expect(desktop.locator("#builder [role=status]")).to_have_text("Figure four: 46 s each side.")
    expect(desktop.locator("#trouble")).to_be_hidden()
    assert routine.items.get().hold_seconds == 46


def test_the_pickers_filters_narrow_what_can_be_added(phone: Page, ana: User, sign_in):
    open_builder(phone, make_routine(ana, "figure-four"), sign_in)
    press(phone, "Add a stretch")
    phone.locator("#picker summary", has_text="Filters").click()
    phone.locator("#picker").get_by_role("checkbox", name=re.compile(r"^Standing \d+$")).check()
    expect(phone.get_by_role("button", name="Add Cat-cow", exact=True)).to_have_count(0)
    phone.get_by_role("button", name="Add Standing side reach").click()
    expect(names(phone)).to_have_text(["Figure four", "Standing side reach"])
