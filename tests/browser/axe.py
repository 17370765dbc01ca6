"""What axe-core finds against accessibility in a page as it stands."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The only rules whose outcome colours can change."""

RUN = """
  runOnly => axe.run(document, {runOnly, resultTypes: ["violations"]}).then(({violations}) =>
    violations.flatMap(({id, nodes}) => nodes.map(({html, failureSummary}) => `${id}: ${html} ${failureSummary}`)))
"""


def violations(page: Page, rules: list[str] = RULES) -> list[str]:
    """One line for each rule that an element breaks."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(RUN, rules)
    return found


def violations_by_day_and_night(page: Page) -> list[str]:
    """The same in light colours, and what dark ones break."""
    page.emulate_media(color_scheme="light")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    return [*found, *(f"dark: {each}" for each in violations(page, OF_COLOURS))]
