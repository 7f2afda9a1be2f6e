"""What lets an app answer a click: triggers for forms, response URLs for messages."""

from dataclasses import dataclass, field
from typing import Final

from bot.core.clock import monotonic
from bot.playground.world import Ephemeral

TRIGGER_SECONDS: Final = 3.0
RESPONSE_SECONDS: Final = 30 * 60.0
RESPONSE_USES: Final = 5


class TriggerError(Exception):
    """A trigger cannot be used; `code` is Slack's error."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Trigger:
    """Lets the app open one form for one person, within 3 seconds."""

    user: str
    expires: float
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """Lets the app answer one interaction, 5 times within 30 minutes."""

    user: str
    channel: str
    expires: float
    ephemeral: Ephemeral | None = None
    message_ts: str | None = None
    uses_left: int = RESPONSE_USES


@dataclass(slots=True)
class Triggers:
    """All triggers and response URLs that were handed out."""

    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)

    def grant(self, trigger_id: str, user: str) -> str:
        """Hands out a trigger."""
        self.triggers[trigger_id] = Trigger(user, monotonic() + TRIGGER_SECONDS)
        return trigger_id

    def use(self, trigger_id: str) -> str:
        """Whose trigger it is. Raises TriggerError if it is unknown, late or used."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise TriggerError("invalid_trigger_id")
        if trigger.used:
            raise TriggerError("exchanged_trigger_id")
        if monotonic() > trigger.expires:
            raise TriggerError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def promise(
        self,
        key: str,
        user: str,
        channel: str,
        *,
        ephemeral: Ephemeral | None = None,
        message_ts: str | None = None,
    ) -> str:
        """Hands out a response URL's key."""
        expires = monotonic() + RESPONSE_SECONDS
        self.response_urls[key] = ResponseUrl(user, channel, expires, ephemeral, message_ts)
        return key

    def respond(self, key: str) -> ResponseUrl:
        """The response URL, one use fewer. Raises TriggerError."""
        found = self.response_urls.get(key)
        if found is None or monotonic() > found.expires:
            raise TriggerError("expired_url")
        if found.uses_left == 0:
            raise TriggerError("used_url")
        found.uses_left -= 1
        return found
