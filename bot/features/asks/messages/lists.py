"""Asks in lists: on boards and behind `/ask list`; and the history of one."""

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
from bot.core.locales import moment
from bot.core.quotations import NOT_KEPT, linked
from bot.core.render import Channel, Link, Mention, Mrkdwn, join, local_day, mrkdwn, shorten
from bot.core.visibility import Sifted, held_back
from bot.features.asks.messages import absences, names, scheduled
from bot.features.asks.rules.scheduling import Planned
from bot.features.asks.rules.shown import AskShown
from bot.features.asks.rules.states import State

MAX_IN_LIST: Final = 15
WAITING_ON_YOU: Final = "Waiting on you"
NOTHING_WAITS: Final = "Nothing is waiting on you."
WAITED_FOR: Final = "You are waiting for"

FOR_ANSWERER: Final = {
    names.DONE: "Done",
    names.ACCEPT: "On it",
    names.DELEGATE: "Delegate…",
    names.DECLINE: "Decline…",
    names.SNOOZE: "Snooze until my next day",
}
_PASSED: Final = {True: ", {holder} was asked instead", False: ", passed on to {holder}"}
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
    passed = _PASSED[ask.is_with_stand_in] if ask.holder_id else ""
    away = ", away, back on {day} ({stand_in} stands in)" if ask.stand_in else ""
    later = ", gets it {gets_it} (their time)" if ask.gets_it else ""
    line = mrkdwn(
        f"{{who}}{where}{passed}{away}{later}, {{due}}: ",
        who=Mention(ask.answerer_id),
        channel=Channel(ask.channel_id),
        holder=Mention(ask.holder_id),
        gets_it=moment(ask.gets_it, ask.locale, ask.asked) if ask.gets_it else "",
        due=_due(ask),
        day=local_day(ask.stand_in.back_on) if ask.stand_in else "",
        stand_in=Mention(ask.stand_in.user_id if ask.stand_in else ""),
    )
    return join("", [line, _quoted(ask)])


def waiting_on_board(on_you: Sifted[AskShown]) -> BoardSection:
    """What waits on the owner of a board."""
    elements = [button("Ask somebody…", names.COMPOSE, style="primary")]
    if on_you.seen:
        elements.append(button("Answer several…", names.SEVERAL))
    return BoardSection(
        "asks-waits",
        BoardPart.WAITS,
        WAITING_ON_YOU,
        _rows(on_you.seen, waiting_line, FOR_ANSWERER),
        mrkdwn(NOTHING_WAITS),
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
        lines.append(
            mrkdwn(template, at=moment(at, ask.locale), step=_STEPS.get(step, step), **filled)
        )
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
    return [Row(line(ask), menu(ask, entries)) for ask in asks]


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


def menu(ask: AskShown, entries: Mapping[str, str]) -> Element:
    """What its reader can do about an ask, behind three dots."""
    options = {f"{name}|{ask.id}": label for name, label in entries.items()}
    if ask.stand_in is not None and names.WITHDRAW in entries:
        instead = f"{names.ASK_INSTEAD}|{absences.value_of(ask.stand_in)}"
        options = {instead: absences.called(ask.stand_in), **options}
    return overflow(names.DO, options)


def _due(ask: AskShown) -> str:
    if ask.is_paused:
        return "waits for the asker"
    at = moment(ask.due, ask.locale, ask.asked)
    due = f"overdue since {at}" if ask.is_overdue else f"due {at}"
    due = f"{due}, on it" if ask.state is State.ACCEPTED else due
    until = moment(ask.snoozed, ask.locale, ask.asked) if ask.snoozed else ""
    return f"{due}, snoozed until {until}" if until else due


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
