"""The form that logs a decision."""

from typing import Final
from uuid import UUID

from bot.core.blocks import form, notice, section, text_input
from bot.core.render import mrkdwn
from bot.core.replies import View
from bot.features.decisions.messages.cards import named
from bot.features.decisions.rules.registry import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    Decision,
    prefilled_title,
)

FORM: Final = "decisions.form"
TITLE: Final = "title"
TEXT: Final = "text"
REASON: Final = "reason"


def log_form(draft_id: UUID, said: str) -> View:
    """The form to log a decision, prefilled from what was said."""
    return form(
        "Log a decision",
        FORM,
        [
            text_input(
                TITLE,
                "Decision",
                initial=prefilled_title(said),
                hint="One sentence that somebody who was not there understands.",
                max_length=TITLE_LENGTH,
            ),
            text_input(TEXT, "What was said", initial=said, multiline=True, max_length=TEXT_LENGTH),
            text_input(
                REASON,
                "Why",
                hint="What speaks for it, and what was turned down.",
                optional=True,
                multiline=True,
                max_length=2_000,
            ),
        ],
        submit="Log it",
        reference=str(draft_id),
    )


def logged_elsewhere(decision: Decision) -> View:
    """Logged, but no card could be posted where Baton is not a member."""
    text = mrkdwn(
        "Logged as {name}. I am not in that conversation, so I could not post a card there; "
        "invite me if you want one next time.",
        name=named(decision),
    )
    return notice("Decision logged", [section(text)])


def logged_before(decision: Decision) -> View:
    """Somebody logged the thread while the form was open."""
    text = mrkdwn(
        "This thread was logged as {name} meanwhile: {title}",
        name=named(decision),
        title=decision.fields.title,
    )
    return notice("Already logged", [section(text)])
