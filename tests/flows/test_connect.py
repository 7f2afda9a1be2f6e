"""Two workspaces with the bot that share a channel, with people of both in it."""

from collections.abc import Iterator
from typing import ClassVar

import pytest
from sqlalchemy import select

from bot.app import Application
from bot.core.db import Database
from bot.core.message_store import MessageRow
from bot.playground.client import LocalSlackClient
from bot.settings import Settings
from tests.support.town import Town, town
from tests.support.twins import FIRST, SECOND, TwinTown

SHARED = "C0INFRA00"
OTHER_ANA = "U2ANA0000"
BOT = "U0APPBOT0"


class Neighbours(Town):
    """Two workspaces in which the bot is installed, with ids of their own."""

    workspaces: ClassVar[int] = 2
    equal_ids: ClassVar[bool] = False

    @classmethod
    def application(cls, settings: Settings, database: Database) -> Application:
        """The bot that is in both."""
        return TwinTown.application(settings, database)

    def heard_in(self, team_id: str) -> list[str | None]:
        """What is stored of a workspace's messages."""
        self.settle()
        with self.app.bot.database.reading() as session:
            texts = select(MessageRow.text).where(MessageRow.team_id == team_id)
            return list(session.scalars(texts.order_by(MessageRow.ts)))


@pytest.fixture
def neighbours(database_url: str) -> Iterator[Neighbours]:
    with town(database_url, kind=Neighbours) as living:
        assert isinstance(living, Neighbours)
        living.tom.shares("#infra", SECOND.id)
        living.settle()
        yield living


@pytest.fixture
def second(neighbours: Neighbours) -> Iterator[LocalSlackClient]:
    """The other workspace; its Ana is in the shared channel."""
    with LocalSlackClient(neighbours.server.url, team=SECOND.id) as client:
        client.person("Ana").joins(SHARED)
        yield client


def test_what_is_told_to_one_installation_is_kept_there_wherever_it_was_said(
    neighbours: Neighbours, second: LocalSlackClient
) -> None:
    second.person("Ana").says(SHARED, "We switch at nine.")
    neighbours.tom.says("#infra", "Fine with us.")
    assert neighbours.heard_in(FIRST.id) == ["We switch at nine.", "Fine with us."]
    assert neighbours.heard_in(SECOND.id) == []


@pytest.mark.needs("asks", "coach")
def test_people_of_another_company_get_neither_a_hint_nor_an_ask(
    neighbours: Neighbours, second: LocalSlackClient
) -> None:
    neighbours.sets("coach.mode", "on")
    neighbours.nobody_is_new()
    second.person("Ana").says(SHARED, "Hi @Tom")
    neighbours.tom.says("#infra", f"@{OTHER_ANA} which logo do we ship?")
    neighbours.advance(days=2)
    told = [each for each in neighbours.slack.journal() if each["actor"] == BOT]
    only_her = [each["text"] for each in told if set(each["audience"]) <= {BOT, OTHER_ANA}]
    assert only_her == []
    assert [each["text"] for each in told if each["kind"] == "ephemeral"] == []
