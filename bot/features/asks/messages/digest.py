"""Asks in digests: what waits on somebody, and what became of what they asked."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from bot.core.blocks import Element, button
from bot.core.digests import ON_HOME, DigestSection, Line, Part
from bot.core.locales import moment
from bot.core.quotations import NOT_KEPT
from bot.core.render import Link, Mention, Mrkdwn, join, mrkdwn, shorten
from bot.core.visibility import Sifted
from bot.features.asks.messages import lists, names
from bot.features.asks.rules.shown import AskShown
from bot.features.asks.rules.states import State

SHOWN: Final = 10
SETTLED_FOR_YOU: Final = mrkdwn("Settled for you")
UNANSWERED: Final = mrkdwn("Without an answer")
WITH_BATON: Final = "our conversation"
IN_CHANNEL: Final = "the channel"
_BECAME: Final = {
    State.ACCEPTED: mrkdwn(":eyes: on it"),
    State.ANSWERED: mrkdwn(":white_check_mark: done"),
    State.DECLINED: mrkdwn(":white_check_mark: declined"),
    State.DELEGATED: mrkdwn(":white_check_mark: passed on"),
    State.WITHDRAWN: mrkdwn(":white_check_mark: taken back"),
    State.WENT_AHEAD: mrkdwn(":white_check_mark: went ahead without an answer"),
    State.EXPIRED: mrkdwn(":white_check_mark: expired"),
}


def waiting(found: Sifted[AskShown]) -> DigestSection | None:
    """What the reader is asked for, overdue first; last what is snoozed or waits for its asker."""
    asks = sorted(found.seen, key=_urgency)
    several = [button("Answer several…", names.SEVERAL)] if len(asks) > 1 else []
    title = mrkdwn("{title}", title=lists.WAITING_ON_YOU)
    return _section(Part.WAITS, title, Sifted(tuple(asks), found.held_back), _waiting, several)


def mark(state: State, snoozed: str) -> Mrkdwn:
    """What became of an ask since its reader's digest came; `snoozed`: until when, if it is."""
    if state in _BECAME:
        return _BECAME[state]
    return mrkdwn(":zzz: snoozed until {until}", until=snoozed) if snoozed else mrkdwn("")


def settled(found: Sifted[AskShown]) -> DigestSection | None:
    """What the reader got an answer to, or what was done for them."""
    return _section(Part.ANSWERED, SETTLED_FOR_YOU, found, _settled)


def unanswered(found: Sifted[AskShown]) -> DigestSection | None:
    """What the reader will not get an answer to."""
    return _section(Part.ANSWERED, UNANSWERED, found, _unanswered)


def _urgency(ask: AskShown) -> tuple[bool, bool, bool, datetime]:
    return ask.is_paused, ask.snoozed is not None, not ask.is_overdue, ask.due


def _waiting(ask: AskShown) -> Line:
    return _line(ask, lists.waited_for(ask), lists.menu(ask, lists.FOR_ANSWERER))


def _settled(ask: AskShown) -> Line:
    who = Mention(ask.settled_by or ask.answerer_id)
    return _line(ask, mrkdwn("Your question, settled by {who}:", who=who))


def _unanswered(ask: AskShown) -> Line:
    who = Mention(ask.answerer_id)
    if ask.state is State.WENT_AHEAD:
        told = mrkdwn(
            "No answer from {who} by {due}, so you go ahead: {fallback} ·",
            who=who,
            due=moment(ask.due, ask.locale, ask.asked),
            fallback=shorten(ask.fallback, 200),
        )
        return _line(ask, told)
    if ask.state is State.DECLINED and ask.reason:
        reason = shorten(ask.reason, 300)
        return _line(ask, mrkdwn("{who} declined: {reason} ·", who=who, reason=reason))
    how = "declined" if ask.state is State.DECLINED else "expired"
    how = "no full member any more" if ask.has_left else how
    return _line(ask, mrkdwn("Your question to {who}, {how}:", who=who, how=how))


def _line(ask: AskShown, told: Mrkdwn, menu: Element | None = None) -> Line:
    links = lists.links(ask)
    if not links:
        words = mrkdwn("“{words}”", words=shorten(ask.quote or NOT_KEPT, 120))
        told = join(" ", [told, words])
        links = (Link(ask.address, WITH_BATON if ask.is_direct else IN_CHANNEL),)
    return Line(told, links, menu, ask.told_from)


def _section(
    part: Part,
    title: Mrkdwn,
    found: Sifted[AskShown],
    line: Callable[[AskShown], Line],
    elements: Sequence[Element] = (),
) -> DigestSection | None:
    """A part of a digest; of many asks it shows the first and says how many more there are."""
    asks = found.seen
    if not asks and not found.held_back:
        return None
    return DigestSection(
        part,
        title,
        [line(ask) for ask in asks[:SHOWN]],
        about=frozenset(message for ask in asks for message in ask.stands_for),
        held_back=found.held_back,
        more=max(len(asks) - SHOWN, 0),
        rest=ON_HOME if part is Part.WAITS else None,
        elements=elements,
    )
