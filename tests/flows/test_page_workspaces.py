"""The page where the local Slack hosts several workspaces."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from tests.support.browser import page_of
from tests.support.town import TUESDAY


@pytest.fixture
def server(manifest: dict[str, Any]) -> Iterator[LocalSlackServer]:
    with LocalSlackServer(manifest, start=TUESDAY, workspaces=2, equal_ids=False) as running:
        yield running


@pytest.fixture
def page(server: LocalSlackServer) -> Iterator[Page]:
    with page_of(f"{server.url}#as=Tom&channel=infra") as opened:
        yield opened


def test_somebody_changes_between_workspaces(
    page: Page, server: LocalSlackServer, slack: LocalSlackClient
) -> None:
    tiles = page.get_by_role("group", name="Workspaces")
    here, there = (tiles.get_by_label(name) for name in ("Tideline", "Driftwood"))
    message = page.locator("#conversation .message")
    slack.person("Ana").says("#infra", "only in the first")
    expect(message).to_contain_text("only in the first")

    there.click()
    expect(page.get_by_role("heading", name="Driftwood")).to_be_visible()
    expect(there).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="infra").click()
    expect(message).to_have_count(0)
    with LocalSlackClient(server.url, team="T0SECOND0") as second:
        second.person("Ana").says("#infra", "only in the second")
    expect(message).to_contain_text("only in the second")

    here.click()
    page.get_by_role("button", name="infra").click()
    expect(message).to_contain_text("only in the first")


def test_people_from_elsewhere_are_marked(
    page: Page, server: LocalSlackServer, slack: LocalSlackClient
) -> None:
    slack.person("Tom").shares("#infra", "T0SECOND0")
    with LocalSlackClient(server.url, team="T0SECOND0") as second:
        second.person("Ana").joins("C0INFRA00")
        second.person("Ana").says("C0INFRA00", "Hello over there")
    expect(page.locator("#conversation .message")).to_contain_text("OTHER COMPANY")
    expect(page.get_by_label("You are").locator("option")).to_have_count(8)


def test_a_single_workspace_offers_no_other(manifest: dict[str, Any]) -> None:
    with LocalSlackServer(manifest, start=TUESDAY) as alone, page_of(alone.url) as page:
        expect(page.get_by_role("heading", name="Tideline")).to_be_visible()
        expect(page.get_by_role("group", name="Workspaces")).to_have_count(0)
