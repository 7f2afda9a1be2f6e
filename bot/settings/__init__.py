"""Every environment variable Baton knows, read once, checked once.

Values come from the environment, then `.env`, then from files in `BATON_SECRETS_DIR`, one per name;
without that, from systemd's folder of credentials, or `/run/secrets`.
"""

import os
import re
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import unquote

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.settings.house import HouseSettings
from bot.settings.pagers import PagerSettings
from bot.settings.records import RecordsSettings
from bot.settings.urls import is_loopback

_SECRET_ADDRESSES: Final = ("baton_pager_webhook_url", "baton_heartbeat_url")
"""Whoever knows them could call them."""
_CREDENTIALS: Final = "CREDENTIALS_DIRECTORY"
"""How systemd says in which folder the credentials of a unit are."""
_PASSWORD: Final = re.compile(r"://[^/\s@]*?:([^/\s@]+)@")


class SettingsError(Exception):
    """The settings are missing something or hold something wrong.

    `problems` is one sentence per problem, each saying what to do.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class Settings(PagerSettings, RecordsSettings, HouseSettings, BaseSettings):
    """One field per variable; the field's name in upper case is the variable's name."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    baton_clock_url: str | None = Field(
        None, description="Clock of the local Slack (loopback only), so that tests can move time."
    )
    baton_crash_at: str | None = Field(
        None, description="Named point at which to kill the process (local Slack only)."
    )

    @property
    def secrets(self) -> set[str]:
        """The values that nobody may read in a log line: what is secret, and its parts."""
        values = [getattr(self, name) for name in type(self).model_fields]
        secret = [each.get_secret_value() for each in values if isinstance(each, SecretStr)]
        secret += [each for name in _SECRET_ADDRESSES if (each := getattr(self, name))]
        parts = [part for each in secret for part in re.split(r"[\s,]+", each)]
        for each in (*secret, self.database_url):
            parts += [part for found in _PASSWORD.findall(each) for part in (found, unquote(found))]
        return {*secret, *parts}

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


def load(**overrides: Any) -> Settings:
    """Reads the settings; raises SettingsError with one sentence per problem."""
    file = overrides.get("_env_file", ".env")
    given = {**(dotenv_values(file) if file else {}), **os.environ}
    named = given.get("BATON_SECRETS_DIR")
    secrets = Path(named or os.environ.get(_CREDENTIALS) or "/run/secrets")
    if named and not secrets.is_dir():
        raise SettingsError([f"BATON_SECRETS_DIR names {secrets}, which is not a folder."])
    try:
        return Settings(_secrets_dir=secrets if secrets.is_dir() else None, **overrides)
    except ValidationError as invalid:
        raise SettingsError([_sentence(error) for error in invalid.errors()]) from None


def unknown_names(environment: Mapping[str, str]) -> list[str]:
    """The BATON_* names in the environment or `.env` that mean nothing, sorted."""
    known = {name.upper() for name in Settings.model_fields}
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


def _sentence(error: Mapping[str, Any]) -> str:
    said = str(error["ctx"]["error"]) if error["type"] == "value_error" else ""
    if said and (not error["loc"] or str(error["loc"][0]).upper() in said):
        return f"{said}."
    field = str(error["loc"][0])
    if said:  # a library's words, such as "Invalid IPv6 URL"
        return f"{field.upper()}: {said[0].lower()}{said[1:]}."
    hint = Settings.model_fields[field].description
    if error["type"] == "too_short":  # what is said of a secret speaks of items
        return (
            f"{field.upper()} must have {error['ctx']['min_length']} characters or more. ({hint})"
        )
    return f"{field.upper()}: {error['msg'][0].lower()}{error['msg'][1:]} ({hint})"
