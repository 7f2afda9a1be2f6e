"""What the caller follows: how a page goes on."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.blocks import Block, Message, actions, button, confirmed, context, sections
from bot.core.render import Mention, Mrkdwn, Quote, join, mrkdwn
from bot.features.redphone.messages import notices, preflight
from bot.features.redphone.rules.notices import Progress, Tried
from bot.features.redphone.rules.states import OVER, State

CALL_OFF: Final = "redphone.call_off"
MOST: Final = 6
NOT_YOURS: Final = "Only whoever paged can call it off."
OVER_ALREADY: Final = "It is over already; everybody was told."


NOBODY_THERE: Final = mrkdwn(
    ":warning: There is nobody I could page for this: nobody is on call, or they left."
)


def said(sentence: str) -> Message:
    """One sentence, to whoever pressed."""
    return Message(mrkdwn("{sentence}", sentence=sentence))


def message(shown: Progress) -> Message:
    """The one message of a page to its caller, as the page stands."""
    is_over = shown.standing.state in OVER
    told = mrkdwn("It was about:\n{what}" if is_over else "{what}", what=Quote(shown.what))
    text = join("\n", [*lines(shown), told])
    blocks: list[Block] = sections(text)
    if not is_over:
        notes = [context(mrkdwn("This message changes as it goes on."))]
        blocks += [*notes, actions([_call_off(shown)])]
    return Message(text, blocks)


def lines(shown: Progress) -> list[Mrkdwn]:
    """How a page stands, for its caller, a line each."""
    drill = mrkdwn("*This is a drill.*")
    return [*([drill] if shown.is_drill else []), *_standing(shown)]


def route(lines: Sequence[str], on_call: Sequence[str]) -> Mrkdwn:
    """What people do where the red phone does not help."""
    if lines:
        return mrkdwn("*What to do now:* {route}", route="\n".join(lines))
    if on_call:
        who = join(", ", [mrkdwn("{who}", who=Mention(each)) for each in on_call[:MOST]])
        return join("", [mrkdwn("*What to do now:* call whoever is on call: "), who, mrkdwn(".")])
    return mrkdwn("*What to do now:* call somebody who can help.")


def _standing(shown: Progress) -> list[Mrkdwn]:
    found, at = shown.standing, shown.since
    match found.state:
        case State.OPEN:
            return _paging(shown)
        case State.EXHAUSTED if not shown.tried:
            return [NOBODY_THERE, route(shown.route, shown.on_call)]
        case State.EXHAUSTED:
            nobody = mrkdwn(
                ":warning: *Nobody answered*, in {rounds} rounds. They can still press the button.",
                rounds=shown.turn.of,
            )
            unreached = [replace(each, ways=()) for each in shown.tried]
            return [nobody, *_tried(unreached), route(shown.route, shown.on_call)]
        case State.ACKNOWLEDGED:
            who = Mention(found.acknowledged_by)
            return [mrkdwn(":white_check_mark: {who} has been on it since {at}.", who=who, at=at)]
        case State.CALLED_OFF:
            return [mrkdwn("You called it off at {at}; everybody was told.", at=at)]
        case State.RESOLVED:
            return [notices.standing(found, shown.since, "")]


def _paging(shown: Progress) -> list[Mrkdwn]:
    if not shown.tried:
        return [mrkdwn(":rotating_light: It is on its way."), route(shown.route, shown.on_call)]
    told = _tried(shown.tried)
    if shown.turn.number > 1:
        again = mrkdwn(
            "Nobody answered yet. Round {number} of {rounds}:",
            number=shown.turn.number,
            rounds=shown.turn.of,
        )
        told = [again, *told]
    if all(not each.ways for each in shown.tried):
        told.append(route(shown.route, shown.on_call))
    return told


def _tried(tried: Sequence[Tried]) -> list[Mrkdwn]:
    told = [line for each in tried[:MOST] for line in _of(each)]
    more = len(tried) - MOST
    return [*told, *([mrkdwn("… and {count} more.", count=more)] if more > 0 else [])]


def _of(each: Tried) -> list[Mrkdwn]:
    who, told = Mention(each.user_id), []
    if each.ways:
        told.append(
            mrkdwn(
                ":rotating_light: {who} is being paged by {ways}. It is {time} there.",
                who=who,
                ways=preflight.by(each.ways),
                time=each.local,
            )
        )
    if each.failed:
        told.append(
            mrkdwn(
                ":warning: I could not reach {who} by {ways}.",
                who=who,
                ways=preflight.by(each.failed),
            )
        )
    return told


def _call_off(shown: Progress) -> Block:
    return confirmed(
        button("It's over", CALL_OFF, shown.page_id),
        "Call it off?",
        "Nobody is paged any more, and whoever was is told that it is over.",
        yes="It's over",
        no="Keep on",
    )
