"""Short answers to somebody who did something about an ask."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.core.blocks import Message, actions, button, section, sections
from bot.core.render import Channel, Mention, Mrkdwn, Quote, join, local_time, mrkdwn, shorten
from bot.core.working_time import WorkingTime
from bot.features.asks.messages import cards
from bot.features.asks.messages.absences import ask_instead, sentence, stands_in
from bot.features.asks.messages.names import ASK_AFTER_ALL, NOT_INSTEAD
from bot.features.asks.rules.absence import Absence
from bot.features.asks.rules.shown import AskShown, NotTaken, StandIn, Words
from bot.features.asks.rules.states import State

DONE: Final = "Done. Whoever asked is told; you are not reminded of it any more."
SETTLED_BEFORE: Final = "That one is settled already."
NOT_DUE_YET: Final = "It is not due yet: until then they have the time they were promised."
NOT_A_MEMBER: Final = "Only full members of this workspace can be asked. Please pick somebody else."
NOT_ONE_OF_YOU: Final = "That is one of the two of you. Please pick somebody else."
ASKED_ALREADY: Final = "They are asked that already."
CANNOT_SEE: Final = "They cannot open that channel. Please pick somebody who can."
NO_STAND_IN: Final = (
    "They are back, or nobody stands in for them any more. Your question is still with them."
)
STAND_IN_CANNOT_SEE: Final = (
    "Whoever stands in cannot open that channel, so I asked them nothing. Your question is where "
    "it was."
)
IN_LIST: Final = "`/ask list` asks them instead, by the menu beside your question."
PAUSED: Final = "I am paused here, so I asked nobody. `/baton resume` lets me speak again."
MAY_NOT_WRITE: Final = "Baton may not write to them. Please ask them yourself."
NOBODY: Final = "Please pick somebody."
YOURSELF: Final = "You can't ask yourself. Please pick somebody else."
NO_SUCH_GROUP: Final = "That group has nobody else in it, or too many people (more than 50) to ask."
NO_WORDS: Final = "Please write something."
NOT_YOURS: Final = "Only whoever was asked can do that."
NOT_YOUR_ASK: Final = "Only whoever asked can do that."
CANNOT_OPEN: Final = "You can't open that channel any more."
NOT_SURE: Final = "I could not check just now that you can open that channel. Please try again."
NOT_THERE: Final = "I can post only in channels that you and I are both in. `/invite @Baton` there."
TIME_OVER: Final = "That time has passed meanwhile, so the usual one holds."
NEEDS_REASON: Final = "Say in a sentence why it cannot wait."

LONGEST_TYPED: Final = 1_500
NOBODY_ABSENT: Final[Mapping[str, Absence]] = {}
NOBODY_STANDS_IN: Final[Mapping[str, StandIn]] = {}

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


def may_ask_instead(found: StandIn) -> Message:
    """Somebody who is asked is away: who stands in, and one click asks them."""
    return _with_stand_ins(stands_in(found), [found])


def asked_of_stand_in(
    ask_id: str, user_id: str, due: datetime, gets_it: datetime | None = None
) -> Message:
    """Whoever stands in was asked; one click takes that back. `due` is the asker's time.

    `gets_it`: when they get it (their time), if they are not open to it now.
    """
    until = _has_until(user_id, due, None, gets_it=gets_it)
    text = join(" ", [mrkdwn("I asked {who} instead.", who=Mention(user_id)), until])
    return Message(text, [section(text), actions([button("Undo", NOT_INSTEAD, ask_id)])])


def has_it_already(user_id: str, ask_id: str) -> Message:
    """A second click is told who was asked instead."""
    text = mrkdwn("{who} was asked instead already.", who=Mention(user_id))
    return Message(text, [section(text), actions([button("Undo", NOT_INSTEAD, ask_id)])])


def settled_by(ask: AskShown, by: str) -> Message:
    """A second click is told who was first."""
    return Message(_stands(ask.state, by))


def asked(
    due: Mapping[str, datetime],
    left_out: Sequence[str],
    over_budget: int | None,
    *,
    in_channel: bool,
    one_is_enough: bool = False,
    is_elsewhere: bool = False,
    absent: Mapping[str, Absence] = NOBODY_ABSENT,
    later: Mapping[str, datetime] = MappingProxyType({}),
    off: Sequence[str] = (),
    stand_ins: Mapping[str, StandIn] = NOBODY_STANDS_IN,
    now: datetime | None = None,
) -> Message:
    """What became of `/ask`; times are the asker's own.

    `later`: when those get it (their time) who are not open to it now. `off`: whom Baton may not
    write to. `stand_ins`: who may be asked instead of those who are away. `is_elsewhere`: Baton is
    not in the conversation where it was typed.
    """
    lines = [
        _has_until(
            user_id,
            at,
            absent.get(user_id),
            now,
            gets_it=later.get(user_id),
            stand_in=stand_ins.get(user_id),
        )
        for user_id, at in due.items()
    ]
    if due and not in_channel:
        lines.insert(0, _directly(is_sent=len(later) < len(due), is_elsewhere=is_elsewhere))
    if one_is_enough:
        lines.append(mrkdwn("One answer of the group is enough."))
    if over_budget is not None:
        lines.append(
            mrkdwn(
                "You have asked {count} urgent ones this week, which is as many as there are. "
                "I asked it as a standard one.",
                count=over_budget,
            )
        )
    able = " who can open the channel" if in_channel else ""
    lines += [
        mrkdwn(
            "I could not ask {who}. Only full members of this workspace{able} can be asked.",
            who=Mention(id_),
            able=able,
        )
        for id_ in left_out
    ]
    lines += [
        mrkdwn("Baton may not write to {who}. Please ask them yourself.", who=Mention(id_))
        for id_ in off
    ]
    text = join("\n", lines or [mrkdwn("{sentence}", sentence=NOBODY)])
    return _with_stand_ins(text, [each for each in stand_ins.values() if each.away_id in due])


def in_form(text: Mrkdwn, *, may_ask: bool) -> Mrkdwn:
    """What came of a form, where it stands without buttons; `may_ask`: somebody stands in."""
    return join("\n", [text, mrkdwn(IN_LIST)]) if may_ask else text


def unclear(text: str) -> Message:
    """Nobody was named in front of the question."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if first.startswith("@"):
        return Message(
            mrkdwn(
                "I found nobody called {name}. Pick the person or group from the list that Slack "
                "shows while you type the @. Nothing was sent; you wrote: {text}",
                name=shorten(first, 80),
                text=text[:500],
            )
        )
    if first.lower() in {"list", "help"}:
        return Message(
            mrkdwn(
                "Did you mean `/ask {verb}`? To ask somebody, put their name first: `/ask @ana …`",
                verb=first.lower(),
            )
        )
    return Message(
        mrkdwn(
            "Whom do you ask? Type `/ask @` and pick somebody, then what you need: "
            "`/ask @ana {text}`",
            text=text[:200],
        )
    )


