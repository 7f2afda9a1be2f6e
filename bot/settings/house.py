"""What Baton needs to run: Slack, the database, the model, its processes."""

import base64
import re
from typing import Final, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import BaseModel, Field, SecretStr, field_validator

from bot.settings.urls import has_port, is_loopback

SLACK_API_URL: Final = "https://slack.com/api/"
_TEAM: Final = re.compile(r"[TE][A-Z0-9]{1,31}")
_KEY: Final = re.compile(r"([A-Za-z0-9]{1,32}):([A-Za-z0-9+/]{43}=)")


class HouseSettings(BaseModel):
    """The house itself."""

    slack_bot_token: SecretStr | None = Field(
        None, description="Bot token of the installed app (xoxb-…)."
    )
    slack_app_token: SecretStr | None = Field(
        None, description="App-level token (xapp-…) with connections:write. Set: Socket Mode."
    )
    slack_signing_secret: SecretStr | None = Field(
        None, description="Signing secret of the app. Needed to receive events over HTTP."
    )
    slack_client_id: str | None = Field(
        None, description="Client ID of the app. Set: any workspace can install it, over OAuth."
    )
    slack_client_secret: SecretStr | None = Field(
        None, description="Client secret of the app; goes with SLACK_CLIENT_ID."
    )
    slack_api_url: str = Field(SLACK_API_URL, description="Where Slack's Web API is.")
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
    baton_metrics_host: str = Field(
        "127.0.0.1", description="Address for /healthz, /readyz and /metrics."
    )
    baton_metrics_port: int = Field(
        3001, ge=0, le=65535, description="Its port, for each process its own; 0: none."
    )
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
    baton_history_limit: Literal["internal", "distributed"] | None = Field(
        None,
        description="How much history Slack lets the app read: internal (50 calls a minute) or "
        "distributed (one, of 15 messages); empty: distributed where many workspaces install it.",
    )
    baton_senders: int = Field(4, ge=1, le=32, description="Threads that send to Slack.")
    baton_stop_seconds: float = Field(
        20.0, ge=1, le=300, description="How long a graceful stop may take."
    )
    baton_allowed_teams: str = Field(
        "",
        description="Ids of the workspaces and organisations that may install it, parted by "
        "commas; empty: any.",
    )
    baton_erase_after_hours: float = Field(
        24.0,
        ge=0,
        le=24,
        description="How long after it was uninstalled a workspace's data is deleted; 0: at once.",
    )
    baton_encryption_keys: SecretStr | None = Field(
        None,
        description="Keys for addresses and secrets in the database: id:key, the one that encrypts "
        "first, parted by commas; `baton keys new` makes one.",
    )

    baton_secrets_dir: str | None = Field(
        None,
        description="Folder of files that are named like settings and hold their values; empty: "
        "systemd's credentials, or /run/secrets.",
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
            value = f"postgresql+psycopg://{rest}"
        elif scheme not in {"sqlite", "postgresql+psycopg"}:
            raise ValueError("DATABASE_URL must start with sqlite:/// or postgres://")
        _refuse_no_database(value)
        return value

    @field_validator("baton_time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("BATON_TIME_ZONE must be an IANA name such as Europe/Berlin")
        return value

    @field_validator("baton_public_url")
    @classmethod
    def _https(cls, value: str | None) -> str | None:
        if not value:
            return None
        parts = urlsplit(value)
        if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(value)):
            raise ValueError("BATON_PUBLIC_URL must start with https://")
        if not parts.hostname or set("@?#") & set(value) or not has_port(value):
            raise ValueError(
                "BATON_PUBLIC_URL must be an address such as https://baton.example.com"
            )
        if parts.path.strip("/"):
            raise ValueError(
                "BATON_PUBLIC_URL must end after the host: Baton cannot stand below a path, so "
                "give it a host of its own"
            )
        return value.rstrip("/")

    @field_validator("baton_allowed_teams")
    @classmethod
    def _ids(cls, value: str) -> str:
        ids = [each for each in map(str.strip, value.split(",")) if each]
        if not all(map(_TEAM.fullmatch, ids)):
            raise ValueError(
                "BATON_ALLOWED_TEAMS must be ids such as T012AB3CD or E045EF6GH, parted by commas"
            )
        return ",".join(ids)

    @field_validator("baton_encryption_keys")
    @classmethod
    def _usable(cls, value: SecretStr | None) -> SecretStr | None:
        if value:
            _keys(value.get_secret_value())
        return value

    @property
    def encryption_keys(self) -> dict[str, bytes]:
        """The keys for addresses and secrets by their id, the one that encrypts first."""
        keys = self.baton_encryption_keys
        return _keys(keys.get_secret_value()) if keys else {}

    @property
    def socket_mode(self) -> bool:
        """Whether events arrive over Socket Mode (an app-level token is set)."""
        return self.slack_app_token is not None

    @property
    def installs(self) -> bool:
        """Whether any workspace can install the app, over OAuth; else its token names it."""
        return self.slack_client_id is not None or self.slack_client_secret is not None

    @property
    def allowed_teams(self) -> frozenset[str]:
        """The workspaces and organisations that may install the app; empty: any."""
        return frozenset(filter(None, self.baton_allowed_teams.split(",")))

    def problems_to_receive(self) -> list[str]:
        """What is missing to talk with a workspace, one sentence each; empty when all is there."""
        problems = self._problems_to_install() if self.installs else self._problems_of_token()
        if self.slack_app_token is None and self.slack_signing_secret is None:
            problems.append(
                "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set: "
                "set the one for the way your app receives events."
            )
        app_token = self.slack_app_token
        if app_token and not app_token.get_secret_value().startswith("xapp-"):
            problems.append("SLACK_APP_TOKEN must start with xapp-: this is another kind of token.")
        return problems

    def _problems_of_token(self) -> list[str]:
        problems = []
        if self.slack_bot_token is None:
            problems.append(
                "SLACK_BOT_TOKEN is missing: copy it from your app's page, "
                "OAuth & Permissions, Bot User OAuth Token."
            )
        elif self.slack_bot_token.get_secret_value().startswith("xoxe."):
            problems.append(
                "SLACK_BOT_TOKEN is one that ends after some hours (xoxe.…), which Baton does not "
                "take: make an app without token rotation, from `baton manifest`."
            )
        elif not self.slack_bot_token.get_secret_value().startswith("xoxb-"):
            problems.append("SLACK_BOT_TOKEN must start with xoxb-: this is another kind of token.")
        if self.baton_allowed_teams:
            problems.append(
                "BATON_ALLOWED_TEAMS says who may install the app, but nobody can without "
                "SLACK_CLIENT_ID: set that, or remove it."
            )
        return problems

    def _problems_to_install(self) -> list[str]:
        problems = [
            f"{name} is missing: copy it from your app's page, Basic Information, App Credentials."
            for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
            if getattr(self, name.lower()) is None
        ]
        if self.slack_bot_token is not None:
            problems.append(
                "SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are "
                "for many: remove the one, or the other two."
            )
        if self.baton_public_url is None:
            problems.append(
                "BATON_PUBLIC_URL is missing: set it to the https address under which browsers "
                "reach Baton."
            )
        elif self.baton_public_url.startswith("http:") and not is_loopback(self.slack_api_url):
            problems.append(
                "BATON_PUBLIC_URL must start with https://: Slack sends browsers nowhere else."
            )
        if not self.baton_encryption_keys:
            problems.append(
                "BATON_ENCRYPTION_KEYS is missing, by which tokens are encrypted: set it to what "
                "`baton keys new` prints."
            )
        return problems


def _refuse_no_database(url: str) -> None:
    """Raises ValueError where an address names neither a file of SQLite's nor a server."""
    from sqlalchemy.engine import make_url  # noqa: PLC0415 - it takes a while
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        name = make_url(url).database or ""
    except (ValueError, ArgumentError):
        raise ValueError(
            "DATABASE_URL must be an address such as postgres://user:password@host:5432/name; "
            "in the password @, / and : are %40, %2F and %3A"
        ) from None
    if not url.startswith("sqlite:"):
        return
    is_file = name and url.startswith("sqlite:///") and not name.startswith((":memory:", "file:"))
    if not is_file:
        raise ValueError(
            "DATABASE_URL must name a file, such as sqlite:///baton.db or "
            "sqlite:////var/lib/baton/baton.db"
        )


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
