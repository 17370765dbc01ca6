"""The pose chart as a printer gets it, the shared link in a browser of a stranger, and a file brought in."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from routines.models import Routine, Session
from stretches.models import Stretch
from tests.browser.conftest import PHONE, watched_page
from tests.browser.test_pages import check
from tests.factories import make_routine

SIX = [
    "standing-psoas-lunge",
    "standing-side-reach",
    "figure-four",
    "standing-hamstring-stretch",
    "gentle-walk",
    "bird-dog",
]
PAPERS = {"A4": 297, "Letter": 279}
"""Heights in millimetres."""

MARGINS = 2 * 12
PX_PER_MM = 96 / 25.4


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def noted(routine: Routine) -> Routine:
    routine.items.update(note="Left one first, and only as far as it is easy today", sides="each", sets=2)
    return routine


@pytest.mark.parametrize("paper", PAPERS)
def test_six_stretches_are_one_page(desktop: Page, ana, sign_in, paper: str):
    sign_in(desktop, ana)
    desktop.goto(f"/routines/{noted(make_routine(ana, *SIX)).pk}/sheet/")
    pdf = desktop.pdf(format=paper)
    assert pdf.startswith(b"%PDF")
    assert pages_of(pdf) == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_no_stretch_is_torn_apart_between_pages(desktop: Page, ana, sign_in, paper: str):
    slugs = list(Stretch.objects.listed().values_list("slug", flat=True))
    sign_in(desktop, ana)
    desktop.goto(f"/routines/{noted(make_routine(ana, *slugs[:20])).pk}/sheet/")
    assert pages_of(desktop.pdf(format=paper)) in (3, 4)
    desktop.emulate_media(media="print")
    boxes = desktop.locator(".pose, .paper-sheet__end").evaluate_all(
        "all => all.map(each => [getComputedStyle(each).breakInside, each.getBoundingClientRect().height])"
    )
    assert len(boxes) == 21
    for rule, height in boxes:
        assert rule == "avoid"
        assert height < (PAPERS[paper] - MARGINS) * PX_PER_MM


def test_ink_is_black_on_white_in_the_dark_too_and_only_the_sheet_is_printed(desktop: Page):
    desktop.emulate_media(media="print", color_scheme="dark")
    desktop.goto(f"/routines/{Routine.objects.ready_made()[0].pk}/sheet/")
    expect(desktop.get_by_role("navigation")).to_be_hidden()
    expect(desktop.get_by_role("button", name="Print")).to_be_hidden()
    sheet = desktop.get_by_role("main")
    expect(sheet).to_have_css("color", "rgb(0, 0, 0)")
    expect(sheet).to_have_css("background-color", "rgb(255, 255, 255)")
    code = desktop.get_by_role("img", name="QR code: this routine on a phone")
    assert code.bounding_box()["width"] >= 24 * PX_PER_MM


def test_the_button_opens_the_print_dialogue(desktop: Page):
    desktop.goto(f"/routines/{Routine.objects.ready_made()[0].pk}/sheet/")
    desktop.evaluate("window.print = () => { document.title = 'printed' }")
    desktop.get_by_role("button", name="Print").click()
    expect(desktop).to_have_title("printed")


def test_without_javascript_it_says_how_to_print(no_javascript: Page):
    no_javascript.goto(f"/routines/{Routine.objects.ready_made()[0].pk}/sheet/")
    expect(no_javascript.get_by_role("button", name="Print")).to_be_hidden()
    expect(no_javascript.get_by_text("Print it from your browser's menu.")).to_be_visible()


def test_a_link_is_made_and_withdrawn_where_the_routine_stands(phone: Page, ana, sign_in):
    routine = make_routine(ana, *SIX)
    sign_in(phone, ana)
    phone.goto(f"/routines/{routine.pk}/")
    phone.get_by_role("button", name="Make a link").click()
    link = phone.get_by_label("Link", exact=True)
    expect(link).to_be_focused()  # and not the button that takes it back
    routine.refresh_from_db()
    expect(link).to_have_value(re.compile(rf"/r/{routine.share_token}/$"))
    expect(phone.get_by_role("img", name="QR code of the link")).to_be_visible()
    phone.get_by_role("button", name="Withdraw the link").click()
    expect(phone.get_by_role("button", name="Make a link")).to_be_focused()
    routine.refresh_from_db()
    assert routine.share_token is None


def test_a_link_is_made_and_withdrawn_without_javascript(no_javascript: Page, ana, sign_in):
    routine = make_routine(ana, *SIX)
    sign_in(no_javascript, ana)
    no_javascript.goto(f"/routines/{routine.pk}/")
    no_javascript.get_by_role("button", name="Make a link").click()
    expect(no_javascript).to_have_url(re.compile(rf"/routines/{routine.pk}/#share$"))
    expect(no_javascript.get_by_label("Link", exact=True)).to_have_value(re.compile("/r/"))
    no_javascript.get_by_role("button", name="Withdraw the link").click()
    expect(no_javascript.get_by_role("button", name="Make a link")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_whoever_has_the_link_starts_and_copies(
    phone: Page, browser: Browser, live_server, ana, javascript: bool
):
    """In a real browser: what a page says of its referrer decides whether its forms are believed."""
    routine = make_routine(ana, *SIX)
    routine.share()
    link = f"/r/{routine.share_token}/"
    with watched_page(browser, live_server.url, java_script_enabled=javascript, **PHONE) as page:
        heard: list[str] = []
        page.on("request", lambda request: heard.append(request.headers.get("referer", "")))
        page.goto(link)
        page.get_by_role("button", name="Start").click()
        page.get_by_role("button", name="None of these, start").click()
        expect(page).to_have_url(re.compile(r"/before/$"))
        page.goto(link)
        page.get_by_role("button", name="Make it mine").click()
        expect(page).to_have_url(re.compile(r"/edit/$"))
        assert not [address for address in heard if routine.share_token in address]
    assert Session.objects.get().routine is None
    assert Routine.objects.filter(owner__is_guest=True, name=routine.name).count() == 1


def test_a_file_goes_out_and_comes_in(phone: Page, ana, sign_in, tmp_path: Path):
    routine = make_routine(ana, *SIX)
    sign_in(phone, ana)
    file = tmp_path / "routine.json"
    file.write_bytes(phone.request.get(f"/routines/{routine.pk}/export/").body())
    phone.goto("/routines/import/")
    phone.get_by_label("File").set_input_files(file)
    phone.get_by_role("button", name="Bring it in").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(routine.name)
    assert Routine.objects.filter(owner=ana).count() == 2


def test_the_pages_are_accessible_and_fit(phone: Page, ana, sign_in):
    routine = noted(make_routine(ana, *SIX))
    routine.share()
    sign_in(phone, ana)
    size = phone.viewport_size
    for address in (f"/r/{routine.share_token}/", f"/routines/{routine.pk}/sheet/", "/routines/import/"):
        phone.set_viewport_size(size)
        check(phone, address)
