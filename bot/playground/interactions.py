"""What a person does with the app, and what Slack sends for it: never twice, answered in 3 s."""

from typing import Any, Final

from bot.playground import block_kit, payloads, plain_text
from bot.playground.delivery import Delivery, NotDelivered
from bot.playground.events import VERIFICATION_TOKEN
from bot.playground.journal import Kind
from bot.playground.slack import LocalSlack
from bot.playground.world import (
    APP_ID,
    TEAM_ID,
    Channel,
    Ephemeral,
    Json,
    Message,
    View,
)

SAID_OF: Final = {
    "operation_timeout": "did not answer in time",
    "dispatch_failed": "could not be reached",
    "invalid_blocks": "sent a form that Slack cannot show",
}


class Interactions:
    """Sends commands, shortcuts, buttons and forms to the app and carries out its answers."""

    def __init__(self, slack: LocalSlack, delivery: Delivery) -> None:
        self._slack, self._delivery = slack, delivery

    async def command(self, user: str, channel: Channel, name: str, text: str) -> None:
        """Somebody types a slash command. Raises NotDelivered."""
        slack = self._slack
        typed = plain_text.of_text(slack.world, f"{name} {text}".strip())
        slack.note(Kind.COMMAND, user, typed, channel, audience=[user])
        answer = await self._ask(
            "slash_commands",
            user,
            {
                "token": VERIFICATION_TOKEN,
                "team_id": TEAM_ID,
                "team_domain": "tideline",
                "channel_id": channel.id,
                "channel_name": channel.name or "directmessage",
                "user_id": user,
                "user_name": slack.world.users[user].name.lower(),
                "command": name,
                "text": text,
                "api_app_id": APP_ID,
                "is_enterprise_install": "false",
                "response_url": self._response_url(user, channel),
                "trigger_id": self._trigger(user),
            },
        )
        if answer.get("text") or answer.get("blocks"):
            self._whisper(user, channel, answer)

    async def message_shortcut(
        self, user: str, channel: Channel, message: Message, callback_id: str
    ) -> None:
        """Somebody picks an entry of a message's menu. Raises NotDelivered."""
        slack = self._slack
        name = slack.app.shortcuts[callback_id].name
        slack.note(Kind.SHORTCUT, user, name, channel, audience=[user], ts=message.ts)
        await self._interact(
            user,
            {
                "type": "message_action",
                "callback_id": callback_id,
                "message_ts": message.ts,
                "channel": {"id": channel.id, "name": channel.name or "directmessage"},
                "message": slack.shape(channel, message),
                "response_url": self._response_url(user, channel),
                "action_ts": slack.clock.ts(),
            },
        )

    async def global_shortcut(self, user: str, callback_id: str) -> None:
        """Somebody picks a global shortcut. Raises NotDelivered."""
        slack = self._slack
        slack.note(
            Kind.SHORTCUT, user, slack.app.shortcuts[callback_id].name, None, audience=[user]
        )
        shortcut = {"type": "shortcut", "callback_id": callback_id, "action_ts": slack.clock.ts()}
        await self._interact(user, shortcut)

    async def press_on_message(
        self, user: str, channel: Channel, shown: Message | Ephemeral, element: Json, block_id: str
    ) -> None:
        """Somebody presses a button of a message. Raises NotDelivered."""
        slack, is_ephemeral = self._slack, isinstance(shown, Ephemeral)
        self._note_press(user, channel, element)
        if isinstance(shown, Ephemeral):
            url = self._response_url(user, channel, ephemeral=shown)
            shape = payloads.ephemeral(shown)
        else:
            url = self._response_url(user, channel, message_ts=shown.ts)
            shape = slack.shape(channel, shown)
        container = {
            "type": "message",
            "message_ts": shown.ts,
            "channel_id": channel.id,
            "is_ephemeral": is_ephemeral,
        }
        await self._interact(
            user,
            {
                "type": "block_actions",
                "container": container,
                "channel": {"id": channel.id, "name": channel.name or "directmessage"},
                "message": shape,
                "response_url": url,
                "state": {"values": {}},
                "actions": [self._action(element, block_id)],
            },
        )

    async def press_on_view(self, user: str, view: View, element: Json, block_id: str) -> None:
        """Somebody presses a button of a form or of their App Home. Raises NotDelivered."""
        self._note_press(user, None, element)
        await self._interact(
            user,
            {
                "type": "block_actions",
                "container": {"type": "view", "view_id": view.id},
                "view": payloads.view(view),
                "actions": [self._action(element, block_id)],
            },
        )

    async def submit(self, user: str, view: View, values: dict[str, Any]) -> None:
        """Somebody sends a form off; the app may refuse fields or show another view."""
        slack = self._slack
        view.values, view.errors = _state(view.payload, values), {}
        slack.note(Kind.SUBMIT, user, self._filled_in(view, values), None, audience=[user])
        missing = _missing(view)
        if missing:
            view.errors = missing
            slack.revision.bump()
            return
        payload = {"type": "view_submission", "view": payloads.view(view), "response_urls": []}
        answer = await self._interact(user, payload)
        self._follow(user, view, answer)

    def close(self, user: str) -> None:
        """Somebody closes the form that is on top."""
        stack = self._slack.world.open_views.get(user, [])
        if stack:
            stack.pop()
        self._slack.revision.bump()

    def answered(self, key: str, answer: Json) -> None:
        """The app used a response URL. Raises TriggerError."""
        slack = self._slack
        promised = slack.triggers.respond(key)
        channel = slack.world.channels[promised.channel]
        ephemerals = slack.world.ephemerals
        replaces = answer.get("replace_original") or answer.get("delete_original")
        if replaces and promised.ephemeral in ephemerals:
            ephemerals.remove(promised.ephemeral)
        if not answer.get("delete_original"):
            self._whisper(promised.user, channel, answer)

    def _filled_in(self, view: View, values: dict[str, Any]) -> str:
        """What somebody typed or chose, under the labels that they saw."""
        world = self._slack.world
        lines = []
        for block in view.payload["blocks"]:
            value = values.get(block.get("block_id", ""))
            if block["type"] == "input" and value:
                shown = f"@{world.users[value].name}" if value in world.users else value
                lines.append(f"{block['label']['text']}: {shown}")
        return "\n".join(lines)

    def _follow(self, user: str, view: View, answer: Json) -> None:
        slack, stack = self._slack, self._slack.world.open_views.get(user, [])
        match answer.get("response_action"):
            case "errors":
                known = {block.get("block_id") for block in view.payload["blocks"]}
                if not set(answer["errors"]) <= known:
                    raise NotDelivered("dispatch_failed")
                view.errors = answer["errors"]
            case "update":
                slack.replace_view(view, self._showable(answer["view"]))
            case "push":
                slack.push_view(user, self._showable(answer["view"]))
            case "clear":
                stack.clear()
            case _ if view in stack:
                stack.remove(view)
        slack.revision.bump()

    def _showable(self, view: Json) -> Json:
        if block_kit.view_problems(view):
            raise NotDelivered("invalid_blocks")
        return view

    async def _interact(self, user: str, payload: Json) -> Json:
        person = self._slack.world.users[user]
        return await self._ask(
            "interactive",
            user,
            {
                "token": VERIFICATION_TOKEN,
                "api_app_id": APP_ID,
                "team": {"id": TEAM_ID, "domain": "tideline"},
                "enterprise": None,
                "is_enterprise_install": False,
                "user": {"id": user, "name": person.name.lower(), "team_id": TEAM_ID},
                "trigger_id": self._trigger(user),
                **payload,
            },
        )

    async def _ask(self, kind: str, user: str, payload: Json) -> Json:
        try:
            return await self._delivery.ask(kind, payload)
        except NotDelivered as failure:
            said = f"{self._slack.app.name} {SAID_OF.get(failure.code, failure.code)}"
            self._slack.note(Kind.FAILURE, user, said, None, audience=[user])
            raise

    def _whisper(self, user: str, channel: Channel, answer: Json) -> None:
        blocks = answer.get("blocks") or []
        self._slack.whisper(user, channel, answer.get("text") or "", blocks, None)

    def _note_press(self, user: str, channel: Channel | None, element: Json) -> None:
        label = plain_text.of_text(self._slack.world, element["text"]["text"])
        self._slack.note(Kind.PRESS, user, label, channel, audience=[user])

    def _action(self, element: Json, block_id: str) -> Json:
        action = {
            "block_id": block_id,
            "type": element["type"],
            "action_ts": self._slack.clock.ts(),
        }
        kept = ("action_id", "text", "value", "style", "url")
        return action | {name: element[name] for name in kept if name in element}

    def _trigger(self, user: str) -> str:
        return self._slack.triggers.grant(self._slack.world.new_id("trigger-"), user)

    def _response_url(
        self,
        user: str,
        channel: Channel,
        *,
        ephemeral: Ephemeral | None = None,
        message_ts: str | None = None,
    ) -> str:
        key = self._slack.world.new_id("response-")
        self._slack.triggers.promise(
            key, user, channel.id, ephemeral=ephemeral, message_ts=message_ts
        )
        return f"{self._slack.url}response/{key}"


def _state(view: Json, values: dict[str, Any]) -> Json:
    """The state of every input, by block and action; `values` are by block id."""
    state: Json = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        given = values.get(block["block_id"])
        if element["type"] == "plain_text_input":
            value = given if given is not None else element.get("initial_value")
            entry = {"type": element["type"], "value": value or None}
        elif element["type"] == "users_select":
            chosen = given or element.get("initial_user")
            entry = {"type": element["type"], "selected_user": chosen or None}
        else:
            option = next((o for o in element["options"] if o["value"] == given), None)
            chosen = option or element.get("initial_option")
            entry = {"type": element["type"], "selected_option": chosen}
        state[block["block_id"]] = {element["action_id"]: entry}
    return state


def _missing(view: View) -> dict[str, str]:
    """Slack itself insists on required fields."""
    errors = {}
    for block in view.payload["blocks"]:
        if block["type"] == "input" and not block.get("optional"):
            entry = next(iter(view.values[block["block_id"]].values()))
            if not any(value for name, value in entry.items() if name != "type"):
                errors[block["block_id"]] = "Please complete this required field."
    return errors
