"""What no page of Slack's would send: any signed body, and forms filled with anything."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from threading import Event
from typing import Any, Final, TypeVar

import httpx2

from bot.core.clock import SystemClock, monotonic
from bot.playground import elements, payloads
from bot.playground.app import SIGNING_SECRET
from bot.playground.slack import LocalSlack
from bot.playground.world import APP_ID, TEAM_ID, Channel, Json, User, View
from tests.support.town import PATIENCE, Town

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
CHOSEN: Final = {
    "users": "U0ANA0000",
    "channels": "C0INFRA00",
    "conversations": "C0INFRA00",
    "datepicker": "2026-10-09",
    "timepicker": "09:00",
    "number_input": "2",
}
"""What is chosen in a field where nothing stands yet and Slack takes no text."""
ROOM: Final = 100_000
"""Characters in all fields of a form: as JSON in a form each may take eight bytes of 1 MiB."""
PAGES: Final = 3
"""As many pages of a form are filled in; one that asks again is left then."""
_T = TypeVar("_T")


class Envelopes:
    """Writes and signs what Slack sends of events; the bot listens over HTTP."""

    def __init__(self, slack: LocalSlack) -> None:
        self.slack = slack
        self._http = httpx2.Client(timeout=PATIENCE, trust_env=False)
        self._number = count(1)

    def close(self) -> None:
        """Closes the connection."""
        self._http.close()

    def waits_for_the_bot(self) -> None:
        """Waits until something listens at the bot's address."""
        ends, waiting = monotonic() + PATIENCE, Event()
        while True:
            try:
                self._http.get(self.slack.app.event_url)
            except httpx2.HTTPError:
                assert monotonic() < ends, "nobody listens"
                waiting.wait(0.05)
            else:
                return

    def sends(
        self, body: bytes, content_type: str = JSON, *, secret: str = SIGNING_SECRET, age: int = 0
    ) -> httpx2.Response:
        """Sends a body, signed with this secret so many seconds ago."""
        at = str(int(SystemClock().now().timestamp()) - age)
        signed = hmac.new(secret.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256)
        headers = {
            "content-type": content_type,
            "x-slack-request-timestamp": at,
            "x-slack-signature": f"v0={signed.hexdigest()}",
        }
        return self._http.post(self.slack.app.event_url, content=body, headers=headers)

    def envelope(self, event: Json, **more: Any) -> Json:
        """An Events API payload; `more` replaces what stands around the event."""
        return {
            "type": "event_callback",
            "team_id": TEAM_ID,
            "api_app_id": APP_ID,
            "event_id": f"EvWIRE{next(self._number):06d}",
            "event_time": int(self.slack.clock.now().timestamp()),
            "authorizations": [{"team_id": TEAM_ID, "is_enterprise_install": False}],
            "event": event,
        } | more

    def tells(self, event: Json, **more: Any) -> bytes:
        """Sends an event that nobody in the town caused; returns its body."""
        body = json.dumps(self.envelope(event, **more)).encode()
        answer = self.sends(body)
        assert answer.status_code == 200, (answer.status_code, event)
        return body

    def message(self, **more: Any) -> Json:
        """What Slack sends of a message, Mei's in #infra unless said otherwise."""
        at = self.slack.clock.now().timestamp()
        ts = f"{int(at)}.{next(self._number):06d}"
        return {
            "type": "message",
            "user": "U0MEI0000",
            "channel": "C0INFRA00",
            "channel_type": "channel",
            "ts": ts,
            "event_ts": ts,
        } | more


