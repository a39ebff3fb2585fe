"""Waiting for what a page comes to. Playwright's own `wait_for_function` polls inside the page, by `eval`, which the
site's security policy refuses: it only works when what is awaited is already there."""

import time

from playwright.sync_api import Locator, Page


def attendre(page: Page, script: str, arg: object = None, seconds: float = 15) -> None:
    """Ask the page again until `script` is true.

    Raises:
        AssertionError: it is not, after so many seconds.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(script, arg):
        assert time.monotonic() < end, f"still false: {script}"
        page.wait_for_timeout(50)


def suivre(page: Page, link: Locator) -> None:
    """Follow a link, or press what sends a form, until the page that it leads to is loaded, scripts included.

    A bare click comes back at once: what is looked for next may be drawn by the server before its script has come, and
    a button pressed then sends its form instead.
    """
    with page.expect_navigation():
        link.click()
