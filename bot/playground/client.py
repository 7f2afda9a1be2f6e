"""Acts as the people of a running local Slack, over HTTP, as its page does."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Self
from urllib.parse import urlencode

import httpx2

from bot.core.clock import monotonic
from bot.playground.world import Json

PATIENCE: Final = 10.0


class NotPossible(Exception):
    """The workspace would not let somebody do this; the text says why."""


class NoAnswer(Exception):
    """The app did not answer somebody who used it; they were told so."""


class LocalSlackClient:
    """One connection to a local Slack."""

    def __init__(self, url: str) -> None:
        self._http = httpx2.Client(base_url=url, timeout=60, trust_env=False)

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

    def see(self, person: str) -> Json:
        """Everything in front of somebody."""
        seen: Json = self._get("see", person=person)
        return seen

    def channel(self, person: str, channel: str) -> Json:
        """A conversation as somebody sees it."""
        seen: Json = self._get("channel", person=person, channel=channel)
        return seen

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

    def _post(self, what: str, given: Mapping[str, Any]) -> None:
        self._http.post(f"local/{what}", json=dict(given)).raise_for_status()


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

    def types(self, channel: str, command: str) -> None:
        """Types a slash command."""
        self._act("command", channel=channel, text=command)

    def picks(self, entry: str, channel: str, ts: str) -> None:
        """Picks an entry of a message's menu."""
        for shortcut in self.slack.see(self.name)["app"]["shortcuts"]:
            if shortcut["name"] == entry:
                self._act("shortcut", callback_id=shortcut["callback_id"], channel=channel, ts=ts)
                return
        raise NotPossible(f"no entry {entry!r} in the menu")

    def fills_in(self, fields: Mapping[str, str]) -> None:
        """Fills in the open form, by the labels of its fields, and sends it off."""
        view = self.form
        if view is None:
            raise NotPossible("no form is open")
        values = dict(self._filled(view, fields))
        self._act("submit", view=view["id"], values=values)

    def presses(self, label: str) -> None:
        """Presses the newest button of this name."""
        place = next(self._buttons(label), None)
        if place is None:
            raise NotPossible(f"no button {label!r}")
        self._act("press", **place)

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

    def _filled(self, view: Json, fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        people = {each["name"]: each["id"] for each in self.slack.see(self.name)["people"]}
        labels = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                labels[block["label"]["text"]] = block
        for label, value in fields.items():
            if label not in labels:
                raise NotPossible(f"the form has no field {label!r}")
            is_person = labels[label]["element"]["type"] == "users_select"
            yield labels[label]["block_id"], people[value] if is_person else value

    def _buttons(self, label: str) -> Iterator[Json]:
        seen = self.slack.see(self.name)
        for view in (seen["view"], seen["home"]):
            for element in _buttons_in(view["blocks"] if view else []):
                if element["text"]["text"] == label:
                    yield {"view": view["id"], "action_id": element["action_id"]}
        yield from self._buttons_on_messages(seen, label)

    def _buttons_on_messages(self, seen: Json, label: str) -> Iterator[Json]:
        messages = [
            (message["ts"], channel["id"], message)
            for channel in seen["channels"]
            if channel["is_member"]
            for message in self.messages(channel["id"])
        ]
        for ts, channel, message in sorted(messages, key=lambda each: str(each[0]), reverse=True):
            for element in _buttons_in(message.get("blocks") or []):
                if element["text"]["text"] == label:
                    yield {
                        "channel": channel,
                        "ts": ts,
                        "action_id": element["action_id"],
                        "value": element.get("value"),
                    }


def _buttons_in(blocks: list[Json]) -> Iterator[Json]:
    for block in blocks:
        for element in [*(block.get("elements") or []), block.get("accessory") or {}]:
            if element.get("type") == "button":
                yield element
