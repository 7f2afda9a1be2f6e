"""Batons in digests; each line ends in its card."""

from datetime import datetime
from typing import Final

from bot.core.blocks import Element
from bot.core.digests import ON_HOME, DigestSection, Line, Part
from bot.core.people import Person
from bot.core.quotations import SOMEBODY
from bot.core.render import Link, Mention, Mrkdwn, join, mrkdwn, shorten
from bot.core.visibility import Sifted
from bot.features.handoffs.messages.batons import menu
from bot.features.handoffs.rules.items import State
from bot.features.handoffs.rules.shown import BatonShown

SHOWN: Final = 10
WHAT_LENGTH: Final = 120
STEP_LENGTH: Final = 200
HANDED_OVER: Final = "Handed over to you"
CARD: Final = "its card"
NEWS: Final = mrkdwn("What became of what you handed over")
_STANDS: Final = {
    State.OFFERED: "for you to take",
    State.RETURNED: "waits for an answer to your question",
    State.TAKEN: "you have it",
}
_WHERE: Final = {
    State.OFFERED: "With {who} to take, since {since}",
    State.RETURNED: "{who} asked you something first",
    State.TAKEN: "{who} has it since {since}",
    State.BACK: "With you again since {since}: nobody took it",
    State.DONE: "Done by {by}, {since}",
    State.WITHDRAWN: "Over since {since}: nobody is left to take it",
}


def handed_over(found: Sifted[BatonShown], reader: Person) -> DigestSection | None:
    """What is with the reader, what is to be taken first; beside each what they can do."""
    lines = [_handed(each, menu(each, reader.user_id)) for each in found.seen[:SHOWN]]
    title = mrkdwn("{title}", title=HANDED_OVER)
    return _section(Part.HANDOFFS, title, lines, found, ON_HOME)


def news(found: Sifted[BatonShown], reader: Person, now: datetime) -> DigestSection | None:
    """Where what the reader handed over is by now."""
    lines = [_line(each, where(each, reader, now)) for each in found.seen[:SHOWN]]
    return _section(Part.ANSWERED, NEWS, lines, found)


def with_you(shown: BatonShown) -> Mrkdwn:
    """How a baton stands that is with the reader, and from whom it is."""
    if shown.state is State.BACK:
        return mrkdwn("With you again, since nobody took it")
    stands = _STANDS.get(shown.state, "").capitalize()
    told = mrkdwn("{stands}, from {sender}", stands=stands, sender=Mention(shown.sender_id))
    if not shown.passed_by or shown.passed_by == shown.sender_id:
        return told
    return join(", ", [told, mrkdwn("passed on by {by}", by=Mention(shown.passed_by))])


def next_step(shown: BatonShown) -> list[Mrkdwn]:
    """What is next, if its sender said so."""
    step = shorten(shown.next_step, STEP_LENGTH)
    return [mrkdwn("next step: {step}", step=step)] if step else []


def where(shown: BatonShown, reader: Person, now: datetime) -> Mrkdwn:
    """Where a baton is, for whoever handed it over, in their time."""
    who, starts = Mention(shown.holder_id), shown.starts
    if shown.state is State.OFFERED and starts is not None and starts > now:
        at = reader.moment(starts)
        return mrkdwn("With {who}, whose day begins {at} (your time)", who=who, at=at)
    by = Mention(shown.by) if shown.by else SOMEBODY
    return mrkdwn(_WHERE[shown.state], who=who, by=by, since=reader.moment(shown.since))


def _handed(shown: BatonShown, beside: Element | None) -> Line:
    what = mrkdwn("{what}", what=shorten(shown.what, WHAT_LENGTH))
    told = join(" · ", [join(": ", [with_you(shown), what]), *next_step(shown)])
    text = join(" ", [told, mrkdwn("·")])
    return Line(text, (Link(shown.link, CARD),), beside, channel_id=shown.channel_id)


def _line(shown: BatonShown, told: Mrkdwn) -> Line:
    link = Link(shown.link, shorten(shown.what, WHAT_LENGTH))
    return Line(join("", [told, mrkdwn(":")]), (link,), channel_id=shown.channel_id)


def _section(
    part: Part,
    title: Mrkdwn,
    lines: list[Line],
    found: Sifted[BatonShown],
    rest: Mrkdwn | None = None,
) -> DigestSection | None:
    """A part of a digest; of many batons it says how many more there are."""
    if not lines and not found.held_back:
        return None
    more = max(len(found.seen) - SHOWN, 0)
    return DigestSection(part, title, lines, held_back=found.held_back, more=more, rest=rest)
