"""The workspace that a call is about, which the token of an organisation leaves open."""

from collections.abc import Container, Mapping
from typing import Any, Final

from bot.playground.oauth import Installs
from bot.playground.oauth_install import Install
from bot.playground.slack import LocalSlack

NEED_TEAM: Final = frozenset(
    {"conversations.create", "users.conversations", "usergroups.list", "usergroups.users.list"}
)
"""What an organisation's token can call only for a workspace that is named."""


class NoPlace(Exception):
    """A call leaves open which workspace it is about; `code` is Slack's error."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def find(
    installs: Installs, install: Install, method: str, arguments: Mapping[str, Any]
) -> LocalSlack:
    """The workspace in which a call is carried out. Raises NoPlace.

    An organisation's says which, or names what is in but one of them; people may be in several, and
    are the same there. A workspace's need not, and what it says does not count.
    """
    slacks = [installs.workspaces[team] for team in install.teams]
    if not install.is_org_wide:
        return slacks[0]
    team = arguments.get("team_id")
    if team:
        named = [slack for slack in slacks if slack.world.team.id == team]
        if not named:
            raise NoPlace("team_access_not_granted")
        return named[0]
    knowing = [slack for slack in slacks if _knows(slack, arguments)]
    is_open = len(knowing) > 1 and any(arguments.get(name) for name in ("channel", "channel_id"))
    if method in NEED_TEAM or is_open or not slacks:
        raise NoPlace("missing_argument")
    return [*knowing, *slacks][0]


def _knows(slack: LocalSlack, arguments: Mapping[str, Any]) -> bool:
    """Whether everything that a call names by its id is in this workspace."""
    return all(
        each in known
        for name, known in _known(slack).items()
        for each in filter(None, str(arguments.get(name) or "").split(","))
    )


def _known(slack: LocalSlack) -> Mapping[str, Container[str]]:
    """What there is, by the argument that names it."""
    world = slack.world
    views = [
        *world.homes.values(),
        *(each for open_ in world.open_views.values() for each in open_),
    ]
    return {
        "channel": {*world.channels, *world.users},
        "channel_id": world.channels,
        "user": world.users,
        "user_id": world.users,
        "users": world.users,
        "trigger_id": slack.triggers.triggers,
        "view_id": {view.id for view in views},
        "function_execution_id": world.executions,
    }
