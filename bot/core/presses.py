"""Decides whether a press is good: of a button of ours, by whom and where it was made for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

from bot.core import actions, audit
from bot.core.actions import ActionRow, Surface
from bot.core.events import (
    ButtonPressed,
    Command,
    FormSubmitted,
    GlobalShortcut,
    Interaction,
    MessageShortcut,
)
from bot.core.outbox import Sent
from bot.core.unit_of_work import UnitOfWork

StateOf: TypeAlias = Callable[[UnitOfWork, str], str | None]
"""The present state of the object with this id; None: there is none."""

_KINDS: Final = {
    ButtonPressed: "button",
    Command: "command",
    MessageShortcut: "shortcut",
    GlobalShortcut: "shortcut",
    FormSubmitted: "form",
}


class Reason(StrEnum):
    """Why something was refused."""

    FORGED = "forged"  # no button of ours, or one so old that nothing is known of it
    COPIED = "copied"  # of another person or another message
    REPLAYED = "replayed"  # the same press a second time
    STALE = "stale"
    CHANGED = "changed"  # what the button is about is in another state by now


@dataclass(frozen=True, slots=True)
class Refused:
    """A press that has no effect; `first_id` is who pressed before, if somebody else did."""

    reason: Reason
    first_id: str | None = None


def admit(
    uow: UnitOfWork, event: ButtonPressed, states: Mapping[str, StateOf]
) -> ButtonPressed | Refused:
    """The press with the name and reference that the button stands for, or why it has no effect.

    Buttons of a form are bound by the form itself.
    """
    if event.in_form:
        return event
    token = event.value or event.action_id
    action = actions.find(uow.session, uow.team_id, token)
    if action is None:
        return _refused(uow, event, "button", Reason.FORGED)
    sent = uow.outbox.sent(action.key) if action.surface == Surface.MESSAGE else None
    reason = judge(action, event, sent, uow.now)
    if reason is None and not _is_in_its_state(uow, action, event.user_id, states):
        reason = Reason.CHANGED
    if reason is not None:
        return _refused(uow, event, f"button:{action.name}", reason, action.pressed_by)
    if action.pressed_by is None:
        action.pressed_by = event.user_id
        action.channel_id, action.message_ts = event.channel_id, event.message_ts
    chosen = (action.reference,) if event.chosen else ()  # what Slack told of is a token, too
    return replace(event, action_id=action.name, value=action.reference, chosen=chosen)


def judge(
    action: ActionRow, event: ButtonPressed, sent: Sent | None, now: datetime
) -> Reason | None:
    """What speaks against a press; `sent` is where the button's message stands, if that is known.

    Where nobody tells us, the button belongs to the message on which it was pressed first.
    """
    if event.on_home is not (action.surface == Surface.HOME):
        return Reason.COPIED
    if action.user_id not in {None, event.user_id}:
        return Reason.COPIED
    pressed_on = (event.channel_id, event.message_ts)
    known = (sent.channel_id, sent.ts) if sent else (action.channel_id, action.message_ts)
    if known not in {(None, None), pressed_on}:
        return Reason.COPIED
    if action.fresh_until is not None and action.fresh_until < now:
        return Reason.STALE
    return None


def refuse_replay(uow: UnitOfWork, event: Interaction) -> Refused:
    """A button, command, shortcut or form came a second time."""
    return _refused(uow, event, _KINDS[type(event)], Reason.REPLAYED)


def _is_in_its_state(
    uow: UnitOfWork, action: ActionRow, user_id: str, states: Mapping[str, StateOf]
) -> bool:
    """Whoever pressed first may press again and is told by the feature what came of it."""
    if action.state is None or action.pressed_by == user_id:
        return True
    state_of = states.get(action.name)
    return state_of is not None and state_of(uow, action.reference) == action.state


def _refused(
    uow: UnitOfWork, event: Interaction, about: str, reason: Reason, first_id: str | None = None
) -> Refused:
    audit.record(
        uow.session,
        uow.team_id,
        at=uow.now,
        actor_id=event.user_id,
        action=f"{about.partition(':')[0]}.refused",
        about=about,
        after={"reason": reason},
    )
    return Refused(reason, first_id if first_id != event.user_id else None)
