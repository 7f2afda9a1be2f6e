"""What asks post in channels."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Block, Message, actions, button, context, section, sections
from bot.core.quotations import ERASED
from bot.core.render import Mention, Mrkdwn, Quote, join, local_time, mrkdwn
from bot.features.asks.messages.absences import aside
from bot.features.asks.messages.names import EDIT, WITHDRAW_CARD
from bot.features.asks.rules.shown import AskShown, Words
from bot.features.asks.rules.states import UNSETTLED, State

WHOLE: Final = 40_000
"""As many characters as a message of Slack's can have."""
KINDS: Final = {"blocker": "Blocker", "update": "Update"}
_ENOUGH: Final = " One answer of the group is enough."
_PATIENT: Final = "No reminder comes before the time is up."
_ENDED: Final = {
    State.ANSWERED: ":white_check_mark: answered",
    State.DECLINED: "declined",
    State.WENT_AHEAD: "went ahead",
    State.WITHDRAWN: "taken back",
    State.EXPIRED: "closed",  # that nobody answered in time is for the two of them
}


def card(text_id: str, asker_id: str, words: Words, asks: Sequence[AskShown]) -> Message:
    """The message that asks in a channel, for everybody in it; it can be answered as it stands."""
    whom = join(", ", [mrkdwn("{who}", who=Mention(ask.answerer_id)) for ask in asks])
    title = Mrkdwn(mrkdwn("*{asker} asks* ", asker=Mention(asker_id)) + whom)
    is_open = any(ask.state in UNSETTLED for ask in asks)
    if not is_open and all(ask.state is State.WITHDRAWN for ask in asks):
        gone = mrkdwn("{asker} took a question back.", asker=Mention(asker_id))
        return Message(gone, [section(gone)])
    body = _body(words)
    small = join("\n", [_due(ask) for ask in asks])
    blocks: list[Block] = [section(title), *(block for part in body for block in sections(part))]
    blocks.append(context(small))
    if is_open:
        is_group = sum(bool(ask.group_id) for ask in asks) > 1
        how = f"Please answer in the thread.{_ENOUGH if is_group else ''} {_PATIENT}"
        blocks.append(context(mrkdwn("{how}", how=how)))
        buttons = [button("Edit", EDIT, text_id), button("Withdraw", WITHDRAW_CARD, text_id)]
        blocks.append(actions(buttons))
    return Message(join("\n", [title, *body, small]), blocks)


def erased() -> Message:
    """What stands where somebody asked who had their data erased."""
    text = mrkdwn("{gone}", gone=ERASED)
    return Message(text, [section(text)])


def answers(by: str, words: str) -> Message:
    """Somebody answered from a form: their words, under the question."""
    text = mrkdwn("*{who} answers:*\n{words}", who=Mention(by), words=Quote(words, WHOLE))
    return Message(text, sections(text))


def posted_for(author_id: str, words: str) -> Message:
    """What somebody wrote to Baton, in a channel, in their name."""
    text = mrkdwn("*{who} writes:*\n{words}", who=Mention(author_id), words=Quote(words, WHOLE))
    return Message(text, sections(text))


def _body(words: Words) -> list[Mrkdwn]:
    parts = [mrkdwn("{what}", what=words.what)]
    if words.kind in KINDS or words.context:
        parts.append(
            mrkdwn(
                "*{kind}:* {context}",
                kind=KINDS.get(words.kind, "Context"),
                context=words.context or "see above",
            )
        )
    if words.proposal:
        parts.append(mrkdwn("*Proposal:* {proposal}", proposal=words.proposal))
    if words.reason:
        parts.append(mrkdwn(":zap: *Urgent:* {reason}", reason=words.reason))
    if words.fallback:
        parts.append(mrkdwn("*If nobody answers by then:* {fallback}", fallback=words.fallback))
    return parts


def _due(ask: AskShown) -> Mrkdwn:
    who = Mention(ask.answerer_id)
    if ask.settled_by:
        by = Mention(ask.settled_by)
        return mrkdwn("{who}: :white_check_mark: settled by {by}", who=who, by=by)
    if ask.state in _ENDED:
        return Mrkdwn(mrkdwn("{who}: ", who=who) + _ENDED[ask.state])
    if ask.holder_id:
        return mrkdwn(
            "{who} passed it on to {holder}: due {due} there",
            who=who,
            holder=Mention(ask.holder_id),
            due=local_time(ask.due_there, ask.asked),
        )
    due = mrkdwn("{who}: due {due} there", who=who, due=local_time(ask.due_there, ask.asked))
    return join("", [due, aside(ask.absence)])
