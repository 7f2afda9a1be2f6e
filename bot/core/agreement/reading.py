"""Reads the agreement: the nearest layer that says something wins."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import JSON, Select, String, bindparam, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.agreement.kinds import Plain
from bot.core.agreement.setting import EVERYWHERE, Layer, Scope, Setting
from bot.core.db import (
    Base,
    affected,
    forget_lasting,
    grouped,
    insert_new,
    portions,
    those_with,
)
from bot.core.week import Unreadable

T = TypeVar("T")

_CACHE = "agreement"
_WORKSPACE, _CHANNEL, _PERSON = Layer.WORKSPACE.value, Layer.CHANNEL.value, Layer.PERSON.value

_Key: TypeAlias = tuple[str, str, str]
"""A workspace, a layer and the id of a scope."""


class SettingRow(Base):
    """What one scope says about one setting.

    `refused` is why Slack does not let Baton post where it says, in Slack's word; empty: it does,
    as far as is known. `told_at` is when somebody was told of that.
    """

    __tablename__ = "agreement_settings"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    layer: Mapped[str] = mapped_column(String(16), primary_key=True)
    scope_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    set_by: Mapped[str] = mapped_column(String(32))
    set_at: Mapped[datetime]
    refused: Mapped[str] = mapped_column(String(64), default="", server_default="")
    told_at: Mapped[datetime | None]


def _said() -> Select[Any]:
    columns = SettingRow.__table__.c
    return select(columns.layer, columns.scope_id, columns.key, columns.value).where(
        columns.team_id == bindparam("team_id"),
        columns.layer.in_(bindparam("layers", expanding=True)),
        columns.scope_id.in_(bindparam("scope_ids", expanding=True)),
    )


_SAID: Final = _said()


class VersionRow(Base):
    """How often a scope of the agreement was changed."""

    __tablename__ = "agreement_versions"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    layer: Mapped[str] = mapped_column(String(16), primary_key=True)
    scope_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int]


def value(
    session: Session,
    team_id: str,
    setting: Setting[T],
    *,
    channel_id: str = EVERYWHERE,
    user_id: str = EVERYWHERE,
) -> T:
    """What holds for somebody, somewhere."""
    cache: dict[_Key, dict[str, Plain]] = session.info.setdefault(_CACHE, {})
    keys = [(team_id, _WORKSPACE, EVERYWHERE)]
    if channel_id:
        keys.insert(0, (team_id, _CHANNEL, channel_id))
    if user_id:
        keys.insert(0, (team_id, _PERSON, user_id))
    if any(key not in cache for key in keys):
        _read_together(session, team_id, keys)
    for key in keys:
        said = cache[key]
        if setting.key in said and key[1] in setting.layers:
            with suppress(Unreadable):  # an older version stored what this one cannot read
                return setting.kind.read(said[setting.key])
    return setting.default


def of_scope(session: Session, team_id: str, scope: Scope) -> Mapping[str, Plain]:
    """What one scope itself says, by key; read once in a unit of work."""
    cache: dict[_Key, dict[str, Plain]] = session.info.setdefault(_CACHE, {})
    key = (team_id, scope.layer.value, scope.id)
    if key not in cache:
        _read_together(session, team_id, [key])
    return cache[key]


def _read_together(session: Session, team_id: str, keys: Iterable[_Key]) -> None:
    """Reads what several scopes say, those of many people for all of them."""
    by_layer = grouped(keys, by=lambda key: key[1])
    scopes = [
        Scope(Layer(layer), each)
        for layer, some in by_layer.items()
        for key in some
        for each in those_with(session, key[2])
    ]
    read_ahead(session, team_id, scopes)


def read_ahead(session: Session, team_id: str, scopes: Iterable[Scope]) -> None:
    """Reads what many scopes say in one go, for when they are asked about one by one."""
    cache: dict[_Key, dict[str, Plain]] = session.info.setdefault(_CACHE, {})
    keys = {(team_id, scope.layer.value, scope.id) for scope in scopes} - cache.keys()
    cache.update({key: {} for key in keys})
    layers = sorted({layer for _, layer, _ in keys})
    for some in portions(sorted({scope_id for _, _, scope_id in keys})):
        given = {"team_id": team_id, "layers": layers, "scope_ids": some}
        for layer, scope_id, key, said in session.execute(_SAID, given):
            if (team_id, layer, scope_id) in keys:
                cache[team_id, layer, scope_id][key] = said


def inherited(session: Session, team_id: str, setting: Setting[T], scope: Scope) -> T:
    """What holds on a scope that says nothing itself."""
    return value(session, team_id, setting) if setting.has_above(scope.layer) else setting.default


def version(session: Session, team_id: str, scope: Scope, *, lock: bool = False) -> int:
    """How often a scope was changed; with a `lock` nobody changes it meanwhile."""
    key = {"team_id": team_id, "layer": scope.layer, "scope_id": scope.id}
    if lock:
        insert_new(session, VersionRow, [key | {"version": 0}])
    row = session.get(
        VersionRow, tuple(key.values()), with_for_update=lock or None, populate_existing=lock
    )
    return row.version if row else 0


def scopes(session: Session, team_id: str, layer: Layer) -> list[Scope]:
    """The scopes of a layer that say something, by id."""
    rows = select(SettingRow.scope_id).where(
        SettingRow.team_id == team_id, SettingRow.layer == layer
    )
    found = session.scalars(rows.distinct().order_by(SettingRow.scope_id))
    return [Scope(layer, scope_id) for scope_id in found]


def forget_cache(session: Session) -> None:
    """Has everything read again: it was changed in this unit of work."""
    session.info.pop(_CACHE, None)
    forget_lasting(session)  # when people work is among it


def forget_person(session: Session, team_id: str, user_id: str) -> int:
    """Deletes somebody's own settings; returns how many."""
    scope = Scope(Layer.PERSON, user_id)
    session.execute(delete(VersionRow).where(*of(VersionRow, team_id, scope)))
    forget_cache(session)
    return affected(session, delete(SettingRow).where(*of(SettingRow, team_id, scope)))


def of(table: Any, team_id: str, scope: Scope) -> tuple[Any, ...]:
    """The rows of a scope, as conditions."""
    return (table.team_id == team_id, table.layer == scope.layer, table.scope_id == scope.id)
