"""Asks in lists: on boards, in digests, behind `/ask list`; and their figures and history."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.core import boards
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
from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.digests import DigestSection, Part
from bot.core.quotations import linked
from bot.core.render import Channel, Link, Mention, Mrkdwn, join, local_time, mrkdwn, shorten
from bot.core.visibility import Sifted, held_back
from bot.features.asks.messages import names, scheduled
from bot.features.asks.rules.scheduling import Planned
from bot.features.asks.rules.shown import AskShown
from bot.features.asks.rules.states import State

MAX_IN_LIST: Final = 15
MAX_IN_DIGEST: Final = 10
WAITING_ON_YOU: Final = "Waiting on you"
WAITED_FOR: Final = "You are waiting for"
SETTLED_FOR_YOU: Final = "Settled for you"
UNANSWERED: Final = "Without an answer"

_FOR_ANSWERER: Final = {
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
    where = "" if ask.is_direct or ask.is_elsewhere else " in {channel}"
    template = f"{{mark}}{{asker}}{where}, {{due}}: "
    line = mrkdwn(
        template,
        mark=":zap: " if ask.is_urgent else "",
        asker=Mention(ask.asker_id),
        channel=Channel(ask.channel_id),
        due=_due(ask),
    )
    return join("", [line, _quoted(ask)])


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


def settled_line(ask: AskShown) -> Mrkdwn:
    """One line about an answer the reader got, or something that was done for them."""
    who = Mention(ask.settled_by or ask.answerer_id)
    return join("", [mrkdwn("{who}: ", who=who), _quoted(ask)])


def unanswered_line(ask: AskShown) -> Mrkdwn:
    """One line about something the reader will not get an answer to."""
    who = Mention(ask.answerer_id)
    if ask.state is State.WENT_AHEAD:
        due = local_time(ask.due, ask.asked)
        line = mrkdwn(
            "No answer from {who} by {due}, so you go ahead: {fallback}\n",
            who=who,
            due=due,
            fallback=shorten(ask.fallback, 200),
        )
        return join("", [line, _quoted(ask)])
    how = "declined" if ask.state is State.DECLINED else "expired"
    parts = [mrkdwn("{who}, {how}: ", who=who, how=how), _quoted(ask)]
    if ask.reason:
        parts.append(mrkdwn(" Because: {reason}", reason=shorten(ask.reason, 300)))
    return join("", parts)


def digest_section(
    part: Part, title: str, found: Sifted[AskShown], line: Callable[[AskShown], Mrkdwn]
) -> DigestSection | None:
    """A part of a digest; of many asks it shows the first and says how many more there are."""
    asks = found.seen
    if not asks and not found.held_back:
        return None
    lines = [line(ask) for ask in asks[:MAX_IN_DIGEST]]
    if len(asks) > MAX_IN_DIGEST:
        lines.append(mrkdwn("and {count} more", count=len(asks) - MAX_IN_DIGEST))
    about = frozenset(message for ask in asks for message in ask.stands_for)
    return DigestSection(part, title, lines, about, found.held_back)


def waiting_on_board(on_you: Sifted[AskShown]) -> BoardSection:
    """What waits on the owner of a board."""
    elements = [button("Ask somebody…", names.COMPOSE, style="primary")]
    if on_you.seen:
        elements.append(button("Answer several…", names.SEVERAL))
    return BoardSection(
        "asks-waits",
        BoardPart.WAITS,
        WAITING_ON_YOU,
        _rows(on_you.seen, waiting_line, _FOR_ANSWERER),
        mrkdwn("Nobody is waiting for you."),
        elements,
        _notes(on_you),
    )


def asked_on_board(by_you: Sifted[AskShown]) -> BoardSection:
    """What the owner of a board waits for."""
    return BoardSection(
        "asks-asked",
        BoardPart.WAITING,
        WAITED_FOR,
        _rows(by_you.seen, asked_line, _FOR_ASKER),
        mrkdwn("You are not waiting for anybody."),
        notes=_notes(by_you),
    )


def listed(
    on_you: Sifted[AskShown], by_you: Sifted[AskShown], planned: Sequence[Planned] = ()
) -> Message:
    """What `/ask list` shows, what goes out later first."""
    shown = [waiting_on_board(on_you), asked_on_board(by_you)]
    blocks = [*scheduled.rows(planned), *(block for each in shown for block in _listed(each))]
    texts = [block["text"]["text"] for block in blocks if block["type"] == "section"]
    below = [actions(shown[0].elements), *(context(note) for each in shown for note in each.notes)]
    return Message(Mrkdwn("\n".join(texts)), [*blocks, *below])


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
) -> list[Row]:
    return [Row(line(ask), _menu(ask, entries)) for ask in asks]


def _notes(found: Sifted[AskShown]) -> list[Mrkdwn]:
    return [held_back(found.held_back)] if found.held_back else []


def _listed(shown: BoardSection) -> list[Block]:
    """A part of a list; where there is too much for it, the Home tab has it all."""
    head = boards.heading(shown)
    if not shown.rows and shown.empty is not None:
        return [head, section(shown.empty)]
    left = len(shown.rows) - MAX_IN_LIST
    more = "and {count} more, on my Home tab"
    rest = [context(mrkdwn(more, count=left))] if left > 0 else []
    return [head, *boards.rows(shown, most=MAX_IN_LIST), *rest]


def _menu(ask: AskShown, entries: Mapping[str, str]) -> Element:
    return overflow(names.DO, {f"{name}|{ask.id}": label for name, label in entries.items()})


def _due(ask: AskShown) -> str:
    if ask.is_paused:
        return "waits for the asker"
    due = f"{'overdue since' if ask.is_overdue else 'due'} {local_time(ask.due, ask.asked)}"
    return f"{due}, on it" if ask.state is State.ACCEPTED else due


def _quoted(ask: AskShown) -> Mrkdwn:
    if ask.is_elsewhere and ask.quote is None:
        link = Link(ask.permalink, "in a conversation that I am not in")
        return mrkdwn("{link}", link=link)
    if not ask.permalink or ask.is_direct:
        return mrkdwn("“{words}”", words=shorten(ask.quote or "(text not kept)", 120))
    links = [linked(part.permalink, part.quote) for part in ask.parts]
    links = links or [linked(ask.permalink, ask.quote)]
    return join(" · ", [mrkdwn("{link}", link=link) for link in links])
