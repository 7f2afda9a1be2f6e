"""Figures as a picture: from the button to the person's conversation with Baton."""

from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import insert

from bot.app import metadata
from bot.core import message_store
from bot.core.bot import Bot
from bot.core.charts import NoCharts
from bot.core.ids import new_id
from bot.playground.client import Person
from bot.playground.world import TEAM_ID, Json
from tests.support.databases import Rows, fill
from tests.support.town import TUESDAY, Town, town

pytestmark = pytest.mark.needs("asks")

RING: Final = ("U0TOM0000", "U0ANA0000", "U0PRIYA00", "U0SAM0000", "U0MEI0000")
BUTTON: Final = "As a picture"
LAST_WEEK: Final = TUESDAY - timedelta(weeks=1)


def answered(bot: Bot) -> None:
    """Everybody asked the next one something last week, and had an answer three hours later."""
    with bot.begin(TEAM_ID, during="job") as uow:
        for asker, answerer in zip(RING, RING[1:] + RING[:1], strict=True):
            uow.session.execute(
                insert(metadata().tables["asks"]).values(
                    team_id=TEAM_ID,
                    id=new_id(),
                    channel_id="C0WEBSITE",
                    message_ts=f"{LAST_WEEK.timestamp():.0f}.{RING.index(asker):06}",
                    root_ts="",
                    asker_id=asker,
                    answerer_id=answerer,
                    state="answered",
                    asked_at=LAST_WEEK,
                    due_at=LAST_WEEK + timedelta(days=1),
                    closed_at=LAST_WEEK + timedelta(hours=3),
                    closed_by=answerer,
                )
            )


def stats(person: Person, living: Town) -> list[Json]:
    """The blocks of what `/ask stats` answers."""
    person.types("#general", "/ask stats #web-relaunch")
    living.settle()
    shown = [each for each in person.messages("#general") if each.get("is_ephemeral")]
    blocks: list[Json] = shown[-1]["blocks"]
    return blocks


def buttons(blocks: list[Json]) -> list[str]:
    rows = [block for block in blocks if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row["elements"]]


def dm(person: Person, living: Town) -> str:
    """Somebody's conversation with Baton."""
    return person.direct_with(living.slack.see(person.name)["app"]["user"])


def pictures(person: Person) -> list[Json]:
    """The messages with a picture that somebody got."""
    return [each for each in person.direct_messages() if each.get("files")]


def test_the_picture_of_a_channel_comes_once_a_monday_with_the_same_in_words(quiet: Town) -> None:
    answered(quiet.app.bot)
    blocks = stats(quiet.tom, quiet)
    assert buttons(blocks) == [BUTTON, BUTTON], "one for the channel, one for the workspace"
    assert "28 Sep" in blocks[0]["text"]["text"]
    quiet.tom.presses(BUTTON)
    quiet.tom.presses(BUTTON)
    assert "it is in our direct messages" in quiet.whispers_to(quiet.tom)[-1]
    [message] = pictures(quiet.tom)
    [file] = message["files"]
    assert "<#C0WEBSITE>" in message["text"]
    assert "Asks a week: 5 in the week of 28 Sep. Urgent: 0 %." in file["alt_txt"]
    png = quiet.slack.file("Tom", file["id"])
    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert len(png) == file["size"]
    assert quiet.slack.file("Ana", file["id"]) is None, "nobody else sees it"
    quiet.settle()
    with quiet.app.bot.database.reading() as session:
        place = (session, TEAM_ID, dm(quiet.tom, quiet), message["ts"])
        assert message_store.find(*place) is None, "it is not kept as if somebody had written it"


@pytest.mark.alone("one of the two was not granted a scope")
def test_without_the_scope_there_are_figures_and_no_button(
    sqlite_url: str, acquaintance: Rows
) -> None:
    fill(sqlite_url, acquaintance)
    with town(sqlite_url, declined=["files:write"]) as living:
        answered(living.app.bot)
        blocks = stats(living.tom, living)
    assert "28 Sep" in blocks[0]["text"]["text"]
    assert buttons(blocks) == []


def test_without_the_extra_there_are_figures_and_no_button_and_an_old_one_says_so(
    sqlite_url: str, acquaintance: Rows
) -> None:
    fill(sqlite_url, acquaintance)
    with town(sqlite_url) as living:
        answered(living.app.bot)
        assert buttons(stats(living.tom, living))
        living.app.bot.charts = NoCharts()
        living.tom.presses(BUTTON)
        assert "no pictures here" in living.whispers_to(living.tom)[-1]
        assert pictures(living.tom) == []
        blocks = stats(living.tom, living)
    assert "28 Sep" in blocks[0]["text"]["text"]
    assert buttons(blocks) == []
