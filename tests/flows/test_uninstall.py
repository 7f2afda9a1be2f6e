"""What is under way when the bot is uninstalled, over real HTTP: nothing of it goes on."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from bot.core import installations
from bot.core.blocks import Message
from bot.core.render import mrkdwn
from bot.playground.client import LocalSlackClient
from bot.playground.oauth_events import REVOKED, UNINSTALLED
from tests.support.open_town import FIRST, OpenTown, open_town

ROOM = "C0INFRA00"


@pytest.fixture
def place(database_url: str) -> Iterator[OpenTown]:
    with open_town(database_url) as living:
        yield living


def _queue(place: OpenTown, *names: str) -> None:
    with place.app.bot.begin(FIRST, during="job") as uow:
        for name in names:
            uow.outbox.post(f"digest:{name}", ROOM, Message(mrkdwn("digest {name}", name=name)))


def _texts(slack: LocalSlackClient) -> list[str]:
    return [each["text"] for each in slack.journal() if each["kind"] == "message"]


def _parked(place: OpenTown) -> str:
    with place.app.bot.database.reading() as session:
        row = installations.find(session, FIRST)
        return row.parked_because if row else "over"


@pytest.mark.parametrize("order", [(REVOKED, UNINSTALLED), (UNINSTALLED, REVOKED)])
def test_f34_a_digest_that_is_being_sent_stops_and_stays_unsent_when_it_is_installed_again(
    place: OpenTown, order: Sequence[str]
) -> None:
    place.moves_in(place.slack)
    _queue(place, *(f"n{number}" for number in range(40)))
    place.slack.uninstalls("Tom", order=order[:1], late=order[1:])
    sent = len(_texts(place.slack))
    place.slack.advance(timedelta(seconds=1))
    place.moves_in(place.slack)
    place.slack.catches_up()
    place.advance(minutes=10)
    assert len([each for each in _texts(place.slack) if each.startswith("digest")]) <= sent < 40
    _queue(place, "fresh")
    place.settle()
    assert "digest fresh" in _texts(place.slack)


def test_f35_a_token_that_slack_refuses_is_tried_no_more_until_news_or_an_hour_later(
    place: OpenTown,
) -> None:
    place.moves_in(place.slack)
    place.slack.uninstalls("Tom", order=[], late=[UNINSTALLED, REVOKED])
    _queue(place, "one")
    place.settle()
    assert _parked(place) in {"account_inactive", "token_revoked", "invalid_auth"}
    number = place.slack.traffic()[-1]["number"]
    _queue(place, "two", "three")
    place.advance(minutes=5)
    assert place.calls(place.slack, number) == []
    place.slack.catches_up()
    place.settle()
    assert _parked(place) == "over"
