"""Every environment variable Baton knows, read once, checked once.

Values come from the environment, then `.env`, then from files in `BATON_SECRETS_DIR`, one per name.
"""

import base64
import os
import re
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import parse_qs, urlsplit
from zoneinfo import available_timezones

from dotenv import dotenv_values
from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

SLACK_API_URL = "https://slack.com/api/"
_REMOTE = re.compile(r"(https://|ssh://|file:///|/)\S+$|\w[\w.-]*@[\w.-]+:[^\s:-][^\s:]*$")
_KEY = re.compile(r"([A-Za-z0-9]{1,32}):([A-Za-z0-9+/]{43}=)")
_CONFLUENCE = "baton_records_confluence"
_BELONG_TOGETHER = (
    ("baton_records_notion_token", "baton_records_notion_database"),
    tuple(f"{_CONFLUENCE}_{name}" for name in ("url", "user", "token", "space")),
    tuple(f"baton_pager_twilio_{name}" for name in ("account", "token", "from")),
    ("baton_pager_webhook_url", "baton_pager_webhook_secret"),
)
_SENDER = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[A-Za-z0-9.-]+")
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


def is_loopback(url: str) -> bool:
    """Whether `url` names this machine."""
    return urlsplit(url).hostname in LOOPBACK_HOSTS


