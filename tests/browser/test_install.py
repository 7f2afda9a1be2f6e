"""Somebody installs the bot in a real browser, from its start page to the page that says so."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.support.browser import page_of
from tests.support.open_town import OpenTown, open_town

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
Shoot = Callable[[Page, str], None]


@pytest.fixture
def place(sqlite_url: str) -> Iterator[OpenTown]:
    with open_town(sqlite_url, enterprise=True) as living:
        yield living


@pytest.fixture
def shoot(request: pytest.FixtureRequest, tmp_path: Path) -> Shoot:
    """Takes pictures of a page, by light and dark, narrow and wide; it must fit its window."""
    folder = Path(request.config.getoption("--picture") or tmp_path)

    def take(page: Page, name: str) -> None:
        for scheme, width in product(SCHEMES, (320, 360, 1024)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 760})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            picture = folder / f"install-{name}-{scheme}-{width}.png"
            page.screenshot(path=picture, full_page=True)

    return take


@pytest.mark.slow
def test_a_workspace_installs_the_bot(place: OpenTown, shoot: Shoot) -> None:
    with page_of(place.start_page) as page:
        assert "Baton wants to be installed in Tideline" in page.locator("h1").inner_text()
        shoot(page, "consent")
        page.get_by_label("Upload, change and delete files as itself").uncheck()
        page.get_by_role("button", name="Allow").click()
        page.wait_for_url("**/slack/oauth_redirect?*")
        assert page.locator("h1").inner_text() == "Baton is in Tideline"
        shoot(page, "done")
        page.get_by_role("link", name="Open Slack").click()
        page.wait_for_url(f"{place.server.url}#**")
    place.settle()
    assert place.slack.see("Tom")["app"]["is_installed"]


@pytest.mark.slow
def test_a_no_and_a_second_thought(place: OpenTown, shoot: Shoot) -> None:
    with page_of(place.start_page) as page:
        page.get_by_role("button", name="Cancel").click()
        assert page.locator("h1").inner_text() == "Nothing was installed"
        shoot(page, "declined")
        way = page.get_by_role("link", name="Start again")
        assert way.get_attribute("href") == place.start_page
        way.focus()
        assert page.evaluate("document.activeElement.className") == "way"
        way.click()
        page.get_by_label("For all of Tideline Group").check()
        page.get_by_role("button", name="Allow").click()
        assert page.locator("h1").inner_text() == "Tideline Group has Baton"
        shoot(page, "organisation")
        page.get_by_role("link", name="Choose workspaces").click()
        shoot(page, "choose")
        page.get_by_label("Driftwood").uncheck()
        page.get_by_role("button", name="Add to workspaces").click()
        page.wait_for_load_state()
    assert place.slack.see("Tom")["app"]["is_installed"]
    assert not place.second.see("Tom")["app"]["is_installed"]


@pytest.mark.slow
def test_what_began_on_slacks_own_page_goes_on_from_the_bots(place: OpenTown, shoot: Shoot) -> None:
    with page_of(f"{place.server.url}apps/A0APP0000") as page:
        shoot(page, "listing")
        page.get_by_role("link", name="Add to Slack").click()
        page.get_by_role("button", name="Allow").click()
        assert page.locator("h1").inner_text() == "One more step"
        shoot(page, "one-more-step")
        page.get_by_role("link", name="Continue").click()
        page.get_by_role("button", name="Allow").click()
        assert page.locator("h1").inner_text() == "Baton is in Tideline"
