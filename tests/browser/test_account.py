"""Accounts in a browser: passkeys under the policy, the theme from the first paint, the safety check by touch."""

from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.steps import eventually, press

PASSWORD = "correct horse battery"


def test_a_passkey_is_added_and_signs_in(desktop: Page, ana: User, live_server):
    page = desktop
    where = live_server.url.replace("127.0.0.1", "localhost")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    lock = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": lock})
    page.goto(f"{where}/accounts/login/")
    page.get_by_label("Email").fill(ana.email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("heading", name="This week")).to_be_visible()
    page.goto(f"{where}/accounts/passkeys/add/")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Go on")
    page.get_by_label("Name").fill("Laptop")
    press(page, "Add it")
    expect(page.get_by_role("term")).to_have_text("Laptop")
    page.goto(f"{where}/accounts/logout/")
    press(page, "Sign out")
    expect(page.get_by_role("button", name="Start the five minutes")).to_be_visible()
    page.goto(f"{where}/accounts/login/")
    press(page, "Sign in with a passkey")
    expect(page.get_by_role("heading", name="This week")).to_be_visible()


def test_a_theme_holds_from_the_first_paint(phone: Page, ana: User, sign_in):
    sign_in(phone, ana)
    phone.goto("/accounts/preferences/")
    phone.get_by_text("Dark", exact=True).click()
    press(phone, "Save")
    expect(phone.get_by_text("Saved.")).to_be_visible()
    assert phone.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    assert eventually(lambda: User.objects.get(pk=ana.pk).theme == "dark")


def test_who_ticks_a_warning_sign_is_not_offered_the_start(phone: Page):
    phone.goto("/")
    press(phone, "Start the five minutes")
    start = phone.get_by_role("button", name="None of these, start")
    expect(start).to_be_visible()
    phone.get_by_label("A lump, or a back that has changed shape").check()
    expect(start).to_be_hidden()
    press(phone, "Continue with what I ticked")
    expect(phone.get_by_role("heading", name="Ask a doctor before you start")).to_be_visible()
    assert not User.objects.exists()
    press(phone, "A doctor has already said it is fine")
    expect(phone.get_by_role("heading", name="How is your back right now?")).to_be_visible()
