"""Without a network: what the phone keeps, what can be done with it, and what is left behind."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.context import person_key
from accounts.models import User
from config import offline
from journal.models import Hold, PainScore, Rating, SessionNote
from routines.models import Routine, Session
from tests.browser.conftest import PHONE, watched_page
from tests.browser.steps import choose_score, eventually, let_time_pass, press
from tests.factories import make_routine, make_session

KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    found[name] = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  }
  return found;
}"""


def kept(page: Page) -> dict[str, list[str]]:
    """The pages that the phone keeps, by whose they are."""
    return {name: paths for name, paths in page.evaluate(KEPT).items() if name.startswith("pages-")}


def is_in_charge(page: Page) -> bool:
    """Whether the worker has installed itself and answers for this page."""
    return eventually(lambda: page.evaluate("navigator.serviceWorker.controller !== null"), 10)


def is_kept(page: Page, *paths: str) -> bool:
    return eventually(lambda: set(paths) <= {path for all_ in kept(page).values() for path in all_}, 20) and (
        is_in_charge(page)
    )


@pytest.fixture
def phone(browser: Browser, live_server, transactional_db: None, catalogue: None) -> Iterator[Page]:
    with watched_page(browser, live_server.url, service_workers="allow", **PHONE) as page:
        yield page


@pytest.fixture
def at_ana(phone: Page, ana: User, sign_in) -> Page:
    sign_in(phone, ana)
    return phone


@pytest.fixture
def cut(monkeypatch) -> Callable[[Page], None]:
    """Cut a page off. Chromium lets what is sent while a page closes through: the server doesn't hear it."""

    def cut_off(page: Page) -> None:
        page.context.set_offline(True)
        monkeypatch.setattr(BaseHandler, "get_response", lambda self, request: HttpResponse(status=429))

    return cut_off


@pytest.fixture
def mend(monkeypatch) -> Callable[[Page], None]:
    def put_back(page: Page) -> None:
        monkeypatch.undo()
        page.context.set_offline(False)

    return put_back


def parts(stem: str) -> list[str]:
    return [f"{stem}{part}" for part in ("before/", "", "finish/")]


def test_a_session_begun_online_goes_on_after_a_reload_without_a_network(at_ana: Page, ana: User, cut, mend):
    page, routine = at_ana, make_routine(ana, "figure-four")
    page.goto(f"/routines/{routine.pk}/")
    press(page, "Start, 2 min")
    session = page.wait_for_url(re.compile("/before/")) or Session.objects.get()
    assert is_kept(page, *parts(f"/sessions/{session.pk}/"))
    cut(page)
    choose_score(page, 6)
    press(page, "Start")
    expect(page.locator("#count")).to_have_text("10")
    page.reload()
    expect(page.locator("#count")).to_have_text("10")
    press(page, "Skip")
    press(page, "Skip")
    page.goto(f"/sessions/{session.pk}/finish/")
    choose_score(page, 4)
    page.get_by_label("Note to yourself").fill("On a train")
    page.get_by_text("Helped").click()
    page.locator(".finish__save button").click()
    expect(page.get_by_role("heading", name="You’re offline")).to_be_visible()
    expect(page.locator("#unsent")).to_have_text("What you did is kept on this phone, not sent yet.")
    assert not PainScore.objects.exists()
    mend(page)
    expect(page.locator("#next")).to_be_visible(timeout=10_000)
    assert eventually(lambda: PainScore.objects.count() == 2)
    assert eventually(lambda: SessionNote.objects.count() == 1)
    assert dict(PainScore.objects.values_list("moment", "score")) == {"before": 6, "after": 4}
    assert (Rating.objects.get().value, SessionNote.objects.get().text) == ("helped", "On a train")
    session.refresh_from_db()
    assert session.finished_at
    assert not session.is_whole


