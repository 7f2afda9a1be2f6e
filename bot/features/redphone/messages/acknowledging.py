"""Who is on a page: what people are told of it."""

from typing import Final

from bot.core.blocks import Element, Message, actions, context, section, sections
from bot.core.render import Mention, Mrkdwn, Quote, join, mrkdwn
from bot.features.redphone.messages import controls
from bot.features.redphone.rules.acknowledging import ANSWER_WITHIN, Standing
from bot.features.redphone.rules.states import State

UNKNOWN: Final = "I do not know this page any more. /redphone open lists those that are open."
MEMBERS_ONLY: Final = "Only full members of this workspace can be on a page."
NOT_YOURS: Final = "This page went to other people, so I left it as it is."
CALLERS: Final = (
    "You called this one, so somebody else has to be on it. If it is over, press “It's over” in "
    "my message to you."
)
NOBODY_YET: Final = "Nobody is on this one yet. Press “I'm on it” first."
NOT_WITH_YOU: Final = "You do not have this one any more, so I left it as it is."
CALLED_OFF: Final = "It is over: whoever called it called it off."
CHANGED: Final = "Somebody else was first just now, so I left it as it is. Please look again."
_MINUTES: Final = int(ANSWER_WITHIN.total_seconds()) // 60
_TEST: Final = mrkdwn("*This is a test.* ")


def said(sentence: str) -> Message:
    """One sentence, to whoever pressed."""
    return Message(mrkdwn("{sentence}", sentence=sentence))


def is_over(name: str, at: str) -> str:
    """Why nothing can be done any more: who resolved it, and when in the reader's time."""
    return f"It is over: {name} resolved it, {at}."


def you_are_on_it(in_flight: int) -> Message:
    """To whoever pressed first, where the message they pressed on does not show it."""
    text = mrkdwn("You are on it, and everybody sees that.{more}", more=_in_flight(in_flight))
    return Message(text)


def taken_before(page_id: str, by: str, since: str, reader_id: str) -> Message:
    """To whoever pressed second; `since` is in their time."""
    if by == reader_id:
        return Message(mrkdwn("You have been on it since {since}.", since=since))
    text = mrkdwn("{who} has been on it since {since}.", who=Mention(by), since=since)
    return Message(text, [section(text), actions([controls.join(page_id)])])


def caller_told(
    by: str, there: str, what: str, *, in_flight: int, is_drill: bool, is_handed: bool = False
) -> Message:
    """To the caller: who is on it, and what time it is `there`."""
    template = (
        "{who} has it now ({there} there):" if is_handed else "{who} is on it ({there} there):"
    )
    text = join("\n", [mrkdwn(template, who=Mention(by), there=there), _quoted(what)])
    notes = [context(mrkdwn("{more}", more=_in_flight(in_flight).strip()))] if in_flight else []
    return Message(_marked(text, is_drill), [*sections(_marked(text, is_drill)), *notes])


def asked(page_id: str, what: str, since: str, *, is_drill: bool) -> Message:
    """Whether somebody is still on it; `since` then there was no update, in their time."""
    template = (
        ":hourglass_flowing_sand: Are you still on it? There was no update since {since}. Without "
        "an answer within {minutes} minutes I page on.\n{what}"
    )
    text = mrkdwn(template, since=since, minutes=_MINUTES, what=Quote(what))
    return _asking(page_id, _marked(text, is_drill))


def handed_to_you(page_id: str, what: str, by: str, *, is_drill: bool) -> Message:
    """To whoever has it now; they have to say that they know."""
    template = (
        ":rotating_light: {by} hands this over to you. Please press “Still on it” within "
        "{minutes} minutes, or I page on.\n{what}"
    )
    text = mrkdwn(template, by=Mention(by), minutes=_MINUTES, what=Quote(what, 2_000))
    return _asking(page_id, _marked(text, is_drill))


def answered(standing: Standing, reader_id: str, at: str) -> Message:
    """What becomes of the question; `at` is when it comes again, in the reader's time."""
    if standing.state is State.OPEN:
        return Message(mrkdwn("Nobody is on it now, so I page on."))
    if standing.state is not State.ACKNOWLEDGED:
        return Message(mrkdwn("I asked whether you are still on it; it is over by now."))
    if standing.acknowledged_by != reader_id:
        return Message(mrkdwn("{who} has it now.", who=Mention(standing.acknowledged_by)))
    return Message(mrkdwn("You are on it. Without an update I ask again: {at}.", at=at))


def lapsed(page_id: str, who: str, what: str, *, is_handed_back: bool, is_drill: bool) -> Message:
    """To everybody else: nobody is on it any more."""
    template = (
        "{who} handed it back, so I page on:"
        if is_handed_back
        else "I do not hear from {who} any more, so I page on:"
    )
    text = join("\n", [mrkdwn(template, who=Mention(who)), _quoted(what)])
    return _offering(_marked(text, is_drill), [controls.acknowledge(page_id)])


def caller_lapsed(who: str, what: str, *, is_handed_back: bool, is_drill: bool) -> Message:
    """The same to the caller, who is not asked to be on it."""
    told = lapsed("", who, what, is_handed_back=is_handed_back, is_drill=is_drill)
    return Message(told.text, sections(told.text))


def you_lapsed(page_id: str, what: str, *, is_drill: bool) -> Message:
    """To whoever had it and did not answer."""
    text = join(
        "\n",
        [
            mrkdwn("There was no answer from you, so I page on. If you are on it, say so:"),
            _quoted(what),
        ],
    )
    return _offering(_marked(text, is_drill), [controls.acknowledge(page_id)])


def _asking(page_id: str, text: Mrkdwn) -> Message:
    return _offering(text, controls.when_asked(page_id))


def _offering(text: Mrkdwn, elements: list[Element]) -> Message:
    return Message(text, [*sections(text), actions(elements)])


def _quoted(what: str) -> Mrkdwn:
    return mrkdwn("{what}", what=Quote(what))


def _in_flight(count: int) -> str:
    """How much could not be called back any more."""
    if not count:
        return ""
    if count == 1:
        return " One attempt to reach somebody was on its way already."
    return f" {count} attempts to reach somebody were on their way already."


def _marked(text: Mrkdwn, is_drill: bool) -> Mrkdwn:  # noqa: FBT001
    return join("", [_TEST, text]) if is_drill else text
