"""The phone's clock is wrong, or jumps, or the phone sleeps. Nobody's history gets holds that nobody did."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, Page, expect

from tests.browser.faults.conftest import page_of
from tests.browser.faults.phone import ALL_SIX, Phone
from tests.browser.faults.server import Person, Server
from tests.browser.steps import eventually, press

BEGUN = datetime.now(UTC)


def hide(page: Page, is_hidden: bool) -> None:
    """The page is told that it is not seen any more, or is seen again."""
    page.evaluate(
        """isHidden => {
            Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
            const state = isHidden ? "hidden" : "visible";
            Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        is_hidden,
    )


def seconds_left(page: Page) -> int:
    return int(page.locator("#count").inner_text())


def test_a_clock_three_hours_fast_records_the_right_times(browser: Browser, server: Server, ana: Person):
    with page_of(browser, server, ana) as page:
        page.clock.install(time=datetime.now(UTC) + timedelta(hours=3))
        phone = Phone(page, server, ana)
        phone.open_session()
        phone.start()
        phone.come_to_the_end()
        assert phone.has_sent_all()
        assert server.holds(ana) == ALL_SIX
        assert server.is_whole(ana)
        times = server.hold_times(ana)
        assert BEGUN - timedelta(minutes=5) < min(times) <= max(times) <= datetime.now(UTC)


def test_a_clock_set_back_in_the_middle_of_a_hold_does_not_stretch_it(
    phone: Phone, server: Server, ana: Person
):
    phone.start()
    phone.hold(1)
    phone.wait(2)
    before = seconds_left(phone.page)
    phone.page.clock.set_system_time(datetime.now(UTC) - timedelta(hours=1))
    phone.wait(1)
    assert before - 3 <= seconds_left(phone.page) <= before
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)


def test_a_correction_counts_also_after_the_clock_was_set_back(phone: Phone, server: Server, ana: Person):
    phone.start()
    press(phone.page, "Skip")
    expect(phone.page.locator("#step[data-number='1']")).to_be_attached()
    assert eventually(lambda: server.holds(ana) == [(0, "skipped", 0)])
    phone.page.clock.set_system_time(datetime.now(UTC) - timedelta(hours=3))
    phone.wait(1)
    press(phone.page, "Back")
    expect(phone.page.locator("#step[data-number='0']")).to_be_attached()
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX


def test_after_an_hour_away_only_what_is_confirmed_is_recorded(phone: Phone, server: Server, ana: Person):
    phone.start()
    phone.hold(2)
    phone.page.clock.fast_forward(3600_000)
    expect(phone.page.locator("#player")).not_to_have_attribute("data-running", "")
    assert phone.step == 2
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX[:2]
    press(phone.page, "Count it and go on")
    expect(phone.page.locator("#step[data-number='3']")).to_be_attached()
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)


def test_ninety_seconds_of_a_locked_phone_are_ninety_seconds_of_a_long_hold(
    phone: Phone, server: Server, ana: Person
):
    phone.start()
    for _ in range(12):
        press(phone.page, "10 seconds more")
    before = seconds_left(phone.page)
    hide(phone.page, True)
    phone.page.clock.fast_forward(90_000)
    hide(phone.page, False)
    expect(phone.page.locator("#count")).to_have_text(
        re.compile("|".join(str(before - 90 - late) for late in range(5)))
    )
    phone.come_to_the_end()
    assert phone.has_sent_all()
    (first, *others) = server.holds(ana)
    assert first[:2] == (0, "done")
    assert 121 <= first[2] <= 126
    assert others == ALL_SIX[1:]


def test_a_hold_that_ended_while_the_phone_was_locked_is_done_again_when_asked(
    phone: Phone, server: Server, ana: Person
):
    phone.start()
    hide(phone.page, True)
    phone.page.clock.fast_forward(90_000)
    hide(phone.page, False)
    expect(phone.page.get_by_role("button", name="Count it and go on")).to_be_visible()
    assert phone.step == 0
    press(phone.page, "Back")
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)
