"""The card of a baton: the state of play, for everybody in its channel.

People stand there by name: a mention would call somebody who may be asleep.
"""

from collections.abc import Mapping
from typing import Final

from bot.core.blocks import Message, actions, context, sections
from bot.core.render import Instant, Mrkdwn, Quote, join, local_time, mrkdwn
from bot.features.handoffs.messages import batons
from bot.features.handoffs.rules.batons import TEXT_LENGTH
from bot.features.handoffs.rules.items import State, StepKind
from bot.features.handoffs.rules.shown import BatonShown

_MARKS: Final[Mapping[State, str]] = {
    State.OFFERED: ":arrow_right:",
    State.RETURNED: ":question:",
    State.TAKEN: ":runner:",
    State.BACK: ":leftwards_arrow_with_hook:",
    State.DONE: ":white_check_mark:",
    State.WITHDRAWN: ":no_entry_sign:",
}
_SAYING: Final[Mapping[StepKind, str]] = {
    StepKind.RETURNED: "asks",
    StepKind.PASSED_ON: "adds",
}


def card(shown: BatonShown) -> Message:
    """The state of play of a baton, and what those concerned can do."""
    title = mrkdwn("{mark} *{what}*", mark=_MARKS[shown.state], what=shown.what)
    head = join("\n", [title, _where(shown)])
    parts = [head, *batons.body(shown), *batons.waits(shown), *_said(shown)]
    footer = mrkdwn(
        "Handed over by {who}, {at}", who=shown.name(shown.sender_id), at=Instant(shown.made_at)
    )
    blocks = [block for part in parts for block in sections(part)]
    labels = {**batons.FOR_HOLDER[shown.state], **batons.FOR_SENDER[shown.state]}
    doing = batons.buttons(shown, labels, for_many=True)
    return Message(
        join("\n", [*parts, footer]),
        [*blocks, context(footer), *([actions(doing)] if doing else [])],
    )


def _where(shown: BatonShown) -> Mrkdwn:
    """Where it is now."""
    holder, sender = shown.name(shown.holder_id), shown.name(shown.sender_id)
    by, at = shown.name(shown.by), Instant(shown.since)
    match shown.state:
        case State.OFFERED:
            return _offered(shown, holder)
        case State.RETURNED:
            return mrkdwn("{holder} asked {sender} something first", holder=holder, sender=sender)
        case State.TAKEN:
            return mrkdwn("{holder} has it, since {at}", holder=holder, at=at)
        case State.BACK:
            return mrkdwn("With {holder} again, since {at}", holder=holder, at=at)
        case State.DONE:
            return mrkdwn("Done by {by}, {at}", by=by, at=at)
        case State.WITHDRAWN:
            return mrkdwn("Taken back by {by}, {at}", by=by, at=at)


def _offered(shown: BatonShown, holder: str) -> Mrkdwn:
    parts = [mrkdwn("For {holder} to take", holder=holder)]
    if shown.starts is not None:
        parts.append(mrkdwn("their day begins {at} there", at=local_time(shown.starts)))
    if shown.kind is StepKind.ANSWERED:
        parts.append(mrkdwn("their question is answered"))
    elif shown.kind is StepKind.PASSED_ON:
        parts.append(mrkdwn("passed on by {by}", by=shown.name(shown.by)))
    return join(" · ", parts)


def _said(shown: BatonShown) -> list[Mrkdwn]:
    """What somebody asked or added when they gave it out of their hands."""
    verb = _SAYING.get(shown.kind)
    if verb is None or not shown.words:
        return []
    words = Quote(shown.words, TEXT_LENGTH)
    return [mrkdwn("*{by} {verb}:*\n{words}", by=shown.name(shown.by), verb=verb, words=words)]
