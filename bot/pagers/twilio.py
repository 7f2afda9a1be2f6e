"""SMS and calls through Twilio's API, or one that is like it (https://www.twilio.com/docs/api)."""

from base64 import b64encode
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from bot.core.errors import PagerRefused
from bot.core.patterns import regex
from bot.core.ports import Notice
from bot.pagers import texts
from bot.pagers.http import SECONDS, Client

_NUMBER: Final = regex(r"\+[1-9][0-9]{6,14}")
_SERVICE: Final = "MG"
_FAILED: Final = frozenset({"failed", "undelivered", "canceled"})


class Twilio:
    """One account there; `sender` is the number, or the service, that it sends from."""

    def __init__(
        self, account: str, token: str, sender: str, url: str, *, seconds: float = SECONDS
    ) -> None:
        basic = b64encode(f"{account}:{token}".encode()).decode()
        self._sender = sender
        self._client = Client(
            f"{url.rstrip('/')}/2010-04-01/Accounts/{quote(account, safe='')}",
            {"authorization": f"Basic {basic}"},
            seconds=seconds,
        )

    @property
    def can_call(self) -> bool:
        """Whether it sends from a number, which a call needs."""
        return _NUMBER.fullmatch(self._sender) is not None

    def send(self, number: str, text: str) -> None:
        """Sends an SMS."""
        name = "MessagingServiceSid" if self._sender.startswith(_SERVICE) else "From"
        self._order("/Messages.json", number, {name: self._sender, "Body": text})

    def speak(self, number: str, text: str) -> None:
        """Rings somebody up and reads the text aloud, twice."""
        said = f"<Say>{escape(text)}</Say>"
        script = f'<Response>{said}<Pause length="1"/>{said}</Response>'
        self._order("/Calls.json", number, {"From": self._sender, "Twiml": script})

    def _order(self, path: str, number: str, form: dict[str, str]) -> None:
        if not _NUMBER.fullmatch(number):
            raise PagerRefused("(no phone number)")
        told = self._client.post_for("sid", path, data={"To": number, **form})
        if told.get("status") in _FAILED:
            raise PagerRefused(f"({told['status']})")


class Sms:
    """Sends an SMS; the link in it is the way to answer."""

    name = "sms"
    address_kind = "phone"

    def __init__(self, twilio: Twilio) -> None:
        self._twilio = twilio

    def call(self, notice: Notice, address: str) -> None:
        """Sends it."""
        self._twilio.send(address, texts.short(notice))


class Voice:
    """Rings somebody up; what is said tells that a call cannot take an answer."""

    name = "voice"
    address_kind = "phone"

    def __init__(self, twilio: Twilio) -> None:
        self._twilio = twilio

    def call(self, notice: Notice, address: str) -> None:
        """Has it read aloud."""
        self._twilio.speak(address, texts.spoken(notice))
