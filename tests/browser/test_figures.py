"""Drawings in a browser: their colours follow the page, and they move when asked to."""

from playwright.sync_api import Page, expect

from tests.browser.steps import press


def test_a_drawing_moves_when_asked_and_stops_when_asked(phone: Page):
    phone.emulate_media(reduced_motion="no-preference")
    phone.goto("/stretches/knee-to-chest/")
    figure = phone.locator(".detail-head .figure")
    expect(figure.locator("use")).to_have_count(1)
    press(phone, "Show the movement")
    expect(figure.locator("animate").first).to_be_attached()
    outline = "Array.from(document.querySelectorAll('.detail-head .figure path'), p => getComputedStyle(p).d).join()"
    before = phone.evaluate(outline)
    phone.wait_for_timeout(700)
    assert phone.evaluate(outline) != before
    press(phone, "Stop the movement")
    expect(figure.locator("use")).to_have_count(1)
    expect(figure.locator("animate")).to_have_count(0)


def test_no_movement_is_offered_where_none_is_wanted_or_there_is_none(phone: Page):
    phone.goto("/stretches/knee-to-chest/")
    expect(phone.get_by_role("button", name="Show the movement")).to_be_hidden()
    phone.emulate_media(reduced_motion="no-preference")
    expect(phone.get_by_role("button", name="Show the movement")).to_be_visible()
    phone.goto("/stretches/prone-lying/")
    expect(phone.get_by_role("button", name="Show the movement")).to_have_count(0)


def test_a_drawing_in_a_file_of_its_own_takes_the_colours_of_the_page(phone: Page):
    """Seen, not asked: the pixels of the same drawing differ between light and dark."""
    phone.goto("/stretches/cat-cow/")
    figure = phone.locator(".detail-head .figure")
    light = figure.screenshot()
    phone.emulate_media(color_scheme="dark")
    dark = figure.screenshot()
    assert light != dark
    phone.evaluate(
        "document.querySelector('.detail-head .figure').style.setProperty('--figure-top', 'rgb(255, 0, 0)')"
    )
    assert figure.screenshot() != dark
