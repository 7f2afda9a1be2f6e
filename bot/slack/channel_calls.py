"""The calls that make and change channels of ours; each may be repeated."""

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from bot.core import workspaces
from bot.core.channel_names import numbered
from bot.core.channels import Channel
from bot.core.db import Database
from bot.core.errors import SlackRefused
from bot.core.outbox import Method, OutboxRow, Sent
from bot.slack.gateway import Gateway

MOST_NAMES: Final = 9
TAKEN: Final = "name_taken"
_LOOK_BACK: Final = timedelta(minutes=1)  # Slack's clock and ours may differ


def call(gateway: Gateway, database: Database, row: OutboxRow) -> Sent | None:
    """Does what a row about a channel asks for; tells the channel if it made one.

    Raises SlackError.
    """
    match row.method:
        case Method.CREATE:
            return Sent(_made(gateway, database, row).channel_id, "")
        case Method.INVITE:
            gateway.invite(row.team_id, row.recipient, row.payload["user"])
        case Method.TOPIC:
            gateway.set_topic(row.team_id, row.recipient, row.payload["topic"])
        case _:
            gateway.archive(row.team_id, row.recipient)
    return None


def _made(gateway: Gateway, database: Database, row: OutboxRow) -> Channel:
    """A channel of the name that is wanted, or with a number behind it if that is taken."""
    for number in range(1, MOST_NAMES + 1):
        name = numbered(row.payload["name"], number)
        try:
            is_private = bool(row.payload["is_private"])
            return gateway.create_channel(row.team_id, name, is_private=is_private)
        except SlackRefused as refused:
            if refused.code != TAKEN:
                raise
        if row.attempts > 1 and (ours := _made_before(gateway, database, row, name)):
            return ours
    raise SlackRefused(TAKEN)


def _made_before(gateway: Gateway, database: Database, row: OutboxRow, name: str) -> Channel | None:
    """What an earlier attempt made whose answer was lost: by us, since then, and nobody else's."""
    with database.reading() as session:
        workspace = workspaces.get(session, row.team_id)
        others = select(OutboxRow.sent_channel).where(
            OutboxRow.team_id == row.team_id, OutboxRow.method == Method.CREATE
        )
        known = set(session.scalars(others))
    for found in gateway.joined_channels(row.team_id):
        is_new = found.created_at is not None and found.created_at > row.queued_at - _LOOK_BACK
        is_ours = found.creator_id == workspace.bot_user_id and found.channel_id not in known
        if found.name == name and is_new and is_ours:
            return found
    return None
