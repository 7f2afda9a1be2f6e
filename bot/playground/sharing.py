"""Channels shared between organisations (Slack Connect), with people of both in them."""

from dataclasses import replace

from bot.playground import events
from bot.playground.accounts import Refused
from bot.playground.slack import LocalSlack
from bot.playground.world import Channel


def connect(slack: LocalSlack, channel: Channel, team: str) -> None:
    """Shares a channel with another organisation: its people can read it.

    If the same server hosts that one, the channel is there from now on, too, and its people come
    into it as they come into others. Raises Refused.
    """
    if channel.other_team == team:
        return
    guest = _hosted(slack, team)
    if guest is not None:
        if channel.id in guest.world.channels or slack.bot == guest.bot:
            raise Refused("workspaces with equal ids can share nothing")
        guest.world.channels[channel.id] = channel
        slack.introduce(channel)
    channel.other_team = team
    slack.tell(events.connected(channel, team, slack.clock.ts()), channel)
    if guest is not None:
        host = slack.world.team.id
        guest.tell(events.connected(channel, host, slack.clock.ts()), channel)
    slack.revision.bump()


def disconnect(slack: LocalSlack, channel: Channel) -> None:
    """Who shared a channel shares it no more; the others keep a copy of it under a new id."""
    team, channel.other_team = channel.other_team, ""
    if not team:
        return
    for guest in slack.sides(channel):
        if guest.world.team.id == team:
            _leave_a_copy(guest, channel)
            guest.revision.bump()
    slack.tell(events.disconnected(channel, team, slack.clock.ts()), channel)
    slack.revision.bump()


def _leave_a_copy(guest: LocalSlack, channel: Channel) -> None:
    world = guest.world
    guests = [each for each in channel.members if world.users[each].team == world.team.id]
    kept = replace(channel, id=world.new_id("C"), members=guests, messages=dict(channel.messages))
    channel.members[:] = [each for each in channel.members if each not in guests]
    del world.channels[channel.id]
    world.channels[kept.id] = kept


def _hosted(slack: LocalSlack, team: str) -> LocalSlack | None:
    return next((each for each in slack.neighbours if each.world.team.id == team), None)
