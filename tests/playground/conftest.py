"""An app that any workspace can install, and where browsers come back to."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.playground.oauth_events import GRANTED, REVOKED, UNINSTALLED, WITHDRAWN
from tests.support.landing import NEEDED, OPTIONAL, Landing


@pytest.fixture
def landing() -> Iterator[Landing]:
    with Landing() as open_one:
        yield open_one


@pytest.fixture
def installable(manifest: dict[str, Any], landing: Landing) -> dict[str, Any]:
    """The manifest of such an app."""
    settings = manifest["settings"]
    heard = set(settings["event_subscriptions"]["bot_events"])
    heard |= {GRANTED, REVOKED, UNINSTALLED, WITHDRAWN}
    return manifest | {
        "oauth_config": {
            "scopes": {"bot": list(NEEDED), "bot_optional": list(OPTIONAL)},
            "redirect_urls": [landing.url],
        },
        "settings": settings | {"event_subscriptions": {"bot_events": sorted(heard)}},
    }
