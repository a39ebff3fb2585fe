"""Waiting for what a page comes to. Playwright's own `wait_for_function` polls inside the page, by `eval`, which the
site's security policy refuses: it only works when what is awaited is already there."""

import time

from playwright.sync_api import Page


def attendre(page: Page, script: str, arg: object = None, seconds: float = 15) -> None:
    """Ask the page again until `script` is true.

    Raises:
        AssertionError: it is not, after so many seconds.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(script, arg):
        assert time.monotonic() < end, f"still false: {script}"
        page.wait_for_timeout(50)
