"""auth.*: whose token it is, where it works, and its end."""

from bot.playground import oauth_events
from bot.playground.oauth_install import Fate
from bot.playground.web_api import ApiError, Arguments, Call, is_true, method_of_app, page
from bot.playground.world import Json


@method_of_app("auth.test", takes_json=True)
def auth_test(call: Call, _arguments: Arguments) -> Json:
    """Tells whose token it is; what it may do stands in a header."""
    install = call.install
    if install is None:
        raise ApiError("not_allowed_token_type")
    slack, organisation = call.slack, install.organisation
    if organisation is None:
        slack = call.installs.workspaces[install.teams[0]]
    team = slack.world.team
    shape: Json = {
        "url": slack.url,
        "team": team.name,
        "user": slack.app.name.lower(),
        "team_id": team.id,
        "user_id": team.bot_user_id,
        "bot_id": team.bot_id,
        "is_enterprise_install": install.is_org_wide,
    }
    if organisation is not None:
        names = {"team": organisation.name, "team_id": organisation.id, "url": slack.server_url}
        return shape | names | {"enterprise_id": organisation.id}
    return shape | ({"enterprise_id": team.organisation.id} if team.organisation else {})


@method_of_app("auth.revoke", optional=["test"])
def auth_revoke(call: Call, arguments: Arguments) -> Json:
    """Gives the token back: the app is out, though nobody uninstalled it."""
    is_revoked = call.install is not None and not is_true(arguments, "test")
    if call.install is not None and is_revoked:
        oauth_events.end(call.installs, call.install, Fate.REVOKED)
    return {"revoked": is_revoked}


@method_of_app("auth.teams.list", optional=["limit", "cursor", "include_icon"])
def list_teams(call: Call, arguments: Arguments) -> Json:
    """Lists the workspaces in which the token works."""
    teams = [call.installs.workspaces[each].world.team for each in _teams(call)]
    found, cursor = page([{"id": each.id, "name": each.name} for each in teams], arguments, 100)
    return {"teams": found, **cursor}


def _teams(call: Call) -> list[str]:
    return call.install.teams if call.install else []
