"""A local server that speaks what pagers speak over HTTP: PagerDuty, Twilio, a webhook, Apprise."""

import hashlib
import hmac
import json
import re
from typing import Any, Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from tests.support.local_api import Answer, LocalApi, Request

KEY: Final = "pagerduty-canary-routing-key-123"
SECRET: Final = "webhook-canary-secret"
ACCOUNT: Final = "AC123"
TOKEN: Final = "twilio-canary-token"
SENDER: Final = "+15005550006"
AUTHORIZATION: Final = "Basic QUMxMjM6dHdpbGlvLWNhbmFyeS10b2tlbg=="
_ACTS: Final = {"trigger", "acknowledge", "resolve"}
_NUMBER: Final = re.compile(r"\+[1-9][0-9]{6,14}")


class PagersApi(LocalApi):
    """Takes what the real ones would take; `told` is what it took, e.g. `("sms", request)`."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, Request]] = []

    def settings(self, *names: str) -> dict[str, Any]:
        """Settings by which these pagers, or all of them, come here."""
        of = {
            "pagerduty": {
                "baton_pager_pagerduty_key": KEY,
                "baton_pager_pagerduty_url": self.url,
            },
            "webhook": {
                "baton_pager_webhook_url": f"{self.url}/hook?team=1",
                "baton_pager_webhook_secret": SECRET,
            },
            "twilio": {
                "baton_pager_twilio_account": ACCOUNT,
                "baton_pager_twilio_token": TOKEN,
                "baton_pager_twilio_from": SENDER,
                "baton_pager_twilio_url": self.url,
            },
            "apprise": {"baton_pager_apprise_urls": self.url.replace("http", "json") + "/apprise"},
            "heartbeat": {"baton_heartbeat_url": f"{self.url}/beat"},
        }
        wanted = [of[name] for name in names or of]
        return {name: value for given in wanted for name, value in given.items()}

    def answer(self, request: Request) -> Answer:
        calls = f"/2010-04-01/Accounts/{quote(ACCOUNT)}"
        routes = {
            "/v2/enqueue": ("pagerduty", self._event),
            "/hook": ("webhook", self._hook),
            f"{calls}/Messages.json": ("sms", self._message),
            f"{calls}/Calls.json": ("voice", self._call),
            "/apprise": ("apprise", self._apprise),
            "/beat": ("heartbeat", self._beat),
        }
        if request.path not in routes or request.method not in {"GET", "POST"}:
            return Answer({"code": 20404, "message": "not found", "status": 404}, 404)
        name, route = routes[request.path]
        answer = route(request)
        if answer.status < 300:
            self.told.append((name, request))
        return answer

    def _event(self, request: Request) -> Answer:
        event = request.body
        is_whole = event.get("event_action") in _ACTS and event.get("dedup_key")
        if event.get("event_action") == "trigger":
            said = event.get("payload", {})
            summary = said.get("summary", "")
            is_whole = is_whole and said.get("source") and said.get("severity") == "critical"
            is_whole = is_whole and 0 < len(summary) <= 1024 and "\n" not in summary
        if event.get("routing_key") != KEY or not is_whole:
            told = {"status": "invalid event", "message": "Event object is invalid", "errors": []}
            return Answer(told, 400)
        done = {"status": "success", "message": "Event processed", "dedup_key": event["dedup_key"]}
        return Answer(done, 202)

    def _hook(self, request: Request) -> Answer:
        """As the README tells a receiver to check it."""
        timestamp, given = (request.headers[f"x-baton-{n}"] for n in ("timestamp", "signature"))
        signed = f"v1:{timestamp}:".encode() + request.raw
        wanted = "v1=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(wanted, given) or request.query != {"team": "1"}:
            return Answer(b"who are you?", 401)
        json.loads(request.raw)
        return Answer(b"thanks")

    def _message(self, request: Request) -> Answer:
        return self._order(request, len(request.body.get("Body", "")) in range(1, 1601))

    def _call(self, request: Request) -> Answer:
        script = ET.fromstring(request.body.get("Twiml", ""))  # noqa: S314 - ours
        return self._order(request, script.tag == "Response")

    def _order(self, request: Request, is_whole: bool) -> Answer:
        if request.headers.get("authorization") != AUTHORIZATION:
            return Answer({"code": 20003, "message": "Authenticate", "status": 401}, 401)
        if not _NUMBER.fullmatch(request.body.get("To", "")) or request.body.get("From") != SENDER:
            return Answer({"code": 21211, "message": "Invalid 'To'", "status": 400}, 400)
        if not is_whole:
            return Answer({"code": 21617, "message": "Body", "status": 400}, 400)
        return Answer({"sid": "SM1", "status": "queued"}, 201)

    def _apprise(self, request: Request) -> Answer:
        return Answer({}) if request.body.get("title") else Answer({}, 400)

    def _beat(self, _request: Request) -> Answer:
        return Answer(b"OK")
