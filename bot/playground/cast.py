"""Who works at Tideline, the team of the demo and the playground, and where they talk.

Other workspaces of the same local Slack have people of the same names.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.playground.world import TIDELINE, Channel, Team, User, UserGroup, World

OTHER_APP: Final = "U0DEPLOY0"

PEOPLE: Final = (
    User("U0TOM0000", "Tom", "Tom Becker", "Europe/Berlin", locale="de-DE", is_admin=True),
    User("U0ANA0000", "Ana", "Ana Souza", "America/Sao_Paulo", locale="pt-BR"),
    User("U0PRIYA00", "Priya", "Priya Nair", "Asia/Kolkata", locale="en-IN"),
    User("U0SAM0000", "Sam", "Sam Rivera", "America/Los_Angeles", locale="en-US"),
    User("U0MEI0000", "Mei", "Mei Tanaka", "Asia/Tokyo", locale="ja-JP"),
    User("U0NOOR000", "Noor", "Noor Haddad", "Europe/Berlin", locale="de-DE"),
    User("U0IVO0000", "Ivo", "Ivo Brandt", "Europe/Berlin", locale="de-DE"),
    User("U0GIL0000", "Gil", "Gil Ortega", "Europe/Madrid", is_ultra_restricted=True),
    User("U0DORA000", "Dora", "Dora Lind", "Europe/Stockholm", deleted=True),
    User(OTHER_APP, "Deploys", "Deploys", "UTC", is_bot=True),
)

APP_CHANNELS: Final = ("C0WEBSITE", "C0INFRA00")
"""The channels that the app is added to when it is installed."""

TEAM: Final = (
    "U0TOM0000",
    "U0ANA0000",
    "U0PRIYA00",
    "U0SAM0000",
    "U0MEI0000",
    "U0NOOR000",
    "U0IVO0000",
)


CHANNELS: Final[tuple[tuple[str, str, tuple[str, ...], str, str], ...]] = (
    ("C0GENERAL", "general", (*TEAM, "U0DORA000"), "", "U0TOM0000"),
    (
        "C0WEBSITE",
        "web-relaunch",
        (*TEAM, OTHER_APP, "U0GIL0000"),
        "Everything about the new site",
        "U0PRIYA00",
    ),
    ("C0INFRA00", "infra", (*TEAM, OTHER_APP), "", "U0SAM0000"),
    ("G0LEADS00", "leads", ("U0TOM0000", "U0PRIYA00"), "", "U0TOM0000"),
)
"""Where they talk: id, name, who is in it, what it is about and who made it."""

GROUPS: Final = (
    ("S0DESIGN0", "design", "Design", ("U0ANA0000", "U0MEI0000")),
    ("S0BACKEND", "backend", "Backend", ("U0PRIYA00", "U0TOM0000")),
)
"""The user groups: id, handle, name and who is in them."""


def everybody(now: datetime, team: Team = TIDELINE) -> World:
    """A workspace with these people, before any app is installed."""
    world = World(team)
    for user in PEOPLE:
        world.users[team.own(user.id)] = replace(user, id=team.own(user.id), team=team.id)
    created = now.astimezone(UTC) - timedelta(days=90)
    for ident, name, members, topic, creator in CHANNELS:
        channel = Channel(
            team.own(ident),
            name,
            "group" if ident.startswith("G") else "channel",
            created,
            [team.own(member) for member in members],
            topic=topic,
            creator=team.own(creator),
        )
        world.channels[channel.id] = channel
    for ident, handle, name, members in GROUPS:
        people, maker = [team.own(member) for member in members], team.own("U0TOM0000")
        group = UserGroup(team.own(ident), handle, name, people, maker, created, created)
        group.team = team.id
        world.groups[group.id] = group
    return world
