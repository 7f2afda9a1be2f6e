"""An app of a few lines, over a real socket: it keeps what it is sent and answers as it is told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from threading import Thread
from typing import Any

import httpx2
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from bot.playground.app import APP_TOKEN, BOT_TOKEN
from bot.playground.server import LocalSlackServer
from bot.playground.world import Json

PATIENCE = 10.0


class SmallApp:
    """Keeps the interactions and events it is sent; `answers` are what it says to the next ones."""

    def __init__(self, http: httpx2.Client) -> None:
        self._http = http
        self._interactions: Queue[Json] = Queue()
        self._events: Queue[Json] = Queue()
        self.answers: list[Json] = []

    def call(self, method: str, token: str = BOT_TOKEN, **given: Any) -> Json:
        headers = {"authorization": f"Bearer {token}"}
        answer: Json = self._http.post(f"api/{method}", json=given, headers=headers).json()
        return answer

    def read(self, method: str, token: str = BOT_TOKEN, **given: Any) -> Json:
        headers = {"authorization": f"Bearer {token}"}
        answer: Json = self._http.post(f"api/{method}", data=given, headers=headers).json()
        return answer

    def interaction(self) -> Json:
        """The next thing somebody did with it."""
        return self._interactions.get(timeout=PATIENCE)

    def event(self) -> Json:
        """The next event it was sent."""
        event: Json = self.envelope()["event"]
        return event

    def envelope(self) -> Json:
        """The next event it was sent, with what says for whom it is."""
        return self._events.get(timeout=PATIENCE)

    def open_form(self, blocks: list[Json], person: str, **more: Any) -> Json:
        """Opens a form, as in answer to a command."""
        text = {"type": "plain_text", "text": "Settings"}
        view = {"type": "modal", "title": text, "submit": text, "blocks": blocks, **more}
        trigger = self._trigger(person)
        return self.call("views.open", trigger_id=trigger, view=view)

    def receive(self, socket: ClientConnection) -> None:
        """Takes what comes until the socket closes."""
        try:
            for frame in socket:
                self._take(json.loads(frame), socket)
        except ConnectionClosed:
            return

    def _take(self, frame: Json, socket: ClientConnection) -> None:
        if "envelope_id" not in frame:
            return
        answer = {"envelope_id": frame["envelope_id"]}
        if frame["type"] == "events_api":
            self._events.put(frame["payload"])
        else:
            self._interactions.put(frame["payload"])
            answer |= {"payload": self.answers.pop(0)} if self.answers else {}
        socket.send(json.dumps(answer))

    def _trigger(self, person: str) -> str:
        shortcut = {"person": person, "action": "command", "channel": "#infra", "text": "/baton"}
        self._http.post("local/act", json=shortcut).raise_for_status()
        trigger: str = self.interaction()["trigger_id"]
        return trigger


@contextmanager
def small_app(server: LocalSlackServer) -> Iterator[SmallApp]:
    """A small app, connected to the local Slack."""
    with httpx2.Client(base_url=server.url, trust_env=False) as http:
        app = SmallApp(http)
        url = app.call("apps.connections.open", token=APP_TOKEN)["url"]
        with connect(url, proxy=None) as socket:
            receiving = Thread(target=app.receive, args=[socket], daemon=True)
            receiving.start()
            http.post("local/connected", json={}).raise_for_status()
            yield app
        receiving.join(PATIENCE)
