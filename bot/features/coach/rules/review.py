"""The whole review of a message: every rule that holds, the weightiest first."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from bot.core.events import ChannelKind, MessagePosted
from bot.core.message_store import StoredMessage
from bot.features.coach.rules import answerability, exempt, norms
from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.norms.talks import long_talk
from bot.features.coach.rules.reading import Reading, phrase_of, read
from bot.features.coach.rules.situation import Room, Situation

_SAYS_SOMETHING: Final = 2
"""Letters of a phrase that is worth quoting."""
_WEIGHT: Final = {rule: place for place, rule in enumerate(Rule)}


def may_need_a_hint(event: MessagePosted) -> bool:
    """Whether a rule could hold for a message, from the event alone: most chat needs no look.

    Whom it is for, what it replies to and the room's name are not known yet, so whoever mentions
    somebody or begins as a reply does is looked at, and every room may be a general one.
    """
    if event.kind is ChannelKind.DIRECT:
        return False  # what is written to Baton is a draft, and reviewed where its author asks
    if event.mentions or norms.may_reply(event.text):
        return True
    message = StoredMessage(
        event.channel_id, event.ts, event.user_id, event.text, event.thread_ts, event.at
    )
    return bool(review(Situation(message, Room(event.kind, is_general=True))))


def review_talk(said: Sequence[StoredMessage], room: Room) -> Finding | None:
    """Whether a talk of two people has gone on for long, in a place that is not left alone.

    `said` are one thread, or a channel outside of threads, by age.
    """
    finding = long_talk(said)
    if finding is None:
        return None
    run = [each.text for each in said if each.ts >= finding.about]
    situation = Situation(said[-1], room, before=said[:-1])
    is_exempt = exempt.is_exempt(finding.rule, read("\n".join(run)), situation)
    return None if is_exempt else finding


def review(situation: Situation, *, without: Collection[Rule] = ()) -> list[Finding]:
    """What there is to say about a message, the weightiest first; rules in `without` are off."""
    reading = read(situation.message.text)
    found = chain(answerability.find(reading, situation), norms.find(reading, situation))
    kept = (
        _quotable(each, reading)
        for each in found
        if each.rule not in without and not exempt.is_exempt(each.rule, reading, situation)
    )
    return sorted(kept, key=lambda each: _WEIGHT[each.rule])


def _quotable(finding: Finding, reading: Reading) -> Finding:
    """A finding whose phrase says something by itself: "?" behind a link does not."""
    if sum(character.isalpha() for character in finding.phrase) >= _SAYS_SOMETHING:
        return finding
    return replace(finding, phrase=phrase_of(reading.own))
