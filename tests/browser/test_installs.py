"""The pages of an installation in a real browser: small and large, light and dark."""

from pathlib import Path

import pytest

from bot.core.bot import Bot
from tests.support.browser import page_of
from tests.support.slack_oauth import install_door


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """It is not about databases."""
    return sqlite_url


def test_a_page_fits_and_leads_on(bot: Bot, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folder = Path(request.config.getoption("--picture") or tmp_path)
    with (
        install_door(bot) as door,
        page_of(f"{door.url}/slack/oauth_redirect?error=access_denied") as page,
    ):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for width in (320, 1024):
                page.set_viewport_size({"width": width, "height": 640})
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                if folder.is_dir():
                    page.screenshot(path=folder / f"install-{scheme}-{width}.png")
        way = page.get_by_role("link", name="Start again")
        assert way.get_attribute("href") == f"{door.url}/slack/install"
        way.focus()
        assert page.evaluate("document.activeElement.className") == "way"
