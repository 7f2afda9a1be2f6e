"""The form that logs a decision."""

from typing import Final
from uuid import UUID

from bot.core.blocks import form, notice, section
from bot.core.render import mrkdwn
from bot.core.replies import View
from bot.features.decisions.messages.cards import named
from bot.features.decisions.modals import fields as field_blocks
from bot.features.decisions.rules.registry import Decision, Fields, prefilled_title

FORM: Final = "decisions.form"


def log_form(draft_id: UUID, said: str) -> View:
    """The form to log a decision, prefilled from what was said."""
    return log_again(str(draft_id), Fields(prefilled_title(said), said))


def log_again(reference: str, fields: Fields) -> View:
    """The same form with what was typed."""
    blocks = field_blocks.blocks(fields)
    return form("Log a decision", FORM, blocks, submit="Log it", reference=reference)


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
