"""E-mail over SMTP, encrypted from the first byte or by STARTTLS, never in the clear."""

import hashlib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from socket import SHUT_RDWR
from threading import Timer
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from bot.core.errors import PagerOutcomeUnknown, PagerRefused, PagerUnavailable
from bot.core.patterns import regex
from bot.core.ports import Notice
from bot.pagers import texts

STEP_SECONDS: Final = 8.0
SECONDS: Final = 17.0
PORTS: Final = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}
OURSELVES: Final = "[127.0.0.1]"
_ADDRESS: Final = regex(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]+\.)*[A-Za-z0-9-]+")
_TAKEN: Final = range(200, 300)
_NOT_NOW: Final = range(400, 500)
_NEVER: Final = range(500, 600)


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in; without a user nobody logs in."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str


def server(url: str) -> Server:
    """The server of `smtps://user:password@host:port?from=…`, as the settings checked it."""
    parts = urlsplit(url)
    return Server(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=parse_qs(parts.query)["from"][0],
    )


class Email:
    """Sends one mail to one person, within `seconds`.

    `trusted` says whose certificates are believed, if not the machine's usual ones.
    """

    name = "email"
    address_kind = "email"

    def __init__(
        self, where: Server, trusted: ssl.SSLContext | None = None, *, seconds: float = SECONDS
    ) -> None:
        self._where, self._trusted, self._seconds = where, trusted, seconds

    def call(self, notice: Notice, address: str) -> None:
        """Hands a mail in, and waits until the server says that it has it."""
        message = _message(notice, self._where.sender, address).as_bytes(policy=SMTP)
        smtp = self._opened()
        with _cut_off_after(self._seconds, smtp):
            try:
                self._reach(smtp, address)
            except smtplib.SMTPResponseException as error:
                raise _problem(error.smtp_code) from None
            except (smtplib.SMTPServerDisconnected, OSError) as error:
                raise PagerUnavailable(f"({type(error).__name__})") from None
            except (smtplib.SMTPException, UnicodeError) as error:
                raise PagerRefused(f"({type(error).__name__})") from None
            _hand_in(smtp, message)

    def _opened(self) -> smtplib.SMTP:
        """A connection that is not made yet, so that making it can be cut off, too."""
        where, patience = self._where, min(self._seconds, STEP_SECONDS)
        if where.scheme == "smtps":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                local_hostname=OURSELVES, timeout=patience, context=self._trust()
            )
        else:
            smtp = smtplib.SMTP(local_hostname=OURSELVES, timeout=patience)
        vars(smtp)["_host"] = where.host  # whose certificate is looked at
        return smtp

    def _trust(self) -> ssl.SSLContext:
        return self._trusted or ssl.create_default_context()

    def _reach(self, smtp: smtplib.SMTP, address: str) -> None:
        """All that comes before the mail itself; up to here nothing was sent."""
        where = self._where
        _expect(smtp.connect(where.host, where.port))
        if where.scheme == "smtp+starttls":
            smtp.starttls(context=self._trust())
        smtp.ehlo_or_helo_if_needed()
        if where.user:
            smtp.login(where.user, where.password)
        _expect(smtp.mail(where.sender))
        _expect(smtp.rcpt(address))


def _hand_in(smtp: smtplib.SMTP, message: bytes) -> None:
    try:
        code, _ = smtp.data(message)
    except smtplib.SMTPDataError as error:
        raise _problem(error.smtp_code) from None
    except (smtplib.SMTPException, OSError) as error:
        raise PagerOutcomeUnknown(f"({type(error).__name__})") from None
    if code in _TAKEN:
        with suppress(smtplib.SMTPException, OSError):
            smtp.putcmd("quit")
        return
    if code in {*_NOT_NOW, *_NEVER}:
        raise _problem(code)
    raise PagerOutcomeUnknown(f"({code})")


def _expect(answer: tuple[int, bytes]) -> None:
    if answer[0] not in _TAKEN:
        raise smtplib.SMTPResponseException(*answer)


def _problem(code: int) -> PagerRefused | PagerUnavailable:
    """What a server's number means as long as it has no mail; what is no number is no answer."""
    return PagerRefused(f"({code})") if code in _NEVER else PagerUnavailable(f"({code})")


@contextmanager
def _cut_off_after(seconds: float, smtp: smtplib.SMTP) -> Iterator[None]:
    """Cuts a connection that takes too long altogether, however alive it seems."""
    timer = Timer(seconds, _cut_off, [smtp])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        smtp.close()


def _cut_off(smtp: smtplib.SMTP) -> None:
    if smtp.sock is not None:
        with suppress(OSError):
            smtp.sock.shutdown(SHUT_RDWR)


def _message(notice: Notice, sender: str, address: str) -> EmailMessage:
    """The mail; all about one incident stands in one conversation. Raises PagerRefused."""
    if not _ADDRESS.fullmatch(address):
        raise PagerRefused("(no address)")
    domain = sender.rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("Baton", addr_spec=sender)
    message["To"] = Address(addr_spec=address)
    message["Subject"] = texts.subject(notice)
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = _id(notice.key, domain)
    message["References"] = _id(notice.incident, domain)
    message["Auto-Submitted"] = "auto-generated"
    message["Importance"] = "high"
    message.set_content(texts.body(notice), cte="quoted-printable")
    return message


def _id(name: str, domain: str) -> str:
    """The same for the same name, so that what arrives twice is shown once."""
    return f"<{hashlib.sha256(name.encode()).hexdigest()[:32]}@{domain}>"
