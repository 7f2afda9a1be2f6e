"""What is said of stand-ins."""

from collections.abc import Sequence
from typing import Final

from bot.core.agreement.switches import off_button
from bot.core.blocks import Element, Message, actions, button, section
from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.digests import DigestSection, Line, Part
from bot.core.leave import Leave
from bot.core.render import Link, Mention, Mrkdwn, join, local_day, mrkdwn
from bot.features.handoffs.messages import refusals
from bot.features.handoffs.rules.stand_ins import OFFERED, is_open

NAME: Final = "handoffs.name_stand_in"
TAKE_BACK: Final = "handoffs.no_stand_in"
CANNOT: Final = "handoffs.cannot_stand_in"
USAGE: Final = "stand-in @person until Friday"
UNCLEAR: Final = (
    "Who stands in for you? Type `/handoff stand-in @` and pick somebody, then until when if you "
    "like: `/handoff stand-in @ana until Friday`."
)
UNKNOWN_PERSON: Final = "Slack has not told me who you are yet. Please try again in a minute."
NOBODY: Final = "Nobody stands in for you. `/handoff stand-in @ana` names somebody."
OVER: Final = "That is over or taken back already."
ON_HOME: Final = "on my Home tab"


def named(days: Leave, stand_in_id: str, away: Sequence[Leave], *, knows_leave: bool) -> Message:
    """Somebody stands in from now on; one click takes it back."""
    text = mrkdwn(
        "{who} stands in for you {days}. Whoever asks you something meanwhile sees that, and may "
        "ask them instead.",
        who=Mention(stand_in_id),
        days=_days(days),
    )
    parts = [text, *_also_away(stand_in_id, away)]
    if not knows_leave:
        parts.append(
            mrkdwn(
                "I do not know of any days away yet: `/baton away until Friday` tells me, or your "
                "Slack status."
            )
        )
    undo = button("Undo", TAKE_BACK, days.first_day.isoformat())
    told = join(" ", parts)
    return Message(told, [section(told), actions([undo])])


def told(found: Sequence[tuple[Leave, str, Sequence[Leave]]]) -> Message:
    """Who stands in for the reader: when, who, and when these are away themselves."""
    if not found:
        text = mrkdwn("{nobody}", nobody=NOBODY)
        return Message(text, [section(text), actions([_name("Name somebody…")])])
    lines = [_line(days, who, away) for days, who, away in found]
    blocks = [
        section(line, accessory=_take_back(days))
        for line, (days, _, _) in zip(lines, found, strict=True)
    ]
    return Message(join("\n", lines), blocks)


def off(count: int) -> Message:
    """Nobody stands in any more."""
    return refusals.said("Taken back: nobody stands in for you." if count else NOBODY)


def asked(user_id: str, days: Leave) -> Message:
    """To whoever stands in: for whom and when."""
    text = mrkdwn(
        "{who} named you as their stand-in {days}: whoever asks them something while they are away "
        "may ask you instead.",
        who=Mention(user_id),
        days=_days(days),
    )
    return Message(text, [section(text), actions([_cannot(user_id, days)])])


def taken_back(user_id: str) -> Message:
    """In the place of that: somebody else stands in, or nobody."""
    return Message(
        mrkdwn("You do not stand in for {who} any more. Nothing to do.", who=Mention(user_id))
    )


def you_declined() -> Message:
    """In the place of that: they cannot."""
    return refusals.said("You do not stand in, and whoever named you is told.")


def cannot(stand_in_id: str, days: Leave) -> Message:
    """To whoever named them: they cannot."""
    text = mrkdwn(
        "{who} cannot stand in for you {days}.", who=Mention(stand_in_id), days=_days(days)
    )
    return Message(text, [section(text), actions([_name("Name somebody else…")])])


def nobody_does(days: Leave) -> Message:
    """The same, later: whoever it was."""
    text = mrkdwn("Whom you named cannot stand in for you {days}.", days=_days(days))
    return Message(text, [section(text), actions([_name("Name somebody else…")])])


def offer(leave: Leave, stand_in_id: str) -> Message:
    """Before a leave: hand over, and who answers meanwhile?"""
    away = mrkdwn("You are away {days}.", days=_days(leave))
    hand_over = mrkdwn("`/handoff` opens a form to hand over what you stop with.")
    who = (
        mrkdwn("{who} stands in for you.", who=Mention(stand_in_id))
        if stand_in_id
        else mrkdwn("Who answers in your place? Whoever asks you something would see it.")
    )
    text = join(" ", [away, who, hand_over])
    return Message(text, [section(text), actions(before_leave())])


def before_leave() -> list[Element]:
    """What an offer before a leave has buttons for besides."""
    return [_name("Name a stand-in…"), off_button(OFFERED, "Do not ask me before leave")]


def in_digest(found: Sequence[tuple[str, Leave]], address: str) -> DigestSection | None:
    """For whom the reader stands in, when that is news."""
    lines = [
        Line(_for_whom(user_id, days), (Link(address, ON_HOME),), _cannot(user_id, days))
        for user_id, days in found
    ]
    title = mrkdwn("You stand in")
    return DigestSection(Part.HANDOFFS, title, lines) if lines else None


def on_board(
    by: Sequence[tuple[Leave, str, Sequence[Leave]]], of: Sequence[tuple[str, Leave]]
) -> BoardSection | None:
    """For whom the owner of a board stands in, and who stands in for them."""
    rows = [
        *(Row(_for_whom(user_id, days), _cannot(user_id, days)) for user_id, days in of),
        *(Row(_line(days, who, away), _take_back(days)) for days, who, away in by),
    ]
    if not rows:
        return None
    return BoardSection("handoffs-stand-ins", BoardPart.BATONS, "Stand-ins", rows, is_counted=False)


def _line(days: Leave, stand_in_id: str, away: Sequence[Leave]) -> Mrkdwn:
    line = mrkdwn("{who} stands in for you {days}.", who=Mention(stand_in_id), days=_days(days))
    return join(" ", [line, *_also_away(stand_in_id, away)])


def _for_whom(user_id: str, days: Leave) -> Mrkdwn:
    return mrkdwn("You stand in for {who} {days}", who=Mention(user_id), days=_days(days))


def _also_away(stand_in_id: str, away: Sequence[Leave]) -> list[Mrkdwn]:
    return [
        mrkdwn(
            "{who} is away, too, {days}: unless somebody stands in for them, nobody does then.",
            who=Mention(stand_in_id),
            days=_days(each),
        )
        for each in away
    ]


def _days(days: Leave) -> Mrkdwn:
    first, last = local_day(days.first_day), local_day(days.last_day)
    if is_open(days):
        return mrkdwn("on every leave from now on")
    if days.first_day == days.last_day:
        return mrkdwn("on {first}", first=first)
    return mrkdwn("from {first} to {last}", first=first, last=last)


def _name(label: str) -> Element:
    return button(label, NAME)


def _take_back(days: Leave) -> Element:
    return button("Take back", TAKE_BACK, days.first_day.isoformat())


def _cannot(user_id: str, days: Leave) -> Element:
    return button("I can't", CANNOT, f"{user_id}|{days.first_day.isoformat()}")
