"""Short answers to somebody who did something about an ask."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.core.blocks import Message, actions, button, section
from bot.core.render import Channel, Mention, Mrkdwn, join, local_time, mrkdwn, shorten
from bot.core.working_time import WorkingTime
from bot.features.asks.messages.names import ASK_AFTER_ALL
from bot.features.asks.rules.shown import AskShown
from bot.features.asks.rules.states import State

SETTLED_BEFORE: Final = "That one is settled already."
NOT_DUE_YET: Final = "It is not due yet: until then they have the time they were promised."
NOT_A_MEMBER: Final = "Only full members of this workspace can be asked. Please pick somebody else."
NOT_ONE_OF_YOU: Final = "That is one of the two of you. Please pick somebody else."
ASKED_ALREADY: Final = "They are asked that already."
CANNOT_SEE: Final = "They cannot open that channel. Please pick somebody who can."
PAUSED: Final = "I am paused here, so I asked nobody. `/baton resume` lets me speak again."
MAY_NOT_WRITE: Final = "Baton may not write to them. Please ask them yourself."
NOBODY: Final = "Please pick somebody."
NO_WORDS: Final = "Please write something."
NOT_YOURS: Final = "Only whoever was asked can do that."
NOT_YOUR_ASK: Final = "Only whoever asked can do that."
NOT_THERE: Final = "I can post only in channels that you and I are both in. `/invite @Baton` there."
NEEDS_REASON: Final = "Say in a sentence why it cannot wait."

_STANDS: Final = {
    State.OPEN: "is waiting for an answer",
    State.DUE_SOON: "is waiting for an answer",
    State.OVERDUE: "is overdue",
    State.ACCEPTED: "is being worked on",
    State.ANSWERED: "was answered",
    State.DECLINED: "was declined",
    State.DELEGATED: "was passed on",
    State.WENT_AHEAD: "went ahead without an answer",
    State.WITHDRAWN: "was taken back",
    State.EXPIRED: "expired",
}


def said(sentence: str) -> Message:
    """One sentence."""
    return Message(mrkdwn("{sentence}", sentence=sentence))


def settled_by(ask: AskShown, by: str) -> Message:
    """A second click is told who was first."""
    if by:
        return Message(
            mrkdwn("That one {stands}, by {who}.", stands=_STANDS[ask.state], who=Mention(by))
        )
    return Message(mrkdwn("That one {stands}.", stands=_STANDS[ask.state]))


def asked(
    due: Mapping[str, datetime],
    left_out: Sequence[str],
    over_budget: int | None,
    *,
    in_channel: bool,
    is_elsewhere: bool = False,
    later: Mapping[str, datetime] = MappingProxyType({}),
    off: Sequence[str] = (),
) -> Message:
    """What became of `/ask`; times are the asker's own.

    `later`: when those get it who are not open to it now. `off`: whom Baton may not write to.
    `is_elsewhere`: Baton is not in the conversation where it was typed.
    """
    lines = [_until(user_id, at, later.get(user_id)) for user_id, at in due.items()]
    if due and not in_channel:
        lines.insert(0, _directly(is_sent=len(later) < len(due), is_elsewhere=is_elsewhere))
    if over_budget is not None:
        lines.append(
            mrkdwn(
                "You have asked {count} urgent ones this week, which is as many as there are. "
                "I asked it as a standard one.",
                count=over_budget,
            )
        )
    lines += [
        mrkdwn(
            "I could not ask {who}: only full members who can open the channel.", who=Mention(id_)
        )
        for id_ in left_out
    ]
    lines += [
        mrkdwn("Baton may not write to {who}. Please ask them yourself.", who=Mention(id_))
        for id_ in off
    ]
    return Message(join("\n", lines or [mrkdwn("{sentence}", sentence=NOBODY)]))


def unclear(text: str) -> Message:
    """Nobody was named in front of the question."""
    return Message(
        mrkdwn(
            "Whom do you ask? Type `/ask @` and pick somebody, then what you need: "
            "`/ask @ana {text}`",
            text=text[:200],
        )
    )


def unclear_time(words: str, choices: Sequence[datetime]) -> Message:
    """A time can be read in two ways."""
    either = " or ".join(local_time(at) for at in choices)
    return Message(
        mrkdwn(
            "“{words}” can be read in two ways: {either}. Please type it again with the one you "
            "mean. Nothing was sent.",
            words=words,
            either=either,
        )
    )


def on_it(ask: AskShown) -> Message:
    """The answerer took it; after the due time nothing more is said of it at all."""
    if ask.is_overdue:
        return Message(
            mrkdwn(
                "Good. {asker} sees that you are on it, and I remind you no more.",
                asker=Mention(ask.asker_id),
            )
        )
    return Message(
        mrkdwn("Good. It stays due {due}, and I say nothing before that.", due=local_time(ask.due))
    )


def snoozed(until: datetime, ask: AskShown) -> Message:
    """Nothing more is said of it until then."""
    about = f"“{shorten(ask.quote, 80)}”: " if ask.quote else ""
    return Message(
        mrkdwn(
            "{about}I say nothing more of it until {until}. It stays due when it was.",
            about=about,
            until=local_time(until),
        )
    )


def withdrawn(ask_id: str) -> Message:
    """The asker took it back; one click takes that back."""
    text = mrkdwn("Taken back. Nobody is waited for any more.")
    return Message(text, [section(text), actions([button("Undo", ASK_AFTER_ALL, ask_id)])])


def time_set(due: datetime) -> Message:
    """The author said which time they meant."""
    return Message(mrkdwn("Due {due}.", due=local_time(due)))


def urgent_now(due: datetime) -> Message:
    """An ask became urgent."""
    return Message(mrkdwn("It is urgent now, due {due} (your time).", due=local_time(due)))


def thanks_for_judging() -> Message:
    """The answerer said whether it was urgent."""
    return Message(mrkdwn("Thank you. Only {who} sees the count.", who="whoever asked"))


def over_budget(count: int) -> str:
    """Under the field of a form: the week has no urgent ones left."""
    return f"You have asked {count} urgent ones this week, which is as many as there are."


def several(count: int) -> Message:
    """Several were answered at once."""
    if not count:
        return Message(mrkdwn("Nothing was filled in, so everything goes on waiting."))
    told = "1 answer is" if count == 1 else f"{count} answers are"
    return Message(mrkdwn("{told} on the way, each to its own question.", told=told))


def posted(channel_id: str) -> Message:
    """A text was posted in a channel."""
    return Message(mrkdwn("Posted in {channel}.", channel=Channel(channel_id)))


def waits(answerer_id: str, due: datetime) -> Message:
    """Somebody waits for a reply now."""
    return Message(
        mrkdwn(
            "{who} has until {due} (your time). `/ask list` shows it.",
            who=Mention(answerer_id),
            due=local_time(due),
        )
    )


def _until(user_id: str, due: datetime, gets_it: datetime | None) -> Mrkdwn:
    template = "{who} has until {due} (your time)."
    if gets_it is not None:
        template = "{who} gets it {at} and has until {due} (your time)."
    at = local_time(gets_it) if gets_it is not None else ""
    return mrkdwn(template, who=Mention(user_id), at=at, due=local_time(due))


def _directly(*, is_sent: bool, is_elsewhere: bool) -> Mrkdwn:
    """How it reaches who is asked, where that is no channel, and why."""
    told = "Sent as" if is_sent else "It goes out as"
    told += " a direct message from me, in your name"
    told += ": I am not in this channel." if is_elsewhere else "."
    return mrkdwn("{told}", told=told)


def either(choices: Sequence[datetime], author: WorkingTime) -> str:
    """Under the field of a form: a time can be read in two ways."""
    times = " or ".join(local_time(author.local(at)) for at in choices)
    return f"That can be read in two ways: {times}. Write the one you mean."
