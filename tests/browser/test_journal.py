"""The journal as a person uses it: answering, correcting, marking a flare-up, reading the chart, printing."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import FlareUp, PainScore
from routines.models import Session
from tests.browser.steps import eventually, press
from tests.factories import make_session


@pytest.fixture
def weeks(ana: User) -> list[Session]:
    """Forty sessions, the last of them a day ago."""
    now = timezone.now()
    days = [day for day in range(1, 70) if day % 7 not in (0, 3, 5)]
    return [
        make_session(
            ana,
            "cat-cow",
            before=4 + day % 3,
            after=2 + day % 4,
            started_at=now - timedelta(hours=24 * day - 2),
        )
        for day in reversed(days)
    ]


@pytest.fixture
def at_ana(phone: Page, ana: User, weeks, sign_in) -> Page:
    sign_in(phone, ana)
    return phone


def test_a_day_later_one_tap_answers_and_the_answer_is_corrected(at_ana: Page, weeks):
    at_ana.goto("/")
    form = at_ana.locator("#next-day")
    expect(form.get_by_role("heading", name="A day later, how is your back?")).to_be_visible()
    form.get_by_role("button", name=re.compile("^3.*Mild; easy to forget")).click()
    expect(form).to_have_count(0)
    assert weeks[-1].pain_scores.get(moment="next-day").score == 3
    at_ana.goto(f"/journal/{weeks[-1].day}/")
    at_ana.get_by_role("link", name="Change the score: A day later").click()
    at_ana.locator("[name=score][value='5']").check(force=True)
    press(at_ana, "Save")
    expect(at_ana.get_by_role("definition").filter(has_text="Nagging").last).to_be_visible()
    score = weeks[-1].pain_scores.get(moment="next-day")
    assert (score.score, score.first_score) == (5, 3)


def test_a_check_in_of_another_day_is_written_with_the_keyboard_alone(at_ana: Page, ana: User):
    day = timezone.localdate() - timedelta(days=30)
    at_ana.goto("/journal/check-in/")
    at_ana.locator("[name=score][value='10']").focus()
    at_ana.keyboard.press("ArrowDown")
    at_ana.keyboard.press("ArrowDown")
    at_ana.locator("summary").focus()
    at_ana.keyboard.press("Enter")
    at_ana.get_by_label("Day").fill(day.isoformat())
    at_ana.get_by_label("Time").fill("07:15")
    at_ana.keyboard.press("Enter")
    expect(at_ana.get_by_role("heading", name="Check-ins")).to_be_visible()
    score = PainScore.objects.check_ins().get()
    assert (score.score, score.day, f"{score.there:%H:%M}") == (8, day, "07:15")


def test_a_flare_up_is_marked_shaded_and_over(at_ana: Page):
    at_ana.goto("/journal/")
    at_ana.get_by_role("link", name="Mark a flare-up").click()
    at_ana.get_by_label("What was it?").fill("Moved house")
    at_ana.get_by_label("First day").fill((timezone.localdate() - timedelta(days=20)).isoformat())
    press(at_ana, "Mark it")
    expect(at_ana.get_by_role("link", name="Moved house")).to_be_visible()
    at_ana.goto("/journal/")
    expect(at_ana.locator("rect.flare")).to_have_count(2)  # on the chart and in its legend
    at_ana.goto("/journal/flares/")
    press(at_ana, "It is over")
    expect(at_ana.get_by_role("button", name="It is over")).to_have_count(0)
    assert FlareUp.objects.get().ends_on == timezone.localdate() - timedelta(days=1)


def test_the_range_changes_in_place_and_back_leads_back(at_ana: Page):
    at_ana.goto("/journal/")
    usual = at_ana.locator(".chart--main .plot").get_attribute("aria-label")
    at_ana.get_by_role("link", name="30 days").click()
    expect(at_ana).to_have_url(re.compile(r"\?range=30d"))
    expect(at_ana.get_by_role("link", name="30 days")).to_have_attribute("aria-current", "true")
    assert at_ana.locator(".chart--main .plot").get_attribute("aria-label") != usual
    expect(at_ana.get_by_role("heading", name="Thirteen weeks")).to_be_visible()
    at_ana.get_by_role("link", name="Earlier").click()
    expect(at_ana).to_have_url(re.compile(r"end="))
    at_ana.go_back()
    at_ana.go_back()
    expect(at_ana.locator(".chart--main .plot")).to_have_attribute("aria-label", usual)


def test_the_reading_line_is_moved_by_keys_and_says_where_it_is(at_ana: Page, weeks):
    at_ana.goto("/journal/?range=30d")
    reader = at_ana.get_by_label("Read the chart")
    reader.focus()
    words = at_ana.locator(".reader output")
    last = words.inner_text()
    assert re.search(r"\d before, \d after", last)
    at_ana.keyboard.press("ArrowLeft")
    expect(words).not_to_have_text(last)
    assert reader.get_attribute("aria-valuetext") == words.inner_text()
    at_ana.keyboard.press("Home")
    expect(at_ana.locator("line.reading")).not_to_have_attribute("visibility", "hidden")
    first = float(at_ana.locator("line.reading").get_attribute("x1").rstrip("%"))
    assert first < 15
    at_ana.keyboard.press("End")
    expect(words).to_have_text(last)


def test_the_report_fits_one_sheet_of_a4(desktop: Page, ana: User, weeks, sign_in, tmp_path: Path):
    sign_in(desktop, ana)
    desktop.goto("/journal/report/")
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("Lower back")
    paper = desktop.pdf(path=tmp_path / "report.pdf", format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_without_javascript_a_score_is_given_and_a_flare_up_marked(
    no_javascript: Page, ana: User, weeks, sign_in
):
    sign_in(no_javascript, ana)
    no_javascript.goto("/journal/check-in/")
    no_javascript.locator("[name=score][value='4']").check(force=True)
    press(no_javascript, "Save")
    expect(no_javascript.get_by_text("Noticeable; I still do everything")).to_be_visible()
    no_javascript.goto("/journal/flares/")
    press(no_javascript, "Mark it")
    assert eventually(lambda: FlareUp.objects.count() == 1)
    no_javascript.goto("/journal/?range=all")
    expect(no_javascript.locator(".chart--main .plot")).to_be_visible()