def unclear_time(
    words: str, choices: Sequence[datetime], typed: str, now: datetime | None = None
) -> Message:
    """A time can be read in two ways; `typed` is given back."""
    either = " or ".join(local_time(at, now) for at in choices)
    return Message(
        mrkdwn(
            "“{words}” can be read in two ways: {either}. Please type it again with the one you "
            "mean. Nothing was sent.\n`/ask {typed}`",
            words=words,
            either=either,
            typed=shorten(typed, LONGEST_TYPED),
        )
    )


def not_sent(why: str, typed: str) -> Message:
    """Nobody was asked: why, and what was typed."""
    return Message(
        mrkdwn(
            "{why} Nothing was sent.\n`/ask {typed}`",
            why=why,
            typed=shorten(typed, LONGEST_TYPED),
        )
    )


def on_it(ask: AskShown) -> Message:
    """The answerer took it; after the due time nothing more is said of it at all."""
    if ask.is_overdue:
        return Message(
            mrkdwn(
                "{about}Good. {asker} sees that you are on it, and I remind you no more.",
                about=_about(ask),
                asker=Mention(ask.asker_id),
            )
        )
    return Message(
        mrkdwn(
            "{about}Good. It stays due {due}, and I say nothing before that.",
            about=_about(ask),
            due=local_time(ask.due),
        )
    )


def snoozed(until: datetime, ask: AskShown) -> Message:
    """Nothing more is said of it until then."""
    return Message(
        mrkdwn(
            "{about}I say nothing more of it until {until}. It stays due when it was.",
            about=_about(ask),
            until=local_time(until),
        )
    )


def snoozed_already(until: datetime) -> Message:
    """A second click is told until when."""
    return Message(mrkdwn("It is snoozed until {until} already.", until=local_time(until)))


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


def several(count: int, not_taken: Sequence[NotTaken] = ()) -> Message:
    """Several were answered at once; what could not be sent is given back to its author."""
    if not count and not not_taken:
        return Message(mrkdwn("Nothing was filled in, so everything goes on waiting."))
    first = mrkdwn("{n} answers are on the way, each to its own question.", n=count)
    if count == 1:
        first = mrkdwn("Your answer is on the way.")
    return Message(join("\n\n", [*([first] if count else []), *map(_given_back, not_taken)]))


