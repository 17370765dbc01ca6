"""Every page: accessible by axe's rules, light and dark, and never wider than the smallest phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import User
from journal.models import FlareUp, PainScore
from routines.models import Routine, Session
from stretches.models import Mark, Stretch
from tests.browser.axe import violations_by_day_and_night
from tests.factories import make_routine, make_session

PUBLIC = [
    "/",
    "/stretches/",
    "/stretches/?q=nothing-like-this",
    "/stretches/figure-four/",
    "/stretches/new/",
    "/stretches/leave-out/",
    "/player/settings/",
    "/routines/",
    "/routines/new/",
    "/routines/propose/?minutes=10",
    "/safety/",
    "/safety/check/?next=/routines/1/start/",
    "/about/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/journal/",
    "/nowhere/",
]
OWN = [
    "/",
    "/routines/",
    "/routines/{routine}/",
    "/routines/{routine}/edit/",
    "/routines/{routine}/schedule/",
    "/routines/{routine}/delete/",
    "/routines/{routine}/fit/?minutes=5",
    "/routines/{routine}/sheet/",
    "/routines/import/",
    "/routines/add/?stretch=sphinx",
    "/routines/?with=sphinx",
    "/stretches/?yours=aside",
    "/stretches/sphinx/",
    "/stretches/{own}/",
    "/stretches/{own}/edit/",
    "/stretches/{own}/delete/",
]
OWN += ["/sessions/{session}/before/", "/sessions/{session}/", "/sessions/{session}/finish/"]
OWN += ["/journal/", "/journal/?range=all", "/accounts/", "/accounts/logout/"]
OWN += ["/journal/{day}/", "/journal/{month}/", "/journal/helps/", "/journal/report/", "/journal/check-in/"]
OWN += ["/journal/check-ins/{check_in}/", "/journal/flares/", "/journal/flares/{flare}/", "/journal/export/"]
OWN += ["/sessions/{past}/scores/before/", "/sessions/{past}/remove/", "/journal/import/"]
OWN += [
    "/accounts/preferences/",
    "/accounts/password/",
    "/accounts/again/",
    "/accounts/devices/",
    "/accounts/passkeys/",
]
TWICE = """
  () => [...document.querySelectorAll("[id]")].map(({id}) => id).filter((id, n, all) => all.indexOf(id) !== n)
"""
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def own(ana: User) -> dict[str, object]:
    """A routine, a session in the middle, and some weeks of history."""
    for days in (1, 2, 9, 40):
        make_session(ana, before=5, after=3 + days % 3, started_at=timezone.now() - timedelta(days=days))
    stretch = Stretch(name="Towel pull", steps=["Pull."], kind="stretch", position="supine", sides="both")
    stretch.hold_seconds, stretch.direction = 20, "neutral"
    stretch.keep_for(ana)
    Mark.objects.create(person=ana, stretch=Stretch.objects.get(slug="sphinx"), set_aside_at=timezone.now())
    past = Session.objects.order_by("started_at").last()
    routine = make_routine(ana, "figure-four", "cat-cow", "sphinx", stretch.slug)
    session = Session.objects.begin(ana, Routine.objects.with_items().get(pk=routine.pk))
    return {
        "routine": routine.pk,
        "session": session.pk,
        "own": stretch.slug,
        "past": past.pk,
        "day": past.day,
        "month": f"{past.day:%Y-%m}",
        "check_in": PainScore.objects.check_in(ana, 4, timezone.now()).pk,
        "flare": FlareUp.objects.create(user=ana, label="Long drive", starts_on=past.day).pk,
    }


def check(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    assert violations_by_day_and_night(page) == []
    assert page.locator("h1").count() == 1
    twice = page.evaluate(TWICE)
    assert not twice, f"{address} has an id more than once: {twice}"
    assert page.title().endswith(" · Limber")
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.scrollingElement.scrollWidth")
    assert width <= NARROW["width"], f"{address} is {width} px wide on a phone of {NARROW['width']}"


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_is_accessible_and_fits(phone: Page, address: str):
    check(phone, address)


@pytest.mark.parametrize("address", OWN)
def test_a_page_of_ones_own_is_accessible_and_fits(phone: Page, ana: User, own, sign_in, address: str):
    sign_in(phone, ana)
    check(phone, address.format(**own))


@pytest.mark.parametrize("address", ["/", "/stretches/", "/routines/new/", "/journal/"])
def test_a_page_is_accessible_on_a_desktop(desktop: Page, address: str):
    check(desktop, address)


def test_every_stretch_has_a_picture_on_the_list(phone: Page):
    phone.goto("/stretches/")
    assert phone.locator(".plate .figure use").count() == 48
    assert phone.locator(".plate").count() == Stretch.objects.listed().count() == 48
