"""The network fails in the middle of a session. What was done is recorded, once."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.faults.phone import ALL_SIX, Phone
from tests.browser.faults.server import Person, Server
from tests.browser.steps import choose_score, eventually


def test_a_network_that_is_cut_in_mid_session_loses_nothing(phone: Phone, server: Server, ana: Person):
    phone.start()
    phone.hold(1)
    assert eventually(lambda: server.holds(ana) == ALL_SIX[:1])
    server.network.mode = "refuse"
    phone.hold(3)
    phone.says("3 facts kept on this phone, not sent yet.")
    assert phone.kept == ["hold:1", "hold:2", "hold:3"]
    assert server.holds(ana) == ALL_SIX[:1]
    server.network.mode = "pass"
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)
    phone.says_nothing()


def test_a_session_that_ends_without_a_network_is_sent_by_the_next_page(
    phone: Phone, server: Server, ana: Person
):
    phone.start()
    phone.hold(4)
    server.network.mode = "refuse"
    phone.hold(2)
    phone.wait(3)
    server.network.mode = "pass"
    phone.page.goto("/")
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)


def test_a_reload_without_a_network_comes_back_to_the_same_step(phone: Phone, server: Server, ana: Person):
    phone.keep_for_offline()
    phone.start()
    phone.hold(1)
    server.network.mode = "refuse"
    phone.hold(2)
    phone.pause()
    phone.page.reload()
    expect(phone.page.locator("#step[data-number='3']")).to_be_attached()
    phone.says("facts kept on this phone, not sent yet.")
    phone.go_on()
    phone.hold(1)
    server.network.mode = "pass"
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)


def test_a_session_is_ended_and_scored_without_a_network(phone: Phone, server: Server, ana: Person):
    phone.keep_for_offline()
    phone.start()
    server.network.mode = "refuse"
    phone.come_to_the_end()
    choose_score(phone.page, 4)
    phone.page.locator(".finish__save button").click()
    expect(phone.page).not_to_have_url(re.compile("/finish/"))
    assert eventually(lambda: "pain:after" in phone.kept)
    server.network.mode = "pass"
    phone.page.goto("/")
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.scores(ana) == [("after", 4)]
    assert server.is_whole(ana)


def test_an_answer_that_is_lost_after_the_server_has_recorded_changes_nothing(
    phone: Phone, server: Server, ana: Person
):
    server.network.mode = "drop"
    phone.start()
    phone.hold(3)
    phone.says("kept on this phone, not sent yet.")
    assert eventually(lambda: len(server.holds(ana)) >= 1)
    recorded = server.hold_rows(ana)
    assert set(phone.kept) >= {"hold:0"}
    server.network.mode = "pass"
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.hold_rows(ana)[: len(recorded)] == recorded
    assert server.is_whole(ana)


def test_a_network_that_hangs_holds_nobody_up(phone: Phone, server: Server, ana: Person):
    server.network.mode = "hang"
    phone.start()
    began = time.monotonic()
    phone.hold(5)
    assert time.monotonic() - began < 5
    expect(phone.page.locator("#outbox")).to_contain_text("5 facts kept on this phone", timeout=12_000)
    server.network.mode = "pass"
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)


@pytest.mark.parametrize("hotel", ["portal", "redirect"])
def test_a_hotel_that_answers_for_everybody_is_not_believed(hotel, phone: Phone, server: Server, ana: Person):
    server.network.mode = hotel
    phone.start()
    phone.hold(3)
    phone.says("kept on this phone, not sent yet.")
    assert phone.kept == ["hold:0", "hold:1", "hold:2"]
    server.network.mode = "pass"
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)


def test_a_slow_network_is_asked_once_in_ten_seconds_at_most(phone: Phone, server: Server, ana: Person):
    server.network.mode = "slow"
    phone.start()
    phone.hold(5)
    assert server.network.batches() <= 4
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)
