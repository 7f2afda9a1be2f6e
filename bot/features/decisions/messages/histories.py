"""What happened to a decision, version by version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.core.blocks import Block, Element, Message, actions, button, context, sections
from bot.core.quotations import SOMEBODY
from bot.core.render import Mention, Mrkdwn, join, local_time, mrkdwn, shorten
from bot.features.decisions.messages import names
from bot.features.decisions.messages.refusals import FOUND
from bot.features.decisions.rules.registry import Change, Decision, History, Step

FIELDS: Final[Mapping[str, str]] = {
    "title": "title",
    "text": "in full",
    "context": "why",
    "alternatives": "what else was considered",
    "objections": "objections",
    "owner_id": "owner",
    "review_on": "review date",
    "is_reversible": "whether it can be undone",
    "tags": "tags",
}
"""What people call the fields of a decision."""

_DONE: Final[Mapping[Change, str]] = {
    Change.LOGGED: "logged it",
    Change.PROPOSED: "proposed it",
    Change.AMENDED: "amended it",
    Change.ACCEPTED: "accepted it",
    Change.REJECTED: "withdrew it",
    Change.UNDECIDED: "closed it without a decision",
    Change.REVIEWERS: "changed who reviews it",
    Change.SUPERSEDED: "superseded it",
    Change.REINSTATED: "undid that",
    Change.DEPRECATED: "deprecated it",
    Change.REVIEWED: "reviewed it",
    Change.SOURCE_DELETED: "deleted the message it came from",
    Change.IMPORTED: "imported it",
}
_BY_ITSELF: Final[Mapping[Change, str]] = {
    Change.ACCEPTED: "its comment period ended: accepted",
    Change.UNDECIDED: "its comment period ended without a decision",
    Change.SOURCE_DELETED: "a message that it came from was deleted",
}
"""What nobody did; the clock did it, or somebody whose name does not belong here."""
_NOTE_LENGTH: Final = 300


def below(history: History, now: datetime) -> list[Block]:
    """The newest versions, in small print below a decision."""
    return [context(join("\n", [line(step, now) for step in history.steps]))]


def listed(decision: Decision, history: History, now: datetime) -> Message:
    """Versions of a decision, and a button for the ones before."""
    intro = mrkdwn("What happened to {name} before:", name=decision.name)
    text = join("\n", [intro, *(line(step, now) for step in history.steps)])
    older = [actions([more(decision.number, history)])] if history.more else []
    return Message(text, [*sections(text), *older])


def line(step: Step, now: datetime) -> Mrkdwn:
    """One version: when in the reader's zone, who, what, and why."""
    parts = [mrkdwn("{when}: ", when=local_time(step.at, now)), _what(step)]
    if step.change is Change.REVIEWED:
        parts.append(mrkdwn(": {found}", found=FOUND[step.outcome]))
    elif step.changed:
        parts.append(mrkdwn(" ({fields})", fields=", ".join(FIELDS[name] for name in step.changed)))
    if step.note:
        parts.append(mrkdwn(". “{note}”", note=shorten(step.note, _NOTE_LENGTH)))
    return join("", parts)


def _what(step: Step) -> Mrkdwn:
    if not step.by and step.change in _BY_ITSELF:
        return Mrkdwn(_BY_ITSELF[step.change])
    who = Mention(step.by) if step.by else SOMEBODY
    return mrkdwn("{who} {did}", who=who, did=_DONE[step.change])


def more(number: int, history: History) -> Element:
    """A button for what happened before these versions."""
    oldest = history.steps[-1].version if history.steps else ""
    return button(f"… {history.more} more", names.HISTORY, f"{number}|{oldest}")
