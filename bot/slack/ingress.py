"""The way in: verify, store, acknowledge. Nothing else happens before the acknowledgement."""

import asyncio
import hmac
from asyncio import Future
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import Final, TypeAlias

from bot.core import dropped, inbox, logs, workspaces
from bot.core.bot import Bot
from bot.core.clock import Clock, SystemClock, monotonic
from bot.core.group_commit import GroupCommit
from bot.core.inbox import Envelope
from bot.core.patterns import regex
from bot.slack.access import home_of
from bot.slack.inbound import lane_of
from bot.slack.payloads import Json, id_in, text_in

log = logs.get(__name__)

PATH: Final = "/slack/events"
MAX_BODY: Final = 1024 * 1024
GOOD_FOR: Final = timedelta(minutes=5)
_TIMESTAMP: Final = regex(rb"\d{10}")
_SIGNATURE: Final = regex(rb"v0=[0-9a-f]{64}")

Came: TypeAlias = tuple[Envelope, float]
"""An event, and when it came."""
Headers: TypeAlias = Iterable[tuple[bytes, bytes]]
"""Names and values as they came; the same name may stand there several times."""


class Verifier:
    """Says whether a request was signed by Slack, at most 5 minutes ago. Never raises."""

    def __init__(self, signing_secret: str, clock: Clock | None = None) -> None:
        self._secret, self._clock = signing_secret.encode(), clock or SystemClock()

    def awaits(self, headers: Headers) -> bool:
        """Whether a request with these headers may be signed: otherwise its body is not read."""
        return self._stamp(headers) is not None

    def accepts(self, body: bytes, headers: Headers) -> bool:
        """Whether the body, as it came, is what the headers say that Slack signed."""
        stamp = self._stamp(headers)
        if stamp is None:
            return False
        timestamp, signature = stamp
        expected = hmac.digest(self._secret, b"v0:" + timestamp + b":" + body, "sha256")
        return hmac.compare_digest(b"v0=" + expected.hex().encode(), signature)

    def _stamp(self, headers: Headers) -> tuple[bytes, bytes] | None:
        """When Slack signed it, and how; None if it did not, too long ago, or in no way we know."""
        timestamps, signatures = [], []
        for name, value in headers:
            match name.lower():
                case b"x-slack-request-timestamp":
                    timestamps.append(value)
                case b"x-slack-signature":
                    signatures.append(value)
                case b"content-encoding":
                    return None
        if len(timestamps) != 1 or len(signatures) != 1 or not self._secret:
            return None
        timestamp, signature = timestamps[0], signatures[0]
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return None
        age = self._clock.now().timestamp() - int(timestamp)
        return (timestamp, signature) if abs(age) <= GOOD_FOR.total_seconds() else None


class Ingress:
    """Stores Events API payloads; the same event arriving again changes nothing."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        refused = partial(bot.metrics.events.add, "not_stored")
        self._commits: GroupCommit[Came] = GroupCommit(self._store, refused=refused)

    def add(self, payload: Json, body: bytes) -> "Future[None] | None":
        """Stores one event, as it came: done as soon as it is durable; None: there is nothing to.

        To be called on an event loop. Whatever it raises, or ends with, means: do not acknowledge.
        """
        if payload.get("type") == "app_rate_limited":
            return asyncio.get_running_loop().run_in_executor(None, self._note_dropped, payload)
        envelope = envelope_of(payload, body)
        return None if envelope is None else self._commits.add((envelope, monotonic()))

    def close(self) -> None:
        """Stores nothing more."""
        self._commits.close()

    def _store(self, came: Sequence[Came]) -> None:
        bot, metrics = self._bot, self._bot.metrics
        envelopes = [envelope for envelope, _ in came]
        new = inbox.accept(bot.database, envelopes, now=bot.machine_clock.now())
        metrics.events.add("stored", new)
        metrics.events.add("duplicate", len(came) - new)
        stored_at = monotonic()
        metrics.acknowledging.observe(*(stored_at - came_at for _, came_at in came))
        if new:
            bot.inbox_filled.set()

    def _note_dropped(self, payload: Json) -> None:
        """Slack tells that it dropped events of a minute, given in seconds since 1970."""
        team_id, minute = home_of(payload), payload.get("minute_rate_limited")
        log.warning("slack drops events", team=team_id)
        with self._bot.database.transaction() as session:
            if workspaces.find(session, team_id) is not None:
                seconds = minute if isinstance(minute, int) else 0
                dropped.note(session, team_id, seconds, now=self._bot.clock.now())


def envelope_of(payload: Json, body: bytes) -> Envelope | None:
    """An event as it is stored; None: it cannot be told which one it is, or where it happened."""
    team_id, event_id = home_of(payload), id_in(payload, "event_id")
    if not team_id or not event_id:
        return None
    return Envelope(team_id, event_id, lane_of(payload), body)


def tell_lost(error: BaseException) -> None:
    """Says that an event was not stored, so that it is not acknowledged."""
    log.error("event not stored, slack will send it again", error=type(error).__name__)


def challenge_in(payload: Json) -> str | None:
    """The challenge of a url_verification request, to be sent back."""
    is_asked = text_in(payload, "type") == "url_verification"
    return text_in(payload, "challenge") if is_asked else None
