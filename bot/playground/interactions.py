"""What a person does with the app, and what Slack sends for it: never twice, answered in 3 s."""

from dataclasses import dataclass
from typing import Any, Final

from bot.playground import block_kit, elements, payloads, plain_text, submission
from bot.playground.delivery import Delivery, NotDelivered
from bot.playground.events import VERIFICATION_TOKEN
from bot.playground.journal import Kind
from bot.playground.slack import LocalSlack
from bot.playground.world import (
    APP_ID,
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


@dataclass(frozen=True, slots=True)
class Used:
    """An element that somebody used, where it stands, and what they chose or typed in it."""

    element: Json
    block: Json
    given: Any = None

    def action(self, ts: str) -> Json:
        """What the app is told of it."""
        return elements.action(self.block, self.element, self.given, ts)


class Interactions:
    """Sends commands, shortcuts, buttons and forms to the app and carries out its answers."""

    def __init__(self, slack: LocalSlack, delivery: Delivery) -> None:
        self._slack, self._delivery = slack, delivery

    def by_app_of(self, team: str, channel: Channel) -> "Interactions":
        """Those with the app of one of the workspaces that share a channel."""
        sides = self._slack.sides(channel)
        side = next((each for each in sides if each.world.team.id == team), self._slack)
        return Interactions(side, self._delivery)

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
                "team_id": slack.world.team.id,
                "team_domain": slack.world.team.domain,
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
        name = slack.world.users[user].name.lower()
        shortcut = {
            "type": "shortcut",
            "callback_id": callback_id,
            "action_ts": slack.clock.ts(),
            "user": {"id": user, "username": name, "team_id": slack.world.team.id},
        }
        await self._interact(user, shortcut)

    async def use_on_message(
        self, user: str, channel: Channel, shown: Message | Ephemeral, used: Used
    ) -> None:
        """Somebody uses a button, a menu or the like on a message. Raises NotDelivered."""
        slack = self._slack
        self._note_use(user, channel, used)
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
            "is_ephemeral": isinstance(shown, Ephemeral),
        }
        values = elements.state(shown.blocks, slack.world.given(user, shown.ts))
        await self._interact(
            user,
            {
                "type": "block_actions",
                "container": container,
                "channel": {"id": channel.id, "name": channel.name or "directmessage"},
                "message": shape,
                "response_url": url,
                "state": {"values": values},
                "actions": [used.action(slack.clock.ts())],
            },
        )

    async def use_on_view(self, user: str, view: View, used: Used) -> None:
        """Somebody uses a button, a menu or the like of a form or Home. Raises NotDelivered."""
        self._note_use(user, None, used)
        given = self._slack.world.given(user, view.id)
        view.values = elements.state(view.payload["blocks"], given)
        await self._interact(
            user,
            {
                "type": "block_actions",
                "container": {"type": "view", "view_id": view.id},
                "view": payloads.view(view),
                "actions": [used.action(self._slack.clock.ts())],
            },
        )

    async def submit(self, user: str, view: View) -> None:
        """Somebody sends a form off; the app may refuse fields or show another view."""
        slack, blocks = self._slack, view.payload["blocks"]
        given = slack.world.given(user, view.id)
        view.values, view.errors = elements.state(blocks, given), {}
        told = plain_text.of_answers(slack.world, blocks, given)
        slack.note(Kind.SUBMIT, user, told, None, audience=[user])
        mistakes = submission.mistakes(blocks, view.values)
        if mistakes:
            view.errors = mistakes
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
        person, team = self._slack.world.users[user], self._slack.world.team
        return await self._ask(
            "interactive",
            user,
            {
                "token": VERIFICATION_TOKEN,
                "api_app_id": APP_ID,
                "team": {"id": team.id, "domain": team.domain},
                "enterprise": None,
                "is_enterprise_install": False,
                "user": {"id": user, "name": person.name.lower(), "team_id": person.team},
                "trigger_id": self._trigger(user),
                **payload,
            },
        )

    async def _ask(self, kind: str, user: str, payload: Json) -> Json:
        try:
            return await self._delivery.ask(self._slack, kind, payload)
        except NotDelivered as failure:
            said = f"{self._slack.app.name} {SAID_OF.get(failure.code, failure.code)}"
            self._slack.note(Kind.FAILURE, user, said, None, audience=[user])
            raise

    def _whisper(self, user: str, channel: Channel, answer: Json) -> None:
        blocks = answer.get("blocks") or []
        self._slack.whisper(user, channel, answer.get("text") or "", blocks, None)

    def _note_use(self, user: str, channel: Channel | None, used: Used) -> None:
        told = plain_text.of_use(self._slack.world, used.element, used.given)
        self._slack.note(Kind.PRESS, user, told, channel, audience=[user])

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
        key = self._slack.world.unique_id("response-")
        self._slack.triggers.promise(
            key, user, channel.id, ephemeral=ephemeral, message_ts=message_ts
        )
        return f"{self._slack.server_url}response/{key}"
