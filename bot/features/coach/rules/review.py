"""The whole review of a message: every rule that holds, the weightiest first."""

from collections.abc import Collection
from itertools import chain
from typing import Final

from bot.core.events import MessagePosted
from bot.core.message_store import StoredMessage
from bot.features.coach.rules import answerability, exempt, norms
from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.reading import read
from bot.features.coach.rules.situation import Room, Situation

_WEIGHT: Final = {rule: float(place) for place, rule in enumerate(Rule)} | {
    # Whoever wants a call without saying why is helped more by what a call is good for.
    Rule.QUICK_CALL: list(Rule).index(Rule.VAGUE_ASK) - 0.5
}


def may_need_a_hint(event: MessagePosted) -> bool:
    """Whether a rule could hold for a message, from the event alone: most chat needs no look.

    Whom it is for, what it replies to and the room's name are not known yet, so whoever mentions
    somebody or begins as a reply does is looked at, and every room may be a general one.
    """
    if event.mentions or norms.may_reply(event.text):
        return True
    message = StoredMessage(
        event.channel_id, event.ts, event.user_id, event.text, event.thread_ts, event.at
    )
    return bool(review(Situation(message, Room(event.kind, is_general=True))))


def review(situation: Situation, *, without: Collection[Rule] = ()) -> list[Finding]:
    """What there is to say about a message, the weightiest first; rules in `without` are off."""
    reading = read(situation.message.text)
    found = chain(answerability.find(reading, situation), norms.find(reading, situation))
    kept = (
        each
        for each in found
        if each.rule not in without and not exempt.is_exempt(each.rule, reading, situation)
    )
    return sorted(kept, key=lambda each: _WEIGHT[each.rule])
