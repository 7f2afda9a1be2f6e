"""Reads the agreement: the nearest layer that says something wins."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import JSON, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.agreement.kinds import Plain
from bot.core.agreement.setting import EVERYWHERE, Layer, Scope, Setting
from bot.core.db import Base, affected, insert_new, portions, those_with
from bot.core.week import Unreadable

T = TypeVar("T")

_CACHE = "agreement"


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
    places = (
        (Layer.PERSON, user_id),
        (Layer.CHANNEL, channel_id),
        (Layer.WORKSPACE, EVERYWHERE),
    )
    scopes = [
        Scope(layer, scope_id) for layer, scope_id in places if scope_id or layer is Layer.WORKSPACE
    ]
    _read_together(session, team_id, scopes)
    for scope in scopes:
        if scope.layer in setting.layers:
            said = of_scope(session, team_id, scope)
            if setting.key in said:
                with suppress(Unreadable):  # an older version stored what this one cannot read
                    return setting.kind.read(said[setting.key])
    return setting.default


def of_scope(session: Session, team_id: str, scope: Scope) -> Mapping[str, Plain]:
    """What one scope itself says, by key; read once in a unit of work."""
    cache: dict[tuple[str, Scope], dict[str, Plain]] = session.info.setdefault(_CACHE, {})
    if (team_id, scope) not in cache:
        read_ahead(session, team_id, scope.layer, those_with(session, scope.id))
    return cache[team_id, scope]


def _read_together(session: Session, team_id: str, scopes: Sequence[Scope]) -> None:
    """Reads what several scopes say in one go, unless that is read ahead for many people."""
    cache: dict[tuple[str, Scope], dict[str, Plain]] = session.info.setdefault(_CACHE, {})
    unread = [scope for scope in scopes if (team_id, scope) not in cache]
    if len(unread) < 2 or any(len(those_with(session, scope.id)) > 1 for scope in unread):  # noqa: PLR2004
        return
    cache.update({(team_id, scope): {} for scope in unread})
    row = SettingRow
    rows = select(row.layer, row.scope_id, row.key, row.value).where(
        row.team_id == team_id,
        row.layer.in_([scope.layer for scope in unread]),
        row.scope_id.in_([scope.id for scope in unread]),
    )
    for layer, scope_id, key, said in session.execute(rows):
        scope = Scope(Layer(layer), scope_id)
        if scope in unread:
            cache[team_id, scope][key] = said


def read_ahead(session: Session, team_id: str, layer: Layer, scope_ids: Iterable[str]) -> None:
    """Reads what many scopes of a layer say in one go, for when they are asked about one by one."""
    cache: dict[tuple[str, Scope], dict[str, Plain]] = session.info.setdefault(_CACHE, {})
    wanted = {each for each in scope_ids if (team_id, Scope(layer, each)) not in cache}
    for some in portions(sorted(wanted)):
        cache.update({(team_id, Scope(layer, each)): {} for each in some})
        rows = select(SettingRow.scope_id, SettingRow.key, SettingRow.value).where(
            SettingRow.team_id == team_id, SettingRow.layer == layer, SettingRow.scope_id.in_(some)
        )
        for scope_id, key, said in session.execute(rows):
            cache[team_id, Scope(layer, scope_id)][key] = said


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


def forget_person(session: Session, team_id: str, user_id: str) -> int:
    """Deletes somebody's own settings; returns how many."""
    scope = Scope(Layer.PERSON, user_id)
    session.execute(delete(VersionRow).where(*of(VersionRow, team_id, scope)))
    forget_cache(session)
    return affected(session, delete(SettingRow).where(*of(SettingRow, team_id, scope)))


def of(table: Any, team_id: str, scope: Scope) -> tuple[Any, ...]:
    """The rows of a scope, as conditions."""
    return (table.team_id == team_id, table.layer == scope.layer, table.scope_id == scope.id)
