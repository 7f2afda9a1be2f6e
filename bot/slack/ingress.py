"""The way in: verify, store, acknowledge. Nothing else happens before the acknowledgement."""

import hmac
import re
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Final, TypeAlias

from bot.core import dropped, inbox, logs, workspaces
from bot.core.bot import Bot
from bot.core.clock import Clock, SystemClock
from bot.core.inbox import Envelope
from bot.slack.access import home_of
from bot.slack.inbound import lane_of
from bot.slack.payloads import Json, id_in, text_in

log = logs.get(__name__)

MAX_BODY: Final = 1024 * 1024
GOOD_FOR: Final = timedelta(minutes=5)
_TIMESTAMP: Final = re.compile(rb"\d{10}")
_SIGNATURE: Final = re.compile(rb"v0=[0-9a-f]{64}")

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
        expected = hmac.new(self._secret, b"v0:" + timestamp + b":", sha256)
        expected.update(body)
        return hmac.compare_digest(b"v0=" + expected.hexdigest().encode(), signature)

    def _stamp(self, headers: Headers) -> tuple[bytes, bytes] | None:
        """When Slack signed, and how; None if it did not, too long ago, or in no way we know."""
        given = [(name.lower(), value) for name, value in headers]
        timestamps = [value for name, value in given if name == b"x-slack-request-timestamp"]
        signatures = [value for name, value in given if name == b"x-slack-signature"]
        is_packed = any(name == b"content-encoding" for name, _ in given)
        if len(timestamps) != 1 or len(signatures) != 1 or is_packed or not self._secret:
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

    def accept(self, payload: Json, body: bytes) -> None:
        """Stores one event durably, as it came. Whatever it raises means: do not acknowledge."""
        team_id, event_id = home_of(payload), id_in(payload, "event_id")
        if text_in(payload, "type") == "app_rate_limited":
            self._note_dropped(team_id, payload.get("minute_rate_limited"))
            return
        if not team_id or not event_id:
            return
        envelope = Envelope(team_id, event_id, lane_of(payload), body)
        if inbox.accept(self._bot.database, envelope, now=self._bot.machine_clock.now()):
            self._bot.inbox_filled.set()

    def _note_dropped(self, team_id: str, minute: object) -> None:
        """Slack tells that it dropped events of a minute, given in seconds since 1970."""
        log.warning("slack drops events", team=team_id)
        with self._bot.database.transaction() as session:
            if workspaces.find(session, team_id) is not None:
                seconds = minute if isinstance(minute, int) else 0
                dropped.note(session, team_id, seconds, now=self._bot.clock.now())


def challenge_in(payload: Json) -> str | None:
    """The challenge of a url_verification request, to be sent back."""
    is_asked = text_in(payload, "type") == "url_verification"
    return text_in(payload, "challenge") if is_asked else None
