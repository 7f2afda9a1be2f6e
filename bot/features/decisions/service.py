"""What the decision registry does."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.core import attention, channels, people
from bot.core.events import MessageShortcut
from bot.core.ids import known_id, new_id
from bot.core.keeping import Kept, Record, nothing_of, plain
from bot.core.quotations import ERASED
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted, Sight, may_see, sift, sight
from bot.features.decisions import messages, queries
from bot.features.decisions.models import DecisionCountRow, DecisionDraftRow, DecisionRow
from bot.features.decisions.rules import registry
from bot.features.decisions.rules.registry import Decision


def already_logged(uow: UnitOfWork, shortcut: MessageShortcut) -> Decision | None:
    """The decision that was logged from this message's thread before."""
    root_ts = shortcut.thread_ts or shortcut.message_ts
    row = queries.of_thread(uow, shortcut.channel_id, root_ts)
    return _decision(uow, row) if row else None


def start_draft(uow: UnitOfWork, shortcut: MessageShortcut) -> tuple[UUID, str]:
    """Notes what a form is about; returns its id and the message as people read it.

    Whoever wants to be left alone is not quoted.
    """
    author_id = shortcut.message_user_id
    if author_id and attention.is_off(uow, author_id):
        return queries.add_draft(uow, shortcut), ""
    said = people.readable(uow.session, uow.team_id, shortcut.text)
    return queries.add_draft(uow, shortcut), said


def log(
    uow: UnitOfWork, reference: str, user_id: str, *, title: str, text: str, reason: str
) -> Decision | None:
    """Logs a decision once and posts its card; None if this is not the reader's form.

    Sending the same form again, or another form about the same thread, finds what was logged.
    """
    draft_id = known_id(reference)
    draft = queries.draft(uow, draft_id) if draft_id else None
    if (
        draft is None
        or draft.user_id != user_id
        or not can_be_found(uow, user_id, draft.channel_id)
    ):
        return None
    row = queries.of_thread(uow, draft.channel_id, draft.root_ts)
    if row is None:
        queries.add(uow, draft, title, text, reason)
        row = queries.of_thread(uow, draft.channel_id, draft.root_ts)
    if row is None:
        raise AssertionError("a decision that was just logged is gone")
    if row.owner_id != user_id and not may_see(uow, user_id, row.channel_id):
        return None
    decision = _decision(uow, row)
    if is_member_of(uow, row.channel_id):
        uow.outbox.post(
            _card_key(row.number),
            row.channel_id,
            messages.card(decision),
            thread_ts=row.root_ts,
        )
    return decision


def can_be_found(uow: UnitOfWork, user_id: str, channel_id: str) -> bool:
    """Whether somebody will see again what they log; that it cannot be checked is no reason."""
    return sight(uow, user_id, channel_id) is not Sight.CLOSED


def is_member_of(uow: UnitOfWork, channel_id: str) -> bool:
    """Whether Baton is in a channel and can post there."""
    channel = channels.find(uow.session, uow.team_id, channel_id)
    return channel is not None and channel.is_member


def show(uow: UnitOfWork, reader_id: str, number: int) -> Decision | None:
    """The decision, if there is one that the reader may see."""
    row = queries.get(uow, number)
    is_open = row is not None and may_see(uow, reader_id, row.channel_id)
    return _decision(uow, row) if row is not None and is_open else None


def find(uow: UnitOfWork, reader_id: str, words: tuple[str, ...]) -> Sifted[Decision]:
    """What the reader may see of the decisions with these words, the newest first."""
    return _visible(uow, reader_id, queries.find(uow, words))


def newest(uow: UnitOfWork, reader_id: str) -> Sifted[Decision]:
    """The newest decisions the reader may see."""
    return _visible(uow, reader_id, queries.newest(uow))


def made_since(uow: UnitOfWork, reader_id: str, since: datetime) -> Sifted[Decision]:
    """The decisions made since then that the reader may see."""
    return _visible(uow, reader_id, queries.made_since(uow, since))


def erase(uow: UnitOfWork, user_id: str) -> int:
    """Takes somebody's words and name out of the registry; the records stay."""
    changed = {row.number: row for row in queries.logged_by(uow, user_id)}
    for row in queries.quoting(uow, user_id):
        row.title = ERASED if registry.is_taken_from(row.title, row.text) else row.title
        row.text, row.author_id = ERASED, ""
        row.search_text = registry.search_text(row.title, "", row.reason)
        changed[row.number] = row
    for row in changed.values():
        row.owner_id = "" if row.owner_id == user_id else row.owner_id
        card = messages.card(_decision(uow, row))
        uow.outbox.revise(f"decisions:{new_id()}:erased", of=_card_key(row.number), message=card)
    return len(changed) + queries.forget_drafts(uow, of=user_id)


def export(uow: UnitOfWork, user_id: str) -> list[Record]:
    """What somebody logged, and what they are quoted with."""
    logged = [
        {"number": row.number, "title": row.title, "why": row.reason, "at": plain(row.decided_at)}
        | ({"text": row.text} if row.author_id in {"", user_id} else {})
        for row in queries.logged_by(uow, user_id)
    ]
    quoted = [
        {"number": row.number, "quoted": row.text, "at": plain(row.decided_at)}
        for row in queries.quoting(uow, user_id)
        if row.owner_id != user_id
    ]
    return [*logged, *quoted]


KEPT = (
    Kept(
        "decisions",
        messages.KEEPS,
        messages.KEPT_FOR,
        (DecisionRow, DecisionDraftRow),
        export,
        erase,
        lambda uow, _days: queries.forget_drafts(uow, before=uow.now - registry.FORMS_KEPT_FOR),
        stays=messages.STAYS,
    ),
    nothing_of("decision numbers", messages.NUMBERS, DecisionCountRow),
)


def _card_key(number: int) -> str:
    return f"decisions:{number}:card"


def _visible(uow: UnitOfWork, reader_id: str, rows: Sequence[DecisionRow]) -> Sifted[Decision]:
    found = sift(uow, reader_id, rows, channel_of=lambda row: row.channel_id, limit=registry.FOUND)
    return Sifted(tuple(_decision(uow, row) for row in found.seen), found.held_back)


def _decision(uow: UnitOfWork, row: DecisionRow) -> Decision:
    return Decision(
        number=row.number,
        title=row.title,
        text=row.text,
        reason=row.reason,
        owner_id=row.owner_id,
        channel_id=row.channel_id,
        root_ts=row.root_ts,
        permalink=uow.workspace.permalink(row.channel_id, row.message_ts, row.root_ts),
        decided_at=row.decided_at,
    )
