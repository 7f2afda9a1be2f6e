"""Calls to Slack's Web API. The one place where the SDK's errors become ours."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from http.client import HTTPException
from socket import gaierror
from typing import Any, Final, Self, TypeAlias
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen
from uuid import UUID

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.core.blocks import Message
from bot.core.blocks import payload as payload_of
from bot.core.channels import Channel
from bot.core.db import storable
from bot.core.errors import (
    SlackAppTokenDead,
    SlackDown,
    SlackError,
    SlackOutcomeUnknown,
    SlackRateLimited,
    SlackRefused,
    SlackScopeMissing,
    SlackTokenDead,
    SlackUnreachable,
)
from bot.core.leave import Status
from bot.core.outbox import Sent
from bot.core.people import Account
from bot.core.working_time import zone_named
from bot.core.workspaces import Workspace
from bot.settings.urls import is_loopback
from bot.slack.methods import ALLOWED
from bot.slack.payloads import object_in, objects_in, text_in
from bot.slack.tokens import TokenSource

Json: TypeAlias = dict[str, Any]

DEFAULT_PAUSE: Final = timedelta(seconds=30)
MAX_PAUSE: Final = timedelta(minutes=15)
PAGE: Final = 200
MAX_PAGES: Final = 50
FAR_AWAY: Final = 10**10  # seconds since 1970 that a date can hold
_LITERAL: Final = {"parse": "none", "link_names": False}
_NO_PREVIEWS: Final = {"unfurl_links": False, "unfurl_media": False}
METADATA_TYPE: Final = "baton_message"
DEAD_TOKEN: Final = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
)
# With the token of a whole organisation these have to be told which workspace is meant.
OF_ONE_WORKSPACE: Final = frozenset(
    {
        "conversations.create",
        "usergroups.list",
        "usergroups.users.list",
        "users.conversations",
    }
)
# "Some aspect of the operation succeeded before the error" is possible with these.
UNCERTAIN: Final = frozenset(
    {
        "internal_error",
        "fatal_error",
        "duplicate_message_not_found",
        "duplicate_channel_not_found",
    }
)
DOWN: Final = frozenset(
    {"request_timeout", "service_unavailable", "team_added_to_org", "org_login_required"}
)
"""Slack's methods say of the last two that a workspace moves into an organisation meanwhile."""


@dataclass(frozen=True, slots=True)
class Page:
    """Messages as Slack tells them, and the way to the next page; empty: that is all."""

    messages: Sequence[Mapping[str, Any]]
    cursor: str


@dataclass(frozen=True, slots=True)
class Client:
    """The app itself, as Slack knows it."""

    id: str
    secret: str = field(repr=False)


