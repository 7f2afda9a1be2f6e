"""What a message that comes after a question means for it, by rules."""

import re
from enum import StrEnum
from typing import Final

from bot.core.prose import prose


class Role(StrEnum):
    """Who wrote it."""

    ANSWERER = "answerer"
    ASKER = "asker"
    OTHER = "other"


class Meaning(StrEnum):
    """What it means for the question."""

    ANSWER = "answer"
    ACCEPT = "accept"  # I will do it
    DECLINE = "decline"
    HOLDING = "holding"  # I am looking
    ASKS_BACK = "asks_back"
    SOLVED = "solved"  # the asker has what they need
    NEVER_MIND = "never_mind"  # the asker does not need it any more
    NOTHING = "nothing"


_QUESTION_MARK: Final = re.compile(r"\?(?=[\s\"')\].!?]|$)")
_HOLDING: Final = re.compile(
    r"(?:ok(?:ay)?[,. ]+|sure[,. ]+|hi[,. ]+)?(?:(?:i'?m |am )?(?:looking|checking|on my way)|"
    r"let me (?:check|look|see|have a look|ask|get back)|one (?:sec|moment|minute)|a (?:sec|moment)|"
    r"(?:i'?ll|will|gonna) (?:check|look|have a look|take a look|see|find out|get back|ask)|"
    r"give me \w+ (?:sec|min|minute|moment|hour)|good question|not sure|no idea|hmm+|interesting)\b",
    re.IGNORECASE,
)
_ACCEPT: Final = re.compile(
    r"(?:ok(?:ay)?|sure|yes|yep|yeah)?[,.! ]*(?:on it|will do|i'?ll (?:do|take|get|send|finish|have|"
    r"make|fix|review)|i (?:can|will) (?:do|take|get|send|review)|consider it done|you(?:'ll| will) "
    r"have it|mine|i got this|working on it)\b",
    re.IGNORECASE,
)
_DECLINE: Final = re.compile(
    r"(?:(?:sorry|no|nope)[,.! ]+)*(?:i )?(?:can(?:'?t|not)|won'?t|don'?t have (?:the )?time|no "
    r"(?:time|capacity|bandwidth)|have to (?:pass|decline)|not me)\b",
    re.IGNORECASE,
)
_THANKS: Final = re.compile(
    r"(?:(?:ah|oh|ok(?:ay)?|great|perfect|cool|awesome|nice|many|got it|makes sense|works)[,.! ]*)*"
    r"(?:thanks?(?: you| a lot| so much| a ton)?|thx|ty|cheers|appreciated?)\b[^?]{0,60}",
    re.IGNORECASE,
)
_ME_TOO: Final = re.compile(
    r"(?:me too|same here|same for me|same problem|\+1|i have (?:that|this|the same)|following|"
    r"also interested|would like to know,? too|i'?d like to know)\b.{0,60}",
    re.IGNORECASE | re.DOTALL,
)
_AUTOMATIC: Final = re.compile(
    r"\b(?:out of (?:the )?office|auto(?:matic)?[- ]?(?:reply|response)|on (?:vacation|leave|pto) "
    r"(?:until|till)|am away until)\b",
    re.IGNORECASE,
)
_SOLVED: Final = re.compile(
    r"\b(?:got it|that (?:works|worked|did it|helps?|helped|fixed it|solves? it)|works now|solved|"
    r"found it|figured it out|makes sense|perfect)\b",
    re.IGNORECASE,
)
_NEVER_MIND: Final = re.compile(
    r"\b(?:never ?mind|nvm|forget (?:it|about it)|no longer needed|not needed any ?more|scratch that)\b",
    re.IGNORECASE,
)
_LONGEST_BACK: Final = 25
"""Words: whoever writes more than that beside a question has also said something."""


def meaning(text: str, role: Role) -> Meaning:
    """What a message after a question means for it; `text` is Slack's."""
    words = " ".join(prose(text).split())
    if role is Role.ASKER:
        return _of_asker(words)
    if _AUTOMATIC.search(words) or _ME_TOO.fullmatch(words) or _THANKS.fullmatch(words):
        return Meaning.NOTHING
    if _is_question(words):
        return Meaning.ASKS_BACK if role is Role.ANSWERER else Meaning.NOTHING
    if _HOLDING.match(words):
        return Meaning.HOLDING if role is Role.ANSWERER else Meaning.NOTHING
    if _ACCEPT.match(words):
        return Meaning.ACCEPT if role is Role.ANSWERER else Meaning.NOTHING
    if role is Role.ANSWERER and _DECLINE.match(words):
        return Meaning.DECLINE
    return Meaning.ANSWER if words or "<" in text else Meaning.NOTHING


def _of_asker(words: str) -> Meaning:
    if _NEVER_MIND.search(words):
        return Meaning.NEVER_MIND
    is_solved = _SOLVED.search(words) or _THANKS.fullmatch(words)
    return Meaning.SOLVED if is_solved and not _is_question(words) else Meaning.NOTHING


def _is_question(words: str) -> bool:
    return bool(_QUESTION_MARK.search(words)) and len(words.split()) <= _LONGEST_BACK


def answers_in_channel(
    text: str, question: str, *, names_asker: bool, is_next: bool, minutes: float
) -> bool:
    """Whether what the answerer writes beside the thread answers the question."""
    del question
    return (names_asker or (is_next and minutes <= 30)) and meaning(
        text, Role.ANSWERER
    ) is Meaning.ANSWER
