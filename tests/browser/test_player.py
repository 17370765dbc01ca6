"""Following a session: what can be done in it, what is heard, and that its clock adds nothing up."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Hold, HurtReport
from routines.models import Routine, Session
from stretches.models import Mark
from tests.browser.axe import violations
from tests.browser.steps import eventually, let_time_pass, press
from tests.browser.test_pages import TWICE
from tests.factories import make_routine

CUES = """
  document.addEventListener("player:cues", ({ detail }) => {
    sessionStorage.cues = JSON.stringify([...JSON.parse(sessionStorage.cues ?? "[]"), ...detail]);
  });
"""
ENDS = """
  JSON.parse(sessionStorage.cues ?? "[]").filter(({ name }) => ["end", "switch"].includes(name)).map(({ at }) => at)
"""
LATEST = 450  # ms
LATE_TIMERS = """
  // Every timer comes late, as in a busy or throttled page: by up to 400 ms, the same each time.
  const wait = window.setTimeout;
  let turn = 0;
  window.setTimeout = (work, time, ...rest) => wait(work, (time ?? 0) + ((turn++ * 137) % 400), ...rest);
"""


@pytest.fixture
def begin(phone: Page, sign_in):
    """Open the player of a new session of these stretches."""

    def open_player(person: User, *slugs: str, page: Page = phone) -> Session:
        routine = make_routine(person, *slugs)
        session = Session.objects.begin(person, Routine.objects.with_items().get(pk=routine.pk))
        sign_in(page, person)
        page.clock.install(time=timezone.now())
        page.goto(f"/sessions/{session.pk}/")
        expect(page.get_by_role("button", name="Start", exact=True)).to_be_enabled()
        return session

    return open_player


def side(page: Page):
    return page.locator(".player__side")


def test_one_that_hurts_is_left_and_the_easier_one_takes_its_place(phone: Page, ana: User, begin):
    begin(ana, "figure-four", "cat-cow")
    press(phone, "Start")
    press(phone, "Skip")
    press(phone, "Skip")
    let_time_pass(phone, 12)
    press(phone, "Pause")
    press(phone, "This one hurts, skip it")
    expect(side(phone)).to_have_text("Left it")
    press(phone, "Easier: Seated figure four")
    expect(phone.locator("#title")).to_have_text("Seated figure four")
    press(phone, "Skip")
    press(phone, "Skip")
    let_time_pass(phone, 31)
    assert eventually(
        lambda: Hold.objects.filter(stretch__slug="seated-figure-four", result="done").exists(), 15
    )
    report = HurtReport.objects.get()
    assert (report.stretch.slug, report.side) == ("figure-four", "left")
    assert 12 <= report.seconds <= 15  # the clock runs on while the test looks


def test_after_a_second_report_it_is_set_aside(phone: Page, ana: User, begin):
    session = begin(ana, "crook-lying-breathing", "cat-cow")
    HurtReport.objects.create(session=Session.objects.begin(ana, session.routine), step=1,
                              stretch=session.stretches["crook-lying-breathing"], seconds=3)  # fmt: skip
    press(phone, "Start")
    press(phone, "Skip")
    press(phone, "Pause")
    press(phone, "This one hurts, skip it")
    if side(phone).inner_text() == "Left it":
        press(phone, "Go on")
    expect(phone.locator("#title")).to_have_text("Cat-cow")
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    let_time_pass(phone, 12)
    assert eventually(lambda: Mark.objects.filter(set_aside_at__isnull=False).exists(), 15)


def test_any_stretch_is_jumped_to_from_the_list(phone: Page, ana: User, begin):
    begin(ana, "figure-four", "cat-cow", "sphinx")
    phone.get_by_role("button", name="All stretches").click()
    phone.get_by_role("button", name="3. Sphinx").click()
    expect(phone.locator("#title")).to_have_text("Sphinx")
    expect(phone.locator("#left")).to_contain_text("3 of 3")
    assert not Hold.objects.exists()


def test_it_waits_between_stretches_for_those_who_want_that(phone: Page, ana: User, begin):
    begin(ana, "cat-cow", "sphinx")
    phone.get_by_role("button", name="Settings").click()
    phone.get_by_label("Wait for me between stretches").check()
    phone.get_by_role("button", name="Close").filter(visible=True).click()
    assert eventually(lambda: User.objects.get(pk=ana.pk).player.get("wait") is True)
    press(phone, "Start")
    let_time_pass(phone, 61)
    expect(phone.locator("#title")).to_have_text("Sphinx")
    expect(side(phone)).to_have_text("When you are ready")
    let_time_pass(phone, 60)
    expect(phone.locator("#count")).to_have_text("10")
    press(phone, "Go on")
    let_time_pass(phone, 2)
    expect(phone.locator("#count")).to_have_text("8")


def test_settings_are_remembered_for_the_next_session(phone: Page, ana: User, begin):
    begin(ana, "cat-cow")
    press(phone, "Sound")
    assert eventually(lambda: User.objects.get(pk=ana.pk).player == {"sound": False})
    phone.reload()
    expect(phone.get_by_role("button", name="Sound")).to_have_attribute("aria-pressed", "false")


def test_the_voice_says_name_dose_side_and_switch(phone: Page, ana: User, begin):
    ana.player = {"voice": True}
    ana.save()
    phone.add_init_script(
        "window.said = []; speechSynthesis.cancel = () => {};"
        "speechSynthesis.speak = ({ text }) => window.said.push(text);"
    )
    begin(ana, "figure-four")
    press(phone, "Start")
    for following in range(1, 4):
        press(phone, "Skip")
        expect(phone.locator(f"#step[data-number='{following}']")).to_be_attached()
    said = phone.evaluate("window.said")
    assert said[0] == "Figure four. 30 s each side. Left side first."
    assert said[-1] == "Switch sides. Now your right side."


def test_without_voice_vibration_wake_lock_and_sound_it_goes_on_all_the_same(phone: Page, ana: User, begin):
    phone.add_init_script(
        """
        for (const name of ["AudioContext", "webkitAudioContext", "speechSynthesis"]) delete window[name];
        const missing = ["wakeLock", "vibrate", "locks", "serviceWorker", "audioSession"];
        for (const name of missing) delete Navigator.prototype[name];
        """
    )
    ana.player = {"voice": True}
    ana.save()
    begin(ana, "cat-cow")
    press(phone, "Start")
    let_time_pass(phone, 61)
    expect(phone.get_by_role("heading", name="How is your back now?")).to_be_visible()
    assert Hold.objects.filter(result="done").count() == 5


def test_the_figure_moves_in_a_flowing_movement_and_stands_with_the_clock(desktop: Page, ana: User, begin):
    begin(ana, "cat-cow", page=desktop)
    desktop.emulate_media(reduced_motion="no-preference")
    desktop.reload()
    press(desktop, "Start")
    press(desktop, "Skip")
    figure = desktop.locator(".ring .figure")
    expect(figure).to_have_attribute("data-moves", "yes")
    assert figure.locator("animate").first.get_attribute("dur") == "10s"
    press(desktop, "Pause")
    assert figure.evaluate("figure => figure.animationsPaused()")


def test_the_longest_routine_keeps_to_its_plan_though_every_timer_is_late(phone: Page, ana: User, sign_in):
    """A step begins where the one before it ended: 33 minutes add up to no more than one late timer."""
    routine = Routine.objects.with_items().get(slug="lumbar-eleven")
    session = Session.objects.begin(ana, routine)
    sign_in(phone, ana)
    phone.add_init_script(CUES)
    phone.clock.install(time=timezone.now())
    phone.goto(f"/sessions/{session.pk}/")
    phone.evaluate(LATE_TIMERS)
    press(phone, "Start")
    started = phone.evaluate(ENDS)[0] - 1000 * session.steps[0].seconds
    for number in range(len(session.steps) - 1):
        expect(phone.locator(f"#step[data-number='{number}']")).to_be_attached()
        left = phone.evaluate(f"JSON.parse(localStorage['player:{session.pk}']).ends - Date.now()")
        phone.clock.run_for(max(0, left) + LATEST)
    assert eventually(lambda: len(phone.evaluate(ENDS)) == len(session.steps))
    ends = phone.evaluate(ENDS)
    planned, elapsed = [], 0
    for step in session.steps:
        elapsed += step.seconds
        planned.append(started + 1000 * elapsed)
    assert len(ends) == len(planned)
    assert len(planned) > 100
    drift = [abs(at - plan) for at, plan in zip(ends, planned, strict=True)]
    assert max(drift) <= 100
    assert drift[-1] <= 50


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_phase_is_accessible(phone: Page, ana: User, begin, scheme: str):
    begin(ana, "figure-four", "sphinx")
    phone.emulate_media(color_scheme=scheme)

    def check(phase: str) -> None:
        phone.wait_for_timeout(50)
        assert violations(phone) == [], phase
        assert not phone.evaluate(TWICE), phase

    phone.clock.resume()
    check("ready")
    press(phone, "Start")
    press(phone, "Skip")
    press(phone, "Skip")
    check("hold")
    press(phone, "Skip")
    check("switch")
    press(phone, "Pause")
    check("paused")
    phone.get_by_role("button", name="All stretches").click()
    check("list")
    phone.keyboard.press("Escape")
    phone.get_by_role("button", name="Settings").click()
    check("settings")
    phone.keyboard.press("Escape")
    other = phone.context.new_page()
    other.goto(phone.url)
    expect(other.locator("#elsewhere")).to_be_visible()
    assert violations(other) == []


@pytest.mark.parametrize("size", [(320, 568), (844, 390), (390, 844), (1280, 800)])
def test_it_fits_every_screen_and_its_buttons_are_large(phone: Page, ana: User, begin, size: tuple[int, int]):
    begin(ana, "figure-four")
    phone.set_viewport_size({"width": size[0], "height": size[1]})
    press(phone, "Start")
    for name in ("Pause", "Skip", "Back"):
        box = phone.get_by_role("button", name=name, exact=True).bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44, name
        assert box["y"] + box["height"] <= size[1], f"{name} is below the screen"
    press(phone, "Pause")
    assert phone.evaluate("document.scrollingElement.scrollWidth") <= size[0]
    expect(phone.get_by_role("button", name="This one hurts, skip it")).to_be_visible()
