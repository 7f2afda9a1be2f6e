"""Acts as the people of a running local Slack, over HTTP, as its page does."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import Any, Final, Self
from urllib.parse import urlencode

import httpx2

from bot.core.clock import monotonic
from bot.playground import choosing
from bot.playground.choosing import Choice, Names, NotOffered
from bot.playground.world import Json

PATIENCE: Final = 10.0


class NotPossible(Exception):
    """The workspace would not let somebody do this; the text says why."""


class NoAnswer(Exception):
    """The app did not answer somebody who used it; they were told so."""


class LocalSlackClient:
    """One connection to a local Slack."""

    def __init__(self, url: str) -> None:
        no_tls = SSLContext(PROTOCOL_TLS_CLIENT)  # reading certificates takes longer than a request
        self._http = httpx2.Client(base_url=url, timeout=60, trust_env=False, verify=no_tls)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def person(self, name: str) -> "Person":
        """Somebody of the workspace, by their first name."""
        return Person(self, name)

    def act(self, person: str, action: str, **given: Any) -> Json:
        """Does something as somebody. Raises NotPossible or NoAnswer."""
        answer = self._http.post("local/act", json={"person": person, "action": action, **given})
        told: Json = answer.json()
        if answer.status_code == httpx2.codes.BAD_GATEWAY:
            raise NoAnswer(told["error"])
        if not told["ok"]:
            raise NotPossible(told["error"])
        return told

    def app_says(
        self,
        app: str,
        channel: str,
        text: str,
        *,
        attachments: Sequence[Json] = (),
        reply_to: str | None = None,
    ) -> str:
        """Another app posts; returns the message's ts. Its text is Slack's, with its tokens."""
        given = {"app": app, "channel": channel, "text": text, "attachments": list(attachments)}
        ts: str = self._post("app", given | ({"thread_ts": reply_to} if reply_to else {}))["ts"]
        return ts

    def app_edits(
        self, channel: str, ts: str, text: str, *, attachments: Sequence[Json] = ()
    ) -> None:
        """Another app changes a message of its own."""
        given = {"channel": channel, "ts": ts, "text": text, "attachments": list(attachments)}
        self._post("app", given)

    def app_deletes(self, channel: str, ts: str) -> None:
        """Another app deletes a message of its own."""
        self._post("app", {"channel": channel, "ts": ts, "is_deleted": True})

    def see(self, person: str) -> Json:
        """Everything in front of somebody."""
        seen: Json = self._get("see", person=person)
        return seen

    def channel(self, person: str, channel: str) -> Json:
        """A conversation as somebody sees it."""
        seen: Json = self._get("channel", person=person, channel=channel)
        return seen

    def file(self, person: str, file_id: str) -> bytes | None:
        """What is in a file; None where somebody cannot see it."""
        answer = self._http.get(f"local/file?{urlencode({'person': person, 'id': file_id})}")
        return answer.content if answer.is_success else None

    def journal(self, start: int = 0, *, wait: float = 0.0) -> list[Json]:
        """What happened from entry `start` on; waits up to `wait` seconds for the first."""
        entries: list[Json] = self._get("journal", **{"from": start, "wait": wait})
        return entries

    def traffic(self, after: int = 0) -> list[Json]:
        """The requests on the wire since number `after`."""
        requests: list[Json] = self._get("traffic", after=after)
        return requests

    def now(self) -> datetime:
        """The workspace's instant."""
        return datetime.fromisoformat(self._get("clock")["now"])

    def advance(self, by: timedelta) -> None:
        """Moves the workspace's clock on."""
        self._post("move", {"seconds": by.total_seconds()})

    def move_to(self, instant: datetime) -> None:
        """Moves the workspace's clock to an instant."""
        self._post("move", {"to": instant.isoformat()})

    def next_morning(self, person: str) -> None:
        """Moves the workspace's clock to somebody's next 09:00."""
        self._post("move", {"morning_of": person})

    def faults(self, **wanted: Any) -> None:
        """Sets what goes wrong from now on; nothing: all is well."""
        self._post("faults", wanted)

    def cut(self, how: str) -> None:
        """Breaks the sockets of the app."""
        self._post("cut", {"how": how})

    def connected(self) -> None:
        """Waits until the app can be reached."""
        self._post("connected", {})

    def settled(self, *, quiet: float = 0.0) -> None:
        """Waits until the app has acknowledged every event, and called nobody for so long."""
        self._post("settle", {"quiet": quiet})

    def wait_for(
        self, wanted: Callable[[Json], bool], *, start: int = 0, seconds: float = PATIENCE
    ) -> Json | None:
        """The first entry from `start` on that is wanted, or None if it did not come in time."""
        deadline = monotonic() + seconds
        while True:
            left = deadline - monotonic()
            entries = self.journal(start, wait=max(left, 0.0))
            for entry in entries:
                if wanted(entry):
                    return entry
            start += len(entries)
            if left <= 0:
                return None

    def _get(self, what: str, **query: Any) -> Any:
        answer = self._http.get(f"local/{what}?{urlencode(query)}")
        answer.raise_for_status()
        return answer.json()

    def _post(self, what: str, given: Mapping[str, Any]) -> Json:
        answer = self._http.post(f"local/{what}", json=dict(given)).raise_for_status()
        told: Json = answer.json()
        return told


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the workspace: what they do and what is in front of them."""

    slack: LocalSlackClient
    name: str

    def says(self, channel: str, text: str, *, reply_to: str | None = None) -> str:
        """Posts and returns the message's ts."""
        thread = {"thread_ts": reply_to} if reply_to else {}
        ts: str = self._act("post", channel=channel, text=text, **thread)["ts"]
        return ts

    def edits(self, channel: str, ts: str, text: str) -> None:
        """Changes a message of theirs."""
        self._act("edit", channel=channel, ts=ts, text=text)

    def deletes(self, channel: str, ts: str) -> None:
        """Deletes a message of theirs."""
        self._act("delete", channel=channel, ts=ts)

    def reacts(self, channel: str, ts: str, emoji: str, *, add: bool = True) -> None:
        """Adds a reaction, or takes it back."""
        self._act("react", channel=channel, ts=ts, emoji=emoji, add=add)

    def invites(self, whom: str, channel: str) -> None:
        """Adds somebody to a channel."""
        self._act("invite", whom=whom, channel=channel)

    def removes(self, whom: str, channel: str) -> None:
        """Removes somebody from a channel."""
        self._act("remove", whom=whom, channel=channel)

    def shares(self, channel: str) -> None:
        """Shares a channel with another organisation."""
        self._act("share", channel=channel)

    def unshares(self, channel: str) -> None:
        """Shares a channel no longer."""
        self._act("unshare", channel=channel)

    def types(self, channel: str, command: str) -> None:
        """Types a slash command."""
        self._act("command", channel=channel, text=command)

    def runs_step(self, step: str, **inputs: str) -> str:
        """Starts a workflow with a step of the app's in it; returns the execution's id."""
        execution: str = self._act("run_step", step=step, inputs=inputs)["execution"]
        return execution

    def step(self, execution: str) -> Json:
        """What became of a step: its `outputs`, or None, and the `error` it ended with."""
        return self._act("see_step", execution=execution)

    def picks(self, entry: str, channel: str, ts: str) -> None:
        """Picks an entry of a message's menu."""
        self._act("shortcut", **self._shortcut(entry, is_global=False), channel=channel, ts=ts)

    def uses_global_shortcut(self, name: str) -> None:
        """Picks an entry of the menu of shortcuts, which is the same everywhere."""
        self._act("shortcut", **self._shortcut(name, is_global=True))

    def fills_in(self, fields: Mapping[str, Choice]) -> None:
        """Fills in the open form, by the labels of its fields, and sends it off.

        Where several can be chosen, a list of labels, or the labels with commas between them.
        """
        view = self._open_form()
        self._act("submit", view=view["id"], values=self._answers(view, fields))

    def presses(self, label: str, *, filled: Mapping[str, Choice] | None = None) -> None:
        """Presses the newest button of this name; in a form, with its fields filled in first."""
        place = next(self._found(lambda blocks: choosing.buttons(blocks, label)), None)
        if place is None:
            raise NotPossible(f"no button {label!r}")
        if filled:
            place |= {"values": self._answers(self._open_form(), filled)}
        self._act("press", **place)

    def picks_option(self, called: str, option: Choice) -> None:
        """Chooses from the newest menu, or boxes, of this label, text beside it or action id."""
        names = self._names()
        find = partial(choosing.menus, wanted=called, option=option, names=names)
        place = next(self._found(find), None)
        if place is None:
            raise NotPossible(f"nothing called {called!r} offers {option!r}")
        self._act("press", **place)

    def closes_form(self) -> None:
        """Closes the form that is on top."""
        self._act("close")

    def sets_status(self, emoji: str, text: str, *, until: datetime | None = None) -> None:
        """Sets their status, for good or until an instant."""
        ends = int(until.timestamp()) if until else 0
        self._act("status", emoji=emoji, text=text, until=ends)

    def clears_status(self) -> None:
        """Clears their status."""
        self._act("status")

    def moves_to(self, zone: str) -> None:
        """Changes their time zone."""
        self._act("zone", tz=zone)

    def makes(self, whom: str, role: str) -> None:
        """As an admin, makes somebody an admin, a member, a guest…; see accounts.ROLES."""
        self._act("role", whom=whom, role=role)

    def deactivates(self, whom: str) -> None:
        """As an admin, deactivates somebody's account."""
        self._act("deactivate", whom=whom)

    def activates(self, whom: str) -> None:
        """As an admin, activates somebody's account again."""
        self._act("activate", whom=whom)

    def makes_group(self, handle: str, *members: str) -> str:
        """Makes a user group and returns its id."""
        group: str = self._act("make_group", handle=handle, members=members)["group"]
        return group

    def sets_group(self, handle: str, *members: str) -> None:
        """Decides who is in a user group from now on."""
        self._act("set_group", handle=handle, members=members)

    def renames_group(self, handle: str, name: str) -> None:
        """Gives a user group another handle."""
        self._act("rename_group", handle=handle, name=name)

    def disables_group(self, handle: str) -> None:
        """Takes a user group out of use."""
        self._act("disable_group", handle=handle)

    def opens_home(self) -> None:
        """Looks at the app's home."""
        self._act("home")

    def direct_with(self, *names: str) -> str:
        """The id of their direct conversation with these people."""
        channel: str = self._act("direct", **{"with": names})["channel"]
        return channel

    @property
    def form(self) -> Json | None:
        """The form that is open in front of them."""
        view: Json | None = self.slack.see(self.name)["view"]
        return view

    @property
    def home(self) -> Json | None:
        """What is on their App Home."""
        view: Json | None = self.slack.see(self.name)["home"]
        return view

    def messages(self, channel: str) -> list[Json]:
        """What they see in a conversation, the oldest first."""
        found: list[Json] = self.slack.channel(self.name, channel)["messages"]
        return found

    def direct_messages(self) -> list[Json]:
        """What the app wrote to them, the oldest first."""
        return self.messages(self.direct_with(self.slack.see(self.name)["app"]["user"]))

    def _act(self, action: str, **given: Any) -> Json:
        return self.slack.act(self.name, action, **given)

    def _shortcut(self, name: str, *, is_global: bool) -> Json:
        for offered in self.slack.see(self.name)["app"]["shortcuts"]:
            if (offered["name"], offered["is_global"]) == (name, is_global):
                return {"callback_id": offered["callback_id"]}
        raise NotPossible(f"no entry {name!r} in the menu")

    def _open_form(self) -> Json:
        view = self.form
        if view is None:
            raise NotPossible("no form is open")
        return view

    def _names(self) -> Names:
        return Names(self.slack.see(self.name))

    def _answers(self, view: Json, fields: Mapping[str, Choice]) -> Json:
        try:
            return choosing.answers(view, fields, self._names())
        except NotOffered as missing:
            raise NotPossible(str(missing)) from None

    def _found(self, find: Callable[[list[Json]], Iterator[Json]]) -> Iterator[Json]:
        """Where it is: in the open form, on their home, or on a message, the newest first."""
        seen = self.slack.see(self.name)
        for view in filter(None, (seen["view"], seen["home"])):
            for place in find(view["blocks"]):
                yield place | {"view": view["id"]}
        messages = [
            (message["ts"], channel["id"], message)
            for channel in seen["channels"]
            if channel["is_member"]
            for message in self.messages(channel["id"])
        ]
        for ts, channel, message in sorted(messages, key=lambda each: str(each[0]), reverse=True):
            for place in find(message.get("blocks") or []):
                yield place | {"channel": channel, "ts": ts}
