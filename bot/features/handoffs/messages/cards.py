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
_WHERE: Final[Mapping[State, str]] = {
    State.RETURNED: "{holder} asked {sender} something first",
    State.TAKEN: "{holder} has it, since {at}",
    State.BACK: "With {holder} again, since {at}",
    State.DONE: "Done by {by}, {at}",
    State.WITHDRAWN: "Taken back by {by}, {at}",
}
_LEFT: Final = "Closed, {at}: nobody is left to carry it on"


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
    if shown.state is State.OFFERED:
        return _offered(shown, shown.name(shown.holder_id))
    is_left = shown.state is State.WITHDRAWN and not shown.by
    return mrkdwn(
        _LEFT if is_left else _WHERE[shown.state],
        holder=shown.name(shown.holder_id),
        sender=shown.name(shown.sender_id),
        by=shown.name(shown.by),
        at=Instant(shown.since),
    )


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
    """What somebody added when they passed it on, and what its holder asks first."""
    added, asked = Quote(shown.added, TEXT_LENGTH), Quote(shown.words, TEXT_LENGTH)
    parts = []
    if shown.added:
        by = shown.name(shown.added_by)
        parts.append(mrkdwn("*{by} adds:*\n{words}", by=by, words=added))
    if shown.words and shown.kind is StepKind.RETURNED:
        parts.append(mrkdwn("*{by} asks:*\n{words}", by=shown.name(shown.by), words=asked))
    return parts
