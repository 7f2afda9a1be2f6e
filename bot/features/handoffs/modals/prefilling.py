"""What a model's draft adds to the form of a day: fields of its own; what is typed stays."""

from typing import Final
from uuid import UUID

from bot.core.blocks import Block, actions, button, context, section, text_input
from bot.core.events import FormSubmitted
from bot.core.replies import View
from bot.features.handoffs.messages import prefilling as messages
from bot.features.handoffs.rules.notes import Written, lines_of

DONE: Final = "drafted_done"
IN_PROGRESS: Final = "drafted_in_progress"
WATCH_OUT: Final = "drafted_watch_out"


def with_offer(view: View, note_id: UUID) -> View:
    """The form with the offer to add what a model drew."""
    offer = [
        section(messages.draft_is_ready()),
        actions([button(messages.USE_IT, messages.USE_DRAFT, str(note_id))]),
    ]
    return view | {"blocks": [*offer, *view["blocks"]]}


def with_draft(view: View, new: Written) -> View:
    """The form with what a model drew in fields below the others."""
    lines = {
        (DONE, "Also done"): lines_of(new.done),
        (IN_PROGRESS, "Also in progress"): lines_of(new.entries),
        (WATCH_OUT, "Also watch out for"): new.watch_out,
    }
    fields: list[Block] = [
        text_input(name, label, initial=text, optional=True, multiline=True)
        for (name, label), text in lines.items()
        if text
    ]
    note = context(messages.from_draft())
    return view | {"blocks": [note, *view["blocks"], *fields]}


def joined(event: FormSubmitted, name: str, drafted: str) -> str:
    """What stands in a field of the form and in the one below that a model's draft is in."""
    parts = (event.values.get(each, "").strip() for each in (name, drafted))
    return "\n".join(part for part in parts if part)
