"""Every ready-made routine is played to its end, and what is recorded is its plan, hold for hold."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from accounts.models import User
from journal.models import Hold
from routines.catalogue import FOLDER
from routines.models import Routine, Session
from tests.browser.steps import eventually, press

SLUGS = sorted(file.stem for file in FOLDER.glob("*.toml"))


def play_to_the_end(page: Page) -> None:
    """Let each step last as long as it says, until there is none left."""
    press(page, "Start")
    count = page.locator("#count")
    while "/finish/" not in page.url:
        with suppress(Error):  # the page is just leaving
            page.clock.run_for(int(count.inner_text(timeout=1000)) * 1000 + 50)
    expect(page.get_by_role("heading", name="How is your back now?")).to_be_visible()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_routine_is_played_as_it_is_planned(slug: str, phone: Page, ana: User, sign_in):
    session = Session.objects.begin(ana, Routine.objects.ready_made().with_items().get(slug=slug))
    sign_in(phone, ana)
    phone.clock.install()
    phone.goto(f"/sessions/{session.pk}/")
    play_to_the_end(phone)
    planned = [
        (number, session.items[step.item].slug, step.side, "done", step.seconds)
        for number, step in enumerate(session.steps)
        if step.kind == "hold"
    ]
    assert eventually(lambda: Session.objects.get(pk=session.pk).is_whole)
    done = Hold.objects.filter(session=session).order_by("step")
    assert list(done.values_list("step", "stretch__slug", "side", "result", "seconds")) == planned
