"""What happened on a page, and the lines that tell it where everybody reads along."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.core import people
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import timeline as messages
from bot.features.redphone.models import PageEventRow, PageRow
from bot.features.redphone.queries import pages, responders
from bot.features.redphone.queries import timeline as queries
from bot.features.redphone.rules import cards as card_rules
from bot.features.redphone.rules.states import EventKind
from bot.features.redphone.rules.timeline import UNTOLD, Entry


def note(
    uow: UnitOfWork, page_id: UUID, kind: EventKind, user_id: str = "", text: str = ""
) -> None:
    """Notes what happened, and tells it under the card or in the incident channel if it matters."""
    event_id = queries.add(uow, page_id, kind, user_id, text)
    page = pages.page(uow, page_id) if kind not in UNTOLD else None
    if page is not None:
        _tell(uow, page, [Entry(event_id, uow.now, kind, user_id, text)])


def note_once(uow: UnitOfWork, page_id: UUID, kind: EventKind) -> None:
    """The same, unless it happened before."""
    if queries.last(uow, page_id, kind) is None:
        note(uow, page_id, kind)


def of(uow: UnitOfWork, page_id: UUID) -> list[Entry]:
    """What happened on a page, in order."""
    return [_entry(row) for row in queries.of(uow, page_id)]


def last_update(uow: UnitOfWork, page_id: UUID) -> Entry | None:
    """The last update that somebody posted."""
    row = queries.last(uow, page_id, EventKind.UPDATED)
    return _entry(row) if row is not None else None


def catch_up(uow: UnitOfWork, page: PageRow) -> None:
    """Tells under a card that is new what happened before it was there."""
    _tell(uow, page, of(uow, page.id))


def tell_so_far(uow: UnitOfWork, page: PageRow) -> None:
    """Tells in an incident channel that is new what happened before it was there."""
    entries = [each for each in of(uow, page.id) if each.kind not in UNTOLD | {EventKind.CHANNEL}]
    if entries:
        message = messages.so_far(entries, on_it(uow, page), names_in(uow, entries))
        key = f"redphone:{page.id}:incident:so_far"
        uow.outbox.post(key, page.incident_channel, message, urgent=True)


def card_key(uow: UnitOfWork, page: PageRow) -> str:
    """The key of the card in the outbox; empty: there is none."""
    key = card_rules.key_of(page.id)
    return key if page.card_channel and uow.outbox.knows(key) else ""


def room(uow: UnitOfWork, page: PageRow) -> str:
    """The channel of the page's own, where one can write; empty: there is none."""
    if not page.incident_channel or queries.last(uow, page.id, EventKind.ARCHIVED) is not None:
        return ""
    return page.incident_channel


def on_it(uow: UnitOfWork, page: PageRow) -> set[str]:
    """Ids of those who are on a page anyway: whoever called, was paged or joined."""
    paged = {each.user_id for each in responders.of(uow, page.id)}
    return (paged | {page.caller_id, page.acknowledged_by, page.resolved_by}) - {""}


def names_in(uow: UnitOfWork, entries: Sequence[Entry]) -> Mapping[str, str]:
    """How those are called who did something."""
    return people.names(uow.session, uow.team_id, {each.user_id for each in entries} - {""})


def _tell(uow: UnitOfWork, page: PageRow, entries: Sequence[Entry]) -> None:
    """One message each: in the channel of its own if there is one, else below the card."""
    entries = [each for each in entries if each.kind not in UNTOLD]
    channel_id, under = room(uow, page), card_key(uow, page)
    if not entries or not (channel_id or under):
        return
    mentioned, names = on_it(uow, page), names_in(uow, entries)
    for entry in entries:
        message = messages.told(entry, mentioned, names)
        key = f"redphone:{page.id}:line:{entry.id}"
        place = {} if channel_id else {"under": under}
        uow.outbox.post(key, channel_id or page.card_channel, message, urgent=True, **place)


def _entry(row: PageEventRow) -> Entry:
    return Entry(row.id, row.at, EventKind(row.kind), row.user_id, row.text)
