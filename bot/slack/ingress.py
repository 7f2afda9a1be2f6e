"""The way in: verify, store, acknowledge. Nothing else happens before the acknowledgement."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from slack_sdk.signature import SignatureVerifier

from bot.core import inbox, logs
from bot.core.bot import Bot
from bot.core.inbox import Envelope
from bot.slack.access import home_of
from bot.slack.inbound import lane_of

log = logs.get(__name__)

MAX_BODY: Final = 1024 * 1024
_TIMESTAMP: Final = re.compile(r"\d{10}", re.ASCII)
_SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)


class Verifier:
    """Says whether a request was signed by Slack, at most 5 minutes ago. Never raises."""

    def __init__(self, signing_secret: str) -> None:
        self._verifier = SignatureVerifier(signing_secret)

    def accepts(self, body: bytes, timestamp: str, signature: str) -> bool:
        """Checks the raw body against the two headers Slack sends."""
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return False
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except UnicodeDecodeError:
            return False


class Ingress:
    """Stores Events API payloads; the same event arriving again changes nothing."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def accept(self, body: bytes) -> None:
        """Stores one event durably. Whatever it raises means: do not acknowledge."""
        payload = _object(body)
        if payload.get("type") == "app_rate_limited":
            log.warning("slack drops events", team=payload.get("team_id"))
            return
        team_id, event_id = home_of(payload), payload.get("event_id")
        if not team_id or not isinstance(event_id, str):
            return
        envelope = Envelope(team_id[:32], event_id[:64], lane_of(payload), body)
        if inbox.accept(self._bot.database, envelope, now=self._bot.machine_clock.now()):
            self._bot.inbox_filled.set()


def challenge_in(body: bytes) -> str | None:
    """The challenge of a url_verification request, to be sent back."""
    payload = _object(body)
    challenge = payload.get("challenge")
    is_asked = payload.get("type") == "url_verification"
    return challenge if is_asked and isinstance(challenge, str) else None


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, Mapping) else {}
