"""views.*: forms in front of somebody, and App Homes."""

from typing import Any

from bot.playground import block_kit, payloads
from bot.playground.slack import LocalSlack
from bot.playground.triggers import TriggerError
from bot.playground.web_api import ApiError, Arguments, invalid, method
from bot.playground.world import Json, View

MAX_STACK = 3


@method("views.open", required=["trigger_id", "view"], takes_json=True)
def open_view(slack: LocalSlack, arguments: Arguments) -> Json:
    """Opens a form in front of the person whose click made the trigger."""
    payload = _checked(arguments["view"], "modal")
    _check_is_new(slack, payload)
    user = _use_trigger(slack, arguments["trigger_id"])
    return {"view": payloads.view(slack.open_view(user, payload))}


@method("views.push", required=["trigger_id", "view"], takes_json=True)
def push_view(slack: LocalSlack, arguments: Arguments) -> Json:
    """Lays another form on top of the one that is open."""
    payload = _checked(arguments["view"], "modal")
    user = _use_trigger(slack, arguments["trigger_id"])
    if len(slack.world.open_views.get(user, [])) >= MAX_STACK:
        raise ApiError("push_limit_reached")
    return {"view": payloads.view(slack.push_view(user, payload))}


@method(
    "views.update", required=["view"], optional=["view_id", "external_id", "hash"], takes_json=True
)
def update_view(slack: LocalSlack, arguments: Arguments) -> Json:
    """Changes a form that is open, or an App Home."""
    found = slack.world.view(str(arguments.get("view_id") or arguments.get("external_id")))
    if found is None:
        raise ApiError("not_found")
    payload = _checked(arguments["view"], found.payload["type"])
    _check_hash(found, arguments)
    slack.replace_view(found, payload)
    return {"view": payloads.view(found)}


@method("views.publish", required=["user_id", "view"], optional=["hash"], takes_json=True)
def publish(slack: LocalSlack, arguments: Arguments) -> Json:
    """Puts a view on somebody's App Home."""
    payload = _checked(arguments["view"], "home")
    user = slack.world.users.get(str(arguments["user_id"]))
    if user is None:
        raise invalid("[ERROR] user not found [json-pointer:/user_id]")
    if not slack.app.has_home:
        raise ApiError("not_enabled")
    home = slack.world.homes.get(user.id)
    if home is not None:
        _check_hash(home, arguments)
    return {"view": payloads.view(slack.publish_home(user.id, payload))}


def _checked(view: Any, kind: str) -> Json:
    problems = block_kit.view_problems(view)
    if problems or view["type"] != kind:
        raise invalid(*(f"[ERROR] {said}" for said in problems or ["invalid view type"]))
    checked: Json = view
    return checked


def _check_is_new(slack: LocalSlack, view: Json) -> None:
    name = view.get("external_id")
    if name and slack.world.view(name) is not None:
        raise ApiError("duplicate_external_id")


def _use_trigger(slack: LocalSlack, trigger_id: str) -> str:
    try:
        return slack.triggers.use(trigger_id)
    except TriggerError as error:
        raise ApiError(error.code) from None


def _check_hash(view: View, arguments: Arguments) -> None:
    if arguments.get("hash") and arguments["hash"] != view.hash:
        raise ApiError("hash_conflict")