class Wire:
    """Sends the bot of a town, which listens over HTTP, whatever a test wants it to get."""

    def __init__(self, town: Town) -> None:
        self.town, self.slack = town, town.server.slack
        self.envelopes = Envelopes(self.slack)

    def close(self) -> None:
        """Closes the connection."""
        self.envelopes.close()

    def says(self, author: str, channel: str, text: str, reply_to: str | None = None) -> str:
        """Somebody posts exactly this text of Slack's; returns the message's ts."""
        person, where = self.person(author), self.channel(channel)
        post = self._on_loop(lambda: self.slack.post(person.id, where, text, thread_ts=reply_to))
        return post.ts

    def opens(self, name: str, members: list[str]) -> str:
        """A channel with these members is there, without a word to the bot; returns its id."""
        slack = self.slack
        now = slack.clock.now()
        where = Channel(slack.world.new_id("C"), name, "channel", now, members, creator=members[0])
        self._on_loop(partial(slack.world.channels.__setitem__, where.id, where))
        return where.id

    def types(self, author: str, command: str, text: str, channel: str = "#infra") -> Json:
        """Somebody's slash command arrives with exactly this text; returns the bot's answer."""
        person, where = self.person(author), self.channel(channel)
        typed = {
            "team_id": TEAM_ID,
            "channel_id": where.id,
            "channel_name": where.name,
            "user_id": person.id,
            "command": command,
            "text": text,
            "api_app_id": APP_ID,
            "trigger_id": self.trigger(person),
        }
        return self.town.delivers("slash_commands", typed)

    def interacts(self, author: str, payload: Json) -> Json:
        """Somebody's shortcut, press or form arrives as it stands here; returns the answer."""
        person = self.person(author)
        around = {
            "api_app_id": APP_ID,
            "team": {"id": TEAM_ID, "domain": "tideline"},
            "user": {"id": person.id, "name": person.name.lower(), "team_id": TEAM_ID},
            "trigger_id": self.trigger(person),
        }
        return self.town.delivers("interactive", around | payload)

    def picks(self, author: str, callback_id: str, channel: str, ts: str) -> Json:
        """Somebody picks an entry of a message's menu."""
        where = self.channel(channel)
        shortcut = {
            "type": "message_action",
            "callback_id": callback_id,
            "message_ts": ts,
            "channel": {"id": where.id, "name": where.name},
            "message": self.slack.shape(where, where.messages[ts]),
        }
        return self.interacts(author, shortcut)

    def fills_in(self, author: str, text: str) -> list[Json]:
        """Fills every field of somebody's open form with a text and sends it off, page by page.

        What has to be chosen is what stands there, or the first that is offered, or Ana. Returns
        the answers; the form is closed.
        """
        person = self.person(author)
        answers: list[Json] = []
        stack = self.slack.world.open_views.get(person.id, [])
        while stack and len(answers) < PAGES:
            answer = self._submits(author, stack[-1], text)
            answers.append(answer)
            if answer.get("response_action") not in {"update", "push"}:
                break
            self._on_loop(partial(self.slack.replace_view, stack[-1], answer["view"]))
        stack.clear()
        return answers

    def submits_as(self, whom: str, author: str, text: str) -> Json:
        """Somebody sends off a form that stands open in front of somebody else."""
        stack = self.slack.world.open_views[self.person(author).id]
        answer = self._submits(whom, stack[-1], text)
        stack.clear()
        return answer

    def renames_person(self, whom: str, name: str) -> None:
        """Somebody calls themselves something else."""
        person, changes = self.person(whom), {"name": name, "real_name": name}
        self._on_loop(lambda: self.slack.change_account(person, "renamed", changes))

    def renames_channel(self, channel: str, name: str) -> None:
        """A channel is called something else."""
        where = self.channel(channel)
        self._on_loop(lambda: self.slack.rename(where, name))

    def trigger(self, person: User) -> str:
        """What lets the bot open a form for somebody."""
        fresh = self.slack.world.new_id("trigger-wire-")
        return self._on_loop(lambda: self.slack.triggers.grant(fresh, person.id))

    def person(self, name: str) -> User:
        """Somebody's account."""
        found = self.slack.world.user_called(name)
        assert found is not None, name
        return found

    def channel(self, name: str) -> Channel:
        """A channel by name or id."""
        found = self.slack.world.channel_called(name)
        assert found is not None, name
        return found

    def _submits(self, author: str, view: View, text: str) -> Json:
        view.values = elements.state(view.payload["blocks"], dict(_given(view.payload, text)))
        return self.interacts(
            author, {"type": "view_submission", "view": payloads.view(view), "response_urls": []}
        )

    def _on_loop(self, act: Callable[[], _T]) -> _T:
        async def run() -> _T:
            return act()

        loop = self.town.server._loop
        assert loop is not None
        return asyncio.run_coroutine_threadsafe(run(), loop).result(PATIENCE)


def _given(view: Json, text: str) -> Iterator[tuple[str, Json]]:
    """What is typed and chosen in each field, by block and action."""
    fields = [each for each in elements.elements_of(view["blocks"]) if each[0]["type"] == "input"]
    typed = [element for _, element in fields if element["type"] == "plain_text_input"]
    part = text[: ROOM // max(1, len(typed))]
    for block, element in fields:
        yield block["block_id"], {element["action_id"]: _chosen(element, part)}


def _chosen(element: Json, text: str) -> Any:
    kind = elements.KINDS[element["type"]]
    if element["type"] == "plain_text_input":
        return text
    stands = elements.entry(element)[kind.answer]
    if kind.most_options:
        options = stands if kind.is_many else [stands or elements.options_of(element)[0]]
        values = [option["value"] for option in options]
        return values if kind.is_many else values[0]
    found = next(value for name, value in CHOSEN.items() if name in element["type"])
    return stands or ([found] if kind.is_many else found)
