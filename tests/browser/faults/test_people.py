"""Somebody signs out, or somebody else signs in, while the phone still keeps facts."""

import pytest
from playwright.sync_api import expect

from tests.browser.faults.phone import ALL_SIX, Phone
from tests.browser.faults.server import Person, Server
from tests.browser.steps import eventually, press


def sign_in_by_form(phone: Phone) -> None:
    phone.page.get_by_label("Email").fill(phone.person.email)
    phone.page.get_by_label("Password").fill(phone.person.password)
    press(phone.page, "Sign in")


def test_who_was_signed_out_meanwhile_signs_in_and_goes_on(phone: Phone, server: Server, ana: Person):
    phone.start()
    phone.sign_out()
    phone.hold(2)
    phone.says("2 facts kept on this phone, not sent yet.")
    phone.pause()
    assert phone.kept == ["hold:0", "hold:1"]
    assert server.holds(ana) == []
    phone.page.get_by_role("link", name="Sign in to send them.").click()
    phone.says("2 facts kept on this phone, not sent yet.")
    sign_in_by_form(phone)
    expect(phone.page).to_have_url(f"{server.network.address}/sessions/{ana.session}/")
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX[:2]
    phone.go_on()
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)


def test_facts_of_one_person_are_neither_sent_nor_shown_to_another(
    phone: Phone, server: Server, ana: Person, ben: Person
):
    phone.start()
    phone.sign_in_as(ben)
    phone.hold(2)
    phone.says("Somebody else is signed in.")
    phone.page.goto("/")
    expect(phone.page.get_by_role("link", name="account")).to_contain_text("Person")
    phone.wait(130)
    phone.says_nothing()
    assert phone.kept == ["hold:0", "hold:1"]
    assert server.holds(ana) == []
    assert server.holds(ben) == []

    phone.sign_in_as(ana)
    phone.open_session()
    assert phone.has_sent_all()
    assert server.holds(ana)[:2] == ALL_SIX[:2]
    assert server.holds(ben) == []


def test_a_token_that_is_lost_is_fetched_anew(phone: Phone, server: Server, ana: Person):
    phone.start()
    phone.hold(1)
    phone.page.context.clear_cookies(name="csrftoken")
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)


def test_a_token_that_changed_in_another_tab_is_used_at_once(phone: Phone, server: Server, ana: Person):
    phone.start()
    phone.hold(1)
    assert eventually(lambda: not phone.kept)
    old = phone.page.evaluate("document.cookie")
    tab = phone.another_tab()
    tab.page.goto("/accounts/login/")
    sign_in_by_form(tab)
    expect(tab.page.get_by_role("heading", name="This week")).to_be_visible()
    assert phone.page.evaluate("document.cookie") != old
    tab.page.close()
    server.network.asked.clear()
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert "GET /accounts/login/" not in server.network.asked
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)


@pytest.mark.parametrize("answer", [401, 403, 409, 413, 422, 500, 503])
def test_a_refusal_of_the_whole_batch_leaves_it_on_the_phone(
    answer: int, phone: Phone, server: Server, ana: Person
):
    phone.page.route("**/journal/facts/", lambda route: route.fulfill(status=answer, json={"error": "No."}))
    phone.start()
    phone.hold(2)
    phone.says("kept on this phone, not sent yet.")
    assert phone.kept == ["hold:0", "hold:1"]
    phone.page.unroute("**/journal/facts/")
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX


def wait_with_two_facts(phone: Phone, server: Server) -> None:
    phone.keep_for_offline()
    server.network.mode = "refuse-facts"
    phone.start()
    phone.hold(2)
    phone.pause()
    phone.page.goto("/accounts/logout/")
    phone.says("2 facts kept on this phone, not sent yet.")


def test_signing_out_sends_first_what_is_kept(phone: Phone, server: Server, ana: Person):
    wait_with_two_facts(phone, server)
    server.network.mode = "pass"
    press(phone.page, "Sign out")
    expect(phone.page.get_by_role("link", name="Sign in")).to_be_visible()
    assert phone.kept == []
    assert server.holds(ana) == ALL_SIX[:2]


def test_signing_out_asks_before_what_cannot_be_sent_is_lost(phone: Phone, server: Server, ana: Person):
    wait_with_two_facts(phone, server)
    asked: list[str] = []
    phone.page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    press(phone.page, "Sign out")
    assert eventually(lambda: phone.page.wait_for_timeout(100) or bool(asked), 20)  # a dialog needs its turn
    assert "2 things you did are kept on this phone alone" in asked[0]
    assert phone.kept == ["hold:0", "hold:1"]

    server.network.mode = "pass"
    phone.open_session()
    phone.go_on()
    phone.come_to_the_end()
    assert phone.has_sent_all()
    assert server.holds(ana) == ALL_SIX
    assert server.is_whole(ana)
