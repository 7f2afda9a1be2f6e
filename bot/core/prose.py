"""What somebody says in their own words, in a text that came from Slack."""

import re
from typing import Final

from bot.core.patterns import regex
from bot.core.render import groups_in, mentions_in

BLANK: Final = "\0"
_QUOTES_AND_CODE: Final = regex(r"```.*?(?:```|\Z)|`[^`\n]+`|^&gt;[^\n]*", re.DOTALL | re.MULTILINE)
_TOKENS: Final = regex(r"<[^<>]*>|(?<!\d):[\w+-]+:")  # in "by 14:00: thanks" is no emoji
_WORDS: Final = regex(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_GREETINGS: Final = frozenset({"hi", "hello", "hey", "hiya", "heya", "hallo", "hola", "yo", "oi"})
_FILLERS: Final = frozenset({"there", "again", "how", "are", "you", "doing", "today"})


def without_quotes_and_code(text: str) -> str:
    """The text without what is quoted or code; mentions and links stay."""
    return _QUOTES_AND_CODE.sub(" ", text)


def prose(text: str) -> str:
    """The words alone: no quotes, code, mentions, links or emoji."""
    return _TOKENS.sub(" ", without_quotes_and_code(text))


def own_words(text: str) -> str:
    """As long as the text, so that places in it stay: what `prose` leaves out is NUL characters."""
    return _TOKENS.sub(_blank, _QUOTES_AND_CODE.sub(_blank, text))


def addressed_in(text: str) -> tuple[str, ...]:
    """Ids of the people addressed in a text, in order, leaving out quotes and code."""
    return mentions_in(without_quotes_and_code(text))


def groups_addressed_in(text: str) -> tuple[str, ...]:
    """Ids of the user groups addressed in a text, in order, leaving out quotes and code."""
    return groups_in(without_quotes_and_code(text))


def only_greets(text: str) -> bool:
    """Whether somebody says hello and nothing else."""
    words = (found[0].lower() for found in _WORDS.finditer(prose(text)))
    return next(words, "") in _GREETINGS and all(
        word in _GREETINGS or word in _FILLERS for word in words
    )


def _blank(found: re.Match[str]) -> str:
    return BLANK * len(found[0])