class Gateway:
    """Speaks with Slack for every workspace. Raises SlackError and its kinds, nothing else."""

    def __init__(
        self, api_url: str, tokens: TokenSource, *, timeout: timedelta, time_zone: str
    ) -> None:
        self._api_url = api_url
        self._tokens = tokens
        self._generation: int | None = None
        self._timeout = timeout.total_seconds()
        self._time_zone = time_zone

    @property
    def timeout(self) -> timedelta:
        """How long one call may take."""
        return timedelta(seconds=self._timeout)

    def under(self, generation: int) -> Self:
        """The same for what was begun under an installation: never with the token of another."""
        bound = copy(self)
        bound._generation = generation  # noqa: SLF001 - it is one of these
        return bound

    def takes(self, token: str) -> bool:
        """Whether Slack takes a token. Raises SlackError where it does not say."""
        try:
            self._call_with(token, "auth.test", {})
        except SlackTokenDead:
            return False
        return True

    def organisation(self, token: str) -> tuple[str, dict[str, str]]:
        """Where an organisation is, and its workspaces that a token is for: names by id."""
        url: str = self._call_with(token, "auth.test", {})[0]["url"]
        ask = partial(self._answer_with, token, "auth.teams.list")
        return url, {found["id"]: found["name"] for found in _pages(ask, "teams", {})}

    def identify(self, token: str) -> Workspace:
        """Which workspace a token belongs to, and what it may do there."""
        answer, headers = self._call_with(token, "auth.test", {})
        return Workspace(
            team_id=answer["team_id"],
            name=answer["team"],
            url=answer["url"],
            bot_id=answer["bot_id"],
            bot_user_id=answer["user_id"],
            scopes=frozenset(_header(headers, "x-oauth-scopes").replace(" ", "").split(",")),
        )

    def exchange(self, client: Client, code: str, redirect_uri: str) -> Json:
        """What Slack gives whoever installed the app, as it says it; the code is good once."""
        request = {
            "data": {"code": code, "redirect_uri": redirect_uri},
            "auth": {"client_id": client.id, "client_secret": client.secret},
        }
        return self._call_with("", "oauth.v2.access", request)[0]

    def revoke(self, token: str) -> None:
        """Gives a token back; the app is not installed by it any more."""
        self._call_with(token, "auth.revoke", {})

    def open_socket(self, app_token: str) -> str:
        """The address of a new Socket Mode connection. The token is the app's, no workspace's."""
        try:
            url: str = self._call_with(app_token, "apps.connections.open", {})[0]["url"]
        except SlackTokenDead as dead:
            raise SlackAppTokenDead(dead.code) from None
        return url

    def post(self, team_id: str, recipient: str, payload: Json, mark: UUID) -> Sent:
        """Posts to a channel or a person; `mark` is how `find_posted` knows it again."""
        arguments = payload | {
            **_LITERAL,
            "channel": recipient,
            **_NO_PREVIEWS,
            "metadata": {"event_type": METADATA_TYPE, "event_payload": {"k": str(mark)}},
        }
        answer = self._write(team_id, "chat.postMessage", arguments)
        return Sent(answer["channel"], answer["ts"])

    def whisper(self, team_id: str, channel_id: str, payload: Json) -> None:
        """Shows a message to one member of a channel."""
        self._write(team_id, "chat.postEphemeral", payload | {**_LITERAL, "channel": channel_id})

    def update(self, team_id: str, sent: Sent, payload: Json) -> None:
        """Changes a message of ours."""
        arguments = payload | {**_LITERAL, "channel": sent.channel_id, "ts": sent.ts}
        self._write(team_id, "chat.update", {"blocks": []} | arguments)

    def publish_home(self, team_id: str, user_id: str, view: Json) -> None:
        """Puts a view on somebody's App Home."""
        self._write(team_id, "views.publish", {"user_id": user_id, "view": view})

    def upload(self, team_id: str, content: bytes, name: str, alt: str) -> str:
        """Brings a picture to Slack, where nobody sees it until it is shared; returns its id.

        `alt` says in words what it shows.
        """
        wanted = {"filename": name, "length": len(content), "alt_txt": alt}
        answer = self._read(team_id, "files.getUploadURLExternal", wanted)
        url: str = answer["upload_url"]
        if not self._is_slacks(url, "files.slack.com"):
            raise SlackRefused("upload_url_not_slacks")
        with _translated():
            headers = {"content-type": "application/octet-stream"}
            request = Request(url, content, headers, method="POST")  # noqa: S310 - checked above
            with urlopen(request, timeout=self._timeout):  # noqa: S310 - as above
                pass
        file_id: str = answer["file_id"]
        return file_id

    def share(self, team_id: str, recipient: str, file_id: str, text: str) -> None:
        """Shows what was uploaded in a conversation, with a line above it; that goes once."""
        arguments = {
            "files": [{"id": file_id}],
            "channel_id": self._direct_channel(team_id, recipient),
            "initial_comment": text,
        }
        self._write(team_id, "files.completeUploadExternal", arguments)

    def create_channel(self, team_id: str, name: str, *, is_private: bool) -> Channel:
        """Makes a channel, with Baton in it; refused with `name_taken` if there is one."""
        arguments = {"name": name, "is_private": is_private}
        return _channel(self._write(team_id, "conversations.create", arguments)["channel"])

    def invite(self, team_id: str, channel_id: str, user_id: str) -> None:
        """Invites somebody into a channel; nothing happens if they are in it."""
        arguments = {"channel": channel_id, "users": user_id}
        self._write_unless("already_in_channel", team_id, "conversations.invite", arguments)

    def set_topic(self, team_id: str, channel_id: str, topic: str) -> None:
        """Writes what a channel is about above it."""
        self._write(team_id, "conversations.setTopic", {"channel": channel_id, "topic": topic})

    def archive(self, team_id: str, channel_id: str) -> None:
        """Archives a channel; nothing happens if it is."""
        arguments = {"channel": channel_id}
        self._write_unless("already_archived", team_id, "conversations.archive", arguments)

    def end_step(self, team_id: str, execution_id: str, outputs: Mapping[str, str]) -> None:
        """Lets a workflow go on with what our step gives back."""
        given = {"function_execution_id": execution_id, "outputs": dict(outputs)}
        self._write(team_id, "functions.completeSuccess", given)

    def fail_step(self, team_id: str, execution_id: str, sentence: str) -> None:
        """Ends a workflow at our step."""
        given = {"function_execution_id": execution_id, "error": sentence}
        self._write(team_id, "functions.completeError", given)

    def open_view(self, team_id: str, trigger_id: str, view: Json) -> None:
        """Opens a form; the trigger is good for 3 seconds and for one view."""
        self._write(team_id, "views.open", {"trigger_id": trigger_id, "view": view})

    def update_view(self, team_id: str, view: Json) -> None:
        """Changes a form that is open; refused with `not_found` where it is not."""
        arguments = {"external_id": view["external_id"], "view": view}
        self._write(team_id, "views.update", arguments)

    def respond(self, response_url: str, message: Message, *, replace: bool) -> None:
        """Answers an interaction privately, or changes the private message it came from."""
        if not self._is_slacks(response_url, "hooks.slack.com"):
            raise SlackRefused("response_url_not_slacks")
        body: Json = payload_of(message) | _NO_PREVIEWS | {"replace_original": replace}
        if not replace:
            body["response_type"] = "ephemeral"
        with _translated():
            hook = WebhookClient(response_url, timeout=int(self._timeout) or 1, retry_handlers=[])
            answer = hook.send_dict(body)
        if answer.status_code != 200:  # noqa: PLR2004
            raise SlackRefused(f"http_{answer.status_code}")

    def find_posted(
        self, team_id: str, recipient: str, thread_ts: str | None, mark: UUID, since: datetime
    ) -> Sent | None:
        """Looks whether a post that bears `mark` arrived, among what was posted from `since` on."""
        channel_id = self._direct_channel(team_id, recipient)
        arguments: Json = {
            "channel": channel_id,
            "oldest": f"{since.timestamp():.6f}",
            "include_all_metadata": True,
        }
        method = "conversations.history"
        if thread_ts:
            method, arguments = "conversations.replies", arguments | {"ts": thread_ts}
        for message in self._pages(team_id, method, "messages", arguments):
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("k") == str(mark):
                return Sent(channel_id, message["ts"])
        return None

    def find_shared(
        self, team_id: str, recipient: str, file_id: str, since: datetime
    ) -> Sent | None:
        """Looks whether what was uploaded is shown, among what was posted from `since` on."""
        channel_id = self._direct_channel(team_id, recipient)
        arguments = {"channel": channel_id, "oldest": f"{since.timestamp():.6f}"}
        for message in self._pages(team_id, "conversations.history", "messages", arguments):
            if file_id in {file.get("id") for file in message.get("files") or []}:
                return Sent(channel_id, message["ts"])
        return None

    def said(
        self,
        team_id: str,
        channel_id: str,
        thread_ts: str,
        *,
        since: datetime,
        until: datetime,
        limit: int,
        cursor: str,
    ) -> Page:
        """A page of what was said in a channel in that time, or in a thread of it."""
        arguments: Json = {
            "channel": channel_id,
            "oldest": f"{since.timestamp():.6f}",
            "latest": f"{until.timestamp():.6f}",
            "inclusive": True,
            "limit": limit,
        }
        arguments |= {"ts": thread_ts} if thread_ts else {}
        arguments |= {"cursor": cursor} if cursor else {}
        method = "conversations.replies" if thread_ts else "conversations.history"
        answer = self._read(team_id, method, arguments)
        more = object_in(answer, "response_metadata")
        return Page(objects_in(answer, "messages"), text_in(more, "next_cursor"))

    def person(self, team_id: str, user_id: str) -> Account:
        """What Slack knows of an account; an id it does not know becomes nobody's."""
        try:
            asked = {"user": user_id, "include_locale": True}
            user = self._read(team_id, "users.info", asked)["user"]
        except SlackRefused as refused:
            if refused.code not in {"user_not_found", "user_not_visible"}:
                raise
            return Account(user_id, "somebody", self._time_zone, is_member=False)
        return self._person(team_id, user)

    def channel(self, team_id: str, channel_id: str) -> Channel | None:
        """A channel, or None where Baton cannot see it."""
        try:
            answer = self._read(team_id, "conversations.info", {"channel": channel_id})
        except SlackRefused as refused:
            if refused.code not in {"channel_not_found", "missing_scope"}:
                raise
            return None
        return _channel(answer["channel"])

    def members(self, team_id: str, channel_id: str) -> list[str]:
        """Ids of everybody in a channel."""
        arguments = {"channel": channel_id}
        return list(self._pages(team_id, "conversations.members", "members", arguments))

    def group_members(self, team_id: str, group_id: str) -> list[str]:
        """Ids of everybody in a user group that is in use."""
        answer = self._read(team_id, "usergroups.users.list", {"usergroup": group_id})
        users: list[str] = answer["users"]
        return users

    def group_handles(self, team_id: str) -> dict[str, str]:
        """What the user groups of a workspace are called, by id and without @."""
        answer = self._read(team_id, "usergroups.list", {"include_disabled": True})
        return {found["id"]: storable(found["handle"]) for found in answer["usergroups"]}

    def joined_channels(self, team_id: str) -> list[Channel]:
        """The channels Baton is a member of."""
        arguments = {"types": "public_channel,private_channel", "exclude_archived": True}
        pages = self._pages(team_id, "users.conversations", "channels", arguments)
        return [_channel(found) for found in pages]

    def _person(self, team_id: str, user: Json) -> Account:
        profile = user.get("profile") or {}
        name = profile.get("display_name") or profile.get("real_name") or user.get("name") or ""
        outside = user.get("team_id") not in {None, team_id} or user.get("is_stranger")
        excluded = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_invited_user")
        return Account(
            user_id=user["id"],
            name=name,
            time_zone=user["tz"] if zone_named(user.get("tz") or "") else self._time_zone,
            is_member=not outside
            and user["id"] not in {"USLACKBOT", "USLACK"}
            and not any(user.get(flag) for flag in excluded),
            is_admin=any(user.get(flag) for flag in ("is_admin", "is_owner", "is_primary_owner")),
            locale=str(user.get("locale") or "en-US"),
            status=_status(profile),
        )

    def _direct_channel(self, team_id: str, recipient: str) -> str:
        if not recipient.startswith(("U", "W")):
            return recipient
        answer = self._write(team_id, "conversations.open", {"users": recipient})
        channel_id: str = answer["channel"]["id"]
        return channel_id

    def _pages(self, team_id: str, method: str, key: str, arguments: Json) -> Iterator[Any]:
        return _pages(partial(self._read, team_id, method), key, arguments)

    def _read(self, team_id: str, method: str, arguments: Json) -> Json:
        return self._call(team_id, method, "params", arguments)

    def _write(self, team_id: str, method: str, arguments: Json) -> Json:
        return self._call(team_id, method, "json", arguments)

    def _call(self, team_id: str, method: str, form: str, arguments: Json) -> Json:
        token = self._tokens.of(team_id, self._generation)
        place = {"team_id": team_id} if token.is_org_wide and method in OF_ONE_WORKSPACE else {}
        try:
            return self._call_with(token.text, method, {form: arguments | place})[0]
        except SlackTokenDead as dead:
            self._tokens.refused(token, dead.code)
            raise

    def _answer_with(self, token: str, method: str, arguments: Json) -> Json:
        return self._call_with(token, method, {"params": arguments})[0]

    def _write_unless(self, done: str, team_id: str, method: str, arguments: Json) -> None:
        """A call that may find its work done, which Slack tells by this code."""
        try:
            self._write(team_id, method, arguments)
        except SlackRefused as refused:
            if refused.code != done:
                raise

    def _call_with(self, token: str, method: str, request: Json) -> tuple[Json, Mapping[str, str]]:
        if method not in ALLOWED:
            raise SlackRefused("not_a_method_of_ours")
        client = WebClient(
            token,
            base_url=self._api_url,
            timeout=self._timeout,  # type: ignore[arg-type]  # urllib takes fractions
            retry_handlers=[],  # a retry inside the SDK can post twice
        )
        with _translated():
            answer = client.api_call(method, **request)
            data = answer.data
            if not isinstance(data, dict):
                raise SlackOutcomeUnknown("no JSON object in the answer")
            return _Answer(data), answer.headers

    def _is_slacks(self, url: str, host: str) -> bool:
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        if is_loopback(self._api_url):
            return parts.netloc == urlsplit(self._api_url).netloc
        return parts.scheme == "https" and parts.netloc == host


