"""Norms about the right place: a broadcast, a general channel, a talk that could be public."""

import re
from typing import Final

from bot.core.events import ChannelKind
from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.norms.asking import ALL_DO, FUN, INCIDENT, ONE_DOES, QUESTION
from bot.features.coach.rules.norms.delicate import DELICATE
from bot.features.coach.rules.norms.sentences import Sentence, first_phrase, sentences_of
from bot.features.coach.rules.reading import Reading
from bot.features.coach.rules.situation import Situation

_WORK: Final = frozenset(
    """
    pr prs mr deploy deployment deploys staging prod production build builds ci pipeline branch
    merge repo ticket tickets jira bug bugs api endpoint database server cluster invoice invoices
    contract contracts customer customers client clients vendor release releases migration
    dashboard vpn laptop backlog sprint spec specs mockup mockups deck slides report reports budget
    key keys token vault access license licence login sso config query schema rollout feature
    footer onboarding crm salesforce quote proposal roadmap changelog backup logs export import
    numbers figures estimate estimates approval review certificate domain dns webhook payroll
    expense expenses hotfix
    """.split()
)
_PLAINLY_WORK: Final = frozenset(
    """
    pr prs deploy deployment deploys staging ci pipeline repo jira endpoint invoice invoices
    migration hotfix rollout vpn crm salesforce changelog webhook sso
    """.split()
)
_EQUIPMENT: Final = re.compile(
    r"^(?:(?:hi|hello|hey)\b[\w ]{0,12}[,!.]* )?(?:(?:my|the|our) )?(?:work )?(?:laptop|computer|pc|macbook|monitor|"
    r"printer|vpn|e-?mail|outlook|mouse|keyboard|headset|phone|login|account|wi-?fi|internet|sso)\b"
    r"(?: \w+)? (?:is not|isn't|isnt|does not|doesn't|doesnt|won't|wont|stopped|is broken|is dead|"
    r"is locked|can't|cannot|keeps crashing|crashes|not working)\b(?! (?:me|my|you))"
)
_ON_MY_WORK: Final = re.compile(
    r"\b(?:review|approve|merge|deploy|look at|check)\b [^.!?]{0,20}\b(?:my|our|this|the) (?:\w+ )?"
    r"(?:prs?|pull requests?|mr|merge request|branch|deploy(?:ment)?|patch|commit|hotfix)\b"
)
_TOGETHER: Final = re.compile(
    r"\b(?:lunch|coffee|dinner|drinks?|are you (?:coming|joining|around|there|free|in|ok)|join us|"
    r"running late|on my way|be there|see you|you two|you both|both of you|the three of us|"
    r"between us|just us|our (?:1:1|one on one|meeting|call|trip|group|chat)|hotel|flights?|train|"
    r"birthday|gift|weekend|holidays?|vacation|sorry|thanks)\b"
)
_ASKS_TEAM: Final = re.compile(
    r"^(?:(?:hi|hello|hey|so|and|also|btw|folks|all|quick question)[\w ]{0,12}[,:!.-]* )?(?:how (?:do|does|can|should|did)|"
    r"why (?:do|does|is|are|did)|where (?:do|is|are|can|does)|which|what(?:'s| is| are| do| does)|"
    r"does (?:any(?:one|body)|the|our)|do we|is there|are there|can we|should we|who (?:owns|knows|"
    r"can|is responsible|decides))\b"
)
_LEAST: Final = 6
"""Words of a question that others can follow."""
_FIRST_WORDS: Final = frozenset(
    "can could would will please pls plz kindly need needs looking who whoever anyone anybody"
    " someone somebody does has have is do".split()
)


def broadcast(reading: Reading, _situation: Situation) -> Finding | None:
    """Work that one person could do is asked of everybody."""
    if not reading.broadcasts or _FIRST_WORDS.isdisjoint(reading.vocabulary):
        return None
    said = sentences_of(reading.own)
    if _stands(INCIDENT, said) or _stands(FUN, said):
        return None
    phrase = first_phrase(_for_one(said), ONE_DOES)
    return Finding(Rule.BROADCAST, phrase) if phrase else None


def wrong_channel(reading: Reading, situation: Situation) -> Finding | None:
    """Work is asked for where everybody, or nobody, reads it."""
    room = situation.room
    if not (room.is_general or room.is_social) or situation.message.is_reply:
        return None
    phrase = _general(reading) if room.is_general else _social(reading)
    return Finding(Rule.WRONG_CHANNEL, phrase) if phrase else None


def in_private(reading: Reading, situation: Situation) -> Finding | None:
    """What others could answer, or would like to read, is asked among a few."""
    if situation.room.kind not in {ChannelKind.GROUP_DIRECT, ChannelKind.DIRECT}:
        return None
    if reading.length < _LEAST or _WORK.isdisjoint(reading.vocabulary):
        return None
    said = sentences_of(reading.own)
    if any(_stands(pattern, said) for pattern in (DELICATE, FUN, _TOGETHER)):
        return None
    asked = [each for each in said if QUESTION.search(each.words)]
    phrase = first_phrase(asked, _ASKS_TEAM) or first_phrase(said, ONE_DOES)
    return Finding(Rule.IN_PRIVATE, phrase) if phrase else None


def _general(reading: Reading) -> str:
    said = sentences_of(reading.own)
    if phrase := first_phrase(said[:1], _EQUIPMENT):
        return phrase
    if _FIRST_WORDS.isdisjoint(reading.vocabulary) or _stands(FUN, said):
        return ""
    if reading.mentions and not _WORK.isdisjoint(reading.vocabulary):
        return first_phrase(_for_one(said), ONE_DOES)
    return first_phrase(
        [each for each in _for_one(said) if ONE_DOES.search(each.words)], _ON_MY_WORK
    )


def _social(reading: Reading) -> str:
    if _PLAINLY_WORK.isdisjoint(reading.vocabulary):
        return ""
    asked = _for_one(sentences_of(reading.own))
    at_work = [each for each in asked if not _PLAINLY_WORK.isdisjoint(each.words.split())]
    named = first_phrase(asked, ONE_DOES) if reading.mentions else ""
    return named or first_phrase(at_work, ONE_DOES)


def _for_one(said: tuple[Sentence, ...]) -> list[Sentence]:
    return [each for each in said if not ALL_DO.search(each.words)]


def _stands(pattern: re.Pattern[str], said: tuple[Sentence, ...]) -> bool:
    return any(pattern.search(each.words) for each in said)
