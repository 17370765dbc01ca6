"""What a person does with the phone, and what the phone keeps."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import Error, Page, expect

from tests.browser.faults.server import Person, Server
from tests.browser.steps import eventually, press

ALL_SIX = [(step, "done", 6) for step in range(6)]


@dataclass
class Phone:
    page: Page
    server: Server
    person: Person

    def sign_in_as(self, person: Person) -> None:
        """Without the form, as if it had been done in another tab."""
        cookie = {"name": "sessionid", "value": person.cookie, "url": self.server.network.address}
        self.page.context.add_cookies([cookie])

    def sign_out(self) -> None:
        """The server knows this browser no more."""
        self.page.context.clear_cookies(name="sessionid")

    def another_tab(self) -> "Phone":
        return Phone(self.page.context.new_page(), self.server, self.person)

    # --- The player ---------------------------------------------------------------------------------

    def open_session(self) -> None:
        self.page.goto(f"/sessions/{self.person.session}/")
        expect(self.page.locator("[data-act=toggle]")).to_be_enabled()

    def start(self) -> None:
        press(self.page, "Start")
        expect(self.page.locator("#player")).to_have_attribute("data-running", "")

    def pause(self) -> None:
        """Let the session stand still, so that the time that a test needs is not the person's."""
        press(self.page, "Pause")

    def go_on(self) -> None:
        press(self.page, "Go on")

    @property
    def step(self) -> int:
        """The number of the step, or 6 where the session has come to its end."""
        with suppress(Error):  # the page is just leaving
            return int(self.page.evaluate("document.getElementById('step')?.dataset.number ?? 6"))
        return 6

    def hold(self, times: int) -> None:
        """Do so many holds of the six, each to its end. Nothing here waits for a network."""
        goal = min(self.step + times, 6)
        while (number := self.step) < goal:
            self.page.clock.run_for(int(self.page.locator("#count").inner_text()) * 1000 + 50)
            assert eventually(lambda number=number: self.step > number), f"step {number} did not end"

    def come_to_the_end(self) -> None:
        """Do all holds that are left, and see the question after them."""
        self.hold(6)
        expect(self.page.get_by_role("heading", name="How is your back now?")).to_be_visible()

    def wait(self, seconds: int) -> None:
        """Leave the phone alone."""
        self.page.clock.run_for(seconds * 1000)

    def keep_for_offline(self) -> None:
        """Come to the session as people do, by the question before it, and let the service worker keep it."""
        self.page.goto(f"/sessions/{self.person.session}/before/")
        pages = [f"/sessions/{self.person.session}/{part}" for part in ("", "finish/")]
        kept = """async paths => navigator.serviceWorker?.controller != null
            && (await Promise.all(paths.map((path) => caches.match(path, { ignoreVary: true })))).every(Boolean)"""
        assert eventually(lambda: self.page.evaluate(kept, pages), 10)
        self.open_session()

    # --- The outbox ---------------------------------------------------------------------------------

    @property
    def kept(self) -> list[str]:
        """The facts on the phone that no answer has named, of anybody's."""
        keys = self.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('outbox:'))")
        return sorted(key.partition(":")[2].partition(":")[2].partition(":")[2] for key in keys)

    def says(self, sentence: str) -> None:
        expect(self.page.locator("#outbox")).to_contain_text(sentence)

    def says_nothing(self) -> None:
        expect(self.page.locator("#outbox")).to_be_hidden()

    def in_time(self, condition: Callable[[], bool]) -> bool:
        """Whether this comes true within the longest time that the phone waits between two attempts.

        In small steps: an answer must not look late because the page's clock is fast.
        """
        for _ in range(26):
            if eventually(condition, 1):
                return True
            self.wait(5)
        return False

    def has_sent_all(self) -> bool:
        return self.in_time(lambda: not self.kept)
