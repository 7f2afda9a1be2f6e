"""Addresses that settings name."""

from typing import Annotated, Final, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, ValidationInfo

LOOPBACK_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def is_loopback(url: str) -> bool:
    """Whether `url` names this machine."""
    return urlsplit(url).hostname in LOOPBACK_HOSTS


def has_port(url: str) -> bool:
    """Whether the port in `url` is one, or there is none."""
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _encrypted(value: str, info: ValidationInfo) -> str:
    if urlsplit(value).scheme != "https" and not is_loopback(value):
        raise ValueError(f"{str(info.field_name).upper()} must start with https://")
    return value


SafeUrl: TypeAlias = Annotated[str, AfterValidator(_encrypted)]
"""An address that is encrypted, or of this machine."""
