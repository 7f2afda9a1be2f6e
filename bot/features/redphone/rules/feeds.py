"""Whose a calendar's names are, and how its address is read."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

EVERY: Final = timedelta(minutes=30)
"""How often a calendar is read."""
WHOLE: Final = timedelta(days=1)
"""After this long it is read in whole, also if nothing changed: new days came in sight."""
MAX_ADDRESS: Final = 2_000
_MAIL: Final = "mailto:"


def address(typed: str) -> str:
    """A calendar's address as it is asked for; empty if that can be none."""
    words = typed.strip().removeprefix("<").removesuffix(">")
    scheme, colon, rest = words.partition("://")
    if scheme.casefold() in {"webcal", "webcals"}:
        words = f"https{colon}{rest}"
    try:
        parts = urlsplit(words)
    except ValueError:
        return ""
    is_one = parts.scheme in {"https", "http"} and bool(parts.hostname) and "@" not in parts.netloc
    return words if is_one and len(words) <= MAX_ADDRESS and words.isprintable() else ""


def host_of(url: str) -> str:
    """The only part of an address that is shown: whoever has the rest reads the calendar."""
    return (urlsplit(url).hostname or "")[:255]


def whose(label: str, called: Mapping[str, str]) -> str:
    """Whose name stands in a calendar: an id, or empty if it is nobody's, or several people's.

    `called` are people's names by their ids. A name, a handle or what is before the @ of an e-mail
    address counts, as a whole and whatever its case.
    """
    wanted = {_folded(each) for each in _names(label)} - {""}
    found = [user_id for user_id, name in called.items() if _folded(name) in wanted]
    return found[0] if len(found) == 1 else ""


def _names(label: str) -> tuple[str, ...]:
    words = label.strip()
    if words.casefold().startswith(_MAIL):
        words = words[len(_MAIL) :]
    local, at, domain = words.partition("@")
    if at and local and "." in domain and " " not in words:
        return (local, local.replace(".", " "))
    return (words.removeprefix("@"),)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
