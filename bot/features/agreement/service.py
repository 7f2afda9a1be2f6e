"""Shows and changes settings."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core import channels, people
from bot.core.agreement import changing, reading
from bot.core.agreement.changing import Change
from bot.core.agreement.kinds import Plain, Switch, readable
from bot.core.agreement.roles import may_change
from bot.core.agreement.setting import Layer, Scope, Setting, person_scope
from bot.core.bot import Bot
from bot.core.unit_of_work import UnitOfWork
from bot.features.agreement.messages import Past
from bot.features.agreement.rules import INHERIT, Changed, Field, FormReference


def may(uow: UnitOfWork, user_id: str, scope: Scope) -> bool:
    """Whether somebody may change the settings of a scope."""
    actor = people.find(uow.session, uow.team_id, user_id)
    channel = channels.find(uow.session, uow.team_id, scope.id) if _is_channel(scope) else None
    return actor is not None and may_change(actor, scope, channel)


def is_admin(uow: UnitOfWork, user_id: str) -> bool:
    """Whether somebody may change what holds for everybody."""
    return may(uow, user_id, Scope(Layer.WORKSPACE))


def knows(uow: UnitOfWork, scope: Scope) -> bool:
    """Whether there are settings for a scope: a channel must be one that Baton is in."""
    channel = channels.find(uow.session, uow.team_id, scope.id) if _is_channel(scope) else None
    return not _is_channel(scope) or (channel is not None and channel.is_member)


def fields(bot: Bot, uow: UnitOfWork, scope: Scope) -> list[Field]:
    """The fields of a scope's form, as they are set now."""
    return [
        Field(
            setting,
            _given(setting, _said(uow, setting, scope), scope.layer),
            _inherited(uow, setting, scope),
        )
        for setting in bot.agreement.on(scope.layer)
    ]


def reference(uow: UnitOfWork, scope: Scope, *, lock: bool = False) -> FormReference:
    """What a form of this scope says it is about; with a `lock` it stays so until the end."""
    return FormReference(scope, reading.version(uow.session, uow.team_id, scope, lock=lock))


def title_of(uow: UnitOfWork, scope: Scope) -> str:
    """What a scope is called."""
    match scope.layer:
        case Layer.WORKSPACE:
            return "Workspace settings"
        case Layer.CHANNEL:
            channel = channels.find(uow.session, uow.team_id, scope.id)
            return f"#{channel.name}" if channel else "Channel settings"
        case Layer.PERSON:
            return "My settings"


def history(bot: Bot, uow: UnitOfWork, scope: Scope) -> list[Past]:
    """The newest changes of a scope, in words."""
    past = []
    for entry in changing.history(uow.session, uow.team_id, scope):
        setting = bot.agreement.find(entry.about.removeprefix(f"{scope}:"))
        if setting is not None:
            before, after = (_words(setting, each) for each in (entry.before, entry.after))
            past.append(Past(entry.at, entry.actor_id, Changed(setting.label, before, after)))
    return past


def save(
    bot: Bot, uow: UnitOfWork, scope: Scope, values: Mapping[str, Plain | None], *, by: str
) -> list[Changed]:
    """Changes what is different, tells the house, and returns it in words."""
    wanted = [
        Change(setting, scope, after=_wanted(uow, setting, scope, values[setting.key]))
        for setting in bot.agreement.on(scope.layer)
        if setting.key in values
    ]
    inherited = {each.setting.key: _inherited(uow, each.setting, scope) for each in wanted}

    def words(change: Change, said: Plain | None) -> str:
        return inherited[change.setting.key] if said is None else _words(change.setting, said)

    return [
        Changed(each.setting.label, words(each, each.before), words(each, each.after))
        for each in bot.change_settings(uow, wanted, by=by)
    ]


def _wanted(
    uow: UnitOfWork, setting: Setting[Any], scope: Scope, given: Plain | None
) -> Plain | None:
    """What a scope says from now on: a list that is ticked as it holds anyway says nothing."""
    holds_anyway = setting.kind.holds_several and given == _holding(uow, setting, scope)
    return None if holds_anyway else given


def switch(bot: Bot, uow: UnitOfWork, key: str, user_id: str, *, on: bool) -> Setting[Any] | None:
    """Switches a setting of somebody's own; None if there is no such switch."""
    setting = bot.agreement.find(key)
    if setting is None or not isinstance(setting.kind, Switch):
        return None
    if Layer.PERSON not in setting.layers:
        return None
    save(bot, uow, person_scope(user_id), {key: on}, by=user_id)
    return setting


def _is_channel(scope: Scope) -> bool:
    return scope.layer is Layer.CHANNEL


def _given(setting: Setting[Any], said: Plain | None, layer: Layer) -> str:
    if said is not None:
        return readable(setting, said)
    if not setting.has_above(layer):
        return setting.kind.typed(setting.default)
    return INHERIT if setting.kind.options else ""


def _said(uow: UnitOfWork, setting: Setting[Any], scope: Scope) -> Plain | None:
    """What a scope itself says; of a list what holds there, so that it is ticked."""
    said = reading.of_scope(uow.session, uow.team_id, scope).get(setting.key)
    return _holding(uow, setting, scope) if said is None and setting.kind.holds_several else said


def _holding(uow: UnitOfWork, setting: Setting[Any], scope: Scope) -> Plain:
    """What holds on a scope that says nothing itself, as data."""
    above = reading.inherited(uow.session, uow.team_id, setting, scope)
    return setting.kind.plain(above)


def _inherited(uow: UnitOfWork, setting: Setting[Any], scope: Scope) -> str:
    return setting.kind.words(reading.inherited(uow.session, uow.team_id, setting, scope))


def _words(setting: Setting[Any], said: Any) -> str:
    return "not set" if said is None else readable(setting, said, setting.kind.words)


def with_given(fields: Sequence[Field], values: Mapping[str, str]) -> list[Field]:
    """The fields with what somebody had typed in them."""
    return [
        Field(each.setting, values.get(each.setting.key, ""), each.inherited) for each in fields
    ]
