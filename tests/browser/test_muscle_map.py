from django.template import Context, Template
from playwright.sync_api import Page, expect

SMALLEST = 24  # css px, both ways: WCAG 2.2, 2.5.8


def put_links(page: Page) -> None:
    """The way into the catalogue, on a page that has its style sheet."""
    page.goto("/stretches/cat-cow/")
    links = Template("{% load muscles %}{% muscle_map_links %}").render(Context())
    page.locator(".muscles").evaluate("(map, links) => { map.outerHTML = links }", links)


def test_every_part_of_the_body_is_large_enough_for_a_finger(phone: Page):
    put_links(phone)
    # Every shape that can be pressed on its own: the two halves of a pair, each inside the other's box, count alone.
    sizes = phone.locator(".muscle-links .reach").evaluate_all(
        """paths => paths.flatMap(path => path.getAttribute('d').split(/(?=M)/).map(half => {
          const one = path.cloneNode()
          one.setAttribute('d', half)
          path.after(one)
          const { width, height } = one.getBoundingClientRect()
          one.remove()
          return Math.min(width, height)
        }))"""
    )
    assert len(sizes) > 15
    assert min(sizes) >= SMALLEST


def test_pressing_the_lower_back_finds_what_works_on_it(phone: Page):
    put_links(phone)
    phone.get_by_role("link", name="Lower back").first.locator(".area").click()
    expect(phone).to_have_url("/stretches/?area=lower-back")


def test_keys_reach_every_part_and_a_ring_shows_where_they_are(desktop: Page):
    put_links(desktop)
    link = desktop.get_by_role("link", name="Buttocks").first
    before = link.locator(".area").evaluate("area => getComputedStyle(area).stroke")
    desktop.get_by_role("link", name="Belly and waist").first.focus()
    desktop.keyboard.press("Tab")
    expect(link).to_be_focused()
    assert link.locator(".area").evaluate("area => getComputedStyle(area).stroke") != before
    desktop.keyboard.press("Enter")
    expect(desktop).to_have_url("/stretches/?area=buttocks")


def test_print_keeps_the_map_in_black_and_white(desktop: Page):
    desktop.goto("/stretches/bird-dog/")
    desktop.emulate_media(media="print", color_scheme="dark")
    shape = desktop.get_by_role("img", name="Front and back of a body. Works mainly on: lower back")
    expect(shape).to_be_visible()
    colours = "path => [getComputedStyle(path).fill, getComputedStyle(path).stroke]"
    assert shape.locator(".main").first.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert shape.locator(".also").first.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
