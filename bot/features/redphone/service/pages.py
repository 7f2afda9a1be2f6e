"""What the red phone does."""

from datetime import datetime
from uuid import UUID

from bot.core import attention, people
from bot.core.attention import Urgency
from bot.core.keeping import Kept, Record, as_data
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import pages as messages
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.queries import rotations as rotation_queries
from bot.features.redphone.rules import pages as rules
from bot.features.redphone.rules.pages import Page, Told
from bot.features.redphone.service import rotations


def on_call(uow: UnitOfWork) -> Person | None:
    """Who is on call in the rotation without a name, if anybody is."""
    row = rotation_queries.first(uow)
    return rotations.on_call(uow, row.id) if row else None


def member(uow: UnitOfWork, user_id: str) -> Person | None:
    """The person, if they are a full member and so can be paged."""
    person = people.find(uow.session, uow.team_id, user_id)
    return person if person is not None and person.is_member else None


def page(uow: UnitOfWork, form_id: str, *, caller_id: str, paged: Person, what: str) -> None:
    """Pages somebody at any hour, once per form."""
    page_id = queries.add_page(uow, form_id, caller_id=caller_id, paged_id=paged.user_id, what=what)
    row = queries.page(uow, page_id) if page_id else None
    if row is not None:
        message = messages.page(_shown(row, _local(uow, paged)))
        attention.reach(uow, _key(row), paged, message, urgency=Urgency.PAGE)


def not_sent(uow: UnitOfWork, key: str) -> None:
    """Something could not be sent: if it was a page, the caller is told at once."""
    page_id = _page_id(key)
    row = queries.page(uow, page_id) if page_id else None
    caller = member(uow, row.caller_id) if row else None
    if row is not None and caller is not None:
        told = messages.page_not_sent(_shown(row, _local(uow, caller)))
        attention.reach(uow, f"{_key(row)}:lost", caller, told, urgency=Urgency.PAGE)


def readable(uow: UnitOfWork, text: str) -> str:
    """What somebody typed, as people read it."""
    return people.readable(uow.session, uow.team_id, text)


def acknowledge(uow: UnitOfWork, page_id: UUID, user_id: str) -> bool:
    """The paged person takes it: the caller is told. Returns False if it was taken before."""
    row = queries.page(uow, page_id)
    if row is None or _paged_id(row) != user_id or not queries.acknowledge(uow, page_id):
        return False
    paged, caller = member(uow, _paged_id(row)), member(uow, row.caller_id)
    if paged is not None:
        taken = messages.page_taken(_shown(row, _local(uow, paged)))
        uow.outbox.revise(f"{_key(row)}:taken", of=_key(row), message=taken)
    if paged is not None and caller is not None:
        told = messages.caller_told(_shown(row, _local(uow, paged)))
        key = f"{_key(row)}:told"
        attention.reach(uow, key, caller, told, urgency=Urgency.PAGE)
    return True


def told(uow: UnitOfWork, reader: Person, since: datetime) -> list[Told]:
    """The pages that somebody sent or got since then, as they may read of them."""
    return [_told(uow, row, reader) for row in queries.pages_of(uow, reader.user_id, since=since)]


def warning(uow: UnitOfWork, user_id: str) -> str:
    """Whoever is on call should not just vanish."""
    row = on_call(uow)
    return messages.NOBODY_LEFT if row is not None and row.user_id == user_id else ""


def export(uow: UnitOfWork, user_id: str) -> list[Record]:
    """The pages somebody sent, with their words, and those they got, without."""
    return [
        as_data(row, leave_out={"form_id", *(() if row.caller_id == user_id else ("what",))})
        for row in queries.pages_of(uow, user_id)
    ]


KEPT = (
    Kept(
        "pages",
        messages.KEEPS,
        messages.KEPT_FOR,
        (PageRow,),
        export,
        queries.forget_pages,
        lambda uow, days: queries.forget_old(uow, days, rules.KEPT_DAYS),
    ),
)


def _key(row: PageRow) -> str:
    return f"redphone:{row.id}"


def _page_id(key: str) -> UUID | None:
    match key.split(":"):
        case ["redphone", page_id]:
            return UUID(page_id)
        case _:
            return None


def _local(uow: UnitOfWork, person: Person) -> datetime:
    return person.working_time.local(uow.now)


def _shown(row: PageRow, local_now: datetime) -> Page:
    return Page(str(row.id), row.caller_id, _paged_id(row), row.what, local_now)


def _told(uow: UnitOfWork, row: PageRow, reader: Person) -> Told:
    is_caller, local = row.caller_id == reader.user_id, reader.working_time.local
    is_shown = bool(row.what) and not attention.is_off(uow, row.caller_id)
    return Told(
        other_id=_paged_id(row) if is_caller else row.caller_id,
        is_caller=is_caller,
        what=readable(uow, row.what) if is_shown else None,
        address=_address(uow, row, is_caller=is_caller),
        paged_at=local(row.paged_at),
        taken_at=local(row.acknowledged_at) if row.acknowledged_at else None,
        locale=reader.locale,
    )


def _address(uow: UnitOfWork, row: PageRow, *, is_caller: bool) -> str:
    """Where what they got about a page stands, in their own conversation with Baton."""
    keys = (f"{_key(row)}:told", f"{_key(row)}:lost") if is_caller else (_key(row),)
    for sent in map(uow.outbox.sent, keys):
        if sent is not None:
            return uow.workspace.permalink(sent.channel_id, sent.ts)
    return uow.workspace.profile


def _paged_id(row: PageRow) -> str:
    return row.target.removeprefix("person:")
