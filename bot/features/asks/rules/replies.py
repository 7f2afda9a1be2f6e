"""What a message that comes after a question means for it, by rules."""

import re
from enum import StrEnum
from typing import Final

from bot.core.cues import (
    Cue,
    first,
    first_at_start,
    has_link_or_code,
    own_words,
    sentences,
    without_address,
)
from bot.core.patterns import regex
from bot.core.prose import addressed_in
from bot.features.asks.rules import reply_phrases as phrases
from bot.features.asks.rules import small_talk
from bot.features.asks.rules.evidence import answers_kind, evidence, shared
from bot.features.asks.rules.questions import QUESTIONS
from bot.features.asks.rules.wording import expects_reply


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


ANSWERING: Final = frozenset({Meaning.ANSWER, Meaning.ACCEPT, Meaning.DECLINE})
"""What settles a question, as far as whoever asked waits for a word."""

_YES_EMOJI: Final = regex(
    r"\s*:(?:\+1|thumbsup|ok_hand|ok|100|white_check_mark|heavy_check_mark)(?::skin-tone-\d)?:\s*"
)
_CLAUSE_ENDS: Final = regex(r"[.!?,;:\u2026] |: | but ")
_CHECKS: Final = regex(
    r"\w\W+(?:does|did|would|is) (?:that|this|it) (?:help|explain|work|make sense|answer|fit|"
    r"what you|ok)"
)
_DURATION: Final = regex(r"(?:[a-z~]+,? ){0,2}\d+ ?(?:s|sec\w*|m|min\w*|h|hours?)\b[^,]{0,20}")
_SUBSTANCE: Final = 9
"""Words: whoever writes so many beside a `let me check` or a question has also said something."""
_SHORT: Final = 7
_SOME: Final = 4
_ENOUGH: Final = 2
_AT_ONCE: Final = 10.0
_SAME_TALK: Final = 240.0
"""Minutes after a question."""


def meaning(text: str, role: Role, question: str = "") -> Meaning:
    """What a message after a question means for it; the texts are Slack's.

    Somebody who was not asked has to show that they speak of the question: they advise, answer
    in its form, show a link or code, or share its words.
    """
    words = " ".join(without_address(own_words(text)).split())
    if role is Role.ASKER:
        return _of_asker(words, text)
    if small_talk.AUTOMATIC.occurs(words):
        return Meaning.NOTHING
    if not any(char.isalnum() for char in words):
        return _without_words(text, words, role, question)
    if _is_beside_the_point(words, text, question, role):
        return Meaning.NOTHING
    said = _said(words, text, question)
    if role is Role.OTHER and (said not in ANSWERING or evidence(text, question) < _ENOUGH):
        return Meaning.NOTHING
    return said


def answers_in_channel(
    text: str, question: str, *, names_asker: bool, is_next: bool, minutes: float
) -> bool:
    """Whether a message in the channel, outside the thread, answers a question to its author.

    `is_next`: nobody else wrote in between, and it is their first message since; `minutes` after
    the question. The longer ago, and the more was said since, the clearer it has to be about it.
    """
    is_tied = names_asker or is_next  # otherwise nothing but words in common says what it is about
    if not is_tied and (minutes > _SAME_TALK or not shared(text, question)):
        return False
    is_answer = meaning(text, Role.ANSWERER, question) in ANSWERING
    names_another = not names_asker and addressed_in(text)
    if not is_answer or names_another or small_talk.ANNOUNCES.begins(own_words(text)):
        return False
    strength = evidence(text, question)
    if names_asker:
        return minutes <= _SAME_TALK or strength >= _ENOUGH
    if is_next:
        return minutes <= _AT_ONCE or (minutes <= _SAME_TALK and strength >= _ENOUGH)
    return strength > _ENOUGH


def _of_asker(words: str, text: str) -> Meaning:
    if phrases.NEVER_MIND.occurs(words):
        return Meaning.NEVER_MIND
    if small_talk.THANKS.begins(words) and not expects_reply(text):
        return Meaning.SOLVED
    return Meaning.SOLVED if phrases.SOLVED.occurs(words) and "?" not in words else Meaning.NOTHING


def _without_words(text: str, words: str, role: Role, question: str) -> Meaning:
    if has_link_or_code(text):
        return Meaning.ANSWER
    if role is Role.ANSWERER and (emoji := _YES_EMOJI.fullmatch(text)):
        if _asks_for_action(question):
            return Meaning.ANSWER if "mark" in emoji[0] else Meaning.ACCEPT
        if answers_kind("yes", question):
            return Meaning.ANSWER
    return Meaning.ASKS_BACK if "?" in words and role is Role.ANSWERER else Meaning.NOTHING


