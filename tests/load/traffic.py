"""What Slack sends of a workspace on a working day, and how often: most concerns nobody."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, islice
from typing import Any, Final

from sqlalchemy import insert

from bot.core import channels, people, workspaces
from bot.core.channels import Channel
from bot.core.db import Database
from bot.core.ids import new_id
from bot.core.inbox import Envelope, InboxRow
from bot.core.people import Account
from bot.core.queue import State
from bot.core.workspaces import Workspace

SHARES: Final = {
    "plain": 830,
    "ask": 50,
    "reply": 45,
    "reaction": 35,
    "cue": 10,
    "edit": 10,
    "person": 6,
    "joined": 6,
    "chase": 5,
    "deletion": 3,
}
"""Of a thousand events; `plain` are the messages that concern nobody."""
LATELY: Final = 50
"""Whoever replies, reacts or changes something does so to one of the last so many."""
MEMBERS: Final = 40
IN_THREADS: Final = 0.3
PLAIN: Final = (
    "The build is green again after the cache was cleared.",
    "I moved the retro notes into the wiki, they stand under the October page.",
    "Deployed 4.18 to staging, the smoke tests ran through in nine minutes.",
    "The new logo looks great on the dark header.",
    "I will look at the flaky test again after lunch, it only fails on the small runners.",
    "Thanks, that was it.",
    "The customer call went well, they like the export and want it in blue.",
    "Sam and I had coffee with the new designer today.",
    "Lunch was great, best dal in town.",
    "CI takes eleven minutes now, it was nineteen in August.",
    "Release notes for 4.18 are online: https://docs.example/4.18",
    "The heat map shows that most people never scroll past the prices.",
    "Back online after the power cut.",
    "We had 14 incidents in September, 9 of them in the first week.",
)
"""What no feature has a use for, unless its author is waited for or something was asked there.

