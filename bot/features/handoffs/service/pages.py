"""What happens when a page of a hand-off's form is sent: it is kept, and the next one is shown."""

from collections.abc import Sequence

from bot.core import people
from bot.core.events import FormSubmitted
from bot.core.ports import AskLedger
from bot.core.render import Mrkdwn
from bot.core.replies import FieldErrors, Reply, ShowNext, View
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import notes as messages
from bot.features.handoffs.messages.notes import Given
from bot.features.handoffs.modals import fields
from bot.features.handoffs.modals import notes as modals
from bot.features.handoffs.models import HandoffNoteRow
from bot.features.handoffs.rules.notes import (
    MOST,
    Writing,
    Written,
    from_data,
    listed,
    pages_of,
    with_page,
)
from bot.features.handoffs.service import notes, places, sending, writing


def day(uow: UnitOfWork, asks: AskLedger, event: FormSubmitted) -> Reply:
    """The first page: what is wrong with it, the page after it, or what went where."""
    note = _open_note(uow, event.reference, event.user_id)
    if not isinstance(note, HandoffNoteRow):
        return ShowNext(note)
    channel_id, written = modals.read_day(event, from_data(note.filled))
    note.channel_id, note.state = channel_id, Writing.BEGUN
    writing.keep(note, written)
    wrong = _wrong_in(uow, event.user_id, channel_id, written)
    if wrong:
        return FieldErrors(wrong)
    if pages_of(written.entries):
        return ShowNext(_page(uow, note, written, 0))
    return _send(uow, asks, note)


def items(uow: UnitOfWork, asks: AskLedger, event: FormSubmitted) -> Reply:
    """A page of questions about single items, likewise."""
    note_id, page, mark = modals.page_of(event.reference)
    note = _open_note(uow, note_id, event.user_id)
    if not isinstance(note, HandoffNoteRow):
        return ShowNext(note)
    written = from_data(note.filled)
    if mark != modals.mark_of(written):
        return ShowNext(_page(uow, note, written, 0, [messages.changed_meanwhile()]))
    shown = modals.numbered(written, page)
    answered = [fields.read(event, number, entry) for number, entry in shown]
    entries = with_page(written.entries, page, answered)
    written = Written(written.done, entries, written.watch_out)
    writing.keep(note, written)
    wrong: dict[str, str] = {}
    for number, _ in shown:
        wrong |= fields.mistakes(event, number, event.user_id)
    if wrong:
        return FieldErrors(wrong)
    if page + 1 < pages_of(entries):
        return ShowNext(_page(uow, note, written, page + 1))
    return _send(uow, asks, note)


def one(uow: UnitOfWork, asks: AskLedger, event: FormSubmitted) -> Reply:
    """The form about one thing: what is wrong with it, or where it went."""
    note = _open_note(uow, event.reference, event.user_id)
    if not isinstance(note, HandoffNoteRow):
        return ShowNext(note)
    [before] = from_data(note.filled).entries
    note.channel_id, entry = modals.read_one(event, before)
    writing.keep(note, Written(entries=(entry,)))
    wrong = modals.mistakes_of_one(event, event.user_id)
    not_there = places.not_there(uow, note.channel_id, event.user_id)
    wrong |= {modals.CHANNEL: not_there} if not_there else {}
    author = people.find(uow.session, uow.team_id, event.user_id)
    if wrong or author is None:
        return FieldErrors(wrong)
    went = sending.send_one(uow, asks, note, author)
    if isinstance(went, Given):
        return ShowNext(modals.sent_one(went, note.channel_id))
    return FieldErrors({modals.WHOM: went.trouble})


def _open_note(uow: UnitOfWork, note_id: str, user_id: str) -> HandoffNoteRow | View:
    """Somebody's hand-off that is not sent yet; else what is shown instead of it."""
    note = notes.own(uow, note_id, user_id)
    if note is None:
        return modals.not_yours()
    return modals.sent_before() if note.state == Writing.SENT else note


def _send(uow: UnitOfWork, asks: AskLedger, note: HandoffNoteRow) -> Reply:
    author = people.find(uow.session, uow.team_id, note.author_id)
    if author is None:
        return ShowNext(modals.not_yours())
    if places.not_there(uow, note.channel_id, author.user_id):
        written = from_data(note.filled)
        return ShowNext(modals.day(note.id, written, "", [messages.elsewhere()]))
    return ShowNext(modals.sent(sending.send(uow, asks, note, author)))


def _page(
    uow: UnitOfWork,
    note: HandoffNoteRow,
    written: Written,
    page: int,
    above: Sequence[Mrkdwn] = (),
) -> View:
    choices = writing.choices(uow, note.author_id, note.channel_id)
    return modals.items(note.id, written, page, choices, above)


def _wrong_in(uow: UnitOfWork, user_id: str, channel_id: str, written: Written) -> dict[str, str]:
    """A sentence for each field of the first page that cannot stay as it is."""
    found = {}
    if not_there := places.not_there(uow, channel_id, user_id):
        found[modals.CHANNEL] = not_there
    if len(listed(written.entries)) > MOST:
        found[modals.IN_PROGRESS] = messages.TOO_MANY
    elif written.is_empty:
        found[modals.DONE] = messages.EMPTY
    return found
