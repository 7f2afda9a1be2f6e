"""Changes the agreement, and notes who changed what from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.core import audit
from bot.core.agreement import reading
from bot.core.agreement.kinds import Plain
from bot.core.agreement.reading import SettingRow, VersionRow
from bot.core.agreement.setting import Scope, Setting
from bot.core.audit import Entry
from bot.core.db import insert_new, upsert
from bot.core.unit_of_work import UnitOfWork

CHANGED: Final = "setting.changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A setting says something else on a scope; None: what the layers above say."""

    setting: Setting[Any]
    scope: Scope
    after: Plain | None
    before: Plain | None = None


def change(uow: UnitOfWork, changes: Iterable[Change], *, by: str) -> list[Change]:
    """Applies what really changes, notes it in the audit trail, and returns it.

    `by` is a person's id, or a word for whoever runs Baton.
    """
    made = different(uow.session, uow.team_id, changes)
    for each in made:
        _write(uow, each, by)
        about = f"{each.scope}:{each.setting.key}"
        audit.record(
            uow.session,
            uow.team_id,
            at=uow.now,
            actor_id=by,
            action=CHANGED,
            about=about,
            before=each.before,
            after=each.after,
        )
    for scope in dict.fromkeys(each.scope for each in made):
        _count(uow, scope)
    return made


def history(session: Session, team_id: str, scope: Scope, *, limit: int = 5) -> list[Entry]:
    """The newest changes of a scope, the newest first."""
    return audit.entries_below(session, team_id, f"{scope}:", CHANGED, limit=limit)


def different(session: Session, team_id: str, changes: Iterable[Change]) -> list[Change]:
    """Those of the changes that change something, with what was said before."""
    said = [
        replace(each, before=reading.of_scope(session, team_id, each.scope).get(each.setting.key))
        for each in changes
    ]
    return [each for each in said if each.after != each.before and not _says_the_default(each)]


def _says_the_default(change: Change) -> bool:
    """Nothing was said, and what is said now holds anyway."""
    setting = change.setting
    holds = None if setting.has_above(change.scope.layer) else setting.kind.plain(setting.default)
    return change.before is None and change.after == holds


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
        said: dict[str, Any] = {"value": change.after, "set_by": by, "set_at": uow.now}
        said |= {"refused": "", "told_at": None}
        upsert(uow.session, SettingRow, key | said)
    reading.forget_cache(uow.session)


def _count(uow: UnitOfWork, scope: Scope) -> None:
    key = {"team_id": uow.team_id, "layer": scope.layer, "scope_id": scope.id}
    insert_new(uow.session, VersionRow, [key | {"version": 0}])
    row = uow.session.get_one(
        VersionRow, (uow.team_id, scope.layer, scope.id), with_for_update=True
    )
    row.version += 1
