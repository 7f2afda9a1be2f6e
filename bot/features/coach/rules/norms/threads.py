"""A reply that stands outside of the thread it belongs to.

People who talk in a channel are left alone: a thread is the better place only where the thing has
one already, or where other talk stands in between.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from bot.core.message_store import StoredMessage
from bot.core.patterns import regex
from bot.core.prose import prose
from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.norms.asking import ONE_DOES
from bot.features.coach.rules.norms.cues import keys, stands
from bot.features.coach.rules.norms.sentences import first_of, sentences_of
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation

_NEAR: Final = 12
"""Messages above in which the one that is replied to is looked for."""
_FEWEST: Final = 3
"""Words of a message that says more than that somebody agrees, or laughs."""
_SOMEBODY: Final = r"(?:<@[A-Z0-9]++(?:\|[^>]*+)?>[\s,:]*+)"
_YES: Final = (
    r"(?:yes|yep|yeah|yup|nope|agreed|exactly|correct|not yet|that works|works for me|no(?! "
    r"(?:rush|hurry|worries|problem)))"
)
_AGREES: Final = regex(
    r"[\^\s]*(?:(?:so much )?this|that|same|what \w+ said|\+1|exactly|agreed|true|correct|lol|"
    r"seconded)\b",
    re.IGNORECASE,
)
_QUOTE: Final = regex(r"^(?:&gt;|>) ?([^\n]{8,})", re.MULTILINE)
_WORD: Final = regex(r"[^\W_]{3,}")
_COMMON: Final = keys("""
    the and for you are was that this with have has not but can our your from they what which who
    how when its where why there here yes one all any will would could should did doe done about
    into out get got just also only some than then them use used using like need want above
    question please thank two too had been more now new via per still
    """)
"""Words that two messages share by chance."""


class _Look(NamedTuple):
    """A message, and those of others in which it may have an answer's place."""

    text: str
    reading: Reading
    situation: Situation
    others: Sequence[StoredMessage]


_Finder: TypeAlias = Callable[[_Look, re.Match[str]], StoredMessage | None]


def unthreaded_reply(reading: Reading, situation: Situation) -> Finding | None:
    """It replies to something that has a thread, or from which other talk parts it."""
    message = situation.message
    if message.is_reply or not (situation.before or situation.threads):
        return None
    target = _target(message.text.lstrip(), reading, situation)
    if target is None or not _thread_is_better(target, situation):
        return None
    return Finding(Rule.UNTHREADED_REPLY, first_of(reading.own), about=target.ts)


def may_reply(text: str) -> bool:
    """Whether Slack's text begins as a reply does, to whatever stands above it."""
    begins = text.lstrip()
    return any(pattern.match(begins) for pattern, _ in _SIGNS)


def _target(text: str, reading: Reading, situation: Situation) -> StoredMessage | None:
    """The message that a text replies to, by the first sign there is."""
    for pattern, finder in _SIGNS:
        if sign := pattern.match(text):
            author = situation.message.user_id
            others = [each for each in situation.before[-_NEAR:] if each.user_id != author]
            return finder(_Look(text, reading, situation, others), sign)
    return None


def _thread_is_better(target: StoredMessage, situation: Situation) -> bool:
    if any(each.thread_root == target.thread_root for each in situation.threads):
        return True
    parties = {target.user_id, situation.message.user_id}
    between = (each for each in situation.before if each.at > target.at)
    return any(each.user_id not in parties and _is_other(each, target) for each in between)


def _is_other(message: StoredMessage, target: StoredMessage) -> bool:
    """Whether a message speaks of something else than what was said before it."""
    if f"<@{target.user_id}" in message.text or len(message.text.split()) < _FEWEST:
        return False
    return not (_words(message.text) & _words(target.text) or _ANSWERS.match(message.text))


def _quoted(look: _Look, _sign: re.Match[str]) -> StoredMessage | None:
    """The message whose words a quote has, cut or whole."""
    quote = _QUOTE.search(look.text)
    words = _words(quote[1]) if quote else frozenset()
    among = (*look.situation.threads, *look.others)
    found = (each for each in reversed(among) if words and words <= _words(each.text))
    return next(found, None)


def _below_arrow(look: _Look, _sign: re.Match[str]) -> StoredMessage | None:
    """An arrow alone, or with `this`, means the line above."""
    if look.reading.length >= _FEWEST and _AGREES.match(look.reading.own) is None:
        return _by_named(look.reading, look.others) or _most_alike(look)
    above = look.situation.before[-1:]
    return look.others[-1] if above and list(above) == list(look.others[-1:]) else None


