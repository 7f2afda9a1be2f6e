"""The form that logs a decision, and what is told in its place."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from bot.core.blocks import Block, actions, button, context, form, notice, section, sections
from bot.core.render import join, mrkdwn
from bot.core.replies import View
from bot.features.decisions.messages import capture as messages
from bot.features.decisions.messages.cards import named
from bot.features.decisions.messages.names import AMEND
from bot.features.decisions.modals import fields as field_blocks
from bot.features.decisions.rules.filled import Filled
from bot.features.decisions.rules.registry import Decision, Fields

FORM: Final = "decisions.form"
USE_DRAFT: Final = "decisions.use_draft"
_FROM_DRAFT: Final = "draft"


def log_form(draft_id: UUID, filled: Filled) -> View:
    """The form to log a decision, filled in by rules."""
    return _form(str(draft_id), [*_to_look_at(filled), *field_blocks.blocks(filled.fields)])


def with_draft(draft_id: UUID, filled: Filled) -> View:
    """The same form once a model has read the thread: what is typed in it stays."""
    offer: list[Block] = [
        section(messages.draft_is_ready()),
        actions([button(messages.USE_IT, USE_DRAFT, str(draft_id))]),
    ]
    fields = field_blocks.blocks(filled.fields)
    return _form(str(draft_id), [*offer, *_to_look_at(filled), *fields])


def from_draft(draft_id: UUID, filled: Filled, changed: Collection[str]) -> View:
    """The form with what a model found; only the fields that it changed lose what was typed."""
    fields = field_blocks.blocks(filled.fields, anew=changed, mark=_FROM_DRAFT)
    note = context(messages.from_draft())
    return _form(str(draft_id), [note, *_to_look_at(filled), *fields])


def log_again(reference: str, fields: Fields) -> View:
    """The same form with what was typed."""
    return _form(reference, field_blocks.blocks(fields))


def logged_elsewhere(decision: Decision) -> View:
    """Logged, but no card could be posted where Baton is not a member."""
    return notice("Decision logged", [section(messages.logged_elsewhere(decision))])


def logged_before(decision: Decision, fields: Fields) -> View:
    """Somebody logged the thread while the form was open: what was typed can be copied."""
    text = mrkdwn(
        "This thread was logged as {name} meanwhile: {title}",
        name=named(decision),
        title=decision.fields.title,
    )
    offer = actions([button("Amend", AMEND, str(decision.number))])
    return notice("Already logged", [section(text), offer, *_typed(fields)])


def _form(reference: str, blocks: list[Block]) -> View:
    view = form("Log a decision", FORM, blocks, submit="Log it", reference=reference)
    return view | {"external_id": f"{FORM}:{reference}"}


def _to_look_at(filled: Filled) -> list[Block]:
    """What whoever confirms the form has to look at, a line each."""
    told = [*map(messages.flagged, filled.flags), *map(messages.unsettled, filled.unsettled)]
    return [context(join("\n", told))] if told else []


def _typed(fields: Fields) -> list[Block]:
    """What somebody typed, so that it is not lost."""
    typed = [
        (label, words)
        for label, words in (
            ("Decision", fields.title),
            ("In full", fields.text),
            ("Why", fields.context),
            ("What else was considered", fields.alternatives),
            ("Objections", fields.objections),
        )
        if words
    ]
    lines = [
        section
        for label, words in typed
        for section in sections(mrkdwn("*{label}*\n{words}", label=label, words=words))
    ]
    return [section(messages.what_you_wrote()), *lines]
