"""A real browser: Debian's chromium, headless, cut off from the network."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import ConsoleMessage, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _error(line: ConsoleMessage) -> list[str]:
    is_refusal = line.text.startswith("Failed to load resource")  # which the page tells of
    return [line.text] if line.type == "error" and not is_refusal else []


@contextmanager
def page_of(url: str) -> Iterator[Page]:
    """A fresh page at this address; fails if the page logged an error."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no browser: `apt-get install chromium` (or any Chrome on the PATH)")
    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1360, "height": 860})
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.extend(_error(line)))
        page.goto(url)
        yield page
        browser.close()
    assert errors == []
