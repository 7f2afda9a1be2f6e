"""usergroups.*: who is mentioned together."""

from bot.playground import payloads
from bot.playground.slack import LocalSlack
from bot.playground.web_api import ApiError, Arguments, is_true, method
from bot.playground.world import Json


@method(
    "usergroups.list",
    scope="usergroups:read",
    optional=["include_users", "include_count", "include_disabled"],
)
def list_groups(slack: LocalSlack, arguments: Arguments) -> Json:
    """Lists the user groups; those out of use only for whoever asks for them."""
    with_users, with_count = (is_true(arguments, f"include_{it}") for it in ("users", "count"))
    shown = [
        payloads.group(group, with_users=with_users, with_count=with_count)
        for group in slack.world.groups.values()
        if group.disabled is None or is_true(arguments, "include_disabled")
    ]
    return {"usergroups": shown}


@method(
    "usergroups.users.list",
    scope="usergroups:read",
    required=["usergroup"],
    optional=["include_disabled"],
)
def list_users(slack: LocalSlack, arguments: Arguments) -> Json:
    """Lists who is in a user group."""
    group = slack.world.groups.get(str(arguments["usergroup"]))
    if group is None or (group.disabled and not is_true(arguments, "include_disabled")):
        raise ApiError("no_such_subteam")
    return {"users": group.members}
