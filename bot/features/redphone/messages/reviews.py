"""Whether a page was an emergency: what people are asked and told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.blocks import Element, Message, actions, button, overflow, sections
from bot.core.digests import DigestSection, Line, Part
from bot.core.render import Link, Mention, Mrkdwn, Quote, join, mrkdwn, shorten
from bot.features.redphone.rules.reviews import Share

WAS: Final = "redphone.was_emergency"
WAS_NOT: Final = "redphone.was_none"
DO: Final = "redphone.review"
"""The menu beside a line about a page; a choice is a button's name and the page's id."""

NOT_ASKED: Final = "I do not know this page any more, so there is nothing to answer."
_LABELS: Final = {WAS: "Yes", WAS_NOT: "No"}
_WHAT: Final = 120


@dataclass(frozen=True, slots=True)
class Question:
    """A page that somebody is asked about; `at` is in their time, `address` what they got of it."""

    page_id: str
    what: str
    at: str
    caller_id: str
    is_caller: bool
    address: str


def question(asked: Question, *, said: bool | None = None) -> Message:
    """Whether it was an emergency, and what they said so far."""
    who = (
        mrkdwn("you paged")
        if asked.is_caller
        else mrkdwn("{who} paged", who=Mention(asked.caller_id))
    )
    told = join(
        " ",
        [
            mrkdwn("*Was it an emergency?*"),
            mrkdwn("{at},", at=asked.at),
            join("", [who, mrkdwn(":\n{what}", what=Quote(asked.what))]),
        ],
    )
    text = join("\n", [told, _below(said)])
    return Message(text, [*sections(text), actions(_buttons(asked.page_id, said))])


def noted(was_emergency: bool) -> Message:  # noqa: FBT001
    """To whoever answered where nothing shows it."""
    return Message(_said(was_emergency))


def in_digest(asked: Sequence[Question]) -> DigestSection | None:
    """What they could not be asked before."""
    lines = [
        Line(
            mrkdwn("{at}:", at=each.at),
            (Link(each.address, shorten(each.what, _WHAT)),),
            overflow(DO, {f"{name}|{each.page_id}": label for name, label in _LABELS.items()}),
        )
        for each in asked
    ]
    title = mrkdwn("Was it an emergency?")
    return DigestSection(Part.LEFT_OVER, title, lines) if lines else None


def tightened(share: Share) -> Message:
    """To a caller alone: they may page less often, and why."""
    return Message(_tightened(share))


def tightened_in_digest(share: Share, address: str) -> DigestSection:
    """The same where it could not be said at once."""
    line = Line(_tightened(share), (Link(address, "red phone"),))
    return DigestSection(Part.PAGES, mrkdwn("Your pages"), [line], is_counted=False)


def of_all(share: Share) -> Mrkdwn:
    """What the workspace sees: pages, never people."""
    template = "Of the {reviewed} pages of 90 days that people looked back on, {justified} {were}."
    were = "was an emergency" if share.justified == 1 else "were emergencies"
    return mrkdwn(template, reviewed=share.reviewed, justified=share.justified, were=were)


def _tightened(share: Share) -> Mrkdwn:
    template = (
        "Of your {reviewed} pages of 90 days that were looked back on, {justified} {were}. "
        "So for now you can page once an hour, not three times; it is three again as soon as at "
        "least half of them were. Only you are told this. What can wait for an answer is better "
        "asked with an @mention."
    )
    were = "was an emergency" if share.justified == 1 else "were emergencies"
    return mrkdwn(template, reviewed=share.reviewed, justified=share.justified, were=were)


def _below(said: bool | None) -> Mrkdwn:  # noqa: FBT001
    if said is None:
        return mrkdwn("Nobody sees who said what; it helps to keep the red phone for emergencies.")
    return join(" ", [_said(said), mrkdwn("You can change that here.")])


def _said(was_emergency: bool) -> Mrkdwn:  # noqa: FBT001
    told = "it was an emergency" if was_emergency else "it was no emergency"
    return mrkdwn("Thank you. You said: {told}.", told=told)


def _buttons(page_id: str, said: bool | None) -> list[Element]:  # noqa: FBT001
    """What they did not say."""
    left = {name: label for name, label in _LABELS.items() if said is None or (name == WAS) != said}
    return [button(label, name, page_id) for name, label in left.items()]
