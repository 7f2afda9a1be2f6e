"""oauth.v2.access: a code becomes a token."""

from bot.playground.oauth import OAuthError, check_client
from bot.playground.web_api import ApiError, Arguments, Call, Token, method_of_app
from bot.playground.world import APP_ID, Json


@method_of_app(
    "oauth.v2.access",
    required=["code"],
    optional=["client_id", "client_secret", "redirect_uri"],
    token=Token.NONE,
)
def access(call: Call, arguments: Arguments) -> Json:
    """Installs the app as somebody has just allowed, and hands out its token."""
    try:
        check_client(
            str(arguments.get("client_id") or ""), str(arguments.get("client_secret") or "")
        )
        given = str(arguments["code"]), str(arguments.get("redirect_uri") or "")
        install, consent = call.installs.exchange(*given)
    except OAuthError as wrong:
        raise ApiError(wrong.code) from None
    team = call.installs.workspaces[consent.team].world.team
    organisation = team.organisation
    return {
        "access_token": install.token,
        "token_type": "bot",
        "scope": ",".join(sorted(install.scopes)),
        "bot_user_id": team.bot_user_id,
        "app_id": APP_ID,
        "team": None if install.is_org_wide else {"id": team.id, "name": team.name},
        "enterprise": (
            {"id": organisation.id, "name": organisation.name} if organisation else None
        ),
        "is_enterprise_install": install.is_org_wide,
        "authed_user": {"id": consent.person},
    }
