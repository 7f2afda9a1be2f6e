"""Who may change what. Roles come from our tables, never from what a payload says."""

from bot.core.agreement.setting import Layer, Scope
from bot.core.channels import Channel
from bot.core.people import Person


def may_change(actor: Person, scope: Scope, channel: Channel | None) -> bool:
    """Whether somebody may change the settings of a scope.

    Admins and owners those of the workspace; they and a channel's creator those of the channel;
    everybody their own.
    """
    if not actor.is_member:
        return False
    match scope.layer:
        case Layer.WORKSPACE:
            return actor.is_admin
        case Layer.CHANNEL:
            is_creator = channel is not None and channel.creator_id == actor.user_id
            return actor.is_admin or is_creator
        case Layer.PERSON:
            return scope.id == actor.user_id
