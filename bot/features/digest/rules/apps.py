"""What of the texts of other apps is worth a line of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.core.patterns import regex
from bot.core.render import plain

KEPT_FOR: Final = timedelta(days=30)
"""So long at most it is known that an app posted; the text goes earlier if people's does."""
LINES_PER_APP: Final = 2

_HEAD: Final = 300
"""So many characters tell what a message is about; details behind them tell of other things."""
_FAILED: Final = regex(
    r"\b(?:fail(?:ed|ing|ure|ures|s)?|broken|broke|crash(?:ed|es)?|timed out|errored|rolled back|"
    r"rollback|cancelled|canceled|aborted|red)\b",
    re.IGNORECASE,
)
_TROUBLE: Final = r"\b(?:\w*(?:error|exception)s?|alerts?|(?:new|unresolved|regressed) issues?)\b"
_OVER: Final = regex(
    r"(?<!not )(?<!not yet )(?<!not be )(?<!n't be )\b(?:resolved|recovered|back to normal)\b",
    re.IGNORECASE,
)
_PASSED: Final = regex(r"\b(?:passed|succeeded|successful(?:ly)?)\b", re.IGNORECASE)
_WEIGHT_OF_CHANGE: Final = 1
# By weight: what is broken comes before what changed.
_CUES: Final = (
    regex(
        r"\b(?:incidents?|outages?|sev-?[0-3]|p[01]\b|down(?:time)?|critical|triggered|degraded)\b",
        re.IGNORECASE,
    ),
    regex(rf"{_FAILED.pattern}|{_TROUBLE}", re.IGNORECASE),
    regex(
        r"\b(?:pull request|merge request|pr)\b.{0,60}?\b(?:opened|merged|closed|reopened|"
        r"submitted)\b|\b(?:opened|merged|closed|reopened)\b.{0,40}?\b(?:pull request|"
        r"merge request|pr)\b|\b(?:released?|resolved|recovered|deployed|went live)\b",
        re.IGNORECASE,
    ),
)
_ALL_WELL: Final = regex(
    r"\b(?:no|0|zero|without) (?:\w+ )?(?:fail(?:ure|ures|ed)|errors?|incidents?|crashes|"
    r"exceptions?|alerts?|issues?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AppMessage:
    """What an app posted; `text` with Slack's tokens, "" where it is not kept."""

    channel_id: str
    ts: str
    at: datetime
    app: str
    account_id: str
    text: str
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class AppShown:
    """One app of a channel: the messages with a line of their own, by age, and the others."""

    app: str
    shown: Sequence[AppMessage]
    rest: Sequence[AppMessage]


def weight(text: str) -> int:
    """How much a message of an app matters: 0 not at all, the most what is broken."""
    head = _ALL_WELL.sub("", plain(text[: _HEAD * 4])[:_HEAD])
    weights = range(len(_CUES), 0, -1)
    most = next((found for found, cue in zip(weights, _CUES, strict=True) if cue.search(head)), 0)
    return min(most, _WEIGHT_OF_CHANGE) if _is_over(head) else most


def _is_over(head: str) -> bool:
    """Whether it tells that something is well again, and of nothing that failed after that."""
    failed, over = _FAILED.search(head), _OVER.search(head)
    if over is None:
        return failed is None and _PASSED.search(head) is not None
    return failed is None or over.start() < failed.start()


def by_app(messages: Sequence[AppMessage]) -> list[AppShown]:
    """What each app posted, by its name; what matters most, and among that the newest, is shown."""
    apps = sorted({each.app for each in messages}, key=str.casefold)
    return [_of_app(app, [each for each in messages if each.app == app]) for app in apps]


def _of_app(app: str, messages: Sequence[AppMessage]) -> AppShown:
    by_age = sorted(messages, key=lambda each: (each.at, each.ts))
    matters = [each for each in by_age if weight(each.text)]
    best = sorted(matters, key=lambda each: (weight(each.text), each.at, each.ts))[-LINES_PER_APP:]
    rest = [each for each in by_age if each not in best]
    return AppShown(app, [each for each in by_age if each in best], rest)


def may_keep(at: datetime, now: datetime, days: int) -> bool:
    """Whether a text of then is kept, where those of people are for so many days."""
    return days > 0 and at >= now - min(timedelta(days=days), KEPT_FOR)
