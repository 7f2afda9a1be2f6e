"""Who works at Tideline, the team of the demo and the playground, and where they talk."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.playground.world import Channel, User, UserGroup, World

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


GROUPS: Final = (
    ("S0DESIGN0", "design", "Design", ("U0ANA0000", "U0MEI0000")),
    ("S0BACKEND", "backend", "Backend", ("U0PRIYA00", "U0TOM0000")),
)
"""The user groups: id, handle, name and who is in them."""


def tideline(now: datetime) -> World:
    """The workspace, before any app is installed."""
    world = World()
    world.users = {user.id: replace(user) for user in PEOPLE}
    created = now.astimezone(UTC) - timedelta(days=90)
    for channel in (
        Channel(
            "C0GENERAL", "general", "channel", created, [*TEAM, "U0DORA000"], creator="U0TOM0000"
        ),
        Channel(
            "C0WEBSITE",
            "web-relaunch",
            "channel",
            created,
            [*TEAM, OTHER_APP, "U0GIL0000"],
            topic="Everything about the new site",
            creator="U0PRIYA00",
        ),
        Channel("C0INFRA00", "infra", "channel", created, [*TEAM, OTHER_APP], creator="U0SAM0000"),
        Channel(
            "G0LEADS00", "leads", "group", created, ["U0TOM0000", "U0PRIYA00"], creator="U0TOM0000"
        ),
    ):
        world.channels[channel.id] = channel
    for ident, handle, name, members in GROUPS:
        group = UserGroup(ident, handle, name, [*members], "U0TOM0000", created, created)
        world.groups[group.id] = group
    return world
