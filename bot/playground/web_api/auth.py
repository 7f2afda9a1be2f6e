"""auth.test and apps.connections.open: who the app is, and where its sockets connect."""

from bot.playground.slack import LocalSlack
from bot.playground.web_api import ApiError, Arguments, method
from bot.playground.world import Json


@method("auth.test", takes_json=True)
def auth_test(slack: LocalSlack, _arguments: Arguments) -> Json:
    """Tells whose token it is; what it may do stands in a header."""
    team = slack.world.team
    return {
        "url": slack.url,
        "team": team.name,
        "user": slack.app.name.lower(),
        "team_id": team.id,
        "user_id": team.bot_user_id,
        "bot_id": team.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", takes_app_token=True, takes_json=True)
def open_connection(slack: LocalSlack, _arguments: Arguments) -> Json:
    """Hands out the address of a new socket."""
    if not slack.app.socket_mode:
        raise ApiError("not_allowed_token_type")
    return {"url": slack.socket_url()}
