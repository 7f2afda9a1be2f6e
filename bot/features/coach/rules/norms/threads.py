"""A reply that stands outside of the thread it belongs to."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.core.message_store import StoredMessage
from bot.core.prose import prose
from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.reading import Reading, phrase_of
from bot.features.coach.rules.situation import Situation

_ADDRESS: Final = r"(?:<@[A-Z0-9]+(?:\|[^>]*)?>[\s,:]*)"
_ARROW: Final = re.compile(rf"{_ADDRESS}?(?:\^+|:point_up(?:_2)?:)(?!\w)")
_AGREES: Final = re.compile(
    r"[\^\s]*(?:(?:so much )?this|that|same|what \w+ said|\+1|exactly|agreed|true|correct|lol|seconded)\b",
    re.IGNORECASE,
)
_BACK: Final = re.compile(
    rf"{_ADDRESS}?(?:re|regarding|as for|to|on|about)\b[:.]? (?:{_ADDRESS}|\w+'?s? ?){{0,3}}(?:'s )?"
    r"(?:question|message|point|comment|request|ask)\b[^.!?]{0,20}\b(?:above|earlier|from before|up there)\b|"
    rf"{_ADDRESS}?re {_ADDRESS}",
    re.IGNORECASE,
)
_TOPIC: Final = re.compile(
    rf"(?:{_ADDRESS}(?:about|re|regarding|as for|concerning|on) (?:the |that |your )?|re: ?(?:the )?)(?P<topic>[^:,?.!\n]{{2,40}})[:,]",
    re.IGNORECASE,
)
_ANSWER: Final = re.compile(
    rf"{_ADDRESS}(?:yes|yep|yeah|yup|no(?! (?:rush|hurry|worries))|nope|sure|ok(?:ay)?|agreed|exactly|correct|right|not yet|"
    r"fixed|will do|on it|sounds good|i think so|i don't think|it is\b|it's (?:in|at|on|the)\b|that works|works for me|"
    r"you can find|there (?:is|are)|done[.,! ])\b",
    re.IGNORECASE,
)
_PLAIN_ANSWER: Final = re.compile(
    r"(?:yes|yep|yeah|yup|no|nope|agreed|exactly|correct|not yet|that works|works for me|\+1)\b(?!\?)",
    re.IGNORECASE,
)
_QUOTE: Final = re.compile(r"^(?:&gt;|>) ?([^\n]{8,})", re.MULTILINE)
_WORD: Final = re.compile(r"[^\W_]{3,}")
_COMMON: Final = frozenset(
    """
    the and for you are was that this with have has not but can our your from they what which who
    how when where why there here its it's yes one all any will would could should did does done
    about into out get got just also only some than then them use used using like need want above
    question please thanks two too had been more now new via per
    """.split()
)
_NEAR: Final = 12
"""Messages above in which the one that is replied to is looked for."""
_FEWEST: Final = 3
"""Words of an answer that says more than that somebody agrees."""
_ENOUGH: Final = 2
"""Words that a reply shares with what it replies to, if nothing else tells."""


def unthreaded_reply(reading: Reading, situation: Situation) -> Finding | None:
    """It replies to something that has a thread, or from which other talk parts it."""
    message = situation.message
    if message.thread_ts is not None or not (situation.before or situation.threads):
        return None
    text = message.text.lstrip()
    target = _target(text, reading, situation) if text else None
    if target is None or not _thread_is_better(target, situation):
        return None
    return Finding(Rule.UNTHREADED_REPLY, phrase_of(_shown(reading)), about=target.ts)


def _target(text: str, reading: Reading, situation: Situation) -> StoredMessage | None:
    others = [
        each for each in situation.before[-_NEAR:] if each.user_id != situation.message.user_id
    ]
    if reading.has_quote and (quote := _QUOTE.search(text)):
        return _quoted(quote[1], [*situation.threads, *others])
    if _ARROW.match(text):
        return _pointed_at(text, reading, others) if _says_more(reading) else _above(situation)
    if _BACK.match(text):
        return _pointed_at(text, reading, others)
    if topic := _TOPIC.match(text):
        return None if "?" in reading.words else _spoken_of(topic["topic"], reading, others)
    if _ANSWER.match(text):
        return _latest_of(reading, [*situation.threads, *others])
    if _PLAIN_ANSWER.match(text) and others and situation.before[-1] is others[-1]:
        return others[-1] if _asks(others[-1]) else None
    return None


def _thread_is_better(target: StoredMessage, situation: Situation) -> bool:
    if any(each.thread_root == target.thread_root for each in situation.threads):
        return True
    parties = {target.user_id, situation.message.user_id}
    between = (each for each in situation.before if each.ts > target.ts)
    return any(each.user_id not in parties for each in between)


def _says_more(reading: Reading) -> bool:
    """Whether an arrow comes with an answer; alone, or with `this`, it means the line above."""
    return reading.length >= _FEWEST and _AGREES.match(reading.own) is None


def _above(situation: Situation) -> StoredMessage | None:
    above = situation.before[-1] if situation.before else None
    return above if above and above.user_id != situation.message.user_id else None


def _quoted(quote: str, among: Sequence[StoredMessage]) -> StoredMessage | None:
    """The message whose words a quote has, cut or whole."""
    words = _words(quote)
    if not words:
        return None
    found = (each for each in reversed(among) if words <= _words(each.text))
    return next(found, None)


def _pointed_at(
    text: str, reading: Reading, others: Sequence[StoredMessage]
) -> StoredMessage | None:
    """Whom it names; or else what it shares words with, the latest question, the one above."""
    questions = [each for each in others if _asks(each)]
    named = _latest_of(reading, others)
    shared = _most_alike(text, others, least=1)
    found = (named, shared, questions[-1] if questions else None, others[-1] if others else None)
    return next((each for each in found if each is not None), None)


def _spoken_of(
    topic: str, reading: Reading, others: Sequence[StoredMessage]
) -> StoredMessage | None:
    """What somebody said of this topic: the one it is told to, or whoever asked."""
    words = _words(topic)
    alike = [each for each in others if words & _words(each.text)]
    return _latest_of(reading, alike) or next(
        (each for each in reversed(alike) if _asks(each)), None
    )


def _latest_of(reading: Reading, among: Sequence[StoredMessage]) -> StoredMessage | None:
    by_those = (each for each in reversed(among) if each.user_id in reading.mentions)
    return next(by_those, None)


def _most_alike(
    text: str, among: Sequence[StoredMessage], *, least: int = _ENOUGH
) -> StoredMessage | None:
    words = _words(text)
    alike = ((len(words & _words(each.text)), place) for place, each in enumerate(among))
    best, place = max(alike, default=(0, 0))
    return among[place] if best >= least else None


def _asks(message: StoredMessage) -> bool:
    return "?" in prose(message.text)


def _words(text: str) -> frozenset[str]:
    return frozenset(_singular(text)) - _COMMON


def _singular(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.lower()):
        yield word[:-1] if word.endswith("s") and len(word) > len("axes") else word


def _shown(reading: Reading) -> str:
    return reading.own.strip(" ^\n") or reading.own.strip()
