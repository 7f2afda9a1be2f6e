"""What the schedule shows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.core.blocks import Block, Element, Message, actions, button, confirmed, context, section
from bot.core.locales import clock, moment
from bot.core.render import Mention, Mrkdwn, join, mrkdwn
from bot.features.redphone.messages import feeds, rotations
from bot.features.redphone.rules.schedules import Problem, Schedule, Swap, Trouble

MOST_LINES: Final = 15
_WARNING: Final = ":warning: "


def schedule(found: Sequence[Schedule]) -> Message:
    """Every rotation: who is on call, who comes next, what is wrong, and what can be done."""
    blocks = [block for each in found for block in _rotation(each)]
    if not found:
        nobody = mrkdwn("Nobody is on call yet. A rotation has people take turns.")
        blocks = [section(nobody)]
    new = actions([button("New rotation…", rotations.NEW)])
    text = join("\n\n", [_text(each) for each in found]) if found else mrkdwn("Nobody is on call.")
    return Message(text, [*blocks, new])


def _rotation(shown: Schedule) -> list[Block]:
    blocks = [section(_head(shown))]
    if len(shown.coming) > 1:
        blocks.append(section(_coming(shown)))
    blocks += [section(_swap(each, shown.locale), accessory=_undo(each)) for each in shown.swaps]
    blocks += [context(_problem(each, shown)) for each in shown.problems[:MOST_LINES]]
    if shown.host:
        blocks.append(context(_calendar(shown)))
    return [*blocks, actions(_buttons(shown))]


def _text(shown: Schedule) -> Mrkdwn:
    """The same in words only."""
    parts = [_head(shown), *([_coming(shown)] if len(shown.coming) > 1 else [])]
    parts += [_swap(each, shown.locale) for each in shown.swaps]
    parts += [_problem(each, shown) for each in shown.problems[:MOST_LINES]]
    parts += [_calendar(shown)] if shown.host else []
    return join("\n", parts)


def _head(shown: Schedule) -> Mrkdwn:
    name = mrkdwn("*{name}* ({zone})", name=rotations.called(shown.name), zone=shown.zone)
    if not shown.user_id:
        return mrkdwn("{name}: nobody is on call now.", name=name)
    who = mrkdwn("{name}: {who} is on call", name=name, who=Mention(shown.user_id))
    if shown.until is None or shown.until_there is None:
        return mrkdwn("{who}.", who=who)
    return mrkdwn(
        "{who} until {until}.", who=who, until=_until(shown.until, shown.until_there, shown)
    )


def _until(here: datetime, there: datetime, shown: Schedule) -> Mrkdwn:
    at = moment(here, shown.locale)
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return mrkdwn("{at}", at=at)
    is_same_day = here.date() == there.date()
    local = (clock if is_same_day else moment)(there, shown.locale)
    return mrkdwn("{at} ({local} there)", at=at, local=local)


def _coming(shown: Schedule) -> Mrkdwn:
    lines = [
        mrkdwn("{at}: {who}", at=moment(each.start, shown.locale), who=_who(each.user_id))
        for each in shown.coming[1:]
    ]
    more = len(lines) - MOST_LINES
    left = [mrkdwn("… and {count} more within two weeks", count=more)] if more > 0 else []
    return join("\n", [*lines[:MOST_LINES], *left])


def _who(user_id: str | None) -> Mrkdwn:
    return mrkdwn("{who}", who=Mention(user_id)) if user_id else mrkdwn("nobody")


def _swap(swap: Swap, locale: str) -> Mrkdwn:
    return mrkdwn(
        "Swap: {who}{instead}, {start} to {end}",
        who=Mention(swap.user_id),
        instead=_instead(swap.instead_of),
        start=moment(swap.start, locale),
        end=moment(swap.end, locale),
    )


def _instead(user_id: str) -> Mrkdwn:
    return mrkdwn(" instead of {who}", who=Mention(user_id)) if user_id else mrkdwn("")


def _undo(swap: Swap) -> Element:
    return button("Take back", rotations.TAKE_BACK, str(swap.id))


def _problem(problem: Problem, shown: Schedule) -> Mrkdwn:
    span = [moment(at, shown.locale) for at in (problem.start, problem.end) if at is not None]
    warning = mrkdwn(_WARNING)
    match problem.trouble:
        case Trouble.NOBODY:
            text = "{warning}Nobody is on call from {start} to {end}."
            return mrkdwn(text, warning=warning, start=span[0], end=span[-1])
        case Trouble.AWAY:
            return mrkdwn(
                "{warning}{who} is on call from {start} to {end}, and away on some of these days.",
                warning=warning,
                who=Mention(problem.user_id),
                start=span[0],
                end=span[-1],
            )
        case Trouble.FEED:
            text = "{warning}The calendar cannot be read: {why}. What was read before still holds."
            return mrkdwn(text, warning=warning, why=feeds.why(problem.why))
        case Trouble.UNKNOWN:
            text = "{warning}The calendar names “{label}”, and no one member is called that."
            return mrkdwn(text, warning=warning, label=problem.why)


def _calendar(shown: Schedule) -> Mrkdwn:
    if shown.read_at is None:
        return mrkdwn("From a calendar at {host}, not read yet.", host=shown.host)
    at = moment(shown.read_at, shown.locale)
    return mrkdwn("From a calendar at {host}, read {at}.", host=shown.host, at=at)


def _buttons(shown: Schedule) -> list[Element]:
    rotation_id = str(shown.id)
    delete = confirmed(
        button("Delete", rotations.DELETE, rotation_id, style="danger"),
        "Delete it?",
        "Nobody is on call there any more. For a day you can have it back.",
        yes="Delete",
        no="Keep it",
    )
    return [
        rotations.swap_button(rotation_id),
        button("Change…", rotations.CHANGE, rotation_id),
        button("Calendar…", rotations.CALENDAR, rotation_id),
        delete,
    ]
