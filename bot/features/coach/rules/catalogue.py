"""Every rule of the coach, by name: what it finds, and which comes first."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Group(StrEnum):
    """What a rule is about."""

    ANSWERABILITY = "answerability"  # nobody could answer without asking back
    NORM = "norm"  # how a team that works apart has agreed to write


class Rule(StrEnum):
    """The rules, the weightiest first: of several findings the first is the hint."""

    HEATED = "heated"
    NAKED_HELLO = "naked_hello"
    QUICK_CALL = "quick_call"  # before the vague ask that it mostly is: what a call is good for
    VAGUE_ASK = "vague_ask"
    BARE_PROBLEM = "bare_problem"
    MISSING_LINK = "missing_link"
    NOBODY_ASKED = "nobody_asked"
    BROADCAST = "broadcast"
    WRONG_CHANNEL = "wrong_channel"
    IN_PRIVATE = "in_private"
    UNTHREADED_REPLY = "unthreaded_reply"
    NO_DATE = "no_date"
    OFF_HOURS = "off_hours"
    BACK_AND_FORTH = "back_and_forth"


GROUP_OF: Final[Mapping[Rule, Group]] = {
    **dict.fromkeys(Rule, Group.NORM),
    **dict.fromkeys(
        (
            Rule.NAKED_HELLO,
            Rule.VAGUE_ASK,
            Rule.BARE_PROBLEM,
            Rule.MISSING_LINK,
            Rule.NOBODY_ASKED,
        ),
        Group.ANSWERABILITY,
    ),
}


class Part(StrEnum):
    """What a message lacks so that it can be answered."""

    CONTEXT = "context"
    QUESTION = "question"
    LINK = "link"
    WHOM = "whom"
    DATE = "date"


class Leaning(StrEnum):
    """What a wish to talk is best served by: an answer, a discussion, or being with people."""

    ASYNC = "async"  # an answer is wanted: write
    CONSIDER = "consider"  # a discussion: write first, talk if that does not settle it
    TALK = "talk"  # connection, or something sensitive: talk


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule holds for a message: the author's words that show it, and what they leave out.

    `leaning` is that of a wish to talk; `about` is the `ts` of another message that it is about.
    """

    rule: Rule
    phrase: str
    missing: tuple[Part, ...] = ()
    leaning: Leaning | None = None
    about: str = ""
