"""The Web API: the methods an app calls, with Slack's checks and errors."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qsl

from bot.playground.app import APP_TOKEN
from bot.playground.oauth import Installs
from bot.playground.oauth_install import Install
from bot.playground.slack import LocalSlack
from bot.playground.world import Json

Arguments: TypeAlias = Mapping[str, Any]


class ApiError(Exception):
    """Slack's answer `ok: false`, with its code and what else the answer tells."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.answer: Json = {"ok": False, "error": code, **more}


class Token(StrEnum):
    """Which token a method takes."""

    BOT = "bot"
    APP = "app"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Call:
    """Whose call it is, and the workspace in which it is carried out; None: by no bot's token."""

    installs: Installs
    install: Install | None
    slack: LocalSlack


@dataclass(frozen=True, slots=True)
class Method:
    """One Web API method. Reading methods take form fields only, writing ones JSON, too.

    `has_place`: it is carried out in one workspace.
    """

    name: str
    call: Callable[[Call, Arguments], Json]
    scope: str | None
    required: tuple[str, ...]
    optional: tuple[str, ...]
    takes_json: bool
    token: Token
    has_place: bool


METHODS: Final[dict[str, Method]] = {}
NEED_TEAM: Final = frozenset(
    {"conversations.create", "users.conversations", "usergroups.list", "usergroups.users.list"}
)
"""What an organisation's token can call only for a workspace that is named."""

_InPlace: TypeAlias = Callable[[LocalSlack, Arguments], Json]
_Anywhere: TypeAlias = Callable[[Call, Arguments], Json]


def method(
    name: str,
    *,
    scope: str | None = None,
    required: Iterable[str] = (),
    optional: Iterable[str] = (),
    takes_json: bool = False,
) -> Callable[[_InPlace], _InPlace]:
    """Registers a function as a Web API method that is carried out in a workspace."""

    def register(do: _InPlace) -> _InPlace:
        def call(asked: Call, arguments: Arguments) -> Json:
            return do(asked.slack, arguments)

        given = (scope, tuple(required), tuple(optional), takes_json)
        METHODS[name] = Method(name, call, *given, Token.BOT, has_place=True)
        return do

    return register


def method_of_app(
    name: str,
    *,
    required: Iterable[str] = (),
    optional: Iterable[str] = (),
    takes_json: bool = False,
    token: Token = Token.BOT,
) -> Callable[[_Anywhere], _Anywhere]:
    """Registers a function as a Web API method that is about the app and its installs."""

    def register(call: _Anywhere) -> _Anywhere:
        given = (None, tuple(required), tuple(optional), takes_json)
        METHODS[name] = Method(name, call, *given, token, has_place=False)
        return call

    return register


def install_of(installs: Installs, headers: Mapping[str, str], body: bytes) -> Install | None:
    """The install whose token a call bears, be it over or not."""
    return installs.find(_token(headers, _arguments(headers, body)))


def place_of(installs: Installs, headers: Mapping[str, str], body: bytes) -> LocalSlack:
    """The workspace that a call is about; where it does not say, the first that it could be."""
    arguments, install = _arguments(headers, body), install_of(installs, headers, body)
    teams = install.teams if install else []
    named = str(arguments.get("team_id") or "")
    team = named if named in teams else next(iter(teams), "")
    return installs.workspaces.of_team(team) or installs.workspaces.first


def answer(installs: Installs, name: str, headers: Mapping[str, str], body: bytes) -> Json:
    """Carries out one call and returns the JSON of the answer."""
    try:
        return {"ok": True, **_call(installs, name, headers, body)}
    except ApiError as error:
        return error.answer


def _call(installs: Installs, name: str, headers: Mapping[str, str], body: bytes) -> Json:
    found = METHODS.get(name)
    if found is None:
        raise ApiError("unknown_method", req_method=name)
    arguments = _arguments(headers, body)
    install = _check_token(installs, found, _token(headers, arguments))
    arguments.pop("token", None)
    if install and found.scope and found.scope not in install.scopes:
        raise _missing(install.scopes, found.scope)
    if _is_json(headers) and not found.takes_json:
        raise ApiError("invalid_arguments", warning="json_not_supported")
    slack = installs.workspaces.first
    if install and found.has_place:
        slack = _workspace(installs, install, found, arguments)
    arguments.pop("team_id", None)
    _check_arguments(found, arguments)
    return found.call(Call(installs, install, slack), arguments)


