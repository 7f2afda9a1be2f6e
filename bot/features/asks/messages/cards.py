"""What asks post in channels."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bot.core.blocks import Block, Message, actions, button, context, section, sections
from bot.core.quotations import ERASED, NOT_KEPT
from bot.core.render import Addressed, Mention, Mrkdwn, Quote, join, local_time, mrkdwn
from bot.features.asks.messages.absences import aside
from bot.features.asks.messages.names import EDIT, WITHDRAW_CARD
from bot.features.asks.rules.shown import AskShown, Words
from bot.features.asks.rules.states import UNSETTLED, State

NOBODY: Final[Mapping[str, str]] = MappingProxyType({})
WHOLE: Final = 40_000
"""As many characters as a message of Slack's can have."""
KINDS: Final = {"blocker": "Blocker", "update": "Update"}
_ENOUGH: Final = " One answer of the group is enough."
_PATIENT: Final = "Before it is due I mention it only in a digest or in one private message."
_ENDED: Final = {
    State.ANSWERED: ":white_check_mark: answered",
    State.DECLINED: "declined",
    State.WENT_AHEAD: "went ahead",
    State.WITHDRAWN: "taken back",
    State.EXPIRED: "closed",  # that nobody answered in time is for the two of them
}


def card(
    text_id: str,
    asker_id: str,
    words: Words,
    asks: Sequence[AskShown],
    people: Mapping[str, str] = NOBODY,
) -> Message:
    """The message that asks in a channel, for everybody in it; it can be answered as it stands.

    `people` are the names of those who are asked, by id.
    """
    whom = join(", ", [mrkdwn("{who}", who=Mention(ask.answerer_id)) for ask in asks])
    title = Mrkdwn(mrkdwn("*{asker} asks* ", asker=Mention(asker_id)) + whom)
    if all(ask.state is State.WITHDRAWN for ask in asks):
        return taken_back(asker_id)
    return _asking(text_id, title, words, asks, people)


def added(
    text_id: str,
    asker_id: str,
    words: Words,
    asks: Sequence[AskShown],
    people: Mapping[str, str] = NOBODY,
) -> Message:
    """What completes a message of its author's, under it; it may ask nobody."""
    if asks and all(ask.state is State.WITHDRAWN for ask in asks):
        return taken_back(asker_id)
    title = mrkdwn("*{asker} adds:*", asker=Mention(asker_id))
    return _asking(text_id, title, words, asks, people)


def naming(message: Message, user_ids: Sequence[str]) -> Message:
    """A message that is for these people, too, and asks them nothing."""
    if not user_ids:
        return message
    whom = join(", ", [mrkdwn("{who}", who=Mention(each)) for each in user_ids])
    line = Mrkdwn(f"For {whom}")
    said = join("\n", [message.text, line])
    return replace(message, text=said, blocks=[*message.blocks, context(line)])


def taken_back(asker_id: str) -> Message:
    """What stands where somebody asked who needs no answer any more."""
    gone = mrkdwn("{asker} took a question back.", asker=Mention(asker_id))
    return Message(gone, [section(gone)])


def gone(author_id: str) -> Message:
    """What stands where somebody had completed a message that they deleted."""
    text = mrkdwn("{author} took this back.", author=Mention(author_id))
    return Message(text, [section(text)])


def _asking(
    text_id: str,
    title: Mrkdwn,
    words: Words,
    asks: Sequence[AskShown],
    people: Mapping[str, str],
) -> Message:
    parts = [title, *body(words, people)]
    due = [_due(ask) for ask in asks]
    blocks: list[Block] = [block for part in parts for block in sections(part)]
    if due:
        blocks.append(context(join("\n", due)))
    if any(ask.state in UNSETTLED for ask in asks):
        is_group = sum(bool(ask.group_id) for ask in asks) > 1
        how = f"Please answer in the thread.{_ENOUGH if is_group else ''} {_PATIENT}"
        blocks.append(context(mrkdwn("{how}", how=how)))
        buttons = [button("Edit", EDIT, text_id), button("Withdraw", WITHDRAW_CARD, text_id)]
        blocks.append(actions(buttons))
    return Message(join("\n", [*parts, *due]), blocks)


def erased() -> Message:
    """What stands where somebody asked who had their data erased."""
    text = mrkdwn("{gone}", gone=ERASED)
    return Message(text, [section(text)])


def answers(by: str, words: str) -> Message:
    """Somebody answered from a form: their words, under the question."""
    text = mrkdwn("*{who} answers:*\n{words}", who=Mention(by), words=Quote(words, WHOLE))
    return Message(text, sections(text))


def posted_for(author_id: str, words: str, people: Mapping[str, str] = NOBODY) -> Message:
    """What somebody wrote to Baton, in a channel, in their name.

    It mentions these people (names by id) where they are named.
    """
    said = Quote(words, WHOLE, people)
    text = mrkdwn("*{who} writes:*\n{words}", who=Mention(author_id), words=said)
    return Message(text, sections(text))


def body(words: Words, people: Mapping[str, str] = NOBODY) -> list[Mrkdwn]:
    """What an ask says, part by part; it mentions these people (names by id) by their names."""
    parts = [mrkdwn("{what}", what=Addressed(words.what or NOT_KEPT, people))]
    kind = KINDS.get(words.kind, "Context")
    if words.context:
        parts.append(mrkdwn("*{kind}:* {context}", kind=kind, context=words.context))
    elif words.kind in KINDS:
        parts.append(mrkdwn("*{kind}*", kind=kind))
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
        is_away = "{who} is away, {holder} was asked instead: due {due} there"
        return mrkdwn(
            is_away if ask.is_with_stand_in else "{who} passed it on to {holder}: due {due} there",
            who=who,
            holder=Mention(ask.holder_id),
            due=local_time(ask.due_there, ask.asked),
        )
    due = mrkdwn("{who}: due {due} there", who=who, due=local_time(ask.due_there, ask.asked))
    return join("", [due, aside(ask.absence)])