def test_a_routine_opened_once_is_started_followed_and_finished_without_a_network(
    at_ana: Page, ana: User, cut, mend
):
    page, routine = at_ana, make_routine(ana, "figure-four")
    page.goto(f"/routines/{routine.pk}/")
    assert is_kept(page, *parts(f"/routines/{routine.pk}/offline/"))
    cut(page)
    page.clock.install(time=timezone.now())
    press(page, "Start, 2 min")
    page.wait_for_url(re.compile(rf"/routines/{routine.pk}/offline/before/#"))
    choose_score(page, 7)
    press(page, "Start")
    expect(page.locator("#count")).to_have_text("10")
    press(page, "Start")
    for _ in range(60):
        if "/finish/" in page.url:
            break
        let_time_pass(page, 5)
    expect(page.get_by_role("heading", name="How is your back now?")).to_be_visible()
    choose_score(page, 5)
    page.locator(".finish__save button").click()
    expect(page.get_by_role("heading", name="You’re offline")).to_be_visible()
    assert not Session.objects.exists()

    mend(page)
    for _ in range(2):
        expect(page.locator("#next")).to_be_visible(timeout=10_000)
        assert eventually(lambda: PainScore.objects.filter(moment="after").exists())
        expect(page.locator("#outbox")).to_be_hidden()
        page.reload()
    session = Session.objects.get()
    held = [number for number, step in enumerate(session.steps) if step.kind == "hold"]
    assert list(Hold.objects.order_by("step").values_list("step", "result")) == [(n, "done") for n in held]
    assert dict(PainScore.objects.values_list("moment", "score")) == {"before": 7, "after": 5}
    assert (session.user, session.routine, session.is_whole) == (ana, routine, True)
    assert page.evaluate("Object.keys(localStorage).filter((key) => /^(begun|outbox):/.test(key))") == []


def test_the_offline_page_lists_what_can_be_started_and_gone_on_with(at_ana: Page, ana: User):
    page = at_ana
    first, second = make_routine(ana, "figure-four"), make_routine(ana, "sphinx", name="Evenings")
    for routine in (first, second):
        page.goto(f"/routines/{routine.pk}/")
        assert is_kept(page, *parts(f"/routines/{routine.pk}/offline/"))
    page.context.set_offline(True)
    page.goto("/journal/")
    expect(page.locator("#kept")).to_contain_text("Two routines are saved on this phone")
    press(page, f"Evenings, {Routine.objects.with_items().get(pk=second.pk).minutes} min")
    page.get_by_role("link", name="Skip this question").click()
    expect(page.locator("#count")).to_have_text("10")
    press(page, "Skip")
    page.goto("/journal/")
    page.get_by_role("link", name="Go on with Evenings").click()
    expect(page.locator("#step")).to_have_attribute("data-number", "1")
    page.goto("/safety/")
    expect(page.get_by_role("heading", name="When not to stretch")).to_be_visible()


def test_an_edited_routine_is_kept_as_it_is_now(at_ana: Page, ana: User):
    page, routine = at_ana, make_routine(ana, "figure-four")
    stem = f"/routines/{routine.pk}/offline/"
    page.goto(f"/routines/{routine.pk}/")
    assert is_kept(page, *parts(stem))
    routine.rename("After the desk")
    page.reload()
    text = f"async () => (await (await caches.match('{stem}finish/')).text()).includes('After the desk')"
    assert eventually(lambda: page.evaluate(text))


