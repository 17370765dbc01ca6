"""Finding a stretch on a phone, and finding the way back to what one had found."""

import re

from playwright.sync_api import Page, expect

from stretches.models import Stretch

LIST = re.compile(r"/stretches/$")


def choose(page: Page, name: str) -> None:
    """Tick a filter; the number beside it is part of its name."""
    page.get_by_role("checkbox", name=re.compile(rf"^{name} \d+$")).check()


def open_filters(page: Page) -> None:
    page.locator("summary", has_text="Filters").click()


def test_a_name_with_two_mistakes_finds_figure_four_first(phone: Page):
    phone.goto("/stretches/")
    phone.get_by_label("Search").press_sequentially("figur for", delay=20)
    expect(phone).to_have_url(re.compile(r"\?q=figur\+for$"))
    expect(phone.locator(".plate h3").first).to_have_text("Figure four")
    expect(phone.get_by_label("Search")).to_be_focused()
    expect(phone.get_by_label("Search")).to_have_value("figur for")


def test_standing_without_equipment_and_back_from_one_of_them(phone: Page):
    phone.goto("/stretches/")
    open_filters(phone)
    choose(phone, "Standing")
    expect(phone).to_have_url(re.compile(r"\?position=standing$"))
    choose(phone, "Nothing but a mat")
    expect(phone).to_have_url(re.compile(r"\?position=standing&have=nothing$"))
    expect(phone.get_by_role("checkbox", name="Nothing but a mat")).to_be_focused()
    expect(phone.locator(".filters__n")).to_have_text("2 on")
    names = phone.locator(".plate h3").all_inner_texts()
    assert "Standing side reach" in names
    assert "Counter half dog" not in names

    phone.get_by_role("link", name="Standing side reach", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Standing side reach")
    phone.go_back()

    expect(phone).to_have_url(re.compile(r"\?position=standing&have=nothing$"))
    assert phone.locator(".plate h3").all_inner_texts() == names
    expect(phone.locator(".filters input:checked")).to_have_count(2)
    expect(phone.get_by_role("link", name="Standing remove filter")).to_be_visible()


def test_back_takes_off_the_last_filter_and_then_the_search(phone: Page):
    phone.goto("/stretches/")
    phone.get_by_label("Search").press_sequentially("hip", delay=400)  # slowly: the list follows every letter
    expect(phone).to_have_url(re.compile(r"\?q=hip$"))
    open_filters(phone)
    choose(phone, "Standing")
    expect(phone).to_have_url(re.compile(r"\?q=hip&position=standing$"))
    phone.go_back()
    expect(phone).to_have_url(re.compile(r"\?q=hip$"))
    expect(phone.locator(".filters input:checked")).to_have_count(0)
    expect(phone.get_by_label("Search")).to_have_value("hip")
    phone.go_back()
    expect(phone).to_have_url(LIST)
    expect(phone.locator("#found")).to_have_text("48 stretches")
    expect(phone.get_by_label("Search")).to_have_value("")
    phone.get_by_label("Search").press_sequentially("sphinx", delay=20)  # and it still listens
    expect(phone.locator("#found")).to_have_text("1 stretch")


def test_a_filter_is_taken_off_by_its_chip_and_all_by_one_link(desktop: Page):
    desktop.goto("/stretches/?position=standing&position=seated&sort=short")
    desktop.get_by_role("link", name="Sitting remove filter").click()
    expect(desktop).to_have_url(re.compile(r"\?position=standing&sort=short$"))
    expect(desktop.get_by_label("Sort")).to_have_value("short")
    desktop.get_by_role("link", name="Clear all filters").click()
    expect(desktop).to_have_url(LIST)


def test_an_empty_list_leads_out(phone: Page):
    phone.goto("/stretches/?q=figure&position=standing")
    expect(phone.locator("#found")).to_have_text("No stretch found")
    way = phone.get_by_role("link", name=re.compile(r"^Without “Standing” there are \d+$"))
    number = way.inner_text().split()[-1]
    way.click()
    expect(phone.locator("#found")).to_have_text(f"{number} stretches")


def test_the_order_is_chosen_and_kept_in_the_address(desktop: Page):
    desktop.goto("/stretches/")
    desktop.get_by_label("Sort").select_option("Gentlest first")
    expect(desktop).to_have_url(re.compile(r"\?sort=gentle$"))
    desktop.get_by_label("Search").fill("cat")
    expect(desktop).to_have_url(re.compile(r"\?q=cat&sort=gentle$"))
    expect(desktop.locator("#found")).to_have_text("3 stretches")


def test_more_are_appended_below(phone: Page):
    for number in range(80):
        stretch = Stretch.objects.get(slug="gentle-walk")
        stretch.pk, stretch.slug, stretch.name = None, f"walk-{number}", f"Walk {number:02}"
        stretch.save(force_insert=True)
    phone.goto("/stretches/?q=walk")
    expect(phone.locator(".plate")).to_have_count(60)
    more = phone.get_by_role("link", name="More stretches")
    more.press("Enter")
    expect(phone.locator("#found")).to_have_text("82 stretches")
    expect(phone.locator(".plate")).to_have_count(82)
    expect(more).to_have_count(0)
    assert len(set(phone.locator(".plate h3").all_inner_texts())) == 82


def test_filters_work_without_javascript(no_javascript: Page):
    no_javascript.goto("/stretches/")
    open_filters(no_javascript)
    choose(no_javascript, "Standing")
    no_javascript.get_by_role("button", name="Show", exact=True).click()
    expect(no_javascript).to_have_url(re.compile(r"position=standing"))
    expect(no_javascript.get_by_role("link", name="Standing remove filter")).to_be_visible()
