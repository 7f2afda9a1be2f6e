"""Changes the agreement, and notes who changed what from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete

from bot.core import audit
from bot.core.agreement import reading
from bot.core.agreement.kinds import Plain
from bot.core.agreement.reading import SettingRow, VersionRow
from bot.core.agreement.setting import Scope, Setting
from bot.core.db import insert_new, upsert
from bot.core.unit_of_work import UnitOfWork

CHANGED: Final = "setting.changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A setting says something else on a scope; None: what the layers above say."""

    setting: Setting[Any]
    scope: Scope
    before: Plain | None
    after: Plain | None


def change(uow: UnitOfWork, changes: Iterable[Change], *, by: str) -> list[Change]:
    """Applies what really changes, notes it in the audit trail, and returns it.

    `by` is a person's id, or a word for whoever runs Baton.
    """
    made = [each for each in changes if each.after != _said(uow, each)]
    for each in made:
        before = _said(uow, each)
        _write(uow, each, by)
        about = f"{each.scope}:{each.setting.key}"
        audit.record(
            uow.session,
            uow.team_id,
            at=uow.now,
            actor_id=by,
            action=CHANGED,
            about=about,
            before=before,
            after=each.after,
        )
    for scope in dict.fromkeys(each.scope for each in made):
        _count(uow, scope)
    return made


def _said(uow: UnitOfWork, change: Change) -> Plain | None:
    return reading.of_scope(uow.session, uow.team_id, change.scope).get(change.setting.key)


def _write(uow: UnitOfWork, change: Change, by: str) -> None:
    key = {
        "team_id": uow.team_id,
        "layer": change.scope.layer,
        "scope_id": change.scope.id,
        "key": change.setting.key,
    }
    if change.after is None:
        mine = reading.of(SettingRow, uow.team_id, change.scope)
        uow.session.execute(delete(SettingRow).where(*mine, SettingRow.key == key["key"]))
    else:
        said = {"value": change.after, "set_by": by, "set_at": uow.now}
        upsert(uow.session, SettingRow, key | said)
    reading.forget_cache(uow.session)


def _count(uow: UnitOfWork, scope: Scope) -> None:
    key = {"team_id": uow.team_id, "layer": scope.layer, "scope_id": scope.id}
    insert_new(uow.session, VersionRow, [key | {"version": 0}])
    row = uow.session.get_one(
        VersionRow, (uow.team_id, scope.layer, scope.id), with_for_update=True
    )
    row.version += 1
