"""Everything one person sees at this moment, as JSON for the page and for tests."""

from zoneinfo import ZoneInfo

from bot.playground import payloads
from bot.playground.slack import LocalSlack
from bot.playground.world import Channel, Json, Message, User, UserGroup, View


def of_person(slack: LocalSlack, person: User) -> Json:
    """The person's sidebar, and what is open in front of them."""
    world = slack.world
    now = slack.clock.now()
    stack = world.open_views.get(person.id, [])
    home = world.homes.get(person.id)
    return {
        "revision": slack.revision.number,
        "now": now.isoformat(),
        "me": person.id,
        "team": {"id": world.team.id, "name": world.team.name, "url": slack.url},
        "teams": [
            {"id": each.world.team.id, "name": each.world.team.name} for each in slack.neighbours
        ],
        "app": {
            "user": slack.bot,
            "name": slack.app.name,
            "has_home": slack.app.has_home,
            "commands": [
                {"name": c.name, "description": c.description, "usage": c.usage}
                for c in slack.app.commands.values()
            ],
            "shortcuts": [
                {
                    "callback_id": s.callback_id,
                    "name": s.name,
                    "description": s.description,
                    "is_global": s.is_global,
                }
                for s in slack.app.shortcuts.values()
            ],
        },
        "people": [_person(slack, user) for user in world.users.values()],
        "groups": [_group(group) for group in world.groups.values()],
        "channels": [
            _channel(person, channel, _mentions(slack, person))
            for channel in world.channels.values()
            if world.sees(person.id, channel)
        ],
        "view": _view(slack, stack[-1]) if stack else None,
        "home": _view(slack, home) if home else None,
    }


def of_channel(slack: LocalSlack, person: User, channel: Channel) -> Json:
    """The messages of a conversation as this person sees them, the oldest first."""
    shown = [_message(slack, person, channel, message) for message in channel.messages.values()]
    shown += [
        payloads.ephemeral(each)
        | {"user": slack.bot, "thread_ts": each.thread_ts}
        | {"given": slack.world.given(person.id, each.ts)}
        for each in slack.world.ephemerals
        if each.user == person.id and each.channel == channel.id
    ]
    return {
        "channel": channel.id,
        "members": channel.members,
        "topic": channel.topic,
        "messages": sorted(shown, key=lambda message: str(message["ts"])),
    }


def _message(slack: LocalSlack, person: User, channel: Channel, message: Message) -> Json:
    given = slack.world.given(person.id, message.ts)
    return slack.shape(channel, message) | {"is_reply": message.is_reply, "given": given}


def _person(slack: LocalSlack, user: User) -> Json:
    local = slack.clock.now().astimezone(ZoneInfo(user.tz))
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "tz": user.tz,
        "local": f"{local:%a %H:%M}",
        "is_bot": user.is_bot,
        "is_external": user.team != slack.world.team.id,
        "is_admin": user.is_admin,
        "status": {"emoji": user.status_emoji, "text": user.status_text},
        "is_guest": user.is_restricted or user.is_ultra_restricted,
        "deleted": user.deleted,
    }


def _group(group: UserGroup) -> Json:
    return {
        "id": group.id,
        "handle": group.handle,
        "name": group.name,
        "members": group.members,
        "is_disabled": group.disabled is not None,
    }


def _mentions(slack: LocalSlack, person: User) -> tuple[str, ...]:
    """How somebody is mentioned: by themselves, and by the groups they are in."""
    groups = slack.world.groups.values()
    theirs = [f"<!subteam^{group.id}" for group in groups if person.id in group.members]
    return (f"<@{person.id}", *theirs)


def _channel(person: User, channel: Channel, mentions: tuple[str, ...]) -> Json:
    read = channel.last_read.get(person.id, "")
    others = [
        message
        for message in channel.messages.values()
        if message.ts > read and message.user != person.id
    ]
    is_direct = channel.kind in {"im", "mpim"}
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "is_member": person.id in channel.members,
        "is_shared": bool(channel.other_team),
        "is_archived": channel.is_archived,
        "with": [member for member in channel.members if member != person.id] if is_direct else [],
        "unread": len(others),
        "mentions": sum(
            is_direct or any(mention in message.text for mention in mentions) for message in others
        ),
    }


def _view(slack: LocalSlack, view: View) -> Json:
    given = slack.world.given(view.user, view.id)
    seen = {"id": view.id, "hash": view.hash, "errors": view.errors, "given": given}
    return seen | view.payload
