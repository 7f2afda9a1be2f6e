"""That somebody helps with a page: what people are told of it."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Message, actions, sections
from bot.core.render import Mention, Mrkdwn, Quote, join, mrkdwn
from bot.features.redphone.messages import controls

CALLERS: Final = "You called this one, so you are told of everything anyway."
NOBODY_NAMED: Final = "Please pick somebody, or a rotation."
NOBODY_ON_CALL: Final = "Nobody is on call there just now. Please pick people."
NOBODY_ELSE: Final = (
    "Nobody else was paged or joined yet. “Join me…” asks somebody; then you can hand it over."
)
NO_RESPONDER: Final = "Only somebody who was paged or joined can have it. Please pick one of them."


def joined(by: str | None = None) -> Message:
    """To whoever joined, `by` None; or that somebody did, to whoever has it."""
    if by is None:
        return Message(mrkdwn("You help with this one; whoever has it is told."))
    return Message(mrkdwn("{who} joined you.", who=Mention(by)))


def joined_before() -> Message:
    """To whoever helps already."""
    return Message(mrkdwn("You help with this one already."))


def has_it() -> Message:
    """To whoever has it and would join."""
    return Message(mrkdwn("You have this one yourself. “Join me…” asks others to help."))


def please_join(
    page_id: str, by: str, what: str, *, kind: str, impact: str, is_drill: bool
) -> Message:
    """To somebody who is asked to help."""
    mark = "*This is a test.* " if is_drill else ""
    lead = mrkdwn(f":rotating_light: {mark}{{by}} asks you to join:", by=Mention(by))
    told = [
        lead,
        *([mrkdwn("*{kind}*", kind=kind)] if kind else []),
        mrkdwn("{what}", what=Quote(what, 2_000)),
        *([mrkdwn("*What it hurts:* {impact}", impact=impact)] if impact else []),
    ]
    text = join("\n", told)
    return Message(text, [*sections(text), actions([controls.join(page_id)])])


def outside_subject(by: str, *, is_drill: bool) -> str:
    """The same in a line of plain text, outside of Slack."""
    return f"{'Test: ' if is_drill else ''}{by} asks you to join"


def outside_text(by: str, what: str) -> str:
    """The same in plain text; Slack is where one can answer."""
    return f"{by} asks you to join: {what}\nPlease press “Join” in Slack."


def asked(asked_ids: Sequence[str], before: Sequence[str], refused: Sequence[str]) -> Mrkdwn:
    """To whoever asked others to join: who was, who had been, and who cannot be."""
    told = (
        ("Asked to join:", asked_ids),
        ("With you already:", before),
        ("I can page only full members of this workspace, so not", refused),
    )
    lines = [_line(template, who) for template, who in told if who]
    return join("\n", lines)


def handed_over(to: str) -> Message:
    """To whoever handed it over."""
    text = "{who} has it now. I page on if they do not say within 5 minutes that they know."
    return Message(mrkdwn(text, who=Mention(to)))


def _line(lead: str, user_ids: Sequence[str]) -> Mrkdwn:
    who = join(", ", [mrkdwn("{who}", who=Mention(each)) for each in user_ids])
    return join(" ", [mrkdwn("{lead}", lead=lead), who])
