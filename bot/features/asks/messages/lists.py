"""Asks in lists: on App Home and behind `/ask list`; and the history of one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.core.blocks import (
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    overflow,
    section,
    sections,
)
from bot.core.quotations import NOT_KEPT, linked
from bot.core.render import Channel, Link, Mention, Mrkdwn, join, local_time, mrkdwn, shorten
from bot.core.visibility import Sifted, held_back
from bot.features.asks.messages import names, scheduled
from bot.features.asks.rules.scheduling import Planned
from bot.features.asks.rules.shown import AskShown
from bot.features.asks.rules.states import State

MAX_ON_HOME: Final = 20
WAITING_ON_YOU: Final = "Waiting on you"

FOR_ANSWERER: Final = {
    names.DONE: "Done",
    names.ACCEPT: "On it",
    names.DELEGATE: "Delegate…",
    names.DECLINE: "Decline…",
    names.SNOOZE: "Snooze until my next day",
}
_FOR_ASKER: Final = {
    names.GOT_IT: "I have my answer",
    names.ESCALATE: "Ask somebody else, too…",
    names.WITHDRAW: "Withdraw",
    names.HISTORY: "What happened so far",
}


def waiting_line(ask: AskShown) -> Mrkdwn:
    """One line about something the reader is asked for."""
    return join(" ", [waited_for(ask), _quoted(ask)])


def waited_for(ask: AskShown) -> Mrkdwn:
    """By whom the reader is asked for something, where and until when."""
    where = "" if ask.is_direct or ask.is_elsewhere else " in {channel}"
    return mrkdwn(
        f"{{mark}}{{asker}}{where}, {{due}}:",
        mark=":zap: " if ask.is_urgent else "",
        asker=Mention(ask.asker_id),
        channel=Channel(ask.channel_id),
        due=_due(ask),
    )


def asked_line(ask: AskShown) -> Mrkdwn:
    """One line about something the reader waits for."""
    where = "" if ask.is_direct or ask.is_elsewhere else " in {channel}"
    passed = ", passed on to {holder}" if ask.holder_id else ""
    later = ", gets it {gets_it} (their time)" if ask.gets_it else ""
    line = mrkdwn(
        f"{{who}}{where}{passed}{later}, {{due}}: ",
        who=Mention(ask.answerer_id),
        channel=Channel(ask.channel_id),
        holder=Mention(ask.holder_id),
        gets_it=local_time(ask.gets_it, ask.asked) if ask.gets_it else "",
        due=_due(ask),
    )
    return join("", [line, _quoted(ask)])


def home(
    on_you: Sifted[AskShown], by_you: Sifted[AskShown], planned: Sequence[Planned] = ()
) -> list[Block]:
    """The part of asks of somebody's App Home, what goes out later first."""
    blocks = scheduled.rows(planned)
    blocks.append(section(_counted(WAITING_ON_YOU, on_you.seen)))
    blocks += _rows(on_you.seen, waiting_line, FOR_ANSWERER)
    if not on_you.seen:
        blocks.append(section(mrkdwn("Nobody is waiting for you.")))
    blocks.append(section(_counted("You are waiting for", by_you.seen)))
    blocks += _rows(by_you.seen, asked_line, _FOR_ASKER)
    if not by_you.seen:
        blocks.append(section(mrkdwn("You are not waiting for anybody.")))
    elements = [button("Ask somebody…", names.COMPOSE, style="primary")]
    if on_you.seen:
        elements.append(button("Answer several…", names.SEVERAL))
    blocks.append(actions(elements))
    count = on_you.held_back + by_you.held_back
    return blocks + ([context(held_back(count))] if count else [])


def listed(
    on_you: Sifted[AskShown], by_you: Sifted[AskShown], planned: Sequence[Planned] = ()
) -> Message:
    """What `/ask list` shows."""
    blocks = home(on_you, by_you, planned)
    texts = [block["text"]["text"] for block in blocks if block["type"] == "section"]
    return Message(Mrkdwn("\n".join(texts)), blocks)


def history(ask: AskShown, steps: Sequence[tuple[datetime, str, str, str]]) -> list[Block]:
    """What happened to an ask so far: when (the reader's time), what, by whom, their words."""
    lines = []
    for at, step, by, words in steps:
        template = "{at}  {step}" + (" by {by}" if by else "") + (": {words}" if words else "")
        filled: Mapping[str, str | Mention] = {"by": Mention(by), "words": shorten(words, 200)}
        lines.append(mrkdwn(template, at=local_time(at), step=_STEPS.get(step, step), **filled))
    return [section(asked_line(ask)), *sections(join("\n", lines))]


_STEPS: Final = {
    "opened": "asked",
    "open": "waiting again",
    "due_soon": "due soon",
    "accepted": "“on it”",
    "delegated": "passed on",
    "went_ahead": "went ahead",
    "withdrawn": "taken back",
    "was_urgent": "called urgent",
    "was_not": "called not urgent",
    "paused": "asked back: the clock stands still",
    "resumed": "the clock goes on",
}


def _rows(
    asks: Sequence[AskShown], line: Callable[[AskShown], Mrkdwn], entries: Mapping[str, str]
) -> list[Block]:
    rows = [section(line(ask), accessory=menu(ask, entries)) for ask in asks[:MAX_ON_HOME]]
    count = len(asks) - MAX_ON_HOME
    more = [context(mrkdwn("and {count} more", count=count))] if count > 0 else []
    return [*rows, *more]


def menu(ask: AskShown, entries: Mapping[str, str]) -> Element:
    """What its reader can do about an ask, behind three dots."""
    return overflow(names.DO, {f"{name}|{ask.id}": label for name, label in entries.items()})


def _counted(title: str, asks: Sequence[AskShown]) -> Mrkdwn:
    count = f" ({len(asks)})" if asks else ""
    return mrkdwn("*{title}*{count}", title=title, count=count)


def _due(ask: AskShown) -> str:
    if ask.is_paused:
        return "waits for the asker"
    due = f"{'overdue since' if ask.is_overdue else 'due'} {local_time(ask.due, ask.asked)}"
    return f"{due}, on it" if ask.state is State.ACCEPTED else due


def links(ask: AskShown) -> tuple[Link, ...]:
    """The messages of an ask, in their words; none where people can read it nowhere else."""
    if ask.is_elsewhere and ask.quote is None:
        return (Link(ask.permalink, "in a conversation that I am not in"),)
    if not ask.permalink or ask.is_direct:
        return ()
    found = tuple(linked(part.permalink, part.quote) for part in ask.parts)
    return found or (linked(ask.permalink, ask.quote),)


def _quoted(ask: AskShown) -> Mrkdwn:
    found = links(ask)
    if not found:
        return mrkdwn("“{words}”", words=shorten(ask.quote or NOT_KEPT, 120))
    return join(" · ", [mrkdwn("{link}", link=link) for link in found])
