"""The form in which the owner of a workflow's decision confirms it."""

from typing import Final

from bot.core.blocks import form
from bot.core.replies import View
from bot.features.decisions.modals import fields as field_blocks
from bot.features.decisions.rules.registry import Fields

FORM: Final = "decisions.step_form"


def confirm(step_id: str, fields: Fields) -> View:
    """What the workflow says, to look at and change before it is logged."""
    blocks = field_blocks.blocks(fields)
    return form("Log a decision", FORM, blocks, submit="Log it", reference=step_id)
