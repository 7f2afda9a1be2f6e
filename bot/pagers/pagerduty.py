"""PagerDuty's Events API v2 (https://developer.pagerduty.com/docs/events-api-v2-overview)."""

from typing import Any, Final

from bot.core.errors import PagerOutcomeUnknown
from bot.core.ports import Act, Notice
from bot.core.render import clean, cut
from bot.pagers import texts
from bot.pagers.http import SECONDS, Client

LONGEST_SUMMARY: Final = 1_000
"""Characters; PagerDuty takes 1,024."""
LONGEST_DETAIL: Final = 2_000


class PagerDuty:
    """Opens an incident of a service there, and closes it; `key` is the integration's."""

    name = "pagerduty"
    address_kind = ""

    def __init__(self, key: str, url: str, *, seconds: float = SECONDS) -> None:
        self._key = key
        self._client = Client(url.rstrip("/"), seconds=seconds)

    def call(self, notice: Notice, _address: str) -> None:
        """Hands an event over; all about one incident has the same `dedup_key`."""
        event: dict[str, Any] = {
            "routing_key": self._key,
            "event_action": notice.act,
            "dedup_key": notice.incident,
        }
        if notice.act == Act.TRIGGER:
            event |= {"client": "Baton", "payload": _payload(notice), "links": _links(notice)}
        told = self._client.post_for("status", "/v2/enqueue", json=event)
        if told["status"] != "success":
            raise PagerOutcomeUnknown("(not understood)")


def _payload(notice: Notice) -> dict[str, Any]:
    details = {clean(name): cut(text, LONGEST_DETAIL) for name, text in notice.details.items()}
    details["text"] = cut(notice.text, LONGEST_DETAIL)
    return {
        "summary": texts.subject(notice, LONGEST_SUMMARY),
        "source": "Baton",
        "severity": "critical",
        "custom_details": details | ({"test": "yes"} if notice.is_test else {}),
    }


def _links(notice: Notice) -> list[dict[str, str]]:
    return [{"href": notice.link, "text": "I'm on it"}] if notice.link else []
