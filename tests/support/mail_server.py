"""A local mail server (aiosmtpd): a journal, and faults on demand."""

import asyncio
import socket
import ssl
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any, Final, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER: Final = "baton@acme.example"
PASSWORD: Final = "mail canary/?&"
SENDER: Final = "baton@acme.example"
TAKEN: Final = "250 OK"
ROUNDS: Final = 4
"""Of the loop: TLS is cut, tells its line, which closes the socket under it."""


@dataclass
class Mail:
    """One mail that was taken."""

    sender: str
    recipients: list[str]
    message: EmailMessage


@dataclass
class Post:
    """Takes mail. `answers`: what is said at a step instead, e.g. `{"DATA": "451 later"}`."""

    mails: list[Mail] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    faults: deque[Callable[[SMTP], Any]] = field(default_factory=deque)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's names
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if not session.authenticated:
            return "530 log in first"
        envelope.mail_from = address
        return self.answers.get("MAIL", TAKEN)

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", TAKEN)

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        answer = self.answers.get("DATA", TAKEN)
        if answer == "cut":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        elif answer == "silent":
            await asyncio.Event().wait()  # until the connection is gone
        elif answer == "slow":
            await _trickle(server)
        elif answer == TAKEN:
            self.take(envelope)
        return answer

    def take(self, envelope: Envelope) -> None:
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.SMTP)
        assert isinstance(message, EmailMessage)
        self.mails.append(Mail(envelope.mail_from or "", list(envelope.rcpt_tos), message))


async def _trickle(server: SMTP) -> None:
    """Something comes all the time, so that no single wait is long."""
    assert isinstance(server.transport, asyncio.Transport)
    while not server.transport.is_closing():
        server.transport.write(b"250-still here\r\n")
        await asyncio.sleep(0.02)


class MailServer:
    """Serves on loopback while it is open: by STARTTLS, or encrypted from the first byte."""

    def __init__(self, folder: Path, scheme: str = "smtp+starttls") -> None:
        self.post = Post()
        self._scheme, self._loop = scheme, asyncio.new_event_loop()
        self._lines: list[SMTP] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        certificate = folder / "mail.pem"
        certificate.write_bytes(_certificate())
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificate)
        self.trusted = ssl.create_default_context(cafile=str(certificate))

    @property
    def url(self) -> str:
        """As it stands in the settings; the password has characters that a URL escapes."""
        login = "baton%40acme.example:mail%20canary%2F%3F%26"
        return f"{self._scheme}://{login}@127.0.0.1:{self.port}?from=baton%40acme.example"

    def __enter__(self) -> Self:
        tls = self._tls if self._scheme == "smtps" else None
        serving = self._loop.create_server(self._line, sock=self._socket, ssl=tls)
        self._server = self._loop.run_until_complete(serving)
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
            with suppress(asyncio.CancelledError):
                self._loop.run_until_complete(task)
        self._loop.run_until_complete(self._hang_up())
        self._loop.close()

    async def _hang_up(self) -> None:
        """Cuts what is open, and lets the loop go round until the sockets are closed."""
        for line in self._lines:
            if isinstance(line.transport, asyncio.Transport):
                line.transport.abort()
        for _ in range(ROUNDS):
            await asyncio.sleep(0)

    def _line(self) -> SMTP:
        starts_tls = self._scheme == "smtp+starttls"
        line = SMTP(
            self.post,
            hostname="mail.acme.example",
            ident="local",
            tls_context=self._tls if starts_tls else None,
            require_starttls=starts_tls,
            auth_require_tls=starts_tls,
            authenticator=_login,
            loop=self._loop,
        )
        self._lines.append(line)
        return line


def _login(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
) -> AuthResult:
    known = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=given == known, handled=False)


def _certificate() -> bytes:
    """A key and its own certificate for this machine."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.acme.example")])
    begins = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=36_500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private + made.public_bytes(serialization.Encoding.PEM)
