"""Sends a hand-off: every item goes to whoever carries it on, and the note into its channel."""

from collections.abc import Sequence
from uuid import UUID

from bot.core import people
from bot.core.people import Person
from bot.core.ports import AskLedger
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import notes as messages
from bot.features.handoffs.messages.notes import Given, Kept, Outcome
from bot.features.handoffs.models import HandoffNoteRow
from bot.features.handoffs.rules.batons import note_key
from bot.features.handoffs.rules.items import To
from bot.features.handoffs.rules.notes import (
    KEEP,
    NEXT,
    Entry,
    Writing,
    chain_of,
    from_data,
    listed,
)
from bot.features.handoffs.service import batons, blockers


def send(uow: UnitOfWork, asks: AskLedger, note: HandoffNoteRow, author: Person) -> Outcome:
    """Sends somebody's hand-off of a day, once, and tells what went where.

    What nobody can take stays with its author.
    """
    entries = listed(from_data(note.filled).entries)
    batons.hold_of(uow, note.channel_id, [each.item for each in entries])
    key, expected = note_key(note.id), [_expected(uow, note, each) for each in entries]
    # the cards stand below the note, so it comes first
    uow.outbox.post(key, note.channel_id, messages.posted(_outcome(note, expected)))
    went = [_hand_over(uow, asks, note, author, each, note_id=note.id) for each in entries]
    for number, each in enumerate(went, start=1):
        if isinstance(each, Kept):
            # what stays with its author may wait for somebody, too
            place, said = note.channel_id, f"note:{note.id}:{number}"
            blockers.note_of(uow, asks, each.item, note.author_id, place, key=said)
    outcome = _outcome(note, went)
    posted = messages.posted(outcome)
    if posted != messages.posted(_outcome(note, expected)):
        uow.outbox.revise(f"{key}:sent", of=key, message=posted)
    note.state = Writing.SENT
    return outcome


def send_one(
    uow: UnitOfWork, asks: AskLedger, note: HandoffNoteRow, author: Person
) -> Given | Kept:
    """Hands over one thing; where nobody can take it nothing is sent, and why is told."""
    [entry] = from_data(note.filled).entries
    went = _hand_over(uow, asks, note, author, entry)
    if isinstance(went, Given):
        note.state = Writing.SENT
    return went


def _expected(uow: UnitOfWork, note: HandoffNoteRow, entry: Entry) -> Given | Kept:
    """What will become of an item, unless somebody has it already."""
    to = _to(note, entry)
    if to is None:
        return Kept(entry.item)
    found = batons.next_for(uow, note.author_id, note.channel_id, to)
    if isinstance(found, str):
        return Kept(entry.item, found)
    return Given(entry.item.what, found.person.name)


def _to(note: HandoffNoteRow, entry: Entry) -> To | None:
    """To whom an item goes; None: it stays with its author."""
    if entry.to in {"", KEEP, note.author_id}:
        return None
    chain_id = chain_of(entry.to)
    is_next = entry.to == NEXT or chain_id is not None
    return To(chain_id=chain_id) if is_next else To(entry.to)


def _outcome(note: HandoffNoteRow, went: Sequence[Given | Kept]) -> Outcome:
    written = from_data(note.filled)
    return Outcome(
        note.author_id,
        note.channel_id,
        note.local_date,
        tuple(each.item.what for each in listed(written.done)),
        tuple(each for each in went if isinstance(each, Given)),
        tuple(each for each in went if isinstance(each, Kept)),
        written.watch_out,
    )


def _hand_over(
    uow: UnitOfWork,
    asks: AskLedger,
    note: HandoffNoteRow,
    author: Person,
    entry: Entry,
    *,
    note_id: UUID | None = None,
) -> Given | Kept:
    to = _to(note, entry)
    if to is None:
        return Kept(entry.item)
    went = batons.hand_over(
        uow, asks, author.user_id, note.channel_id, entry.item, to, note_id=note_id
    )
    if went.baton is None:
        return Kept(entry.item, went.refusal)
    holder = people.find(uow.session, uow.team_id, went.baton.holder_id)
    until = author.moment(went.waits_until) if went.waits_until else ""
    return Given(entry.item.what, holder.name if holder else "", until, is_new=went.is_new)
