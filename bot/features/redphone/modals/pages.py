"""The forms of the red phone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.core.blocks import Block, context, form, notice, person_input, section, text_input
from bot.core.people import Person
from bot.core.render import Mention, join, mrkdwn
from bot.core.replies import View

FORM: Final = "redphone.form"
WHAT: Final = "what"
WHOM: Final = "whom"


def confirm(
    what: str, on_call: Person | None, local: datetime | None, criteria: Sequence[str]
) -> View:
    """The form that confirms a page; `local` is the time of whoever is on call.

    `criteria` say what the red phone is for.
    """
    if on_call is not None and local is not None:
        preflight = mrkdwn(
            "{who} is on call. It is {time} there.",
            who=Mention(on_call.user_id),
            time=f"{local:%H:%M}",
        )
    else:
        preflight = mrkdwn("Nobody is on call, so say whom to page.")
    return form(
        "Red phone",
        FORM,
        [
            section(preflight),
            text_input(WHAT, "What is happening", initial=what, multiline=True, max_length=2_000),
            person_input(WHOM, "Whom to page", initial=on_call.user_id if on_call else None),
            *_criteria(criteria),
            context(
                mrkdwn(
                    "This interrupts at any hour. If it can wait for an answer, write a message "
                    "with an @mention instead. Slack cannot break through “do not disturb”."
                )
            ),
        ],
        submit="Page now",
    )


def _criteria(criteria: Sequence[str]) -> list[Block]:
    if not criteria:
        return []
    lines = [mrkdwn("• {criterion}", criterion=each) for each in criteria]
    return [context(join("\n", [mrkdwn("*The red phone is for:*"), *lines]))]


def paged(person: Person, local: datetime) -> View:
    """What the caller sees when the page is on its way."""
    text = mrkdwn(
        "{who} is being paged; it is {time} there. I tell you as soon as somebody is on it.",
        who=Mention(person.user_id),
        time=f"{local:%H:%M}",
    )
    return notice("Red phone", [section(text)])
