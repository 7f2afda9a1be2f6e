"""What the words of a message ask for, by rules alone."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from bot.core.cues import (
    first,
    first_at_start,
    has_link_or_code,
    own_words,
    sentences,
    without_address,
)
from bot.core.patterns import regex
from bot.core.prose import only_greets, without_quotes_and_code
from bot.features.asks.rules.chasing import CHASES, POLITE
from bot.features.asks.rules.pressing import CALM, DUE, INVITES, PRESSING
from bot.features.asks.rules.problems import IN_HAND, PROBLEM
from bot.features.asks.rules.questions import BETWEEN, CHOICE, QUESTIONS
from bot.features.asks.rules.requests import NEIGHBOURS, ORDER, REQUESTS, WANTED
from bot.features.asks.rules.rhetoric import (
    ASIDE,
    BANTER,
    FOR_HELP,
    LAUGHS,
    NO_ACTION,
    NOT_ASKING,
    NOTHING_WANTED,
    RHETORICAL,
    SELF_ANSWERED,
    SUGGESTION,
    WITHDRAWN,
)

_QUESTION: Final = regex(r"\?[)\]\"'*_!?]*$")
_ANSWERS: Final = regex(
    r"(?:yes|yep|yeah|no|nope|ok|okay|sure|thanks?|thx|ah|oh|haha|done|fixed|cool|"
    r"great|nice|right|exactly)\b"
)
_ALTERNATIVE: Final = regex(r"or (?:\w+ ){0,4}(?:i|my|we|our)\b")
_SAYS: Final = regex(r"[\w?]")
_POINTS: Final = regex(r"[?^]")
_MENTIONS_ONLY: Final = regex(
    r"(?:\s*<(?:@|!subteam\^)[^<>]+>)+[\s!.]*"
    r"(?::(?:point_up\w*|eyes|bell|wave|pray|hourglass\w*|arrow_up|ping_pong|"
    r"slightly_smiling_face):\s*)*"
)
_NAME_ASKED: Final = regex(r"@[\w.-]+ ?\?+")
_SIGNS: Final = regex(r"[^\w'#./@-]+")
_MENTION: Final = regex(r"<(?:@|!)")
_TOLD: Final = regex(r"[\w ]{8}[^?]*$")
_CHOSEN: Final = regex(r"(?:\w+ ){1,2}please\W*")
_YOU: Final = regex(r"\byou(?:'\w+)?\b")
_SHOUTS: Final = regex(r"(?:^|[.!?>] ?)(?:HELP|STOP)\b(?! [A-Z])")
_GOES_ON: Final = regex(r"\b(?:but|still)\b")
_IF: Final = regex(r"(?:^|[:,;] ?|\b(?:and|but|so) )if\b")
_INTERJECTIONS: Final = regex(
    r"^(?:(?:omg|a+h+|o+h+|wow|whoa|nice|great|cool|ha\w*|hm+|ok|okay|well|so|and|but|lol|man|damn|"
    r"gosh|ugh|awesome|perfect|good)\b[ ,.!]*)+"
)
_LONGEST_CHASER: Final = 90
_ROBOT: Final = regex(r"[\w-]+\[bot\]:")


def expects_reply(text: str, prev: Sequence[str] = ()) -> bool:
    """Whether the author waits for an answer or an action; `prev` was said before, the last last.

    Both texts are Slack's. A question, a request, or a problem that nobody deals with expects a
    reply; a rhetorical question, a suggestion and an offer do not.
    """
    words = own_words(text)
    if not words or _ROBOT.match(words) or WITHDRAWN.begins(words) or NO_ACTION.occurs(words):
        return False
    if prev and _CHOSEN.fullmatch(words) and expects_reply(prev[-1]):
        return False
    is_fun = BANTER.occurs(text.lower()) and not FOR_HELP.occurs(words)
    if is_fun and not _names_somebody(text):
        return False
    said = sentences(words)
    following = (*said[1:], "")
    return (
        any(_asks(each, after) for each, after in zip(said, following, strict=True))
        or (is_chaser(text) and _SAYS.search(words) is not None)
        or _tells_somebody(text, words, prev)
        or _tells_a_problem(words, prev)
        or _goes_on_asking(words, prev)
    )


def sounds_urgent(text: str) -> bool:
    """Whether a message presses: something is broken or blocked now, or due the same day."""
    words = own_words(text)
    if first(CALM, words):
        return False
    if first(PRESSING, words) or _SHOUTS.search(text):
        return True
    if INVITES.occurs(words):
        return False
    return first(DUE, words) is not None and (expects_reply(text) or _has_a_problem(words))


@lru_cache(maxsize=64)  # more than one listener asks this of an event
def is_chaser(text: str) -> bool:
    """Whether a message only asks where an answer stays: `any update?`, or a bare second mention.

    Who asks for something new, shows something, or says hello, does not chase.
    """
    words = " ".join(own_words(text).split())
    if len(words) > _LONGEST_CHASER or has_link_or_code(text):
        return False
    if only_greets(text) and "?" not in words:
        return False
    if _NAME_ASKED.fullmatch(words):
        return True
    if not any(char.isalnum() for char in words):
        return bool(_POINTS.search(words)) or _MENTIONS_ONLY.fullmatch(text) is not None
    bare = without_address(words)
    forms = (words, bare, POLITE.pattern.sub("", bare))
    return any(CHASES.pattern.fullmatch(_plain(each)) for each in forms)


def _asks(sentence: str, following: str) -> bool:
    bare = without_address(sentence)
    for each in NOT_ASKING:
        bare = each.pattern.sub(" ", bare).strip()
    if LAUGHS.occurs(bare) or (SELF_ANSWERED.begins(following) and "?" in sentence):
        return False
    calm = _INTERJECTIONS.sub("", bare)
    if any(first_at_start(RHETORICAL, each) for each in (bare, calm)) or first(
        NOTHING_WANTED, sentence
    ):
        return False
    if ASIDE.begins(bare) and _TOLD.search(following):
        return False
    if _QUESTION.search(bare):
        return not SUGGESTION.begins(bare) and any(char.isalpha() for char in bare)
    return first((CHOICE, *QUESTIONS, *REQUESTS, *NEIGHBOURS), bare) is not None


def _names_somebody(text: str) -> bool:
    return _MENTION.search(without_quotes_and_code(text)) is not None


def _tells_somebody(text: str, words: str, prev: Sequence[str]) -> bool:
    """Whether it tells people that it names what they should do; to who asked, that is advice."""
    if not _names_somebody(text) or first(NOTHING_WANTED, words):
        return False
    cues = WANTED if any(expects_reply(each) for each in prev) else (*WANTED, ORDER)
    return any(first(cues, without_address(each)) for each in sentences(words))


def _tells_a_problem(words: str, prev: Sequence[str]) -> bool:
    if IN_HAND.occurs(words) or first(NOTHING_WANTED, words) or _is_answer(words):
        return False
    if prev and (_is_question(prev[-1]) or _YOU.search(words)):
        return False
    return _has_a_problem(words)


def _has_a_problem(words: str) -> bool:
    return any(
        PROBLEM.occurs(each) and not _IF.search(each) and not first_at_start(RHETORICAL, each)
        for each in sentences(words)
    )


def _is_answer(words: str) -> bool:
    return _ANSWERS.match(words) is not None and not _GOES_ON.search(words)


def _is_question(text: str) -> bool:
    return "?" in own_words(text)


def _goes_on_asking(words: str, prev: Sequence[str]) -> bool:
    if not prev:
        return False
    if _ALTERNATIVE.match(words):
        return expects_reply(prev[-1])
    return BETWEEN.begins(words) and not expects_reply(prev[-1])


def _plain(words: str) -> str:
    return " ".join(_SIGNS.sub(" ", words).split()).strip(".-")