def _is_beside_the_point(words: str, text: str, question: str, role: Role) -> bool:
    """Thanks, laughter, me too, chatting: nothing that whoever asked could use."""
    if has_link_or_code(text) and not small_talk.THANKS.begins(words):
        return False
    if small_talk.ME_TOO.begins(words) or (
        small_talk.ME_TOO.occurs(words) and not phrases.YES_NO.begins(words)
    ):
        return not phrases.WHO_ELSE.occurs(own_words(question))
    bare = words.strip(" .,!?:;()-\u2026")
    if small_talk.REACTION.pattern.fullmatch(bare):
        is_yes = phrases.YES_NO.begins(bare) or phrases.ACCEPT.begins(bare)
        is_ok = bare.startswith("ok") and _lets(question)
        is_meant = is_ok or (is_yes and not bare.startswith("ok") and answers_kind(bare, question))
        return not (is_meant and role is Role.ANSWERER)
    if small_talk.THANKS.begins(words) and len(words.split()) <= _SUBSTANCE:
        return not (phrases.HOLDING.occurs(words) or "?" in words)
    return small_talk.CHAT.begins(words) and len(words.split()) <= 2 * _SUBSTANCE


def _said(words: str, text: str, question: str) -> Meaning:
    is_request = _asks_for_action(question)
    if phrases.BEGS_OFF.begins(words) or (is_request and phrases.DECLINE.begins(words)):
        return Meaning.DECLINE
    if _asks_back(words, text):
        return Meaning.ASKS_BACK
    if _holds(words, question):
        return Meaning.HOLDING
    if phrases.TAKES_ON.begins(words) or (is_request and _accepts(words)):
        return Meaning.ACCEPT
    return Meaning.ANSWER


def _holds(words: str, question: str) -> bool:
    """Whether it says no more than that the answer is to come, or not known."""
    if _DURATION.fullmatch(words) and answers_kind(words, question, precisely=True):
        return False
    knows_nothing = _only(phrases.NO_IDEA, words) and len(words.split()) < _SHORT
    return knows_nothing or _only(phrases.HOLDING, words)


def _asks_back(words: str, text: str) -> bool:
    """Whether it wants to know something itself, and says nothing else."""
    asked = [each for each in sentences(words) if "?" in each]
    told = sum(len(each.split()) for each in sentences(words) if "?" not in each)
    if not asked:
        if len(words.split()) < _SHORT and first_at_start(QUESTIONS, words):
            return True
        is_question = first(QUESTIONS, words) is not None
        return is_question and told <= 2 * _SUBSTANCE and not _advises(words)
    if has_link_or_code(text) and not re.search(r"\w \w", words):
        return False
    if _CHECKS.search(asked[-1]) and len(asked) == 1:
        return False
    proposes = phrases.SUGGESTS.begins(asked[0]) or phrases.SUGGESTS.begins(words)
    if proposes or phrases.HEDGES.occurs(asked[0]):
        return False
    return told < _SHORT and not phrases.YES_NO.begins(words)


def _only(cue: Cue, words: str) -> bool:
    """Whether it says hardly more than that."""
    found = cue.pattern.search(words)
    if found is None:
        return False
    rest = [each for each in _CLAUSE_ENDS.split(words) if not cue.occurs(each)]
    return sum(len(each.split()) for each in rest) < _SUBSTANCE


def _advises(words: str) -> bool:
    return phrases.ADVISES.occurs(words) or phrases.YES_NO.begins(words)


def _accepts(words: str) -> bool:
    """Whether it says yes, and does not give at once what was wanted."""
    yes = phrases.YES.pattern.match(words)
    if yes is None:
        return phrases.ACCEPT.begins(words)
    rest = words[yes.end() :]
    return len(rest.split()) < _SOME or phrases.PROMISES.occurs(rest)


def _lets(question: str) -> bool:
    """Whether `ok` says something on it."""
    return _asks_for_action(question) or phrases.PERMISSION.occurs(own_words(question))


def _asks_for_action(question: str) -> bool:
    words = own_words(question)
    if not question or phrases.WANTS_ACTION.occurs(words):
        return True
    return "?" not in words and first(QUESTIONS, words) is None and expects_reply(question)