Half of the messages say two of these, so that what is kept of the last texts rarely helps.
"""
ASKS: Final = (
    "<@{who}> can you review the pool size in the job queue by tomorrow? I would take 20.",
    "<@{who}> could you send me the invoice of September, please?",
    "<@{who}> which of the two logos do we ship on Friday?",
    "Hey <@{who}>, do you know why the import of last night took three hours?",
)
REPLIES: Final = (
    "Yes, done: https://git.example/merge/482",
    "I looked at it, 20 is fine.",
    "The blue one, please, it prints better.",
    "It was the missing index; it is back since six.",
)
CUES: Final = (
    "OK, let's go with Postgres for the job queue then.",
    "Agreed, we ship the blue one on Friday.",
)
EMOJI: Final = ("eyes", "white_check_mark", "+1", "tada")


@dataclass(frozen=True, slots=True)
class Crowd:
    """A workspace, the ids of who is in it, and those of its channels."""

    team_id: str
    people: Sequence[str]
    channels: Sequence[str]

    @classmethod
    def of(cls, team_id: str, *, people: int = 1_000, channels: int = 200) -> "Crowd":
        """A workspace of that size."""
        return cls(
            team_id,
            [f"U{number:08}" for number in range(people)],
            [f"C{number:08}" for number in range(channels)],
        )

    def members(self, channel_id: str) -> Sequence[str]:
        """Who is in a channel."""
        first = self.channels.index(channel_id) * 7 % len(self.people)
        return (*self.people, *self.people)[first : first + min(MEMBERS, len(self.people))]


@dataclass(frozen=True, slots=True)
class _Said:
    channel_id: str
    ts: str
    user_id: str
    text: str
    asked: str = ""


class Traffic:
    """Events of a workspace, the same in every run, `gap` apart from each other."""

    def __init__(self, crowd: Crowd, start: datetime, gap: timedelta) -> None:
        self._crowd, self._at, self._gap = crowd, start, gap
        self._chance = random.Random(crowd.team_id)  # noqa: S311 - the same every time
        self._busy = list(accumulate(1 / rank for rank in range(1, len(crowd.channels) + 1)))
        self._lately: list[_Said] = []
        self._asked: list[_Said] = []
        self._number = 0

    def some(self, count: int) -> Iterator[Envelope]:
        """The next so many events."""
        return islice(self._events(), count)

    def _events(self) -> Iterator[Envelope]:
        kinds, shares = list(SHARES), list(SHARES.values())
        while True:
            kind = self._chance.choices(kinds, shares)[0]
            self._at += self._gap
            event = getattr(self, f"_{kind}")()
            self._number += 1
            yield self._envelope(event)

    def _envelope(self, event: dict[str, Any]) -> Envelope:
        item = event.get("item") or {}
        lane = event.get("channel") or item.get("channel") or event["user"]["id"]
        body = {
            "token": "",
            "team_id": self._crowd.team_id,
            "api_app_id": "A0BATON",
            "event": event | {"event_ts": self._ts},
            "type": "event_callback",
            "event_id": f"Ev{self._crowd.team_id}{self._number:09}",
            "event_time": int(float(self._ts)),
            "authorizations": [{"team_id": self._crowd.team_id, "user_id": "UBOT", "is_bot": True}],
            "is_ext_shared_channel": False,
            "event_context": f"4-{self._number:060}",
        }
        told = json.dumps(body).encode()
        return Envelope(self._crowd.team_id, str(body["event_id"]), lane, told)

    @property
    def _ts(self) -> str:
        return f"{self._at.timestamp():.6f}"

    def _plain(self) -> dict[str, Any]:
        text = " ".join(self._chance.sample(PLAIN, self._chance.choice((1, 2))))
        root = self._recent(self._lately) if self._chance.random() < IN_THREADS else None
        return self._message(text, root=root)

    def _ask(self) -> dict[str, Any]:
        channel_id = self._channel()
        asker, asked = self._chance.sample(self._crowd.members(channel_id), 2)
        text = self._chance.choice(ASKS).format(who=asked)
        said = _Said(channel_id, self._ts, asker, text, asked)
        self._asked = [*self._asked[-LATELY:], said]
        return self._posted(said)

    def _reply(self) -> dict[str, Any]:
        root = self._recent(self._asked)
        text = self._chance.choice(REPLIES)
        return self._message(text, root=root, user_id=root.asked if root else "")

    def _cue(self) -> dict[str, Any]:
        return self._message(self._chance.choice(CUES), root=self._recent(self._lately))

    def _chase(self) -> dict[str, Any]:
        root = self._recent(self._asked)
        who = f"<@{root.asked}> any news?" if root else "any news?"
        return self._message(who, root=root, user_id=root.user_id if root else "")

    def _reaction(self) -> dict[str, Any]:
        said = self._recent(self._lately)
        if said is None:
            return self._plain()
        reacting = self._chance.choice(self._crowd.members(said.channel_id))
        item = {"type": "message", "channel": said.channel_id, "ts": said.ts}
        emoji = self._chance.choice(EMOJI)
        return {"type": "reaction_added", "user": reacting, "reaction": emoji, "item": item}

    def _edit(self) -> dict[str, Any]:
        said = self._recent(self._lately)
        if said is None:
            return self._plain()
        before = {"type": "message", "user": said.user_id, "text": said.text, "ts": said.ts}
        edited = {"user": said.user_id, "ts": self._ts}
        after = before | {"text": f"{said.text} Sorry for the typo.", "edited": edited}
        return self._changed(said, "message_changed") | {
            "message": after,
            "previous_message": before,
        }

    def _deletion(self) -> dict[str, Any]:
        said = self._recent(self._lately)
        if said is None:
            return self._plain()
        return self._changed(said, "message_deleted") | {"deleted_ts": said.ts}

    def _person(self) -> dict[str, Any]:
        account = {"id": self._chance.choice(self._crowd.people), "profile": {"real_name": "Ana"}}
        return {"type": "user_change", "user": account}

    def _joined(self) -> dict[str, Any]:
        channel_id = self._channel()
        user_id = self._chance.choice(self._crowd.people)
        return {"type": "member_joined_channel", "user": user_id, "channel": channel_id}

    def _message(self, text: str, *, root: _Said | None, user_id: str = "") -> dict[str, Any]:
        channel_id = root.channel_id if root else self._channel()
        author = user_id or self._chance.choice(self._crowd.members(channel_id))
        said = _Said(channel_id, self._ts, author, text)
        self._lately = [*self._lately[-LATELY:], said]
        return self._posted(said) | ({"thread_ts": root.ts} if root else {})

    def _posted(self, said: _Said) -> dict[str, Any]:
        words = {"type": "text", "text": said.text}
        block = {"type": "rich_text_section", "elements": [words]}
        return {
            "type": "message",
            "user": said.user_id,
            "text": said.text,
            "ts": said.ts,
            "client_msg_id": f"said-{self._number}",
            "team": self._crowd.team_id,
            "blocks": [{"type": "rich_text", "block_id": "b1", "elements": [block]}],
            "channel": said.channel_id,
            "channel_type": "channel",
        }

    def _changed(self, said: _Said, subtype: str) -> dict[str, Any]:
        return {
            "type": "message",
            "subtype": subtype,
            "hidden": True,
            "channel": said.channel_id,
            "channel_type": "channel",
            "ts": self._ts,
        }

    def _channel(self) -> str:
        return self._chance.choices(self._crowd.channels, cum_weights=self._busy)[0]

    def _recent(self, said: list[_Said]) -> _Said | None:
        return self._chance.choice(said) if said else None


def found(database: Database, crowd: Crowd, now: datetime) -> None:
    """Has the bot know a workspace, and everybody in it."""
    with database.transaction() as session:
        home = (crowd.team_id, crowd.team_id, "https://crowd.slack.example/", "B1", "UBOT")
        workspaces.save(session, Workspace(*home, frozenset()), now=now)
        for user_id in crowd.people:
            account = Account(user_id, user_id.title(), "Europe/Berlin", is_member=True)
            people.save(session, crowd.team_id, account, now=now)
        for channel_id in crowd.channels:
            room = Channel(channel_id, channel_id.lower(), is_private=False, is_member=True)
            members = crowd.members(channel_id)
            channels.save(session, crowd.team_id, room, members, as_of=now)


def accept_all(database: Database, events: Sequence[Envelope], now: datetime) -> None:
    """Puts events into the inbox in order, as if they had come one after the other."""
    rows = [
        {
            "team_id": each.team_id,
            "id": new_id(),
            "lane": each.lane,
            "state": State.READY,
            "not_before": now,
            "event_id": each.event_id,
            "body": each.body,
            "received_at": now,
        }
        for each in events
    ]
    with database.transaction() as session:
        session.execute(insert(InboxRow), rows)
