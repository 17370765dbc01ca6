"""Tabs are closed, die, or are opened twice; fingers tap more often than they mean to."""

from contextlib import suppress

from playwright.sync_api import Error, expect

from tests.browser.faults.phone import ALL_SIX, Phone
from tests.browser.faults.server import Person, Server
from tests.browser.steps import choose_score, eventually


def test_a_session_goes_on_in_a_new_tab_after_its_tab_was_closed(phone: Phone, server: Server, ana: Person):
    server.network.mode = "refuse-facts"
    phone.start()
    phone.hold(3)
    assert phone.kept == ["hold:0", "hold:1", "hold:2"]
    tab = phone.another_tab()
    phone.page.close()
    server.network.mode = "pass"
    tab.open_session()
    expect(tab.page.locator("#step[data-number='3']")).to_be_attached()
    tab.come_to_the_end()
    assert tab.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)


def test_what_is_done_is_sent_while_the_tab_closes(phone: Phone, server: Server, ana: Person):
    phone.start()
    phone.hold(1)
    assert eventually(lambda: not phone.kept)
    phone.hold(1)
    assert phone.kept == ["hold:1"]
    phone.another_tab()
    phone.page.close(run_before_unload=True)
    assert eventually(lambda: server.holds(ana) == ALL_SIX[:2])


def test_a_page_that_crashes_comes_back_to_its_step(phone: Phone, server: Server, ana: Person):
    server.network.mode = "refuse-facts"
    phone.start()
    phone.hold(2)
    tab = phone.another_tab()
    with suppress(Error):
        phone.page.goto("chrome://crash", timeout=2000)
    phone.page.close()
    server.network.mode = "pass"
    tab.open_session()
    expect(tab.page.locator("#step[data-number='2']")).to_be_attached()
    tab.come_to_the_end()
    assert tab.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)


def test_a_triple_tap_on_skip_is_one_step_and_on_save_one_score(phone: Phone, server: Server, ana: Person):
    phone.start()
    phone.page.locator("[data-act=skip]").evaluate(
        "button => { button.click(); button.click(); button.click(); }"
    )
    expect(phone.page.locator("#step[data-number='1']")).to_be_attached()
    phone.page.locator("[data-act=skip]").click(click_count=3)
    expect(phone.page.locator("#step[data-number='2']")).to_be_attached()
    phone.come_to_the_end()
    choose_score(phone.page, 4)
    phone.page.locator(".finish__save button").click(click_count=3)
    expect(phone.page.get_by_role("navigation").get_by_role("link", name="History")).to_be_visible()
    assert phone.has_sent_all()
    assert [(step, result) for step, result, _ in server.holds(ana)] == [
        (step, "skipped" if step < 2 else "done") for step in range(6)
    ]
    assert server.scores(ana) == [("after", 4)]
    assert server.is_whole(ana)


def test_a_session_runs_in_one_tab_at_a_time(phone: Phone, server: Server, ana: Person):
    phone.start()
    phone.hold(2)
    tab = phone.another_tab()
    tab.page.goto(f"/sessions/{ana.session}/")
    expect(tab.page.locator("#player[inert]")).to_be_attached()
    expect(tab.page.get_by_text("This session runs in another tab")).to_be_visible()
    phone.hold(1)
    tab.page.locator("[data-act=take-over]").click()
    expect(tab.page.locator("#player[inert]")).not_to_be_attached()
    expect(phone.page.locator("#player[inert]")).to_be_attached()
    expect(tab.page.locator("#step[data-number='3']")).to_be_attached()
    tab.come_to_the_end()
    phone.page.clock.run_for(60_000)
    assert tab.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)
