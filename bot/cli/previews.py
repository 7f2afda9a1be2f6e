"""Shows what would be sent now, as people would read it; nothing of it stays."""

import json
from typing import Final

import typer
from sqlalchemy.exc import OperationalError

from bot.cli import house
from bot.core import channels, groups, people
from bot.core.blocks import Message, payload
from bot.core.errors import BatonError, DatabaseBusy
from bot.core.patterns import regex
from bot.core.render import groups_in, mentions_in
from bot.core.unit_of_work import UnitOfWork
from bot.playground import plain_text
from bot.playground.world import Channel, User, UserGroup, World

_CHANNEL: Final = regex(r"<#(\w+)")


class NoPreview(BatonError):
    """No feature can show that: is it taken out?"""


def show(what: str, wanted: str, workspace: str) -> None:
    """Prints what somebody or a channel would get now. Raises BatonError."""
    try:
        text, unsure = _looked_at(what, wanted, workspace)
    except OperationalError:
        raise DatabaseBusy from None
    typer.echo(text)
    if unsure:
        which = "a channel" if unsure == 1 else f"{unsure} channels"
        told = (
            f"note: who is in {which} is not known for certain; before it is sent Slack is asked."
        )
        typer.echo(told, err=True)


def _looked_at(what: str, wanted: str, workspace: str) -> tuple[str, int]:
    """It as text, and of how many channels it is not known for certain who is in them."""
    with house.opened() as bot:
        look = bot.previews.get(what)
        if look is None:
            raise NoPreview(f"({what})")
        with bot.reading() as (session, _):
            team_id = house.workspace(session, workspace).team_id
        with bot.looking(team_id) as uow:
            message = look(uow, wanted)
            text = _as_text(uow, message) if message else "Nothing: there is nothing to say."
            return text, len(uow.unsure)


def _as_text(uow: UnitOfWork, message: Message) -> str:
    posted = payload(message)
    world = _world(uow, json.dumps(posted, ensure_ascii=False))
    return plain_text.of_message(world, posted["text"], posted.get("blocks", ()))


def _world(uow: UnitOfWork, text: str) -> World:
    """How everybody and everything is called that a text mentions."""
    world, place, now = World(), (uow.session, uow.team_id), uow.now
    for user_id, name in people.names(*place, mentions_in(text)).items():
        world.users[user_id] = User(user_id, name, name, "UTC")
    for group_id, name in groups.names(*place, groups_in(text)).items():
        world.groups[group_id] = UserGroup(group_id, name, name, [], "", now, now)
    for channel_id in _CHANNEL.findall(text):
        found = channels.find(*place, channel_id)
        if found is not None:
            world.channels[channel_id] = Channel(channel_id, found.name, "channel", now, [])
    return world
