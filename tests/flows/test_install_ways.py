"""The ways of an installation through a browser: whole, broken off, begun elsewhere."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.playground.oauth_browser import Browser
from tests.support.open_town import OpenTown, open_town


@pytest.fixture
def place(sqlite_url: str) -> Iterator[OpenTown]:
    with open_town(sqlite_url) as living:
        yield living


def _installed(place: OpenTown) -> bool:
    found: bool = place.slack.see("Tom")["app"]["is_installed"]
    return found


def test_a_no_changes_nothing(place: OpenTown) -> None:
    page = place.slack.installs("Tom", place.start_page, allows=False)
    assert "You said no, and nothing has changed" in page.text
    assert not _installed(place)


def test_ten_minutes_are_enough_or_it_begins_anew(place: OpenTown) -> None:
    with Browser() as browser:
        browser.opens(place.start_page)
        place.slack.advance(timedelta(minutes=10))
        assert "That took too long" in browser.presses("Allow").text
        browser.follows("Start again")
        browser.presses("Cancel")
    assert not _installed(place)


def test_what_began_in_one_browser_ends_in_no_other(place: OpenTown) -> None:
    with Browser() as mine, Browser() as other:
        mine.opens(place.start_page)
        other.opens(mine.page.url)
        page = other.presses("Allow")
        assert page.status == 403
        assert "This began in another browser" in page.text
        assert not _installed(place)


def test_what_begins_on_slacks_own_page_goes_on_from_ours(place: OpenTown) -> None:
    with Browser() as browser:
        page = place.slack.installs("Tom", browser=browser)
        assert "One more step" in page.text
        assert not _installed(place)
        browser.follows("Continue")
        page = browser.presses("Allow")
        assert "Baton is in Tideline" in page.text
    assert _installed(place)


def test_a_page_that_is_opened_again_installs_nothing_again(place: OpenTown) -> None:
    with Browser() as browser:
        page = place.slack.installs("Tom", place.start_page, browser=browser)
        assert "Baton is in Tideline" in page.text
        assert "This is over already" in browser.opens(page.url).text
    assert _installed(place)