def missing_scope(slack: LocalSlack, needed: str) -> ApiError:
    """The answer to a call that the app was not granted."""
    return _missing(slack.app.scopes, needed)


def invalid(*messages: str) -> ApiError:
    """The answer to arguments that do not make sense."""
    return ApiError("invalid_arguments", response_metadata={"messages": list(messages)})


def page(items: list[Any], arguments: Arguments, default: int) -> tuple[list[Any], Json]:
    """One page of a list, and the cursor of the next."""
    limit, start = _number(arguments, "limit", default), _number(arguments, "cursor", 0)
    if not 1 <= limit <= 1000:  # noqa: PLR2004
        raise ApiError("invalid_limit")
    following = start + limit
    cursor = str(following) if following < len(items) else ""
    return items[start:following], {"response_metadata": {"next_cursor": cursor}}


def is_true(arguments: Arguments, name: str) -> bool:
    """A boolean argument, as forms and JSON write it."""
    return str(arguments.get(name)).lower() in {"1", "true"}


def _missing(scopes: Iterable[str], needed: str) -> ApiError:
    return ApiError("missing_scope", needed=needed, provided=",".join(sorted(scopes)))


def _token(headers: Mapping[str, str], arguments: Arguments) -> str:
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    return bearer if scheme.lower() == "bearer" else str(arguments.get("token") or "")


def _check_token(installs: Installs, found: Method, token: str) -> Install | None:
    """The living install whose token it is; None where it takes none of these."""
    if found.token is Token.NONE:
        return None
    if not token:
        raise ApiError("not_authed")
    install = installs.find(token)
    if install is None and token != APP_TOKEN:
        raise ApiError("invalid_auth")
    if (install is None) is not (found.token is Token.APP):
        raise ApiError("not_allowed_token_type")
    if install is not None and install.fate is not None:
        raise ApiError(install.fate)
    return install


def _workspace(
    installs: Installs, install: Install, found: Method, arguments: Arguments
) -> LocalSlack:
    """The workspace that a call is about, which an organisation's token has to say.

    It need not where there is but one in which the things that it names are.
    """
    if not install.is_org_wide:
        return installs.workspaces[install.teams[0]]
    team = str(arguments.get("team_id") or "")
    if team and team not in install.teams:
        raise ApiError("team_access_not_granted")
    if team:
        return installs.workspaces[team]
    candidates = [installs.workspaces[each] for each in install.teams]
    knowing = [slack for slack in candidates if _knows(slack, arguments)]
    if found.name in NEED_TEAM or len(knowing) != 1:
        raise ApiError("missing_argument")
    return knowing[0]


def _knows(slack: LocalSlack, arguments: Arguments) -> bool:
    """Whether everything that a call names by its id is in this workspace."""
    world, known = slack.world, slack.triggers.triggers
    return (
        str(arguments.get("channel", "")) in {"", *world.channels, *world.users}
        and {str(arguments.get(name, "")) for name in ("user", "user_id")} <= {"", *world.users}
        and str(arguments.get("trigger_id", "")) in {"", *known}
    )


def _check_arguments(found: Method, arguments: Arguments) -> None:
    missing = [name for name in found.required if arguments.get(name) in (None, "")]
    if missing:
        raise invalid(*(f"[ERROR] missing required field: {name}" for name in missing))
    unknown = set(arguments) - {*found.required, *found.optional}
    if unknown:
        raise invalid(*(f"[ERROR] unknown argument: {name}" for name in sorted(unknown)))


def _is_json(headers: Mapping[str, str]) -> bool:
    return headers.get("content-type", "").startswith("application/json")


def _arguments(headers: Mapping[str, str], body: bytes) -> Json:
    given = _basic(headers)
    if not _is_json(headers):
        return given | {name: _unpacked(value) for name, value in parse_qsl(body.decode())}
    sent = json.loads(body or b"{}")
    return given | (sent if isinstance(sent, dict) else {})


def _basic(headers: Mapping[str, str]) -> Json:
    """The app's own id and secret, as a browser would send a name and a password."""
    scheme, _, sent = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        client_id, _, secret = base64.b64decode(sent, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return {}
    return {"client_id": client_id, "client_secret": secret}


def _unpacked(value: str) -> Any:
    if value[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _number(arguments: Arguments, name: str, default: int) -> int:
    value = str(arguments.get(name) or default)
    if not value.isdecimal():
        raise ApiError("invalid_cursor" if name == "cursor" else "invalid_limit")
    return int(value)
