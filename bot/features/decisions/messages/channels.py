"""The part of decisions of the digest of the channel they were made in; it names nobody."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from bot.core.digests import DigestSection, Line, Part
from bot.core.quotations import Place
from bot.core.render import Instant, Link, Mrkdwn, join, mrkdwn
from bot.features.decisions.messages.digest import MADE, UNRECORDED
from bot.features.decisions.rules.registry import Decision, Status

OPEN: Final = mrkdwn("Open proposals")
SHOWN: Final = 10


def made(decisions: Sequence[Decision]) -> DigestSection | None:
    """What was decided; what stands nowhere yet is left out."""
    placed = [each for each in decisions if each.permalink]
    lines = [_line(each, mrkdwn("{standing}", standing=_standing(each))) for each in placed]
    return _section(Part.DECISIONS, MADE, lines, map(_place, placed))


def open_now(proposals: Sequence[tuple[Decision, datetime]]) -> DigestSection | None:
    """What is proposed, and until when."""
    placed = [(each, closes_at) for each, closes_at in proposals if each.permalink]
    lines = [
        _line(each, mrkdwn(", open until {at}", at=Instant(closes_at)))
        for each, closes_at in placed
    ]
    return _section(Part.CLOSING, OPEN, lines, (_place(each) for each, _ in placed))


def unrecorded(settled: Sequence[Link], about: Iterable[Place]) -> DigestSection | None:
    """What was settled and nobody logged: the words, as links to them."""
    lines = [Line(mrkdwn("Settled in a thread:"), (each,)) for each in settled]
    return _section(Part.LEFT_OVER, UNRECORDED, lines, about)


def _line(decision: Decision, more: Mrkdwn) -> Line:
    text = join("", [mrkdwn("{title}", title=decision.fields.title), more])
    return Line(text, (Link(decision.permalink, decision.name),))


def _place(decision: Decision) -> Place:
    return decision.place.channel_id, decision.place.root_ts


def _standing(decision: Decision) -> str:
    return "" if decision.status is Status.ACCEPTED else f" ({decision.standing})"


def _section(
    part: Part, title: Mrkdwn, lines: Sequence[Line], about: Iterable[Place]
) -> DigestSection | None:
    if not lines:
        return None
    more = max(0, len(lines) - SHOWN)
    return DigestSection(part, title, lines[:SHOWN], frozenset(about), more=more)
