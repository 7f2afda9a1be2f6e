"""What is off because it was not allowed: admins read it, allow it, and have it."""

import json
from pathlib import Path

import pytest

from tests.flows.test_asks_charts import BUTTON, answered, buttons, pictures, stats
from tests.support.open_town import OpenTown, open_town
from tests.support.shell import Shell
from tests.support.town import town

FIGURES = "Figures come as text, without a picture"
CHANNELS = "Pages get no public channel of their own"
WAY = "To have what is off"
OPTIONAL = ("channels:manage", "files:write", "groups:write")


def _looks_at(place: OpenTown, name: str) -> str:
    """What somebody looks at, without opening it again."""
    place.settle()
    return json.dumps(place.slack.person(name).home)


def _doctor(place: OpenTown, folder: Path) -> list[str]:
    """What `baton doctor` says of the workspace."""
    found = json.loads(Shell(folder)("doctor", "--json", **place.environment).stdout)
    return [each["found"] for each in found if each["about"] == "in Tideline"]


@pytest.mark.needs("asks", "redphone", "home")
def test_admins_read_what_is_off_and_how_to_have_it_and_then_it_is_on(
    sqlite_url: str, tmp_path: Path
) -> None:
    with open_town(sqlite_url) as place:
        place.moves_in(place.slack, without=OPTIONAL)
        place.tom.invites("Baton", "#web-relaunch")
        for person in (place.tom, place.mei):
            person.opens_home()
        home = _looks_at(place, "Tom")
        assert f"*Off:* {FIGURES}" in home
        assert f"*Off:* {CHANNELS}" in home
        assert WAY in home
        assert f"<{place.start_page}|add me to Slack once more>" in home
        assert "*Off:*" not in _looks_at(place, "Mei"), "she could not change it"
        said = _doctor(place, tmp_path)
        assert len(said) == len(OPTIONAL)
        assert all("Add Baton to Slack once more" in sentence for sentence in said)
        assert any(FIGURES in sentence for sentence in said)
        answered(place.app.bot)
        assert buttons(stats(place.tom, place)) == []

        place.moves_in(place.slack, without=["channels:manage", "groups:write"])
        home = _looks_at(place, "Tom")
        assert FIGURES not in home, "though he did not open it again"
        assert CHANNELS in home
        assert buttons(stats(place.tom, place)) == [BUTTON, BUTTON]
        place.tom.presses(BUTTON)
        place.settle()
        assert len(pictures(place.tom)) == 1

        place.moves_in(place.slack)
        home = _looks_at(place, "Tom")
        assert "*Off:*" not in home
        assert WAY not in home
        assert _doctor(place, tmp_path) == []


@pytest.mark.needs("asks", "home")
def test_with_the_token_of_the_settings_it_says_so_without_a_link(sqlite_url: str) -> None:
    with town(sqlite_url, declined=["files:write"]) as living:
        home = living.home_of(living.tom)
        assert FIGURES in home
        assert "To have what is off, add me to Slack once more and allow it." in home
        assert "*Off:*" not in living.home_of(living.mei)
