"""Reads a message once: every rule looks at what is found here, none at the text again."""

import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Final, NamedTuple

from bot.core.patterns import regex
from bot.core.render import groups_in, mentions_in
from bot.features.coach.rules.languages import Language, language_of
from bot.features.coach.rules.vocabulary import flags_of

PHRASE: Final = 80
"""Characters of an author's words that a hint quotes."""

_WORDS: Final = regex(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?|\?")
_CODE: Final = regex(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)
_QUOTES: Final = regex(r"^[ \t]*(?:&gt;|>)[^\n]*", re.MULTILINE)
_TOKENS: Final = regex(r"<[^<>]*>|<(?=[@!#])")
_ADDRESSES: Final = regex(r"\b(?:https?|ftp|file|s3)://\S*|\bwww\.\S+")
_EMOJI: Final = regex(r"(?<!\d):[a-z][\w+-]*:")  # in "by 14:00: thanks" is no emoji
_BROADCASTS: Final = regex(r"<!(here|channel|everyone)\b")
_EVERYBODY: Final = frozenset({"here", "channel", "everyone"})
_AT: Final = regex(r"(?<!\S)@([\w.-]*\w)")
_SENTENCES: Final = regex(r"(?<=[.!?\u2026])\s+|\n+")
_BLANKS: Final = regex(r"\s+")
_NOBODY: Final[tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]] = ((), (), frozenset())
_STRAIGHT: Final = str.maketrans("\u2018\u2019\u00b4", "'''")


class Sentence(NamedTuple):
    """One sentence or line: the author's words, and the words in it as `Reading.words` has them."""

    said: str
    words: tuple[str, ...]

    @property
    def asks(self) -> bool:
        """Whether there is a question mark in it."""
        return "?" in self.words

    @property
    def line(self) -> str:
        """The words without question marks, one blank between each, for patterns to look at."""
        return " ".join(word for word in self.words if word != "?")


@dataclass(frozen=True)
class Reading:
    """What a message says in its author's own words, without quotes, code, mentions and links.

    `text` is Slack's. `own` are the author's words as written, with blanks where something was left
    out; `words` are those in lower case, in order, a question mark being one; a word has a straight
    apostrophe or none. `flags` are those of `vocabulary` that any of the words has. `mentions` are
    ids, or names where the text has `@name` only; `broadcasts` are here, channel, everyone.
    """

    text: str
    own: str
    words: tuple[str, ...]
    flags: int
    mentions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    broadcasts: frozenset[str] = frozenset()
    has_link: bool = False
    has_code: bool = False
    has_quote: bool = False

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words, each once: `CUES.isdisjoint(reading.vocabulary)` is a cheap gate."""
        return frozenset(self.words)

    @property
    def length(self) -> int:
        """How many words there are; a question mark counts as one."""
        return len(self.words)

    @property
    def questions(self) -> int:
        """How many question marks there are."""
        return self.words.count("?")

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Sentences and lines, in order; to be asked for behind a gate only."""
        pieces = (piece.strip() for piece in _SENTENCES.split(self.own))
        return tuple(Sentence(piece, words_of(piece)) for piece in pieces if piece)

    @cached_property
    def line(self) -> str:
        """All words, question marks too, one blank between each, for patterns to look at."""
        return " ".join(self.words)

    @cached_property
    def language(self) -> Language:
        """The language, as far as its function words tell; to be asked for behind a gate only."""
        return language_of(self.words)


def read(text: str) -> Reading:
    """Reads Slack's text."""
    own = text
    has_code = has_quote = False
    if "`" in own:
        own, count = _CODE.subn(" ", own)
        has_code = count > 0
    if "&gt;" in own or (">" in own and ("\n" in own or own.lstrip()[0] == ">")):
        own, count = _QUOTES.subn(" ", own)
        has_quote = count > 0
    mentions, groups, broadcasts = _addressed(own) if "@" in own or "<!" in own else _NOBODY
    has_link = "://" in own or "www." in own
    own = _without_tokens(own, has_link=has_link)
    words = words_of(own)
    return Reading(
        text,
        own,
        words,
        flags_of(words),
        mentions,
        groups,
        broadcasts,
        has_link=has_link,
        has_code=has_code,
        has_quote=has_quote,
    )


def _addressed(own: str) -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]:
    """Ids of people, ids of groups, and broadcasts."""
    people = mentions_in(own) if "<@" in own else ()
    tokens = _BROADCASTS.findall(own) if "<!" in own else ()
    groups = groups_in(own) if "<!subteam" in own else ()
    names = _AT.findall(own) if _names_somebody(own) else ()
    broadcasts = frozenset((*tokens, *_EVERYBODY.intersection(names)))
    return (*people, *(each for each in names if each not in broadcasts)), groups, broadcasts


def _names_somebody(own: str) -> bool:
    """Whether there is an at sign besides those of tokens."""
    return "@" in own.replace("<@", "")


def _without_tokens(own: str, *, has_link: bool) -> str:
    """The words without mentions, links and emoji, Slack's escapes undone."""
    if "@" in own and _names_somebody(own):
        own = _AT.sub(" ", own)
    if "<" in own:
        own = _TOKENS.sub(" ", own)
    if has_link and ("://" in own or "www." in own):
        own = _ADDRESSES.sub(" ", own)
    if own.count(":") > 1:
        own = _EMOJI.sub(" ", own)
    return unescape(own) if "&" in own else own


def words_of(own: str) -> tuple[str, ...]:
    """The words of a piece of `Reading.own`, as `Reading.words` has them."""
    lower = own.lower()
    if not lower.isascii():
        lower = lower.translate(_STRAIGHT)
    return tuple(_WORDS.findall(lower))


def phrase_of(own: str) -> str:
    """A piece of `Reading.own` as a hint quotes it: on one line, at most 80 characters."""
    phrase = _BLANKS.sub(" ", own[: PHRASE * 8]).strip(" ,;:-\u2013\u2014")
    if len(phrase) <= PHRASE:
        return phrase
    head, _, rest = phrase[: PHRASE - 1].rpartition(" ")
    return f"{head or rest}\u2026"
