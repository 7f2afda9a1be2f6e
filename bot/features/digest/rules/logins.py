"""How people are called on GitHub, and where a text speaks of them by that name."""

import re
from typing import Final

from bot.core.patterns import regex

GITHUB: Final = "github"
SERVICES: Final = (GITHUB,)

# letters and digits with single hyphens between, 39 at most; managed accounts end in `_company`
LOGIN: Final = r"(?![a-z0-9_-]{40})[a-z0-9](?:-?[a-z0-9]){0,38}(?:_[a-z0-9]{1,20})?"
_LOGIN: Final = regex(LOGIN, re.IGNORECASE | re.ASCII)
_ADDRESS: Final = regex(r"<?https://github\.com/([^/|>\s]+)/?(?:\|[^>]*)?>?", re.IGNORECASE)


def read_login(text: str) -> str | None:
    """The login that somebody typed, in small letters; None: it cannot be one.

    `@tom`, and the address of the account, are good, too.
    """
    found = _ADDRESS.fullmatch(text)
    name = found[1] if found else text.removeprefix("@")
    return name.lower() if _LOGIN.fullmatch(name) else None


def names(text: str, login: str) -> bool:
    """Whether a text speaks of somebody by their login, as a word of its own."""
    word = rf"(?<![\w/-]){re.escape(login)}(?![\w-])"
    return re.search(word, text, re.IGNORECASE) is not None
