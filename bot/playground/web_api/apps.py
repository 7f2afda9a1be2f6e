"""apps.*: where the app's sockets connect, and how it takes itself away."""

from bot.playground import oauth_events
from bot.playground.oauth import OAuthError, check_client
from bot.playground.oauth_install import Fate
from bot.playground.web_api import ApiError, Arguments, Call, Token, method_of_app
from bot.playground.world import Json


@method_of_app("apps.connections.open", token=Token.APP, takes_json=True)
def open_connection(call: Call, _arguments: Arguments) -> Json:
    """Hands out the address of a new socket."""
    if not call.slack.app.socket_mode:
        raise ApiError("not_allowed_token_type")
    return {"url": call.slack.socket_url()}


@method_of_app("apps.uninstall", optional=["client_id", "client_secret"])
def uninstall(call: Call, arguments: Arguments) -> Json:
    """Uninstalls the app from where this token works."""
    try:
        check_client(str(arguments.get("client_id")), str(arguments.get("client_secret")))
    except OAuthError as wrong:
        raise ApiError(wrong.code) from None
    if call.install is not None:
        oauth_events.end(call.installs, call.install, Fate.UNINSTALLED)
    return {}
