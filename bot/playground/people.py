"""What a person can do in the workspace, and everything that they see of it."""

import re
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from bot.core.patterns import regex
from bot.playground import accounts, elements, groups, sharing
from bot.playground.accounts import Refused
from bot.playground.elements import elements_of
from bot.playground.interactions import Interactions, Used
from bot.playground.slack import LocalSlack
from bot.playground.world import (
    OTHER_TEAM_ID,
    Channel,
    Ephemeral,
    Json,
    Message,
    User,
    UserGroup,
    View,
)

_CODE: Final = regex(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
_BULLET: Final = regex(r"^( *)[-*] (?=\S)", re.MULTILINE)
_NAME: Final = regex(r"(?<![\w@])@([\w.-]+)")
_CHANNEL: Final = regex(r"(?<!\w)#([\w-]+)")
_URL: Final = regex(r"https?://[^\s<>|]*[^\s<>|.,;:!?)\]]")


class Impossible(Exception):
    """Somebody tried what Slack would not let them do."""


class People:
    """Acts on behalf of the people of the workspace."""

    def __init__(self, slack: LocalSlack, interactions: Interactions) -> None:
        self._slack, self._interactions = slack, interactions

    async def act(self, user: str, action: str, given: Json) -> Json:
        """Carries out one action. Raises Impossible, or NotDelivered if the app did not answer."""
        person = self._slack.world.user_called(user)
        do, here = _ACTIONS.get(action), self._slack.world.team.id
        if person is None or do is None:
            raise Impossible(f"nobody called {user}" if person is None else f"no action {action}")
        if person.team in {each.world.team.id for each in self._slack.neighbours} - {here}:
            raise Impossible(f"{person.name} acts in their own workspace")
        if person.deleted:
            raise Impossible(f"{person.name} is deactivated")
        if action in _WITH_APP and self._slack.install is None:
            raise Impossible(f"{self._slack.app.name} is not installed in this workspace")
        try:
            return await do(self, person, given) or {}
        except Refused as refused:
            raise Impossible(str(refused)) from None

    async def _post(self, person: User, given: Json) -> Json:
        channel = self._channel(person, given)
        if person.id not in channel.members:
            raise Impossible(f"{person.name} is not in #{channel.name}")
        if channel.is_archived:
            raise Impossible(f"#{channel.name} is archived")
        thread_ts = given.get("thread_ts")
        if thread_ts is not None:
            thread_ts = self._message(channel, thread_ts).thread_ts or thread_ts
        text = self.typed(given["text"])
        return {"ts": self._slack.post(person.id, channel, text, thread_ts=thread_ts).ts}

    async def _edit(self, person: User, given: Json) -> None:
        channel, message = self._own(person, given)
        self._slack.edit(channel, message, self.typed(given["text"]))

    async def _delete(self, person: User, given: Json) -> None:
        channel, message = self._own(person, given)
        self._slack.delete(channel, message)

    async def _react(self, person: User, given: Json) -> None:
        channel = self._channel(person, given)
        message = self._message(channel, given["ts"])
        name = given["emoji"].strip(":")
        self._slack.react(person.id, channel, message, name, add=bool(given.get("add", True)))

    async def _join(self, person: User, given: Json) -> None:
        self._slack.join(person.id, self._channel(person, given))

    async def _leave(self, person: User, given: Json) -> None:
        self._slack.leave(person.id, self._channel(person, given))

    async def _invite(self, person: User, given: Json) -> None:
        other = self._other(given)
        if other.id == self._slack.bot and self._slack.install is None:
            raise Impossible(f"{other.name} is not installed in this workspace")
        self._slack.join(other.id, self._channel(person, given), inviter=person.id)

    async def _remove(self, person: User, given: Json) -> None:
        self._slack.leave(self._other(given).id, self._channel(person, given))

    async def _rename(self, person: User, given: Json) -> None:
        self._slack.rename(self._channel(person, given), given["name"])

    async def _share(self, person: User, given: Json) -> None:
        sharing.connect(self._slack, self._room(person, given), given.get("with", OTHER_TEAM_ID))

    async def _unshare(self, person: User, given: Json) -> None:
        sharing.disconnect(self._slack, self._room(person, given))

    async def _direct(self, person: User, given: Json) -> Json:
        others = [self._slack.world.user_called(name) for name in given["with"]]
        if None in others:
            raise Impossible("nobody of that name")
        ids = [other.id for other in others if other is not None]
        return {"channel": self._slack.direct(person.id, *ids).id}

    async def _run_step(self, person: User, given: Json) -> Json:
        """Starts a workflow with one step in it; a required value that is missing stops it."""
        declared = self._slack.app.steps.get(given["step"])
        if declared is None:
            raise Impossible(f"no step {given['step']}")
        inputs: dict[str, str] = given["inputs"]
        wanted = declared["input_parameters"]
        missing = [name for name in wanted["required"] if not inputs.get(name)]
        unknown = [name for name in inputs if name not in wanted["properties"]]
        if missing or unknown:
            raise Impossible(f"the step lacks {missing} and does not know {unknown}")
        return {"execution": self._slack.run_step(person.id, given["step"], inputs).id}

    async def _see_step(self, _person: User, given: Json) -> Json:
        execution = self._slack.world.executions[given["execution"]]
        return {"outputs": execution.outputs, "error": execution.error}

    async def _command(self, person: User, given: Json) -> None:
        channel = self._channel(person, given)
        name, _, text = given["text"].strip().partition(" ")
        command = self._slack.app.commands.get(name)
        if command is None:
            raise Impossible(f"{name} is not a valid command.")
        text = self.typed(text, with_names=True) if command.should_escape else text
        await self._interactions.command(person.id, channel, name, text)

    async def _shortcut(self, person: User, given: Json) -> None:
        shortcut = self._slack.app.shortcuts.get(given["callback_id"])
        if shortcut is None or shortcut.is_global is ("ts" in given):
            raise Impossible("no such shortcut")
        if shortcut.is_global:
            await self._interactions.global_shortcut(person.id, given["callback_id"])
            return
        channel = self._channel(person, given)
        message = self._message(channel, given["ts"])
        await self._interactions.message_shortcut(person.id, channel, message, given["callback_id"])

    async def _press(self, person: User, given: Json) -> None:
        if "view" in given:
            view = self._view(person, given["view"])
            self._keep(person, view, given)
            used = self._used(person, view.id, view.payload["blocks"], given)
            await self._interactions.use_on_view(person.id, view, used)
            return
        channel = self._channel(person, given)
        shown = self._shown(person, channel, given["ts"])
        used = self._used(person, shown.ts, shown.blocks, given)
        interactions = self._interactions
        if isinstance(shown, Message):
            interactions = interactions.by_app_of(shown.team, channel)
        await interactions.use_on_message(person.id, channel, shown, used)

    async def _submit(self, person: User, given: Json) -> None:
        view = self._view(person, given["view"])
        self._keep(person, view, given)
        await self._interactions.submit(person.id, view)

    def _keep(self, person: User, view: View, given: Json) -> None:
        """Notes what was typed into the fields of a form; `values` are by block."""
        answers = self._slack.world.given(person.id, view.id)
        fields = {block["block_id"]: block for block in view.payload["blocks"]}
        for block_id, value in given.get("values", {}).items():
            element = fields.get(block_id, {}).get("element")
            if element is not None:
                answers.setdefault(block_id, {})[element["action_id"]] = value

    def _used(self, person: User, shown: str, blocks: list[Json], given: Json) -> Used:
        """The element that is used; what it keeps is noted."""
        for block, element in elements_of(blocks):
            wanted = {
                "action_id": element["action_id"],
                "block_id": block.get("block_id"),
                "value": element.get("value"),
            }
            if all(given.get(name) in {None, value} for name, value in wanted.items()):
                chosen = given.get("chosen")
                if elements.KINDS[element["type"]].is_kept:
                    answers = self._slack.world.given(person.id, shown)
                    answers.setdefault(block.get("block_id", ""), {})[element["action_id"]] = chosen
                return Used(element, block, chosen)
        raise Impossible("that is gone")

    async def _close(self, person: User, _given: Json) -> None:
        self._interactions.close(person.id)

    async def _home(self, person: User, _given: Json) -> None:
        self._slack.open_home(person.id)

    async def _read(self, person: User, given: Json) -> None:
        channel = self._channel(person, given)
        newest = max(channel.messages, default="")
        if newest and channel.last_read.get(person.id) != newest:
            channel.last_read[person.id] = newest
            self._slack.revision.bump()

    async def _reload(self, person: User, _given: Json) -> None:
        ephemerals = self._slack.world.ephemerals
        ephemerals[:] = [shown for shown in ephemerals if shown.user != person.id]
        self._slack.revision.bump()

    async def _status(self, person: User, given: Json) -> None:
        emoji, text = given.get("emoji", ""), given.get("text", "")
        accounts.set_status(self._slack, person, emoji, text, int(given.get("until") or 0))

    async def _zone(self, person: User, given: Json) -> None:
        accounts.move(self._slack, person, given["tz"])

    async def _role(self, person: User, given: Json) -> None:
        accounts.give_role(self._slack, person, self._other(given), given["role"])

    async def _deactivate(self, person: User, given: Json) -> None:
        accounts.deactivate(self._slack, person, self._other(given))

    async def _activate(self, person: User, given: Json) -> None:
        accounts.deactivate(self._slack, person, self._other(given), is_back=True)

    async def _make_group(self, person: User, given: Json) -> Json:
        made = groups.make(self._slack, person, given["handle"], self._members(given))
        return {"group": made.id}

    async def _set_group(self, person: User, given: Json) -> None:
        groups.set_members(self._slack, person, self._group(given), self._members(given))

    async def _rename_group(self, person: User, given: Json) -> None:
        groups.rename(self._slack, person, self._group(given), given["name"])

    async def _disable_group(self, person: User, given: Json) -> None:
        groups.disable(self._slack, person, self._group(given))

    def _group(self, given: Json) -> UserGroup:
        group = self._slack.world.group_called(given["handle"])
        if group is None:
            raise Impossible(f"no group {given['handle']}")
        return group

    def _members(self, given: Json) -> list[User]:
        return [self._other({"whom": name}) for name in given["members"]]

    def _other(self, given: Json) -> User:
        other = self._slack.world.user_called(given["whom"])
        if other is None:
            raise Impossible(f"nobody called {given['whom']}")
        return other

    def typed(self, text: str, *, with_names: bool = False) -> str:
        """What Slack makes of what somebody typed: escaped, names and links as tokens."""
        parts = _CODE.split(text)
        return "".join(
            _escape(part) if _CODE.fullmatch(part) else self._prose(part, with_names=with_names)
            for part in parts
        )

    def _prose(self, text: str, *, with_names: bool) -> str:
        text = _BULLET.sub(r"\1• ", text)
        text = _URL.sub(lambda url: f"\x00{url[0]}\x01", text)
        text = _escape(text).replace("\x00", "<").replace("\x01", ">")
        text = _NAME.sub(lambda found: self._mention(found, with_names=with_names), text)
        return _CHANNEL.sub(self._channel_link, text)

    def _mention(self, found: re.Match[str], *, with_names: bool) -> str:
        if found[1] in {"here", "channel", "everyone"}:
            return f"<!{found[1]}>"
        name = found[1].rstrip(".-")
        person = self._slack.world.user_called(name)
        group = self._slack.world.group_called(name)
        if person is None and group is not None:
            return f"<!subteam^{group.id}|@{group.handle}>{found[1][len(name) :]}"
        if person is None:
            return found[0]
        label = f"|{person.name.lower()}" if with_names else ""
        return f"<@{person.id}{label}>{found[1][len(name) :]}"

    def _channel_link(self, found: re.Match[str]) -> str:
        channel = self._slack.world.channel_called(found[1])
        return f"<#{channel.id}|{channel.name}>" if channel else found[0]

    def _channel(self, person: User, given: Json) -> Channel:
        channel = self._slack.world.channel_called(given["channel"])
        if channel is None or not self._slack.world.sees(person.id, channel):
            raise Impossible(f"{person.name} sees no channel {given['channel']}")
        return channel

    def _room(self, person: User, given: Json) -> Channel:
        """A channel that somebody may share."""
        channel = self._channel(person, given)
        if channel.kind not in {"channel", "group"} or channel.name == "general":
            raise Impossible(f"{given['channel']} cannot be shared")
        return channel

    def _message(self, channel: Channel, ts: str) -> Message:
        message = channel.messages.get(ts)
        if message is None:
            raise Impossible("that message is gone")
        return message

    def _own(self, person: User, given: Json) -> tuple[Channel, Message]:
        channel = self._channel(person, given)
        message = self._message(channel, given["ts"])
        if message.user != person.id:
            raise Impossible("only its author can change a message")
        return channel, message

    def _shown(self, person: User, channel: Channel, ts: str) -> Message | Ephemeral:
        for shown in self._slack.world.ephemerals:
            if shown.ts == ts and shown.user == person.id:
                return shown
        return self._message(channel, ts)

    def _view(self, person: User, view_id: str) -> View:
        view = self._slack.world.view(view_id)
        if view is None or view.user != person.id:
            raise Impossible("that form is no longer open")
        return view


_WITH_APP: Final = frozenset({"run_step", "command", "shortcut", "press", "submit", "home"})
"""What goes to the app."""
_Action: TypeAlias = Callable[[People, User, Json], Awaitable[Json | None]]
_ACTIONS: Final[dict[str, _Action]] = {
    "post": People._post,
    "edit": People._edit,
    "delete": People._delete,
    "react": People._react,
    "join": People._join,
    "leave": People._leave,
    "run_step": People._run_step,
    "see_step": People._see_step,
    "invite": People._invite,
    "remove": People._remove,
    "rename": People._rename,
    "share": People._share,
    "unshare": People._unshare,
    "direct": People._direct,
    "command": People._command,
    "shortcut": People._shortcut,
    "press": People._press,
    "submit": People._submit,
    "close": People._close,
    "home": People._home,
    "read": People._read,
    "reload": People._reload,
    "status": People._status,
    "zone": People._zone,
    "role": People._role,
    "deactivate": People._deactivate,
    "activate": People._activate,
    "make_group": People._make_group,
    "set_group": People._set_group,
    "rename_group": People._rename_group,
    "disable_group": People._disable_group,
}


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
