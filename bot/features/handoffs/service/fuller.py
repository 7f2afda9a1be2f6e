"""Offers what a model drew from a day to whoever has its form open, beside what they typed."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from bot.core.days import DaySource
from bot.core.people import Person
from bot.core.replies import View
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.modals import notes as forms
from bot.features.handoffs.modals import prefilling as modals
from bot.features.handoffs.models import HandoffNoteRow
from bot.features.handoffs.queries import notes as queries
from bot.features.handoffs.rules import drafting as rules
from bot.features.handoffs.rules.drafting import Fuller
from bot.features.handoffs.rules.items import Item
from bot.features.handoffs.rules.notes import OVER, Entry, Written, from_data
from bot.features.handoffs.service import drafting, notes, writing


def open_day(
    uow: UnitOfWork,
    sources: Sequence[DaySource],
    note: HandoffNoteRow,
    person: Person,
    here: str = "",
    *,
    plainly: bool,
) -> View:
    """The form of a day; unless `plainly`, a model is to read the day for it.

    What it drew before is offered at once. `here` is where somebody typed the command.
    """
    channel_id = note.channel_id or writing.usual_channel(uow, person, here)
    view = writing.open_day(uow, sources, note, person, channel_id)
    if not plainly:
        drafting.want(uow, note.id, person, channel_id)
    return _with_offer(uow, note, view)


def offer(uow: UnitOfWork, note_id: UUID) -> None:
    """Offers what a model drew to whoever has the form open by now."""
    note = queries.get(uow, note_id, lock=True)
    channel_id = drafting.open_now(uow, note_id)
    if note is None or note.state in OVER or channel_id is None:
        return
    view = forms.day(note.id, from_data(note.filled), channel_id)
    offered = _with_offer(uow, note, view)
    if offered != view:
        at = int(uow.now.timestamp())
        uow.outbox.update_form(f"handoffs:draft:{note_id}:{at}:ready", note.author_id, offered)


def use(uow: UnitOfWork, note_id: str, user_id: str) -> None:
    """Adds what a model drew to the form that somebody has open, in fields of its own."""
    note = notes.own(uow, note_id, user_id)
    channel_id = drafting.open_now(uow, note.id) if note is not None else None
    if note is None or note.state in OVER or channel_id is None:
        return
    known = from_data(note.filled)
    whole = _joined(known, drafting.fuller(uow, note.id))
    if whole == known:
        return
    new = Written(
        whole.done[len(known.done) :],
        whole.entries[len(known.entries) :],
        whole.watch_out.removeprefix(known.watch_out).strip(),
    )
    view = modals.with_draft(forms.day(note.id, known, channel_id), new)
    writing.keep(note, whole)
    at = int(uow.now.timestamp())
    uow.outbox.update_form(f"handoffs:draft:{note.id}:{at}:used", user_id, view)


def _with_offer(uow: UnitOfWork, note: HandoffNoteRow, view: View) -> View:
    """A form with the offer to add what a model drew, if there is anything."""
    known = from_data(note.filled)
    is_of_use = _joined(known, drafting.fuller(uow, note.id)) != known
    return modals.with_offer(view, note.id) if is_of_use else view


def _joined(known: Written, found: Fuller) -> Written:
    """What stands in a form, and behind it what a model found besides."""
    new = rules.beside(found, _items(known.done), _items(known.entries))
    entries = [replace(each, item=rules.completed(each.item, found)) for each in known.entries]
    more = [] if new.watch_out in known.watch_out else [new.watch_out]
    return Written(
        (*known.done, *map(Entry, new.done)),
        (*entries, *map(Entry, new.items)),
        "\n".join(filter(None, [known.watch_out, *more])),
    )


def _items(entries: tuple[Entry, ...]) -> list[Item]:
    return [each.item for each in entries]