def _pages(ask: Callable[[Json], Json], key: str, arguments: Json) -> Iterator[Any]:
    cursor = ""
    for _ in range(MAX_PAGES):
        page = {"cursor": cursor} if cursor else {}
        answer = ask(arguments | {"limit": PAGE} | page)
        yield from answer[key]
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


class _Answer(Json):
    """An answer of Slack's; what it should have and has not makes the outcome unknown."""

    def __missing__(self, key: str) -> Any:
        raise SlackOutcomeUnknown(f"no {key} in the answer")


class _translated:  # noqa: N801 - reads as a word where it is used
    """Turns whatever the SDK raises inside the block into a SlackError."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if error is None or isinstance(error, SlackError) or not isinstance(error, Exception):
            return
        raise _translate(error) from None


def _translate(error: Exception) -> SlackError:
    if isinstance(error, SlackApiError):
        return _refusal(error)
    if isinstance(error, HTTPError):
        return _failure(error)
    if isinstance(error, URLError) and isinstance(error.reason, ConnectionRefusedError | gaierror):
        return SlackUnreachable(type(error.reason).__name__)
    if isinstance(error, SlackClientError):
        return SlackUnreachable(type(error).__name__)
    is_of_the_way = isinstance(error, OSError | HTTPException)
    return (SlackDown if is_of_the_way else SlackOutcomeUnknown)(type(error).__name__)


def _failure(error: HTTPError) -> SlackError:
    """What an upload that failed means; those have no codes of Slack's."""
    if error.code == 429:  # noqa: PLR2004
        return SlackRateLimited(_pause(error.headers.get("retry-after", "")))
    if error.code >= 500:  # noqa: PLR2004
        return SlackDown(f"http {error.code}")
    return SlackRefused(f"upload_http_{error.code}")


