"""The Web API: the methods an app calls, with Slack's checks and errors."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qsl

from bot.playground.app import APP_TOKEN
from bot.playground.slack import LocalSlack
from bot.playground.world import Json

Arguments: TypeAlias = Mapping[str, Any]


class ApiError(Exception):
    """Slack's answer `ok: false`, with its code and what else the answer tells."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.answer: Json = {"ok": False, "error": code, **more}


@dataclass(frozen=True, slots=True)
class Method:
    """One Web API method. Reading methods take form fields only, writing ones JSON, too."""

    name: str
    call: Callable[[LocalSlack, Arguments], Json]
    scope: str | None
    required: tuple[str, ...]
    optional: tuple[str, ...]
    takes_json: bool
    takes_app_token: bool = False


METHODS: Final[dict[str, Method]] = {}

_Call: TypeAlias = Callable[[LocalSlack, Arguments], Json]


def method(
    name: str,
    *,
    scope: str | None = None,
    required: Iterable[str] = (),
    optional: Iterable[str] = (),
    takes_json: bool = False,
    takes_app_token: bool = False,
) -> Callable[[_Call], _Call]:
    """Registers a function as a Web API method."""

    def register(call: _Call) -> _Call:
        METHODS[name] = Method(
            name, call, scope, tuple(required), tuple(optional), takes_json, takes_app_token
        )
        return call

    return register


def token_in(headers: Mapping[str, str], body: bytes) -> str:
    """The token that a call bears; it decides in which workspace it is carried out."""
    is_json = headers.get("content-type", "").startswith("application/json")
    return _token(headers, _arguments(body, is_json=is_json))


def answer(slack: LocalSlack, name: str, headers: Mapping[str, str], body: bytes) -> Json:
    """Carries out one call in a workspace and returns the JSON of the answer."""
    try:
        return {"ok": True, **_call(slack, name, headers, body)}
    except ApiError as error:
        return error.answer


def _call(slack: LocalSlack, name: str, headers: Mapping[str, str], body: bytes) -> Json:
    found = METHODS.get(name)
    if found is None:
        raise ApiError("unknown_method", req_method=name)
    is_json = headers.get("content-type", "").startswith("application/json")
    arguments = _arguments(body, is_json=is_json)
    _check_token(slack, found, _token(headers, arguments))
    arguments.pop("token", None)
    if found.scope and found.scope not in slack.app.scopes:
        raise missing_scope(slack, found.scope)
    if is_json and not found.takes_json:
        raise ApiError("invalid_arguments", warning="json_not_supported")
    _check_arguments(found, arguments)
    return found.call(slack, arguments)


def missing_scope(slack: LocalSlack, needed: str) -> ApiError:
    """The answer to a call that the app was not granted."""
    provided = ",".join(sorted(slack.app.scopes))
    return ApiError("missing_scope", needed=needed, provided=provided)


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


def _token(headers: Mapping[str, str], arguments: Arguments) -> str:
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    return bearer if scheme.lower() == "bearer" else str(arguments.get("token") or "")


def _check_token(slack: LocalSlack, found: Method, token: str) -> None:
    if not token:
        raise ApiError("not_authed")
    if token != APP_TOKEN and token not in slack.tokens:
        raise ApiError("invalid_auth")
    if (token == APP_TOKEN) is not found.takes_app_token:
        raise ApiError("not_allowed_token_type")


def _check_arguments(found: Method, arguments: Arguments) -> None:
    missing = [name for name in found.required if arguments.get(name) in (None, "")]
    if missing:
        raise invalid(*(f"[ERROR] missing required field: {name}" for name in missing))
    unknown = set(arguments) - {*found.required, *found.optional}
    if unknown:
        raise invalid(*(f"[ERROR] unknown argument: {name}" for name in sorted(unknown)))


def _arguments(body: bytes, *, is_json: bool) -> Json:
    if is_json:
        given = json.loads(body or b"{}")
        return given if isinstance(given, dict) else {}
    return {name: _unpacked(value) for name, value in parse_qsl(body.decode())}


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
