"""Norms about the right place: a broadcast, a general channel, a talk that could be public."""

import re
from collections.abc import Sequence
from typing import Final

from bot.core.events import ChannelKind
from bot.core.patterns import regex
from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.norms.asking import (
    ALL_DO,
    FUN,
    HANDS_ON,
    INCIDENT,
    NEEDS,
    ONE_DOES,
    QUESTION,
    SEE_TO,
)
from bot.features.coach.rules.norms.cues import keys, stands
from bot.features.coach.rules.norms.delicate import DELICATE, shows_secret
from bot.features.coach.rules.norms.sentences import Sentence, first_phrase, sentences_of
from bot.features.coach.rules.reading import Reading, words_of
from bot.features.coach.rules.situation import Situation

_PLAINLY_WORK: Final = keys("""
    pr prs pull prod expense expenses deploy deployment deploys staging ci pipeline repo jira
    endpoint invoice invoices migration hotfix rollout vpn crm salesforce changelog webhook sso
    """)
_WORK: Final = _PLAINLY_WORK | keys("""
    pr prs mr deploy deployment deploys staging prod production build builds ci pipeline branch
    merge repo ticket tickets jira bug bugs api endpoint database server cluster invoice invoices
    contract contracts customer customers client clients vendor release releases migration
    dashboard vpn laptop backlog sprint spec specs mockup mockups deck slides report reports budget
    key keys token vault access license licence login sso config query schema rollout feature
    footer onboarding crm salesforce quote proposal roadmap changelog backup logs export import
    numbers figures estimate estimates approval certificate domain dns webhook payroll
    expense expenses hotfix
    """)
_THINGS: Final = keys(
    "laptop computer pc macbook monitor printer vpn email mail outlook mouse keyboard headset "
    "phone login account wifi wi fi internet sso"
)
_EQUIPMENT: Final = regex(
    r"^(?:(?:hi|hello|hey)\b[\w ]{0,12}[,!.]* )?(?:(?:my|the|our) )?(?:work )?(?:laptop|computer|"
    r"pc|macbook|monitor|printer|vpn|e-?mail|outlook|mouse|keyboard|headset|phone|login|account|"
    r"wi-?fi|internet|sso)\b(?: \w+)? (?:is not|isn't|isnt|does not|doesn't|doesnt|won't|wont|"
    r"stopped|is broken|is dead|is locked|can't|cannot|is down|keeps crashing|crashes|not "
    r"working)\b(?! (?:me|my|you))"
)
_TOGETHER: Final = regex(
    r"\b(?:lunch|coffee|dinner|drinks?|are you (?:coming|joining|around|there|free|in|ok)|join us|"
    r"running late|on my way|be there|see you|you two|you both|both of you|the three of us|between "
    r"us|just us|our (?:1:1|one on one|meeting|call|trip|group|chat)|hotel|flights?|train|birthday|"
    r"gift|weekend|holidays?|vacation|sorry|thanks)\b"
)
_ASKS_TEAM: Final = regex(
    r"^(?:(?:hi|hello|hey|so|and|also|btw|folks|all|quick question)[\w ]{0,12}[,:!.-]* )?(?:how "
    r"(?:do|does|can|should|did)|why (?:do|does|is|are|did)|where (?:do|is|are|can|does)|which|"
    r"what(?:'s| is| are| do| does)|does (?:any(?:one|body)|the|our)|do we|is there|are there|can "
    r"we|should we|who (?:owns|knows|can|is responsible|decides))\b"
)
_TALKING: Final = 3
"""Messages above in which somebody is taking part."""
_LEAST: Final = 6
"""Words of a question that others can follow."""
_FIRST_WORDS: Final = keys(
    "can could would will please pls plz kindly need needs looking who whoever anyone anybody "
    "someone somebody does has have is do"
)


def broadcast(reading: Reading, _situation: Situation) -> Finding | None:
    """Work that one person could do is asked of everybody."""
    if not reading.broadcasts or _FIRST_WORDS.isdisjoint(reading.vocabulary):
        return None
    said = sentences_of(reading.own)
    if stands(said, INCIDENT, FUN):
        return None
    phrase = first_phrase(_for_one(said), ONE_DOES, NEEDS)
    return Finding(Rule.BROADCAST, phrase) if phrase else None


def wrong_channel(reading: Reading, situation: Situation) -> Finding | None:
    """A piece of work is asked for where everybody, or nobody, reads it."""
    room = situation.room
    if not (room.is_general or room.is_social) or situation.message.is_reply:
        return None
    phrase = _equipment_in(reading) if room.is_general else ""
    if not phrase and not _goes_on(reading, situation):
        is_named = room.is_general and bool(reading.mentions)
        asked = (_WORK, SEE_TO) if is_named else (_PLAINLY_WORK,)
        phrase = _work_in(reading, *asked)
    return Finding(Rule.WRONG_CHANNEL, phrase) if phrase else None


def in_private(reading: Reading, situation: Situation) -> Finding | None:
    """What others could answer, or would like to read, is asked among a few."""
    if situation.room.kind not in {ChannelKind.GROUP_DIRECT, ChannelKind.DIRECT}:
        return None
    if reading.length < _LEAST or _WORK.isdisjoint(reading.vocabulary):
        return None
    said = sentences_of(reading.own)
    if stands(said, DELICATE, FUN, _TOGETHER) or shows_secret(reading.text):
        return None
    asked = [each for each in said if QUESTION.search(each.words)]
    phrase = first_phrase(asked, _ASKS_TEAM) or first_phrase(said, ONE_DOES)
    return Finding(Rule.IN_PRIVATE, phrase) if phrase else None


def _equipment_in(reading: Reading) -> str:
    if _THINGS.isdisjoint(reading.vocabulary):
        return ""
    return first_phrase(sentences_of(reading.own)[:1], _EQUIPMENT)


def _work_in(reading: Reading, work: frozenset[str], *more: re.Pattern[str]) -> str:
    """The words that ask for a piece of such work."""
    if _FIRST_WORDS.isdisjoint(reading.vocabulary) or work.isdisjoint(reading.vocabulary):
        return ""
    said = sentences_of(reading.own)
    at_work = (each for each in _for_one(said) if not work.isdisjoint(words_of(each.words)))
    return "" if stands(said, FUN) else first_phrase(at_work, HANDS_ON, *more)


def _goes_on(reading: Reading, situation: Situation) -> bool:
    """Whether somebody is asked who is talking there already."""
    return any(each.user_id in reading.mentions for each in situation.before[-_TALKING:])


def _for_one(said: Sequence[Sentence]) -> list[Sentence]:
    return [each for each in said if not ALL_DO.search(each.words)]
