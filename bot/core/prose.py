"""What somebody says in their own words, in a text that came from Slack."""

import re
from typing import Final

_QUOTES_AND_CODE: Final = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]+`|^&gt;[^\n]*", re.DOTALL | re.MULTILINE
)
_TOKENS: Final = re.compile(r"<[^>]*>|:[\w+-]+:")


def without_quotes_and_code(text: str) -> str:
    """The text without what is quoted or code; mentions and links stay."""
    return _QUOTES_AND_CODE.sub(" ", text)


def prose(text: str) -> str:
    """The words alone: no quotes, code, mentions, links or emoji."""
    return _TOKENS.sub(" ", without_quotes_and_code(text))
