"""Settings that have Baton post where Slack does not let it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from bot.core import channels
from bot.core.agreement import reading
from bot.core.agreement.reading import SettingRow
from bot.core.agreement.setting import WORKSPACE, Layer, Scope, Setting, channel_scope
from bot.core.db import affected
from bot.core.unit_of_work import UnitOfWork

_CODES: Final = frozenset({"is_archived", "channel_not_found", "not_in_channel"})
_CODES_BEGIN: Final = "restricted_action"
LONGEST_CODE: Final = 64


@dataclass(frozen=True, slots=True)
class Refused:
    """A setting that cannot do what it says; `code` is Slack's word for why.

    `set_by` is who set it: a person's id, or a word for whoever runs Baton.
    """

    team_id: str
    scope: Scope
    key: str
    code: str
    set_by: str


def closes(code: str) -> bool:
    """Whether Slack will not let Baton post in a channel before somebody changes something."""
    return code in _CODES or code.startswith(_CODES_BEGIN)


def concerned(
    uow: UnitOfWork, settings: Iterable[Setting[Any]], key: str, channel_id: str
) -> list[tuple[Setting[Any], Scope]]:
    """The settings because of which a message, queued under that key, is for a channel."""
    posting = [each for each in settings if each.posts and key.startswith(each.posts)]
    here = [(each, channel_scope(channel_id)) for each in posting if Layer.CHANNEL in each.layers]
    channel = channels.find(uow.session, uow.team_id, channel_id) if posting else None
    return here + [
        (each, WORKSPACE)
        for each in posting
        if channel is not None and channel.name and uow.setting(each) == channel.name
    ]


def note(uow: UnitOfWork, found: Sequence[tuple[Setting[Any], Scope]], code: str) -> bool:
    """Notes that these cannot do what they say; returns whether that is news of any."""
    return _write(uow, found, code[:LONGEST_CODE])


def lift(uow: UnitOfWork, found: Sequence[tuple[Setting[Any], Scope]]) -> bool:
    """Notes that these do what they say; returns whether that is news of any."""
    return _write(uow, found, "")


def is_untold(uow: UnitOfWork, refused: Refused) -> bool:
    """Whether that still holds and nobody knows; nobody else tells anybody meanwhile."""
    key = (uow.team_id, refused.scope.layer, refused.scope.id, refused.key)
    row = uow.session.get(SettingRow, key, with_for_update=True, populate_existing=True)
    return row is not None and row.refused == refused.code and row.told_at is None


def note_told(uow: UnitOfWork, refused: Refused) -> None:
    """Notes that somebody was told."""
    rows = update(SettingRow).where(*reading.of(SettingRow, uow.team_id, refused.scope))
    uow.session.execute(rows.where(SettingRow.key == refused.key).values(told_at=uow.now))


def every(session: Session, team_id: str = "", *, untold: bool = False) -> list[Refused]:
    """What cannot do what it says, in a workspace or in all; `untold`: and nobody knows."""
    rows = select(SettingRow).where(SettingRow.refused != "")
    if team_id:
        rows = rows.where(SettingRow.team_id == team_id)
    if untold:
        rows = rows.where(SettingRow.told_at.is_(None))
    in_order = rows.order_by(SettingRow.team_id, SettingRow.scope_id, SettingRow.key)
    return [_refused(row) for row in session.scalars(in_order)]


def find(uow: UnitOfWork, scope: Scope, key: str) -> Refused | None:
    """What one setting of a scope cannot do; None: nothing is known against it."""
    row = uow.session.get(SettingRow, (uow.team_id, scope.layer, scope.id, key))
    return _refused(row) if row is not None and row.refused else None


def _write(uow: UnitOfWork, found: Sequence[tuple[Setting[Any], Scope]], code: str) -> bool:
    places = [(scope.layer.value, scope.id, setting.key) for setting, scope in found]
    if not places:
        return False
    rows = update(SettingRow).where(
        SettingRow.team_id == uow.team_id,
        tuple_(SettingRow.layer, SettingRow.scope_id, SettingRow.key).in_(places),
        SettingRow.refused == "" if code else SettingRow.refused != "",
    )
    return affected(uow.session, rows.values(refused=code, told_at=None)) > 0


def _refused(row: SettingRow) -> Refused:
    scope = Scope(Layer(row.layer), row.scope_id)
    return Refused(row.team_id, scope, row.key, row.refused, row.set_by)
