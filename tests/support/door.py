"""The door that Slack sends to, over real sockets: whoever knocks can sign, or not."""

import hashlib
import hmac
import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlencode

import httpx2
from sqlalchemy import func, select

from bot.app import Application
from bot.core.audit import AuditRow
from bot.core.clock import SystemClock, monotonic
from bot.core.db import Base, Database, upsert
from bot.core.inbox import InboxRow
from bot.core.outbox import OutboxRow
from bot.core.people import PersonRow
from bot.core.workspaces import WorkspaceRow
from bot.settings import Settings
from bot.slack.connections import Receiving
from bot.slack.http import Door as SlacksDoor
from bot.slack.http import HttpServer, pages
from bot.slack.ingress import PATH, Verifier
from tests.support.ports import free_port

SECRET: Final = "a-signing-secret"
JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
PATIENCE: Final = 20.0
HEAD_END: Final = b"\r\n\r\n"
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def sign(timestamp: str, body: bytes, secret: str = SECRET) -> str:
    """What Slack writes into the header of its signature."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def signed(body: bytes, *, age: timedelta = timedelta(), secret: str = SECRET) -> dict[str, str]:
    """The headers of a request that Slack signed this long ago."""
    timestamp = str(int((SystemClock().now() - age).timestamp()))
    signature = sign(timestamp, body, secret)
    return {"x-slack-request-timestamp": timestamp, "x-slack-signature": signature}


def form(fields: Mapping[str, Any]) -> bytes:
    """The fields of a command as Slack sends them."""
    return urlencode(fields).encode()


def interaction(payload: Mapping[str, Any]) -> bytes:
    """A press, shortcut or form as Slack sends it."""
    return urlencode({"payload": json.dumps(payload)}).encode()


class Door:
    """A running endpoint and a client that can sign."""

    def __init__(self, port: int, app: Application) -> None:
        self.port, self.app = port, app
        self.http = httpx2.Client(
            base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=PATIENCE
        )

    @property
    def database(self) -> Database:
        """Where it stores what it lets in."""
        return self.app.bot.database

    def knock(
        self,
        body: bytes,
        headers: Mapping[str, str] = NOTHING,
        *,
        age: timedelta = timedelta(),
        content_type: str = JSON,
    ) -> int:
        """Sends a signed request; `headers` take the place of what is right."""
        given = {"content-type": content_type, **signed(body, age=age), **headers}
        return self.http.post(PATH, content=body, headers=given).status_code

    def does(self, body: bytes) -> int:
        """Sends a signed interaction."""
        return self.knock(body, content_type=FORM)

    def stored(self, table: type[Base] = InboxRow) -> int:
        """How many rows of a table there are."""
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def socket(self) -> socket.socket:
        """A connection for whoever writes their own bytes."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def says(self, request: bytes) -> bytes:
        """What is answered to these bytes until the connection is closed."""
        answer = b""
        with self.socket() as connection:
            try:
                connection.sendall(request)
                while piece := connection.recv(65_536):
                    answer += piece
            except (ConnectionResetError, BrokenPipeError):
                pass
        return answer


def raw(body: bytes, *headers: tuple[str, str], length: int | None = None) -> bytes:
    """A request as bytes, with exactly these headers besides the ones of HTTP."""
    given = str(len(body) if length is None else length)
    own = [("host", "door"), ("connection", "close"), ("content-length", given)]
    lines = [f"POST {PATH} HTTP/1.1", *(f"{name}: {value}" for name, value in [*own, *headers])]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


@contextmanager
def door(
    database_url: str, *, receiving: Receiving | None = None, **settings: Any
) -> Iterator[Door]:
    """The door of an app on this database, which has no workspace yet."""
    given = {"database_url": database_url, "slack_bot_token": "xoxb-1", **settings}
    app = Application(Settings(_env_file=None, **given))
    port = free_port()
    slacks = SlacksDoor(app._ingress, app._dispatch, Verifier(SECRET))
    server = HttpServer(pages([]), "127.0.0.1", port, receiving=receiving, door=slacks)
    server.start()
    opened = Door(port, app)
    try:
        yield opened
    finally:
        opened.http.close()
        server.stop(monotonic() + PATIENCE)
        app._ingress.close()
        app.bot.database.close()


def settle_in(database: Database) -> None:
    """Has an app been installed in T1."""
    workspace = {
        "team_id": "T1",
        "name": "Tideline",
        "url": "https://tideline.slack.com/",
        "bot_id": "B1",
        "bot_user_id": "U0BOT",
        "scopes": "",
        "installed_at": SystemClock().now(),
    }
    with database.transaction() as session:
        upsert(session, WorkspaceRow, workspace)


def nothing_came_of_it(database: Database) -> None:
    """Nothing was stored, is to be sent, or was noted of anybody."""
    with database.reading() as session:
        for table in (InboxRow, OutboxRow, PersonRow, AuditRow):
            assert session.scalar(select(func.count()).select_from(table)) == 0, table.__tablename__
