"""What can happen in the workspace: each change is noted in the journal and sent to the app."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Any, Final

from bot.playground import block_kit, elements, events, payloads, plain_text
from bot.playground.app import InstalledApp, bot_token
from bot.playground.clock import MovableClock
from bot.playground.faults import Faults
from bot.playground.journal import Journal, Kind
from bot.playground.revision import Revision
from bot.playground.triggers import Triggers
from bot.playground.world import (
    Channel,
    Ephemeral,
    Execution,
    File,
    Json,
    Message,
    OtherApp,
    Team,
    User,
    View,
    World,
)

Emit = Callable[[Json], None]
MAX_TEXT: Final = 40_000


class LocalSlack:
    """The workspace and the app in it. Everything happens in the thread of the server's loop."""

    def __init__(self, world: World, clock: MovableClock, app: InstalledApp) -> None:
        self.world, self.clock, self.app = world, clock, app
        self.journal = Journal()
        self.faults = Faults()
        self.revision = Revision()
        self.triggers = Triggers()
        self.neighbours: Iterable[LocalSlack] = ()
        self.emit: Emit = lambda _event: None
        self.server_url = "http://127.0.0.1/"
        self.socket_url: Callable[[], str] = lambda: ""
        self.tokens = {bot_token(world.team)}
        self.bot = world.team.bot_user_id
        self.world.users[self.bot] = app.user(world.team)

    @property
    def url(self) -> str:
        """Where the workspace is: every permalink begins with it."""
        team = self.world.team
        if team.number == 1:
            return self.server_url
        return self.server_url.replace("127.0.0.1", f"{team.domain}.localhost")

    def post(
        self,
        user: str,
        channel: Channel,
        text: str,
        *,
        blocks: list[Json] | None = None,
        thread_ts: str | None = None,
        by_app: bool = False,
        metadata: Json | None = None,
        subtype: str | None = None,
        files: Sequence[File] = (),
        app: OtherApp | None = None,
        attachments: Sequence[Json] = (),
    ) -> Message:
        """Somebody, or the app, or another one, posts a message."""
        ts = self.clock.ts()
        bot_id = app.bot_id if app else None
        message = Message(
            ts=ts,
            user=user,
            text=text[:MAX_TEXT],
            blocks=self._identified(blocks or []),
            team=self.world.team.id,
            thread_ts=thread_ts,
            subtype=subtype,
            bot_id=self.world.team.bot_id if by_app else bot_id,
            app=app,
            attachments=list(attachments),
            metadata=metadata,
            files=list(files),
        )
        if thread_ts:
            root = channel.messages[thread_ts]
            root.thread_ts = root.ts
        channel.messages[ts] = message
        channel.last_read[user] = ts
        self._note(Kind.MESSAGE, user, channel, message)
        self._send(events.posted(channel, message), channel)
        if self.bot in _mentioned(text) and not by_app:
            self._send(events.mention(channel, message), channel)
        return message

    def post_as(
        self,
        app: OtherApp,
        channel: Channel,
        text: str,
        attachments: Sequence[Json],
        thread_ts: str | None,
    ) -> Message:
        """Another app posts a message."""
        return self.post(
            app.bot_id, channel, text, thread_ts=thread_ts, app=app, attachments=attachments
        )

    def edit(
        self,
        channel: Channel,
        message: Message,
        text: str,
        *,
        blocks: list[Json] | None = None,
        attachments: Sequence[Json] = (),
    ) -> None:
        """The author changes a message; an app's change bears no mark of it."""
        before = self.shape(channel, message)
        message.attachments = list(attachments)
        message.text, ts = text[:MAX_TEXT], self.clock.ts()
        message.blocks = self._identified(blocks or [])
        if message.bot_id is None:
            message.edited = {"user": message.user, "ts": ts}
        self._note(Kind.EDIT, message.user, channel, message)
        after = self.shape(channel, message)
        self._send(events.changed(channel, before, after, ts), channel)

    def delete(self, channel: Channel, message: Message) -> None:
        """A message is deleted; one with replies leaves a tombstone."""
        before, ts = self.shape(channel, message), self.clock.ts()
        self._note(Kind.DELETE, message.user, channel, message)
        if channel.replies(message.ts):
            message.text, message.blocks, message.reactions = ("This message was deleted.", [], {})
            message.subtype, message.user, message.bot_id = ("tombstone", "USLACKBOT", None)
            message.app, message.attachments = None, []
            after = self.shape(channel, message)
            self._send(events.changed(channel, before, after, ts), channel)
        else:
            del channel.messages[message.ts]
            self._send(events.deleted(channel, before, ts), channel)

    def react(self, user: str, channel: Channel, message: Message, name: str, *, add: bool) -> bool:
        """Somebody reacts, or takes it back; returns whether that changed anything."""
        users = message.reactions.setdefault(name, [])
        if (user in users) is add:
            return False
        if add:
            users.append(user)
        else:
            users.remove(user)
        if not users:
            del message.reactions[name]
        kind = "reaction_added" if add else "reaction_removed"
        entry = Kind.REACTION if add else Kind.UNREACTION
        self.note(
            entry,
            user,
            plain_text.of_text(self.world, f":{name}:"),
            channel,
            ts=message.ts,
            thread_ts=message.thread_ts,
        )
        event = events.reaction(kind, channel, message, user=user, name=name, ts=self.clock.ts())
        self._send(event, channel)
        return True

    def join(self, user: str, channel: Channel, inviter: str | None = None) -> None:
        """Somebody, or the app, joins a channel."""
        if user in channel.members:
            return
        channel.members.append(user)
        self.introduce(channel)
        self.note(Kind.JOIN, user, f"joined #{channel.name}", channel)
        kind, ts = "member_joined_channel", self.clock.ts()
        self._send(events.membership(kind, channel, self._account(user), ts, inviter), channel)

    def leave(self, user: str, channel: Channel) -> None:
        """Somebody, or the app, leaves a channel."""
        if user not in channel.members:
            return
        self.note(Kind.LEAVE, user, f"left #{channel.name}", channel)
        event = events.membership(
            "member_left_channel", channel, self._account(user), self.clock.ts()
        )
        self._send(event, channel)
        channel.members.remove(user)

    def create(self, user: str, name: str, kind: str) -> Channel:
        """Somebody, or the app, makes a channel, and is in it."""
        channel = Channel(
            self.world.new_id("C"), name, kind, self.clock.now(), [user], creator=user
        )
        self.world.channels[channel.id] = channel
        self.note(Kind.JOIN, user, f"made #{name}", channel)
        if kind == "channel":
            self._send(events.created(channel, self.clock.ts()), None)
        event = events.membership(
            "member_joined_channel", channel, self._account(user), self.clock.ts()
        )
        self._send(event, channel)
        return channel

    def set_topic(self, channel: Channel, topic: str) -> None:
        """What a channel is about is written above it."""
        channel.topic = topic
        self.revision.bump()

    def archive(self, user: str, channel: Channel) -> None:
        """Somebody, or the app, puts a channel away."""
        channel.is_archived = True
        self.note(Kind.LEAVE, user, f"archived #{channel.name}", channel)
        self._send(events.archived(channel, user, self.clock.ts()), channel)

    def rename(self, channel: Channel, name: str) -> None:
        """A channel gets another name."""
        channel.name = name
        self._send(events.renamed(channel, self.clock.ts()), channel)

    def change_account(self, account: User, told: str, changes: Mapping[str, Any]) -> None:
        """Something about somebody changes: their status, time zone or role."""
        for name, value in changes.items():
            setattr(account, name, value)
        now = self.clock.now()
        account.updated = int(now.timestamp())
        self.note(Kind.ACCOUNT, account.id, told, None, audience=[account.id])
        shape = payloads.user(account, now)
        kinds = ["user_change", *(["user_status_changed"] if "status_text" in changes else [])]
        for kind in kinds:
            self._send(events.account(kind, shape, self.clock.ts()), None)

    def whisper(
        self, user: str, channel: Channel, text: str, blocks: list[Json], thread_ts: str | None
    ) -> Ephemeral:
        """The app shows something to one member of a channel."""
        kept = self._identified(blocks)
        shown = Ephemeral(self.clock.ts(), channel.id, user, text, kept, thread_ts)
        self.world.ephemerals.append(shown)
        told = plain_text.of_message(self.world, text, blocks)
        self.note(
            Kind.EPHEMERAL,
            self.bot,
            told,
            channel,
            audience=[user],
            ts=shown.ts,
            thread_ts=thread_ts,
        )
        return shown

    def share(self, files: Sequence[File], channel: Channel, text: str) -> Message:
        """The app shows files that it uploaded; Slack does not mark that as an app's message."""
        for file in files:
            file.shared_in.append(channel.id)
        return self.post(self.bot, channel, text, subtype="file_share", files=files)

    def open_home(self, user: str) -> None:
        """Somebody opens the app's home."""
        channel = self.direct(user, self.bot)
        home = self.world.homes.get(user)
        self.note(Kind.OPEN, user, "", None, audience=[user])
        self._send(events.home_opened(user, channel, home, self.clock.ts()), None)

    def publish_home(self, user: str, payload: Json) -> View:
        """The app puts a view on somebody's home."""
        home = self.world.homes.get(user)
        if home is None:
            home = self.world.homes[user] = self._new_view(user, payload)
        self.replace_view(home, payload)
        return home

    def open_view(self, user: str, payload: Json) -> View:
        """A form opens in front of somebody; what was open is gone."""
        self.world.open_views[user] = []
        return self.push_view(user, payload)

    def push_view(self, user: str, payload: Json) -> View:
        """A form opens on top of the one that is open."""
        stack = self.world.open_views.setdefault(user, [])
        view = self._new_view(user, payload)
        if stack:
            view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        self.replace_view(view, payload)
        return view

    def replace_view(self, view: View, payload: Json) -> None:
        """A view shows something else; what was typed stays where the ids stay the same."""
        blocks = self._identified(payload["blocks"])
        view.payload, view.hash, view.errors = payload | {"blocks": blocks}, self.clock.ts(), {}
        view.values = elements.state(blocks, self.world.given(view.user, view.id))
        self._note_view(view)

    def direct(self, *users: str) -> Channel:
        """The direct conversation of these people, opened if need be."""
        channel = self.world.direct(*users)
        if channel is None:
            is_pair = len(set(users)) <= 2  # noqa: PLR2004
            kind, prefix = ("im", "D") if is_pair else ("mpim", "G")
            name = (
                ""
                if is_pair
                else "mpdm-" + "--".join(sorted(self._account(u).name.lower() for u in users))
            )
            channel = Channel(
                self.world.new_id(prefix),
                name,
                kind,
                self.clock.now(),
                list(dict.fromkeys(users)),
                creator=users[0],
            )
            self.world.channels[channel.id] = channel
        return channel

    def shape(self, channel: Channel, message: Message, *, with_metadata: bool = False) -> Json:
        """The message as the Web API and events describe it."""
        replies = channel.replies(message.ts)
        return payloads.message(message, replies, with_metadata=with_metadata)

    def tell(
        self, event: Json, channel: Channel | None = None, *, origin: Team | None = None
    ) -> bool:
        """Tells the app in this workspace of something; returns False if it may not know.

        `origin` is the workspace in which it happened; by default this one.
        """
        if not events.is_sent(self.app, self.bot, event, channel):
            return False
        team, event_id = self.world.team, self.world.unique_id("Ev")
        at = int(self.clock.now().timestamp())
        self.emit(events.envelope(team, event, event_id, at, channel, origin=origin or team))
        return True

    def sides(self, channel: Channel) -> list[LocalSlack]:
        """The workspaces that have a channel, this one first: several if they share it."""
        others = (each for each in self.neighbours if each is not self)
        return [self, *(each for each in others if each.world.channels.get(channel.id) is channel)]

    def introduce(self, channel: Channel) -> None:
        """Everybody in a shared channel is known on both sides."""
        sides = self.sides(channel)
        if len(sides) == 1:
            return
        known = {user.id: user for side in sides for user in side.world.users.values()}
        for side, member in product(sides, channel.members):
            side.world.users.setdefault(member, known[member])

    def run_step(self, user: str, step: str, inputs: dict[str, str]) -> Execution:
        """A workflow that somebody started comes to a step of the app's."""
        execution = Execution(self.world.new_id("Fx"), step, inputs)
        self.world.executions[execution.id] = execution
        declared = self.app.steps[step]
        self.note(Kind.STEP, user, f"ran {declared['title']!r}", None, audience=[user])
        self._send(events.step_started(execution, declared, self.clock.ts()), None)
        return execution

    def note(
        self, kind: Kind, actor: str, text: str, channel: Channel | None, **where: Any
    ) -> None:
        """Writes into the journal; by default for everybody in the channel."""
        sides = self.sides(channel) if channel and "audience" not in where else [self]
        where.setdefault("audience", channel.members if channel else [])
        place = channel.id if channel else ""
        for side in sides:
            side.journal.note(self.clock.now(), kind, actor, text, channel=place, **where)
            side.revision.bump()

    def passed(self, direction: str, what: str, outcome: str, detail: Json) -> None:
        """Writes a request into the traffic."""
        self.journal.passed(self.clock.now(), direction, what, outcome, detail)
        self.revision.bump()

    def _identified(self, blocks: list[Json]) -> list[Json]:
        return block_kit.identified(blocks, self.world.new_id)

    def _new_view(self, user: str, payload: Json) -> View:
        return View(self.world.new_id("V"), self.world.team.id, user, payload, hash="")

    def _note_view(self, view: View) -> None:
        kind = Kind.HOME if view.payload["type"] == "home" else Kind.VIEW
        text = plain_text.of_view(self.world, view.payload)
        self.note(kind, self.bot, text, None, audience=[view.user])

    def _note(self, kind: Kind, actor: str, channel: Channel, message: Message) -> None:
        payload = (message.metadata or {}).get("event_payload") or {}
        self.note(
            kind,
            message.app.name if message.app else actor,
            plain_text.of_posted(self.world, message),
            channel,
            ts=message.ts,
            thread_ts=message.thread_ts,
            mark=str(payload.get("k", "")),
        )

    def _send(self, event: Json, channel: Channel | None) -> None:
        """Tells the app: once, also where it is in two workspaces that share the channel."""
        sides, origin = self.sides(channel) if channel else [self], self.world.team
        any(side.tell(event, channel, origin=origin) for side in sides)

    def _account(self, user_id: str) -> User:
        return self.world.users[user_id]


def _mentioned(text: str) -> set[str]:
    return {part[:9] for part in text.split("<@")[1:]}
