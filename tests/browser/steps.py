"""What a person does in a browser, in words."""

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect


def choose_score(page: Page, score: int) -> None:
    """Touch a rung of the ladder."""
    page.locator(".ladder label", has=page.locator(f"input[value='{score}']")).click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).filter(visible=True).click()


def let_time_pass(page: Page, seconds: int) -> None:
    """Let the page's clock run, second by second, so that every step gets its turn."""
    for _ in range(seconds):
        page.clock.run_for(1000)


def follow_to_the_end(page: Page) -> None:
    """Start the clock of the player and let it run until the finish page shows; an hour is the most."""
    page.get_by_role("button", name="Start", exact=True).click()
    for _ in range(720):
        if "/finish/" in page.url:
            break
        let_time_pass(page, 5)
    expect(page.get_by_role("heading", name="How is your back now?")).to_be_visible()


def eventually(condition: Callable[[], bool], seconds: float = 5) -> bool:
    """Whether the server's side of something comes true in a while."""
    end = time.monotonic() + seconds
    while not (come_true := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return come_true