def _refusal(error: SlackApiError) -> SlackError:
    response = error.response
    data = response.data if isinstance(response.data, dict) else {}
    code = data.get("error")
    if response.status_code == 429 or code in {"ratelimited", "rate_limited"}:  # noqa: PLR2004
        return SlackRateLimited(_pause(_header(response.headers, "retry-after")))
    if response.status_code >= 500 or not isinstance(code, str) or " " in code:  # noqa: PLR2004
        return SlackDown(f"http {response.status_code}")
    if code in DOWN | UNCERTAIN:
        return (SlackDown if code in DOWN else SlackOutcomeUnknown)(code)
    if code in DEAD_TOKEN:
        return SlackTokenDead(code)
    if code == "missing_scope":
        return SlackScopeMissing(code, str(data.get("needed", "")))
    return SlackRefused(code)


def _pause(header: str) -> timedelta:
    seconds = header.strip()
    if not (seconds.isascii() and seconds.isdigit()) or int(seconds[:12]) == 0:
        return DEFAULT_PAUSE
    return min(timedelta(seconds=min(int(seconds[:12]), 10**6)), MAX_PAUSE)


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value for key, value in headers.items() if key.lower() == name), "")


def _status(profile: Json) -> Status:
    expiration = profile.get("status_expiration")
    until = None
    if isinstance(expiration, int) and 0 < expiration < FAR_AWAY:
        until = datetime.fromtimestamp(expiration, UTC)
    emoji, text = (profile.get(name) or "" for name in ("status_emoji", "status_text"))
    return Status(storable(str(emoji)), storable(str(text)), until)


def _instant(seconds: object) -> datetime | None:
    if isinstance(seconds, int) and 0 < seconds < FAR_AWAY:
        return datetime.fromtimestamp(seconds, UTC)
    return None


def _channel(found: Json) -> Channel:
    return Channel(
        channel_id=found["id"],
        name=found.get("name") or "",
        is_private=bool(found.get("is_private")),
        is_member=bool(found.get("is_member", True)) and not found.get("is_archived"),
        creator_id=found.get("creator") or "",
        is_shared=bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared")),
        is_general=bool(found.get("is_general")),
        created_at=_instant(found.get("created")),
    )
