"""Workspaces in which everybody's digest is due at once, after a night in which much was said."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot.core import workspaces
from bot.core.channels import ChannelMemberRow, ChannelRow
from bot.core.db import Database
from bot.core.events import instant_of
from bot.core.ids import new_id
from bot.core.message_store import MessageRow
from bot.core.people import PersonRow
from bot.core.workspaces import Workspace
from bot.features.asks.models import AskRow
from bot.features.asks.rules.states import State
from bot.features.decisions.rules.registry import Fields
from bot.features.digest.models import DigestScheduleRow
from tests.load.decisions import Words, teams
from tests.support.registry import log_all

MORNING: Final = datetime(2026, 10, 7, 9, tzinfo=UTC)
EVENING: Final = datetime(2026, 10, 6, 17, tzinfo=UTC)
CHANNELS: Final = 30
CHANNELS_EACH: Final = 8
SAID: Final = 60
"""Messages of a night in each channel: six threads of ten."""
THREAD: Final = 10
ASKED: Final = 2
"""What waits on each person; and one ask of theirs was answered."""
DECIDED: Final = 10


def fill(database: Database, people: int, spread_over: int) -> None:
    """Stores workspaces with so many people altogether, all of whom get a digest at `MORNING`."""
    words, chance = Words(), random.Random(5)  # noqa: S311 - the same every time
    for team_id in teams(spread_over):
        with database.transaction() as session:
            _settle(session, team_id)
            _enrol(session, team_id, people // spread_over, chance)
            session.execute(insert(MessageRow), list(_night(team_id, words, chance)))
            _ask(session, team_id, people // spread_over)
            made = words.decisions()
            decided = [next(made) for _ in range(DECIDED)]
            fields: list[tuple[Fields, str]] = [
                (each, _channel(number)) for number, (each, _) in enumerate(decided)
            ]
            log_all(session, team_id, fields, at=EVENING + timedelta(hours=3))


def _settle(session: Session, team_id: str) -> None:
    home = Workspace(
        team_id, team_id, f"https://{team_id}.slack.example/", "B1", "UBOT", frozenset()
    )
    workspaces.save(session, home, now=EVENING)
    session.execute(
        insert(ChannelRow),
        [
            {
                "team_id": team_id,
                "channel_id": _channel(number),
                "name": f"channel-{number}",
                "is_private": False,
                "is_member": True,
                "creator_id": "",
                "is_shared": False,
                "is_general": False,
                "synced_at": EVENING,
            }
            for number in range(CHANNELS)
        ],
    )


def _enrol(session: Session, team_id: str, count: int, chance: random.Random) -> None:
    usual: dict[str, Any] = {
        "team_id": team_id,
        "time_zone": "UTC",
        "locale": "en-GB",
        "is_member": True,
        "is_admin": False,
        "status_emoji": "",
        "status_text": "",
        "fetched_at": EVENING,
    }
    ids = [person(number) for number in range(count)]
    named = [usual | {"user_id": user_id, "name": f"Person {user_id}"} for user_id in ids]
    session.execute(insert(PersonRow), named)
    due = [{"team_id": team_id, "user_id": each, "next_at": MORNING} for each in ids]
    session.execute(insert(DigestScheduleRow), due)
    inside = [
        {
            "team_id": team_id,
            "channel_id": _channel(number),
            "user_id": user_id,
            "is_member": True,
            "as_of": EVENING,
        }
        for user_id in ids
        for number in chance.sample(range(CHANNELS), CHANNELS_EACH)
    ]
    session.execute(insert(ChannelMemberRow), inside)


def _night(team_id: str, words: Words, chance: random.Random) -> Iterator[dict[str, Any]]:
    for channel in range(CHANNELS):
        root = ""
        for number in range(SAID):
            at = EVENING + timedelta(minutes=10 * number, seconds=channel)
            ts = f"{at.timestamp():.6f}"
            root = ts if number % THREAD == 0 else root
            yield {
                "team_id": team_id,
                "channel_id": _channel(channel),
                "ts": ts,
                "at": instant_of(ts),
                "user_id": person(chance.randrange(50)),
                "thread_ts": root if number % THREAD else None,
                "text": words.some(chance.randint(5, 40)),
                "edited_ts": "",
                "is_deleted": False,
                "is_kept": True,
            }


def _ask(session: Session, team_id: str, people: int) -> None:
    """Each asks their neighbours, in the first message of a thread."""
    rows = []
    for number in range(people):
        for step in range(ASKED + 1):
            at = EVENING + timedelta(minutes=100 * (number % 6), seconds=number % CHANNELS)
            ts = f"{at.timestamp():.6f}"
            is_open = step < ASKED
            rows.append(
                {
                    "team_id": team_id,
                    "id": new_id(),
                    "channel_id": _channel(number % CHANNELS),
                    "message_ts": ts,
                    "root_ts": ts,
                    "asker_id": person(number),
                    "answerer_id": person((number + 1 + step) % people),
                    "state": State.OPEN if is_open else State.ANSWERED,
                    "asked_at": at,
                    "due_at": MORNING + timedelta(hours=8),
                    "nudge_at": MORNING + timedelta(hours=4) if is_open else None,
                    "closed_at": None if is_open else EVENING + timedelta(hours=4),
                }
            )
    session.execute(insert(AskRow), rows)


def _channel(number: int) -> str:
    return f"C{number:03}"


def person(number: int) -> str:
    """The id of one of them."""
    return f"U{number:05}"
