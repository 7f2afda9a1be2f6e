"""Shows and changes settings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.core import attention, boards, channels, people, visibility
from bot.core.agreement import changing, reading, refusals
from bot.core.agreement.changing import Change
from bot.core.agreement.kinds import Plain, Switch, readable
from bot.core.agreement.refusals import Refused
from bot.core.agreement.roles import may_change
from bot.core.agreement.setting import Catalogue, Layer, Scope, Setting, person_scope
from bot.core.attention import Route, Urgency
from bot.core.bot import Bot
from bot.core.events import MessageNotSent, MessageSent
from bot.core.ids import new_id
from bot.core.people import Person
from bot.core.render import Mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.features.agreement import messages
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
            _refused(uow, setting, scope),
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


def _refused(uow: UnitOfWork, setting: Setting[Any], scope: Scope) -> str:
    found = refusals.find(uow, scope, setting.key) if setting.posts else None
    return found.code if found else ""


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
    return [replace(each, given=values.get(each.setting.key, "")) for each in fields]


def note_refused(uow: UnitOfWork, agreement: Catalogue, event: MessageNotSent) -> None:
    """Flags the settings because of which Baton wanted to post in a channel that is closed."""
    found = refusals.concerned(uow, agreement, event.key, event.channel_id)
    if refusals.note(uow, found, event.code):
        boards.touch_all(uow)


def lift_refused(uow: UnitOfWork, agreement: Catalogue, event: MessageSent) -> None:
    """Takes that back once such a message stands there."""
    found = refusals.concerned(uow, agreement, event.key, event.channel_id)
    if refusals.lift(uow, found):
        boards.touch_all(uow)


def refused_for(agreement: Catalogue, uow: UnitOfWork, person: Person) -> list[Mrkdwn]:
    """What cannot be done of what somebody set, or looks after as an admin, a line each."""
    return [
        messages.refused_line(setting, _channel_of(uow, each, person), each.code)
        for each in refusals.every(uow.session, uow.team_id)
        if person.is_admin or each.set_by == person.user_id
        if (setting := agreement.find(each.key)) is not None
    ]


def tell(agreement: Catalogue, uow: UnitOfWork, refused: Refused) -> None:
    """Tells whoever set it, or else an admin, that it cannot be done, when they are open to it."""
    setting, person = agreement.find(refused.key), _who_is_told(uow, refused.set_by)
    if setting is None or person is None or not refusals.is_untold(uow, refused):
        return
    message = messages.refused(setting, _channel_of(uow, refused, person), refused.code)
    key = f"agreement:refused:{new_id()}"
    if attention.reach(uow, key, person, message, urgency=Urgency.ROUTINE) is Route.NOW:
        refusals.note_told(uow, refused)


def _who_is_told(uow: UnitOfWork, set_by: str) -> Person | None:
    ids = [set_by, *people.admins(uow.session, uow.team_id)]
    found = (people.find(uow.session, uow.team_id, each) for each in ids)
    return next(
        (
            each
            for each in found
            if each is not None and each.is_member and not attention.is_off(uow, each.user_id)
        ),
        None,
    )


def _channel_of(uow: UnitOfWork, refused: Refused, reader: Person) -> str:
    """The name of the channel, if its reader may see it; empty: they may not."""
    if _is_channel(refused.scope):
        found = channels.find(uow.session, uow.team_id, refused.scope.id)
    else:
        said = reading.of_scope(uow.session, uow.team_id, refused.scope).get(refused.key)
        found = channels.called(uow.session, uow.team_id, str(said))
    if found is None:
        return ""
    is_open = not found.is_private or visibility.may_see(uow, reader.user_id, found.channel_id)
    return found.name if is_open else ""
