"""Watches all that a bot sends to Slack, and its log, for what hostile words must never cause."""

import logging
import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.core.attempts import AttemptRow
from bot.core.inbox import DeliveryRow, InboxRow
from bot.core.outbox import OutboxRow
from bot.core.queue import Queued, State
from bot.playground.world import Json
from tests.support.town import Town

_TOKEN: Final = re.compile(r"<([^<>]*)>")
_DATE: Final = re.compile(r"!date\^\d+\^\{date_short_pretty\}, \{time\}\|[\w ,:]+ UTC")
_MISSHAPEN: Final = re.compile("invalid_(?!auth|trigger)|too_long|too_many|no_text|bad_")
"""Errors of Slack's that say the bot sent what cannot be sent."""
_BROADCAST: Final = re.compile(r"(?<!\w)@(?:channel|here|everyone)\b", re.IGNORECASE)
_QUOTE_MARK: Final = re.compile(r"^>+ ?", re.MULTILINE)
_MARKS: Final = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{9,}")
_UNSEEN: Final = {"Cf", "Cs", "Co", "Cn", "Cc"}
_SEEN: Final = frozenset("\n\t\u200d")
_ALARMS: Final = frozenset({"bot.features.redphone.service.alarming"})
"""Here the clock jumps by hours, which looks as if a page had been forgotten."""
_QUEUES: Final[tuple[type[Queued], ...]] = (InboxRow, DeliveryRow, OutboxRow, AttemptRow)
MAX_SENT: Final = 40_000
POSTS: Final = frozenset({"chat.postMessage"})


class Lookout(logging.Handler):
    """What left the bot and what it logged since the last look."""

    def __init__(self, town: Town) -> None:
        super().__init__(logging.WARNING)
        self._town, self._slack = town, town.server.slack
        self._seen = {"requests": 0, "ephemerals": 0}
        self._hosts = {urlsplit(town.server.url).netloc, ""}
        self._given_up: set[object] = set()
        self.logged: list[str] = []
        self.sent = ""
        """All texts that left since the last look, one a line."""
        logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps what tells of something that broke; a busy database is asked again by design."""
        if isinstance(sys.exc_info()[1], OperationalError):
            return
        if record.exc_info or (record.levelno >= logging.ERROR and record.name not in _ALARMS):
            self.logged.append(self.format(record))

    def finish(self) -> None:
        """Watches no longer."""
        logging.getLogger().removeHandler(self)

    def problems(self, *answers: Json) -> list[str]:
        """What must not be, in what left since the last look and in these answers of the bot."""
        self._town.settle()
        texts = [*self._texts_sent(), *(text for each in answers for text in texts_of(each))]
        self.sent = "\n".join(text for _, text in texts)
        found = [
            f"{what}: {kind} {text!r}" for kind, text in texts for what in self._wrong(kind, text)
        ]
        found += [f"logged: {line}" for line in self.logged]
        found += self._dead()
        self.logged.clear()
        return [each[:600] for each in [*found, *self._refused]]

    def _texts_sent(self) -> list[tuple[str, str]]:
        traffic = list(self._slack.journal.traffic)
        requests = [each for each in traffic if each.number > self._seen["requests"]]
        self._seen["requests"] = self._slack.journal.traffic_count
        calls = [each for each in requests if each.direction == "from app"]
        self._refused = [f"{c.outcome}: {c.what}" for c in calls if _MISSHAPEN.search(c.outcome)]
        for call in calls:
            is_bare = call.detail.get("unfurl_links") or call.detail.get("unfurl_media")
            if call.what in POSTS and is_bare is not False:
                self._refused.append(f"unfurled: {call.what}")
        texts = [text for call in calls for text in texts_of(call.detail)]
        shown = self._slack.world.ephemerals[self._seen["ephemerals"] :]
        self._seen["ephemerals"] += len(shown)
        return texts + [
            t for each in shown for t in texts_of({"text": each.text, "blocks": each.blocks})
        ]

    def _dead(self) -> list[str]:
        """What was given up since the last look, and why."""
        given_up: dict[object, str] = {}
        with self._town.app.bot.database.reading() as session:
            for queued in _QUEUES:
                rows = session.scalars(select(queued).where(queued.state == State.DEAD))
                given_up |= {row.id: f"dead: {type(row).__name__} {row.error}" for row in rows}
        new = [why for key, why in given_up.items() if key not in self._given_up]
        self._given_up |= given_up.keys()
        return new

    def _wrong(self, kind: str, text: str) -> Iterator[str]:
        if any(unicodedata.category(c) in _UNSEEN and c not in _SEEN for c in text):
            yield "unseen"
        if _MARKS.search(text):
            yield "marks"
        if len(text) > MAX_SENT:
            yield "length"
        if kind == "url" and urlsplit(text).netloc not in self._hosts:
            yield "foreign host"
        if kind == "mrkdwn":
            yield from self._markup(text)

    def _markup(self, text: str) -> Iterator[str]:
        if _BROADCAST.search(text):
            yield "broadcast"
        if any(not self._is_ours(token) for token in _TOKEN.findall(text)):
            yield "token"
        left = _QUOTE_MARK.sub("", _TOKEN.sub("", text))
        if "<" in left or ">" in left:
            yield "unescaped"

    def _is_ours(self, token: str) -> bool:
        world = self._slack.world
        address, _, _label = token.partition("|")
        match address[:1]:
            case "@":
                return token[1:] in world.users
            case "#":
                return token[1:] in world.channels
            case "!":
                group = token.removeprefix("!subteam^")
                return group in world.groups or bool(_DATE.fullmatch(token))
            case _:
                return urlsplit(address).netloc in self._hosts and address.startswith("http")


def texts_of(shape: object, *, is_top: bool = True) -> Iterator[tuple[str, str]]:
    """Every text of a message, a view or a call, and how Slack reads it."""
    if isinstance(shape, list):
        for each in shape:
            yield from texts_of(each, is_top=False)
    if not isinstance(shape, dict):
        return
    if shape.get("type") in {"mrkdwn", "plain_text"}:
        yield shape["type"], str(shape.get("text", ""))
        return
    for name, value in shape.items():
        if isinstance(value, str):
            if name == "text" and is_top:
                yield "mrkdwn", value
            elif name in {"initial_value", "url", "image_url", "alt_text"}:
                yield name, value
        elif name == "errors" and isinstance(value, dict):
            yield from (("plain_text", str(each)) for each in value.values())
        else:
            yield from texts_of(value, is_top=False)
