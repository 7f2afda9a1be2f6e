"""The Events API over HTTP: signed requests to the addresses in the manifest, with retries."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

import httpx2

from bot.core.clock import SystemClock
from bot.playground.app import SIGNING_SECRET, InstalledApp
from bot.playground.delivery import Envelope, NotDelivered
from bot.playground.slack import LocalSlack
from bot.playground.world import Json

ANSWER_SECONDS: Final = 3.0
RETRY_WAITS: Final = (0.1, 60.0, 300.0)


class HttpDelivery:
    """Posts events and interactions to the app."""

    def __init__(self, app: InstalledApp, *, waits: Sequence[float] = RETRY_WAITS) -> None:
        self._app, self._waits = app, waits
        self._client = httpx2.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False)
        self._under_way: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Nothing to do: each request opens what it needs."""

    async def stop(self) -> None:
        """Drops what is under way."""
        for task in list(self._under_way):
            task.cancel()
        await self._client.aclose()

    async def connected(self) -> None:
        """Waits until something listens at the app's address."""
        while True:
            try:
                await self._client.get(self._app.event_url)
            except httpx2.HTTPError:
                await asyncio.sleep(RETRY_WAITS[0])
            else:
                return

    def emit(self, slack: LocalSlack, payload: Json) -> None:
        """Delivers an event, as often as the faults ask for."""
        for _ in range(slack.faults.deliveries):
            task = asyncio.ensure_future(self._deliver(Envelope(slack, payload)))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def ask(self, slack: LocalSlack, kind: str, payload: Json) -> Json:
        """Delivers an interaction and returns the JSON of the answer."""
        form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        try:
            answer = await self._post(
                slack,
                self._app.interactivity_url,
                urlencode(form).encode(),
                "application/x-www-form-urlencoded",
                {},
            )
        except httpx2.HTTPError:
            raise NotDelivered("operation_timeout") from None
        if answer.status_code != 200:  # noqa: PLR2004
            raise NotDelivered("dispatch_failed")
        if not answer.content:
            return {}
        is_json = answer.headers.get("content-type", "").startswith("application/json")
        shown: Json = answer.json() if is_json else {"text": answer.text}
        return shown

    async def idle(self) -> None:
        """Waits until every event was acknowledged or given up."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))

    async def _deliver(self, envelope: Envelope) -> None:
        body = json.dumps(envelope.payload).encode()
        for wait in (0.0, *self._waits):
            await asyncio.sleep(wait)
            headers = {}
            if envelope.attempt:
                headers["x-slack-retry-num"] = str(envelope.attempt)
                headers["x-slack-retry-reason"] = envelope.reason
            try:
                url = self._app.event_url
                answer = await self._post(envelope.slack, url, body, "application/json", headers)
                envelope.reason = "http_error"
                if answer.is_success:
                    return
            except httpx2.TimeoutException:
                envelope.reason = "http_timeout"
            except httpx2.HTTPError:
                envelope.reason = "connection_failed"
            envelope.attempt += 1

    async def _post(
        self,
        slack: LocalSlack,
        url: str,
        body: bytes,
        content_type: str,
        headers: dict[str, str],
    ) -> httpx2.Response:
        timestamp = str(int(SystemClock().now().timestamp()))
        signed = b"v0:" + timestamp.encode() + b":" + body
        signature = hmac.new(SIGNING_SECRET.encode(), signed, hashlib.sha256).hexdigest()
        answer = await self._client.post(
            url,
            content=body,
            headers={
                "content-type": content_type,
                "x-slack-request-timestamp": timestamp,
                "x-slack-signature": f"v0={signature}",
                **headers,
            },
        )
        slack.passed("to app", url, str(answer.status_code), {"attempt": headers})
        return answer