class SettingsError(Exception):
    """The settings are missing something or hold something wrong.

    `problems` is one sentence per problem, each saying what to do.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """One field per variable; the field's name in upper case is the variable's name."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    slack_bot_token: SecretStr | None = Field(
        None, description="Bot token of the installed app (xoxb-…)."
    )
    slack_app_token: SecretStr | None = Field(
        None, description="App-level token (xapp-…) with connections:write. Set: Socket Mode."
    )
    slack_signing_secret: SecretStr | None = Field(
        None, description="Signing secret of the app. Needed to receive events over HTTP."
    )
    slack_api_url: str = Field(
        SLACK_API_URL, description="Where Slack's Web API is; the local Slack prints its own."
    )
    database_url: str = Field(
        "sqlite:///baton.db", description="sqlite:///file.db or postgres://user:password@host/name."
    )
    anthropic_api_key: SecretStr | None = Field(
        None, description="Key of the model provider. Empty: every draft is the plain one."
    )
    anthropic_base_url: str = Field(
        "https://api.anthropic.com", description="Where the Messages API is."
    )
    baton_model: str = Field(
        "claude-haiku-5-5",
        pattern=r"^[a-z0-9][a-z0-9.-]{2,63}$",
        description="The model that words drafts.",
    )
    baton_model_daily_cap_usd: float = Field(
        5.0, ge=0, le=10_000, description="What a workspace may spend on it a day; then plain."
    )
    baton_model_timeout_seconds: float = Field(
        45.0, ge=0.2, le=80, description="How long one call to it may take at most; then plain."
    )
    host: str = Field("127.0.0.1", description="Address that `baton web` listens on.")
    port: int = Field(3000, ge=1, le=65535, description="Port that `baton web` listens on.")
    baton_public_url: str | None = Field(
        None,
        description="https address under which Slack reaches `baton web`; with Socket Mode: under "
        "which people reach it from a text message.",
    )
    baton_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR."
    )
    baton_log_format: Literal["console", "json"] = Field(
        "console", description="console (for people) or json (for machines)."
    )
    baton_command_prefix: str = Field(
        "",
        pattern=r"^[a-z0-9_-]{0,20}$",
        description="Put before every slash command, e.g. bt- for /bt-decision.",
    )
    baton_time_zone: str = Field(
        "UTC", description="IANA zone of people whose own zone Slack does not tell."
    )
    baton_tick_seconds: float = Field(
        1.0, ge=0.05, le=60, description="How often a worker looks for what is due."
    )
    baton_slack_timeout_seconds: float = Field(
        10.0, ge=0.5, le=60, description="How long one call to Slack may take."
    )
    baton_slack_margin_seconds: float = Field(
        5.0, ge=0.1, le=60, description="How long after that a call may still take effect at Slack."
    )
    baton_lease_seconds: float = Field(
        25.0, ge=1, le=600, description="After how long the work of a dead process is taken over."
    )
    baton_socket_connections: int = Field(
        2, ge=1, le=10, description="Socket Mode connections held open at once."
    )
    baton_senders: int = Field(4, ge=1, le=32, description="Threads that send to Slack.")
    baton_stop_seconds: float = Field(
        20.0, ge=1, le=300, description="How long a graceful stop may take."
    )
    baton_records_git_dir: str | None = Field(
        None,
        description="Decisions are kept in a git repository in this folder of Baton's own, too.",
    )
    baton_records_git_remote: str | None = Field(
        None, description="Where that is pushed to: https://, ssh:// or a full path."
    )
    baton_records_git_branch: str = Field(
        "main", pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9_-]+)*$", description="Its branch."
    )
    baton_records_notion_token: SecretStr | None = Field(
        None, description="Decisions are kept in Notion, too: the integration's secret."
    )
    baton_records_notion_database: str | None = Field(
        None, description="The id of the database in Notion; the integration is invited to it."
    )
    baton_records_notion_url: str = Field(
        "https://api.notion.com", description="Where Notion's API is."
    )
    baton_records_confluence_url: str | None = Field(
        None, description="Decisions are kept in Confluence, too: https://your-site.atlassian.net."
    )
    baton_records_confluence_user: str | None = Field(
        None, description="The account there, an e-mail address."
    )
    baton_records_confluence_token: SecretStr | None = Field(None, description="Its API token.")
    baton_records_confluence_space: str | None = Field(None, description="The space's key.")
    baton_records_confluence_parent: str | None = Field(
        None, description="The id of the page below which decisions stand; empty: the space's top."
    )
    baton_encryption_keys: SecretStr | None = Field(
        None,
        description="Keys for addresses and secrets in the database: id:key, the newest first, "
        "parted by commas; `baton keys new` makes one.",
    )
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
    baton_pager_twilio_url: str = Field(
        "https://api.twilio.com", description="Where that API is, if not at Twilio."
    )
    baton_pager_pagerduty_key: SecretStr | None = Field(
        None, description="Pages go to PagerDuty, too: the integration key of an Events API v2."
    )
    baton_pager_pagerduty_url: str = Field(
        "https://events.pagerduty.com",
        description="Where that API is; https://events.eu.pagerduty.com in the EU.",
    )
    baton_pager_webhook_url: str | None = Field(
        None, description="Pages go to an address of yours, too, as signed JSON."
    )
    baton_pager_webhook_secret: SecretStr | None = Field(
        None, min_length=16, description="What they are signed with, 16 characters or more."
    )
    baton_pager_apprise_urls: SecretStr | None = Field(
        None, description="Pages go to whatever Apprise speaks, too (`make apprise`): its URLs."
    )
    baton_heartbeat_url: str | None = Field(
        None, description="Called once a minute while all pages go on as they should."
    )
    baton_clock_url: str | None = Field(
        None, description="Clock of the local Slack (loopback only), so that tests can move time."
    )
    baton_crash_at: str | None = Field(
        None, description="Named point at which to kill the process (local Slack only)."
    )

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_slash(cls, value: str) -> str:
        if urlsplit(value).scheme not in {"http", "https"}:
            raise ValueError("SLACK_API_URL must start with https:// (or http:// on loopback)")
        if urlsplit(value).scheme == "http" and not is_loopback(value):
            raise ValueError("SLACK_API_URL must use https:// unless it is on loopback")
        return value if value.endswith("/") else value + "/"

    @field_validator("anthropic_base_url")
    @classmethod
    def _safe_address(cls, value: str) -> str:
        if urlsplit(value).scheme != "https" and not is_loopback(value):
            raise ValueError("ANTHROPIC_BASE_URL must start with https://")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        scheme, _, rest = value.partition("://")
        if scheme in {"postgres", "postgresql"}:
            return f"postgresql+psycopg://{rest}"
        if scheme in {"sqlite", "postgresql+psycopg"}:
            return value
        raise ValueError("DATABASE_URL must start with sqlite:/// or postgres://")

    @field_validator("baton_time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("BATON_TIME_ZONE must be an IANA name such as Europe/Berlin")
        return value

    @field_validator("baton_public_url")
    @classmethod
    def _https(cls, value: str | None) -> str | None:
        if value and urlsplit(value).scheme != "https" and not is_loopback(value):
            raise ValueError("BATON_PUBLIC_URL must start with https://")
        return value.rstrip("/") if value else None

    @field_validator("baton_encryption_keys")
    @classmethod
    def _usable(cls, value: SecretStr | None) -> SecretStr | None:
        if value:
            _keys(value.get_secret_value())
        return value

    @field_validator("baton_records_git_remote")
    @classmethod
    def _pushable(cls, value: str | None) -> str | None:
        if value and not _REMOTE.match(value):
            raise ValueError("BATON_RECORDS_GIT_REMOTE must be https://, ssh:// or a full path")
        return value

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

    @field_validator(
        "baton_records_notion_url",
        "baton_records_confluence_url",
        "baton_pager_twilio_url",
        "baton_pager_pagerduty_url",
        "baton_pager_webhook_url",
        "baton_heartbeat_url",
    )
    @classmethod
    def _encrypted(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value and urlsplit(value).scheme != "https" and not is_loopback(value):
            raise ValueError(f"{str(info.field_name).upper()} must start with https://")
        return value

    @model_validator(mode="after")
    def _what_belongs_together_is_there(self) -> Self:
        for first, *others in _BELONG_TOGETHER:
            given = [name for name in (first, *others) if getattr(self, name)]
            missing = [name.upper() for name in (first, *others) if not getattr(self, name)]
            if given and missing:
                raise ValueError(f"{given[0].upper()} needs {' and '.join(missing)}, too")
        if self.baton_records_git_remote and not self.baton_records_git_dir:
            raise ValueError("BATON_RECORDS_GIT_REMOTE needs BATON_RECORDS_GIT_DIR, too")
        if self.baton_records_confluence_parent and not self.baton_records_confluence_url:
            raise ValueError("BATON_RECORDS_CONFLUENCE_PARENT needs the other settings of it, too")
        return self

    @model_validator(mode="after")
    def _test_aids_stay_local(self) -> Self:
        if self.baton_clock_url and not is_loopback(self.baton_clock_url):
            raise ValueError("BATON_CLOCK_URL must be on loopback")
        for name in ("baton_clock_url", "baton_crash_at"):
            if getattr(self, name) and not is_loopback(self.slack_api_url):
                raise ValueError(
                    f"{name.upper()} works with the local Slack only: "
                    "remove it, or point SLACK_API_URL at the local Slack"
                )
        return self

    @property
    def encryption_keys(self) -> dict[str, bytes]:
        """The keys for addresses and secrets by their id, the one that encrypts first."""
        keys = self.baton_encryption_keys
        return _keys(keys.get_secret_value()) if keys else {}

    @property
    def socket_mode(self) -> bool:
        """Whether events arrive over Socket Mode (an app-level token is set)."""
        return self.slack_app_token is not None

    def problems_to_receive(self) -> list[str]:
        """What is missing to talk with a workspace, one sentence each; empty when all is there."""
        problems = []
        if self.slack_bot_token is None:
            problems.append(
                "SLACK_BOT_TOKEN is missing: copy it from your app's page, "
                "OAuth & Permissions, Bot User OAuth Token."
            )
        elif not self.slack_bot_token.get_secret_value().startswith(("xoxb-", "xoxe.xoxb-")):
            problems.append("SLACK_BOT_TOKEN must start with xoxb-: this is another kind of token.")
        if self.slack_app_token is None and self.slack_signing_secret is None:
            problems.append(
                "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set: "
                "set the one for the way your app receives events."
            )
        app_token = self.slack_app_token
        if app_token and not app_token.get_secret_value().startswith("xapp-"):
            problems.append("SLACK_APP_TOKEN must start with xapp-: this is another kind of token.")
        return problems


def load(**overrides: Any) -> Settings:
    """Reads the settings; raises SettingsError with one sentence per problem."""
    secrets = Path(os.environ.get("BATON_SECRETS_DIR", "/run/secrets"))
    if "BATON_SECRETS_DIR" in os.environ and not secrets.is_dir():
        raise SettingsError([f"BATON_SECRETS_DIR names {secrets}, which is not a folder."])
    try:
        return Settings(_secrets_dir=secrets if secrets.is_dir() else None, **overrides)
    except ValidationError as invalid:
        raise SettingsError([_sentence(error) for error in invalid.errors()]) from None


def unknown_names(environment: Mapping[str, str]) -> list[str]:
    """The BATON_* names in the environment or `.env` that mean nothing, sorted."""
    known = {name.upper() for name in Settings.model_fields} | {"BATON_SECRETS_DIR"}
    given = {*environment, *dotenv_values(".env")}
    return sorted(name for name in given if name.startswith("BATON_") and name not in known)


def hide_from_libraries(environment: MutableMapping[str, str]) -> None:
    """Takes the names out that libraries would read behind our back once they are ours."""
    for name in [name for name in environment if name.startswith(("SLACK_", "ANTHROPIC_"))]:
        del environment[name]


def example() -> str:
    """The text of `.env.example`, made from the fields."""
    lines = ["# Copy to .env and fill in what you need; every line is optional unless it says so."]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else field.default
        lines += ["", f"# {field.description}", f"#{name.upper()}={default}"]
    return "\n".join(lines) + "\n"


def _keys(setting: str) -> dict[str, bytes]:
    """The keys of `id:key,id:key`, each 32 bytes in base64. Raises ValueError."""
    keys: dict[str, bytes] = {}
    for entry in filter(None, map(str.strip, setting.split(","))):
        found = _KEY.fullmatch(entry)
        if found is None:
            raise ValueError(
                "BATON_ENCRYPTION_KEYS must be id:key, parted by commas, as `baton keys new` "
                "prints them"
            )
        key_id, encoded = found.groups()
        if key_id in keys:
            raise ValueError(f"BATON_ENCRYPTION_KEYS has two keys called {key_id}: remove one")
        keys[key_id] = base64.b64decode(encoded)
    return keys


def _sentence(error: Mapping[str, Any]) -> str:
    if error["type"] == "value_error":
        return f"{error['ctx']['error']}."
    field = str(error["loc"][0])
    hint = Settings.model_fields[field].description
    if error["type"] == "too_short":  # what is said of a secret speaks of items
        return (
            f"{field.upper()} must have {error['ctx']['min_length']} characters or more. ({hint})"
        )
    return f"{field.upper()}: {error['msg'][0].lower()}{error['msg'][1:]} ({hint})"