def test_a_new_version_renews_what_is_kept(at_ana: Page, ana: User, monkeypatch):
    page, routine = at_ana, make_routine(ana, "figure-four")
    page.goto(f"/routines/{routine.pk}/")
    stem = f"/routines/{routine.pk}/offline/"
    assert is_kept(page, *parts(stem))
    Routine.objects.filter(pk=routine.pk).update(name="As it is after the deploy")
    monkeypatch.setattr(offline, "version", lambda: "another")
    page.evaluate("navigator.serviceWorker.getRegistration().then((it) => it.update())")
    statics = lambda: [name for name in page.evaluate(KEPT) if name.startswith("static-")]  # noqa: E731
    assert eventually(lambda: statics() == ["static-another"], 30)
    page.context.set_offline(True)
    page.goto("/")
    press(page, "As it is after the deploy, 2 min")
    expect(page.get_by_role("heading", name="How is your back right now?")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.ladder')).display") != "block"


def test_a_new_version_that_cannot_be_fetched_whole_leaves_the_old_one(at_ana: Page, ana: User, monkeypatch):
    page, routine = at_ana, make_routine(ana, "figure-four")
    page.goto(f"/routines/{routine.pk}/")
    assert is_kept(page, *parts(f"/routines/{routine.pk}/offline/"))
    monkeypatch.setattr(offline, "version", lambda: "broken")
    monkeypatch.setattr(offline, "pages", lambda: ["/offline/", "/nothing-here/"])
    with pytest.raises(Exception, match="Failed to update"):
        page.evaluate("navigator.serviceWorker.getRegistration().then((it) => it.update())") or page.evaluate(
            "navigator.serviceWorker.getRegistration().then((it) => new Promise((_, no) => {"
            " const w = it.installing; if (!w) no(Error('Failed to update'));"
            " w.onstatechange = () => w.state === 'redundant' && no(Error('Failed to update')); }))"
        )
    page.context.set_offline(True)
    page.goto("/")
    expect(page.locator("#kept")).to_contain_text("One routine is saved")


def test_somebody_else_who_signs_in_finds_nothing(at_ana: Page, ana: User, ben: User, sign_in):
    page, hers, his = at_ana, make_routine(ana, "figure-four"), make_routine(ben, "sphinx")
    page.goto(f"/routines/{hers.pk}/")
    assert is_kept(page, *parts(f"/routines/{hers.pk}/offline/"))
    sign_in(page, ben)
    page.goto(f"/routines/{his.pk}/")
    assert is_kept(page, *parts(f"/routines/{his.pk}/offline/"))
    assert list(kept(page)) == [f"pages-{person_key(ben)}"]


def test_signing_out_sends_what_waits_and_leaves_nothing(at_ana: Page, ana: User):
    page, routine = at_ana, make_routine(ana, "figure-four")
    page.goto(f"/routines/{routine.pk}/")
    press(page, "Start, 2 min")
    page.wait_for_url(re.compile("/before/"))
    session = Session.objects.get()
    assert is_kept(page, *parts(f"/sessions/{session.pk}/"))
    page.goto("/accounts/")
    wait_in_outbox(page, ana, session, "pain:before", {"score": 3})
    press(page, "Sign out")
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert PainScore.objects.get().score == 3
    assert kept(page) == {}
    assert person_key(ana) not in page.evaluate("JSON.stringify(localStorage)")
    assert "player:" not in page.evaluate("JSON.stringify(localStorage)")


def wait_in_outbox(page: Page, user: User, session: Session, key: str, value: dict) -> None:
    id_ = f"outbox:{person_key(user)}:{session.pk}:{key}"
    fact = {"id": id_, "session": str(session.pk), "key": key, "value": value, "at": 1, "sequence": 1}
    page.evaluate("([id, fact]) => localStorage.setItem(id, fact)", [id_, json.dumps(fact)])


def test_without_a_network_signing_out_warns_and_can_be_left(at_ana: Page, ana: User):
    page, routine = at_ana, make_routine(ana, "figure-four")
    page.goto(f"/routines/{routine.pk}/")
    assert is_kept(page, *parts(f"/routines/{routine.pk}/offline/"))
    session = Session.objects.begin(ana, Routine.objects.with_items().get(pk=routine.pk))
    page.goto("/accounts/")
    page.context.set_offline(True)
    wait_in_outbox(page, ana, session, "pain:before", {"score": 3})
    page.once("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog") as asked:
        press(page, "Sign out")
    assert asked.value.message.startswith("One thing you did is kept on this phone alone, not sent yet.")
    assert kept(page) != {}
    page.once("dialog", lambda dialog: dialog.accept())
    press(page, "Sign out")
    expect(page.locator("#trouble")).to_contain_text("There is no connection.")
    assert kept(page) == {}
    assert person_key(ana) not in page.evaluate("JSON.stringify(localStorage)")


def test_the_page_of_a_hotel_is_never_kept(at_ana: Page, ana: User, monkeypatch):
    page, routine = at_ana, make_routine(ana, "figure-four")
    stem = f"/routines/{routine.pk}/offline/"
    page.goto(f"/routines/{routine.pk}/")
    assert is_kept(page, *parts(stem))
    press(page, "Start, 2 min")
    page.wait_for_url(re.compile("/before/"))
    session = Session.objects.get()
    assert is_kept(page, *parts(f"/sessions/{session.pk}/"))
    portal(monkeypatch)
    page.goto(f"/sessions/{session.pk}/")
    expect(page.get_by_role("heading", name="Hotel")).to_be_visible()
    page.evaluate(
        "(stem) => navigator.serviceWorker.ready.then((it) =>"
        f" it.active.postMessage({{ person: '{person_key(ana)}', keep: [stem] }}))",
        stem,
    )
    page.wait_for_timeout(500)
    monkeypatch.undo()
    page.context.set_offline(True)
    page.goto(f"/sessions/{session.pk}/")
    expect(page.locator("#count")).to_have_text("10")
    page.goto("/")
    press(page, "Before the desk, 2 min")
    expect(page.get_by_role("heading", name="How is your back right now?")).to_be_visible()


def portal(monkeypatch) -> None:
    """From now on everything is answered with 200 and somebody else's page."""
    monkeypatch.setattr(BaseHandler, "get_response", lambda self, request: HttpResponse("<h1>Hotel</h1>"))


def test_a_newcomer_is_given_no_worker(phone: Page):
    phone.goto("/")
    assert phone.evaluate("navigator.serviceWorker.getRegistration()") is None
    press(phone, "Start the five minutes")
    press(phone, "None of these, start")
    assert is_in_charge(phone)


def test_a_browser_would_install_it(phone: Page):
    phone.goto("/")
    session = phone.context.new_cdp_session(phone)
    manifest = session.send("Page.getAppManifest")
    assert manifest["url"].endswith("/manifest.webmanifest")
    assert manifest["errors"] == []
    # A window of a test is a private one: that is the one thing in the way.
    wrong = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [each["errorId"] for each in wrong if each["errorId"] != "in-incognito"] == []


@pytest.fixture
def plain_phone(browser: Browser, live_server, transactional_db: None, catalogue: None) -> Iterator[Page]:
    """A phone in which the address counts as one without HTTPS."""
    with watched_page(browser, live_server.url, **PHONE) as page:
        page.add_init_script(
            "Object.defineProperty(window, 'isSecureContext', { value: false });"
            "delete Navigator.prototype.serviceWorker; delete window.caches;"
        )
        yield page


def test_without_https_a_line_says_what_is_missing(plain_phone: Page, ana: User, sign_in):
    page, routine = plain_phone, make_routine(ana, "figure-four")
    sign_in(page, ana)
    page.goto(f"/routines/{routine.pk}/")
    expect(page.get_by_text("not HTTPS")).to_have_count(0)
    press(page, "Start, 2 min")
    expect(page.get_by_text("because this address is not HTTPS")).to_be_visible()
    choose_score(page, 6)
    press(page, "Start")
    expect(page.locator("#count")).to_have_text("10")
    assert PainScore.objects.get().score == 6
    page.goto("/accounts/")
    press(page, "Sign out")
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_what_a_guest_did_without_a_network_comes_along_to_their_account(phone: Page, ana: User, sign_in):
    guest = User.objects.create_guest()
    session = make_session(guest, "figure-four", finished=False)
    sign_in(phone, guest)
    phone.route("**/journal/facts/", lambda route: route.fulfill(status=429))
    phone.goto("/accounts/login/")
    hold = next(number for number, step in enumerate(session.steps) if step.kind == "hold")
    fact = {"session": str(session.pk), "key": f"hold:{hold}", "value": {"result": "done", "seconds": 10}}
    phone.evaluate(
        """({ key, fact }) => localStorage.setItem(
            `outbox:${key}:${fact.session}:${fact.key}`, JSON.stringify({ ...fact, at: Date.now(), sequence: 1 }))""",
        {"key": person_key(guest), "fact": fact},
    )
    phone.reload()
    expect(phone.locator("#outbox")).to_contain_text("1 fact kept on this phone")
    phone.unroute("**/journal/facts/")
    phone.get_by_label("Email").fill(ana.email)
    phone.get_by_label("Password").fill("correct horse battery")
    press(phone, "Sign in")
    expect(phone.get_by_role("heading", name="Sign in")).to_be_hidden()
    session.refresh_from_db()
    assert session.user == ana
    assert Hold.objects.get().seconds == 10
