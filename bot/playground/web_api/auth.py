"""auth.test and apps.connections.open: who the app is, and where its sockets connect."""

from bot.playground.app import APP_TOKEN
from bot.playground.slack import LocalSlack
from bot.playground.web_api import ApiError, Arguments, method
from bot.playground.world import BOT_ID, BOT_USER_ID, TEAM_ID, TEAM_NAME, Json


@method("auth.test", takes_json=True)
def auth_test(slack: LocalSlack, _arguments: Arguments) -> Json:
    """Tells whose token it is; what it may do stands in a header."""
    return {
        "url": slack.url,
        "team": TEAM_NAME,
        "user": slack.app.name.lower(),
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", token=APP_TOKEN, takes_json=True)
def open_connection(slack: LocalSlack, _arguments: Arguments) -> Json:
    """Hands out the address of a new socket."""
    if not slack.app.socket_mode:
        raise ApiError("not_allowed_token_type")
    return {"url": slack.socket_url()}