def posted(channel_id: str, asked: Message | None = None, unreached: Sequence[str] = ()) -> Message:
    """A text was posted in a channel; what was asked with it, and who is not there to see it."""
    channel = Channel(channel_id)
    lines = [mrkdwn("Posted in {channel}.", channel=channel), *([asked.text] if asked else [])]
    lines += [
        mrkdwn("{who} is not in {channel} and hears nothing of it.", who=who, channel=channel)
        for who in map(Mention, unreached)
    ]
    return Message(join("\n", lines))


def not_added(channel_id: str, words: Words) -> Message:
    """What completes a message could not be posted: its author has the text back."""
    intro = mrkdwn(
        "Slack did not let me post in {channel} what you added. You wrote:",
        channel=Channel(channel_id),
    )
    return given_back(intro, words)


def given_back(intro: Mrkdwn, words: Words) -> Message:
    """What somebody wrote for others, whole and in paragraphs, so that they can copy it."""
    parts = [intro, *cards.body(words)]
    return Message(join("\n", parts), [block for part in parts for block in sections(part)])


def waits(
    answerer_id: str,
    due: datetime,
    absence: Absence | None = None,
    now: datetime | None = None,
    stand_in: StandIn | None = None,
) -> Message:
    """Somebody waits for a reply now."""
    until = _has_until(answerer_id, due, absence, now, stand_in=stand_in)
    return Message(join(" ", [until, mrkdwn("`/ask list` shows it.")]))


def asked_until(due: datetime) -> str:
    """Under the field of a form: somebody is asked that already, until then (the asker's time)."""
    return f"They are asked that already, until {local_time(due)}. `/ask list` shows it."


def has_until(
    user_id: str, due: datetime, absence: Absence | None, stand_in: StandIn | None = None
) -> Message:
    """Somebody has another time than the one that was named, or is away."""
    text = _has_until(user_id, due, absence, stand_in=stand_in)
    return _with_stand_ins(text, [stand_in] if stand_in else [])


def _has_until(
    user_id: str,
    due: datetime,
    absence: Absence | None,
    now: datetime | None = None,
    *,
    gets_it: datetime | None = None,
    stand_in: StandIn | None = None,
) -> Mrkdwn:
    template = "{who} has until {due} (your time)."
    if gets_it is not None:
        template = "{who} gets it {at} (their time) and has until {due} (your time)."
    at = local_time(gets_it, now) if gets_it is not None else ""
    until = mrkdwn(template, who=Mention(user_id), at=at, due=local_time(due, now))
    why = [] if absence is None else [sentence(absence)]
    return join(" ", [until, *why, *([stands_in(stand_in)] if stand_in else [])])


def _with_stand_ins(text: Mrkdwn, found: Sequence[StandIn]) -> Message:
    """A text, with a button for each who may be asked instead."""
    if not found:
        return Message(text)
    return Message(text, [*sections(text), actions([ask_instead(each) for each in found])])


def _directly(*, is_sent: bool, is_elsewhere: bool) -> Mrkdwn:
    """How it reaches who is asked, where that is no channel, and why."""
    told = "Sent as" if is_sent else "It goes out as"
    told += " a direct message from me, in your name"
    told += ": I am not in this channel." if is_elsewhere else "."
    return mrkdwn("{told}", told=told)


def either(choices: Sequence[datetime], author: WorkingTime, now: datetime) -> str:
    """Under the field of a form: a time can be read in two ways."""
    times = " or ".join(local_time(author.local(at), now) for at in choices)
    return f"That can be read in two ways: {times}. Write the one you mean."


def _stands(state: State, by: str) -> Mrkdwn:
    if by:
        return mrkdwn("That one {stands}, by {who}.", stands=_STANDS[state], who=Mention(by))
    return mrkdwn("That one {stands}.", stands=_STANDS[state])


def _given_back(missed: NotTaken) -> Mrkdwn:
    why = _stands(missed.state, missed.by) if missed.state else mrkdwn("{why}", why=missed.refusal)
    question = mrkdwn("“{text}”\n", text=shorten(missed.question, 120))
    return mrkdwn(
        "{question}{why} I did not send what you wrote:\n{said}",
        question=question if missed.question else Mrkdwn(""),
        why=why,
        said=Quote(missed.said, 3_000),
    )


def _about(ask: AskShown) -> str:
    """Which ask it is, in a few of its words, if they are kept."""
    return f"“{shorten(ask.quote, 80)}”: " if ask.quote else ""
