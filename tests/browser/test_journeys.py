"""A person's way through Limber, on a phone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Hold, PainScore, Rating
from routines.models import Routine, Session
from tests.browser.steps import choose_score, eventually, follow_to_the_end, let_time_pass, press
from tests.factories import make_routine, make_session


def expect_bars(page: Page, sessions: int) -> None:
    """The chart shows so many sessions and says them, each with a lower score afterwards."""
    words = f"{sessions} session{'' if sessions == 1 else 's'}. Lower after {sessions},"
    expect(page.get_by_role("img", name=words)).to_be_visible()
    drawn = [str(path.get_attribute("d")) for path in page.locator(".plot .fell").all()]
    assert "".join(drawn).count("M") == sessions


def test_browse_build_follow_score_and_see_it_in_the_chart(phone: Page):
    phone.goto("/stretches/")
    phone.get_by_label("Search").fill("cat-cow")
    phone.get_by_role("link", name="Cat-cow", exact=True).click()
    expect(phone.get_by_role("heading", name="Cat-cow", level=1)).to_be_visible()
    phone.get_by_role("link", name="Add to a routine").filter(visible=True).click()
    phone.get_by_label("Your first routine, called").fill("Before the desk")
    press(phone, "Make it and add Cat-cow")
    phone.get_by_role("link", name="Open the routine").click()

    phone.get_by_role("button", name="Add a stretch").click()
    phone.get_by_placeholder("Search stretches").fill("figure four")
    phone.get_by_role("button", name="Add Figure four", exact=True).click()
    expect(phone.locator("#count")).to_have_text("two stretches")
    press(phone, "Done")
    expect(phone.locator("#total")).to_have_text("2:31")
    hold = phone.locator("#items").get_by_label("Hold").nth(1)
    hold.fill("20")
    hold.blur()
    expect(phone.locator("#total")).to_have_text("2:11")
    press(phone, "Move Figure four up")
    expect(phone.locator(".build h2")).to_have_text(["Figure four", "Cat-cow"])
    phone.locator(".thumb").get_by_role("link", name="Done").click()

    phone.clock.install()
    press(phone, "Start, 2 min")
    press(phone, "None of these, start")
    choose_score(phone, 6)
    press(phone, "Start")
    expect(phone.locator("#left")).to_have_text("1 of 2, 2:11 left")
    follow_to_the_end(phone)
    expect(phone.get_by_text("Done. Two stretches.")).to_be_visible()
    session = Session.objects.get()
    held = [number for number, step in enumerate(session.steps) if step.kind == "hold"]
    assert list(Hold.objects.order_by("step").values_list("step", "result")) == [(n, "done") for n in held]
    assert session.is_whole

    choose_score(phone, 4)
    expect(phone.locator(".finish__save")).to_have_text("Save, 6 to 4")
    phone.locator(".rate", has_text="Cat-cow").get_by_text("Helped").click()
    phone.get_by_label("Note to yourself").fill("Long drive yesterday")
    phone.locator(".finish__save button").click()

    phone.get_by_role("navigation").get_by_role("link", name="History").click()
    expect_bars(phone, 1)
    phone.get_by_text("The same as a table").click()
    expect(phone.locator("table.data tbody tr")).to_contain_text(["Before the desk"])
    assert list(PainScore.objects.order_by("pk").values_list("moment", "score")) == [
        ("before", 6),
        ("after", 4),
    ]
    assert Rating.objects.get().value == "helped"


def test_a_guests_five_minutes_come_along_into_an_account(phone: Page):
    phone.clock.install()
    phone.goto("/")
    press(phone, "Start the five minutes")
    press(phone, "None of these, start")
    phone.get_by_role("link", name="Skip this question").click()
    expect(phone.locator("#left")).to_have_text("1 of 5, 4:52 left")
    follow_to_the_end(phone)
    press(phone, "Skip all of this")
    guest = User.objects.get()
    assert guest.is_guest
    assert guest.time_zone != ""
    assert guest.sessions.get().is_whole
    assert not PainScore.objects.exists()

    expect(phone.get_by_role("heading", name="Kept on this device")).to_be_visible()
    phone.get_by_role("link", name="Make an account").click()
    phone.get_by_label("What should we call you?").fill("Mara")
    phone.get_by_label("Email").fill("mara@post")
    phone.get_by_label("Password").fill("a few ordinary words")
    press(phone, "Make account")
    expect(phone.get_by_text("That address is missing something, such as .com")).to_be_visible()
    phone.get_by_label("Email").fill("mara@post.example")
    phone.get_by_label("Password").fill("a few ordinary words")
    press(phone, "Make account")
    expect(phone.get_by_role("heading", name="This week")).to_be_visible()
    guest.refresh_from_db()
    assert guest.email == "mara@post.example"
    assert guest.sessions.count() == 1


def test_everything_but_the_clock_works_without_javascript(no_javascript: Page):
    page = no_javascript
    page.goto("/routines/new/")
    page.get_by_placeholder("Name this routine").fill("Evenings")
    press(page, "Add Figure four")
    page.locator("#items").get_by_label("Hold").fill("700")
    press(page, "Save the dose of Figure four")
    expect(page.get_by_text("Hold: a whole number from 1 to 600 seconds.")).to_be_visible()
    expect(page.locator("#items").get_by_label("Hold")).to_have_value("700")
    page.locator("#items").get_by_label("Hold").fill("45")
    press(page, "Save the dose of Figure four")
    expect(page.locator("#total")).to_have_text("2:01")
    press(page, "Add Sphinx")
    press(page, "Move Sphinx up")
    expect(page.locator(".build h2")).to_have_text(["Sphinx", "Figure four"])
    press(page, "Remove Sphinx")
    page.locator(".thumb").get_by_role("link", name="Done").click()

    press(page, "Start, 2 min")
    press(page, "None of these, start")
    press(page, "Start")
    expect(page.get_by_text("Choose a number from 1 to 10, or skip this.")).to_be_visible()
    choose_score(page, 5)
    press(page, "Start")
    sides = []
    for _ in range(6):
        sides.append(page.locator(".player__side").inner_text())
        press(page, "Done")
    assert sides == ["Left side first", *["Left side"] * 2, "Switch sides", *["Right side"] * 2]
    choose_score(page, 3)
    press(page, "Save")
    page.get_by_role("navigation").get_by_role("link", name="History").click()
    expect_bars(page, 1)
    assert Hold.objects.filter(result="done", seconds=45).count() == 2


@pytest.fixture
def playing(phone: Page, ana: User, sign_in) -> Page:
    """The player of a session with figure-four: ready 10, move 8, hold 30, switch 5, move 8, hold 30."""
    routine = make_routine(ana, "figure-four")
    session = Session.objects.begin(ana, Routine.objects.with_items().get(pk=routine.pk))
    sign_in(phone, ana)
    phone.clock.install(time=timezone.now())
    phone.goto(f"/sessions/{session.pk}/")
    expect(phone.get_by_role("button", name="Start", exact=True)).to_be_enabled()
    return phone


def at(page: Page, seconds: int) -> None:
    """The clock shows these seconds, or a few less on a slow machine: it runs on while the test looks."""
    few = "|".join(str(seconds - late) for late in range(4))
    expect(page.locator("#count")).to_have_text(re.compile(rf"^({few})$"))


def test_the_clock_starts_pauses_goes_back_skips_and_gives_ten_seconds_more(playing: Page):
    at(playing, 10)
    press(playing, "Start")
    let_time_pass(playing, 4)
    at(playing, 6)
    press(playing, "Pause")
    expect(playing.locator(".player__side")).to_have_text("Paused")
    let_time_pass(playing, 60)
    at(playing, 6)
    press(playing, "10 seconds more")
    at(playing, 16)
    press(playing, "Go on")
    press(playing, "Skip")
    press(playing, "Skip")
    expect(playing.locator(".player__side")).to_have_text("Left side")
    expect(playing.locator(".player__next")).to_have_text("Next: switch to the right side")
    at(playing, 30)
    let_time_pass(playing, 5)
    press(playing, "Back")
    at(playing, 30)
    press(playing, "Back")
    at(playing, 8)
    assert not Hold.objects.exists()


def test_the_figure_is_mirrored_and_the_colour_changes_with_the_side(playing: Page):
    press(playing, "Start")
    press(playing, "Skip")
    press(playing, "Skip")
    player, figure = playing.locator("#player"), playing.locator(".ring .figure")
    expect(player).to_have_attribute("data-surface", "pine")
    expect(figure).to_have_class("figure figure--flip")
    press(playing, "Skip")
    expect(player).to_have_attribute("data-surface", "ember")
    expect(playing.locator("#said")).to_have_text("Switch sides. Now your right side.")
    press(playing, "Skip")
    press(playing, "Skip")
    expect(playing.locator(".player__side")).to_have_text("Right side")
    expect(figure).to_have_class("figure")


def test_the_player_is_worked_by_keys(playing: Page):
    playing.keyboard.press("Space")
    expect(playing.locator("#player")).to_have_attribute("data-running", "")
    playing.keyboard.press("ArrowRight")
    at(playing, 8)
    playing.keyboard.press("ArrowLeft")
    at(playing, 10)
    playing.keyboard.press("k")
    expect(playing.locator(".player__side")).to_have_text("Paused")


def test_a_reload_comes_back_to_the_same_step_and_second(playing: Page):
    press(playing, "Start")
    press(playing, "Skip")
    press(playing, "Skip")
    let_time_pass(playing, 7)
    playing.reload()
    at(playing, 23)
    expect(playing.locator("#player")).to_have_attribute("data-running", "")


def test_a_hold_that_ended_while_the_phone_slept_is_asked_about(playing: Page):
    press(playing, "Start")
    press(playing, "Skip")
    press(playing, "Skip")
    at(playing, 30)
    playing.clock.fast_forward(120_000)
    expect(playing.locator(".player__side")).to_have_text("Still there?")
    assert not Hold.objects.exists()
    press(playing, "Count it and go on")
    expect(playing.locator(".player__side")).to_have_text("Switch sides")
    assert eventually(lambda: Hold.objects.filter(result="done", seconds=30).count() == 1)


def test_what_is_done_without_a_network_is_kept_and_sent_later(playing: Page):
    press(playing, "Start")
    press(playing, "Skip")
    press(playing, "Skip")
    playing.context.set_offline(True)
    let_time_pass(playing, 31)
    expect(playing.locator("#outbox")).to_contain_text("1 fact kept on this phone")
    assert not Hold.objects.exists()
    playing.context.set_offline(False)
    assert eventually(lambda: Hold.objects.filter(result="done", seconds=30).count() == 1)
    expect(playing.locator("#outbox")).to_be_hidden()


def test_ending_early_keeps_what_was_done(playing: Page):
    press(playing, "Start")
    press(playing, "Skip")
    press(playing, "Skip")
    let_time_pass(playing, 31)
    press(playing, "Pause")
    playing.get_by_role("link", name="End here, keep what you did").click()
    expect(playing.get_by_text("Done. One stretch.")).to_be_visible()
    session = Session.objects.get()
    assert session.finished_at
    assert not session.is_whole
    assert Hold.objects.count() == 1


def test_a_range_of_the_history_is_a_link_that_back_undoes(phone: Page, ana: User, sign_in):
    for days in (2, 60):
        make_session(ana, before=6, after=4, started_at=timezone.now() - timedelta(days=days))
    sign_in(phone, ana)
    phone.goto("/journal/")
    expect_bars(phone, 2)
    phone.get_by_role("link", name="30 days").click()
    expect_bars(phone, 1)
    assert phone.url.endswith("?range=30d")
    phone.go_back()
    expect_bars(phone, 2)


def test_a_change_that_does_not_reach_the_server_is_said_and_can_be_made_again(
    phone: Page, ana: User, sign_in
):
    routine = make_routine(ana, "figure-four", "sphinx")
    sign_in(phone, ana)
    phone.goto(f"/routines/{routine.pk}/edit/")
    phone.context.set_offline(True)
    press(phone, "Move Sphinx up")
    expect(phone.locator("#trouble")).to_contain_text("That was not saved: there is no connection.")
    phone.context.set_offline(False)
    press(phone, "Move Sphinx up")
    expect(phone.locator(".build h2")).to_have_text(["Sphinx", "Figure four"])
    expect(phone.locator("#trouble")).to_be_hidden()
    assert eventually(lambda: routine.items.all()[0].stretch.slug == "sphinx")
