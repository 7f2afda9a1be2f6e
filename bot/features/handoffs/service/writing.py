"""What stands in the form of a hand-off, from its first page to the last."""

from collections.abc import Sequence

from bot.core import attention, channels, people, visibility
from bot.core.blocks import Options
from bot.core.days import DaySource
from bot.core.people import Person
from bot.core.render import Mrkdwn
from bot.core.replies import View
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import notes as messages
from bot.features.handoffs.messages import prefilling as prefilling_words
from bot.features.handoffs.messages import refusals
from bot.features.handoffs.modals import notes as modals
from bot.features.handoffs.models import HandoffNoteRow
from bot.features.handoffs.queries import chains
from bot.features.handoffs.queries import notes as queries
from bot.features.handoffs.rules.days import DAY
from bot.features.handoffs.rules.items import Item
from bot.features.handoffs.rules.notes import (
    KEEP,
    NEXT,
    Entry,
    Writing,
    Written,
    as_data,
    from_data,
    of_chain,
)
from bot.features.handoffs.service import notes, prefilling, relay


def open_day(
    uow: UnitOfWork,
    sources: Sequence[DaySource],
    note: HandoffNoteRow,
    person: Person,
    here: str = "",
) -> View:
    """The first page; `here` is where somebody typed the command.

    As long as nothing was sent from it, it holds what is known of their day by now.
    """
    above: list[Mrkdwn] = []
    channel_id = note.channel_id or usual_channel(uow, person, here)
    if note.state == Writing.OFFERED:
        since = prefilling.looks_back_to(uow, person)
        found = prefilling.gather(uow, sources, person, since, uow.now, channel_id=channel_id)
        keep(note, Written(_entries(found.done), _entries((*found.items, *found.blocked))))
        if found.left_out:
            above.append(messages.left_out(found.left_out))
        if found.held_back:
            above.append(visibility.held_back(found.held_back))
        if found.private:
            above.append(prefilling_words.private(found.private))
    return modals.day(note.id, from_data(note.filled), channel_id, above)


def open_one(uow: UnitOfWork, person: Person, user_id: str, words: str, here: str) -> View:
    """The form that hands over one thing to somebody."""
    note = notes.one_more(uow, person)
    entry = Entry(Item(" ".join(words.split())), user_id)
    keep(note, Written(entries=(entry,)))
    return modals.one(note.id, entry, usual_channel(uow, person, here))


def cannot_take(uow: UnitOfWork, person: Person, user_id: str) -> str:
    """Why somebody cannot hand over anything to this person; empty if they may.

    Of somebody unknown Slack is asked once their form is sent.
    """
    other = people.find(uow.session, uow.team_id, user_id)
    if user_id == person.user_id:
        return refusals.YOURSELF
    if other is None:
        return ""
    if not other.is_member:
        return refusals.NOT_A_MEMBER
    return refusals.IS_OFF if attention.is_off(uow, user_id) else ""


def keep(note: HandoffNoteRow, written: Written) -> None:
    """Keeps what stands in the form."""
    note.filled = as_data(written)


def usual_channel(uow: UnitOfWork, person: Person, here: str) -> str:
    """Where somebody's hand-off goes if they do not say otherwise; empty: nobody knows.

    That is where they are, where their last one went, or the one channel that asks for it.
    """
    known = channels.shared_with(uow.session, uow.team_id, person.user_id)
    shared = [each.channel_id for each in known]
    for each in (here, queries.last_channel(uow, person.user_id)):
        if each in shared:
            return each
    asking = [each for each in shared if uow.setting(DAY, channel_id=each)]
    return asking[0] if len(asking) == 1 else ""


def choices(uow: UnitOfWork, user_id: str, channel_id: str) -> Options:
    """To whom somebody can hand over in a channel, the most usual first."""
    found: dict[str, str] = {}
    carriers: list[str] = []
    for chain in chains.of_channel(uow, channel_id):
        following = relay.first(uow, user_id, channel_id, chain.id)
        if following is None:
            continue
        carriers += chains.members(uow, chain.id)
        to = of_chain(chain.id) if chain.name else NEXT
        found[to] = messages.next_of(chain.name, following.person.name)
    able = [
        person
        for each in dict.fromkeys(carriers)
        if each != user_id and (person := relay.may_carry(uow, each, channel_id)) is not None
    ]
    own_first = found if NEXT in found else {KEEP: messages.KEEP_IT} | found
    named = {person.user_id: person.name for person in able}
    return {**own_first, KEEP: messages.KEEP_IT, **named}


def _entries(items: Sequence[Item]) -> tuple[Entry, ...]:
    return tuple(map(Entry, items))
