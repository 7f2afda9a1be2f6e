"""How people are paged outside of Slack, and who is told that pages go on."""

import re
from typing import Final, Self
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator

from bot.settings import together
from bot.settings.urls import LOOPBACK_HOSTS, SafeUrl

_BELONG_TOGETHER: Final = (
    tuple(f"baton_pager_twilio_{name}" for name in ("account", "token", "from")),
    ("baton_pager_webhook_url", "baton_pager_webhook_secret"),
)
_SENDER: Final = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[A-Za-z0-9.-]+")


class PagerSettings(BaseModel):
    """The pagers."""

    baton_pager_smtp_url: SecretStr | None = Field(
        None,
        description="Pages go by e-mail, too: smtps://user:password@host?from=baton@example.com, "
        "or smtp+starttls://…",
    )
    baton_pager_twilio_account: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9_-]{1,64}$",
        description="Pages go by SMS and call, too: the account at Twilio (AC…), or the like.",
    )
    baton_pager_twilio_token: SecretStr | None = Field(None, description="Its auth token.")
    baton_pager_twilio_from: str | None = Field(
        None,
        pattern=r"^(\+[1-9][0-9]{6,14}|MG[0-9a-zA-Z]{32}|[A-Za-z0-9 ]{1,11})$",
        description="The number that is sent from (+…), which calls need; or a service (MG…).",
    )
    baton_pager_twilio_url: SafeUrl = Field(
        "https://api.twilio.com", description="Where that API is, if not at Twilio."
    )
    baton_pager_pagerduty_key: SecretStr | None = Field(
        None, description="Pages go to PagerDuty, too: the integration key of an Events API v2."
    )
    baton_pager_pagerduty_url: SafeUrl = Field(
        "https://events.pagerduty.com",
        description="Where that API is; https://events.eu.pagerduty.com in the EU.",
    )
    baton_pager_webhook_url: SafeUrl | None = Field(
        None, description="Pages go to an address of yours, too, as signed JSON."
    )
    baton_pager_webhook_secret: SecretStr | None = Field(
        None, min_length=16, description="What they are signed with, 16 characters or more."
    )
    baton_pager_apprise_urls: SecretStr | None = Field(
        None, description="Pages go to whatever Apprise speaks, too (`make apprise`): its URLs."
    )
    baton_heartbeat_url: SafeUrl | None = Field(
        None, description="Called once a minute while all pages go on as they should."
    )

    @field_validator("baton_pager_smtp_url")
    @classmethod
    def _mailable(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        parts = urlsplit(value.get_secret_value())
        if not parts.hostname or parts.scheme not in {"smtps", "smtp+starttls", "smtp"}:
            raise ValueError("BATON_PAGER_SMTP_URL must start with smtps:// or smtp+starttls://")
        try:
            _ = parts.port
        except ValueError:
            raise ValueError("BATON_PAGER_SMTP_URL has a port that is none") from None
        if parts.scheme == "smtp" and parts.hostname not in LOOPBACK_HOSTS:
            raise ValueError("BATON_PAGER_SMTP_URL must be encrypted: smtps:// or smtp+starttls://")
        sender = parse_qs(parts.query).get("from", [""])[0]
        if not _SENDER.fullmatch(sender):
            raise ValueError("BATON_PAGER_SMTP_URL must end with ?from= and the sender's address")
        return value

    @model_validator(mode="after")
    def _pagers_are_whole(self) -> Self:
        together.check(self, _BELONG_TOGETHER)
        return self