def _pointed_at(look: _Look, _sign: re.Match[str]) -> StoredMessage | None:
    """Whom it names; or else what it shares words with, or the latest question."""
    questions = [each for each in look.others if _asks(each)]
    return _by_named(look.reading, look.others) or _most_alike(look) or _last(questions)


def _spoken_of(look: _Look, sign: re.Match[str]) -> StoredMessage | None:
    """What was said of a topic: by the one it is told to, or by whoever asked."""
    if "?" in look.reading.words:
        return None
    topic = _words(sign["topic"])
    alike = [each for each in look.others if topic & _words(each.text)]
    return _by_named(look.reading, alike) or _last([each for each in alike if _asks(each)])


def _answered(look: _Look, _sign: re.Match[str]) -> StoredMessage | None:
    return _by_named(look.reading, [*look.situation.threads, *look.others])


def _told_to(look: _Look, _sign: re.Match[str]) -> StoredMessage | None:
    """The question of whoever is named, if this is none itself and speaks of the same."""
    asked = _by_named(look.reading, look.others)
    if asked is None or not _asks(asked) or "?" in look.reading.words:
        return None
    is_request = stands(sentences_of(look.reading.own), ONE_DOES)
    return asked if not is_request and _words(look.text) & _words(asked.text) else None


def _right_above(look: _Look, _sign: re.Match[str]) -> StoredMessage | None:
    """The question right above, which somebody answers without a name."""
    above = _last(look.situation.before)
    return above if above and above in look.others and _asks(above) else None


def _by_named(reading: Reading, among: Sequence[StoredMessage]) -> StoredMessage | None:
    """The latest message of somebody who is mentioned."""
    return _last([each for each in among if each.user_id in reading.mentions])


def _most_alike(look: _Look) -> StoredMessage | None:
    words = _words(look.text)
    alike = [(len(words & _words(each.text)), each) for each in look.others]
    best, message = max(alike, key=lambda each: each[0], default=(0, None))
    return message if best else None


def _last(messages: Sequence[StoredMessage]) -> StoredMessage | None:
    return messages[-1] if messages else None


def _asks(message: StoredMessage) -> bool:
    return "?" in prose(message.text)


def _words(text: str) -> frozenset[str]:
    return frozenset(_singular(text)) - _COMMON


def _singular(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.lower()):
        yield word.removesuffix("s")


_ANSWERS: Final = regex(rf"{_SOMEBODY}?{_YES}\b", re.IGNORECASE)
_SIGNS: Final[tuple[tuple[re.Pattern[str], _Finder], ...]] = (
    (regex(r"&gt;|>"), _quoted),
    (regex(rf"{_SOMEBODY}?(?:\^+|:point_up(?:_2)?:)(?!\w)"), _below_arrow),
    (
        regex(
            rf"{_SOMEBODY}?(?:re|regarding|as for|to|on|about|to answer|answering|replying to|in "
            rf"(?:reply|answer|response) to|following up on|coming back to)\b[:.]? (?:{_SOMEBODY}|"
            rf"\w++(?:'s)? ?){{0,3}}(?:'s )?(?:question|message|point|comment|request|"
            rf"ask)\b[^.!?:,]{{0,20}}\b(?:above|earlier|from before|up there)\b|{_SOMEBODY}?re "
            rf"{_SOMEBODY}",
            re.IGNORECASE,
        ),
        _pointed_at,
    ),
    (
        regex(
            rf"(?:{_SOMEBODY}(?:about|re|regarding|as for|concerning|on) (?:the |that |your )?|"
            r"re(?:: ?| )(?:the )?)(?P<topic>[^:,?.!\n]{2,40})[:,]",
            re.IGNORECASE,
        ),
        _spoken_of,
    ),
    (
        regex(
            rf"{_SOMEBODY}(?:{_YES}|sure|ok(?:ay)?|right|fixed|will do|on it|sounds good|i think "
            r"so|i don't think|it is|it's (?:in|at|on|the)|you can find|there (?:is|are)|done)\b",
            re.IGNORECASE,
        ),
        _answered,
    ),
    (regex(rf"(?:[Tt]o )?{_SOMEBODY}\w"), _told_to),
    (regex(rf"(?:{_YES}|\+1)(?![\w?])", re.IGNORECASE), _right_above),
)
"""What a reply begins with, and how to find what it replies to."""
