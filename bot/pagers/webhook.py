"""A webhook of the operator's own: JSON, signed, so that the receiver knows who sent it, and when.

`X-Baton-Signature` is `v1=` and the HMAC-SHA-256 in hex of `v1:<X-Baton-Timestamp>:<body>`, with
the secret that both know. `Idempotency-Key` is the same for what is the same.
"""

import hashlib
import hmac
import json

from bot.core.clock import epoch_milliseconds
from bot.core.ports import Notice
from bot.core.render import clean, cut
from bot.pagers import texts
from bot.pagers.http import Client


class Webhook:
    """Posts each notice to one address; any answer from 200 to 299 means that it was taken."""

    name = "webhook"
    address_kind = ""

    def __init__(self, url: str, secret: str) -> None:
        self._secret = secret.encode()
        self._client = Client(url, {"content-type": "application/json"})

    def call(self, notice: Notice, _address: str) -> None:
        """Posts it, signed."""
        body, timestamp = _body(notice), str(epoch_milliseconds() // 1_000)
        headers = {
            "x-baton-timestamp": timestamp,
            "x-baton-signature": signature(self._secret, timestamp, body),
            "idempotency-key": notice.key,
        }
        self._client.post(content=body, headers=headers)


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """What a receiver compares with the header, in constant time."""
    signed = b"v1:" + timestamp.encode() + b":" + body
    return "v1=" + hmac.new(secret, signed, hashlib.sha256).hexdigest()


def _body(notice: Notice) -> bytes:
    said = {
        "version": 1,
        "key": notice.key,
        "incident": notice.incident,
        "act": notice.act,
        "test": notice.is_test,
        "subject": texts.subject(notice),
        "text": cut(notice.text, texts.LONGEST_TEXT),
        "link": notice.link or None,
        "details": {
            clean(name): cut(text, texts.LONGEST_TEXT) for name, text in notice.details.items()
        },
    }
    return json.dumps(said, ensure_ascii=False).encode()
