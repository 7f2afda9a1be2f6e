"""What the red phone says."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Message, actions, button, section, sections
from bot.core.digests import DigestSection, Line, Part
from bot.core.locales import clock, moment
from bot.core.quotations import SOMEBODY, linked
from bot.core.render import Mention, Quote, mrkdwn
from bot.features.redphone.rules.pages import Page, Told

ACKNOWLEDGE: Final = "redphone.acknowledge"
COMMAND_DESCRIPTION: Final = "Interrupt whoever is on call, for what cannot wait"
COMMAND_USAGE: Final = "what is happening | oncall @person | help"
HELP: Final = (
    "*Red phone.* `/redphone what is happening` pages whoever is on call, at any hour, after you "
    "confirm. It is for emergencies only; everything else can wait for an answer. "
    "`/redphone oncall @person` puts somebody on call."
)
BENEFIT: Final = (
    "*What cannot wait* reaches whoever is on call, at any hour, and nothing else does: "
    "`/redphone nobody can sign up`"
)
KEEPS: Final = "Pages that you sent or got"
KEPT_FOR: Final = "what was happening {texts}; that you were paged, a year"
ON_CALL: Final = "That you are on call"
ON_CALL_FOR: Final = "until somebody else is"
NOBODY_LEFT: Final = (
    "You are on call: after this nobody is, and the red phone reaches nobody. "
    "Put somebody else on call first: /redphone oncall @person"
)


def page(page: Page) -> Message:
    """What the paged person gets."""
    text = mrkdwn(
        ":rotating_light: {caller} needs you now:\n{what}",
        caller=Mention(page.caller_id),
        what=Quote(page.what, 2_000),
    )
    acknowledge = button("I'm on it", ACKNOWLEDGE, page.id, style="primary")
    return Message(text, [*sections(text), actions([acknowledge])])


def page_taken(page: Page) -> Message:
    """What the page becomes once it is acknowledged."""
    text = mrkdwn(
        ":rotating_light: {caller} needs you:\n{what}\nYou have been on it since {time}.",
        caller=Mention(page.caller_id),
        what=Quote(page.what, 2_000),
        time=f"{page.local_now:%H:%M}",
    )
    return Message(text, sections(text))


def caller_told(page: Page) -> Message:
    """What the caller gets when somebody takes it."""
    text = mrkdwn(
        "{paged} is on it ({time} there):\n{what}",
        paged=Mention(page.paged_id),
        time=f"{page.local_now:%H:%M}",
        what=Quote(page.what),
    )
    return Message(text, [section(text)])


def page_not_sent(page: Page) -> Message:
    """What the caller gets if the page cannot reach anybody."""
    text = mrkdwn(
        ":warning: Slack did not let me page {paged}. Please call them, or page somebody else:\n"
        "{what}",
        paged=Mention(page.paged_id),
        what=Quote(page.what),
    )
    return Message(text, [section(text)])


def taken_before() -> Message:
    """A second press."""
    return Message(mrkdwn("You are on it already; the caller was told."))


def cannot_page_oneself() -> str:
    """Under the field of the form."""
    return "That is you. Please pick somebody else."


def help_text() -> Message:
    """What /redphone can do."""
    return Message(mrkdwn(HELP))


def cannot_be_paged() -> str:
    """Under the field of the form."""
    return "Only full members of this workspace can be paged. Please pick somebody else."


def digest(pages: Sequence[Told]) -> DigestSection | None:
    """The pages that somebody sent or got meanwhile."""
    lines = [_told(each) for each in pages]
    return DigestSection(Part.PAGES, mrkdwn("Pages meanwhile"), lines) if lines else None


def _told(page: Told) -> Line:
    taken = _taken(page)
    if page.is_caller:
        told = "{at}: you paged {other}, who {taken}:"
        was = f"was on it at {taken}" if taken else "has not answered yet"
    else:
        told = "{at}: {other} paged you. {taken}:"
        was = f"You were on it at {taken}" if taken else "You have not answered yet"
    other = Mention(page.other_id) if page.other_id != SOMEBODY else SOMEBODY
    text = mrkdwn(told, at=moment(page.paged_at, page.locale), other=other, taken=was)
    return Line(text, (linked(page.address, page.what),))


def _taken(page: Told) -> str:
    """When somebody was on it; the day only if it is another one."""
    if page.taken_at is None:
        return ""
    is_same_day = page.taken_at.date() == page.paged_at.date()
    return (clock if is_same_day else moment)(page.taken_at, page.locale)
